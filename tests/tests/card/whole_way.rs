//! From the order to the revocation, with nothing faked between the steps.

use std::path::PathBuf;
use std::process::Command;

use cards_acceptance::{Person, World};
use cards_app::Failure;
use cards_app::card_tasks::TaskWish;
use cards_app::queries::Told;
use cards_domain::card::{Card, CardStageName, RevocationReason};
use cards_domain::card_task::TaskKind;
use cards_domain::certificate::{Certificate, CertificateStage, Profile, Usage};
use cards_domain::chip_code::{CodeName, CodeStage, VisitCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Reporter;
use chrono::Duration;

use crate::bench::{Bench, PIN1, PIN2, wish};

/// What the holder chooses when PIN2 has been locked.
const NEW_PIN2: &str = "481937";

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

    assert_eq!(signing_code(&bench, &card), None);
    fetch_for_signing(&bench, &card, &maja);
    assert_eq!(signing_code(&bench, &card), Some(CodeStage::Ok));
    lock_the_signing_code(&bench, &card, &maja);
    open_the_signing_code(&bench, &card, &maja);
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

/// What the server knows of PIN2.
fn signing_code(bench: &Bench, card: &Card) -> Option<CodeStage> {
    let sheet = bench.world().link().card_for_errand(card.id).unwrap();
    let parts = sheet.unwrap().parts;
    parts.code(CodeName::Pin2).map(|code| code.stage)
}

/// The wish to take the first certificate for signing off the card.
fn delete(bench: &Bench, card: &Card) -> (Certificate, TaskWish) {
    let signing = bench.world().certificates(card.id).into_iter();
    let mut signing = signing.filter(|one| one.usage == Usage::Signature);
    let first = signing.next().unwrap();
    let mut wanted = wish(TaskKind::DeleteCertificate, card);
    wanted.pair = Some(first.pair);
    (first, wanted)
}

/// Three wrong tries within a task lock it on the card, and the card client tells.
fn lock_the_signing_code(bench: &Bench, card: &Card, maja: &Person) {
    let (_, wanted) = delete(bench, card);
    let wrong = "111222";
    let typed = [PIN1, wrong, wrong, "yes", wrong];
    let stopped = bench.does(&maja.call(), wanted, &typed);
    assert!(!stopped.well, "{stopped:?}");
    assert_eq!(signing_code(bench, card), Some(CodeStage::Locked));
    let world = bench.world();
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    assert!(!sheet.parts.is_locked(), "the card still logs in");
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
}

/// The holder chooses it anew at a visit, and the card's word is what the officer signs for.
fn open_the_signing_code(bench: &Bench, card: &Card, maja: &Person) {
    let (world, karin) = (bench.world(), bench.world().karin().call());
    // The world's clock stands still, and what the card shows counts from after it was locked.
    world.advance(Duration::minutes(1));
    let chosen = bench.does(
        &karin,
        wish(TaskKind::UnlockVisit, card),
        &[NEW_PIN2, NEW_PIN2, PIN1],
    );
    assert!(chosen.well, "{chosen:?}");
    let counter = world.check(card, maja);
    let check = VisitCheck {
        identity: counter.identity,
        number_on_card: counter.number_on_card,
        code_chosen: false,
        signature: counter.signature,
    };
    let mut link = world.link();
    let app = world.app();
    app.open_at_visit(&mut link, &karin, card.id, check)
        .unwrap();
    assert_eq!(signing_code(bench, card), Some(CodeStage::Ok));
}

fn delete_one(bench: &Bench, card: &Card, maja: &Person) {
    let world = bench.world();
    let (first, wanted) = delete(bench, card);
    let deleted = bench.does(&maja.call(), wanted, &[PIN1, NEW_PIN2]);
    assert!(deleted.well, "{deleted:?}");
    let mut left = world.certificates(card.id).into_iter();
    let off = left.find(|one| one.id == first.id);
    assert_eq!(off.unwrap().stage, CertificateStage::OffCard);
    assert!(
        judged(bench, &first).contains("card.pem: good"),
        "off the card it stays valid"
    );
    assert_eq!(signing_code(bench, card), Some(CodeStage::Ok));
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
