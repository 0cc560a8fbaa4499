//! What strangers send never panics, and what is written is read back.

use cards_pki::checker::{Record, Stage, examine, read_crl};
use cards_pki::ocsp;
use cards_pki::public_key::PublicKey;
use cards_pki::request;
use cards_pki::serial::Serial;
use cards_pki::tbs::Tbs;
use proptest::prelude::*;

use crate::kit::{LOGIN, World};

fn request() -> Vec<u8> {
    let folder = crate::kit::Folder::new();
    let arguments = [
        "req",
        "-new",
        "-nodes",
        "-subj",
        "/CN=x",
        "-keyout",
        "key.pem",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-outform",
        "DER",
        "-out",
        "request.der",
    ];
    folder.openssl_says(&arguments);
    std::fs::read(folder.path().join("request.der")).unwrap()
}

/// One byte of a good thing changed, or its end cut off: deeper than arbitrary bytes reach.
fn torn(good: &[u8]) -> impl Strategy<Value = Vec<u8>> + use<> {
    let good = good.to_vec();
    (0..good.len(), any::<u8>(), any::<bool>()).prop_map(move |(at, byte, cut)| {
        let mut torn = good.clone();
        torn[at] = byte;
        if cut {
            torn.truncate(at);
        }
        torn
    })
}

#[test]
fn arbitrary_bytes_panic_nowhere() {
    proptest!(|(bytes in prop::collection::vec(any::<u8>(), 0..600), text in ".{0,200}")| {
        let _ = ocsp::read(&bytes);
        let _ = ocsp::in_path(&text).and_then(|der| ocsp::read(&der));
        let _ = request::read(&bytes);
        let _ = request::read(text.as_bytes());
        let _ = PublicKey::from_spki(&bytes);
        let _ = Serial::from_hex(&text);
        let _ = read_crl(&bytes, &bytes);
    });
}

#[test]
fn a_torn_request_is_refused_or_the_same_and_panics_nowhere() {
    let good = request();
    let read = request::read(&good).unwrap();
    proptest!(|(torn in torn(&good))| {
        if let Ok(found) = request::read(&torn) {
            prop_assert_eq!(&found, &read);
        }
    });
}

#[test]
fn a_torn_certificate_is_seen_by_lint_and_examiner() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let issuer = &world.authority(LOGIN).issuer;
    proptest!(|(certificate in torn(leaf.certificate.as_der()), tbs in torn(leaf.tbs.as_der()))| {
        let same = certificate == leaf.certificate.as_der();
        let found = examine(&Record {
            certificate: Some(&certificate),
            stored_tbs: Some(leaf.tbs.as_der()),
            issuer: issuer.as_der(),
            profiles: &world.profiles,
            authority: issuer.authority(),
            kind: LOGIN,
            serial: leaf.serial,
            subject: &leaf.subject,
            card_number: &leaf.card,
            key: None,
            not_before: leaf.not_before,
            card_valid_to: leaf.not_after,
            shard: world.profiles.shard_of(&leaf.serial),
            stage: Stage::Issued,
            now: world.now,
        });
        prop_assert_eq!(found.is_empty(), same);
        let _ = cards_pki::lint::leaf(&world.profiles, issuer, LOGIN, &Tbs::from_stored(tbs));
    });
}

#[test]
fn every_serial_number_is_read_back_and_has_one_shard() {
    let profiles = cards_pki::profile::Profiles::demonstration();
    proptest!(|(random in any::<[u8; 16]>())| {
        let serial = Serial::from_random(random);
        prop_assert_eq!(Serial::from_hex(&serial.to_hex()), Ok(serial));
        prop_assert_eq!(Serial::from_bytes(serial.as_bytes()), Ok(serial));
        prop_assert!(profiles.shard_of(&serial) < profiles.shards);
    });
}
