//! How each kind of thing is kept in the world, what it is told, and what must never happen to it.

use std::collections::BTreeMap;

use cards_domain::access::Actor;
use cards_domain::card::{Card, CardEvent, CardFacts, CardStageName, SendingFacts};
use cards_domain::chip_code::{ChipCode, ChipCodeFacts, CodeName, CodeStage};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::delivery::{Delivery, DeliveryFacts};
use cards_domain::ids::{
    CardId, ChipCodeId, DeliveryId, OfficeId, OrderId, ReceiptId, RevocationId,
};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderFacts, RegisterFacts, Sending};
use cards_domain::photo::{KeptPhoto, Photo, PhotoFacts, PhotoStage};
use cards_domain::place::PlaceFacts;
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterFacts, PukLetterStage};
use cards_domain::receipt::{Receipt, ReceiptFacts, ReceiptStage};
use cards_domain::revocation::{Revocation, RevocationFacts, RevocationStage};
use cards_domain::values::CardNumber;
use chrono::{Days, Duration};
use uuid::Uuid;

use super::{World, given};

pub trait Kept: Lifecycle {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self>;
    fn facts(&self, world: &mut World, by: &Actor) -> Self::Facts;
    /// Stops the test when something happens to what is over.
    fn watch(&self, _after: &Self) {}
    fn note(_: &mut World, _: &Actor, _: &Self::Event, _before: &Self) {}
}

impl Kept for Order {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.orders
    }
    fn facts(&self, world: &mut World, _: &Actor) -> OrderFacts {
        OrderFacts {
            sending: world.sending_of(self),
            card_number: world.number_of(self),
            ..world.order_facts()
        }
    }
    fn watch(&self, after: &Self) {
        assert!(
            !self.is_over(),
            "something happened to an order that is over"
        );
        assert_eq!(self.recipient, after.recipient, "the recipient was changed");
        assert_eq!(self.ordered_by, after.ordered_by);
        assert_eq!(self.replaces, after.replaces);
        assert_eq!(self.method, after.method);
    }
}

impl Kept for Delivery {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.deliveries
    }
    fn facts(&self, world: &mut World, _: &Actor) -> DeliveryFacts {
        world.delivery_facts(self.order)
    }
}

impl Kept for Card {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.cards
    }
    fn facts(&self, world: &mut World, by: &Actor) -> CardFacts {
        let mut facts = world.card_facts(self.office, by);
        let of_card = |delivery: &&Delivery| delivery.card == self.id;
        let delivery = world.deliveries.values().find(of_card);
        facts.delivery = delivery.map(|one| SendingFacts {
            id: one.id,
            method: one.method,
            stage: one.stage,
        });
        facts.letter = world.unsent_letter(self.id, |_| true).map(|one| one.id);
        facts.reported = world.reported(self.id);
        facts.order_open = !world.orders[&self.order.0].is_over();
        let receipts = world.receipts.values();
        facts.receipt = receipts
            .filter(|receipt| receipt.card == self.id && receipt.stage == ReceiptStage::Pending)
            .map(|receipt| receipt.id)
            .next();
        let codes = world.codes.values().filter(|code| code.card == self.id);
        facts.codes = codes.map(|code| (code.id, code.name)).collect();
        let certificates = world.certificates.values();
        let living = certificates.filter(|one| one.card == self.id && !one.stage.is_over());
        facts.certificates = living.map(|one| one.id).collect();
        facts.tasks = world.living_tasks(self.id);
        let others = world.cards.values().filter(|other| {
            other.id != self.id
                && other.organisation == self.organisation
                && other.stage() == CardStageName::Active
        });
        facts.superseded = others.map(|other| other.id).collect();
        facts
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
    fn note(world: &mut World, by: &Actor, event: &CardEvent, before: &Self) {
        world.note_unlocking(by, event, before);
    }
}

