//! The second-party theorem: nobody comes to hold an active card in another person's name through
//! the acts of one officer. For an ordinary card the second party is the manufacturer and the post
//! to the registered address; for a card that has lain at the office it is another officer. And
//! nobody acts as officer on their own card.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use std::collections::BTreeSet;

use cards_domain::access::{Actor, Role};
use cards_domain::card::{CardStageName, Custody};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CardId;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderRequest, RegisterFacts};
use cards_domain::product::CodeDelivery;
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use cards_domain::tables::Tabled;
use proptest::prelude::*;
use strum::IntoEnumIterator;
use world::walk::{self, Outcome, Step};
use world::{World, given};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Orders a card, photographs when the product has a photo, and registers the card as returned.
fn comes_back_to_the_office(world: &mut World, by: &Actor) {
    let order = Step::Order {
        registered: true,
        missing: false,
    };
    let photo = Step::ApprovePhoto {
        for_this_order: true,
    };
    let produce = Step::Produce { valid_days: 1_500 };
    let photo = world.product.has_photo.then_some(photo);
    let rest = [produce, Step::Dispatch, Step::ReceiveAtOffice];
    for step in [order].into_iter().chain(photo).chain(rest) {
        assert_eq!(world.take(by, &step), Some(Ok(())), "{step:?}");
    }
}

fn last_card(world: &World) -> CardStageName {
    world.cards.values().next_back().unwrap().stage()
}

fn lie_at_the_office(world: &World) -> impl Iterator<Item = CardId> {
    let cards = world.cards.values();
    cards
        .filter(|card| card.custody == Custody::Office)
        .map(|card| card.id)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn one_officer_alone_never_brings_a_card_that_has_lain_at_the_office_to_life(
        mut world in walk::world(),
        steps in walk::steps(),
    ) {
        let officer = given::almighty(given::colleague(1));
        comes_back_to_the_office(&mut world, &officer);
        prop_assert_eq!(world.unlock(&officer), Some(Err(Refusal::SecondPersonNeeded)));
        let mut been_there: BTreeSet<CardId> = BTreeSet::new();
        for (_, step) in &steps {
            been_there.extend(lie_at_the_office(&world));
            world.take(&officer, step);
            for card in world.cards.values().filter(|card| been_there.contains(&card.id)) {
                prop_assert!(!matches!(
                    card.stage(),
                    CardStageName::UnlockedUnsigned | CardStageName::Active
                ));
            }
        }
    }

    #[test]
    fn whoever_unlocks_a_card_is_not_its_holder_and_at_the_office_had_no_hand_in_it_before(
        mut world in walk::world(),
        officers in walk::officers(),
        steps in walk::steps(),
    ) {
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
        }
        for unlocking in &world.unlockings {
            prop_assert_ne!(unlocking.by, given::HOLDER);
            prop_assert_ne!(unlocking.ordered_by, given::HOLDER);
            prop_assert_ne!(unlocking.photographed_by, Some(given::HOLDER));
            if unlocking.from == Custody::Office {
                prop_assert_ne!(unlocking.by, unlocking.ordered_by);
                prop_assert_ne!(Some(unlocking.by), unlocking.photographed_by);
            } else {
                prop_assert_eq!(unlocking.from, Custody::Post, "who had the card?");
            }
        }
    }

    #[test]
    fn nobody_does_anything_as_officer_with_their_own_card(
        mut world in walk::world(),
        steps in walk::steps(),
    ) {
        let colleague = given::almighty(given::colleague(1));
        let own = given::almighty(given::HOLDER);
        for (_, step) in &steps {
            if is_an_officers(step) {
                let attempt: Outcome = world.clone().take(&own, step);
                prop_assert!(
                    matches!(attempt, None | Some(Err(Refusal::OwnCard))),
                    "{:?}: {:?}", step, attempt
                );
            }
            world.take(&colleague, step);
        }
    }

    #[test]
    fn an_officer_without_the_role_never_unlocks_any_card(
        mut world in walk::world(),
        steps in walk::steps(),
    ) {
        let colleague = given::almighty(given::colleague(1));
        let others: Vec<Role> = Role::iter().filter(|role| *role != Role::IdAdmin).collect();
        let other = Actor::Officer(given::officer(given::colleague(2), &others));
        for (_, step) in &steps {
            let refused = matches!(world.clone().unlock(&other), None | Some(Err(Refusal::NotYourRole)));
            prop_assert!(refused);
            world.take(&colleague, step);
        }
    }
}

