//! Each flaw is seen, and a certificate as built has none.

use std::collections::BTreeSet;

use cards_pki::key::memory::MemoryKey;
use cards_pki::key::{Algorithm, SigningKey};
use cards_pki::lint::{self, Flaw};
use cards_pki::profile::{LeafKind, Profiles};
use cards_pki::tbs::Tbs;
use der::asn1::{BitString, GeneralizedTime, UtcTime};
use der::{Any, Decode, Tag};
use x509_cert::TbsCertificate;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::Time;

use crate::altered::{altered, extension, named, says, says_otherwise};
use crate::kit::{LOGIN, SIGNATURE, World};

#[test]
fn a_certificate_of_any_kind_as_it_is_built_has_no_flaw() {
    let world = World::new();
    for kind in LeafKind::ALL {
        let leaf = world.issue(kind);
        let issuer = &world.authority(kind).issuer;
        assert_eq!(lint::leaf(&world.profiles, issuer, kind, &leaf.tbs), []);
    }
}

type Change = fn(&mut TbsCertificate);

fn spki(algorithm: Algorithm) -> SubjectPublicKeyInfoOwned {
    let key = MemoryKey::make(algorithm).unwrap();
    SubjectPublicKeyInfoOwned::from_der(key.public_key().as_der()).unwrap()
}

fn fields() -> Vec<(Flaw, Change)> {
    vec![
        (Flaw::Version, |read| read.version = x509_cert::Version::V2),
        (Flaw::SerialNumber, |read| {
            let last = read.serial_number.as_bytes()[8..].to_vec();
            read.serial_number = SerialNumber::new(&last).unwrap();
        }),
        (Flaw::SignatureAlgorithm, |read| {
            read.signature.oid = "1.2.840.10045.4.3.3".parse().unwrap();
        }),
        (Flaw::IssuerName, |read| read.issuer = read.subject.clone()),
        (Flaw::ValidityOrder, |read| {
            read.validity.not_after = read.validity.not_before;
        }),
        (Flaw::ValidityBeyondIssuer, |read| {
            let late = der::DateTime::new(2049, 1, 1, 0, 0, 0).unwrap();
            read.validity.not_after = Time::UtcTime(UtcTime::from_date_time(late).unwrap());
        }),
        (Flaw::TimeForm, |read| {
            let same = read.validity.not_after.to_date_time();
            read.validity.not_after = Time::GeneralTime(GeneralizedTime::from_date_time(same));
        }),
        (Flaw::UniqueIds, |read| {
            read.subject_unique_id = Some(BitString::from_bytes(&[1]).unwrap());
        }),
    ]
}

fn subject() -> Vec<(Flaw, Change)> {
    vec![
        (Flaw::SubjectFields, |read| read.subject.0.swap(0, 1)),
        (Flaw::SubjectFields, |read| drop(read.subject.0.remove(1))),
        (Flaw::SubjectText, |read| named(read, "2.5.4.12", "a\tb")),
        (Flaw::SubjectText, |read| {
            named(read, "2.5.4.10", &"x".repeat(65))
        }),
        (Flaw::Country, |read| named(read, "2.5.4.6", "NO")),
        (Flaw::Identifier, |read| {
            named(read, "2.5.4.5", "199001019802")
        }),
        (Flaw::CommonName, |read| {
            named(read, "2.5.4.3", "Någon Annan")
        }),
    ]
}

fn extensions() -> Vec<(Flaw, Change)> {
    vec![
        (Flaw::ExtensionUnknown, |read| {
            let mut one = extension(read, "1.2.752.34.2.1").clone();
            one.extn_id = "1.2.752.34.2.2".parse().unwrap();
            read.extensions.as_mut().unwrap().push(one);
        }),
        (Flaw::Criticality, |read| {
            extension(read, "1.2.752.34.2.1").critical = true
        }),
        (Flaw::Criticality, |read| {
            extension(read, "2.5.29.15").critical = false
        }),
        // CA:TRUE
        (Flaw::BasicConstraints, |read| {
            says(read, "2.5.29.19", &[0x30, 3, 1, 1, 0xff])
        }),
        // keyCertSign beside
        (Flaw::KeyUsage, |read| {
            says(read, "2.5.29.15", &[3, 2, 2, 0x84])
        }),
        // serverAuth
        (Flaw::ExtendedKeyUsage, |read| {
            says(
                read,
                "2.5.29.37",
                &[0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1],
            );
        }),
        (Flaw::Policy, |read| says_otherwise(read, "2.5.29.32")),
        (Flaw::SubjectKeyId, |read| says_otherwise(read, "2.5.29.14")),
        (Flaw::AuthorityKeyId, |read| {
            says_otherwise(read, "2.5.29.35")
        }),
        (Flaw::DistributionPoint, |read| {
            says_otherwise(read, "2.5.29.31")
        }),
        (Flaw::InformationAccess, |read| {
            says_otherwise(read, "1.3.6.1.5.5.7.1.1")
        }),
        (Flaw::CardNumber, |read| {
            let text = Any::new(Tag::Utf8String, b"9752269000001234567".as_slice()).unwrap();
            says(read, "1.2.752.34.2.1", &der::Encode::to_der(&text).unwrap());
        }),
        (Flaw::CardNumber, |read| {
            says(read, "1.2.752.34.2.1", b"\x13\x03975")
        }),
    ]
}

