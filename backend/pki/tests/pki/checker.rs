//! Each finding is found, and a certificate as issued gives none.

use std::collections::BTreeSet;

use cards_pki::checker::{Finding, Record, Stage, examine};
use cards_pki::key::memory::MemoryKey;
use cards_pki::key::{Algorithm, SigningKey};
use cards_pki::profile::LeafKind;
use cards_pki::serial::Serial;
use cards_pki::subject::{CardNumber, Subject};
use cards_pki::tbs::Tbs;
use chrono::Duration;
use der::Decode;
use der::asn1::{BitString, UtcTime};
use x509_cert::TbsCertificate;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::Time;

use crate::altered::{altered, extension, named, says, says_otherwise, signed};
use crate::kit::{LOGIN, Leaf, World, random};

/// What the records say about a certificate as it was issued.
fn record<'a>(world: &'a World, leaf: &'a Leaf) -> Record<'a> {
    let issuer = &world.authority(leaf.kind).issuer;
    Record {
        certificate: Some(leaf.certificate.as_der()),
        stored_tbs: Some(leaf.tbs.as_der()),
        issuer: issuer.as_der(),
        profiles: &world.profiles,
        authority: issuer.authority(),
        kind: leaf.kind,
        serial: leaf.serial,
        subject: &leaf.subject,
        card_number: &leaf.card,
        key: Some(leaf.key.public_key()),
        not_before: leaf.not_before,
        card_valid_to: leaf.not_after,
        shard: world.profiles.shard_of(&leaf.serial),
        stage: Stage::Issued,
        now: world.now,
    }
}

#[test]
fn a_certificate_of_any_kind_that_is_as_on_record_gives_no_finding() {
    let world = World::new();
    for kind in LeafKind::ALL {
        let leaf = world.issue(kind);
        assert_eq!(examine(&record(&world, &leaf)), []);
    }
}

type Change = fn(&mut TbsCertificate);

fn spki(der: &[u8]) -> SubjectPublicKeyInfoOwned {
    SubjectPublicKeyInfoOwned::from_der(der).unwrap()
}

fn in_the_frame() -> Vec<(Finding, Change)> {
    vec![
        (Finding::Version, |read| {
            read.version = x509_cert::Version::V2
        }),
        (Finding::SerialNumber, |read| {
            let other = Serial::from_random(random());
            read.serial_number =
                x509_cert::serial_number::SerialNumber::new(other.as_bytes()).unwrap();
        }),
        (Finding::UniqueIds, |read| {
            read.issuer_unique_id = Some(BitString::from_bytes(&[1]).unwrap());
        }),
        (Finding::NotBefore, |read| {
            read.validity.not_before = utc(2026, 11, 23)
        }),
        (Finding::NotAfter, |read| {
            read.validity.not_after = utc(2028, 1, 1)
        }),
        (Finding::IssuerName, |read| {
            read.issuer = read.subject.clone()
        }),
        (Finding::SubjectFields, |read| read.subject.0.swap(0, 1)),
        (Finding::Country, |read| named(read, "2.5.4.6", "NO")),
        (Finding::Organisation, |read| {
            named(read, "2.5.4.10", "Annan Region")
        }),
        (Finding::HolderName, |read| named(read, "2.5.4.4", "Annan")),
        (Finding::HolderName, |read| {
            named(read, "2.5.4.3", "Någon Annan")
        }),
        (Finding::Title, |read| named(read, "2.5.4.12", "Läkare")),
        (Finding::Identifier, |read| {
            named(read, "2.5.4.5", "SE2321000016-XXXX")
        }),
    ]
}

