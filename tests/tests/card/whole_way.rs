//! From the order to the revocation, with nothing faked between the steps.

use std::path::PathBuf;
use std::process::Command;

use cards_acceptance::{Person, World};
use cards_app::Failure;
use cards_app::queries::Told;
use cards_domain::card::{Card, CardStageName, RevocationReason};
use cards_domain::card_task::TaskKind;
use cards_domain::certificate::{Certificate, CertificateStage, Profile, Usage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Reporter;

use crate::bench::{Bench, PIN1, PIN2, wish};

/// Ordered, made, written with two certificates for log-in, and posted.
fn posted(bench: &Bench, person: &Person) -> Card {
    let world = bench.world();
    let order = world.order(person, DeliveryMethod::APost);
    bench.until("the posted card", || {
        let card = world.card(world.order_now(order.id).card?);
        (card.stage() == CardStageName::Sent).then_some(card)
    })
}

fn stages(world: &World, card: &Card) -> Vec<(Profile, Usage, CertificateStage)> {
    let certificates = world.certificates(card.id);
    certificates
        .iter()
        .map(|one| (one.profile, one.usage, one.stage))
        .collect()
}

/// The holder chooses a code in the card client, and the officer finishes the activation on the word
/// of the card alone.
fn activate(bench: &Bench, card: &Card, person: &Person) {
    let world = bench.world();
    let karin = world.karin();
    bench.appoint(&karin);
    let chosen = bench.does(
        &karin.call(),
        wish(TaskKind::ChooseCode, card),
        &[PIN1, PIN1],
    );
    assert!(chosen.well, "{chosen:?}");
    let check = cards_domain::card::CounterCheck {
        code: None,
        ..world.check(card, person)
    };
    let unlocked = world.unlock(&karin.call(), card, &check).unwrap();
    assert_eq!(unlocked.stage(), CardStageName::UnlockedUnsigned);
}

fn sign_the_receipt(bench: &Bench, card: &Card, person: &Person) {
    let mut wanted = wish(TaskKind::SignReceipt, card);
    wanted.text = Some("I have received the card and accept the terms.".to_owned());
    let signed = bench.does(&person.call(), wanted, &["yes", PIN1]);
    assert!(
        signed.well && signed.text.contains("accept the terms"),
        "{signed:?}"
    );
    assert_eq!(bench.world().card(card.id).stage(), CardStageName::Active);
}

/// `openssl verify` and `openssl ocsp` about a certificate.
fn judged(bench: &Bench, certificate: &Certificate) -> String {
    let world = bench.world();
    let issuance = world.link().issuance(certificate.id).unwrap().unwrap();
    let authority = issuance.reserved.unwrap().authority;
    let mut link = world.link();
    let root = world
        .app()
        .authority_certificate(&mut link, "root")
        .unwrap();
    let issuer = world
        .app()
        .authority_certificate(&mut link, &authority)
        .unwrap();
    let file = |name: &str, der: &[u8]| -> String {
        let path: PathBuf = world.folder().join(format!("{name}.pem"));
        let raw = path.with_extension("der");
        std::fs::write(&raw, der).unwrap();
        let (from, to) = (raw.to_str().unwrap(), path.to_str().unwrap().to_owned());
        run(&["x509", "-inform", "DER", "-in", from, "-out", &to]);
        to
    };
    let (root, issuer) = (file("root", &root), file("issuer", &issuer));
    let card = file("card", &issuance.signed.unwrap().der);
    let url = format!("{}/pki/ocsp/{authority}", bench.site.url);
    run(&["verify", "-CAfile", &root, "-untrusted", &issuer, &card])
        + &run(&[
            "ocsp", "-issuer", &issuer, "-cert", &card, "-url", &url, "-CAfile", &root,
        ])
}

fn run(arguments: &[&str]) -> String {
    let done = Command::new("openssl").args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    told + &String::from_utf8_lossy(&done.stderr)
}

#[test]
fn a_card_goes_its_whole_way_from_the_order_to_the_revocation() {
    let mut bench = Bench::new();
    let maja = bench.world().maja();
    let card = posted(&bench, &maja);
    let _in_the_reader = bench.insert(&card);
    activate(&bench, &card, &maja);
    sign_the_receipt(&bench, &card, &maja);

    // The card proved itself when its code was chosen: that was its registration.
    let mut link = bench.world().link();
    let tasks = bench.world().app().tasks_of(&mut link, card.id).unwrap();
    assert!(tasks.registered_at.is_some());
    let again = wish(TaskKind::Register, &card);
    let again = bench
        .world()
        .app()
        .offer_task(&mut link, &maja.call(), again);
    assert!(matches!(
        again.err(),
        Some(Failure::Refused(Refusal::AlreadyRegistered))
    ));

    fetch_for_signing(&bench, &card, &maja);
    delete_one(&bench, &card, &maja);
    report_stolen(&bench, &card, &maja);
}

fn fetch_for_signing(bench: &Bench, card: &Card, maja: &Person) {
    let typed = [PIN1, PIN2, PIN2];
    let fetched = bench.does(&maja.call(), wish(TaskKind::FetchSigning, card), &typed);
    assert!(fetched.well, "{fetched:?}");
    let (world, active) = (bench.world(), CertificateStage::Active);
    assert_eq!(
        stages(world, card),
        [
            (Profile::HsaId, Usage::Authentication, active),
            (Profile::HsaId, Usage::Signature, active),
            (Profile::PersonId, Usage::Authentication, active),
            (Profile::PersonId, Usage::Signature, active),
        ]
    );
    for certificate in world.certificates(card.id) {
        let told = judged(bench, &certificate);
        assert!(told.contains("card.pem: OK"), "{told}");
        assert!(told.contains("card.pem: good"), "{told}");
    }
}

fn delete_one(bench: &Bench, card: &Card, maja: &Person) {
    let world = bench.world();
    let signing = world.certificates(card.id).into_iter();
    let mut signing = signing.filter(|one| one.usage == Usage::Signature);
    let first = signing.next().unwrap();
    let mut wanted = wish(TaskKind::DeleteCertificate, card);
    wanted.pair = Some(first.pair);
    let deleted = bench.does(&maja.call(), wanted, &[PIN1, PIN2]);
    assert!(deleted.well, "{deleted:?}");
    let mut left = world.certificates(card.id).into_iter();
    let off = left.find(|one| one.id == first.id);
    assert_eq!(off.unwrap().stage, CertificateStage::OffCard);
    assert!(
        judged(bench, &first).contains("card.pem: good"),
        "off the card it stays valid"
    );
}

fn report_stolen(bench: &Bench, card: &Card, maja: &Person) {
    let told = Told {
        reason: RevocationReason::Stolen,
        reporter: Reporter::HolderLoggedIn,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    let world = bench.world();
    let mut link = world.link();
    let app = world.app();
    app.report_loss(&mut link, &maja.call(), card.id, &told)
        .unwrap();
    for certificate in world.certificates(card.id) {
        assert_eq!(certificate.stage, CertificateStage::Revoked);
        let told = judged(bench, &certificate);
        assert!(told.contains("card.pem: revoked"), "{told}");
    }
}
