//! The second-party theorem: nobody comes to hold an active card in another person's name through
//! the acts of one officer. For an ordinary card the second party is the manufacturer and the post
//! to the registered address; for a card that was sent to the office, or has come back there, it is
//! another officer, who neither ordered it nor took the photo, however long ago. And nobody acts as
//! officer on their own card.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use std::collections::BTreeSet;

use cards_domain::access::{Actor, Role};
use cards_domain::card::{CardStageName, Custody};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrderId};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderRequest, RegisterFacts, Told};
use cards_domain::photo::PhotoSource;
use cards_domain::product::CodeDelivery;
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use cards_domain::tables::Tabled;
use proptest::prelude::*;
use proptest::sample::select;
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::steps::{Outcome, Step};
use world::{KeptBegin, World, given, walk};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn take_all(world: &mut World, by: &Actor, steps: impl IntoIterator<Item = Step>) {
    for step in steps {
        assert_eq!(world.take(by, &step), Some(Ok(())), "{step:?}");
    }
}

fn photographed() -> [Step; 2] {
    [
        Step::TakePhoto(PhotoSource::Desk),
        Step::ApprovePhoto { seen: true },
    ]
}

fn posted() -> [Step; 2] {
    let produce = Step::Produce {
        valid_days: 1_500,
        product: "711",
    };
    [produce, Step::Dispatch]
}

/// Orders a card, photographs when the product has a photo, and sees the card posted; one that
/// is not sent to the office comes back there.
fn comes_to_the_office(world: &mut World, by: &Actor, method: DeliveryMethod) {
    world.order(by, method).unwrap();
    let photo = world.product.has_photo.then(photographed);
    take_all(world, by, photo.into_iter().flatten().chain(posted()));
    if method != DeliveryMethod::ToOffice {
        take_all(world, by, [Step::ReceiveAtOffice]);
    }
}

fn last_card(world: &World) -> CardStageName {
    world.cards.values().next_back().unwrap().stage()
}

