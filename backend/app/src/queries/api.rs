//! What only the API asks: a card by its number in three statements, and lists in pages.

use cards_domain::access::{Actor, Function, Scope};
use cards_domain::ids::{CardId, PersonId};
use cards_domain::values::CardNumber;
use cards_store::Link;
use cards_store::queries::{CardSheet, Event, EventsOf, LookedAt, NumberedCard, PersonSheet};
use uuid::Uuid;

use crate::{App, Call, Failure, Which};

/// A page of lines of the log: after which line, and how many.
pub type EventPage = (Option<Uuid>, i64);

impl App {
    /// The card with this number and its holder. The look is written down.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn card_numbered(
        &self,
        link: &mut Link,
        call: &Call,
        number: &CardNumber,
    ) -> Result<(NumberedCard, PersonSheet), Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let card = link.card_numbered(&scope, number)?;
        let card = card.ok_or(Failure::NotFound)?;
        let at = LookedAt::Card(card.card.id);
        let person = self.ledger.look(link, call, at, Which::Every)?;
        Ok((card, person))
    }

    /// Events about a person, newest first. The first page is a look of its own, the pages after
    /// it belong to that.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a person who is not in scope.
    pub fn person_event_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: PersonId,
        (after, limit): EventPage,
    ) -> Result<Vec<Event>, Failure> {
        let at = LookedAt::Person(id);
        self.ledger.look(link, call, at, of_page(after))?;
        Ok(link.events_page(&EventsOf::Person(id), after, limit)?)
    }

    /// Events of a card and of what belongs to it, newest first. As [`App::person_event_page`].
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a card that is not in scope.
    pub fn card_event_page(
        &self,
        link: &mut Link,
        call: &Call,
        id: CardId,
        (after, limit): EventPage,
    ) -> Result<Vec<Event>, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let at = LookedAt::Card(id);
        let person = self.ledger.look(link, call, at, of_page(after))?;
        let sheet = link.card(&scope, id)?.ok_or(Failure::NotFound)?;
        let things = EventsOf::Things(person.person, things_of(&sheet));
        Ok(link.events_page(&things, after, limit)?)
    }

    /// Who has looked at the holder, newest first.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the caller is no holder.
    pub fn own_look_page(
        &self,
        link: &mut Link,
        call: &Call,
        (after, limit): EventPage,
    ) -> Result<Vec<Event>, Failure> {
        let Actor::Holder(holder) = &call.actor else {
            return Err(Failure::NotFound);
        };
        Ok(link.events_page(&EventsOf::Looks(holder.person), after, limit)?)
    }
}

fn of_page(after: Option<Uuid>) -> Which {
    match after {
        Some(_) => Which::NewOnly,
        None => Which::Every,
    }
}

/// The card itself and everything with lines of its own that belongs to it.
fn things_of(sheet: &CardSheet) -> Vec<Uuid> {
    let parts = &sheet.parts;
    let mut things = vec![sheet.card.id.0];
    things.extend(sheet.delivery.iter().map(|delivery| delivery.id.0));
    things.extend(sheet.receipt.map(|receipt| receipt.0));
    things.extend(parts.codes.iter().map(|code| code.id.0));
    things.extend(parts.letters.iter().map(|letter| letter.id.0));
    things.extend(parts.cases.iter().map(|case| case.id.0));
    things
}
