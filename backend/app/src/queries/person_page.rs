//! A person's page, a card's page and an order's page: what can be done, what cannot and why.

use cards_domain::access::{Function, Scope};
use cards_domain::card::{CardActionName, CardFacts};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrderId, OrganisationId, PersonId};
use cards_domain::offer::Offer;
use cards_domain::order::{OrderActionName, OrderRequest};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;
use cards_store::queries::{CardSheet, Clock, Event, OrderSheet, PersonSheet};
use serde_json::Value;

use crate::ledger::Look;
use crate::{App, Call, Failure};

/// How many events a page shows; a page of its own shows the rest.
const EVENTS: i64 = 6;

/// Pages of the same thing opened by the same officer within these minutes are one look.
const ONE_LOOK_MINUTES: i64 = 5;

/// A card and what can be done with it.
#[derive(Clone, Debug)]
pub struct CardAndOffers {
    /// The card.
    pub sheet: CardSheet,
    /// Yes, or no because.
    pub offers: Vec<Offer<CardActionName>>,
}

/// An order and what can be done with it.
#[derive(Clone, Debug)]
pub struct OrderAndOffers {
    /// The order.
    pub sheet: OrderSheet,
    /// Yes, or no because.
    pub offers: Vec<Offer<OrderActionName>>,
}

/// Whether a card may be ordered in an organisation's name.
pub type OrderVerdict = (OrganisationId, Result<(), Refusal>);

/// Everything on a person's page.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// Who.
    pub sheet: PersonSheet,
    /// What the population register last said.
    pub register: Option<RegisterSnapshot>,
    /// The cards in scope, newest first.
    pub cards: Vec<CardAndOffers>,
    /// How many cards other issuers have given the person.
    pub cards_of_others: usize,
    /// The orders in scope, newest first.
    pub orders: Vec<OrderAndOffers>,
    /// The clocks that run.
    pub clocks: Vec<Clock>,
    /// The last events.
    pub events: Vec<Event>,
    /// Whether a card may be ordered, for each organisation in scope where the person works.
    pub order: Vec<OrderVerdict>,
}

