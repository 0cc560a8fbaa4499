//! The extensions: which, how critical, and what they say against record and profile.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use x509_parser::der_parser::asn1_rs::{FromDer, PrintableString};
use x509_parser::extensions::{
    DistributionPointName, ExtendedKeyUsage, GeneralName, ParsedExtension, X509Extension,
};
use x509_parser::prelude::X509Certificate;

use super::{Finding, Record};
use crate::profile::{AuthorityRole, KeyUse};

const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const KEY_USAGE: &str = "2.5.29.15";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const POLICIES: &str = "2.5.29.32";
const SUBJECT_KEY_ID: &str = "2.5.29.14";
const AUTHORITY_KEY_ID: &str = "2.5.29.35";
const DISTRIBUTION_POINTS: &str = "2.5.29.31";
const INFORMATION_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
const CARD_NUMBER: &str = "1.2.752.34.2.1";

/// The extensions that such certificates may have, and whether each is critical.
const KNOWN: [(&str, bool); 9] = [
    (BASIC_CONSTRAINTS, true),
    (KEY_USAGE, true),
    (EXTENDED_KEY_USAGE, false),
    (POLICIES, false),
    (SUBJECT_KEY_ID, false),
    (AUTHORITY_KEY_ID, false),
    (DISTRIBUTION_POINTS, false),
    (INFORMATION_ACCESS, false),
    (CARD_NUMBER, false),
];

pub(super) fn examine(record: &Record<'_>, read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    shape(read, out);
    let checks: [(bool, Finding); 9] = [
        (is_end_entity(read), Finding::BasicConstraints),
        (has_key_usage(record, read), Finding::KeyUsage),
        (has_extended_usage(record, read), Finding::ExtendedKeyUsage),
        (has_policy(record, read), Finding::Policy),
        (names_its_key(read), Finding::SubjectKeyId),
        (names_issuers_key(record, read), Finding::AuthorityKeyId),
        (names_its_list(record, read), Finding::DistributionPoint),
        (names_addresses(record, read), Finding::InformationAccess),
        (names_its_card(record, read), Finding::CardNumber),
    ];
    out.extend(checks.into_iter().filter(|one| !one.0).map(|one| one.1));
}

fn shape(read: &X509Certificate<'_>, out: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for extension in read.extensions() {
        let id = extension.oid.to_id_string();
        match KNOWN.iter().find(|(known, _)| *known == id) {
            None => out.push(Finding::UnexpectedExtension),
            Some((_, critical)) if *critical != extension.critical => {
                out.push(Finding::Criticality);
            }
            Some(_) => {}
        }
        if !seen.insert(id) {
            out.push(Finding::RepeatedExtension);
        }
    }
}

fn extension<'a, 'b>(read: &'b X509Certificate<'a>, id: &str) -> Option<&'b X509Extension<'a>> {
    let mut all = read.extensions().iter();
    all.find(|one| one.oid.to_id_string() == id)
}

fn parsed<'a, 'b>(read: &'b X509Certificate<'a>, id: &str) -> Option<&'b ParsedExtension<'a>> {
    extension(read, id).map(X509Extension::parsed_extension)
}

fn is_end_entity(read: &X509Certificate<'_>) -> bool {
    matches!(parsed(read, BASIC_CONSTRAINTS), Some(ParsedExtension::BasicConstraints(found))
        if !found.ca && found.path_len_constraint.is_none())
}

fn has_key_usage(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Some(ParsedExtension::KeyUsage(found)) = parsed(read, KEY_USAGE) else {
        return false;
    };
    // Bit 0 is the lowest here.
    let wanted = record
        .profiles
        .leaf(record.kind)
        .map(|leaf| match leaf.key_usage {
            KeyUse::DigitalSignature => 1,
            KeyUse::NonRepudiation => 2,
        });
    wanted.is_ok_and(|wanted| found.flags == wanted)
}

fn has_extended_usage(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Ok(leaf) = record.profiles.leaf(record.kind) else {
        return false;
    };
    let wanted: BTreeSet<String> = leaf.extended_key_usage.iter().cloned().collect();
    match parsed(read, EXTENDED_KEY_USAGE) {
        None => wanted.is_empty(),
        Some(ParsedExtension::ExtendedKeyUsage(found)) => usages(found) == wanted,
        Some(_) => false,
    }
}

