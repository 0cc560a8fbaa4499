//! Cards that lie at the office: whoever ordered them is not the one who hands them over.

use cards_acceptance::Person;
use cards_acceptance::site::Site;
use cards_app::Failure;
use cards_domain::card::{Card, Custody};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::refusal::Refusal;

use super::hand_over;
use crate::desk::{Desk, KARIN, TOVE};

const ANOTHER: &str = "Den som lämnar det måste vara en annan id-administratör.";

/// The card, ordered by Karin, comes to the office; Karin is refused and Tove hands it over.
pub fn only_another_hands_over(site: &Site, holder: &Person, card: &Card) {
    let world = &site.world;
    let karin = Desk::officer(site, KARIN);
    let at = format!("/id-admin/kort/{}/ta-emot", card.id);
    let page = karin.open(&at);
    let number = card.number.clone().unwrap().to_string();
    let taken = karin.send(&page, &at, &[("kortnummer", &number)]);
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert_eq!(world.card(card.id).custody, Custody::Office);
    assert_eq!(karin.open(&at).status, 409, "it lies there already");

    let counter = format!("/id-admin/kort/{}/aktivera", card.id);
    let refused = karin.open(&counter);
    assert_eq!(refused.status, 409);
    refused.sees(ANOTHER);
    let check = world.check(&world.card(card.id), holder);
    let answer = world.unlock(&world.karin().call(), card, &check);
    assert!(
        matches!(answer, Err(Failure::Refused(Refusal::SecondPersonNeeded))),
        "{answer:?}"
    );
    let allowed = Desk::officer(site, TOVE).open(&counter);
    assert_eq!((allowed.status, allowed.path.as_str()), (200, &*counter));
    assert!(allowed.has_form(&counter));
    hand_over(site, &world.tove(), holder, card);
}

#[test]
fn a_letter_that_came_back_is_handed_over_at_the_office_by_another_than_who_ordered_it() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.sent_card(&maja, DeliveryMethod::APost);
    only_another_hands_over(&site, &maja, &card);
}

#[test]
fn a_card_sent_to_the_office_is_not_handed_over_by_who_ordered_it_even_unscanned() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::ToOffice);
    let refused = Desk::officer(&site, KARIN).open(&format!("/id-admin/kort/{}/aktivera", card.id));
    assert_eq!(refused.status, 409);
    refused.sees(ANOTHER);
    hand_over(&site, &world.tove(), &maja, &card);
}

#[test]
fn a_card_that_was_ended_is_cut_at_the_office_by_its_number() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let karin = Desk::officer(&site, KARIN);
    let cut = format!("/id-admin/kort/{}/makulera", card.id);
    assert_eq!(karin.open(&cut).status, 409, "a living card is not cut");
    super::placed(&super::reorder(&karin, card.order, "card_damaged", "rek"));
    let page = karin.open(&cut);
    page.sees("rakt genom chippet");
    let another = karin.send(&page, &cut, &[("kortnummer", "9752000000000000001")]);
    assert_eq!(another.status, 422);
    assert_eq!(world.lines(card.id.0, "destroy", "done"), 0);
    let number = card.number.clone().unwrap().to_string();
    let done = karin.send(&page, &cut, &[("kortnummer", &number)]);
    assert_eq!(done.path, format!("/id-admin/person/{}", maja.id));
    assert_eq!(world.card(card.id).custody, Custody::Destroyed);
    world.work();
}
