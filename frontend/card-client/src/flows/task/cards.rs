//! The card that a task is for, by its number. Any other card, in whichever reader, is left alone.

use super::{Stop, Work};
use crate::card::{Card, CardInfo, Holds, Reader};
use crate::cause::Cause;
use crate::flows::{Desk, values_of};
use crate::task::Step;

/// How often the holder is asked to put the card in.
const ATTEMPTS: usize = 5;

impl Desk<'_> {
    /// Finds the task's card in some reader, and names it. Says what else is there.
    pub(super) fn find_card(&mut self, work: &mut Work<'_>) -> Result<(), Stop> {
        let mut cause = Cause::NoCard;
        for _ in 0..ATTEMPTS {
            let readers = match self.port.readers() {
                Ok(readers) => readers,
                Err(error) => {
                    self.tell(error.into());
                    return Err(Stop::Told(error.into()));
                }
            };
            if let Some(found) = the_card(&readers, &work.card) {
                self.found(work, found);
                return Ok(());
            }
            cause = self.other_cards(work, &readers);
            self.step(work, Step::WaitingForCard);
            let answer = self.ask("task-put-in");
            if answer.is_none_or(|answer| answer.to_lowercase().starts_with('n')) {
                break;
            }
        }
        self.tell(cause);
        Err(Stop::Told(cause))
    }

    fn found(&mut self, work: &mut Work<'_>, card: Card) {
        work.card = card;
        if !work.named {
            self.say_with("task-card", &values_of(&work.card));
            work.named = true;
        }
        self.step(work, Step::CardFound);
    }

    /// Says which cards are there and not meant.
    fn other_cards(&mut self, work: &Work<'_>, readers: &[Reader]) -> Cause {
        let mut cause = if readers.is_empty() {
            Cause::NoReader
        } else {
            Cause::NoCard
        };
        for reader in readers {
            if let Holds::Card(other) = &reader.holds {
                self.say_with("task-other-card", &values_of(other));
                cause = Cause::WrongCard;
            }
        }
        let digits = work.card.number.last_four().to_owned();
        self.say_with("task-wants-card", &[("digits", digits.into())]);
        cause
    }

    pub(super) fn card_info(&self, work: &Work<'_>) -> Result<CardInfo, Stop> {
        self.port.read_card_info(&work.card).map_err(Stop::Card)
    }
}

/// The card with this very number. PKCS#11 may have room for the end of it only.
pub(super) fn the_card(readers: &[Reader], wanted: &Card) -> Option<Card> {
    readers.iter().find_map(|reader| match &reader.holds {
        Holds::Card(card) if card.number.is_end_of(&wanted.number) => Some(card.clone()),
        _ => None,
    })
}
