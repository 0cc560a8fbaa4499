//! Cards that came in no fit state, and cards that the manufacturer does not make.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_domain::card::RevocationReason;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CardId;
use cards_domain::order::OrderStage;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use super::{
    anew_at, assert_one_transaction, card_of, is_sent, order_at, order_with_photo, placed, reorder,
    revoked_as, take_photo,
};
use crate::desk::{Desk, KARIN, go_to};

#[derive(Debug, PartialEq, QueryableByName)]
struct Case {
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = Text)]
    reporter: String,
    #[diesel(sql_type = Text)]
    stage: String,
}

fn cases(world: &World, card: CardId) -> Vec<Case> {
    diesel::sql_query("SELECT reason, reporter, stage FROM revocation WHERE card_id = $1")
        .bind::<SqlUuid, _>(card.0)
        .load(&mut world.database.connect())
        .unwrap()
}

fn case(stage: &str) -> Case {
    Case {
        reason: "stolen".to_owned(),
        reporter: "office".to_owned(),
        stage: stage.to_owned(),
    }
}

/// R13: the envelope was open.
#[test]
fn a_card_whose_envelope_was_open_is_revoked_as_stolen_and_ordered_anew_at_once() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-01-09T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let new = placed(&reorder(&karin, card.order, "envelope_opened", "rek"));
    assert_eq!(revoked_as(world, &card), Some(RevocationReason::Stolen));
    assert_eq!(cases(world, card.id), [case("closed")]);
    let changes = [
        (card.order.0, "replace_undelivered"),
        (card.id.0, "revoke"),
        (new.0, "begin"),
    ];
    assert_one_transaction(world, &changes);
    assert_eq!(
        world.order_now(card.order).stage,
        OrderStage::ReplacedUndelivered
    );
    world.work();
    assert!(is_sent(world, &card_of(world, new)));
}

/// R13 for a card that is an identity card: the police are told, and the case stays open till then.
#[test]
fn the_theft_of_an_identity_card_leaves_a_case_with_the_police_to_tell() {
    let mut site = Site::start();
    site.world.may_leave_errands = true;
    let world = &site.world;
    let maja = world.maja();
    let order = order_with_photo(world, &world.karin(), &maja, true);
    take_photo(world, &world.karin(), &order);
    world.work();
    let card = card_of(world, order.id);
    let karin = Desk::officer(&site, KARIN);
    let new = placed(&reorder(&karin, order.id, "envelope_opened", "rek"));
    assert_eq!(revoked_as(world, &card), Some(RevocationReason::Stolen));
    assert_eq!(cases(world, card.id), [case("external_steps_pending")]);
    assert_eq!(
        world.order_now(new).stage,
        OrderStage::SentToManufacturer,
        "the photo is there, so nothing waits"
    );
}

#[test]
fn a_card_that_came_damaged_is_revoked_and_ordered_anew_at_once() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    let new = placed(&reorder(&karin, card.order, "card_damaged", "a_post"));
    assert_eq!(
        revoked_as(world, &card),
        Some(RevocationReason::CardDamaged)
    );
    assert_eq!(cases(world, card.id), []);
    world.work();
    assert!(is_sent(world, &card_of(world, new)));
}

fn set_switches(world: &World, fail_next: u32, pause: bool) {
    let home = &world.system.demo.as_ref().unwrap().home;
    let switches = cards_gateways::manufacturer::Simulator::switches(home);
    let mut set = switches.read().unwrap();
    (set.fail_next, set.pause) = (fail_next, pause);
    switches.write(&set).unwrap();
}

#[test]
fn an_order_that_stands_still_at_the_manufacturer_is_replaced_on_the_thirtieth_day() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    set_switches(world, 0, true);
    let order = world.order(&maja, DeliveryMethod::Rek);
    world.work();
    go_to(&site, "2030-02-05T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&anew_at(order.id));
    page.sees("2030-02-06");
    assert!(!page.has_form(&anew_at(order.id)), "nothing can be chosen");
    let answers = [("hant", "not_arrived"), ("satt", "rek"), ("rutin", "ja")];
    let refused = karin.force(&anew_at(order.id), 1, &answers);
    assert_eq!(refused.status, 422);
    refused.sees("2030-02-06");

    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let new = placed(&reorder(&karin, order.id, "not_arrived", "rek"));
    let first = card_of(world, order.id);
    assert_eq!(
        revoked_as(world, &first),
        Some(RevocationReason::ReplacedUndelivered)
    );
    // The manufacturer goes on, with both.
    set_switches(world, 0, false);
    world.work();
    assert!(is_sent(world, &card_of(world, new)));
    assert_eq!(
        world.order_now(order.id).stage,
        OrderStage::ReplacedUndelivered
    );
    assert_eq!(
        revoked_as(world, &first),
        Some(RevocationReason::ReplacedUndelivered)
    );
}

#[test]
fn an_order_that_could_not_be_made_is_sent_again_and_comes() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    set_switches(world, 1, false);
    let order = world.order(&maja, DeliveryMethod::APost);
    world.work();
    assert_eq!(world.order_now(order.id).stage, OrderStage::ReadyToSend);
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&order_at(order.id));
    page.sees("Stannade hos tillverkaren");
    page.sees("Tillverkaren kunde inte göra kortet och anger inget skäl.");
    let to = format!("{}/skicka", order_at(order.id));
    let sent = karin.send(&page, &to, &[]);
    assert_eq!(
        (sent.status, sent.path.as_str()),
        (200, &*order_at(order.id))
    );
    assert!(!sent.has_form(&to));
    world.work();
    assert_eq!(world.order_now(order.id).stage, OrderStage::Dispatched);
    assert!(is_sent(world, &card_of(world, order.id)));
}
