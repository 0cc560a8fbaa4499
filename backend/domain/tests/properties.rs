//! What must hold in every life of a card, whatever people, post, manufacturer and time do.
#![expect(
    clippy::panic,
    reason = "a test stops where it does not know what to try"
)]

mod world;

use std::collections::BTreeSet;

use cards_domain::access::{Actor, Function, SystemActor, permit};
use cards_domain::card::{Card, CardAction, CardActionName};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::offer::available;
use cards_domain::order::{Order, OrderAction, OrderActionName, OrderStage};
use cards_domain::product::CodeDelivery;
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::walk::{self, Step};
use world::{World, given};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// What becomes of a perfect attempt at an offered action, in a copy of the world.
fn attempt_on_order(
    world: &World,
    by: &Actor,
    id: Uuid,
    name: OrderActionName,
) -> Result<(), Refusal> {
    let ledger = given::system(SystemActor::Ledger);
    let mut world = world.clone();
    match name {
        OrderActionName::CompletePrerequisites => {
            world.act::<Order>(by, id, &OrderAction::CompletePrerequisites)
        }
        OrderActionName::Cancel => world.act::<Order>(by, id, &OrderAction::Cancel),
        // An officer orders anew; the ledger ends the old order in the same transaction.
        OrderActionName::ReplaceUndelivered => permit(by, Function::OrderCard, &given::subject())
            .and_then(|()| world.act::<Order>(&ledger, id, &OrderAction::ReplaceUndelivered)),
        other => panic!("{other:?} is offered; say here what a perfect attempt at it is"),
    }
}

fn attempt_on_card(
    world: &World,
    by: &Actor,
    card: &Card,
    name: CardActionName,
) -> Result<(), Refusal> {
    let mut world = world.clone();
    match name {
        CardActionName::Unlock => {
            let number = card.number.clone().unwrap_or_else(|| given::card_number(0));
            let check = given::perfect_check(&number, &world.product, world.now);
            world.act::<Card>(by, card.id.0, &CardAction::Unlock(check))
        }
        other => panic!("{other:?} is offered; say here what a perfect attempt at it is"),
    }
}

fn offers_hold(world: &World, by: &Actor) {
    use world::Kept;
    let mut facts_of = world.clone();
    for order in world.orders.values() {
        let facts = order.facts(&mut facts_of, by);
        for offer in available(by, order, &facts, world.now) {
            let done = attempt_on_order(world, by, order.id.0, offer.action);
            assert_eq!(done, offer.verdict, "{:?}", offer.action);
        }
    }
    for card in world.cards.values() {
        let facts = card.facts(&mut facts_of, by);
        for offer in available(by, card, &facts, world.now) {
            let done = attempt_on_card(world, by, card, offer.action);
            assert_eq!(done, offer.verdict, "{:?}", offer.action);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    /// No follow-up is refused, ends last, and things, clocks and one another agree: the world
    /// itself stops the test otherwise.
    #[test]
    fn every_life_is_consistent_and_leaves_no_clock_behind(
        mut world in walk::world(),
        officers in walk::officers(),
        steps in walk::steps(),
    ) {
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
            world.check();
        }
        world.come_to_rest();
        world.check();
        prop_assert!(world.is_at_rest());
        prop_assert!(world.clocks.is_empty(), "still runs: {:?}", world.clocks);
    }

    #[test]
    fn what_is_offered_is_accepted_and_what_is_refused_is_refused_for_the_same_reason(
        mut world in walk::world(),
        officers in walk::officers(),
        steps in walk::steps(),
        asks in 0..4usize,
    ) {
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
            offers_hold(&world, &officers[asks]);
        }
    }

    #[test]
    fn what_is_refused_changes_nothing(
        mut world in walk::world(),
        officers in walk::officers(),
        steps in walk::steps(),
    ) {
        for (who, step) in &steps {
            let before = world.clone();
            if let Some(Err(_)) = world.take(&officers[usize::from(*who)], step) {
                prop_assert_eq!(&before.orders, &world.orders);
                prop_assert_eq!(&before.cards, &world.cards);
                prop_assert_eq!(&before.deliveries, &world.deliveries);
                prop_assert_eq!(&before.codes, &world.codes);
                prop_assert_eq!(&before.receipts, &world.receipts);
                prop_assert_eq!(&before.clocks, &world.clocks);
            }
        }
    }
}

#[test]
fn the_random_lives_come_to_every_stage() {
    let mut runner = TestRunner::deterministic();
    let lives = (walk::world(), walk::officers(), walk::steps());
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for _ in 0..400 {
        let (mut world, officers, steps) = lives.new_tree(&mut runner).unwrap().current();
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
            seen.extend(stages(&world));
        }
    }
    // A draft is placed in the transaction that begins it, and nothing refuses an order yet.
    let never = [OrderStage::Draft, OrderStage::Rejected].map(Into::<&str>::into);
    let missed: Vec<_> = all_stages()
        .into_iter()
        .filter(|stage| !seen.contains(stage) && !never.contains(&stage.1))
        .collect();
    assert_eq!(missed, []);
}

fn stages(world: &World) -> Vec<(&'static str, &'static str)> {
    fn of<L: Lifecycle>(
        things: &std::collections::BTreeMap<Uuid, L>,
    ) -> Vec<(&'static str, &'static str)> {
        let named = |thing: &L| (L::KIND.into(), thing.stage().into());
        things.values().map(named).collect()
    }
    [
        of(&world.orders),
        of(&world.deliveries),
        of(&world.cards),
        of(&world.codes),
        of(&world.receipts),
    ]
    .concat()
}

fn all_stages() -> Vec<(&'static str, &'static str)> {
    fn of<L: Lifecycle>() -> Vec<(&'static str, &'static str)> {
        L::Stage::iter()
            .map(|stage| (L::KIND.into(), stage.into()))
            .collect()
    }
    [
        of::<Order>(),
        of::<cards_domain::delivery::Delivery>(),
        of::<Card>(),
        of::<cards_domain::chip_code::ChipCode>(),
        of::<cards_domain::receipt::Receipt>(),
    ]
    .concat()
}

#[test]
fn the_straight_way_ends_with_an_active_card_and_the_old_one_revoked() {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    let officer = given::almighty(given::colleague(1));
    let straight = [
        Step::Order {
            registered: true,
            missing: false,
        },
        Step::Produce { valid_days: 1_800 },
        Step::Dispatch,
        Step::Unlock,
    ];
    for _ in 0..2 {
        for step in &straight {
            assert_eq!(world.take(&officer, step), Some(Ok(())), "{step:?}");
            world.check();
        }
        let kind = SignatureKind::ReauthenticatedSession;
        assert_eq!(world.sign(&given::holder(), kind), Some(Ok(())));
        world.check();
    }
    let stages: Vec<&str> = world
        .cards
        .values()
        .map(|card| card.stage().into())
        .collect();
    assert_eq!(stages, ["revoked", "active"]);
}

#[test]
fn a_failed_production_is_tried_again_with_the_same_card() {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    let officer = given::almighty(given::colleague(1));
    let steps = [
        Step::Order {
            registered: false,
            missing: false,
        },
        Step::FailProduction,
        Step::Send,
        Step::Produce { valid_days: 1_800 },
        Step::Dispatch,
    ];
    for step in &steps {
        assert_eq!(world.take(&officer, step), Some(Ok(())), "{step:?}");
        world.check();
    }
    assert_eq!((world.cards.len(), world.deliveries.len()), (1, 1));
}
