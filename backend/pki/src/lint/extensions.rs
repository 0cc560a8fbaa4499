//! The extensions: which, how critical, and what they say.

use der::Decode;
use der::asn1::PrintableStringRef;
use der::flagset::FlagSet;
use der::oid::AssociatedOid;
use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AuthorityInfoAccessSyntax, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectKeyIdentifier,
};
use x509_cert::spki::ObjectIdentifier;

use super::{Flaw, frame};
use crate::issuer::Issuer;
use crate::names;
use crate::profile::{
    AuthorityProfile, AuthorityRole, KeyUse, LeafKind, LeafProfile, Profiles, read_oid,
};
use crate::serial::Serial;
use crate::subject::is_card_number;

/// An extension that must be there, and whether it is critical.
type Wanted = (ObjectIdentifier, bool);

/// The extensions of a certificate for a card.
pub(super) fn leaf(
    profiles: &Profiles,
    issuer: &Issuer,
    kind: LeafKind,
    read: &TbsCertificate,
    flaws: &mut Vec<Flaw>,
) {
    let (Ok(profile), Ok(authority)) =
        (profiles.leaf(kind), profiles.authority(issuer.authority()))
    else {
        return;
    };
    present(&of_leaf(profile), read, flaws);
    match &authority.role {
        AuthorityRole::Issuing {
            identity, policy, ..
        } if *identity == kind.identity => policy_is(policy, read, flaws),
        AuthorityRole::Issuing { .. } | AuthorityRole::Root => flaws.push(Flaw::WrongAuthority),
    }
    end_entity(read, flaws);
    let usage = match profile.key_usage {
        KeyUse::DigitalSignature => KeyUsages::DigitalSignature,
        KeyUse::NonRepudiation => KeyUsages::NonRepudiation,
    };
    key_usage(usage.into(), read, flaws);
    let usages = profile.extended_key_usage.iter();
    let usages: Vec<_> = usages.filter_map(|one| read_oid(one).ok()).collect();
    let found = value::<ExtendedKeyUsage>(read).map(|found| found.0);
    if found.unwrap_or_default() != usages {
        flaws.push(Flaw::ExtendedKeyUsage);
    }
    key_ids(Some(issuer), read, flaws);
    list(profiles, issuer, read, flaws);
    information(profiles, issuer, read, flaws);
    card_number(read, flaws);
}

fn of_leaf(profile: &LeafProfile) -> Vec<Wanted> {
    let mut wanted = vec![
        (names::BASIC_CONSTRAINTS, true),
        (names::KEY_USAGE, true),
        (names::CERTIFICATE_POLICIES, false),
        (names::SUBJECT_KEY_ID, false),
        (names::AUTHORITY_KEY_ID, false),
        (names::CRL_DISTRIBUTION_POINTS, false),
        (names::AUTHORITY_INFO_ACCESS, false),
        (names::CARD_NUMBER, false),
    ];
    if !profile.extended_key_usage.is_empty() {
        wanted.push((names::EXTENDED_KEY_USAGE, false));
    }
    wanted
}

/// The extensions of an authority's certificate.
pub(super) fn authority(profile: &AuthorityProfile, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let mut wanted = vec![
        (names::BASIC_CONSTRAINTS, true),
        (names::KEY_USAGE, true),
        (names::SUBJECT_KEY_ID, false),
    ];
    let below = match &profile.role {
        AuthorityRole::Root => None,
        AuthorityRole::Issuing { policy, .. } => {
            wanted.extend([
                (names::CERTIFICATE_POLICIES, false),
                (names::AUTHORITY_KEY_ID, false),
                (names::CRL_DISTRIBUTION_POINTS, false),
                (names::AUTHORITY_INFO_ACCESS, false),
            ]);
            policy_is(policy, read, flaws);
            Some(0)
        }
    };
    present(&wanted, read, flaws);
    let constraints = value::<BasicConstraints>(read);
    if !constraints.is_some_and(|found| found.ca && found.path_len_constraint == below) {
        flaws.push(Flaw::BasicConstraints);
    }
    key_usage(KeyUsages::KeyCertSign | KeyUsages::CRLSign, read, flaws);
    key_ids(None, read, flaws);
}

/// The extensions of a responder's certificate.
pub(super) fn responder(issuer: &Issuer, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let wanted = [
        (names::BASIC_CONSTRAINTS, true),
        (names::KEY_USAGE, true),
        (names::EXTENDED_KEY_USAGE, false),
        (names::SUBJECT_KEY_ID, false),
        (names::AUTHORITY_KEY_ID, false),
        (names::OCSP_NO_CHECK, false),
    ];
    present(&wanted, read, flaws);
    end_entity(read, flaws);
    key_usage(KeyUsages::DigitalSignature.into(), read, flaws);
    let usage = value::<ExtendedKeyUsage>(read);
    if usage.is_none_or(|found| found.0 != [names::OCSP_SIGNING]) {
        flaws.push(Flaw::ExtendedKeyUsage);
    }
    key_ids(Some(issuer), read, flaws);
}

