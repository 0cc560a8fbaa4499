//! Requests, from strangers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::serial_number::SerialNumber;
use x509_ocsp::{CertId, OcspRequest as Request};

use super::{AskedId, Hash, OcspFault, OcspRequest};
use crate::names;
use crate::serial::Serial;

/// Longest body of a POST.
const LONGEST_BODY: usize = 4 * 1024;
/// Longest path of a GET.
const LONGEST_PATH: usize = 2 * 1024;
/// Most certificates in one request.
const MOST_IDS: usize = 20;
/// RFC 8954 2.1.
const LONGEST_NONCE: usize = 32;

/// Reads a request (DER) such as the body of a POST, at most 4 kB.
///
/// # Errors
/// Too long or malformed.
pub fn read(body: &[u8]) -> Result<OcspRequest, OcspFault> {
    if body.len() > LONGEST_BODY {
        return Err(OcspFault::TooLong);
    }
    let request = Request::from_der(body).map_err(|_| OcspFault::Malformed)?;
    let tbs = request.tbs_request;
    let ids = tbs.request_list;
    if ids.is_empty() || ids.len() > MOST_IDS {
        return Err(OcspFault::Malformed);
    }
    let single = ids.iter().flat_map(|one| &one.single_request_extensions);
    if single.flatten().any(|extension| extension.critical) {
        return Err(OcspFault::Malformed);
    }
    Ok(OcspRequest {
        nonce: nonce(tbs.request_extensions.as_deref().unwrap_or_default())?,
        ids: ids
            .iter()
            .map(|one| asked(&one.req_cert))
            .collect::<Result<_, _>>()?,
    })
}

/// The request in what stands behind the responder's address in a GET: base64, with or without
/// percent signs, at most 2 kB (RFC 6960 A.1).
///
/// # Errors
/// Too long or not base64.
pub fn in_path(path: &str) -> Result<Vec<u8>, OcspFault> {
    if path.len() > LONGEST_PATH {
        return Err(OcspFault::TooLong);
    }
    let plain = unescaped(path).ok_or(OcspFault::Malformed)?;
    STANDARD.decode(plain).map_err(|_| OcspFault::Malformed)
}

fn unescaped(path: &str) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let value = digit()?.checked_mul(16)?.checked_add(digit()?)?;
        plain.push(u8::try_from(value).ok()?);
    }
    Some(plain)
}

fn nonce(extensions: &[Extension]) -> Result<Option<Vec<u8>>, OcspFault> {
    let mut found = None;
    for extension in extensions {
        if extension.extn_id == names::OCSP_NONCE && found.is_none() {
            let value = der::asn1::OctetStringRef::from_der(extension.extn_value.as_bytes());
            let value = value.map_err(|_| OcspFault::Malformed)?.as_bytes();
            if value.is_empty() || value.len() > LONGEST_NONCE {
                return Err(OcspFault::Malformed);
            }
            found = Some(value.to_vec());
        } else if extension.extn_id == names::OCSP_NONCE || extension.critical {
            return Err(OcspFault::Malformed);
        }
    }
    Ok(found)
}

fn asked(id: &CertId) -> Result<AskedId, OcspFault> {
    let hash = match id.hash_algorithm.oid {
        names::SHA1 => Some(Hash::Sha1),
        names::SHA256 => Some(Hash::Sha256),
        _ => None,
    };
    Ok(AskedId {
        der: id.to_der().map_err(|_| OcspFault::Malformed)?,
        hash,
        issuer_name: id.issuer_name_hash.as_bytes().to_vec(),
        issuer_key: id.issuer_key_hash.as_bytes().to_vec(),
        serial: serial(&id.serial_number),
    })
}

/// None for numbers that no authority gives: zero, negative or too long.
pub(super) fn serial(number: &SerialNumber) -> Option<Serial> {
    let bytes = number.as_bytes();
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    (!negative)
        .then(|| Serial::from_bytes(bytes).ok())
        .flatten()
}
