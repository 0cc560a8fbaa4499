//! What can be done with a thing right now, and for everything else: why not, and the shortest
//! lawful way instead. Every button comes from here.

use chrono::{DateTime, Utc};

use crate::access::Actor;
use crate::lifecycle::Lifecycle;
use crate::refusal::Refusal;

/// An action and whether it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<N> {
    /// Which action.
    pub action: N,
    /// Yes, or no because.
    pub verdict: Result<(), Refusal>,
}

impl<N> Offer<N> {
    /// Whether the action would be accepted.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.verdict.is_ok()
    }
}

/// A thing whose actions can be offered before anything has been filled in.
pub trait Offered: Lifecycle {
    /// The actions that people, not systems, take; in the order in which they are shown.
    fn for_people() -> Vec<Self::ActionName>;

    /// Whether the action would be accepted if everything the actor can still see to were seen to.
    ///
    /// # Errors
    /// The refusal that would meet even a perfect attempt.
    fn could(
        &self,
        by: &Actor,
        action: Self::ActionName,
        facts: &Self::Facts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal>;
}

/// The answer to "what can be done with this?". Actions that nobody in this role expects are left
/// out; what is refused for any other reason is told.
#[must_use]
pub fn available<L: Offered>(
    by: &Actor,
    thing: &L,
    facts: &L::Facts,
    now: DateTime<Utc>,
) -> Vec<Offer<L::ActionName>> {
    L::for_people()
        .into_iter()
        .map(|action| Offer {
            action,
            verdict: thing.could(by, action, facts, now),
        })
        .filter(|offer| {
            !matches!(
                offer.verdict,
                Err(Refusal::NotYourRole | Refusal::OutOfScope)
            )
        })
        .collect()
}
