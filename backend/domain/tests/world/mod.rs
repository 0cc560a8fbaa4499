//! A small world in memory: the things, their clocks, and a gate that carries out an act with all
//! that follows from it, as the ledger does in one transaction. It keeps watch: a follow-up that
//! is refused, a clock that is started twice or an end that does not last stops the test.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses its own part of the world"
)]

pub mod given;
mod invariants;
mod things;
pub mod walk;

use std::collections::BTreeMap;

use cards_domain::access::{Actor, SystemActor};
use cards_domain::calendar::Due;
use cards_domain::card::{Card, CardEvent, Custody};
use cards_domain::chip_code::ChipCode;
use cards_domain::consequences::{Consequences, FollowUp};
use cards_domain::deadline::{DeadlineChange, DeadlineRule};
use cards_domain::delivery::{Delivery, DeliveryMethod};
use cards_domain::ids::{CardId, OrderId, PersonId};
use cards_domain::lifecycle::Begin;
use cards_domain::order::{Order, OrderRequest};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::receipt::Receipt;
use cards_domain::refusal::Refusal;
use chrono::{DateTime, Utc};
pub use things::Kept;
use uuid::Uuid;

/// Who unlocked which card, from where, and who had a hand in it before.
#[derive(Clone, Debug)]
pub struct Unlocking {
    pub card: CardId,
    pub from: Custody,
    pub by: PersonId,
    pub ordered_by: PersonId,
    pub photographed_by: Option<PersonId>,
}

#[derive(Clone, Debug)]
pub struct World {
    pub now: DateTime<Utc>,
    pub product: Product,
    pub prerequisites_missing: bool,
    pub orders: BTreeMap<Uuid, Order>,
    pub deliveries: BTreeMap<Uuid, Delivery>,
    pub cards: BTreeMap<Uuid, Card>,
    pub codes: BTreeMap<Uuid, ChipCode>,
    pub receipts: BTreeMap<Uuid, Receipt>,
    /// The clocks that run.
    pub clocks: BTreeMap<(&'static str, Uuid), Due>,
    pub unlockings: Vec<Unlocking>,
    next_id: u128,
}

impl World {
    pub fn new(has_photo: bool, code_delivery: CodeDelivery) -> Self {
        Self {
            now: given::noon(given::day(2026, 1, 5)),
            product: given::product(has_photo, code_delivery),
            prerequisites_missing: false,
            orders: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            cards: BTreeMap::new(),
            codes: BTreeMap::new(),
            receipts: BTreeMap::new(),
            clocks: BTreeMap::new(),
            unlockings: Vec::new(),
            next_id: 1_000,
        }
    }

    /// An id that nothing has yet. Ids grow, so the last thing made is the last in its map.
    pub fn fresh(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(self.next_id)
    }

    /// Orders a card for the holder and places the order.
    pub fn order(&mut self, by: &Actor, method: DeliveryMethod) -> Result<OrderId, Refusal> {
        let id = OrderId(self.fresh());
        let request = OrderRequest {
            id,
            person: given::HOLDER,
            organisation: given::ORGANISATION,
            product: given::PRODUCT,
            office: given::OFFICE,
            method,
            routine_confirmed: true,
        };
        self.begin::<Order>(by, &request, None).map(|()| id)
    }

    fn begin<L: Kept + Begin>(
        &mut self,
        by: &Actor,
        request: &L::Request,
        card: Option<CardId>,
    ) -> Result<(), Refusal> {
        let facts = L::facts_for_new(self, by, card);
        cards_domain::access::permit(by, L::FUNCTION, L::subject(&facts))?;
        let (thing, event) = L::begin(by, request, &facts, self.now)?;
        let consequences = thing.consequences(&event, &facts, self.now);
        let id = thing.id();
        assert!(
            L::kept(self).insert(id, thing).is_none(),
            "an id was used twice"
        );
        self.carry_out(consequences);
        Ok(())
    }

    /// Does an act with all that follows, or leaves everything as it was.
    pub fn act<L: Kept>(
        &mut self,
        by: &Actor,
        id: Uuid,
        action: &L::Action,
    ) -> Result<(), Refusal> {
        let before = L::kept(self).get(&id).unwrap().clone();
        let facts = before.facts(self, by);
        before.permitted(by, action, &facts)?;
        let event = before.decide(by, action, &facts, self.now)?;
        let after = before.clone().evolve(&event, self.now);
        before.watch(&after);
        assert_eq!(after.version(), before.version() + 1);
        let consequences = after.consequences(&event, &facts, self.now);
        L::kept(self).insert(id, after);
        L::note(self, by, id, &event, &before);
        self.carry_out(consequences);
        Ok(())
    }

    fn carry_out(&mut self, consequences: Consequences) {
        for change in consequences.deadlines {
            self.turn(&change);
        }
        for follow_up in consequences.follow_ups {
            let told = format!("{follow_up:?}");
            let done = self.follow(follow_up);
            assert_eq!(done, Ok(()), "a follow-up was refused: {told}");
        }
    }

    fn turn(&mut self, change: &DeadlineChange) {
        match change {
            DeadlineChange::Start {
                rule, thing, due, ..
            } => {
                let running = self.clocks.insert((rule.into(), *thing), *due);
                assert_eq!(running, None, "the clock {rule:?} was started twice");
            }
            DeadlineChange::Stop { rule, thing } => {
                self.clocks.remove(&(rule.into(), *thing));
            }
        }
    }

    fn follow(&mut self, follow_up: FollowUp) -> Result<(), Refusal> {
        let ledger = Actor::System(SystemActor::Ledger);
        match follow_up {
            FollowUp::Order(id, action) => self.act::<Order>(&ledger, id.0, &action),
            FollowUp::BeginCard(request) => self.begin::<Card>(&ledger, &request, None),
            FollowUp::Card(id, action) => self.act::<Card>(&ledger, id.0, &action),
            FollowUp::BeginDelivery(request) => self.begin::<Delivery>(&ledger, &request, None),
            FollowUp::Delivery(id, action) => self.act::<Delivery>(&ledger, id.0, &action),
            FollowUp::BeginChipCode(request) => self.begin::<ChipCode>(&ledger, &request, None),
            FollowUp::ChipCode(id, action) => self.act::<ChipCode>(&ledger, id.0, &action),
            FollowUp::BeginReceipt(request) => {
                let card = request.card;
                self.begin::<Receipt>(&ledger, &request, Some(card))
            }
            FollowUp::Receipt(id, action) => self.act::<Receipt>(&ledger, id.0, &action),
        }
    }

    pub fn runs(&self, rule: DeadlineRule, thing: Uuid) -> bool {
        self.clocks.contains_key(&(rule.into(), thing))
    }

    fn note_unlocking(&mut self, by: &Actor, event: &CardEvent, before: &Card) {
        if let CardEvent::Unlocked { .. } = event {
            self.unlockings.push(Unlocking {
                card: before.id,
                from: before.custody,
                by: by.person().unwrap(),
                ordered_by: before.ordered_by,
                photographed_by: before.photographed_by,
            });
        }
    }
}
