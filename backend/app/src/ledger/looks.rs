//! Lines that change nothing. Looks, searches and checks of cards: nothing is shown that is not written
//! down. And the doubt of an officer who looks at a person and their document, and stops.

use cards_domain::access::{Function, Scope, permit};
use cards_domain::card::Card;
use cards_domain::person::Subject;
use cards_store::Link;
use cards_store::clients::CardState;
use cards_store::journal::{Channel, Line};
use cards_store::queries::{LookedAt, PersonSheet};
use chrono::Duration;
use serde_json::{Value, json};

use super::request::{Stop, once};
use super::{Ledger, lines};
use crate::{Call, Failure};

/// Pages of the same thing opened by the same officer within these minutes may be one look.
const ONE_LOOK_MINUTES: i64 = 5;
/// While somebody types, what a search has shown is not written down again within these seconds.
const ONE_SEARCH_SECONDS: i64 = 60;

/// Which openings of a page are looks of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    Every,
    /// Those by somebody who has not looked at it within a few minutes: for a page that reloads
    /// itself while the officer waits, and for the steps of one act.
    NewOnly,
}

impl Ledger {
    /// The sheet of the person behind what somebody looks at. That they have looked is written
    /// down in the same statement, and the holder can see it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for what is not in scope, which leaves no line. The store fails: then
    /// nothing is shown.
    pub fn look(
        &self,
        link: &mut Link,
        call: &Call,
        at: LookedAt,
        which: Which,
    ) -> Result<PersonSheet, Failure> {
        let line = lines::of_look(link.new_id(), call, at);
        let sheet = see(link, call, (at, which), line)?;
        // The API has no page that hides a name until it is asked for: what it answers is shown.
        if call.channel == Channel::Api {
            self.reveal(link, call, &sheet, (at, which))?;
        }
        Ok(sheet)
    }

    /// Writes down that name, number and the like of a protected person are shown to somebody who
    /// has looked `at` something of theirs; a look alone does not show them. Nothing is written for
    /// anybody else.
    ///
    /// # Errors
    /// As [`Ledger::look`]: then nothing is shown.
    pub fn reveal(
        &self,
        link: &mut Link,
        call: &Call,
        sheet: &PersonSheet,
        (at, which): (LookedAt, Which),
    ) -> Result<(), Failure> {
        if !sheet.protection.is_protected() {
            return Ok(());
        }
        let line = lines::of_reveal(link.new_id(), call, at);
        see(link, call, (at, which), line).map(drop)
    }

    /// Writes down that somebody has searched, with the ids of what was `found`.
    ///
    /// # Errors
    /// The store fails: then nothing is shown.
    pub fn searched(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        found: Value,
    ) -> Result<(), Failure> {
        let organisation = scope.organisations().first().copied();
        link.note(lines::of_search(link.new_id(), call, organisation, found))?;
        Ok(())
    }

    /// As [`Ledger::searched`], for a list that changes while somebody types: nobody is shown who is
    /// not written down, but whom a line of the last minute names is not written down again.
    ///
    /// # Errors
    /// The store fails: then nothing is shown.
    pub fn searched_while_typing(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        found: Value,
    ) -> Result<(), Failure> {
        let since = link.now() - Duration::seconds(ONE_SEARCH_SECONDS);
        if let Some(person) = call.actor.person()
            && link.were_found(person, &found, since)?
        {
            return Ok(());
        }
        self.searched(link, call, scope, found)
    }

    /// Writes down that an officer was not sure who stood at the counter with a card, and stopped. Once
    /// for a form, however often it is sent. Nothing else changes: the card is neither handed over nor
    /// revoked, and the next officer can read it.
    ///
    /// # Errors
    /// [`Failure::Refused`] for those who may not do what they would have stopped, with a line.
    pub(crate) fn doubted(
        &self,
        link: &mut Link,
        call: &Call,
        (about, card): (&Subject, &Card),
        stopped: Function,
    ) -> Result<(), Failure> {
        let done = once::<Card>(link, call, |tx| {
            let verdict = permit(&call.actor, stopped, about);
            let event = match &verdict {
                Ok(()) => json!({ "stopped": <&str>::from(stopped) }),
                Err(refusal) => json!(refusal),
            };
            let line = lines::of_doubt(tx, call, (about, card.id), event);
            tx.line(match &verdict {
                Ok(()) => line,
                Err(refusal) => lines::with_outcome(line, refusal.code()),
            });
            Ok(verdict.map(|()| card.clone()))
        });
        match done {
            Ok(Ok(_)) | Err(Stop::Repeated(_)) => Ok(()),
            Ok(Err(refusal)) => Err(refusal.into()),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }

    /// Writes down that a system client has asked whether a card is valid; `outcome` is `done` or
    /// why it got no answer. What was asked for is in no line: it need not be a card's number.
    ///
    /// # Errors
    /// The store fails: then nothing is answered.
    pub(crate) fn card_checked(
        &self,
        link: &mut Link,
        call: &Call,
        card: Option<&CardState>,
        outcome: &str,
    ) -> Result<(), Failure> {
        let line = lines::of_card_check(link.new_id(), call, card, outcome);
        Ok(link.note(line)?)
    }
}

/// What is seen and its line, in one statement.
fn see(
    link: &mut Link,
    call: &Call,
    (at, which): (LookedAt, Which),
    line: Line,
) -> Result<PersonSheet, Failure> {
    let scope = Scope::of(&call.actor, Function::ViewPerson);
    let unless_since = match which {
        Which::Every => None,
        Which::NewOnly => Some(link.now() - Duration::minutes(ONE_LOOK_MINUTES)),
    };
    let sheet = link.look(&scope, at, line, unless_since)?;
    sheet.ok_or(Failure::NotFound)
}
