//! Names of holders, authorities and responders.

use x509_cert::spki::ObjectIdentifier;

use crate::names;
use crate::profile::{AuthorityProfile, LeafProfile, Profiles, SubjectField};
use crate::subject::{LONGEST_TEXT, Subject};
use crate::wire::{element, group, oid, sequence, tag};

/// A holder's name, field by field as the profile has them.
pub(super) fn holder(profiles: &Profiles, leaf: &LeafProfile, subject: &Subject) -> Vec<u8> {
    let fields = subject.fields();
    let parts = leaf.subject.iter().filter_map(|field| match field {
        SubjectField::Country => Some(printable(&names::COUNTRY, &profiles.country)),
        SubjectField::Organisation => {
            let own = fields.organisation.as_ref();
            let organisation = own.unwrap_or(&profiles.organisation);
            Some(text(&names::ORGANISATION, organisation))
        }
        SubjectField::CommonName => Some(text(&names::COMMON_NAME, &subject.common_name())),
        SubjectField::Surname => Some(text(&names::SURNAME, &fields.surname)),
        SubjectField::GivenName => Some(text(&names::GIVEN_NAME, &fields.given_name)),
        SubjectField::Title => fields
            .title
            .as_ref()
            .map(|title| text(&names::TITLE, title)),
        SubjectField::SerialNumber => Some(printable(&names::SERIAL_NUMBER, &fields.identifier)),
    });
    name(&parts.collect::<Vec<_>>())
}

/// An authority's name.
pub(super) fn authority(profiles: &Profiles, authority: &AuthorityProfile) -> Vec<u8> {
    own(profiles, &profiles.common_name(authority))
}

/// A responder's name: its authority's with `OCSP` behind.
pub(super) fn responder(profiles: &Profiles, authority: &AuthorityProfile) -> Vec<u8> {
    let whole = format!("{} OCSP", profiles.common_name(authority));
    own(
        profiles,
        &whole.chars().take(LONGEST_TEXT).collect::<String>(),
    )
}

fn own(profiles: &Profiles, common_name: &str) -> Vec<u8> {
    name(&[
        printable(&names::COUNTRY, &profiles.country),
        text(&names::ORGANISATION, &profiles.organisation),
        text(&names::COMMON_NAME, common_name),
    ])
}

fn name(parts: &[Vec<u8>]) -> Vec<u8> {
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    sequence(&parts)
}

fn text(kind: &ObjectIdentifier, value: &str) -> Vec<u8> {
    part(kind, tag::UTF8_STRING, value)
}

fn printable(kind: &ObjectIdentifier, value: &str) -> Vec<u8> {
    part(kind, tag::PRINTABLE_STRING, value)
}

fn part(kind: &ObjectIdentifier, string: u8, value: &str) -> Vec<u8> {
    let pair = sequence(&[&oid(kind), &element(string, value.as_bytes())]);
    group(tag::SET, &[&pair])
}
