//! The id of a registered letter (rekommenderat brev) in which a card or a PUK letter travels.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{all_alphanumeric, compact, digit_values};

/// Why a text is not the id of a registered letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RekIdError {
    /// Holds other than letters A–Z and digits.
    #[error("a registered letter's id has letters A-Z and digits only")]
    WrongCharacter,
    /// Fewer than 8 or more than 20 characters.
    #[error("a registered letter's id has 8 to 20 characters")]
    WrongLength,
}

/// The id of a registered letter: 8–20 letters and digits, stored and shown in upper case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RekId(String);

stored_as_string!(RekId, RekIdError, parse);

impl RekId {
    /// Reads an id; white space anywhere in it is ignored and letters become upper case.
    ///
    /// # Errors
    /// What is wrong with the id.
    pub fn parse(input: &str) -> Result<Self, RekIdError> {
        let text = compact(input);
        if !all_alphanumeric(&text) {
            return Err(RekIdError::WrongCharacter);
        }
        if !(8..=20).contains(&text.len()) {
            return Err(RekIdError::WrongLength);
        }
        Ok(Self(text.to_ascii_uppercase()))
    }

    /// The id in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the id has the shape of the postal union's standard S10 (two letters, nine digits,
    /// two letters) but the wrong check digit: probably mistyped, yet not refused.
    #[must_use]
    pub fn s10_warning(&self) -> bool {
        self.s10_digits()
            .is_some_and(|[body @ .., check]| s10_check_digit(body) != check)
    }

    fn s10_digits(&self) -> Option<[u8; 9]> {
        let (service, rest) = self.0.split_at_checked(2)?;
        let (digits, country) = rest.split_at_checked(9)?;
        let letters = format!("{service}{country}");
        let framed = letters.len() == 4 && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        if framed {
            digit_values(digits)?.try_into().ok()
        } else {
            None
        }
    }
}

/// S10: weights 8 6 4 2 3 5 9 7, 11 minus the remainder by 11, where 10 is written 0 and 11 is 5.
fn s10_check_digit(body: [u8; 8]) -> u8 {
    let weights = [8_u16, 6, 4, 2, 3, 5, 9, 7];
    let sum: u16 = body
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u16::from(*digit) * weight)
        .sum();
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => u8::try_from(digit).unwrap_or(0),
    }
}

impl fmt::Display for RekId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for RekId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "RekId({})", self.0)
    }
}
