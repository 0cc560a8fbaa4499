//! Answers read back, as a relying party reads them: for the one who compares what is told with
//! the records.

use chrono::{DateTime, Utc};
use der::{Decode, Encode};
use x509_ocsp::{
    BasicOcspResponse, CertStatus, OcspGeneralizedTime, OcspResponse, OcspResponseStatus,
};

use super::read::serial;
use super::{Answer, OcspFault};
use crate::algorithm::SignatureAlgorithm;
use crate::crl::Reason;
use crate::issuer::Issuer;
use crate::public_key::PublicKey;
use crate::serial::Serial;

/// Reads an answer and verifies that it is by a responder of that authority.
///
/// # Errors
/// It is a refusal, malformed or not the responder's.
pub fn read_response(der: &[u8], issuer: &Issuer) -> Result<Vec<(Serial, Answer)>, OcspFault> {
    let response = OcspResponse::from_der(der).map_err(|_| OcspFault::Malformed)?;
    if response.response_status != OcspResponseStatus::Successful {
        return Err(OcspFault::Refused);
    }
    let bytes = response.response_bytes.ok_or(OcspFault::Malformed)?;
    let basic = BasicOcspResponse::from_der(bytes.response.as_bytes());
    let basic = basic.map_err(|_| OcspFault::Malformed)?;
    verify(&basic, issuer)?;
    let singles = basic.tbs_response_data.responses.iter();
    singles
        .map(|one| {
            let serial = serial(&one.cert_id.serial_number).ok_or(OcspFault::Malformed)?;
            Ok((serial, answer(&one.cert_status)?))
        })
        .collect()
}

fn verify(basic: &BasicOcspResponse, issuer: &Issuer) -> Result<(), OcspFault> {
    verified(basic, issuer)
        .filter(|good| *good)
        .map(|_| ())
        .ok_or(OcspFault::Unverified)
}

fn verified(basic: &BasicOcspResponse, issuer: &Issuer) -> Option<bool> {
    let responder = basic.certs.as_ref()?.first()?;
    let tbs = &responder.tbs_certificate;
    let key = PublicKey::from_spki(&tbs.subject_public_key_info.to_der().ok()?).ok()?;
    let algorithm = SignatureAlgorithm::read(&basic.signature_algorithm.to_der().ok()?)?;
    let message = basic.tbs_response_data.to_der().ok()?;
    let signature = basic.signature.as_bytes()?;
    Some(
        issuer.has_signed(&responder.to_der().ok()?)
            && super::responder::is_for_answers(responder)
            && key.verifies(algorithm, &message, signature),
    )
}

fn answer(status: &CertStatus) -> Result<Answer, OcspFault> {
    match status {
        CertStatus::Good(_) => Ok(Answer::Good),
        CertStatus::Unknown(_) => Ok(Answer::Unknown),
        CertStatus::Revoked(info) => {
            let number = info.revocation_reason.map_or(0, number);
            Ok(Answer::Revoked {
                at: moment(info.revocation_time).ok_or(OcspFault::Malformed)?,
                reason: Reason::from_number(number).ok_or(OcspFault::Malformed)?,
            })
        }
    }
}

fn number(reason: x509_cert::ext::pkix::CrlReason) -> u8 {
    let der = reason.to_der().unwrap_or_default();
    der.last().copied().unwrap_or(u8::MAX)
}

fn moment(time: OcspGeneralizedTime) -> Option<DateTime<Utc>> {
    let seconds = time.0.to_unix_duration().as_secs();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)
}
