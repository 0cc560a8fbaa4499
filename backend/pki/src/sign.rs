//! From linted and stored bytes to a certificate. Nothing leaves here that the authority's public
//! key does not verify.

use std::fmt;

use der::{Decode, Encode};
use thiserror::Error;
use x509_cert::TbsCertificate;

use crate::issuer::Issuer;
use crate::key::{KeyFault, SigningKey};
use crate::public_key::sha256;
use crate::tbs::Tbs;
use crate::wire::{bits, sequence};

/// A signed certificate in DER. It holds personal data and prints none.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate(Vec<u8>);

impl Certificate {
    /// The bytes.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.0
    }

    /// The bytes.
    #[must_use]
    pub fn into_der(self) -> Vec<u8> {
        self.0
    }

    /// SHA-256 over the bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.0)
    }

    /// The certificate between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----`.
    #[must_use]
    pub fn to_pem(&self) -> String {
        to_pem(&self.0)
    }
}

/// A certificate in DER as PEM.
#[must_use]
pub fn to_pem(der: &[u8]) -> String {
    // Encoding fails only on lengths beyond what memory holds.
    der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, der).unwrap_or_default()
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Certificate({} bytes)", self.0.len())
    }
}

/// Why nothing was signed, or what was signed is not handed out.
#[derive(Debug, Error)]
pub enum SignFault {
    /// The bytes are not those of a certificate.
    #[error("the bytes to be signed are not a certificate's")]
    Malformed,
    /// The certificate names another issuer or another signature than the key makes.
    #[error("the certificate to be signed names another issuer")]
    WrongIssuer,
    /// The key is not the one of the authority's certificate.
    #[error("the key is not the authority's")]
    WrongKey,
    /// The key does not sign.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// The signature does not verify with the authority's public key.
    #[error("the signature does not verify")]
    Unverified,
}

impl SignFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "sign_malformed",
            Self::WrongIssuer => "sign_wrong_issuer",
            Self::WrongKey => "sign_wrong_key",
            Self::Key(fault) => fault.code(),
            Self::Unverified => "sign_unverified",
        }
    }
}

/// Signs a certificate. Lint it and store it first.
///
/// # Errors
/// Why there is no certificate.
pub fn certificate(
    tbs: &Tbs,
    issuer: &Issuer,
    key: &dyn SigningKey,
) -> Result<Certificate, SignFault> {
    let read = TbsCertificate::from_der(tbs.as_der()).map_err(|_| SignFault::Malformed)?;
    let name = read.issuer.to_der().map_err(|_| SignFault::Malformed)?;
    let algorithm = read.signature.to_der().map_err(|_| SignFault::Malformed)?;
    if name != issuer.name() || algorithm != issuer.algorithm().signature().identifier() {
        return Err(SignFault::WrongIssuer);
    }
    if key.public_key() != issuer.public_key() {
        return Err(SignFault::WrongKey);
    }
    let signed = signed(tbs.as_der(), key)?;
    if !issuer.verifies(tbs.as_der(), &signed.signature) {
        return Err(SignFault::Unverified);
    }
    Ok(Certificate(signed.der))
}

/// Signs the root's own certificate, which has no issuer yet.
pub(crate) fn own(tbs: &Tbs, key: &dyn SigningKey) -> Result<Certificate, SignFault> {
    let signed = signed(tbs.as_der(), key)?;
    let algorithm = key.algorithm().signature();
    if !key
        .public_key()
        .verifies(algorithm, tbs.as_der(), &signed.signature)
    {
        return Err(SignFault::Unverified);
    }
    Ok(Certificate(signed.der))
}

/// What was signed with its signature: certificates, lists and OCSP answers have the same shape.
pub(crate) struct Signed {
    pub(crate) der: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

pub(crate) fn signed(message: &[u8], key: &dyn SigningKey) -> Result<Signed, KeyFault> {
    let signature = key.sign(message)?;
    let algorithm = key.algorithm().signature().identifier();
    let der = sequence(&[message, &algorithm, &bits(&signature)]);
    Ok(Signed { der, signature })
}
