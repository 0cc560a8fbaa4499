//! What is refused at the counter, and that each refusal stands in the log.

use cards_acceptance::World;
use cards_acceptance::people::Officer;
use cards_app::Failure;
use cards_domain::card::{Card, CardStageName, CounterCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::CheckStep;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use chrono::{Duration, NaiveDate};

fn refused(world: &World, by: &Officer, card: &Card, check: &CounterCheck, code: &str) {
    let before = world.lines(card.id.0, "unlock", code);
    match world.unlock(&by.call(), card, check) {
        Err(Failure::Refused(refusal)) => assert_eq!(refusal.code(), code),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        world.lines(card.id.0, "unlock", code),
        before + 1,
        "the refusal is in the log"
    );
    assert_eq!(
        world.card(card.id).stage(),
        CardStageName::Sent,
        "nothing has changed"
    );
}

#[test]
fn another_persons_document_is_refused_even_with_the_right_card() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let mut check = world.check(&card, &maja);
    check.identity.number_on_document = world.person("SE2399000013-1009").number;
    refused(
        &world,
        &world.karin(),
        &card,
        &check,
        "document_of_another_person",
    );
}

#[test]
fn an_expired_document_is_refused_and_one_that_ends_today_is_not() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let mut check = world.check(&card, &maja);
    check.identity.valid_to = NaiveDate::from_ymd_opt(2030, 1, 6).unwrap();
    refused(&world, &world.karin(), &card, &check, "document_expired");
    check.identity.valid_to = NaiveDate::from_ymd_opt(2030, 1, 7).unwrap();
    world.unlock(&world.karin().call(), &card, &check).unwrap();
    world.sign(&maja, &card).unwrap();
    world.work();
}

#[test]
fn each_of_the_seven_steps_must_be_ticked() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    for missing in <CheckStep as strum::IntoEnumIterator>::iter() {
        let mut check = world.check(&card, &maja);
        check.identity.steps.retain(|step| *step != missing);
        refused(&world, &world.karin(), &card, &check, "check_incomplete");
    }
}

#[test]
fn another_card_than_the_one_in_hand_is_refused() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let mut check = world.check(&card, &maja);
    check.number_on_card = "9752000000000000001".parse().unwrap();
    refused(&world, &world.karin(), &card, &check, "wrong_card");
}

#[test]
fn a_card_is_activated_only_at_the_office_named_in_the_order() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let check = world.check(&card, &maja);
    refused(&world, &world.leif(), &card, &check, "wrong_office");
}

#[test]
fn the_ninety_first_day_is_too_late_and_the_last_day_is_not() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    world.advance(Duration::days(91));
    refused(
        &world,
        &world.karin(),
        &card,
        &world.check(&card, &maja),
        "activation_too_late",
    );
    world.advance(Duration::days(-1));
    world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    world.sign(&maja, &card).unwrap();
    world.work();
}

#[test]
fn nobody_activates_their_own_card() {
    let world = World::new();
    let tove = world.tove();
    let card = world.sent_card(&tove.person, DeliveryMethod::APost);
    let check = world.check(&card, &tove.person);
    refused(&world, &tove, &card, &check, "own_card");
}

#[test]
fn an_officer_of_another_branch_meets_a_card_that_does_not_exist() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let mut stranger = world.karin();
    let municipality = cards_acceptance::people::MUNICIPALITY;
    stranger.branch = vec![
        world
            .link()
            .organisation_by_hsa_id(municipality)
            .unwrap()
            .unwrap(),
    ];
    let answer = world.unlock(&stranger.call(), &card, &world.check(&card, &maja));
    assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    assert_eq!(
        world.lines(card.id.0, "unlock", Refusal::OutOfScope.code()),
        1
    );
}

#[test]
fn a_holder_cannot_sign_for_somebody_elses_card() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    let stranger = world.person("SE2399000013-1009");
    assert!(matches!(
        world.sign(&stranger, &card),
        Err(Failure::NotFound)
    ));
    world.work();
}

#[test]
fn a_receipt_cannot_be_signed_once_five_times_twenty_four_hours_have_passed() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    world.advance(Duration::hours(5 * 24));
    let signed = world.sign(&maja, &card);
    assert!(
        matches!(
            signed,
            Err(Failure::Refused(Refusal::ReceiptTooLate { .. }))
        ),
        "{signed:?}"
    );
    world.advance(Duration::minutes(-1));
    world.sign(&maja, &card).unwrap();
    world.work();
}
