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
        self.prove_and_change(&card, pin, &info)
    }

    /// Nobody is to think of a new code for a card whose old one is not known: that is proved first.
    fn prove_and_change(&mut self, card: &Card, pin: CodeName, info: &CardInfo) -> Outcome {
        let facts = self.facts(card);
        let Some(old) = self.code_in_use(pin, info) else {
            return self.stopped();
        };
        if let Err(error) = self.port.check_pin(card, pin, &old) {
            return self.not_changed(card, pin, error);
        }
        self.say("old-is-right");
        let known = Known {
            code: &old,
            why: Weakness::Old,
        };
        match self.new_code(pin, info, &facts, Some(&known)) {
            Some(new) => self.change(card, pin, &old, &new),
            None => self.stopped(),
        }
    }

    fn change(&mut self, card: &Card, pin: CodeName, old: &Code, new: &Code) -> Outcome {
        self.say("writing");
        match self.port.change_pin(card, pin, old, new) {
            Ok(()) => {
                let name = self.name(pin);
                self.say_with("changed", &[("name", name.into())]);
                Outcome::Well
            }
            Err(CardError::BadForm) => {
                self.say("card-refuses-code");
                self.say("old-is-valid");
                Outcome::NotWell
            }
            Err(CardError::Uncertain) => self.settle_change(card, pin, old, new),
            Err(error) => self.not_changed(card, pin, error),
        }
    }

    /// Why the code is not changed, when the old one was tried or the new one was to be written.
    fn not_changed(&mut self, card: &Card, pin: CodeName, error: CardError) -> Outcome {
        match error {
            CardError::Wrong => {
                let name = self.name(pin);
                self.say_with("wrong-code", &[("name", name.into())]);
                self.tell_tries(card, pin);
                self.say("old-is-valid");
                Outcome::NotWell
            }
            CardError::Locked => {
                self.tell_tries(card, pin);
                Outcome::NotWell
            }
            CardError::NotSet => self.tell_not_set(pin),
            error => {
                self.tell(error.into());
                self.say("old-is-valid");
                Outcome::NotWell
            }
        }
    }
}
