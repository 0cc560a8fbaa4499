//! What people and systems do to the things of the world.

use cards_domain::access::{Actor, SystemActor};
use cards_domain::calendar::business_day;
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction};
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod};
use cards_domain::ids::{CardId, OrderId, PhotoId, PukLetterId, RevocationId};
use cards_domain::order::{MadeCard, Order, OrderAction, OrderRequest, Replacement, Told};
use cards_domain::photo::{Photo, PhotoAction, PhotoRequest, PhotoSource};
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterAction, PukLetterRequest};
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{
    NotApplicable, Reporter, Revocation, RevocationAction, RevocationRequest, StepOutcome,
    StepOutcomeName,
};
use cards_domain::signature::SignatureKind;
use chrono::Days;

use super::steps::Outcome;
use super::{World, given};

impl World {
    /// Orders a card for the holder and places the order.
    pub fn order(&mut self, by: &Actor, method: DeliveryMethod) -> Result<OrderId, Refusal> {
        let id = OrderId(self.fresh());
        let request = given::order_request(id, method);
        self.begin::<Order>(by, &request).map(|()| id)
    }

    /// Orders a card in place of the last one.
    pub fn order_instead(
        &mut self,
        by: &Actor,
        method: DeliveryMethod,
        told: Told,
    ) -> Option<Result<OrderId, Refusal>> {
        let order = self.orders.values().next_back()?.id;
        Some(self.order_in_place_of(by, order, method, told))
    }

    pub fn order_in_place_of(
        &mut self,
        by: &Actor,
        order: OrderId,
        method: DeliveryMethod,
        told: Told,
    ) -> Result<OrderId, Refusal> {
        let id = OrderId(self.fresh());
        let request = OrderRequest {
            replaces: Some(Replacement { order, told }),
            ..given::order_request(id, method)
        };
        self.begin::<Order>(by, &request).map(|()| id)
    }

    pub(super) fn on_order(&mut self, by: &Actor, action: &OrderAction) -> Outcome {
        let id = *self.orders.keys().next_back()?;
        Some(self.act::<Order>(by, id, action))
    }

    pub fn produce(&mut self, valid_days: u64, product: &str) -> Outcome {
        let number = given::card_number(self.fresh().as_u128());
        let made = MadeCard {
            number,
            product_number: given::product_number(product),
            printed_name: "Test Testsson".to_owned(),
            valid_to: self.now.date_naive() + Days::new(valid_days),
        };
        let manufacturer = given::system(SystemActor::Manufacturer);
        let produced = self.on_order(&manufacturer, &OrderAction::Produce(made));
        if produced == Some(Ok(())) {
            self.ask_for_certificates();
        }
        produced
    }

    pub fn dispatch(&mut self) -> Outcome {
        let order = self.orders.values().next_back()?;
        let rek_id = (order.method == DeliveryMethod::Rek).then(given::rek_id);
        let manufacturer = given::system(SystemActor::Manufacturer);
        self.on_order(&manufacturer, &OrderAction::Dispatch { rek_id })
    }

    pub(super) fn take_photo(&mut self, by: &Actor, source: PhotoSource) -> Outcome {
        let order = self.orders.values().next_back()?.id;
        let request = PhotoRequest {
            id: PhotoId(self.fresh()),
            order,
            person: given::HOLDER,
            source,
            picture: given::picture(),
        };
        Some(self.begin::<Photo>(by, &request))
    }

    pub(super) fn on_photo(&mut self, by: &Actor, action: &PhotoAction) -> Outcome {
        let id = *self.photos.keys().next_back()?;
        Some(self.act::<Photo>(by, id, action))
    }

    pub(super) fn on_delivery(
        &mut self,
        by: &Actor,
        first: bool,
        action: &DeliveryAction,
    ) -> Outcome {
        let mut ids = self.deliveries.keys();
        let id = *if first { ids.next() } else { ids.next_back() }?;
        Some(self.act::<Delivery>(by, id, action))
    }

    pub(super) fn card_at(&self, first: bool) -> Option<&Card> {
        let mut cards = self.cards.values();
        if first {
            cards.next()
        } else {
            cards.next_back()
        }
    }

    pub(super) fn on_card(&mut self, by: &Actor, first: bool, action: &CardAction) -> Outcome {
        let id = self.card_at(first)?.id.0;
        Some(self.act::<Card>(by, id, action))
    }

