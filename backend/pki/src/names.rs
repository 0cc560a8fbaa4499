//! Object identifiers, by the standard that gives them.

use x509_cert::spki::ObjectIdentifier;

const fn id(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

// X.520
pub(crate) const COMMON_NAME: ObjectIdentifier = id("2.5.4.3");
pub(crate) const SURNAME: ObjectIdentifier = id("2.5.4.4");
pub(crate) const SERIAL_NUMBER: ObjectIdentifier = id("2.5.4.5");
pub(crate) const COUNTRY: ObjectIdentifier = id("2.5.4.6");
pub(crate) const ORGANISATION: ObjectIdentifier = id("2.5.4.10");
pub(crate) const TITLE: ObjectIdentifier = id("2.5.4.12");
pub(crate) const GIVEN_NAME: ObjectIdentifier = id("2.5.4.42");

// RFC 5280
pub(crate) const SUBJECT_KEY_ID: ObjectIdentifier = id("2.5.29.14");
pub(crate) const KEY_USAGE: ObjectIdentifier = id("2.5.29.15");
pub(crate) const BASIC_CONSTRAINTS: ObjectIdentifier = id("2.5.29.19");
pub(crate) const CRL_NUMBER: ObjectIdentifier = id("2.5.29.20");
pub(crate) const ISSUING_DISTRIBUTION_POINT: ObjectIdentifier = id("2.5.29.28");
pub(crate) const CRL_DISTRIBUTION_POINTS: ObjectIdentifier = id("2.5.29.31");
pub(crate) const CERTIFICATE_POLICIES: ObjectIdentifier = id("2.5.29.32");
pub(crate) const AUTHORITY_KEY_ID: ObjectIdentifier = id("2.5.29.35");
pub(crate) const EXTENDED_KEY_USAGE: ObjectIdentifier = id("2.5.29.37");
pub(crate) const AUTHORITY_INFO_ACCESS: ObjectIdentifier = id("1.3.6.1.5.5.7.1.1");
pub(crate) const AD_OCSP: ObjectIdentifier = id("1.3.6.1.5.5.7.48.1");
pub(crate) const AD_CA_ISSUERS: ObjectIdentifier = id("1.3.6.1.5.5.7.48.2");

// RFC 6960
pub(crate) const OCSP_SIGNING: ObjectIdentifier = id("1.3.6.1.5.5.7.3.9");
pub(crate) const OCSP_BASIC: ObjectIdentifier = id("1.3.6.1.5.5.7.48.1.1");
pub(crate) const OCSP_NONCE: ObjectIdentifier = id("1.3.6.1.5.5.7.48.1.2");
pub(crate) const OCSP_NO_CHECK: ObjectIdentifier = id("1.3.6.1.5.5.7.48.1.5");

/// The number of the card that holds the key (SS 61 43 31).
pub(crate) const CARD_NUMBER: ObjectIdentifier = id("1.2.752.34.2.1");

// Keys and signatures: RFC 5480, 5758, 8017
pub(crate) const EC_PUBLIC_KEY: ObjectIdentifier = id("1.2.840.10045.2.1");
pub(crate) const SECP256R1: ObjectIdentifier = id("1.2.840.10045.3.1.7");
pub(crate) const SECP384R1: ObjectIdentifier = id("1.3.132.0.34");
pub(crate) const RSA: ObjectIdentifier = id("1.2.840.113549.1.1.1");
pub(crate) const ECDSA_SHA256: ObjectIdentifier = id("1.2.840.10045.4.3.2");
pub(crate) const ECDSA_SHA384: ObjectIdentifier = id("1.2.840.10045.4.3.3");
pub(crate) const ECDSA_SHA512: ObjectIdentifier = id("1.2.840.10045.4.3.4");
pub(crate) const RSA_SHA256: ObjectIdentifier = id("1.2.840.113549.1.1.11");
pub(crate) const RSA_SHA384: ObjectIdentifier = id("1.2.840.113549.1.1.12");
pub(crate) const RSA_SHA512: ObjectIdentifier = id("1.2.840.113549.1.1.13");

// Hashes that a request may name an issuer by
pub(crate) const SHA1: ObjectIdentifier = id("1.3.14.3.2.26");
pub(crate) const SHA256: ObjectIdentifier = id("2.16.840.1.101.3.4.2.1");
