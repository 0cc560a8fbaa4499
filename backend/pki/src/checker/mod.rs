//! The independent examiner: was what is on record really issued, and is what was issued on
//! record? It reads with a parser of its own, shares no code with what builds and lints, and takes
//! each expectation from the records and the profiles.

mod extensions;
mod finding;
mod frame;
mod holder;
mod list;
mod parts;

use std::fmt;

use chrono::{DateTime, Utc};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::profile::{LeafKind, Profiles};
use crate::public_key::PublicKey;
use crate::serial::Serial;
use crate::subject::{CardNumber, Subject};
use parts::Parts;

pub use finding::{CrlFinding, Finding};
pub use list::{CrlContent, read_crl};

/// Where the records say that a certificate stands, as far as it matters to its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Asked for; nothing is signed, or the signature never arrived.
    Requested,
    /// Signed and living, on the card or off it.
    Issued,
    /// Revoked. It may have been revoked before it was signed.
    Revoked,
    /// Its last moment is over.
    Expired,
}

/// What the records say about one certificate.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// The certificate (DER), if there is one.
    pub certificate: Option<&'a [u8]>,
    /// The bytes that were stored before signing.
    pub stored_tbs: Option<&'a [u8]>,
    /// The authority's certificate (DER).
    pub issuer: &'a [u8],
    /// What is issued.
    pub profiles: &'a Profiles,
    /// The authority's name among the profiles.
    pub authority: &'a str,
    /// The kind of certificate.
    pub kind: LeafKind,
    /// The reserved number.
    pub serial: Serial,
    /// The holder.
    pub subject: &'a Subject,
    /// The card.
    pub card_number: &'a CardNumber,
    /// The key that the request proved.
    pub key: Option<&'a PublicKey>,
    /// From when.
    pub not_before: DateTime<Utc>,
    /// The card's last moment.
    pub card_valid_to: DateTime<Utc>,
    /// The list it belongs to.
    pub shard: u16,
    /// Where it stands.
    pub stage: Stage,
    /// When this is examined.
    pub now: DateTime<Utc>,
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Record({}, {:?})", self.serial, self.stage)
    }
}

/// Everything in which the certificate and the records differ, or the certificate is not what such
/// a certificate must be. Nothing: all is well.
#[must_use]
pub fn examine(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(der) = record.certificate else {
        if matches!(record.stage, Stage::Issued | Stage::Expired) {
            findings.push(Finding::Missing);
        }
        return findings;
    };
    if record.stage == Stage::Requested {
        findings.push(Finding::Premature);
    }
    let (Ok((rest, certificate)), Some(parts)) = (X509Certificate::from_der(der), Parts::read(der))
    else {
        findings.push(Finding::Malformed);
        return findings;
    };
    if !rest.is_empty() {
        findings.push(Finding::TrailingBytes);
    }
    frame::stored(record, &certificate, &mut findings);
    frame::times(record, &certificate, &mut findings);
    frame::numbers(record, &certificate, &mut findings);
    frame::key(record, &certificate, &mut findings);
    holder::subject(record, &certificate, &mut findings);
    extensions::examine(record, &certificate, &mut findings);
    match X509Certificate::from_der(record.issuer) {
        Ok((_, issuer)) => frame::under(record, (&certificate, &parts), &issuer, &mut findings),
        Err(_) => findings.push(Finding::IssuerMalformed),
    }
    findings
}