    /// Everything done right at the counter, with the last card that was made.
    pub fn unlock(&mut self, by: &Actor) -> Outcome {
        let number = self.card_at(false)?.number.clone()?;
        let check = given::perfect_check(&number, &self.product, self.now);
        self.on_card(by, false, &CardAction::Unlock(check))
    }

    pub fn on_code(&mut self, by: &Actor, which: usize, action: &ChipCodeAction) -> Outcome {
        let card = self.card_at(false)?.id;
        let mut codes = self.codes.values().filter(|code| code.card == card);
        let id = codes.nth(which)?.id.0;
        Some(self.act::<ChipCode>(by, id, action))
    }

    pub fn sign(&mut self, by: &Actor, kind: SignatureKind) -> Outcome {
        let terms_version = TERMS_VERSION.to_owned();
        let signature = given::signature(kind, self.now);
        let action = if kind == SignatureKind::Paper {
            ReceiptAction::RegisterPaper {
                terms_version,
                signature,
            }
        } else {
            ReceiptAction::Sign {
                terms_version,
                signature,
            }
        };
        self.on_receipt(by, &action)
    }

    pub(super) fn on_receipt(&mut self, by: &Actor, action: &ReceiptAction) -> Outcome {
        let id = *self.receipts.keys().next_back()?;
        Some(self.act::<Receipt>(by, id, action))
    }

    /// Opens a case for the card, confirmed by the last four digits of the number that the card is
    /// said to have.
    pub fn report(
        &mut self,
        by: &Actor,
        card: &Card,
        reason: RevocationReason,
        reporter: Reporter,
    ) -> Result<(), Refusal> {
        let number = card.number.clone().unwrap_or_else(|| given::card_number(0));
        let request = RevocationRequest {
            id: RevocationId(self.fresh()),
            card: card.id,
            person: given::HOLDER,
            reason,
            reporter,
            last_four: number.last_four().to_owned(),
            wrong_in: None,
        };
        self.begin::<Revocation>(by, &request)
    }

    /// Carrying out the last report, confirmed with the digits of its card.
    pub fn execution(&self) -> RevocationAction {
        let card = self.cases.values().next_back().map(|case| case.card);
        self.execution_of(card)
    }

    /// Carrying out a report about a card.
    pub fn execution_of(&self, card: Option<CardId>) -> RevocationAction {
        let card = card.and_then(|card| self.cards.get(&card.0));
        let number = card.and_then(|card| card.number.as_ref());
        let last_four = number.map_or_else(String::new, |number| number.last_four().to_owned());
        RevocationAction::Execute { last_four }
    }

    pub fn on_case(&mut self, by: &Actor, action: &RevocationAction) -> Outcome {
        let id = *self.cases.keys().next_back()?;
        Some(self.act::<Revocation>(by, id, action))
    }

    pub fn step_outcome(&self, name: StepOutcomeName) -> StepOutcome {
        let (on, reference) = (business_day(self.now), None);
        match name {
            StepOutcomeName::DoneByHolder => StepOutcome::DoneByHolder { on, reference },
            StepOutcomeName::DoneByUs => StepOutcome::DoneByUs { on, reference },
            StepOutcomeName::HolderWillDo => StepOutcome::HolderWillDo {
                by: on + Days::new(3),
            },
            StepOutcomeName::NotApplicable => StepOutcome::NotApplicable {
                why: NotApplicable::NoPersonalEid,
            },
        }
    }

    pub fn ask_for_letter(
        &mut self,
        by: &Actor,
        card: CardId,
        reason: LetterReason,
        caller_identified: bool,
    ) -> Result<(), Refusal> {
        let request = PukLetterRequest {
            id: PukLetterId(self.fresh()),
            card,
            person: given::HOLDER,
            reason,
            caller_identified,
        };
        self.begin::<PukLetter>(by, &request)
    }

    pub fn on_letter(&mut self, by: &Actor, action: &PukLetterAction) -> Outcome {
        let id = *self.letters.keys().next_back()?;
        Some(self.act::<PukLetter>(by, id, action))
    }

    /// The journey of a letter, by whoever reports it.
    pub(super) fn letter_moves(&mut self, by: &Actor, action: &PukLetterAction) -> Outcome {
        let system = match action {
            PukLetterAction::Use | PukLetterAction::Fail => return self.on_letter(by, action),
            PukLetterAction::Close => SystemActor::Scheduler,
            _ => SystemActor::LetterBureau,
        };
        self.on_letter(&given::system(system), action)
    }
}