impl Kept for ChipCode {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.codes
    }
    fn facts(&self, world: &mut World, _: &Actor) -> ChipCodeFacts {
        let puk_locked = world.codes.values().any(|code| {
            code.card == self.card && code.name == CodeName::Puk && code.stage == CodeStage::Locked
        });
        let locked_beside = world.codes.values().find(|code| {
            code.card == self.card
                && code.id != self.id
                && code.name.is_pin()
                && code.stage == CodeStage::Locked
        });
        let locked_beside = locked_beside.map(|code| code.id);
        let because_locked = |letter: &PukLetter| letter.reason == LetterReason::Locked;
        ChipCodeFacts {
            puk_locked,
            locked_beside,
            letter: world
                .unsent_letter(self.card, because_locked)
                .map(|one| one.id),
            ..world.code_facts(&world.cards[&self.card.0])
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
    fn watch(&self, _: &Self) {
        assert_eq!(self.stage, ReceiptStage::Pending, "a receipt ended twice");
    }
}

impl Kept for Photo {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.photos
    }
    fn facts(&self, world: &mut World, _: &Actor) -> PhotoFacts {
        PhotoFacts {
            subject: given::subject(),
            order: world.orders[&self.order.0].stage,
        }
    }
    fn watch(&self, after: &Self) {
        assert_eq!(self.stage, PhotoStage::Captured, "judged twice");
        assert_eq!(self.taken_by, after.taken_by);
    }
}

impl Kept for Revocation {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.cases
    }
    fn facts(&self, world: &mut World, _: &Actor) -> RevocationFacts {
        world.case_facts(self.card)
    }
    fn watch(&self, _: &Self) {
        assert!(
            !matches!(
                self.stage,
                RevocationStage::Closed | RevocationStage::Withdrawn
            ),
            "something happened to a case that is over"
        );
    }
}

impl Kept for PukLetter {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.letters
    }
    fn facts(&self, world: &mut World, _: &Actor) -> PukLetterFacts {
        world.letter_facts(self.card)
    }
    fn watch(&self, _: &Self) {
        assert!(!letter_is_over(self), "a letter that was over went on");
    }
}

pub fn letter_is_over(letter: &PukLetter) -> bool {
    match letter.stage {
        PukLetterStage::Requested
        | PukLetterStage::Approved
        | PukLetterStage::Printing
        | PukLetterStage::Mailed
        | PukLetterStage::AtServicePoint
        | PukLetterStage::Collected => false,
        PukLetterStage::Used
        | PukLetterStage::Rejected
        | PukLetterStage::Cancelled
        | PukLetterStage::ReturnedToSender
        | PukLetterStage::Failed
        | PukLetterStage::Closed => true,
    }
}

/// What the things are told of one another.
impl World {
    pub(super) fn order_facts(&mut self) -> OrderFacts {
        OrderFacts {
            subject: given::subject(),
            number: given::number(),
            name: given::recipient().name,
            register: RegisterFacts::Reachable(given::recipient()),
            product: self.product.clone(),
            open_order: None,
            prerequisites_missing: self.prerequisites_missing,
            sending: None,
            card_number: None,
            replaced: None,
            stored_photo: self.stored_photo(),
            lengths: DeadlineLengths::default(),
            next_number: 1,
            new_card: CardId(self.fresh()),
            new_delivery: DeliveryId(self.fresh()),
            new_revocation: RevocationId(self.fresh()),
        }
    }

    pub(super) fn sending_of(&self, order: &Order) -> Option<Sending> {
        let delivery = self.deliveries.get(&order.delivery?.0)?;
        Some(Sending {
            stage: delivery.stage,
            rek_id: delivery.rek_id.clone(),
        })
    }

    /// The number on the card that was made for the order.
    pub(super) fn number_of(&self, order: &Order) -> Option<CardNumber> {
        self.cards.get(&order.card?.0)?.number.clone()
    }

    /// The newest approved photo.
    fn stored_photo(&self) -> Option<KeptPhoto> {
        let approved = |photo: &&Photo| photo.stage == PhotoStage::Approved;
        let photo = self.photos.values().rfind(approved)?;
        Some(KeptPhoto {
            id: photo.id,
            taken_on: photo.taken_on,
            taken_by: photo.taken_by,
            office: photo.office,
            source: photo.source,
        })
    }

