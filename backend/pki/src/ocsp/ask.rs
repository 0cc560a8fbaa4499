//! Requests as a relying party makes them: for the one who checks what the responder answers.

use der::Encode;
use der::asn1::{Null, OctetString};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_ocsp::{CertId, OcspRequest as Wire, Request, TbsRequest};

use super::OcspFault;
use crate::issuer::Issuer;
use crate::names;
use crate::public_key::sha1;
use crate::serial::Serial;

/// A request (DER) about certificates of the authority, without nonce, named as most relying parties
/// name them (RFC 5019 2.1.1: SHA-1). At most twenty are read.
///
/// # Errors
/// [`OcspFault::Malformed`]: it cannot be written.
pub fn ask(issuer: &Issuer, serials: &[Serial]) -> Result<Vec<u8>, OcspFault> {
    let malformed = |_| OcspFault::Malformed;
    let name = OctetString::new(sha1(issuer.name())).map_err(malformed)?;
    let key = OctetString::new(sha1(issuer.public_key().bits())).map_err(malformed)?;
    let mut request_list = Vec::with_capacity(serials.len());
    for serial in serials {
        request_list.push(Request {
            req_cert: CertId {
                hash_algorithm: AlgorithmIdentifierOwned {
                    oid: names::SHA1,
                    parameters: Some(Null.into()),
                },
                issuer_name_hash: name.clone(),
                issuer_key_hash: key.clone(),
                serial_number: SerialNumber::new(serial.as_bytes()).map_err(malformed)?,
            },
            single_request_extensions: None,
        });
    }
    let request = Wire {
        tbs_request: TbsRequest {
            request_list,
            ..TbsRequest::default()
        },
        optional_signature: None,
    };
    request.to_der().map_err(malformed)
}