fn in_the_extensions() -> Vec<(Finding, Change)> {
    vec![
        (Finding::DistributionPoint, |read| {
            says_otherwise(read, "2.5.29.31")
        }),
        (Finding::InformationAccess, |read| {
            says_otherwise(read, "1.3.6.1.5.5.7.1.1")
        }),
        (Finding::BasicConstraints, |read| {
            says(read, "2.5.29.19", &[0x30, 3, 1, 1, 0xff])
        }),
        (Finding::KeyUsage, |read| {
            says(read, "2.5.29.15", &[3, 2, 6, 0xc0])
        }),
        (Finding::ExtendedKeyUsage, |read| {
            says(
                read,
                "2.5.29.37",
                &[0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 4],
            );
        }),
        (Finding::Policy, |read| says_otherwise(read, "2.5.29.32")),
        (Finding::SubjectKeyId, |read| {
            says_otherwise(read, "2.5.29.14")
        }),
        (Finding::AuthorityKeyId, |read| {
            says_otherwise(read, "2.5.29.35")
        }),
        (Finding::CardNumber, |read| {
            says_otherwise(read, "1.2.752.34.2.1")
        }),
        (Finding::Criticality, |read| {
            extension(read, "2.5.29.15").critical = false
        }),
        (Finding::UnexpectedExtension, |read| {
            let mut one = extension(read, "1.2.752.34.2.1").clone();
            one.extn_id = "1.2.752.34.2.2".parse().unwrap();
            read.extensions.as_mut().unwrap().push(one);
        }),
        (Finding::RepeatedExtension, |read| {
            let again = extension(read, "1.2.752.34.2.1").clone();
            read.extensions.as_mut().unwrap().push(again);
        }),
    ]
}

fn utc(year: u16, month: u8, day: u8) -> Time {
    let at = der::DateTime::new(year, month, day, 0, 0, 0).unwrap();
    Time::UtcTime(UtcTime::from_date_time(at).unwrap())
}

#[test]
fn each_change_that_was_signed_and_stored_gives_its_own_finding_and_no_other() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    for (wanted, change) in in_the_frame().into_iter().chain(in_the_extensions()) {
        let tbs = altered(&leaf.tbs, change);
        let certificate = signed(&tbs, world.authority(LOGIN));
        let found = examine(&Record {
            certificate: Some(&certificate),
            stored_tbs: Some(tbs.as_der()),
            ..record(&world, &leaf)
        });
        assert_eq!(found, [wanted], "{wanted:?}");
    }
}

fn on_record(change: impl FnOnce(&mut Record<'static>)) -> Vec<Finding> {
    let world: &World = lasting(World::new());
    let leaf: &Leaf = lasting(world.issue(LOGIN));
    let mut record = record(world, leaf);
    change(&mut record);
    examine(&record)
}

/// Records borrow; what a test lends them lives as long as the test.
fn lasting<T>(thing: T) -> &'static T {
    Box::leak(Box::new(thing))
}

#[test]
fn each_record_that_says_otherwise_gives_its_own_finding_and_no_other() {
    let other = crate::kit::holder(cards_pki::profile::Identity::HsaId)
        .fields()
        .clone();
    let other = Subject::new(cards_pki::subject::SubjectFields {
        identifier: "SE2321000016-ZZZZ".into(),
        ..other
    });
    let other: &Subject = lasting(other.unwrap());
    let card: &CardNumber = lasting(CardNumber::new("111122223333").unwrap());
    let key: &MemoryKey = lasting(MemoryKey::make(Algorithm::P256).unwrap());
    assert_eq!(on_record(|one| one.certificate = None), [Finding::Missing]);
    assert_eq!(
        on_record(|one| one.stage = Stage::Requested),
        [Finding::Premature]
    );
    assert_eq!(
        on_record(|one| one.certificate = Some(b"0")),
        [Finding::Malformed]
    );
    assert_eq!(
        on_record(|one| one.stored_tbs = None),
        [Finding::StoredMissing]
    );
    assert_eq!(
        on_record(|one| one.stored_tbs = Some(b"0")),
        [Finding::StoredDiffers]
    );
    assert_eq!(
        on_record(|one| one.issuer = b"0"),
        [Finding::IssuerMalformed]
    );
    assert_eq!(
        on_record(|one| one.stage = Stage::Expired),
        [Finding::ExpiredTooEarly]
    );
    assert_eq!(
        on_record(|one| one.now = one.card_valid_to + Duration::seconds(1)),
        [Finding::Overdue]
    );
    assert_eq!(
        on_record(|one| one.key = Some(key.public_key())),
        [Finding::Key]
    );
    assert_eq!(on_record(|one| one.subject = other), [Finding::Identifier]);
    assert_eq!(
        on_record(|one| one.card_number = card),
        [Finding::CardNumber]
    );
    let shard = on_record(|one| one.shard = (one.shard + 1) % one.profiles.shards);
    assert_eq!(shard, [Finding::Shard, Finding::DistributionPoint]);
}

