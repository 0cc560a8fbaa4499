//! Registered mail: traced while it is under way, ordered anew once it is lost or has come back, and
//! the only post after two letters in a row.

use cards_acceptance::site::Site;
use cards_domain::card::{Custody, RevocationReason};
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::ids::OrderId;
use cards_domain::order::OrderStage;

use super::{anew_at, card_of, is_sent, order_at, orders_of, placed, reorder, revoked_as};
use crate::desk::{Desk, KARIN, go_to};

fn stage_of(site: &Site, order: OrderId) -> DeliveryStage {
    let mut link = site.world.link();
    let card = site.world.order_now(order).card.unwrap();
    let sheet = link.card_for_errand(card).unwrap().unwrap();
    sheet.delivery.unwrap().stage
}

fn rek_id(site: &Site, order: OrderId) -> String {
    let mut link = site.world.link();
    let card = site.world.order_now(order).card.unwrap();
    let sheet = link.card_for_errand(card).unwrap().unwrap();
    sheet.delivery.unwrap().rek_id.unwrap().to_string()
}

#[test]
fn registered_mail_under_way_is_traced_and_not_ordered_anew_on_the_forty_fifth_day_either() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let rek_id = rek_id(&site, card.order);
    go_to(&site, "2030-02-21T09:00:00Z");
    let karin = Desk::officer(&site, KARIN);
    let instead = format!("Ge innehavaren Rek-id {rek_id} i stället för att beställa nytt.");
    let order = karin.open(&order_at(card.order));
    order.sees(&instead);
    order.sees("Spåra hos Postnord");
    karin.open(&anew_at(card.order)).sees(&instead);
    let refused = reorder(&karin, card.order, "not_arrived", "rek");
    assert_eq!(refused.status, 422);
    refused.sees(&instead);
    assert!(is_sent(world, &card));
    assert_eq!(orders_of(world, &maja), 1);
}

#[test]
fn registered_mail_that_the_post_has_lost_is_ordered_anew_at_once() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&order_at(card.order));
    page.sees("Postnord svarar att försändelsen är borta");
    let to = format!("{}/sandning", order_at(card.order));
    let after = karin.send(&page, &to, &[("hant", "borta")]);
    assert_eq!((after.status, after.path), (200, order_at(card.order)));
    assert_eq!(stage_of(&site, card.order), DeliveryStage::Lost);
    let new = placed(&reorder(&karin, card.order, "not_arrived", "rek"));
    assert_eq!(
        revoked_as(world, &card),
        Some(RevocationReason::ReplacedUndelivered)
    );
    world.work();
    assert!(is_sent(world, &card_of(world, new)));
    // It turns up after all, and is cut.
    let page = karin.open(&order_at(card.order));
    let late = karin.send(&page, &to, &[("hant", "sent")]);
    late.sees("Kortet är spärrat: be innehavaren klippa det genom chippet och kasta det.");
    assert_eq!(stage_of(&site, card.order), DeliveryStage::LateArrival);
}

#[test]
fn a_registered_letter_that_came_back_is_scanned_and_may_be_ordered_anew_at_once() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let karin = Desk::officer(&site, KARIN);
    let at = format!("/id-admin/kort/{}/ta-emot", card.id);
    let page = karin.open(&at);
    let wrong = karin.send(&page, &at, &[("kortnummer", "9752000000000000001")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(world.card(card.id).custody, Custody::Post);
    let number = card.number.clone().unwrap().to_string();
    let taken = karin.send(&page, &at, &[("kortnummer", &number)]);
    assert_eq!(taken.path, format!("/id-admin/person/{}", maja.id));
    assert_eq!(world.card(card.id).custody, Custody::Office);
    assert_eq!(stage_of(&site, card.order), DeliveryStage::ReturnedToSender);
    let new = placed(&reorder(&karin, card.order, "not_arrived", "rek"));
    assert_eq!(
        revoked_as(world, &card),
        Some(RevocationReason::ReplacedUndelivered)
    );
    world.work();
    assert!(is_sent(world, &card_of(world, new)));
}

/// Two letters in a row that did not come, on 8 March: the second's order.
fn second_missing(site: &Site) -> OrderId {
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    go_to(site, "2030-02-06T09:00:00Z");
    let karin = Desk::officer(site, KARIN);
    let second = placed(&reorder(&karin, card.order, "not_arrived", "a_post"));
    world.work();
    go_to(site, "2030-03-08T09:00:00Z");
    second
}

/// R15: the second card in a row has not come.
#[test]
fn after_two_letters_in_a_row_the_third_goes_where_somebody_signs_for_it() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let second = second_missing(&site);
    let karin = Desk::officer(&site, KARIN);
    let page = karin.open(&anew_at(second));
    assert_eq!(page.choices("satt"), ["rek", "to_office"]);
    let refused = reorder(&karin, second, "not_arrived", "a_post");
    assert_eq!(refused.status, 422);
    refused.sees("Det tredje skickas inte som vanligt brev.");
    assert!(is_sent(world, &card_of(world, second)));
    assert_eq!(orders_of(world, &maja), 2);
    let third = placed(&reorder(&karin, second, "not_arrived", "rek"));
    assert_eq!(world.order_now(third).method, DeliveryMethod::Rek);
    world.work();
    assert_eq!(world.order_now(third).stage, OrderStage::Dispatched);
}

/// R15, with the card sent to the office.
#[test]
fn the_third_card_can_go_to_the_office_where_another_officer_hands_it_over() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let second = second_missing(&site);
    let karin = Desk::officer(&site, KARIN);
    let third = placed(&reorder(&karin, second, "not_arrived", "to_office"));
    world.work();
    let card = card_of(world, third);
    super::office::only_another_hands_over(&site, &maja, &card);
}
