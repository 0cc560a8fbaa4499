//! What openssl says of what is made here.

use cards_pki::crl::{self, Reason, Revoked, Scope, Window};
use cards_pki::ocsp::{self, Answer, OcspWindow};
use cards_pki::profile::{AuthorityRole, LeafKind};
use chrono::Duration;

use crate::kit::{Folder, LOGIN, Leaf, World, real_now, said};

/// A folder with the chain, the leaf and its list; the list names the leaf if it is revoked.
fn published(world: &World, leaf: &Leaf, revoked: Option<Reason>) -> Folder {
    let folder = Folder::new();
    let authority = world.authority(leaf.kind);
    let root = &world.founded.root;
    folder.certificate("root.pem", root.issuer.as_der());
    folder.certificate("issuing.pem", authority.issuer.as_der());
    folder.certificate("leaf.pem", leaf.certificate.as_der());
    let shard = world.profiles.shard_of(&leaf.serial);
    let entry = revoked.map(|reason| Revoked {
        serial: leaf.serial,
        at: world.now - Duration::hours(1),
        reason,
    });
    let list = crl::build(
        &world.profiles,
        &authority.issuer,
        authority.key.as_ref(),
        Scope::Cards { shard },
        window(world),
        entry,
    );
    folder.write("cards.crl", list.unwrap().as_der());
    let other = (shard + 1) % world.profiles.shards;
    let list = crl::build(
        &world.profiles,
        &authority.issuer,
        authority.key.as_ref(),
        Scope::Cards { shard: other },
        window(world),
        None,
    );
    folder.write("other.crl", list.unwrap().as_der());
    let list = crl::build(
        &world.profiles,
        &root.issuer,
        root.key.as_ref(),
        Scope::Authorities,
        window(world),
        None,
    );
    folder.write("root.crl", list.unwrap().as_der());
    for name in ["cards", "other", "root"] {
        let (from, to) = (format!("{name}.crl"), format!("{name}.pem.crl"));
        folder.openssl_says(&["crl", "-inform", "DER", "-in", &from, "-out", &to]);
    }
    folder
}

fn window(world: &World) -> Window {
    Window {
        number: 7,
        this_update: world.now - Duration::minutes(1),
        next_update: world.now + Duration::hours(24),
    }
}

fn now() -> World {
    let now = real_now();
    World::at(now - Duration::days(1), now)
}

const VERIFY: [&str; 9] = [
    "verify",
    "-x509_strict",
    "-check_ss_sig",
    "-crl_check_all",
    "-CAfile",
    "root.pem",
    "-untrusted",
    "issuing.pem",
    "-CRLfile",
];

fn verify(folder: &Folder, list: &str) -> (bool, String) {
    let mut arguments = VERIFY.to_vec();
    arguments.extend([list, "-CRLfile", "root.pem.crl", "leaf.pem"]);
    let output = folder.openssl(&arguments);
    (output.status.success(), said(&output))
}

#[test]
fn certificates_of_every_kind_verify_through_chain_and_lists() {
    let world = now();
    for kind in LeafKind::ALL {
        let leaf = world.issue(kind);
        let folder = published(&world, &leaf, None);
        let (good, said) = verify(&folder, "cards.pem.crl");
        assert!(good, "{said}");
    }
}

