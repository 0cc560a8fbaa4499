//! What must hold in every life of a card, whatever people, post, manufacturer and time do.
#![expect(
    clippy::panic,
    reason = "a test stops where it does not know what to try"
)]

mod world;

use std::collections::{BTreeMap, BTreeSet};

use cards_domain::access::{Actor, Loa};
use cards_domain::card::{Card, CardAction, CardActionName, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, ChipCodeActionName, CodeSource};
use cards_domain::delivery::{Delivery, DeliveryMethod};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::offer::{Offered, available};
use cards_domain::order::{Order, OrderAction, OrderActionName, OrderStage, Told};
use cards_domain::photo::Photo;
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterRejection, PukLetter, PukLetterAction, PukLetterActionName};
use cards_domain::receipt::Receipt;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Reporter, Revocation};
use cards_domain::signature::SignatureKind;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::walk::{self, Step};
use world::{Kept, World, given};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A thing of which a perfect attempt at every offered action can be made.
trait Attempted: Kept + Offered {
    /// What becomes of the attempt in this world.
    fn attempt(&self, world: &mut World, by: &Actor, name: Self::ActionName)
    -> Result<(), Refusal>;
}

impl Attempted for Order {
    fn attempt(&self, world: &mut World, by: &Actor, name: OrderActionName) -> Result<(), Refusal> {
        let action = match name {
            OrderActionName::CompletePrerequisites => OrderAction::CompletePrerequisites,
            OrderActionName::UseStoredPhoto => OrderAction::UseStoredPhoto,
            OrderActionName::Send => OrderAction::Send,
            OrderActionName::Cancel => OrderAction::Cancel,
            // A card is ordered anew, and this order gives way to the new one.
            OrderActionName::ReplaceUndelivered => {
                let method = DeliveryMethod::Rek;
                return world
                    .order_in_place_of(by, self.id, method, Told::NotArrived)
                    .map(drop);
            }
            other => panic!("{other:?} is offered; say here what a perfect attempt at it is"),
        };
        world.act::<Self>(by, self.id.0, &action)
    }
}

impl Attempted for Card {
    fn attempt(&self, world: &mut World, by: &Actor, name: CardActionName) -> Result<(), Refusal> {
        let number = self.number.clone().unwrap_or_else(|| given::card_number(0));
        let action = match name {
            CardActionName::Unlock => {
                let check = given::perfect_check(&number, &world.product, world.now);
                CardAction::Unlock(check)
            }
            CardActionName::ReceiveAtOffice => CardAction::ReceiveAtOffice { number },
            CardActionName::Destroy => CardAction::Destroy,
            // People revoke by a case.
            CardActionName::Revoke => {
                let reporter = match by {
                    Actor::Holder(_) => Reporter::HolderLoggedIn,
                    Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => Reporter::CalledBack,
                };
                return world.report(by, self, RevocationReason::Lost, reporter);
            }
            other => panic!("{other:?} is offered; say here what a perfect attempt at it is"),
        };
        world.act::<Self>(by, self.id.0, &action)
    }
}

impl Attempted for ChipCode {
    fn attempt(
        &self,
        world: &mut World,
        by: &Actor,
        name: ChipCodeActionName,
    ) -> Result<(), Refusal> {
        let source = CodeSource::Stated;
        let action = match name {
            ChipCodeActionName::Lock => ChipCodeAction::Lock { source },
            ChipCodeActionName::UnlockWithPuk => ChipCodeAction::UnlockWithPuk,
            ChipCodeActionName::UnlockAtVisit => {
                let card = world.cards.get(&self.card.0);
                let number = card.and_then(|card| card.number.clone());
                let number = number.unwrap_or_else(|| given::card_number(0));
                ChipCodeAction::UnlockAtVisit(given::perfect_visit(&number, world.now))
            }
            other => panic!("{other:?} is offered; say here what a perfect attempt at it is"),
        };
        world.act::<Self>(by, self.id.0, &action)
    }
}

impl Attempted for PukLetter {
    fn attempt(
        &self,
        world: &mut World,
        by: &Actor,
        name: PukLetterActionName,
    ) -> Result<(), Refusal> {
        let action = match name {
            PukLetterActionName::Approve => PukLetterAction::Approve,
            PukLetterActionName::Reject => PukLetterAction::Reject {
                why: LetterRejection::CardToBeReplaced,
            },
            PukLetterActionName::Cancel => PukLetterAction::Cancel,
            other => panic!("{other:?} is offered; say here what a perfect attempt at it is"),
        };
        world.act::<Self>(by, self.id.0, &action)
    }
}

