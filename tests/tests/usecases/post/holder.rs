//! What the holder does in Mina sidor when a card does not come, and when it comes too late.

use cards_acceptance::site::Site;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::ids::CardId;

use super::{order_at, placed, reorder};
use crate::desk::{Desk, KARIN, TOVE, go_to};

fn stage_of(site: &Site, card: CardId) -> DeliveryStage {
    let mut link = site.world.link();
    let sheet = link.card_for_errand(card).unwrap().unwrap();
    sheet.delivery.unwrap().stage
}

/// Proves: 3-9
#[test]
fn an_ordinary_letter_has_no_tracking_and_both_pages_say_so() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let order = Desk::officer(&site, KARIN).open(&order_at(card.order));
    order.sees("A-post kan inte spåras.");
    assert!(!order.reads("Spåra hos Postnord"));
    let mine = Desk::holder(&site, &maja).open(&format!("/mina-sidor/kort/{}", card.id));
    mine.sees("Kortet skickas med A-post (vanligt brev) och kan inte spåras.");
    assert!(!mine.reads("Spåra hos Postnord"));
}

/// Proves: 3-13
#[test]
fn a_holder_says_that_the_card_has_not_come_and_later_that_it_has_and_is_told_to_cut_it() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let at = format!("/mina-sidor/kort/{}/inte-kommit", card.id);
    go_to(&site, "2030-02-05T09:00:00Z");
    let holder = Desk::holder(&site, &maja);
    let page = holder.open(&at);
    page.sees("2030-02-06");
    assert!(!page.has_form(&at), "too soon");
    let refused = holder.force(&at, 1, &[]);
    assert_eq!(refused.status, 409);
    refused.sees("2030-02-06");
    assert_eq!(stage_of(&site, card.id), DeliveryStage::Posted);

    go_to(&site, "2030-02-06T09:00:00Z");
    let holder = Desk::holder(&site, &maja);
    assert!(holder.open("/mina-sidor").leads_to(&at));
    let told = holder.send(&holder.open(&at), &at, &[]);
    told.sees("Kontoret vet att kortet inte har kommit");
    assert_eq!(stage_of(&site, card.id), DeliveryStage::ReportedMissing);

    let karin = Desk::officer(&site, KARIN);
    placed(&reorder(&karin, card.order, "not_arrived", "a_post"));
    world.work();
    let replaced = holder.open(&at);
    replaced.sees("Ett nytt kort är beställt");
    replaced.sees("Kommer det ändå: klipp det genom chippet och kasta det.");

    let late = format!("/mina-sidor/kort/{}/kom-sent", card.id);
    let came = holder.send(&replaced, &late, &[]);
    came.sees("Kortet kom till slut");
    came.sees("Klipp det genom chippet och kasta det.");
    assert_eq!(stage_of(&site, card.id), DeliveryStage::LateArrival);
    karin
        .open(&order_at(card.order))
        .sees("klippa det genom chippet och kasta det");
}

#[test]
fn a_card_that_comes_late_before_anything_was_ordered_is_activated() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&site, "2030-02-06T09:00:00Z");
    let holder = Desk::holder(&site, &maja);
    let at = format!("/mina-sidor/kort/{}/inte-kommit", card.id);
    let told = holder.send(&holder.open(&at), &at, &[]);
    let late = format!("/mina-sidor/kort/{}/kom-sent", card.id);
    let came = holder.send(&told, &late, &[]);
    came.sees("Ta med det och en fysisk id-handling till kontoret för att aktivera det.");
    assert!(!came.has_form(&at) && !came.has_form(&late));
    // A card in hand is not ordered anew as if it had not come.
    let tove = Desk::officer(&site, TOVE);
    let refused = reorder(&tove, card.order, "not_arrived", "a_post");
    assert_eq!(refused.status, 422);
    refused.sees("Försändelsen är redan framme eller avslutad.");
    super::hand_over(&site, &world.karin(), &maja, &card);
}

#[test]
fn a_holder_reports_no_registered_letter_and_nobody_elses_card() {
    let site = Site::start();
    let world = &site.world;
    let (maja, other) = (world.maja(), world.person("SE2399000013-1009"));
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    go_to(&site, "2030-02-21T09:00:00Z");
    let at = format!("/mina-sidor/kort/{}/inte-kommit", card.id);
    let holder = Desk::holder(&site, &maja);
    assert!(!holder.open(&at).has_form(&at));
    assert_eq!(holder.force(&at, 1, &[]).status, 409);
    let stranger = Desk::holder(&site, &other);
    assert_eq!(stranger.open(&at).status, 404);
    assert_eq!(stranger.force(&at, 2, &[]).status, 404);
    assert_eq!(stage_of(&site, card.id), DeliveryStage::Posted);
}

#[test]
fn an_officer_records_what_the_holder_says_on_the_telephone_from_the_thirtieth_day() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let to = format!("{}/sandning", order_at(card.order));
    go_to(&site, "2030-02-05T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let refused = karin.force(&to, 1, &[("hant", "saknas")]);
    assert_eq!(refused.status, 409);
    refused.sees("2030-02-06");
    go_to(&site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&order_at(card.order));
    page.sees("Innehavaren säger att kortet inte har kommit");
    karin.send(&page, &to, &[("hant", "saknas")]);
    assert_eq!(stage_of(&site, card.id), DeliveryStage::ReportedMissing);
    let nonsense = karin.force(&to, 2, &[("hant", "kanske")]);
    assert_eq!(nonsense.status, 404);
}
