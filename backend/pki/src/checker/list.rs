//! A published list, read back for the one who compares it with the records.

use chrono::{DateTime, Utc};
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::revocation_list::{CertificateRevocationList, RevokedCertificate};
use x509_parser::time::ASN1Time;

use super::CrlFinding;
use super::extensions::only_url;
use super::parts::Parts;
use crate::crl::{Reason, Revoked};
use crate::serial::Serial;

/// What a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrlContent {
    /// Its number.
    pub number: u64,
    /// When it was made.
    pub this_update: DateTime<Utc>,
    /// By when there is a newer one.
    pub next_update: DateTime<Utc>,
    /// The revoked certificates, in the list's order.
    pub revoked: Vec<Revoked>,
    /// The address that certificates of its shard name; none: it speaks for everything that its
    /// authority has signed.
    pub url: Option<String>,
}

/// Reads a list (DER) and verifies it with the authority's certificate (DER).
///
/// # Errors
/// Why it is not believed.
pub fn read_crl(der: &[u8], issuer: &[u8]) -> Result<CrlContent, CrlFinding> {
    let (rest, list) =
        CertificateRevocationList::from_der(der).map_err(|_| CrlFinding::Malformed)?;
    let (_, issuer) = X509Certificate::from_der(issuer).map_err(|_| CrlFinding::Issuer)?;
    if !rest.is_empty() || Parts::read(der).is_none() {
        return Err(CrlFinding::Malformed);
    }
    if list.issuer().as_raw() != issuer.subject().as_raw() {
        return Err(CrlFinding::Issuer);
    }
    list.verify_signature(issuer.public_key())
        .map_err(|_| CrlFinding::Signature)?;
    let number = list.crl_number().and_then(|number| number.try_into().ok());
    let next = list.next_update().ok_or(CrlFinding::NextUpdate)?;
    let revoked = list.iter_revoked_certificates().map(entry);
    Ok(CrlContent {
        number: number.ok_or(CrlFinding::Number)?,
        this_update: moment(list.last_update())?,
        next_update: moment(next)?,
        revoked: revoked.collect::<Result<_, _>>()?,
        url: scope(&list)?,
    })
}

/// The address of a shard, which must say so critically and speak for cards.
fn scope(list: &CertificateRevocationList<'_>) -> Result<Option<String>, CrlFinding> {
    let mut found = list.extensions().iter();
    let Some(extension) = found.find(|one| one.oid.to_id_string() == "2.5.29.28") else {
        return Ok(None);
    };
    match extension.parsed_extension() {
        ParsedExtension::IssuingDistributionPoint(scope)
            if extension.critical
                && scope.only_contains_user_certs
                && scope.only_some_reasons.is_none()
                && !scope.indirect_crl =>
        {
            let url = only_url(scope.distribution_point.as_ref());
            url.map(|url| Some(url.to_owned())).ok_or(CrlFinding::Scope)
        }
        _ => Err(CrlFinding::Scope),
    }
}

fn entry(revoked: &RevokedCertificate<'_>) -> Result<Revoked, CrlFinding> {
    let reason = revoked.reason_code().map_or(0, |(_, reason)| reason.0);
    let serial = Serial::from_bytes(revoked.raw_serial());
    Ok(Revoked {
        serial: serial.map_err(|_| CrlFinding::Malformed)?,
        at: moment(revoked.revocation_date)?,
        reason: Reason::from_number(reason).ok_or(CrlFinding::Reason)?,
    })
}

fn moment(time: ASN1Time) -> Result<DateTime<Utc>, CrlFinding> {
    DateTime::from_timestamp(time.timestamp(), 0).ok_or(CrlFinding::Malformed)
}
