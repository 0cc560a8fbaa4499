//! What pkilint says of what is made here. It is a Python program, so this is run by hand:
//! `PKILINT_BIN=<folder of lint_pkix_cert> cargo test -p cards-pki --test pki -- --ignored pkilint`.

use std::process::Command;

use cards_pki::crl::{self, Reason, Revoked, Scope, Window};
use cards_pki::ocsp::{self, Answer, OcspWindow};
use cards_pki::profile::LeafKind;
use chrono::Duration;

use crate::kit::{Folder, LOGIN, World, real_now, said};

/// Runs one of pkilint's programs and gives its findings of the severity NOTICE and above.
fn findings(folder: &Folder, program: &str, arguments: &[&str]) -> String {
    let bin = std::env::var_os("PKILINT_BIN").expect("PKILINT_BIN names pkilint's folder");
    let output = Command::new(std::path::Path::new(&bin).join(program))
        .args(["lint", "-s", "NOTICE", "-f", "CSV"])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("pkilint is needed for this test");
    let text = said(&output);
    assert!(!text.contains("Traceback"), "{text}");
    let is_finding = |line: &&str| {
        ["NOTICE", "WARNING", "ERROR", "FATAL"]
            .iter()
            .any(|one| line.contains(one))
    };
    text.lines()
        .filter(is_finding)
        .collect::<Vec<_>>()
        .join("\n")
}

fn written(world: &World) -> Folder {
    let folder = Folder::new();
    folder.certificate("root.pem", world.founded.root.issuer.as_der());
    for one in &world.founded.issuing {
        let name = one.issuer.authority();
        folder.certificate(&format!("{name}.pem"), one.issuer.as_der());
        let responder = one.responder.as_ref().unwrap();
        folder.certificate(&format!("{name}-ocsp.pem"), responder.certificate());
    }
    for kind in LeafKind::ALL {
        let leaf = world.issue(kind);
        folder.certificate(&format!("{}.pem", kind.as_str()), leaf.certificate.as_der());
    }
    folder
}

#[test]
#[ignore = "needs pkilint"]
fn pkilint_finds_nothing_in_the_certificates() {
    let now = real_now();
    let world = World::at(now - Duration::days(1), now);
    let folder = written(&world);
    let mut all = Vec::new();
    let mut lint = |issuer: &str, name: &str| {
        let file = format!("{name}.pem");
        let found = findings(&folder, "lint_pkix_cert", &[&file]);
        all.push(format!("{name}: {found}"));
        if issuer == name {
            return;
        }
        let issuer = format!("{issuer}.pem");
        let found = findings(
            &folder,
            "lint_pkix_signer_signee_cert_chain",
            &[&issuer, &file],
        );
        all.push(format!("{name} under {issuer}: {found}"));
    };
    lint("root", "root");
    for one in &world.founded.issuing {
        lint("root", one.issuer.authority());
        let responder = format!("{}-ocsp", one.issuer.authority());
        lint(one.issuer.authority(), &responder);
    }
    for kind in LeafKind::ALL {
        lint(world.authority(kind).issuer.authority(), kind.as_str());
    }
    all.retain(|one| !one.ends_with(": "));
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
#[ignore = "needs pkilint"]
fn pkilint_finds_nothing_in_lists_and_answers() {
    let now = real_now();
    let world = World::at(now - Duration::days(1), now);
    let leaf = world.issue(LOGIN);
    let (authority, root) = (world.authority(LOGIN), &world.founded.root);
    let folder = written(&world);
    let window = Window {
        number: 1,
        this_update: now,
        next_update: now + Duration::hours(24),
    };
    let shard = world.profiles.shard_of(&leaf.serial);
    let revoked = Revoked {
        serial: leaf.serial,
        at: now - Duration::hours(2),
        reason: Reason::Superseded,
    };
    let mut all = Vec::new();
    for (entry, scope, of, kind) in [
        (Some(revoked), Scope::Cards { shard }, authority, "CRL"),
        (None, Scope::Cards { shard }, authority, "CRL"),
        (None, Scope::Authorities, root, "ARL"),
    ] {
        let key = of.key.as_ref();
        let list = crl::build(&world.profiles, &of.issuer, key, scope, window, entry).unwrap();
        folder.write("list.crl", list.as_der());
        let arguments = ["-t", kind, "-p", "PKIX", "list.crl"];
        all.push(findings(&folder, "lint_crl", &arguments));
    }
    let serial = format!("0x{}", leaf.serial.to_hex());
    let issuer = format!("{}.pem", authority.issuer.authority());
    let ask = [
        "ocsp",
        "-issuer",
        &issuer,
        "-serial",
        &serial,
        "-reqout",
        "request.der",
    ];
    folder.openssl_says(&ask);
    let request = std::fs::read(folder.path().join("request.der")).unwrap();
    let request = ocsp::read(&request).unwrap();
    let told = Answer::Revoked {
        at: now - Duration::hours(2),
        reason: Reason::Superseded,
    };
    for answer in [Answer::Good, Answer::Unknown, told] {
        let window = OcspWindow {
            produced_at: now,
            this_update: now,
            next_update: now + Duration::hours(1),
        };
        let responder = authority.responder.as_ref().unwrap();
        let response = responder.answer(&request, &[answer], window).unwrap();
        folder.write("response.der", &response);
        all.push(findings(&folder, "lint_ocsp_response", &["response.der"]));
    }
    all.retain(|one| !one.is_empty());
    assert!(all.is_empty(), "{all:#?}");
}
