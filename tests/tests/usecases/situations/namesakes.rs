//! R1: two persons with the same name, born on the same day, with numbers a few digits apart.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryMethod;
use diesel::connection::SimpleConnection as _;

use super::{check, check_at_the_counter};
use crate::desk::{Desk, KARIN};

/// The other Maja, as if the register spelled her name in the same way.
fn namesake(world: &World) -> Person {
    let other = "SE2399000013-1009";
    let same = format!(
        "UPDATE person SET surname = m.surname, surname_key = m.surname_key \
         FROM (SELECT surname, surname_key FROM person WHERE id = '{}') AS m \
         WHERE id = '{}'",
        world.maja().id,
        world.person(other).id
    );
    world.database.connect().batch_execute(&same).unwrap();
    world.person(other)
}

#[test]
fn r1_namesakes_are_told_apart_in_the_search_by_birth_date_number_and_workplace() {
    let site = Site::start();
    let world = &site.world;
    let (maja, other) = (world.maja(), namesake(world));
    let karin = Desk::officer(&site, KARIN);
    assert_eq!(maja.name, other.name);
    let hits = karin.search("Maja Lindqvist");
    assert_eq!(hits.path, "/id-admin/sok", "a name never leads to a person");
    assert_eq!(hits.status, 200);
    for person in [&maja, &other] {
        hits.sees(&person.name);
        hits.sees(&person.number.to_string());
        let born = person.number.birth_date().unwrap();
        hits.sees(&born.to_string());
        assert!(hits.leads_to(&format!("/id-admin/person/{}", person.id)));
    }
    hits.sees("Liknande person finns");
    // The number opens the one that it belongs to.
    let one = karin.search(other.number.as_str());
    assert_eq!(one.path, format!("/id-admin/person/{}", other.id));
}

#[test]
fn r1_a_namesakes_document_or_card_is_refused_at_the_counter_whatever_the_names_say() {
    let site = Site::start();
    let world = &site.world;
    let (maja, other) = (world.maja(), namesake(world));
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let of_other = world.sent_card(&other, DeliveryMethod::APost);
    let number = |card: &cards_domain::card::Card| card.number.clone().unwrap().to_string();
    let karin = Desk::officer(&site, KARIN);

    let document = check(&number(&card), other.number.as_str());
    let refused = check_at_the_counter(&karin, &card, &document);
    assert_eq!(refused.status, 422);
    let in_hand = check(&number(&of_other), maja.number.as_str());
    let refused = check_at_the_counter(&karin, &card, &in_hand);
    assert_eq!(refused.status, 422);
    for card in [&card, &of_other] {
        assert!(matches!(world.card(card.id).stage, CardStage::Sent { .. }));
    }
    let right = check(&number(&card), maja.number.as_str());
    let asked = check_at_the_counter(&karin, &card, &right);
    assert_eq!(asked.status, 303, "{}", asked.body);
    world.work();
}
