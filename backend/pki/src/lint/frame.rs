//! Everything but the extensions.

use der::Encode;
use der::Tag;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;
use x509_cert::time::Time;
use x509_cert::{TbsCertificate, Version};

use super::Flaw;
use crate::issuer::{Issuer, moment};
use crate::names;
use crate::profile::{LeafKind, Profiles, SubjectField};
use crate::public_key::PublicKey;
use crate::subject::{LONGEST_TEXT, identifier_fits};

/// Year from which a time has four digits of year.
const FIRST_GENERALIZED: u16 = 2050;

/// What holds for every certificate.
pub(super) fn common(read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    if read.version != Version::V3 {
        flaws.push(Flaw::Version);
    }
    let serial = read.serial_number.as_bytes();
    if serial.len() != 16
        || serial
            .first()
            .is_none_or(|first| !(0x40..0x80).contains(first))
    {
        flaws.push(Flaw::SerialNumber);
    }
    if read.issuer_unique_id.is_some() || read.subject_unique_id.is_some() {
        flaws.push(Flaw::UniqueIds);
    }
    let (begin, end) = (read.validity.not_before, read.validity.not_after);
    if begin.to_unix_duration() >= end.to_unix_duration() {
        flaws.push(Flaw::ValidityOrder);
    }
    if [begin, end].iter().any(is_badly_written) {
        flaws.push(Flaw::TimeForm);
    }
    if key(read).is_none() {
        flaws.push(Flaw::Key);
    }
}

/// UTCTime cannot say 2050, so only the other way round is possible.
fn is_badly_written(time: &Time) -> bool {
    matches!(time, Time::GeneralTime(at) if at.to_date_time().year() < FIRST_GENERALIZED)
}

/// The key, if it may stand in a certificate.
pub(super) fn key(read: &TbsCertificate) -> Option<PublicKey> {
    let der = read.subject_public_key_info.to_der().ok()?;
    PublicKey::from_spki(&der).ok()
}

/// What must agree with the authority above.
pub(super) fn under(read: &TbsCertificate, issuer: &Issuer, flaws: &mut Vec<Flaw>) {
    let is = |written: der::Result<Vec<u8>>, wanted: &[u8]| written.is_ok_and(|der| der == wanted);
    let algorithm = issuer.algorithm().signature().identifier();
    if !is(read.signature.to_der(), &algorithm) {
        flaws.push(Flaw::SignatureAlgorithm);
    }
    if !is(read.issuer.to_der(), issuer.name()) {
        flaws.push(Flaw::IssuerName);
    }
    let begin = moment(read.validity.not_before);
    let end = moment(read.validity.not_after);
    if begin < Some(issuer.not_before()) || end > Some(issuer.not_after()) {
        flaws.push(Flaw::ValidityBeyondIssuer);
    }
    if key(read).is_some_and(|key| key == *issuer.public_key()) {
        flaws.push(Flaw::IssuersKey);
    }
}

/// Certificates under the real authorities' names must never come from here.
pub(super) fn real_name(profiles: &Profiles, issuer: &Issuer, flaws: &mut Vec<Flaw>) {
    let Ok(profile) = profiles.authority(issuer.authority()) else {
        return;
    };
    if profiles.common_name(profile).starts_with("SITHS") {
        flaws.push(Flaw::RealName);
    }
}

/// An authority's own name.
pub(super) fn own_name(wanted: &str, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let parts = parts(&read.subject);
    let mut found = parts.iter().filter(|part| part.oid == names::COMMON_NAME);
    if found.next().and_then(|part| text(part)) != Some(wanted) {
        flaws.push(Flaw::OwnName);
    }
}

fn parts(name: &Name) -> Vec<&AttributeTypeAndValue> {
    name.0.iter().flat_map(|part| part.0.iter()).collect()
}

fn text(part: &AttributeTypeAndValue) -> Option<&str> {
    std::str::from_utf8(part.value.value()).ok()
}

/// The holder's name against the profile.
pub(super) fn holder(
    profiles: &Profiles,
    kind: LeafKind,
    read: &TbsCertificate,
    flaws: &mut Vec<Flaw>,
) {
    let Ok(profile) = profiles.leaf(kind) else {
        flaws.push(Flaw::WrongAuthority);
        return;
    };
    let parts = parts(&read.subject);
    let named: Vec<Option<SubjectField>> = parts.iter().map(|part| field(part)).collect();
    let has_title = named.contains(&Some(SubjectField::Title));
    let wanted = profile.subject.iter().copied();
    let wanted = wanted.filter(|one| *one != SubjectField::Title || has_title);
    if !named.iter().copied().eq(wanted.map(Some)) || read.subject.0.len() != parts.len() {
        flaws.push(Flaw::SubjectFields);
    }
    if parts.iter().any(|part| !is_well_written(part)) {
        flaws.push(Flaw::SubjectText);
    }
    let of = |wanted| {
        let found = parts.iter().find(|part| field(part) == Some(wanted));
        found.and_then(|part| text(part)).unwrap_or_default()
    };
    if of(SubjectField::Country) != profiles.country {
        flaws.push(Flaw::Country);
    }
    if !identifier_fits(kind.identity, of(SubjectField::SerialNumber)) {
        flaws.push(Flaw::Identifier);
    }
    let name = format!(
        "{} {}",
        of(SubjectField::GivenName),
        of(SubjectField::Surname)
    );
    let name: String = name.chars().take(LONGEST_TEXT).collect();
    if of(SubjectField::CommonName) != name {
        flaws.push(Flaw::CommonName);
    }
}

fn field(part: &AttributeTypeAndValue) -> Option<SubjectField> {
    match part.oid {
        names::COUNTRY => Some(SubjectField::Country),
        names::ORGANISATION => Some(SubjectField::Organisation),
        names::COMMON_NAME => Some(SubjectField::CommonName),
        names::SURNAME => Some(SubjectField::Surname),
        names::GIVEN_NAME => Some(SubjectField::GivenName),
        names::TITLE => Some(SubjectField::Title),
        names::SERIAL_NUMBER => Some(SubjectField::SerialNumber),
        _ => None,
    }
}

fn is_well_written(part: &AttributeTypeAndValue) -> bool {
    let string = match field(part) {
        Some(SubjectField::Country | SubjectField::SerialNumber) => Tag::PrintableString,
        Some(_) => Tag::Utf8String,
        None => return true,
    };
    let fits = |text: &str| {
        !text.trim().is_empty()
            && text.chars().count() <= LONGEST_TEXT
            && !text.chars().any(char::is_control)
    };
    der::Tagged::tag(&part.value) == string && text(part).is_some_and(fits)
}
