//! An ordinary letter that has not come: thirty days, the routine, one click, and who may.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_app::Failure;
use cards_domain::access::{Actor, Role};
use cards_domain::card::RevocationReason;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::{Order, OrderStage};
use cards_domain::refusal::Refusal;
use diesel::connection::SimpleConnection as _;

use super::{
    anew_at, assert_one_transaction, card_of, is_sent, order_at, orders_of, placed, reorder,
    revoked_as,
};
use crate::desk::{Desk, KARIN, NADJA, go_to};

/// Proves: 3-11 3-13
#[test]
fn a_letter_is_ordered_anew_from_the_thirtieth_day_after_the_order_and_no_sooner() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let allowed = "Nytt kort får beställas från 2030-02-06.";

    // 23.59.59 on the twenty-ninth day after 7 January.
    go_to(&site, "2030-02-05T22:59:59Z");
    let karin = Desk::officer(&site, KARIN);
    karin.open(&order_at(card.order)).sees(allowed);
    let page = karin.open(&anew_at(card.order));
    page.sees(allowed);
    assert!(
        !page.choices("hant").contains(&"not_arrived".to_owned()),
        "{:?}",
        page.choices("hant")
    );
    let refused = reorder(&karin, card.order, "not_arrived", "a_post");
    assert_eq!(refused.status, 422);
    refused.sees(allowed);
    assert!(is_sent(world, &card));
    assert_eq!(orders_of(world, &maja), 1);

    go_to(&site, "2030-02-05T23:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&anew_at(card.order));
    page.sees("Det första kortet spärras i samma stund. Det går inte att ångra.");
    page.sees("klippa det genom chippet och kasta det");
    let new = placed(&reorder(&karin, card.order, "not_arrived", "a_post"));
    let order = world.order_now(new);
    assert_eq!(order.stage, OrderStage::SentToManufacturer);
    assert_eq!(order.replaces, Some(card.order));
    assert_eq!(
        world.order_now(card.order).stage,
        OrderStage::ReplacedUndelivered
    );
    assert_eq!(
        revoked_as(world, &card),
        Some(RevocationReason::ReplacedUndelivered)
    );
    let changes = [
        (card.order.0, "replace_undelivered"),
        (card.id.0, "end_with_order"),
        (new.0, "begin"),
    ];
    assert_one_transaction(world, &changes);
    world.work();
    assert!(is_sent(world, &card_of(world, new)));
}

#[test]
fn the_first_card_goes_on_when_the_new_order_cannot_be_written() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let mut database = world.database.connect();
    database
        .batch_execute("REVOKE INSERT ON delivery FROM kortkontor_app")
        .unwrap();
    let broken = reorder(&karin, card.order, "not_arrived", "a_post");
    assert_eq!(broken.status, 500);
    assert!(is_sent(world, &card));
    assert_eq!(world.order_now(card.order).stage, OrderStage::Dispatched);
    assert_eq!(orders_of(world, &maja), 1);
    database
        .batch_execute("GRANT INSERT ON delivery TO kortkontor_app")
        .unwrap();
    placed(&reorder(&karin, card.order, "not_arrived", "a_post"));
    world.work();
}

#[test]
fn a_card_that_was_ordered_anew_can_never_be_activated() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let new = placed(&reorder(&karin, card.order, "not_arrived", "a_post"));
    world.work();
    let check = world.check(&world.card(card.id), &maja);
    let answer = world.unlock(&world.tove().call(), &card, &check);
    assert!(
        matches!(answer, Err(Failure::Refused(Refusal::CardRevoked))),
        "{answer:?}"
    );
    super::hand_over(&site, &world.karin(), &maja, &card_of(world, new));
}

#[test]
fn a_second_click_orders_no_second_card() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let at = anew_at(card.order);
    let page = karin.open(&at);
    let answers = [("hant", "not_arrived"), ("satt", "rek"), ("rutin", "ja")];
    let first = karin.send(&page, &at, &answers);
    let second = karin.send(&page, &at, &answers);
    assert_eq!(placed(&first), placed(&second));
    assert_eq!(orders_of(world, &maja), 2);
    // Whoever opens the old page anew is told that the order is over.
    let later = karin.open(&at);
    later.sees("Beställningen är avslutad.");
    assert!(!later.has_form(&at));
    world.work();
}

/// Proves: 3-14
#[test]
fn the_workplaces_routine_is_shown_and_nothing_is_ordered_before_it_is_read() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let at = anew_at(card.order);
    let page = karin.open(&at);
    page.sees("Så gör vi på Region Mälarvik");
    page.sees("Beställningar till dig som är anställd i regionen görs av ett kortkontor.");
    let unread = [("hant", "not_arrived"), ("satt", "a_post")];
    let refused = karin.send(&page, &at, &unread);
    assert_eq!(refused.status, 422);
    refused.sees("Arbetsplatsens rutin är inte läst.");
    assert!(is_sent(world, &card));
    assert_eq!(orders_of(world, &maja), 1);
    let nothing = karin.send(&page, &at, &[("rutin", "ja")]);
    assert_eq!(nothing.status, 422);
    nothing.sees("Välj vad som har hänt med kortet.");
    nothing.sees("Välj hur kortet ska skickas.");
    placed(&reorder(&karin, card.order, "not_arrived", "a_post"));
    world.work();
}

/// An order for Ylva, whose data are protected.
fn protected_order(world: &World) -> Order {
    let ylva = world.person("SE2399000013-1012");
    let mut call = world.leif().call();
    if let Actor::Officer(officer) = &mut call.actor {
        let mut also = officer.appointments[0].clone();
        also.role = Role::IdAdminProtected;
        officer.appointments.push(also);
    }
    let mut link = world.link();
    world
        .app()
        .refresh_register(&mut link, &call, ylva.id)
        .unwrap();
    let request = world.order_request(&ylva, DeliveryMethod::APost);
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap()
}

#[test]
fn an_order_out_of_reach_is_answered_like_one_that_does_not_exist() {
    let site = Site::start();
    let world = &site.world;
    let order = protected_order(world);
    world.work();
    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let unknown = cards_domain::ids::OrderId(uuid::Uuid::from_u128(404));
    let answers = [("hant", "not_arrived"), ("satt", "rek"), ("rutin", "ja")];
    for (key, id) in (1..).zip([order.id, unknown]) {
        let at = anew_at(id);
        assert_eq!(karin.open(&at).status, 404);
        assert_eq!(karin.force(&at, key, &answers).status, 404);
    }
    assert_eq!(world.order_now(order.id).stage, OrderStage::Dispatched);
}

#[test]
fn who_reviews_the_log_orders_nothing() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let nadja = Desk::officer(&site, NADJA);
    let at = anew_at(card.order);
    assert_eq!(nadja.open(&at).status, 403);
    let answers = [("hant", "not_arrived"), ("satt", "rek"), ("rutin", "ja")];
    assert_eq!(nadja.force(&at, 1, &answers).status, 403);
    assert!(!nadja.open(&order_at(card.order)).leads_to(&at));
    assert!(is_sent(world, &card));
    assert_eq!(orders_of(world, &maja), 1);
}
