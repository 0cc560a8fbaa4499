//! Whether something was signed by the key of a certificate.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// `None` for what is no certificate, or has a key of another kind.
pub(super) fn holds(certificate: &[u8], message: &[u8], signature: &[u8]) -> Option<bool> {
    let certificate = x509_cert::Certificate::from_der(certificate).ok()?;
    let info = certificate.tbs_certificate.subject_public_key_info;
    let key = info.subject_public_key.as_bytes()?;
    let by = |algorithm: &'static dyn VerificationAlgorithm| {
        let key = UnparsedPublicKey::new(algorithm, key);
        key.verify(message, signature).is_ok()
    };
    if info.algorithm.oid == RSA {
        return Some(by(&RSA_PKCS1_2048_8192_SHA256));
    }
    let curve = info.algorithm.parameters?.decode_as::<ObjectIdentifier>();
    if info.algorithm.oid == EC_PUBLIC_KEY && curve == Ok(P256) {
        return Some(by(&ECDSA_P256_SHA256_FIXED) || by(&ECDSA_P256_SHA256_ASN1));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn what_is_no_certificate_has_signed_nothing() {
        assert_eq!(holds(b"no certificate", b"text", b"signature"), None);
    }
}