/// Every offer for every such thing, tried in a copy of the world; what was refused has changed
/// nothing in the copy, so that it serves again.
fn offers_of<L: Attempted>(world: &World, by: &Actor) {
    let mut copy = world.clone();
    let things: Vec<L> = L::kept(&mut copy).values().cloned().collect();
    for thing in things {
        let facts = thing.facts(&mut copy, by);
        for offer in available(by, &thing, &facts, world.now) {
            let done = thing.attempt(&mut copy, by, offer.action);
            assert_eq!(done, offer.verdict, "{:?} {:?}", L::KIND, offer.action);
            if done.is_ok() {
                copy = world.clone();
            }
        }
    }
}

fn offers_hold(world: &World, by: &Actor) {
    offers_of::<Order>(world, by);
    offers_of::<Card>(world, by);
    offers_of::<ChipCode>(world, by);
    offers_of::<PukLetter>(world, by);
}

/// An officer of the pool, or the holder, surely or less surely logged in.
fn asks(officers: &[Actor], who: usize) -> Actor {
    let holders = [given::holder_at(Loa::Loa2), given::holder_at(Loa::Loa3)];
    let mut all = officers.iter().chain(&holders);
    all.nth(who).cloned().unwrap_or_else(given::holder)
}

/// The officers of the pool and the two holders.
const ASKERS: usize = walk::POOL_SIZE + 2;

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
        steps in walk::few_steps(),
        who_asks in 0..ASKERS,
    ) {
        let asks = asks(&officers, who_asks);
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
            offers_hold(&world, &asks);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..config() })]

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
                prop_assert_eq!(&before.photos, &world.photos);
                prop_assert_eq!(&before.cases, &world.cases);
                prop_assert_eq!(&before.letters, &world.letters);
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
    for _ in 0..1_000 {
        let (mut world, officers, steps) = lives.new_tree(&mut runner).unwrap().current();
        for (who, step) in &steps {
            world.take(&officers[usize::from(*who)], step);
            seen.extend(stages(&world));
        }
    }
    // A draft is placed in the transaction that begins it, and nothing refuses an order yet.
    let never = [OrderStage::Draft, OrderStage::Rejected];
    seen.extend(never.map(|stage| (Order::KIND.into(), stage.into())));
    let mut missed = all_stages();
    missed.retain(|stage| !seen.contains(stage));
    assert_eq!(missed, []);
}

fn stages(world: &World) -> Vec<(&'static str, &'static str)> {
    fn of<L: Lifecycle>(things: &BTreeMap<Uuid, L>) -> Vec<(&'static str, &'static str)> {
        let named = |thing: &L| (L::KIND.into(), thing.stage().into());
        things.values().map(named).collect()
    }
    [
        of(&world.orders),
        of(&world.deliveries),
        of(&world.cards),
        of(&world.codes),
        of(&world.receipts),
        of(&world.photos),
        of(&world.cases),
        of(&world.letters),
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
        of::<Delivery>(),
        of::<Card>(),
        of::<ChipCode>(),
        of::<Receipt>(),
        of::<Photo>(),
        of::<Revocation>(),
        of::<PukLetter>(),
    ]
    .concat()
}

fn order(method: DeliveryMethod) -> Step {
    Step::Order {
        method,
        missing: false,
        instead: None,
    }
}

fn produce() -> Step {
    Step::Produce {
        valid_days: 1_800,
        product: "711",
    }
}

#[test]
fn the_straight_way_ends_with_an_active_card_and_the_old_one_revoked() {
    let mut world = World::new(false, CodeDelivery::ChosenAtActivation);
    let officer = given::almighty(given::colleague(1));
    let straight = [
        order(DeliveryMethod::Rek),
        produce(),
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
        order(DeliveryMethod::APost),
        Step::FailProduction,
        Step::Send,
        produce(),
        Step::Dispatch,
    ];
    for step in &steps {
        assert_eq!(world.take(&officer, step), Some(Ok(())), "{step:?}");
        world.check();
    }
    assert_eq!((world.cards.len(), world.deliveries.len()), (1, 1));
}
