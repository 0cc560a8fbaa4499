//! The extensions of certificates, each as a whole `Extension` in DER.

use x509_cert::spki::ObjectIdentifier;

use crate::names;
use crate::profile::KeyUse;
use crate::public_key::PublicKey;
use crate::subject::CardNumber;
use crate::wire::{element, group, integer, named_bits, octets, oid, sequence, tag};

const DIGITAL_SIGNATURE: u16 = 0x8000;
const NON_REPUDIATION: u16 = 0x4000;
const CERTIFICATES_AND_LISTS: u16 = 0x0600;

fn plain(id: &ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    sequence(&[&oid(id), &octets(value)])
}

fn critical(id: &ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    let truth = element(tag::BOOLEAN, &[0xff]);
    sequence(&[&oid(id), &truth, &octets(value)])
}

/// Critical, as RFC 5280 4.2.1.3 wants it.
pub(super) fn key_usage(what: KeyUse) -> Vec<u8> {
    let bits = match what {
        KeyUse::DigitalSignature => DIGITAL_SIGNATURE,
        KeyUse::NonRepudiation => NON_REPUDIATION,
    };
    critical(&names::KEY_USAGE, &named_bits(bits))
}

/// The key of an authority signs certificates and lists.
pub(super) fn authority_key_usage() -> Vec<u8> {
    critical(&names::KEY_USAGE, &named_bits(CERTIFICATES_AND_LISTS))
}

pub(super) fn extended_key_usage(usages: &[ObjectIdentifier]) -> Vec<u8> {
    let usages: Vec<u8> = usages.iter().flat_map(oid).collect();
    plain(&names::EXTENDED_KEY_USAGE, &sequence(&[&usages]))
}

/// No authority.
pub(super) fn end_entity() -> Vec<u8> {
    critical(&names::BASIC_CONSTRAINTS, &sequence(&[]))
}

/// An authority, with so many authorities below it; none: as many as it likes.
pub(super) fn authority(below: Option<u8>) -> Vec<u8> {
    let truth = element(tag::BOOLEAN, &[0xff]);
    let below = below.map(|number| integer(&[number])).unwrap_or_default();
    critical(&names::BASIC_CONSTRAINTS, &sequence(&[&truth, &below]))
}

pub(super) fn subject_key(key: &PublicKey) -> Vec<u8> {
    plain(&names::SUBJECT_KEY_ID, &octets(&key.key_identifier()))
}

pub(super) fn issuer_key(identifier: &[u8]) -> Vec<u8> {
    let value = sequence(&[&element(tag::context(0), identifier)]);
    plain(&names::AUTHORITY_KEY_ID, &value)
}

pub(super) fn policy(policy: &ObjectIdentifier) -> Vec<u8> {
    let value = sequence(&[&sequence(&[&oid(policy)])]);
    plain(&names::CERTIFICATE_POLICIES, &value)
}

pub(super) fn list_at(url: &str) -> Vec<u8> {
    let point = sequence(&[&full_name(url)]);
    plain(&names::CRL_DISTRIBUTION_POINTS, &sequence(&[&point]))
}

/// `DistributionPointName` with one address, for certificates and for the lists themselves: the
/// two must be the same bytes (RFC 5280 6.3.3 b 2 i).
pub(crate) fn full_name(url: &str) -> Vec<u8> {
    let names = group(tag::explicit(0), &[&uri(url)]);
    group(tag::explicit(0), &[&names])
}

fn uri(url: &str) -> Vec<u8> {
    element(tag::context(6), url.as_bytes())
}

/// Where the issuer's certificate is, and where its responder answers if it has one.
pub(super) fn information(responder: Option<&str>, issuer: &str) -> Vec<u8> {
    let responder = responder.map(|url| sequence(&[&oid(&names::AD_OCSP), &uri(url)]));
    let issuer = sequence(&[&oid(&names::AD_CA_ISSUERS), &uri(issuer)]);
    let value = sequence(&[&responder.unwrap_or_default(), &issuer]);
    plain(&names::AUTHORITY_INFO_ACCESS, &value)
}

/// Not critical: who does not know the extension can use the certificate all the same.
pub(super) fn card_number(number: &CardNumber) -> Vec<u8> {
    let value = element(tag::PRINTABLE_STRING, number.as_str().as_bytes());
    plain(&names::CARD_NUMBER, &value)
}

/// Nobody need ask whether the responder itself is revoked (RFC 6960 4.2.2.2.1): it lives shortly.
pub(super) fn no_check() -> Vec<u8> {
    plain(&names::OCSP_NO_CHECK, &element(tag::NULL, &[]))
}
