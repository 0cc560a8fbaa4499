//! R34: power or network is cut in the middle of an activation. Whoever sits at another workstation
//! of the office goes on by the number on the card, and nothing is done twice.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_domain::card::{Card, CardStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::receipt::TERMS_VERSION;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};

use super::{checked, code_is_chosen, counter_at, receipt_at, unlocked};
use crate::desk::{Desk, KARIN, TOVE};

/// How many receipts of a card were registered from paper.
fn registered(world: &World, card: &Card) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query(
        "SELECT count(*) AS count FROM journal JOIN receipt ON receipt.id = subject_id \
         WHERE card_id = $1 AND action = 'register_paper' AND outcome = 'done'",
    )
    .bind::<SqlUuid, _>(card.id.0)
    .get_result::<Count>(&mut world.database.connect())
    .unwrap()
    .count
}

#[test]
fn r34_a_card_unlocked_when_the_power_went_is_found_by_its_number_and_finished_by_a_colleague() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    // Karin's screen goes dark before the answer comes.
    unlocked(&site, &Desk::officer(&site, KARIN), &maja, &card);
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::UnlockedUnsigned { .. }
    ));

    let tove = Desk::officer(&site, TOVE);
    let number = card.number.clone().unwrap().to_string();
    let person = tove.search(&number);
    assert_eq!(person.path, format!("/id-admin/person/{}", maja.id));
    let at = receipt_at(&card);
    assert!(person.leads_to(&at), "{}", person.body);
    let counter = tove.open(&counter_at(&card));
    assert_eq!(
        (counter.status, counter.path.as_str()),
        (200, at.as_str()),
        "it is not unlocked twice: what is left is the receipt"
    );

    let paper = tove.open(&format!("{at}/papper"));
    let asked = tove.send(&paper, &at, &[("underskriven", "ja")]);
    let done = tove.sign(&asked);
    assert_eq!(done.path, format!("/id-admin/kort/{}/klart", card.id));
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Active { .. }
    ));
    assert_eq!(registered(world, &card), 1);
    // The same paper, sent once more.
    let answers = [("underskriven", "ja"), ("villkor", TERMS_VERSION)];
    let again = tove.force(&at, 1, &answers);
    assert_eq!(again.path, format!("/id-admin/kort/{}/klart", card.id));
    assert_eq!(registered(world, &card), 1);
    world.work();
}

#[test]
fn r34_a_check_signed_before_the_cut_has_changed_nothing_and_is_made_anew() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let _lost = checked(&Desk::officer(&site, KARIN), &card, &maja);
    assert!(matches!(world.card(card.id).stage, CardStage::Sent { .. }));
    unlocked(&site, &Desk::officer(&site, TOVE), &maja, &card);
    world.sign(&maja, &card).unwrap();
    world.work();
}

#[test]
fn r34_what_was_sent_before_the_cut_and_is_sent_again_after_it_is_done_once() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    let (action, fields) = code_is_chosen(&checked(&karin, &card, &maja));
    let first = karin.browser.send(&action, &fields);
    let second = karin.browser.send(&action, &fields);
    assert_eq!(
        (first.status, first.location()),
        (second.status, second.location())
    );
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1);
    world.sign(&maja, &card).unwrap();
    world.work();
    // And once the holder has signed elsewhere it leads to what is so.
    let late = karin.browser.send(&action, &fields);
    assert_eq!(late.status, 303, "{}", late.body);
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1);
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Active { .. }
    ));
}
