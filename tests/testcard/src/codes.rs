//! The codes on the card and how many tries each has left. A code is compared, counted and changed
//! here and nowhere else.

use crate::apdu::{Answer, Status};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How long a code may be, in digits (public pages on cards of today: six to eight); the field on
/// the wire is eight bytes.
pub const LENGTHS: RangeInclusive<usize> = 6..=8;

/// A code as the commands carry it: digits, filled up with FF to eight bytes.
const FIELD: usize = 8;

/// Which code a command is about; the number is its reference on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// The code for *legitimering*.
    Pin1,
    /// The code for *underskrift*.
    Pin2,
    /// The code that opens either.
    Puk,
}

impl Which {
    /// The code that a reference names.
    ///
    /// # Errors
    /// `NO_REFERENCE` for any other number.
    pub fn of(reference: u8) -> Result<Self, Status> {
        match reference {
            1 => Ok(Self::Pin1),
            2 => Ok(Self::Pin2),
            3 => Ok(Self::Puk),
            _ => Err(Status::NO_REFERENCE),
        }
    }
}

/// One code. There is no `Debug`: what it holds is secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct Code {
    /// Absent until it is chosen.
    value: Option<String>,
    left: u8,
    most: u8,
}

impl Code {
    /// A code that nobody has chosen yet.
    #[must_use]
    pub fn unset(most: u8) -> Self {
        Self {
            value: None,
            left: most,
            most,
        }
    }

    /// A code that is chosen; `None` when it is not 6–8 digits.
    #[must_use]
    pub fn set(value: &str, most: u8) -> Option<Self> {
        is_code(value).then(|| Self {
            value: Some(value.to_owned()),
            ..Self::unset(most)
        })
    }

    /// Whether it has been chosen.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.value.is_some()
    }

    /// Tries left and tries in all.
    #[must_use]
    pub fn tries(&self) -> (u8, u8) {
        (self.left, self.most)
    }

    /// What a question without a code is answered: never counted.
    ///
    /// # Errors
    /// `63 CX`, `69 83` or `69 84`.
    pub fn state(&self) -> Answer {
        match (&self.value, self.left) {
            (None, _) => Err(Status::NOT_SET),
            (Some(_), 0) => Err(Status::LOCKED),
            (Some(_), left) => Err(Status::tries_left(left)),
        }
    }

    /// Compares and counts.
    ///
    /// # Errors
    /// `63 CX` with the tries left, `69 83` once none is left, `69 84` before a code was chosen.
    pub fn check(&mut self, field: &[u8]) -> Result<(), Status> {
        let Some(value) = &self.value else {
            return Err(Status::NOT_SET);
        };
        if self.left == 0 {
            return Err(Status::LOCKED);
        }
        if digits(field)? == *value {
            self.left = self.most;
            return Ok(());
        }
        self.left -= 1;
        Err(Status::tries_left(self.left))
    }

    /// Chooses a new code with all its tries.
    ///
    /// # Errors
    /// `WRONG_DATA` when it is not 6–8 digits.
    pub fn choose(&mut self, field: &[u8]) -> Result<(), Status> {
        let chosen = digits(field)?;
        *self = Self::set(&chosen, self.most).ok_or(Status::WRONG_DATA)?;
        Ok(())
    }
}

/// Whether a text could be a code of this card.
#[must_use]
pub fn is_code(text: &str) -> bool {
    LENGTHS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Splits a command's data into the code that proves the right and the new code.
///
/// # Errors
/// `WRONG_LENGTH` unless it is two fields.
pub fn two_fields(data: &[u8]) -> Result<(&[u8], &[u8]), Status> {
    data.split_at_checked(FIELD)
        .filter(|(_, new)| new.len() == FIELD)
        .ok_or(Status::WRONG_LENGTH)
}

/// The digits of a field. A wrong form is told apart from a wrong code, and is not counted.
fn digits(field: &[u8]) -> Result<String, Status> {
    if field.is_empty() || field.len() > FIELD {
        return Err(Status::WRONG_LENGTH);
    }
    let filled = field.iter().position(|byte| *byte == 0xFF);
    let (digits, filler) = field
        .split_at_checked(filled.unwrap_or(field.len()))
        .unwrap_or((field, &[]));
    if filler.iter().any(|byte| *byte != 0xFF) {
        return Err(Status::WRONG_DATA);
    }
    String::from_utf8(digits.to_vec()).map_err(|_| Status::WRONG_DATA)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &[u8] = b"123456\xFF\xFF";
    const WRONG: &[u8] = b"999999\xFF\xFF";

    #[test]
    fn the_third_wrong_try_locks_and_the_right_code_no_longer_helps() {
        let mut code = Code::set("123456", 3).unwrap();
        assert_eq!(code.check(WRONG), Err(Status::tries_left(2)));
        assert_eq!(code.check(WRONG), Err(Status::tries_left(1)));
        assert_eq!(code.check(WRONG), Err(Status::tries_left(0)));
        assert_eq!(code.check(RIGHT), Err(Status::LOCKED));
        assert_eq!(code.state(), Err(Status::LOCKED));
    }

    #[test]
    fn the_right_code_gives_all_tries_back() {
        let mut code = Code::set("123456", 3).unwrap();
        let _ = code.check(WRONG);
        assert_eq!(code.check(RIGHT), Ok(()));
        assert_eq!(code.tries(), (3, 3));
    }

    #[test]
    fn a_code_of_the_wrong_form_is_refused_and_not_counted() {
        let mut code = Code::set("123456", 3).unwrap();
        assert_eq!(
            code.check(b"12\xFF4\xFF\xFF\xFF\xFF"),
            Err(Status::WRONG_DATA)
        );
        assert_eq!(code.tries().0, 3);
        assert_eq!(code.choose(b"12a456\xFF\xFF"), Err(Status::WRONG_DATA));
        assert_eq!(
            code.choose(b"123\xFF\xFF\xFF\xFF\xFF"),
            Err(Status::WRONG_DATA)
        );
        assert_eq!(code.check(RIGHT), Ok(()));
    }

    #[test]
    fn a_code_that_was_never_chosen_says_so() {
        let mut code = Code::unset(3);
        assert_eq!(code.check(RIGHT), Err(Status::NOT_SET));
        assert_eq!(code.state(), Err(Status::NOT_SET));
        assert_eq!(code.choose(RIGHT), Ok(()));
        assert_eq!(code.check(RIGHT), Ok(()));
    }
}
