//! The counter, before the holder chooses a code and the officer signs.

use cards_domain::card::{Card, CardAction, CardActionName, CounterCheck};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::offer::Offered as _;
use cards_store::Link;

use crate::queries::CardPage;
use crate::{App, Call, Failure};

impl App {
    /// Whether what the officer has seen to holds so far. Nothing is changed, but a refusal is
    /// written down like that of the act itself: who tried another person's document must be
    /// found in the log.
    ///
    /// # Errors
    /// [`Failure::Refused`] with the first thing that does not hold.
    pub fn examine_card(
        &self,
        link: &mut Link,
        call: &Call,
        page: &CardPage,
        check: &CounterCheck,
    ) -> Result<(), Failure> {
        let (card, facts, now) = (&page.card.sheet.card, &page.facts, link.now());
        let action = CardAction::Unlock(check.clone());
        let verdict = card
            .permitted(&call.actor, &action, facts)
            .and_then(|()| card.could(&call.actor, CardActionName::Unlock, facts, now))
            .and_then(|()| card.examine(&call.actor, check, facts, now));
        match verdict {
            Ok(_) => Ok(()),
            Err(refusal) => {
                self.ledger
                    .note_refusal::<Card>(link, call, &action, (card, facts), &refusal)?;
                Err(refusal.into())
            }
        }
    }
}
