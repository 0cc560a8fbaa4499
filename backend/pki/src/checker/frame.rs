//! Bytes, times, numbers, key and signature.

use chrono::{DateTime, Utc};
use x509_parser::prelude::{X509Certificate, X509Version};
use x509_parser::public_key::PublicKey;
use x509_parser::time::ASN1Time;

use super::parts::Parts;
use super::{Finding, Record, Stage};

/// ECDSA with SHA-256 and SHA-384, RSA with SHA-256.
const SIGNATURES: [&str; 3] = [
    "1.2.840.10045.4.3.2",
    "1.2.840.10045.4.3.3",
    "1.2.840.113549.1.1.11",
];
const CURVES: [&str; 2] = ["1.2.840.10045.3.1.7", "1.3.132.0.34"];

pub(super) fn stored(record: &Record<'_>, read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    match record.stored_tbs {
        None => out.push(Finding::StoredMissing),
        Some(stored) if stored != read.tbs_certificate.as_ref() => {
            out.push(Finding::StoredDiffers);
        }
        Some(_) => {}
    }
}

pub(super) fn times(record: &Record<'_>, read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    let validity = read.validity();
    let is = |time: ASN1Time, moment: DateTime<Utc>| time.timestamp() == moment.timestamp();
    if !is(validity.not_before, record.not_before) {
        out.push(Finding::NotBefore);
    }
    if !is(validity.not_after, record.card_valid_to) {
        out.push(Finding::NotAfter);
    }
    let over = validity.not_after.timestamp() < record.now.timestamp();
    match record.stage {
        Stage::Issued if over => out.push(Finding::Overdue),
        Stage::Expired if !over => out.push(Finding::ExpiredTooEarly),
        Stage::Requested | Stage::Issued | Stage::Revoked | Stage::Expired => {}
    }
}

pub(super) fn numbers(record: &Record<'_>, read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    let tbs = &read.tbs_certificate;
    if tbs.version != X509Version::V3 {
        out.push(Finding::Version);
    }
    // Ours begin below 0x80, so there is never a zero before them.
    if tbs.raw_serial() != record.serial.as_bytes() {
        out.push(Finding::SerialNumber);
    }
    if tbs.issuer_uid.is_some() || tbs.subject_uid.is_some() {
        out.push(Finding::UniqueIds);
    }
    if shard(record) != record.shard {
        out.push(Finding::Shard);
    }
}

/// The rule in words: the last two octets of the number, modulo the number of lists.
fn shard(record: &Record<'_>) -> u16 {
    let last = record.serial.as_bytes().iter().rev().take(2).rev();
    let number = last.fold(0_u32, |sum, byte| sum * 256 + u32::from(*byte));
    let shards = u32::from(record.profiles.shards.max(1));
    u16::try_from(number % shards).unwrap_or(u16::MAX)
}

pub(super) fn key(record: &Record<'_>, read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    let spki = read.public_key();
    if record.key.is_some_and(|key| key.as_der() != spki.raw) {
        out.push(Finding::Key);
    }
    let curve = spki.algorithm.parameters.as_ref();
    let curve = curve.and_then(|any| any.as_oid().ok());
    let good = match spki.parsed() {
        Ok(PublicKey::RSA(key)) => (2048..=4096).contains(&key.key_size()),
        Ok(PublicKey::EC(_)) => {
            curve.is_some_and(|id| CURVES.contains(&id.to_id_string().as_str()))
        }
        Ok(_) | Err(_) => false,
    };
    if !good {
        out.push(Finding::KeyKind);
    }
}

pub(super) fn under(
    record: &Record<'_>,
    (read, parts): (&X509Certificate<'_>, &Parts<'_>),
    issuer: &X509Certificate<'_>,
    out: &mut Vec<Finding>,
) {
    if !issuer.is_ca() {
        out.push(Finding::IssuerNoAuthority);
    }
    let wanted = record.profiles.authority(record.authority);
    let wanted = wanted.map(|one| record.profiles.common_name(one)).ok();
    let mut named = issuer.subject().iter_common_name();
    let named = named.next().and_then(|part| part.as_str().ok());
    if read.issuer().as_raw() != issuer.subject().as_raw() || named != wanted.as_deref() {
        out.push(Finding::IssuerName);
    }
    if read.validity().not_after > issuer.validity().not_after {
        out.push(Finding::OutlivesIssuer);
    }
    if read.validity().not_before < issuer.validity().not_before {
        out.push(Finding::OlderThanIssuer);
    }
    let named = read.signature_algorithm.algorithm.to_id_string();
    if !SIGNATURES.contains(&named.as_str()) || !parts.names_one_algorithm() {
        out.push(Finding::SignatureAlgorithm);
    }
    if read.verify_signature(Some(issuer.public_key())).is_err() {
        out.push(Finding::Signature);
    }
}
