//! A small world in memory: the things, their clocks, and a gate that carries out an act with all
//! that follows from it, as the ledger does in one transaction. It keeps watch: a follow-up that
//! is refused, a clock that is started twice or an end that does not last stops the test.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own example is wrong"
)]
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses its own part of the world"
)]

mod acts;
mod begins;
mod card_tasks;
mod certificates;
pub mod given;
mod invariants;
mod nights;
mod onward;
pub mod ready;
pub mod steps;
mod things;
pub mod walk;

use std::collections::BTreeMap;

pub use begins::KeptBegin;
use cards_domain::access::{Actor, SystemActor, permit};
use cards_domain::calendar::Due;
use cards_domain::card::{Card, CardEvent, Custody};
use cards_domain::card_task::CardTask;
use cards_domain::certificate::Certificate;
use cards_domain::chip_code::ChipCode;
use cards_domain::consequences::{Consequences, Errand, FollowUp, MailKind};
use cards_domain::deadline::{DeadlineChange, DeadlineRule};
use cards_domain::delivery::{Delivery, DeliveryMethod};
use cards_domain::ids::{CardId, PersonId};
use cards_domain::order::Order;
use cards_domain::photo::Photo;
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::puk_letter::PukLetter;
use cards_domain::receipt::Receipt;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Revocation;
use chrono::{DateTime, Utc};
use given::OfficeState;
pub use things::Kept;
use uuid::Uuid;

/// Who unlocked which card, from where, and who had a hand in it before.
#[derive(Clone, Debug)]
pub struct Unlocking {
    pub card: CardId,
    pub from: Custody,
    pub method: DeliveryMethod,
    pub by: PersonId,
    pub ordered_by: PersonId,
    pub photographed_by: Option<PersonId>,
}

#[derive(Clone, Debug)]
pub struct World {
    pub now: DateTime<Utc>,
    pub product: Product,
    pub prerequisites_missing: bool,
    /// Whether the office of the order is open.
    pub office: OfficeState,
    /// The holder still works in the organisation.
    pub employed: bool,
    pub orders: BTreeMap<Uuid, Order>,
    pub deliveries: BTreeMap<Uuid, Delivery>,
    pub cards: BTreeMap<Uuid, Card>,
    pub codes: BTreeMap<Uuid, ChipCode>,
    pub certificates: BTreeMap<Uuid, Certificate>,
    pub tasks: BTreeMap<Uuid, CardTask>,
    pub receipts: BTreeMap<Uuid, Receipt>,
    pub photos: BTreeMap<Uuid, Photo>,
    pub cases: BTreeMap<Uuid, Revocation>,
    pub letters: BTreeMap<Uuid, PukLetter>,
    /// The clocks that run.
    pub clocks: BTreeMap<(&'static str, Uuid), Due>,
    pub unlockings: Vec<Unlocking>,
    /// What people were written to about.
    pub mails: Vec<MailKind>,
    next_id: u128,
}

impl World {
    pub fn new(has_photo: bool, code_delivery: CodeDelivery) -> Self {
        Self {
            now: given::noon(given::day(2026, 1, 5)),
            product: given::product(has_photo, code_delivery),
            prerequisites_missing: false,
            office: OfficeState::Open,
            employed: true,
            orders: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            cards: BTreeMap::new(),
            certificates: BTreeMap::new(),
            tasks: BTreeMap::new(),
            codes: BTreeMap::new(),
            receipts: BTreeMap::new(),
            photos: BTreeMap::new(),
            cases: BTreeMap::new(),
            letters: BTreeMap::new(),
            clocks: BTreeMap::new(),
            unlockings: Vec::new(),
            mails: Vec::new(),
            next_id: 1_000,
        }
    }

    /// An id that nothing has yet. Ids grow, so the last thing made is the last in its map.
    pub fn fresh(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(self.next_id)
    }

    /// Makes a new thing with all that follows, if the actor may.
    pub fn begin<L: KeptBegin>(&mut self, by: &Actor, request: &L::Request) -> Result<(), Refusal> {
        let facts = L::facts_to_begin(self, by, request);
        permit(by, L::FUNCTION, L::subject(&facts))?;
        self.begin_permitted::<L>(by, request, &facts)
    }