#[test]
fn a_card_that_was_never_signed_or_revoked_before_it_was_is_no_finding() {
    for stage in [Stage::Requested, Stage::Revoked] {
        let found = on_record(|one| {
            one.certificate = None;
            one.stage = stage;
        });
        assert_eq!(found, []);
    }
    assert_eq!(on_record(|one| one.stage = Stage::Revoked), []);
}

#[test]
fn bytes_behind_a_certificate_are_found() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let mut longer = leaf.certificate.as_der().to_vec();
    longer.push(0);
    let found = examine(&Record {
        certificate: Some(&longer),
        ..record(&world, &leaf)
    });
    assert_eq!(found, [Finding::TrailingBytes]);
}

#[test]
fn a_certificate_whose_frame_is_not_der_is_malformed_whatever_the_parser_makes_of_it() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let good = leaf.certificate.as_der();
    assert_eq!(good[..2], [0x30, 0x82]);
    let application = [&[0x50], &good[1..]].concat();
    let longer_length = [&[0x30, 0x83, 0], &good[2..]].concat();
    for (what, bytes) in [("tag", application), ("length", longer_length)] {
        let found = examine(&Record {
            certificate: Some(&bytes),
            ..record(&world, &leaf)
        });
        assert_eq!(found, [Finding::Malformed], "{what}");
    }
}

#[test]
fn a_signature_of_somebody_else_or_of_another_kind_is_found() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let level_two = world.founded.authority("person-hsa-id-2").unwrap();
    let forged = signed(&leaf.tbs, level_two);
    let found = examine(&Record {
        certificate: Some(&forged),
        ..record(&world, &leaf)
    });
    assert_eq!(found, [Finding::Signature]);
    let mut outer = x509_cert::Certificate::from_der(leaf.certificate.as_der()).unwrap();
    outer.signature_algorithm.oid = "1.2.840.10045.4.3.3".parse().unwrap();
    let outer = der::Encode::to_der(&outer).unwrap();
    let found = examine(&Record {
        certificate: Some(&outer),
        ..record(&world, &leaf)
    });
    assert_eq!(found, [Finding::SignatureAlgorithm, Finding::Signature]);
}

#[test]
fn an_issuer_that_is_none_or_lives_shorter_is_found() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let authority = world.authority(LOGIN);
    let own = x509_cert::Certificate::from_der(authority.issuer.as_der()).unwrap();
    let own = Tbs::from_stored(der::Encode::to_der(&own.tbs_certificate).unwrap());
    let changes: [(Finding, Change); 3] = [
        (Finding::IssuerNoAuthority, |read| {
            says(read, "2.5.29.19", &[0x30, 0])
        }),
        (Finding::OutlivesIssuer, |read| {
            read.validity.not_after = utc(2029, 1, 1)
        }),
        (Finding::OlderThanIssuer, |read| {
            read.validity.not_before = utc(2026, 12, 1)
        }),
    ];
    for (wanted, change) in changes {
        let issuer = signed(&altered(&own, change), &world.founded.root);
        let found = examine(&Record {
            issuer: &issuer,
            ..record(&world, &leaf)
        });
        assert_eq!(found, [wanted]);
    }
}

#[test]
fn a_key_of_a_kind_that_is_not_used_is_found() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let tbs = altered(&leaf.tbs, |read| {
        // The curve secp521r1.
        let mut other = spki(leaf.key.public_key().as_der());
        other.algorithm.parameters =
            Some(der::Any::new(der::Tag::ObjectIdentifier, [0x2b, 0x81, 4, 0, 0x23]).unwrap());
        read.subject_public_key_info = other;
    });
    let certificate = signed(&tbs, world.authority(LOGIN));
    let found = examine(&Record {
        certificate: Some(&certificate),
        stored_tbs: Some(tbs.as_der()),
        key: None,
        ..record(&world, &leaf)
    });
    assert_eq!(found, [Finding::KeyKind]);
}

#[test]
fn codes_are_stable_and_no_two_findings_share_one() {
    let codes: BTreeSet<_> = Finding::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(codes.len(), Finding::ALL.len());
    assert!(Finding::ALL.len() >= 20);
}

#[test]
fn a_record_prints_nobody() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let printed = format!(
        "{:?}{:?}{:?}",
        record(&world, &leaf),
        leaf.tbs,
        leaf.certificate
    );
    for secret in ["Öberg", "A1B2", "97522"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