#[test]
fn a_revoked_certificate_does_not_verify() {
    let world = now();
    let leaf = world.issue(LOGIN);
    let folder = published(&world, &leaf, Some(Reason::KeyCompromise));
    let (good, said) = verify(&folder, "cards.pem.crl");
    assert!(!good && said.contains("certificate revoked"), "{said}");
    let text = folder.openssl_says(&[
        "crl",
        "-inform",
        "DER",
        "-in",
        "cards.crl",
        "-noout",
        "-text",
    ]);
    for wanted in [
        "X509v3 Issuing Distribution Point: critical",
        "Only User Certificates",
        "CRL Number",
        "Key Compromise",
        "/crl/person-hsa-id-3/",
        &leaf.serial.to_hex().to_uppercase(),
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn the_list_of_another_shard_does_not_speak_for_a_certificate() {
    let world = now();
    let leaf = world.issue(LOGIN);
    let folder = published(&world, &leaf, None);
    let (good, said) = verify(&folder, "other.pem.crl");
    assert!(!good, "{said}");
}

#[test]
fn a_leaf_says_what_its_profile_says() {
    let world = now();
    let leaf = world.issue(LOGIN);
    let folder = published(&world, &leaf, None);
    let text = folder.openssl_says(&[
        "x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "utf8",
    ]);
    let shard = world.profiles.shard_of(&leaf.serial);
    for wanted in [
        "Version: 3",
        "CN=DEV SITHS e-id Person HSA-id 3 CA v1",
        "CN=Åsa Märta Öberg-Ek",
        "serialNumber=SE2321000016-A1B2",
        "TLS Web Client Authentication",
        "Policy: 1.3.6.1.4.1.32473.1.5.3",
        "Not After : May 31 21:59:59 2029 GMT",
        &format!("URI:http://127.0.0.1:8450/pki/crl/person-hsa-id-3/{shard}.crl"),
        "OCSP - URI:http://127.0.0.1:8450/pki/ocsp/person-hsa-id-3",
        "CA Issuers - URI:http://127.0.0.1:8450/pki/aia/person-hsa-id-3.cer",
        "1.2.752.34.2.1",
        "9752269000001234567",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn authorities_verify_and_say_what_they_are() {
    let world = now();
    let folder = Folder::new();
    folder.certificate("root.pem", world.founded.root.issuer.as_der());
    for authority in &world.founded.issuing {
        folder.certificate("issuing.pem", authority.issuer.as_der());
        folder.openssl_says(&[
            "verify",
            "-x509_strict",
            "-CAfile",
            "root.pem",
            "issuing.pem",
        ]);
        let text = folder.openssl_says(&["x509", "-in", "issuing.pem", "-noout", "-text"]);
        let profile = world
            .profiles
            .authority(authority.issuer.authority())
            .unwrap();
        assert!(text.contains(&world.profiles.common_name(profile)));
        assert!(text.contains("CA:TRUE, pathlen:0") && text.contains("Certificate Sign, CRL Sign"));
        let AuthorityRole::Issuing { policy, .. } = &profile.role else {
            panic!("an issuing authority is the root");
        };
        assert!(text.contains(policy));
    }
}

/// Asks as openssl asks, answers, and lets openssl read the answer.
fn asked(world: &World, leaf: &Leaf, answer: Answer, more: &[&str]) -> String {
    let folder = published(world, leaf, None);
    let serial = format!("0x{}", leaf.serial.to_hex());
    let mut ask = vec!["ocsp", "-issuer", "issuing.pem", "-serial", &serial];
    let mut read = ask.clone();
    ask.extend(["-reqout", "request.der"]);
    ask.extend(more);
    folder.openssl_says(&ask);
    let request = std::fs::read(folder.path().join("request.der")).unwrap();
    let request = ocsp::read(&request).unwrap();
    assert_eq!(request.nonce().is_some(), !more.contains(&"-no_nonce"));
    let responder = world.authority(leaf.kind).responder.as_ref().unwrap();
    assert_eq!(responder.serial_asked(&request.ids()[0]), Some(leaf.serial));
    let window = OcspWindow {
        produced_at: world.now,
        this_update: world.now,
        next_update: world.now + Duration::hours(1),
    };
    let response = responder.answer(&request, &[answer], window).unwrap();
    folder.write("response.der", &response);
    // Without this openssl puts a new nonce into the request that it reads.
    read.extend([
        "-no_nonce",
        "-reqin",
        "request.der",
        "-respin",
        "response.der",
    ]);
    read.extend([
        "-CAfile",
        "root.pem",
        "-verify_other",
        "issuing.pem",
        "-resp_text",
    ]);
    folder.openssl_says(&read)
}

#[test]
fn openssl_believes_the_answer_good_with_its_nonce() {
    let world = now();
    let leaf = world.issue(LOGIN);
    let said = asked(&world, &leaf, Answer::Good, &[]);
    assert!(said.contains("Response verify OK"), "{said}");
    assert!(
        said.contains(": good") && said.contains("OCSP Nonce"),
        "{said}"
    );
    assert!(
        !said.contains("WARNING") && !said.contains("Nonce Verify error"),
        "{said}"
    );
}

#[test]
fn openssl_believes_the_answer_revoked_with_time_and_reason() {
    let world = now();
    let leaf = world.issue(LOGIN);
    let answer = Answer::Revoked {
        at: "2026-11-01T08:09:10Z".parse().unwrap(),
        reason: Reason::CessationOfOperation,
    };
    let said = asked(&world, &leaf, answer, &["-no_nonce"]);
    assert!(said.contains("Response verify OK"), "{said}");
    for wanted in [
        ": revoked",
        "Reason: cessationOfOperation",
        "Nov  1 08:09:10 2026 GMT",
    ] {
        assert!(said.contains(wanted), "{wanted} is not in {said}");
    }
}

#[test]
fn openssl_believes_the_answer_unknown_also_when_it_asks_by_sha_256() {
    let world = now();
    let leaf = world.issue(LOGIN);
    let folder = published(&world, &leaf, None);
    let serial = format!("0x{}", leaf.serial.to_hex());
    let ask = [
        "ocsp",
        "-sha256",
        "-issuer",
        "issuing.pem",
        "-serial",
        &serial,
    ];
    let ask = [&ask[..], &["-reqout", "request.der"]].concat();
    folder.openssl_says(&ask);
    let request = std::fs::read(folder.path().join("request.der")).unwrap();
    let responder = world.authority(LOGIN).responder.as_ref().unwrap();
    let request = ocsp::read(&request).unwrap();
    assert_eq!(responder.serial_asked(&request.ids()[0]), Some(leaf.serial));
    let said = asked(&world, &leaf, Answer::Unknown, &[]);
    assert!(
        said.contains("Response verify OK") && said.contains(": unknown"),
        "{said}"
    );
}