fn is_an_officers(step: &Step) -> bool {
    match step {
        Step::Order { .. }
        | Step::CompletePrerequisites
        | Step::ApprovePhoto { .. }
        | Step::Send
        | Step::Cancel
        | Step::AtOffice(_)
        | Step::ReceiveAtOffice
        | Step::Unlock
        | Step::Revoke { .. }
        | Step::Destroy { .. }
        | Step::LockCode(_)
        | Step::UnlockCode(_)
        | Step::SignOnPaper
        | Step::RefuseToSign => true,
        Step::FailProduction
        | Step::Produce { .. }
        | Step::Dispatch
        | Step::Replace
        | Step::Post(_)
        | Step::Sign
        | Step::Wait { .. }
        | Step::Night => false,
    }
}

#[test]
fn another_officer_hands_over_what_lay_at_the_office() {
    let mut world = World::new(true, CodeDelivery::ChosenAtActivation);
    comes_back_to_the_office(&mut world, &given::almighty(given::colleague(1)));
    let another = given::almighty(given::colleague(2));
    assert_eq!(world.unlock(&another), Some(Ok(())));
    assert_eq!(last_card(&world), CardStageName::UnlockedUnsigned);
    let ink = SignatureKind::Paper;
    assert_eq!(world.sign(&another, ink), Some(Ok(())));
    assert_eq!(last_card(&world), CardStageName::Active);
}

#[test]
fn who_took_the_photo_of_an_order_placed_by_another_does_not_hand_it_over_from_the_office() {
    let mut world = World::new(true, CodeDelivery::ChosenAtActivation);
    let [orders, photographs, third] = [1, 2, 3].map(|n| given::almighty(given::colleague(n)));
    world.order(&orders, DeliveryMethod::APost).unwrap();
    let photo = Step::ApprovePhoto {
        for_this_order: true,
    };
    let produce = Step::Produce { valid_days: 1_500 };
    for step in [photo, produce, Step::Dispatch, Step::ReceiveAtOffice] {
        assert_eq!(world.take(&photographs, &step), Some(Ok(())), "{step:?}");
    }
    let refused = Some(Err(Refusal::SecondPersonNeeded));
    assert_eq!(world.unlock(&orders), refused);
    assert_eq!(world.unlock(&photographs), refused);
    assert_eq!(world.unlock(&third), Some(Ok(())));
}

#[test]
fn nothing_that_an_officer_asks_for_or_does_can_choose_where_a_card_is_sent() {
    let recipient = given::recipient();
    for trial in Order::trials() {
        for stage in <Order as Lifecycle>::Stage::iter() {
            let order = (trial.on)(Order::specimen(stage));
            let event = order.decide(&trial.by, &trial.action, &trial.facts, trial.now);
            if let Ok(event) = event {
                let after = order.clone().evolve(&event, trial.now);
                assert_eq!(after.recipient, order.recipient);
            }
        }
    }
    // Whoever adds a field to the request must say here that it is no name and no address.
    let OrderRequest {
        id: _,
        person: _,
        organisation: _,
        product: _,
        office: _,
        method: _,
        routine_confirmed: _,
    } = request();
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    let officer = given::almighty(given::colleague(1));
    let order = world.order(&officer, DeliveryMethod::APost).unwrap();
    assert_eq!(world.orders[&order.0].recipient, recipient);
    assert_eq!(
        RegisterFacts::Reachable(recipient),
        <Order as world::Kept>::facts_for_new(&mut world, &officer, None).register
    );
}

fn request() -> OrderRequest {
    OrderRequest {
        id: cards_domain::ids::OrderId(uuid::Uuid::from_u128(1)),
        person: given::HOLDER,
        organisation: given::ORGANISATION,
        product: given::PRODUCT,
        office: given::OFFICE,
        method: DeliveryMethod::APost,
        routine_confirmed: true,
    }
}
