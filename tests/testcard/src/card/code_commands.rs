//! VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, and the office's way in.

use super::Card;
use crate::apdu::{Answer, Command, Status};
use crate::codes::{Which, two_fields};
use crate::office;
use aws_lc_rs::rand;

/// The reference of the office's key.
const OFFICE: u8 = 0x10;

impl Card {
    /// VERIFY: with a code it counts; without, it tells how many tries are left. P1 = FF forgets.
    pub(super) fn verify(&mut self, command: &Command<'_>) -> Answer {
        let which = Which::of(command.p2)?;
        match (command.p1, command.data) {
            (0xFF, []) => {
                self.session.proved(which, false);
                Ok(Vec::new())
            }
            (0x00, []) if self.session.has_proved(which) => Ok(Vec::new()),
            (0x00, []) => self.image.code(which).state(),
            // Nothing is opened by proving the PUK alone, so nobody may try it that way.
            (0x00, _) if which == Which::Puk => Err(Status::CONDITIONS),
            (0x00, code) => {
                let checked = self.image.code_mut(which).check(code);
                self.session.proved(which, checked.is_ok());
                checked.map(|()| Vec::new())
            }
            _ => Err(Status::WRONG_PARAMETERS),
        }
    }

    /// CHANGE REFERENCE DATA: the old code, then the new one. The PUK cannot be changed.
    pub(super) fn change_code(&mut self, command: &Command<'_>) -> Answer {
        let which = Which::of(command.p2)?;
        if command.p1 != 0 {
            return Err(Status::WRONG_PARAMETERS);
        }
        if which == Which::Puk {
            return Err(Status::CONDITIONS);
        }
        let (old, new) = two_fields(command.data)?;
        let mut code = self.image.code(which).clone();
        let changed = code.check(old).and_then(|()| code.choose(new));
        if changed != Err(Status::WRONG_DATA) {
            *self.image.code_mut(which) = code;
        }
        self.session.proved(which, changed.is_ok());
        if changed.is_ok() {
            self.changed();
        }
        changed.map(|()| Vec::new())
    }

    /// RESET RETRY COUNTER: P1 = 00 with the PUK and a new code; P1 = 02 with a new code alone,
    /// once the office has proved itself. Without data it tells how many tries the PUK has left.
    pub(super) fn reset_counter(&mut self, command: &Command<'_>) -> Answer {
        let which = Which::of(command.p2)?;
        if which == Which::Puk {
            return Err(Status::NO_REFERENCE);
        }
        match (command.p1, command.data) {
            (0x00, []) => self.image.puk.state(),
            (0x00, data) => {
                let (puk, new) = two_fields(data)?;
                // A new code of the wrong form must cost no try of the PUK.
                self.image.code(which).clone().choose(new)?;
                self.image.puk.check(puk)?;
                self.chosen(which, new)
            }
            (0x02, new) if self.session.office => self.chosen(which, new),
            (0x02, _) => Err(Status::NOT_ALLOWED_YET),
            _ => Err(Status::WRONG_PARAMETERS),
        }
    }

    fn chosen(&mut self, which: Which, new: &[u8]) -> Answer {
        self.image.code_mut(which).choose(new)?;
        self.session.proved(which, false);
        self.changed();
        Ok(Vec::new())
    }

    /// GET CHALLENGE: eight random bytes, good for one answer while the power lasts.
    pub(super) fn get_challenge(&mut self, command: &Command<'_>) -> Answer {
        let mut random = vec![0; command.wanted.unwrap_or(office::LENGTH)];
        rand::fill(&mut random).map_err(|_| Status::BROKEN)?;
        self.session.challenge = random.as_slice().try_into().ok();
        Ok(random)
    }

    /// EXTERNAL AUTHENTICATE: the office's answer to the challenge.
    pub(super) fn external_authenticate(&mut self, command: &Command<'_>) -> Answer {
        if (command.p1, command.p2) != (0x00, OFFICE) {
            return Err(Status::NO_REFERENCE);
        }
        let office = self.image.office.as_mut().ok_or(Status::NO_REFERENCE)?;
        let challenge = self.session.challenge.take().ok_or(Status::CONDITIONS)?;
        let checked = office.check(&challenge, command.data);
        self.session.office = checked.is_ok();
        checked.map(|()| Vec::new())
    }

    /// Everything that was proved is forgotten.
    pub(super) fn forget_proofs(&mut self) -> Vec<u8> {
        self.session.pin1 = false;
        self.session.pin2 = false;
        self.session.office = false;
        self.session.challenge = None;
        Vec::new()
    }

    /// Either code has been proved.
    pub(super) fn some_code_proved(&self) -> Result<(), Status> {
        if self.session.pin1 || self.session.pin2 {
            Ok(())
        } else {
            Err(Status::NOT_ALLOWED_YET)
        }
    }

    /// The code with this number has been proved.
    pub(super) fn code_proved(&self, reference: u8) -> Result<(), Status> {
        match Which::of(reference) {
            Ok(which) if self.session.has_proved(which) => Ok(()),
            _ => Err(Status::NOT_ALLOWED_YET),
        }
    }

    /// Something that must be kept has changed.
    pub(super) fn changed(&mut self) {
        self.image.changes = self.image.changes.wrapping_add(1);
    }
}
