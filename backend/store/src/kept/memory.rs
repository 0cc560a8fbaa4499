//! What one transaction, or the reading for one page, has read. Nothing is read twice; what is
//! changed is changed here too, as the database has it.

use std::collections::{HashMap, HashSet};

use cards_domain::card::Card;
use cards_domain::card_task::CardTask;
use cards_domain::certificate::Certificate;
use cards_domain::chip_code::ChipCode;
use cards_domain::delivery::Delivery;
use cards_domain::ids::{CardId, OfficeId, OrderId, OrganisationId, PersonId, ProductId};
use cards_domain::order::{Order, Sending};
use cards_domain::product::Product;
use cards_domain::puk_letter::PukLetter;
use cards_domain::receipt::{Receipt, ReceiptStage};
use cards_domain::revocation::Revocation;
use uuid::Uuid;

use super::around::{Around, Policy};
use super::card_task::TaskTrace;
use super::in_order;
use super::order::Placed;
use super::people::PersonFacts;
use super::photo::ApprovedPhoto;
use crate::error::{StoreError, unreadable};
use crate::plain::{Office, OfficeRow, ProductRow};

/// What has been read.
#[derive(Default)]
pub(crate) struct Memory {
    pub people: HashMap<PersonId, PersonFacts>,
    pub cards: HashMap<CardId, Around>,
    pub orders: HashMap<OrderId, Placed>,
    pub products: HashMap<ProductId, Product>,
    pub offices: HashMap<OfficeId, Office>,
    pub policies: HashMap<OrganisationId, Policy>,
    /// The newest photo of each person that has been asked about.
    pub photos: HashMap<PersonId, Option<ApprovedPhoto>>,
    /// Persons all of whose cards are in `cards`.
    pub every_card_of: HashSet<PersonId>,
    /// Persons all of whose orders are in `orders`.
    pub every_order_of: HashSet<PersonId>,
}

impl Memory {
    pub(crate) fn keep_product(&mut self, row: ProductRow) -> Result<Product, StoreError> {
        let product = row.read()?;
        self.products.insert(product.id, product.clone());
        Ok(product)
    }

    pub(crate) fn keep_office(&mut self, row: OfficeRow) -> Result<Office, StoreError> {
        let office = row.read()?;
        self.offices.insert(office.id, office.clone());
        Ok(office)
    }

    pub(crate) fn keep_policy(
        &mut self,
        organisation: OrganisationId,
        place: &str,
        issuer: Uuid,
    ) -> Result<(), StoreError> {
        let place = place.parse();
        let policy = Policy {
            place: place.map_err(|_| unreadable("organisation", "activation_place"))?,
            issuer: OrganisationId(issuer),
        };
        self.policies.insert(organisation, policy);
        Ok(())
    }

    /// New cards, about which nothing is known but that they are there.
    pub(super) fn cards_added(&mut self, cards: &[Card]) {
        for card in cards {
            self.every_card_of.remove(&card.person);
            self.forget_order(card.order);
        }
    }

    /// Changed cards. What stands around the holder's others names this one, so it is read again.
    pub(super) fn cards_changed(&mut self, cards: &[Card]) {
        let people: HashSet<PersonId> = cards.iter().map(|card| card.person).collect();
        let changed: HashMap<CardId, &Card> = cards.iter().map(|card| (card.id, card)).collect();
        self.cards.retain(|id, around| {
            changed.contains_key(id) || !people.contains(&around.sheet.card.person)
        });
        for (id, card) in changed {
            if let Some(around) = self.cards.get_mut(&id) {
                around.sheet.card = card.clone();
            }
            if let Some(placed) = self.orders.get_mut(&card.order) {
                placed.card_number.clone_from(&card.number);
            }
        }
        for person in people {
            self.every_card_of.remove(&person);
            self.photos.remove(&person);
        }
    }

    pub(super) fn codes_changed(&mut self, codes: &[ChipCode]) {
        for code in codes {
            let Some(around) = self.cards.get_mut(&code.card) else {
                continue;
            };
            put(&mut around.sheet.parts.codes, code, |code| code.id);
            let codes = &mut around.sheet.parts.codes;
            codes.sort_by_key(|code| <&str>::from(code.name));
        }
    }

    pub(super) fn certificates_changed(&mut self, certificates: &[Certificate]) {
        for certificate in certificates {
            if let Some(around) = self.cards.get_mut(&certificate.card) {
                let known = &mut around.sheet.parts.certificates;
                put(known, certificate, |certificate| certificate.id);
            }
        }
    }

    pub(super) fn tasks_changed(&mut self, tasks: &[CardTask]) {
        for task in tasks {
            if let Some(around) = self.cards.get_mut(&task.card) {
                put(&mut around.tasks, &TaskTrace::from(task), |task| task.id);
            }
        }
    }

    pub(super) fn letters_changed(&mut self, letters: &[PukLetter]) {
        for letter in letters {
            if let Some(around) = self.cards.get_mut(&letter.card) {
                put(&mut around.sheet.parts.letters, letter, |letter| letter.id);
                let letters = &mut around.sheet.parts.letters;
                letters.sort_by_key(|letter| std::cmp::Reverse(letter.id));
            }
        }
    }

