//! *Byt pin-kod*.

use super::new_code::Known;
use super::{Desk, Outcome};
use crate::card::{Card, CardInfo, CodeState};
use crate::code::{Code, CodeName};
use crate::port::CardError;
use crate::weak::Weakness;

impl Desk<'_> {
    /// Changes one of the two PINs.
    pub fn change_pin(&mut self, said: Option<CodeName>) -> Outcome {
        let Some(card) = self.choose() else {
            return Outcome::NotWell;
        };
        self.name_card(&card);
        let Some(pin) = self.which_pin(said, "change-which") else {
            return Outcome::NotWell;
        };
        let Some(info) = self.info(&card) else {
            return Outcome::NotWell;
        };
        match info.state(pin) {
            CodeState::NotSet => return self.tell_not_set(pin),
            CodeState::Locked => return self.tell_locked(&info, pin),
            CodeState::Working(_) | CodeState::Untold => {}
        }
        if !self.dares(&info, pin) {
            return Outcome::NotWell;
        }
        match self.old_and_new(&card, pin, &info) {
            Some((old, new)) => self.change(&card, pin, &old, &new),
            None => self.stopped(),
        }
    }

    fn old_and_new(&mut self, card: &Card, pin: CodeName, info: &CardInfo) -> Option<(Code, Code)> {
        let facts = self.facts(card);
        let old = self.code_in_use(pin, info)?;
        let known = Known {
            code: &old,
            why: Weakness::Old,
        };
        let new = self.new_code(pin, info, &facts, Some(&known))?;
        Some((old, new))
    }

    fn change(&mut self, card: &Card, pin: CodeName, old: &Code, new: &Code) -> Outcome {
        self.say("writing");
        let name = self.name(pin);
        match self.port.change_pin(card, pin, old, new) {
            Ok(()) => {
                self.say_with("changed", &[("name", name.into())]);
                Outcome::Well
            }
            Err(CardError::Wrong) => {
                self.say_with("wrong-code", &[("name", name.into())]);
                self.tell_tries(card, pin);
                self.say("old-is-valid");
                Outcome::NotWell
            }
            Err(CardError::Locked) => {
                self.tell_tries(card, pin);
                Outcome::NotWell
            }
            Err(CardError::NotSet) => self.tell_not_set(pin),
            Err(CardError::BadForm) => {
                self.say("card-refuses-code");
                self.say("old-is-valid");
                Outcome::NotWell
            }
            Err(CardError::Uncertain) => self.settle_change(card, pin, old, new),
            Err(error) => {
                self.tell(error.into());
                self.say("old-is-valid");
                Outcome::NotWell
            }
        }
    }
}