fn usages(found: &ExtendedKeyUsage<'_>) -> BTreeSet<String> {
    let named = [
        (found.any, "2.5.29.37.0"),
        (found.server_auth, "1.3.6.1.5.5.7.3.1"),
        (found.client_auth, "1.3.6.1.5.5.7.3.2"),
        (found.code_signing, "1.3.6.1.5.5.7.3.3"),
        (found.email_protection, "1.3.6.1.5.5.7.3.4"),
        (found.time_stamping, "1.3.6.1.5.5.7.3.8"),
        (found.ocsp_signing, "1.3.6.1.5.5.7.3.9"),
    ];
    let named = named.iter().filter(|one| one.0).map(|one| one.1.to_owned());
    named
        .chain(found.other.iter().map(|id| id.to_id_string()))
        .collect()
}

fn has_policy(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Some(ParsedExtension::CertificatePolicies(found)) = parsed(read, POLICIES) else {
        return false;
    };
    let authority = record.profiles.authority(record.authority);
    match (authority.map(|one| &one.role), found.as_slice()) {
        (
            Ok(AuthorityRole::Issuing {
                policy, identity, ..
            }),
            [one],
        ) => *identity == record.kind.identity && one.policy_id.to_id_string() == *policy,
        _ => false,
    }
}

fn names_its_key(read: &X509Certificate<'_>) -> bool {
    let bits = &read.public_key().subject_public_key.data;
    matches!(parsed(read, SUBJECT_KEY_ID), Some(ParsedExtension::SubjectKeyIdentifier(found))
        if found.0 == digest(&SHA1_FOR_LEGACY_USE_ONLY, bits).as_ref())
}

fn names_issuers_key(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Ok((_, issuer)) = X509Certificate::from_der(record.issuer) else {
        // Told by itself.
        return true;
    };
    let Some(ParsedExtension::SubjectKeyIdentifier(wanted)) = parsed(&issuer, SUBJECT_KEY_ID)
    else {
        return false;
    };
    matches!(parsed(read, AUTHORITY_KEY_ID), Some(ParsedExtension::AuthorityKeyIdentifier(found))
        if found.key_identifier.as_ref() == Some(wanted))
}

fn names_its_list(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Some(ParsedExtension::CRLDistributionPoints(found)) = parsed(read, DISTRIBUTION_POINTS)
    else {
        return false;
    };
    let [point] = found.points.as_slice() else {
        return false;
    };
    let wanted = record.profiles.crl_url(record.authority, record.shard);
    let alone = point.reasons.is_none() && point.crl_issuer.is_none();
    alone && only_url(point.distribution_point.as_ref()) == Some(wanted.as_str())
}

/// The one address of a distribution point.
pub(super) fn only_url<'a>(point: Option<&DistributionPointName<'a>>) -> Option<&'a str> {
    match point {
        Some(DistributionPointName::FullName(names)) => match names.as_slice() {
            [GeneralName::URI(url)] => Some(url),
            _ => None,
        },
        _ => None,
    }
}

fn names_addresses(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Some(ParsedExtension::AuthorityInfoAccess(found)) = parsed(read, INFORMATION_ACCESS) else {
        return false;
    };
    let found = found.accessdescs.iter().map(|one| {
        let url = match one.access_location {
            GeneralName::URI(url) => url,
            _ => "",
        };
        (one.access_method.to_id_string(), url.to_owned())
    });
    let wanted = [
        (
            "1.3.6.1.5.5.7.48.1".to_owned(),
            record.profiles.ocsp_url(record.authority),
        ),
        (
            "1.3.6.1.5.5.7.48.2".to_owned(),
            record.profiles.issuer_url(record.authority),
        ),
    ];
    found.eq(wanted)
}

fn names_its_card(record: &Record<'_>, read: &X509Certificate<'_>) -> bool {
    let Some(found) = extension(read, CARD_NUMBER) else {
        return false;
    };
    matches!(PrintableString::from_der(found.value), Ok((rest, text))
        if rest.is_empty() && text.as_ref() == record.card_number.as_str())
}
