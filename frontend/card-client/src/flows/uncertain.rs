//! A card that was taken out while it was told to change: which code is right is found out once the
//! same card is back, and never guessed.

use super::{Desk, Outcome};
use crate::card::{Card, CardInfo, CodeState, Holds};
use crate::code::{Code, CodeName};
use crate::port::CardError;

/// How often the holder is asked to put the card back.
const ATTEMPTS: usize = 3;

/// What was found out.
enum Valid {
    Old,
    New,
    Unknown,
}

impl Desk<'_> {
    /// After a change: the new code is proved, and if it is wrong the old one.
    pub(super) fn settle_change(
        &mut self,
        card: &Card,
        pin: CodeName,
        old: &Code,
        new: &Code,
    ) -> Outcome {
        self.say("uncertain");
        let valid = match self.card_is_back(card) {
            Some(back) => self.which_is_valid(&back, pin, old, new),
            None => Valid::Unknown,
        };
        let name = self.name(pin);
        match valid {
            Valid::New => {
                self.say_with("changed", &[("name", name.into())]);
                Outcome::Well
            }
            Valid::Old => {
                self.say("old-is-valid");
                Outcome::NotWell
            }
            Valid::Unknown => {
                self.say("unknown-change");
                Outcome::NotWell
            }
        }
    }

    /// After an unlocking: a code that was locked and no longer is has been chosen anew.
    pub(super) fn settle_unlock(
        &mut self,
        card: &Card,
        pin: CodeName,
        before: &CardInfo,
        new: &Code,
    ) -> Outcome {
        self.say("uncertain");
        let valid = match self.card_is_back(card) {
            Some(back) => self.was_opened(&back, pin, before, new),
            None => Valid::Unknown,
        };
        let name = self.name(pin);
        match valid {
            Valid::New => {
                self.say_with("unlocked", &[("name", name.into())]);
                Outcome::Well
            }
            Valid::Old => {
                self.say("nothing-changed");
                Outcome::NotWell
            }
            Valid::Unknown => {
                self.say("unknown-unlock");
                Outcome::NotWell
            }
        }
    }

    /// Waits until the same card is in some reader again.
    fn card_is_back(&mut self, card: &Card) -> Option<Card> {
        for _ in 0..ATTEMPTS {
            let answer = self.ask("put-back")?.to_lowercase();
            if answer.starts_with('n') {
                return None;
            }
            let readers = self.port.readers().unwrap_or_default();
            let back = readers.into_iter().find_map(|reader| match reader.holds {
                Holds::Card(other) if other.number == card.number => Some(other),
                _ => None,
            });
            if back.is_some() {
                return back;
            }
            self.say("not-back");
        }
        None
    }

    fn which_is_valid(&self, card: &Card, pin: CodeName, old: &Code, new: &Code) -> Valid {
        let Ok(info) = self.port.read_card_info(card) else {
            return Valid::Unknown;
        };
        // Finding out must not lock the card.
        if matches!(
            info.state(pin),
            CodeState::Locked | CodeState::Working(Some(0 | 1))
        ) {
            return Valid::Unknown;
        }
        match self.port.check_pin(card, pin, new) {
            Ok(()) => Valid::New,
            Err(CardError::Wrong) => match self.port.check_pin(card, pin, old) {
                Ok(()) => Valid::Old,
                Err(_) => Valid::Unknown,
            },
            Err(_) => Valid::Unknown,
        }
    }

    fn was_opened(&self, card: &Card, pin: CodeName, before: &CardInfo, new: &Code) -> Valid {
        let Ok(info) = self.port.read_card_info(card) else {
            return Valid::Unknown;
        };
        let was_locked = before.state(pin) == CodeState::Locked;
        match info.state(pin) {
            CodeState::Locked if was_locked => Valid::Old,
            CodeState::Working(_) if was_locked => Valid::New,
            CodeState::Working(Some(0 | 1)) | CodeState::Locked => Valid::Unknown,
            _ => match self.port.check_pin(card, pin, new) {
                Ok(()) => Valid::New,
                Err(CardError::Wrong) => Valid::Old,
                Err(_) => Valid::Unknown,
            },
        }
    }
}
