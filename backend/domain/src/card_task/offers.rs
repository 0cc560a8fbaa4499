//! What people are offered to have done with a card in a reader, and to do with a task.

use chrono::{DateTime, Utc};
use strum::IntoEnumIterator as _;

use super::{CardTask, CardTaskActionName, CardTaskFacts, TaskKind};
use crate::access::{Actor, permit};
use crate::lifecycle::Lifecycle as _;
use crate::offer::{Offer, Offered};
use crate::refusal::Refusal;

impl CardTask {
    /// What could be done with the card in a reader, and for the rest why not. Kinds that nobody in
    /// this role expects are left out.
    #[must_use]
    pub fn offers(by: &Actor, facts: &CardTaskFacts, now: DateTime<Utc>) -> Vec<Offer<TaskKind>> {
        TaskKind::iter()
            .map(|kind| Offer {
                action: kind,
                verdict: kind.may_be_offered(by, facts, now),
            })
            .filter(|offer| {
                !matches!(
                    offer.verdict,
                    Err(Refusal::NotYourRole | Refusal::OutOfScope)
                )
            })
            .collect()
    }
}

impl Offered for CardTask {
    /// Everything else is done by the card client, or follows.
    fn for_people() -> Vec<CardTaskActionName> {
        vec![CardTaskActionName::Cancel]
    }

    fn could(
        &self,
        by: &Actor,
        action: CardTaskActionName,
        facts: &CardTaskFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        match action {
            CardTaskActionName::Cancel => {
                permit(by, self.kind.function(), Self::subject(facts))?;
                self.lives(now)
            }
            CardTaskActionName::Fetch
            | CardTaskActionName::AnswerChip
            | CardTaskActionName::Prove
            | CardTaskActionName::Finish
            | CardTaskActionName::GiveUp
            | CardTaskActionName::Renew
            | CardTaskActionName::Lapse
            | CardTaskActionName::EndWithCard => Err(Refusal::NotYourRole),
        }
    }
}
