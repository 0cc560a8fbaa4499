//! *Lås upp kortet* with the PUK.

use super::new_code::Known;
use super::{Desk, Outcome};
use crate::card::{Card, CardInfo, CodeState};
use crate::code::{Code, CodeName};
use crate::port::CardError;
use crate::weak::Weakness;

impl Desk<'_> {
    /// Opens one of the two PINs with the PUK and a new code.
    pub fn unlock(&mut self, said: Option<CodeName>) -> Outcome {
        let Some(card) = self.choose() else {
            return Outcome::NotWell;
        };
        self.name_card(&card);
        self.say("locked-is-not-revoked");
        let Some(info) = self.info(&card) else {
            return Outcome::NotWell;
        };
        let Some(pin) = self.which_to_open(said, &info) else {
            return Outcome::NotWell;
        };
        if info.state(pin) == CodeState::NotSet {
            return self.tell_not_set(pin);
        }
        if info.puk == CodeState::Locked {
            return self.tell_locked(&info, CodeName::Puk);
        }
        if !self.dares(&info, CodeName::Puk) {
            return Outcome::NotWell;
        }
        match self.puk_and_new(&card, pin, &info) {
            Some((puk, new)) => self.open(&card, pin, &info, &puk, &new),
            None => self.stopped(),
        }
    }

    /// The one that is locked, when there is exactly one. A code that is not locked but forgotten can
    /// be chosen anew in the same way.
    fn which_to_open(&mut self, said: Option<CodeName>, info: &CardInfo) -> Option<CodeName> {
        let locked: Vec<CodeName> = CodeName::PINS
            .into_iter()
            .filter(|pin| info.state(*pin) == CodeState::Locked)
            .collect();
        let pin = match (said, locked.as_slice()) {
            (None, [only]) => *only,
            _ => self.which_pin(said, "unlock-which")?,
        };
        let name = self.name(pin);
        if info.state(pin) == CodeState::Locked {
            self.say_with("unlock-this", &[("name", name.into())]);
        } else if matches!(info.state(pin), CodeState::Working(_)) {
            self.say_with("unlock-not-locked", &[("name", name.into())]);
            if !self.agrees("unlock-anyway") {
                self.say("nothing-changed");
                return None;
            }
        }
        Some(pin)
    }

    fn puk_and_new(&mut self, card: &Card, pin: CodeName, info: &CardInfo) -> Option<(Code, Code)> {
        let facts = self.facts(card);
        let puk = self.code_in_use(CodeName::Puk, info)?;
        let known = Known {
            code: &puk,
            why: Weakness::Puk,
        };
        let new = self.new_code(pin, info, &facts, Some(&known))?;
        Some((puk, new))
    }

    fn open(
        &mut self,
        card: &Card,
        pin: CodeName,
        before: &CardInfo,
        puk: &Code,
        new: &Code,
    ) -> Outcome {
        self.say("writing");
        match self.port.unblock_with_puk(card, pin, puk, new) {
            Ok(()) => {
                let name = self.name(pin);
                self.say_with("unlocked", &[("name", name.into())]);
                Outcome::Well
            }
            Err(CardError::Wrong | CardError::Locked) => {
                let name = self.name(CodeName::Puk);
                self.say_with("wrong-code", &[("name", name.into())]);
                self.tell_tries(card, CodeName::Puk);
                self.say("nothing-changed");
                Outcome::NotWell
            }
            Err(CardError::BadForm) => {
                self.say("card-refuses-code");
                self.stopped()
            }
            Err(CardError::NotSet) => self.tell_not_set(pin),
            Err(CardError::Uncertain) => self.settle_unlock(card, pin, before, new),
            Err(error) => self.failed(error),
        }
    }
}
