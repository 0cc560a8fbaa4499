//! An order's page: what can be done, what cannot and why.

use cards_domain::access::{Function, Scope};
use cards_domain::ids::OrderId;
use cards_domain::offer::Offer;
use cards_domain::order::OrderActionName;
use cards_store::Link;
use cards_store::queries::{CardSheet, Clock, LookedAt, OrderSheet, PersonSheet};

use super::card_page::clocks_for;
use crate::{App, Call, Failure, Which};

/// An order and what can be done with it.
#[derive(Clone, Debug)]
pub struct OrderAndOffers {
    /// The order.
    pub sheet: OrderSheet,
    /// Yes, or no because.
    pub offers: Vec<Offer<OrderActionName>>,
}

/// Everything on an order's page.
#[derive(Clone, Debug)]
pub struct OrderPage {
    /// For whom.
    pub person: PersonSheet,
    /// The order and what can be done with it.
    pub order: OrderAndOffers,
    /// The card, once it is being made.
    pub card: Option<CardSheet>,
    /// The clocks that run for it.
    pub clocks: Vec<Clock>,
}

impl App {
    /// An order's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an order that is not in scope.
    pub fn order_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: OrderId,
    ) -> Result<OrderPage, Failure> {
        let at = LookedAt::Order(id);
        let person = self.ledger.look(link, call, at, Which::Every)?;
        link.reading(call.actor.office(), |link| {
            self.read_order(link, call, (person, id))
        })
    }

    fn read_order(
        &self,
        link: &mut Link,
        call: &Call,
        (person, id): (PersonSheet, OrderId),
    ) -> Result<OrderPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.order(&scope, id)?.ok_or(Failure::NotFound)?;
        let card = match sheet.order.card {
            Some(card) => link.card(&scope, card)?,
            None => None,
        };
        let clocks = clocks_for(link, person.person, id.0)?;
        let order = self
            .order_offers(link, call, vec![sheet])?
            .pop()
            .ok_or(Failure::NotFound)?;
        Ok(OrderPage {
            person,
            order,
            card,
            clocks,
        })
    }

    pub(super) fn order_offers(
        &self,
        link: &mut Link,
        call: &Call,
        sheets: Vec<OrderSheet>,
    ) -> Result<Vec<OrderAndOffers>, Failure> {
        let things: Vec<_> = sheets.iter().map(|sheet| sheet.order.clone()).collect();
        let offers = self.ledger.available(link, &call.actor, &things)?;
        Ok(sheets
            .into_iter()
            .zip(offers)
            .map(|(sheet, offers)| OrderAndOffers { sheet, offers })
            .collect())
    }
}
