//! How each kind of thing is kept in the world, what it is told, and what must never happen to it.

use std::collections::BTreeMap;

use cards_domain::access::Actor;
use cards_domain::card::{Card, CardEvent, CardFacts, CardStageName};
use cards_domain::chip_code::{ChipCode, ChipCodeFacts, CodeStage};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::delivery::{Delivery, DeliveryFacts};
use cards_domain::ids::{CardId, ChipCodeId, DeliveryId, ReceiptId};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderFacts, RegisterFacts};
use cards_domain::receipt::{Receipt, ReceiptFacts, ReceiptStage};
use chrono::Duration;
use uuid::Uuid;

use super::{World, given};

pub trait Kept: Lifecycle {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self>;
    fn facts(&self, world: &mut World, by: &Actor) -> Self::Facts;
    fn facts_for_new(world: &mut World, by: &Actor, card: Option<CardId>) -> Self::Facts;
    /// Stops the test when something happens to what is over.
    fn watch(&self, _after: &Self) {}
    fn note(_: &mut World, _: &Actor, _: Uuid, _: &Self::Event, _before: &Self) {}
}

impl Kept for Order {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.orders
    }
    fn facts(&self, world: &mut World, by: &Actor) -> OrderFacts {
        Self::facts_for_new(world, by, None)
    }
    fn facts_for_new(world: &mut World, _: &Actor, _: Option<CardId>) -> OrderFacts {
        let open = world.orders.values().find(|order| !order.is_over());
        OrderFacts {
            subject: given::subject(),
            number: given::number(),
            register: RegisterFacts::Reachable(given::recipient()),
            product: world.product.clone(),
            open_order: open.map(|order| order.number.clone()),
            prerequisites_missing: world.prerequisites_missing,
            lengths: DeadlineLengths::default(),
            next_number: 1,
            new_card: CardId(world.fresh()),
            new_delivery: DeliveryId(world.fresh()),
        }
    }
    fn watch(&self, after: &Self) {
        assert!(
            !self.is_over(),
            "something happened to an order that is over"
        );
        assert_eq!(self.recipient, after.recipient, "the recipient was changed");
        assert_eq!(self.ordered_by, after.ordered_by);
    }
}

impl Kept for Delivery {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.deliveries
    }
    fn facts(&self, world: &mut World, by: &Actor) -> DeliveryFacts {
        Self::facts_for_new(world, by, None)
    }
    fn facts_for_new(_: &mut World, _: &Actor, _: Option<CardId>) -> DeliveryFacts {
        DeliveryFacts {
            subject: given::subject(),
        }
    }
}

impl Kept for Card {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.cards
    }
    fn facts(&self, world: &mut World, by: &Actor) -> CardFacts {
        let mut facts = Self::facts_for_new(world, by, None);
        let of_card = |delivery: &&Delivery| delivery.card == self.id;
        facts.delivery = world.deliveries.values().find(of_card).map(|one| one.id);
        facts.order_open = !world.orders.get(&self.order.0).unwrap().is_over();
        let receipts = world.receipts.values();
        facts.receipt = receipts
            .filter(|receipt| receipt.card == self.id && receipt.stage == ReceiptStage::Pending)
            .map(|receipt| receipt.id)
            .next();
        let codes = world.codes.values().filter(|code| code.card == self.id);
        facts.codes = codes.map(|code| (code.id, code.name)).collect();
        let others = world.cards.values().filter(|other| {
            other.id != self.id
                && other.organisation == self.organisation
                && other.stage() == CardStageName::Active
        });
        facts.superseded = others.map(|other| other.id).collect();
        facts
    }
    fn facts_for_new(world: &mut World, by: &Actor, _: Option<CardId>) -> CardFacts {
        CardFacts {
            subject: given::subject(),
            number: given::number(),
            product: world.product.clone(),
            place: given::place(),
            here: by.office().map(|_| given::office()),
            delivery: None,
            order_open: true,
            receipt: None,
            codes: Vec::new(),
            superseded: Vec::new(),
            lengths: DeadlineLengths::default(),
            new_receipt: ReceiptId(world.fresh()),
            new_codes: [0; 3].map(|_| ChipCodeId(world.fresh())),
        }
    }
    fn watch(&self, after: &Self) {
        if matches!(
            self.stage(),
            CardStageName::Revoked | CardStageName::Expired
        ) {
            let only_custody_changed = Self {
                custody: after.custody,
                version: after.version,
                ..self.clone()
            };
            assert_eq!(&only_custody_changed, after, "an ended card was changed");
        }
    }
    fn note(world: &mut World, by: &Actor, _: Uuid, event: &CardEvent, before: &Self) {
        world.note_unlocking(by, event, before);
    }
}

impl Kept for ChipCode {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.codes
    }
    fn facts(&self, world: &mut World, by: &Actor) -> ChipCodeFacts {
        Self::facts_for_new(world, by, None)
    }
    fn facts_for_new(_: &mut World, _: &Actor, _: Option<CardId>) -> ChipCodeFacts {
        ChipCodeFacts {
            subject: given::subject(),
        }
    }
    fn watch(&self, _: &Self) {
        assert_ne!(self.stage, CodeStage::Gone, "a code that is gone came back");
    }
}

impl Kept for Receipt {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.receipts
    }
    fn facts(&self, _: &mut World, _: &Actor) -> ReceiptFacts {
        ReceiptFacts {
            subject: given::subject(),
            times_out_at: self.since + Duration::hours(5 * 24),
        }
    }
    fn facts_for_new(world: &mut World, _: &Actor, _: Option<CardId>) -> ReceiptFacts {
        ReceiptFacts {
            subject: given::subject(),
            times_out_at: world.now + Duration::hours(5 * 24),
        }
    }
    fn watch(&self, _: &Self) {
        assert_eq!(self.stage, ReceiptStage::Pending, "a receipt ended twice");
    }
}
