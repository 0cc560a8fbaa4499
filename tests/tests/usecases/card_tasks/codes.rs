//! The code for signing (PIN2) as the card client tells of it: it comes with the first certificates
//! for signing, is locked by the card's own word, and leaves log-in alone.

use cards_app::card_tasks::TaskWish;
use cards_domain::card::{Card, CardStageName};
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::certificate::Usage;
use cards_domain::chip_code::{ChipCode, CodeName, CodeStage, VisitCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::puk_letter::LetterReason;
use cards_domain::refusal::Refusal;
use cards_store::queries::CardSheet;
use chrono::Duration;
use serde_json::{Value, json};

use super::kit::{Chip, Client, fetch_signing, offer, site, stage, try_offer, wish};
use super::refusal;
use crate::desk::{Desk, KARIN};
use crate::locked::{code, locked_card};

fn sheet(world: &cards_acceptance::World, card: &Card) -> CardSheet {
    world.link().card_for_errand(card.id).unwrap().unwrap()
}

fn signing(world: &cards_acceptance::World, card: &Card) -> Option<ChipCode> {
    sheet(world, card).parts.code(CodeName::Pin2).cloned()
}

/// What a card tells of its codes in a test.
fn tells(
    site: &cards_acceptance::site::Site,
    person: &cards_acceptance::Person,
    card: &Card,
    (tries, locked): (Value, Value),
) {
    let offered = offer(&site.world, &person.call(), TaskKind::TestCard, card);
    let client = Client::with(site, &offered);
    let report = json!({ "readers": 1, "cards": 1, "tries": tries, "locked": locked });
    assert_eq!(client.post("report", &report).status, 204);
    assert_eq!(stage(&site.world, offered.id), TaskStage::Done);
}

fn locks_pin2(site: &cards_acceptance::site::Site, person: &cards_acceptance::Person, card: &Card) {
    let told = (json!({ "pin1": 3, "pin2": 0, "puk": 10 }), json!(["pin2"]));
    tells(site, person, card, told);
}

#[test]
fn the_code_for_signing_comes_with_the_certificates_for_signing_and_stays_when_they_leave() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    assert_eq!(signing(world, &card), None, "a 731 has none from the start");
    fetch_signing(&site, &maja, &card);
    let came = signing(world, &card).unwrap();
    assert_eq!(came.stage, CodeStage::Ok);
    for action in ["begin", "set"] {
        assert_eq!(world.lines(came.id.0, action, "done"), 1, "{action}");
    }

    let all = world.certificates(card.id).into_iter();
    for own in all.filter(|one| one.usage == Usage::Signature) {
        let wanted = TaskWish {
            pair: Some(own.pair),
            ..wish(TaskKind::DeleteCertificate, &card)
        };
        let offered = try_offer(world, &maja.call(), wanted).unwrap();
        let client = Client::with(&site, &offered);
        assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
        let body = json!({ "certificate": own.id.to_string() });
        assert_eq!(client.post("deleted", &body).status, 204);
        assert_eq!(stage(world, offered.id), TaskStage::Done);
    }
    assert_eq!(
        signing(world, &card),
        Some(came.clone()),
        "it is the card's"
    );
    fetch_signing(&site, &maja, &card);
    assert_eq!(signing(world, &card), Some(came), "it is not chosen again");
}

#[test]
fn a_code_for_signing_that_the_card_says_is_locked_leaves_the_card_to_log_in_with() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    fetch_signing(&site, &maja, &card);
    locks_pin2(&site, &maja, &card);
    let locked = signing(world, &card).unwrap();
    assert_eq!(locked.stage, CodeStage::Locked);
    assert_eq!(world.lines(locked.id.0, "lock", "done"), 1);
    let parts = sheet(world, &card).parts;
    assert!(parts.is_signing_locked() && !parts.is_locked());
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::Ok);
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);

    // The same once more is no news, and that it works again is.
    locks_pin2(&site, &maja, &card);
    assert_eq!(world.lines(locked.id.0, "lock", "done"), 1);
    let works = (json!({ "pin1": 3, "pin2": 3, "puk": 9 }), json!([]));
    tells(&site, &maja, &card, works);
    assert_eq!(signing(world, &card).unwrap().stage, CodeStage::Ok);
    assert_eq!(world.lines(locked.id.0, "show_unlocked", "done"), 1);
}

