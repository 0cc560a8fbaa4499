//! Whether a card can be relied on: the one question that a system client may ask.

use cards_domain::access::{Function, permit};
use cards_domain::card::{Validity, validity};
use cards_domain::ids::PersonId;
use cards_domain::person::Subject;
use cards_domain::values::CardNumber;
use cards_store::Link;
use uuid::Uuid;

use crate::{App, Call, Failure};

impl App {
    /// Whether the card with this number is valid; nothing about its holder. Every check leaves a
    /// line that names the client and the card, not the person: the lines of one card would
    /// otherwise be a record of where its holder has been.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when no card has the number, [`Failure::Refused`] when the client is
    /// not registered for the question.
    pub fn card_status(
        &self,
        link: &mut Link,
        call: &Call,
        number: &CardNumber,
    ) -> Result<Validity, Failure> {
        if let Err(refusal) = permit(&call.actor, Function::CheckCardStatus, &nobody()) {
            self.ledger.card_checked(link, call, None, refusal.code())?;
            return Err(refusal.into());
        }
        let Some(state) = link.card_state(number)? else {
            self.ledger.card_checked(link, call, None, "unknown_card")?;
            return Err(Failure::NotFound);
        };
        let told = validity(state.stage, state.since, state.valid_to, link.now());
        self.ledger.card_checked(link, call, Some(&state), "done")?;
        Ok(told)
    }
}

/// The question is about a card, whoever holds it.
fn nobody() -> Subject {
    Subject {
        person: PersonId(Uuid::nil()),
        protected: false,
        organisations: Vec::new(),
    }
}
