//! What it costs to open a page.

use cards_acceptance::World;
use cards_app::Failure;
use cards_app::queries::LookedAt;
use cards_domain::delivery::DeliveryMethod;

use super::spent;
use crate::locked::{lock, locked_card};

/// Asserts that a page costs at most `most` statements.
fn page<T>(
    world: &World,
    (what, most): (&str, u64),
    open: impl FnOnce(&mut cards_app::Link) -> Result<T, Failure>,
) -> T {
    let (page, statements) = spent(world, open);
    assert!(statements <= most, "{what}: {statements} statements");
    page.unwrap_or_else(|failure| panic!("{what}: {failure:?}"))
}

/// Statements for a person's page beside the session.
const A_PERSON: u64 = 10;

#[test]
fn a_persons_page_costs_the_same_whatever_the_person_has() {
    let world = World::new();
    let (maja, karin) = (world.maja(), world.karin().call());
    let app = world.app();
    let open = |what| {
        page(&world, (what, A_PERSON), |link| {
            app.person_page(link, &karin, maja.id)
        })
    };
    assert!(open("nothing").cards.is_empty());
    let card = locked_card(&world, &maja);
    assert_eq!(open("one card, locked").cards.len(), 1);
    let order = world.order(&maja, DeliveryMethod::APost);
    let found = open("a card and an order");
    assert_eq!((found.cards.len(), found.orders.len()), (2, 2));
    world.work();
    let found = open("two cards");
    assert_eq!(found.cards.len(), 2);
    assert!(found.cards.iter().any(|one| one.sheet.card.id == card.id));
    let second = world.card(world.order_now(order.id).card.unwrap());
    let check = world.check(&second, &maja);
    world.unlock(&karin, &second, &check).unwrap();
    world.sign(&maja, &second).unwrap();
    world.work();
    lock(&world, &karin, &second).unwrap();
    let found = open("one in use and one that has ended");
    assert_eq!(found.cards.len(), 2);
    world.work();
}

#[test]
fn a_card_is_looked_up_in_three_statements_with_its_look_and_the_session() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let karin = world.karin().call();
    let session = 1;
    let scope =
        cards_domain::access::Scope::of(&karin.actor, cards_domain::access::Function::ViewPerson);
    let found = page(&world, ("look-up", 3 - session), |link| {
        let at = LookedAt::Card(card.id);
        let every = cards_app::Which::Every;
        world.app().ledger.look(link, &karin, at, every)?;
        link.card(&scope, card.id).map_err(Failure::from)
    });
    assert_eq!(found.unwrap().card.number, card.number);
}

#[test]
fn the_pages_about_one_thing_stay_within_their_budget() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let karin = world.karin().call();
    let app = world.app();
    page(&world, ("card", 4), |link| {
        app.card_page(link, &karin, card.id)
    });
    page(&world, ("order", 4), |link| {
        app.order_page(link, &karin, card.order)
    });
    page(&world, ("locked card", 5), |link| {
        app.locked_page(link, &karin, card.id)
    });
    page(&world, ("loss", 4), |link| {
        app.loss_page(link, &karin, card.id)
    });
    page(&world, ("holder", 6), |link| {
        app.holder_page(link, &maja.call())
    });
    page(&world, ("holder's locked card", 6), |link| {
        app.holder_locked(link, &maja.call(), card.id)
    });
    page(&world, ("start", 2), |link| app.start_page(link, &karin));
    world.work();
}