/// Everything on a card's page and in the activation.
#[derive(Clone, Debug)]
pub struct CardPage {
    /// Who holds it.
    pub person: PersonSheet,
    /// The card and what can be done with it.
    pub card: CardAndOffers,
    /// What the rules are told, for the page that asks for what is missing.
    pub facts: CardFacts,
    /// The clocks that run for it.
    pub clocks: Vec<Clock>,
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
    /// A person's page. That it was opened is written down and the holder can see it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a person who is not in scope.
    pub fn person_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
    ) -> Result<PersonPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.person(&scope, id)?.ok_or(Failure::NotFound)?;
        self.looked(link, call, "person", id.0, &sheet)?;
        let (cards, cards_of_others) = link.cards_of(&scope, id)?;
        let cards = self.card_offers(link, call, cards)?;
        let orders = link.orders_of(&scope, id)?;
        let orders = self.order_offers(link, call, orders)?;
        Ok(PersonPage {
            register: link.register_answer(id)?.map(|(answer, _)| answer),
            cards,
            cards_of_others,
            orders,
            clocks: link.clocks_of(id)?,
            events: link.events_of(id, true, EVENTS)?,
            order: self.may_order(link, call, &scope, &sheet)?,
            sheet,
        })
    }

    /// A card's page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn card_page(&self, link: &mut Link, call: &Call, id: CardId) -> Result<CardPage, Failure> {
        let page = self.read_card(link, call, id)?;
        self.looked(link, call, "card", id.0, &page.person)?;
        Ok(page)
    }

    fn read_card(&self, link: &mut Link, call: &Call, id: CardId) -> Result<CardPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.card(&scope, id)?.ok_or(Failure::NotFound)?;
        let person = link
            .person(&scope, sheet.card.person)?
            .ok_or(Failure::NotFound)?;
        let things = std::slice::from_ref(&sheet.card);
        let facts = self.ledger.facts(link, &call.actor, things)?;
        let facts = facts.into_iter().next().ok_or(Failure::NotFound)?;
        let clocks = clocks_for(link, person.person, id.0)?;
        let card = self.card_offers(link, call, vec![sheet])?;
        let card = card.into_iter().next().ok_or(Failure::NotFound)?;
        Ok(CardPage {
            person,
            card,
            facts,
            clocks,
        })
    }

    /// As [`App::card_page`], for a page that reloads itself while the officer waits and for steps
    /// of the same act: within a few minutes they are one look, not six a minute.
    ///
    /// # Errors
    /// As [`App::card_page`].
    pub fn card_page_again(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
    ) -> Result<CardPage, Failure> {
        let since = link.now() - chrono::Duration::minutes(ONE_LOOK_MINUTES);
        match call.actor.person() {
            Some(actor) if link.has_looked(actor, id.0, since)? => self.read_card(link, call, id),
            _ => self.card_page(link, call, id),
        }
    }

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
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.order(&scope, id)?.ok_or(Failure::NotFound)?;
        let person = link
            .person(&scope, sheet.order.person)?
            .ok_or(Failure::NotFound)?;
        self.looked(link, call, "order", id.0, &person)?;
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

    /// Every event about a person, newest first.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a person who is not in scope.
    pub fn person_events(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
    ) -> Result<(PersonSheet, Vec<Event>), Failure> {
        const ALL: i64 = 500;
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.person(&scope, id)?.ok_or(Failure::NotFound)?;
        self.looked(link, call, "person", id.0, &sheet)?;
        let events = link.events_of(id, true, ALL)?;
        Ok((sheet, events))
    }

    fn looked(
        &self,
        link: &mut Link,
        call: &Call,
        kind: &'static str,
        subject: uuid::Uuid,
        person: &PersonSheet,
    ) -> Result<(), Failure> {
        let look = Look {
            kind,
            subject: Some(subject),
            person: Some(person.person),
            organisation: person.posts.first().map(|post| post.organisation),
            protected: person.protection.is_protected(),
            details: Value::Null,
        };
        self.ledger.look(link, call, look)
    }

    pub(super) fn card_offers(
        &self,
        link: &mut Link,
        call: &Call,
        sheets: Vec<CardSheet>,
    ) -> Result<Vec<CardAndOffers>, Failure> {
        let things: Vec<_> = sheets.iter().map(|sheet| sheet.card.clone()).collect();
        let offers = self.ledger.available(link, &call.actor, &things)?;
        Ok(sheets
            .into_iter()
            .zip(offers)
            .map(|(sheet, offers)| CardAndOffers { sheet, offers })
            .collect())
    }

    fn order_offers(
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

    /// Whether an order would be accepted if its form were filled in perfectly.
    fn may_order(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        person: &PersonSheet,
    ) -> Result<Vec<OrderVerdict>, Failure> {
        let product = link
            .orderable_products()?
            .into_iter()
            .find(|product| !product.has_photo);
        let office = link.offices()?.into_iter().next();
        let (Some(product), Some(office)) = (product, office) else {
            return Ok(Vec::new());
        };
        let mut organisations: Vec<_> = person.posts.iter().map(|post| post.organisation).collect();
        organisations.dedup();
        organisations.retain(|organisation| scope.organisations().contains(organisation));
        let mut verdicts = Vec::new();
        for organisation in organisations {
            let request = OrderRequest {
                id: OrderId(link.new_id()),
                person: person.person,
                organisation,
                product: product.id,
                office: office.id,
                method: DeliveryMethod::APost,
                routine_confirmed: true,
            };
            let verdict =
                self.ledger
                    .could_begin::<cards_domain::order::Order>(link, &call.actor, &request);
            match verdict {
                Ok(()) => verdicts.push((organisation, Ok(()))),
                // The register is asked when the form is opened.
                Err(Failure::Refused(Refusal::RegisterSilent)) => {
                    verdicts.push((organisation, Ok(())));
                }
                Err(Failure::Refused(refusal)) => verdicts.push((organisation, Err(refusal))),
                Err(other) => return Err(other),
            }
        }
        Ok(verdicts)
    }
}

fn clocks_for(link: &mut Link, person: PersonId, thing: uuid::Uuid) -> Result<Vec<Clock>, Failure> {
    let mut clocks = link.clocks_of(person)?;
    clocks.retain(|clock| clock.thing == thing);
    Ok(clocks)
}