/// Exactly these extensions, each once and as critical as it should be.
fn present(wanted: &[Wanted], read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let found = read.extensions.as_deref().unwrap_or_default();
    for (id, critical) in wanted {
        let mut same = found.iter().filter(|one| one.extn_id == *id);
        match (same.next(), same.next()) {
            (None, _) => flaws.push(Flaw::ExtensionMissing),
            (Some(_), Some(_)) => flaws.push(Flaw::ExtensionTwice),
            (Some(one), None) if one.critical != *critical => flaws.push(Flaw::Criticality),
            (Some(_), None) => {}
        }
    }
    let known = |id: &ObjectIdentifier| wanted.iter().any(|(one, _)| one == id);
    if found.iter().any(|one| !known(&one.extn_id)) {
        flaws.push(Flaw::ExtensionUnknown);
    }
}

/// What an extension says; none if it is missing, malformed or there twice.
fn value<'a, T: Decode<'a> + AssociatedOid>(read: &'a TbsCertificate) -> Option<T> {
    read.get::<T>().ok().flatten().map(|(_, value)| value)
}

fn end_entity(read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let constraints = value::<BasicConstraints>(read);
    if !constraints.is_some_and(|found| !found.ca && found.path_len_constraint.is_none()) {
        flaws.push(Flaw::BasicConstraints);
    }
}

fn key_usage(wanted: FlagSet<KeyUsages>, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    if value::<KeyUsage>(read).map(|found| found.0) != Some(wanted) {
        flaws.push(Flaw::KeyUsage);
    }
}

fn policy_is(wanted: &str, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let found = value::<CertificatePolicies>(read).unwrap_or(CertificatePolicies(Vec::new()));
    let good = match found.0.as_slice() {
        [one] => one.policy_identifier.to_string() == wanted && one.policy_qualifiers.is_none(),
        _ => false,
    };
    if !good {
        flaws.push(Flaw::Policy);
    }
}

fn key_ids(issuer: Option<&Issuer>, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let own = value::<SubjectKeyIdentifier>(read).map(|found| found.0.into_bytes());
    let key = frame::key(read).map(|key| key.key_identifier().to_vec());
    if own != key {
        flaws.push(Flaw::SubjectKeyId);
    }
    let Some(issuer) = issuer else { return };
    let above = value::<AuthorityKeyIdentifier>(read);
    let above = above.and_then(|found| found.key_identifier);
    if above.is_none_or(|found| found.as_bytes() != issuer.key_identifier()) {
        flaws.push(Flaw::AuthorityKeyId);
    }
}

fn list(profiles: &Profiles, issuer: &Issuer, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let wanted = Serial::from_bytes(read.serial_number.as_bytes()).map(|serial| {
        let shard = profiles.shard_of(&serial);
        profiles.crl_url(issuer.authority(), shard)
    });
    if list_url(read) != wanted.ok() {
        flaws.push(Flaw::DistributionPoint);
    }
}

/// The one address of the one list.
fn list_url(read: &TbsCertificate) -> Option<String> {
    let points = value::<CrlDistributionPoints>(read)?.0;
    let [point] = points.as_slice() else {
        return None;
    };
    match (&point.distribution_point, &point.reasons, &point.crl_issuer) {
        (Some(DistributionPointName::FullName(names)), None, None) => match names.as_slice() {
            [GeneralName::UniformResourceIdentifier(url)] => Some(url.to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn information(profiles: &Profiles, issuer: &Issuer, read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let found = value::<AuthorityInfoAccessSyntax>(read);
    let found = found.map(|found| found.0).unwrap_or_default();
    let found = found.iter().map(|one| match &one.access_location {
        GeneralName::UniformResourceIdentifier(url) => (one.access_method, url.to_string()),
        _ => (one.access_method, String::new()),
    });
    let wanted = [
        (names::AD_OCSP, profiles.ocsp_url(issuer.authority())),
        (
            names::AD_CA_ISSUERS,
            profiles.issuer_url(issuer.authority()),
        ),
    ];
    if !found.eq(wanted) {
        flaws.push(Flaw::InformationAccess);
    }
}

fn card_number(read: &TbsCertificate, flaws: &mut Vec<Flaw>) {
    let mut found = read.extensions.iter().flatten();
    let found = found.find(|one| one.extn_id == names::CARD_NUMBER);
    let number = found.map(|one| PrintableStringRef::from_der(one.extn_value.as_bytes()));
    if !number.is_some_and(|read| read.is_ok_and(|text| is_card_number(text.as_str()))) {
        flaws.push(Flaw::CardNumber);
    }
}