#[test]
fn a_card_that_was_stated_as_locked_in_error_shows_that_it_is_not_and_officers_read_that() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = locked_card(world, &maja);
    let mut link = world.link();
    let asked = (LetterReason::Locked, true);
    let letter = world
        .app()
        .ask_for_letter(&mut link, &maja.call(), card.id, asked);
    let letter = letter.unwrap().id;
    let works = (json!({ "pin1": 3, "pin2": 3, "puk": 10 }), json!([]));
    tells(&site, &maja, &card, works);
    let pin1 = code(world, &card, CodeName::Pin1);
    assert_eq!(pin1.stage, CodeStage::Ok);
    assert_eq!(world.lines(pin1.id.0, "show_unlocked", "done"), 1);
    assert_eq!(world.lines(pin1.id.0, "unlock_with_puk", "done"), 0);
    assert_eq!(world.lines(letter.0, "cancel", "done"), 1);

    let officer = Desk::officer(&site, KARIN);
    let page = officer.open(&format!("/id-admin/kort/{}/upplast", card.id));
    page.sees("Kortet visar vid ett test att det inte är låst");
    assert!(!page.reads("upplåst med puk"));
}

/// Each code is judged by how the other one stands after what was heard before it: with both judged
/// at once neither would be the last.
#[test]
fn of_two_codes_that_work_again_the_last_one_ends_the_letter_that_is_not_needed() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    fetch_signing(&site, &maja, &card);
    let told = (json!({ "pin1": 0, "pin2": 0 }), json!(["pin1", "pin2"]));
    tells(&site, &maja, &card, told);
    let mut link = world.link();
    let asked = (LetterReason::Locked, true);
    let letter = world
        .app()
        .ask_for_letter(&mut link, &maja.call(), card.id, asked);
    let letter = letter.unwrap().id;
    let works = (json!({ "pin1": 3, "pin2": 3 }), json!([]));
    tells(&site, &maja, &card, works);
    assert_eq!(world.lines(letter.0, "cancel", "done"), 1);
}

#[test]
fn one_that_was_chosen_unheard_of_is_kept_from_when_the_card_says_that_it_is_locked() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let works = (json!({ "pin1": 3, "pin2": 3, "puk": 10 }), json!([]));
    tells(&site, &maja, &card, works);
    assert_eq!(signing(world, &card), None, "what works is no news");
    locks_pin2(&site, &maja, &card);
    let locked = signing(world, &card).unwrap();
    assert_eq!(locked.stage, CodeStage::Locked);
    assert_eq!(world.lines(locked.id.0, "begin", "done"), 1);
}

#[test]
fn a_visit_with_the_card_in_the_reader_opens_the_code_for_signing_that_is_locked() {
    let site = site();
    let world = &site.world;
    let (maja, karin) = (world.maja(), world.karin().call());
    let card = world.active_card(&maja);
    fetch_signing(&site, &maja, &card);
    let early = try_offer(world, &karin, wish(TaskKind::UnlockVisit, &card));
    assert_eq!(refusal(early), Refusal::CodeNotLocked);
    locks_pin2(&site, &maja, &card);
    world.advance(Duration::minutes(1));
    let offered = offer(world, &karin, TaskKind::UnlockVisit, &card);
    let client = Client::with(&site, &offered);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    let counter = world.check(&card, &maja);
    let check = VisitCheck {
        identity: counter.identity,
        number_on_card: counter.number_on_card,
        code_chosen: false,
        signature: counter.signature,
    };
    let mut link = world.link();
    let opened = world.app().open_at_visit(&mut link, &karin, card.id, check);
    let opened = opened.unwrap();
    assert_eq!((opened.name, opened.stage), (CodeName::Pin2, CodeStage::Ok));
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::Ok);
}

#[test]
fn what_the_card_says_of_a_posted_card_is_not_believed_of_codes_that_nobody_has_chosen() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let told = (json!({ "pin1": 0 }), json!(["pin1"]));
    tells(&site, &maja, &card, told);
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::NotSet);
}