/// The cards that only officers have had.
fn at_the_office(world: &World) -> impl Iterator<Item = CardId> {
    let cards = world.cards.values();
    cards
        .filter(|card| {
            card.custody == Custody::Office
                || world.orders[&card.order.0].method == DeliveryMethod::ToOffice
        })
        .map(|card| card.id)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn one_officer_alone_never_brings_a_card_that_came_to_the_office_to_life(
        mut world in walk::world(),
        method in select(DeliveryMethod::iter().collect::<Vec<_>>()),
        steps in walk::steps(),
    ) {
        let officer = given::almighty(given::colleague(1));
        comes_to_the_office(&mut world, &officer, method);
        prop_assert_eq!(world.unlock(&officer), Some(Err(Refusal::SecondPersonNeeded)));
        let mut been_there: BTreeSet<CardId> = BTreeSet::new();
        for (_, step) in &steps {
            been_there.extend(at_the_office(&world));
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
            let sent_here = unlocking.method == DeliveryMethod::ToOffice;
            if sent_here || unlocking.from == Custody::Office {
                prop_assert_ne!(unlocking.by, unlocking.ordered_by);
                prop_assert_ne!(Some(unlocking.by), unlocking.photographed_by);
            } else {
                prop_assert_eq!(unlocking.from, Custody::Post, "who had the card?");
            }
        }
    }

    /// Also of a photo that is used again, by whomever: who took it stands on every card that it is
    /// printed on.
    #[test]
    fn a_card_knows_who_took_the_photo_on_it_however_old_the_photo_is(
        mut world in walk::world(),
        officers in walk::officers(),
        steps in walk::steps(),
    ) {
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
        }
        for card in world.cards.values() {
            let order = &world.orders[&card.order.0];
            let photo = order.photo.map(|id| &world.photos[&id.0]);
            prop_assert_eq!(photo.is_some(), world.product.has_photo);
            prop_assert_eq!(card.photographed_by, photo.map(|photo| photo.taken_by));
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
    fn an_officer_without_the_role_never_unlocks_any_card_nor_any_code(
        mut world in walk::world(),
        steps in walk::steps(),
        which in 0..3usize,
    ) {
        let colleague = given::almighty(given::colleague(1));
        let others: Vec<Role> = Role::iter().filter(|role| *role != Role::IdAdmin).collect();
        let other = Actor::Officer(given::officer(given::colleague(2), &others));
        for (_, step) in &steps {
            for tried in [Step::Unlock, Step::UnlockAtVisit(which)] {
                let refused = world.clone().take(&other, &tried);
                prop_assert!(matches!(refused, None | Some(Err(Refusal::NotYourRole))));
            }
            world.take(&colleague, step);
        }
    }
}

/// Whether the step is taken by the officer, and by nobody else.
fn is_an_officers(step: &Step) -> bool {
    match step {
        Step::Order { .. }
        | Step::CompletePrerequisites
        | Step::TakePhoto(_)
        | Step::ApprovePhoto { .. }
        | Step::RejectPhoto
        | Step::UseStoredPhoto
        | Step::Send
        | Step::Cancel
        | Step::AtOffice(_)
        | Step::ReceiveAtOffice
        | Step::ReceiveAnother
        | Step::Unlock
        | Step::Report { .. }
        | Step::MistypeReport
        | Step::ExecuteReport
        | Step::WithdrawReport
        | Step::Destroy { .. }
        | Step::UnlockAtVisit(_)
        | Step::JudgeLetter { .. }
        | Step::SignOnPaper
        | Step::RefuseToSign => true,
        Step::Record { by_holder, .. }
        | Step::LockCode { by_holder, .. }
        | Step::UnlockWithPuk { by_holder, .. }
        | Step::AskForLetter { by_holder, .. }
        | Step::CancelLetter { by_holder } => !by_holder,
        Step::FailProduction
        | Step::Produce { .. }
        | Step::Dispatch
        | Step::Post(_)
        | Step::HolderSays { .. }
        | Step::HolderReports { .. }
        | Step::LetterMoves(_)
        | Step::Onward(_)
        | Step::LetterOnward(_)
        | Step::Sign
        | Step::Office(_)
        | Step::Employed(_)
        | Step::Wait { .. }
        | Step::Night => false,
    }
}

#[test]
fn another_officer_hands_over_what_came_to_the_office() {
    for method in DeliveryMethod::iter() {
        let mut world = World::new(true, CodeDelivery::ChosenAtActivation);
        comes_to_the_office(&mut world, &given::almighty(given::colleague(1)), method);
        let another = given::almighty(given::colleague(2));
        assert_eq!(world.unlock(&another), Some(Ok(())), "{method:?}");
        assert_eq!(last_card(&world), CardStageName::UnlockedUnsigned);
        let ink = SignatureKind::Paper;
        assert_eq!(world.sign(&another, ink), Some(Ok(())));
        assert_eq!(last_card(&world), CardStageName::Active);
    }
}

#[test]
fn who_took_the_photo_of_an_order_placed_by_another_does_not_hand_it_over_from_the_office() {
    let mut world = World::new(true, CodeDelivery::ChosenAtActivation);
    let [orders, photographs, third] = [1, 2, 3].map(|n| given::almighty(given::colleague(n)));
    world.order(&orders, DeliveryMethod::APost).unwrap();
    let arrived = posted().into_iter().chain([Step::ReceiveAtOffice]);
    take_all(
        &mut world,
        &photographs,
        photographed().into_iter().chain(arrived),
    );
    let refused = Some(Err(Refusal::SecondPersonNeeded));
    assert_eq!(world.unlock(&orders), refused);
    assert_eq!(world.unlock(&photographs), refused);
    assert_eq!(world.unlock(&third), Some(Ok(())));
}

#[test]
fn who_took_the_stored_photo_for_an_earlier_order_does_not_hand_the_next_card_over() {
    let mut world = World::new(true, CodeDelivery::ChosenAtActivation);
    let [photographs, orders, third] = [1, 2, 3].map(|n| given::almighty(given::colleague(n)));
    world.order(&photographs, DeliveryMethod::APost).unwrap();
    take_all(
        &mut world,
        &photographs,
        photographed().into_iter().chain(posted()),
    );
    let again = world.order_instead(&orders, DeliveryMethod::ToOffice, Told::CardDamaged);
    assert!(again.unwrap().is_ok());
    take_all(&mut world, &orders, posted());
    let refused = Some(Err(Refusal::SecondPersonNeeded));
    assert_eq!(world.unlock(&photographs), refused);
    assert_eq!(world.unlock(&orders), refused);
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
    let request = given::order_request(OrderId(Uuid::from_u128(1)), DeliveryMethod::APost);
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    let officer = given::almighty(given::colleague(1));
    let facts = Order::facts_to_begin(&mut world, &officer, &request);
    assert_eq!(facts.register, RegisterFacts::Reachable(recipient.clone()));
    // Whoever adds a field to the request must say here that it is no name and no address.
    let OrderRequest {
        id: _,
        person: _,
        organisation: _,
        product: _,
        office: _,
        method: _,
        routine_confirmed: _,
        replaces: _,
    } = request;
    let order = world.order(&officer, DeliveryMethod::APost).unwrap();
    assert_eq!(world.orders[&order.0].recipient, recipient);
}