/// Changes that give exactly one flaw each.
fn single() -> Vec<(Flaw, Change)> {
    [fields(), subject(), extensions()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn each_wrong_thing_gives_its_own_flaw_and_no_other() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let issuer = &world.authority(LOGIN).issuer;
    for (wanted, change) in single() {
        let changed = altered(&leaf.tbs, change);
        let found = lint::leaf(&world.profiles, issuer, LOGIN, &changed);
        assert_eq!(found, [wanted], "{wanted:?}");
    }
}

#[test]
fn what_cannot_be_wrong_alone_is_seen_too() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let authority = world.authority(LOGIN);
    let flaws = |tbs: &Tbs| lint::leaf(&world.profiles, &authority.issuer, LOGIN, tbs);
    let found = flaws(&altered(&leaf.tbs, |read| {
        read.extensions
            .as_mut()
            .unwrap()
            .retain(|one| one.extn_id.to_string() != "2.5.29.14");
    }));
    assert_eq!(found, [Flaw::ExtensionMissing, Flaw::SubjectKeyId]);
    let found = flaws(&altered(&leaf.tbs, |read| {
        let again = extension(read, "2.5.29.14").clone();
        read.extensions.as_mut().unwrap().push(again);
    }));
    assert_eq!(found, [Flaw::ExtensionTwice, Flaw::SubjectKeyId]);
    let found = flaws(&altered(&leaf.tbs, |read| {
        let key = authority.key.public_key().as_der();
        read.subject_public_key_info = SubjectPublicKeyInfoOwned::from_der(key).unwrap();
    }));
    assert_eq!(found, [Flaw::IssuersKey, Flaw::SubjectKeyId]);
    let found = flaws(&altered(&leaf.tbs, |read| {
        let mut weak = spki(Algorithm::P256);
        weak.subject_public_key = BitString::from_bytes(&[4; 65]).unwrap();
        read.subject_public_key_info = weak;
    }));
    assert_eq!(found, [Flaw::Key, Flaw::SubjectKeyId]);
}

#[test]
fn bytes_that_are_no_certificate_or_not_the_only_way_to_write_it_are_seen() {
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let issuer = &world.authority(LOGIN).issuer;
    let mut longer = leaf.tbs.as_der().to_vec();
    longer.push(0);
    for bytes in [Vec::new(), longer, leaf.certificate.as_der().to_vec()] {
        let found = lint::leaf(&world.profiles, issuer, LOGIN, &Tbs::from_stored(bytes));
        assert_eq!(found, [Flaw::NotDer]);
    }
}

#[test]
fn a_certificate_of_another_kind_of_holder_is_not_for_this_authority() {
    let world = World::new();
    let leaf = world.issue(SIGNATURE);
    let issuer = &world.authority(LOGIN).issuer;
    let found = lint::leaf(&world.profiles, issuer, SIGNATURE, &leaf.tbs);
    assert!(found.contains(&Flaw::WrongAuthority) && found.contains(&Flaw::IssuerName));
}

#[test]
fn nothing_is_signed_under_the_name_of_a_real_authority() {
    let profiles = Profiles {
        prefix: String::new(),
        ..Profiles::demonstration()
    };
    let now = crate::kit::noon();
    let world = World::of(profiles, now, now);
    let leaf = world.issue(LOGIN);
    let issuer = &world.authority(LOGIN).issuer;
    let found = lint::leaf(&world.profiles, issuer, LOGIN, &leaf.tbs);
    assert_eq!(found, [Flaw::RealName]);
}

#[test]
fn codes_are_stable_and_no_two_flaws_share_one() {
    let codes: BTreeSet<_> = Flaw::ALL.iter().map(|flaw| flaw.code()).collect();
    assert_eq!(codes.len(), Flaw::ALL.len());
    assert!(codes.iter().all(|code| code.starts_with("lint_")));
}
