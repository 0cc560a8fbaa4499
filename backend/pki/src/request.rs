//! A certification request (PKCS#10, RFC 2986) of a card. Only its key is used: what the
//! certificate says about the holder comes from the records, never from the request.

use der::{Decode, Reader, SliceReader};
use thiserror::Error;
use x509_cert::request::CertReqInfo;

use crate::algorithm::SignatureAlgorithm;
use crate::public_key::{KeyRefused, PublicKey};

/// No request of a card is longer, by far.
const LONGEST: usize = 8 * 1024;

/// A request whose sender has the private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The public key.
    pub key: PublicKey,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RequestFault {
    /// More than 8 kB.
    #[error("the request is too long")]
    TooLong,
    /// Not PKCS#10, neither DER nor PEM.
    #[error("the request is not a PKCS#10 request")]
    Malformed,
    /// The key may not stand in a certificate.
    #[error("the key in the request is refused: {0}")]
    Key(#[from] KeyRefused),
    /// Signed in a way that is not believed.
    #[error("the request is signed with an algorithm that is not allowed")]
    SignatureAlgorithm,
    /// The signature is not the key's: whoever sent it has not shown to have the private key.
    #[error("the request does not prove that its sender has the private key")]
    NoProof,
}

impl RequestFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong => "request_too_long",
            Self::Malformed => "request_malformed",
            Self::Key(refused) => refused.code(),
            Self::SignatureAlgorithm => "request_signature_algorithm",
            Self::NoProof => "request_no_proof",
        }
    }
}

/// Reads a request in DER or PEM and verifies that its sender has the private key.
///
/// # Errors
/// Why the request is refused.
pub fn read(given: &[u8]) -> Result<Request, RequestFault> {
    if given.len() > LONGEST {
        return Err(RequestFault::TooLong);
    }
    if given.starts_with(b"-----") {
        let (label, der) = der::pem::decode_vec(given).map_err(|_| RequestFault::Malformed)?;
        if label != "CERTIFICATE REQUEST" && label != "NEW CERTIFICATE REQUEST" {
            return Err(RequestFault::Malformed);
        }
        return read_der(&der);
    }
    read_der(given)
}

fn read_der(given: &[u8]) -> Result<Request, RequestFault> {
    let parts = Parts::read(given).map_err(|_| RequestFault::Malformed)?;
    CertReqInfo::from_der(parts.info).map_err(|_| RequestFault::Malformed)?;
    let key = key_of(parts.info).map_err(|_| RequestFault::Malformed)?;
    let key = PublicKey::from_spki(key)?;
    let algorithm = SignatureAlgorithm::read(parts.algorithm)
        .filter(|one| one.verifier(key.kind()).is_some())
        .ok_or(RequestFault::SignatureAlgorithm)?;
    if !key.verifies(algorithm, parts.info, parts.signature) {
        return Err(RequestFault::NoProof);
    }
    Ok(Request { key })
}

/// The three parts, as the bytes that were sent: the signature is over bytes, not over what was
/// understood of them.
struct Parts<'a> {
    info: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Parts<'a> {
    fn read(given: &'a [u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(given)?;
        let parts = reader.sequence(|inner| {
            let info = inner.tlv_bytes()?;
            let algorithm = inner.tlv_bytes()?;
            let signature: der::asn1::BitStringRef<'a> = inner.decode()?;
            let whole = der::Error::from(der::ErrorKind::Failed);
            let signature = signature.as_bytes().ok_or(whole)?;
            Ok(Self {
                info,
                algorithm,
                signature,
            })
        })?;
        reader.finish(parts)
    }
}

fn key_of(info: &[u8]) -> der::Result<&[u8]> {
    let mut reader = SliceReader::new(info)?;
    reader.sequence(|inner| {
        let _version = inner.tlv_bytes()?;
        let _subject = inner.tlv_bytes()?;
        let key = inner.tlv_bytes()?;
        let _attributes = inner.tlv_bytes()?;
        Ok(key)
    })
}
