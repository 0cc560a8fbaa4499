//! A person's page: everything of theirs, and whether a card may be ordered.

use cards_domain::access::{Function, Scope};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{OrderId, OrganisationId, PersonId};
use cards_domain::order::{Order, OrderRequest};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;
use cards_store::queries::{Clock, Event, LookedAt, Outdated, PersonSheet};

use super::card_page::CardAndOffers;
use super::employment::{self, Employment};
use super::order_page::OrderAndOffers;
use super::photo::ShownPhoto;
use crate::{App, Call, Failure, Which};

/// How many events a page shows; a page of its own shows the rest.
const EVENTS: i64 = 6;

/// Whether a card may be ordered in an organisation's name.
pub type OrderVerdict = (OrganisationId, Result<(), Refusal>);

/// Everything on a person's page.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// Who.
    pub sheet: PersonSheet,
    /// The newest photo that was approved.
    pub photo: Option<ShownPhoto>,
    /// What the directory says of the work, for the employments in scope.
    pub employments: Vec<Employment>,
    /// What the population register last said.
    pub register: Option<RegisterSnapshot>,
    /// The cards in scope, newest first.
    pub cards: Vec<CardAndOffers>,
    /// How many cards other issuers have given the person.
    pub cards_of_others: usize,
    /// The orders in scope, newest first.
    pub orders: Vec<OrderAndOffers>,
    /// Orders that were sent before the name or number was changed.
    pub outdated: Vec<Outdated>,
    /// The clocks that run.
    pub clocks: Vec<Clock>,
    /// The last events.
    pub events: Vec<Event>,
    /// Whether a card may be ordered, for each organisation in scope where the person works.
    pub order: Vec<OrderVerdict>,
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
        let at = LookedAt::Person(id);
        let sheet = self.ledger.look(link, call, at, Which::Every)?;
        link.reading(call.actor.office(), |link| {
            self.read_person(link, call, sheet)
        })
    }

    /// As [`App::person_page`], with everything of a protected person shown: that is written down
    /// as an act of its own, which the holder can see.
    ///
    /// # Errors
    /// As [`App::person_page`].
    pub fn revealed_person_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
    ) -> Result<PersonPage, Failure> {
        let page = self.person_page(link, call, id)?;
        let at = (LookedAt::Person(id), Which::Every);
        self.ledger.reveal(link, call, &page.sheet, at)?;
        Ok(page)
    }

    fn read_person(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: PersonSheet,
    ) -> Result<PersonPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let id = sheet.person;
        let (cards, cards_of_others) = link.cards_of(&scope, id)?;
        let cards = self.card_offers(link, call, cards)?;
        let orders = link.orders_of(&scope, id)?;
        let orders = self.order_offers(link, call, orders)?;
        Ok(PersonPage {
            photo: link.approved_photo(id)?,
            employments: employment::of_person(link, &scope, &sheet)?,
            register: link.register_answer(id)?.map(|(answer, _)| answer),
            cards,
            cards_of_others,
            orders,
            outdated: link.sent_before_a_change(id)?,
            clocks: link.clocks_of(id)?,
            events: link.events_of(id, true, EVENTS)?,
            order: self.may_order(link, call, &scope, &sheet)?,
            sheet,
        })
    }

    /// Every event about a person, newest first; for those who read the log also the person's
    /// log-ins.
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
        let at = LookedAt::Person(id);
        let sheet = self.ledger.look(link, call, at, Which::Every)?;
        let mut events = link.events_of(id, true, ALL)?;
        let reads_log = Scope::of(&call.actor, Function::ReadLog);
        if link.person(&reads_log, id)?.is_some() {
            events.extend(link.log_ins_of(id, ALL)?);
            events.sort_by_key(|event| std::cmp::Reverse(event.entry.at));
        }
        Ok((sheet, events))
    }

    /// Whether an order would be accepted if its form were filled in perfectly.
    fn may_order(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        person: &PersonSheet,
    ) -> Result<Vec<OrderVerdict>, Failure> {
        let Some((product, office)) = link.first_of_the_range()? else {
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
                product,
                office,
                method: DeliveryMethod::APost,
                routine_confirmed: true,
                replaces: None,
            };
            let verdict = self
                .ledger
                .could_begin::<Order>(link, &call.actor, &request);
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
