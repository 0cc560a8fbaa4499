//! What a holder sees in Mina sidor: only their own.

use cards_domain::access::{Actor, Function, Scope};
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryAction;
use cards_domain::ids::{CardId, PersonId, ReceiptId};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::receipt::Receipt;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::queries::{CardSheet, Clock, DayOfLooks, Event, OrderSheet, PersonSheet};

use crate::{App, Call, Failure};

/// Everything on a holder's start page.
#[derive(Clone, Debug)]
pub struct HolderPage {
    /// Who.
    pub person: PersonSheet,
    /// Every card, whoever issued it, newest first.
    pub cards: Vec<CardSheet>,
    /// Every order, newest first.
    pub orders: Vec<OrderSheet>,
    /// The clocks that run.
    pub clocks: Vec<Clock>,
    /// Who looked last.
    pub last_look: Option<Event>,
}

/// The page on which a holder signs for a card.
#[derive(Clone, Debug)]
pub struct ReceiptPage {
    /// Who.
    pub person: PersonSheet,
    /// The card.
    pub card: CardSheet,
    /// The receipt that waits; `None` when it was signed or the card has ended.
    pub receipt: Option<ReceiptId>,
    /// The receipt that was signed for a card that is active.
    pub signed: Option<Receipt>,
    /// The clocks that run for the card.
    pub clocks: Vec<Clock>,
}

impl App {
    /// A holder's start page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the caller is no holder.
    pub fn holder_page(&self, link: &mut Link, call: &Call) -> Result<HolderPage, Failure> {
        let (scope, id) = own(call)?;
        let person = link.person(&scope, id)?.ok_or(Failure::NotFound)?;
        let (cards, _) = link.cards_of(&scope, id)?;
        Ok(HolderPage {
            person,
            cards,
            orders: link.orders_of(&scope, id)?,
            clocks: link.clocks_of(id)?,
            last_look: link.looks_at(id, 1)?.pop(),
        })
    }

    /// Who has looked at the holder, newest first: a row for each looker, portal and day.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the caller is no holder.
    pub fn holder_looks(&self, link: &mut Link, call: &Call) -> Result<Vec<DayOfLooks>, Failure> {
        const MOST: i64 = 200;
        let (_, id) = own(call)?;
        Ok(link.lookers_at(id, MOST)?)
    }

    /// Whether the holder may say now that a card has not come.
    ///
    /// # Errors
    /// The store fails.
    pub fn may_report_missing(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: &CardSheet,
    ) -> Result<Result<(), Refusal>, Failure> {
        let Some(delivery) = sheet.delivery.as_ref() else {
            return Ok(Err(Refusal::NotPosted));
        };
        let things = std::slice::from_ref(delivery);
        let facts = self.ledger.facts(link, &call.actor, things)?;
        let facts = facts.first().ok_or(Failure::NotFound)?;
        let action = DeliveryAction::ReportMissing;
        Ok(delivery
            .decide(&call.actor, &action, facts, link.now())
            .map(drop))
    }

    /// The page on which a holder signs for a card.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for somebody else's card.
    pub fn receipt_page(
        &self,
        link: &mut Link,
        call: &Call,
        card: CardId,
    ) -> Result<ReceiptPage, Failure> {
        let (scope, id) = own(call)?;
        let person = link.person(&scope, id)?.ok_or(Failure::NotFound)?;
        let card = link.card(&scope, card)?.ok_or(Failure::NotFound)?;
        let mut clocks = link.clocks_of(id)?;
        clocks.retain(|clock| clock.thing == card.card.id.0);
        let signed = match card.card.stage {
            CardStage::Active { .. } => link.signed_receipt(card.card.id)?,
            CardStage::Ordered
            | CardStage::Sent { .. }
            | CardStage::UnlockedUnsigned { .. }
            | CardStage::Revoked { .. }
            | CardStage::Expired { .. } => None,
        };
        Ok(ReceiptPage {
            person,
            receipt: card.receipt,
            signed,
            card,
            clocks,
        })
    }
}

fn own(call: &Call) -> Result<(Scope, PersonId), Failure> {
    match &call.actor {
        Actor::Holder(holder) => Ok((Scope::of(&call.actor, Function::ViewOwn), holder.person)),
        Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => Err(Failure::NotFound),
    }
}