    fn begin_permitted<L: KeptBegin>(
        &mut self,
        by: &Actor,
        request: &L::Request,
        facts: &L::Facts,
    ) -> Result<(), Refusal> {
        let (thing, event) = L::begin(by, request, facts, self.now)?;
        let consequences = thing.consequences(&event, facts, self.now);
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
        self.act_permitted(by, &before, action, &facts)
    }

    fn act_permitted<L: Kept>(
        &mut self,
        by: &Actor,
        before: &L,
        action: &L::Action,
        facts: &L::Facts,
    ) -> Result<(), Refusal> {
        let event = before.decide(by, action, facts, self.now)?;
        let after = before.clone().evolve(&event, self.now);
        before.watch(&after);
        assert_eq!(after.version(), before.version() + 1);
        let consequences = after.consequences(&event, facts, self.now);
        L::kept(self).insert(before.id(), after);
        L::note(self, by, &event, before);
        self.carry_out(consequences);
        Ok(())
    }

    fn carry_out(&mut self, consequences: Consequences) {
        for change in consequences.deadlines {
            self.turn(&change);
        }
        for errand in consequences.errands {
            if let Errand::Notify { mail, .. } = errand {
                self.mails.push(mail);
            }
        }
        for follow_up in consequences.follow_ups {
            let asked = follow_up.clone();
            let done = self.follow(follow_up);
            assert_eq!(done, Ok(()), "a follow-up was refused: {asked:?}");
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
        match follow_up {
            FollowUp::Order(id, action) => self.then::<Order>(id.0, &action),
            FollowUp::BeginCard(request) => self.then_begin::<Card>(&request),
            FollowUp::Card(id, action) => self.then::<Card>(id.0, &action),
            FollowUp::BeginDelivery(request) => self.then_begin::<Delivery>(&request),
            FollowUp::Delivery(id, action) => self.then::<Delivery>(id.0, &action),
            FollowUp::BeginChipCode(request) => self.then_begin::<ChipCode>(&request),
            FollowUp::ChipCode(id, action) => self.then::<ChipCode>(id.0, &action),
            FollowUp::BeginReceipt(request) => self.then_begin::<Receipt>(&request),
            FollowUp::Receipt(id, action) => self.then::<Receipt>(id.0, &action),
            FollowUp::Certificate(id, action) => self.then::<Certificate>(id.0, &action),
            FollowUp::CardTask(id, action) => self.then::<CardTask>(id.0, &action),
            FollowUp::PukLetter(id, action) => self.then::<PukLetter>(id.0, &action),
            FollowUp::BeginRevocation(request) => self.then_begin::<Revocation>(&request),
            FollowUp::Revocation(id, action) => self.then::<Revocation>(id.0, &action),
        }
    }

    /// What follows is done by the ledger, and permitted by being in the list of what may follow.
    fn then<L: Kept>(&mut self, id: Uuid, action: &L::Action) -> Result<(), Refusal> {
        let ledger = Actor::System(SystemActor::Ledger);
        let before = L::kept(self).get(&id).unwrap().clone();
        let facts = before.facts(self, &ledger);
        self.act_permitted(&ledger, &before, action, &facts)
    }

    fn then_begin<L: KeptBegin>(&mut self, request: &L::Request) -> Result<(), Refusal> {
        let ledger = Actor::System(SystemActor::Ledger);
        let facts = L::facts_to_begin(self, &ledger, request);
        self.begin_permitted::<L>(&ledger, request, &facts)
    }

    pub fn runs(&self, rule: DeadlineRule, thing: Uuid) -> bool {
        self.clocks.contains_key(&(rule.into(), thing))
    }

    fn note_unlocking(&mut self, by: &Actor, event: &CardEvent, before: &Card) {
        if let CardEvent::Unlocked { .. } = event {
            self.unlockings.push(Unlocking {
                card: before.id,
                from: before.custody,
                method: self.orders[&before.order.0].method,
                by: by.person().unwrap(),
                ordered_by: before.ordered_by,
                photographed_by: before.photographed_by,
            });
        }
    }
}
