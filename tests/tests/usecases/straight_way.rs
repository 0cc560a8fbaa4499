//! One card from the order to the signed receipt.

use cards_acceptance::World;
use cards_app::Failure;
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::{Order, OrderStage};
use cards_domain::refusal::Refusal;
use chrono::{Duration, NaiveDate};

#[test]
fn an_ordered_card_is_made_posted_unlocked_and_signed_for() {
    let world = World::new();
    let maja = world.maja();
    let order = world.order(&maja, DeliveryMethod::Rek);
    assert_eq!(order.stage, OrderStage::SentToManufacturer);

    world.work();
    let order = world.order_now(order.id);
    assert_eq!(order.stage, OrderStage::Dispatched);
    let card = world.card(order.card.unwrap());
    assert_eq!(card.stage(), CardStageName::Sent);
    assert_eq!(card.printed_name.as_deref(), Some("Maja Lindqvist"));
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    let delivery = sheet.delivery.unwrap();
    assert_eq!(delivery.stage, DeliveryStage::Posted);
    assert!(!delivery.rek_id.unwrap().s10_warning());

    let unlocked = world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    assert_eq!(unlocked.stage(), CardStageName::UnlockedUnsigned);
    world.sign(&maja, &card).unwrap();
    world.work();

    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    assert_eq!(world.order_now(order.id).stage, OrderStage::Fulfilled);
}

#[test]
fn a_new_card_supersedes_the_old_one_in_the_same_transaction() {
    let world = World::new();
    let maja = world.maja();
    let old = world.active_card(&maja);
    world.advance(Duration::days(400));
    let new = world.active_card(&maja);
    assert_eq!(world.card(new.id).stage(), CardStageName::Active);
    let old = world.card(old.id);
    assert!(matches!(
        old.stage,
        cards_domain::card::CardStage::Revoked {
            reason: RevocationReason::Superseded,
            ..
        }
    ));
}

#[test]
fn the_clocks_of_a_card_start_with_the_post_and_stop_at_the_counter() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let days = |world: &World| -> Vec<(&'static str, NaiveDate)> {
        let clocks = world.link().clocks_of(maja.id).unwrap();
        clocks
            .iter()
            .map(|clock| (clock.rule.into(), clock.day))
            .collect()
    };
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    assert_eq!(
        days(&world),
        [
            ("undelivered", day(2030, 2, 6)),
            ("activation", day(2030, 4, 7))
        ],
        "30 days from the order; three months from the post"
    );
    world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    assert_eq!(
        days(&world),
        [("receipt_signature", day(2030, 1, 12))],
        "5 × 24 hours"
    );
    world.sign(&maja, &card).unwrap();
    world.work();
    assert_eq!(
        days(&world),
        [("card_expiry", world.card(card.id).valid_to.unwrap())]
    );
}

#[test]
fn registered_mail_starts_no_thirty_day_clock() {
    let world = World::new();
    let maja = world.maja();
    let _card = world.sent_card(&maja, DeliveryMethod::Rek);
    let clocks = world.link().clocks_of(maja.id).unwrap();
    assert!(
        clocks
            .iter()
            .all(|clock| <&str>::from(clock.rule) != "undelivered")
    );
}

#[test]
fn a_second_order_for_the_same_employer_is_refused_with_the_number_of_the_first() {
    let world = World::new();
    let maja = world.maja();
    let first = world.order(&maja, DeliveryMethod::APost);
    let request = world.order_request(&maja, DeliveryMethod::APost);
    let karin = world.karin().call();
    let again = world
        .app()
        .ledger
        .begin::<Order>(&mut world.link(), &karin, &request);
    match again {
        Err(Failure::Refused(Refusal::AlreadyOrdered { order_number })) => {
            assert_eq!(order_number, first.number);
        }
        other => panic!("{other:?}"),
    }
    world.work();
}

#[test]
fn nothing_is_ordered_before_the_population_register_has_answered() {
    let world = World::new();
    let maja = world.maja();
    let request = world.order_request(&maja, DeliveryMethod::APost);
    let karin = world.karin().call();
    let ordered = world
        .app()
        .ledger
        .begin::<Order>(&mut world.link(), &karin, &request);
    assert!(
        matches!(ordered, Err(Failure::Refused(Refusal::RegisterSilent))),
        "{ordered:?}"
    );
}