    pub(super) fn cases_changed(&mut self, cases: &[Revocation]) {
        for case in cases {
            if let Some(around) = self.cards.get_mut(&case.card) {
                put(&mut around.sheet.parts.cases, case, |case| case.id);
                let cases = &mut around.sheet.parts.cases;
                cases.sort_by_key(|case| std::cmp::Reverse(case.id));
            }
        }
    }

    pub(super) fn receipts_changed(&mut self, receipts: &[Receipt]) {
        for receipt in receipts {
            let Some(around) = self.cards.get_mut(&receipt.card) else {
                continue;
            };
            if receipt.stage == ReceiptStage::Pending {
                around.sheet.receipt = Some(receipt.id);
            } else if around.sheet.receipt == Some(receipt.id) {
                around.sheet.receipt = None;
            }
        }
    }

    pub(super) fn deliveries_changed(&mut self, deliveries: &[Delivery]) {
        for delivery in deliveries {
            if let Some(around) = self.cards.get_mut(&delivery.card) {
                around.sheet.delivery = Some(delivery.clone());
            }
            let placed = self.orders.get_mut(&delivery.order);
            match placed.filter(|placed| placed.sheet.order.delivery == Some(delivery.id)) {
                Some(placed) => placed.sending = Some(sending_of(delivery)),
                None => self.forget_order(delivery.order),
            }
        }
    }

    pub(super) fn orders_added(&mut self, orders: &[Order]) {
        for order in orders {
            self.every_order_of.remove(&order.person);
        }
    }

    pub(super) fn orders_changed(&mut self, orders: &[Order]) {
        for order in orders {
            let known = self.orders.get_mut(&order.id);
            let as_before = known.filter(|placed| {
                let before = &placed.sheet.order;
                (before.card, before.delivery, before.office)
                    == (order.card, order.delivery, order.office)
            });
            match as_before {
                Some(placed) => placed.sheet.order = order.clone(),
                None => self.forget_order(order.id),
            }
            if let Some(around) = order.card.and_then(|card| self.cards.get_mut(&card)) {
                around.order_open = super::order::is_open(order.stage.into());
                around.waited_from = order.photo_on.or(order.submitted_on);
            }
        }
    }

    pub(super) fn photos_changed(&mut self, people: impl Iterator<Item = PersonId>) {
        for person in people {
            self.photos.remove(&person);
        }
    }

    /// What must be read again when it is asked for.
    fn forget_order(&mut self, order: OrderId) {
        if let Some(placed) = self.orders.remove(&order) {
            self.every_order_of.remove(&placed.sheet.order.person);
        }
    }

    /// The codes, if every one of them has been read.
    pub(super) fn codes(&self, ids: &[Uuid]) -> Option<Vec<ChipCode>> {
        let cards = self.cards.values();
        let codes = cards.flat_map(|around| &around.sheet.parts.codes);
        all(ids, codes, |code| code.id.0)
    }

    /// The certificates, if every one of them has been read.
    pub(super) fn certificates(&self, ids: &[Uuid]) -> Option<Vec<Certificate>> {
        let cards = self.cards.values();
        let certificates = cards.flat_map(|around| &around.sheet.parts.certificates);
        all(ids, certificates, |certificate| certificate.id.0)
    }

    /// The letters, if every one of them has been read.
    pub(super) fn letters(&self, ids: &[Uuid]) -> Option<Vec<PukLetter>> {
        let cards = self.cards.values();
        let letters = cards.flat_map(|around| &around.sheet.parts.letters);
        all(ids, letters, |letter| letter.id.0)
    }

    /// The cases, if every one of them has been read.
    pub(super) fn cases(&self, ids: &[Uuid]) -> Option<Vec<Revocation>> {
        let cards = self.cards.values();
        let cases = cards.flat_map(|around| &around.sheet.parts.cases);
        all(ids, cases, |case| case.id.0)
    }

    /// The deliveries, if every one of them has been read.
    pub(super) fn deliveries(&self, ids: &[Uuid]) -> Option<Vec<Delivery>> {
        let cards = self.cards.values();
        let deliveries = cards.filter_map(|around| around.sheet.delivery.as_ref());
        all(ids, deliveries, |delivery| delivery.id.0)
    }
}

fn sending_of(delivery: &Delivery) -> Sending {
    Sending {
        stage: delivery.stage,
        rek_id: delivery.rek_id.clone(),
    }
}

fn put<T: Clone, I: PartialEq>(things: &mut Vec<T>, thing: &T, id: impl Fn(&T) -> I) {
    match things.iter_mut().find(|known| id(known) == id(thing)) {
        Some(known) => *known = thing.clone(),
        None => things.push(thing.clone()),
    }
}

fn all<'m, T: Clone + 'm>(
    ids: &[Uuid],
    things: impl Iterator<Item = &'m T>,
    id: impl Fn(&T) -> Uuid,
) -> Option<Vec<T>> {
    let wanted: HashSet<&Uuid> = ids.iter().collect();
    let found: Vec<T> = things
        .filter(|thing| wanted.contains(&id(thing)))
        .cloned()
        .collect();
    (found.len() == wanted.len()).then(|| in_order(ids, found, id))
}