    pub(super) fn delivery_facts(&self, order: OrderId) -> DeliveryFacts {
        let days = u64::from(DeadlineLengths::default().undelivered_days);
        let base = self.orders[&order.0].undelivered_base();
        DeliveryFacts {
            subject: given::subject(),
            missing_from: base.map(|base| base + Days::new(days)),
        }
    }

    pub(super) fn card_facts(&mut self, office: OfficeId, by: &Actor) -> CardFacts {
        CardFacts {
            subject: given::subject(),
            number: given::number(),
            product: self.product.clone(),
            place: PlaceFacts {
                required: given::office_as(office, self.office),
                holder_organisations: self.holder_organisations(),
                ..given::place()
            },
            here: by.office().map(|here| given::office_as(here, self.office)),
            delivery: None,
            letter: None,
            reported: None,
            order_open: true,
            receipt: None,
            codes: Vec::new(),
            certificates: Vec::new(),
            tasks: Vec::new(),
            code_shown: None,
            superseded: Vec::new(),
            lengths: DeadlineLengths::default(),
            new_receipt: ReceiptId(self.fresh()),
            new_codes: [0; 3].map(|_| ChipCodeId(self.fresh())),
        }
    }

    fn holder_organisations(&self) -> Vec<cards_domain::ids::OrganisationId> {
        let works_there = self.employed.then_some(given::ORGANISATION);
        works_there.into_iter().collect()
    }

    pub(super) fn code_facts(&self, card: &Card) -> ChipCodeFacts {
        ChipCodeFacts {
            subject: given::subject(),
            number: given::number(),
            card_number: card.number.clone(),
            product_number: card.product_number.clone(),
            valid_to: card.valid_to,
            office: card.office,
            office_name: given::office_as(card.office, self.office).name,
            holder_organisations: self.holder_organisations(),
            puk_locked: false,
            locked_beside: None,
            code_shown: None,
            letter: None,
        }
    }

    /// The case about the card that waits for its caller.
    pub(super) fn reported(&self, card: CardId) -> Option<RevocationId> {
        let waits =
            |case: &&Revocation| case.card == card && case.stage == RevocationStage::Reported;
        self.cases.values().find(waits).map(|case| case.id)
    }

    pub(super) fn case_facts(&self, card: CardId) -> RevocationFacts {
        let already_reported = self.reported(card).is_some();
        let card = &self.cards[&card.0];
        RevocationFacts {
            subject: given::subject(),
            organisation: card.organisation,
            card: card.stage(),
            card_number: card.number.clone(),
            product_number: card.product_number.clone(),
            product: self.product.clone(),
            already_reported,
        }
    }

    pub(super) fn letter_facts(&self, card: CardId) -> PukLetterFacts {
        let mut letters = self.letters.values();
        let open_letter = letters.any(|one| one.card == card && !letter_is_over(one));
        let card = &self.cards[&card.0];
        PukLetterFacts {
            subject: given::subject(),
            card: card.stage(),
            valid_to: card.valid_to,
            code_delivery: self.product.code_delivery,
            open_letter,
            puk_locked: self.codes.values().any(|code| {
                code.card == card.id
                    && code.name == CodeName::Puk
                    && code.stage == CodeStage::Locked
            }),
            register: RegisterFacts::Reachable(given::recipient()),
        }
    }

    /// A letter for the card that has been asked for or approved, and not been sent.
    pub fn unsent_letter(
        &self,
        card: CardId,
        wanted: impl Fn(&PukLetter) -> bool,
    ) -> Option<&PukLetter> {
        self.letters.values().find(|letter| {
            letter.card == card
                && matches!(
                    letter.stage,
                    PukLetterStage::Requested | PukLetterStage::Approved
                )
                && wanted(letter)
        })
    }
}
