//! Swedish organisation numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::luhn::ends_in_check_digit;
use super::text::{all_digits, compact, digit_values};

/// Why a text is not an organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationNumberError {
    /// Holds other than digits, or a hyphen in the wrong place.
    #[error("not an organisation number")]
    NotANumber,
    /// Neither 10 digits nor 12 beginning `16`.
    #[error("an organisation number has 10 digits, or 12 beginning 16")]
    WrongLength,
    /// The third digit is 0 or 1: it looks like a person's number, as a sole trader has.
    #[error("the third digit of an organisation number is at least 2")]
    LooksLikePerson,
    /// The last digit does not fit the nine before it.
    #[error("wrong check digit in the organisation number")]
    WrongCheckDigit,
}

/// An organisation number, stored as 10 digits and shown as `232100-0016`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationNumber(String);

stored_as_string!(OrganisationNumber, OrganisationNumberError, parse);

impl OrganisationNumber {
    /// Reads 10 digits, or 12 beginning `16`, with or without a hyphen before the last four.
    ///
    /// # Errors
    /// What is wrong with the number.
    pub fn parse(input: &str) -> Result<Self, OrganisationNumberError> {
        let text = compact(input);
        let joined = match text.split_once('-') {
            None => text.clone(),
            Some((head, tail)) if tail.len() == 4 && all_digits(tail) => format!("{head}{tail}"),
            Some(_) => return Err(OrganisationNumberError::NotANumber),
        };
        let short = match joined.strip_prefix("16") {
            Some(rest) if joined.len() == 12 => rest,
            _ => joined.as_str(),
        };
        let digits = digit_values(short).ok_or(OrganisationNumberError::NotANumber)?;
        let [_, _, third, _, _, _, _, _, _, _] = *digits.as_slice() else {
            return Err(OrganisationNumberError::WrongLength);
        };
        if third < 2 {
            return Err(OrganisationNumberError::LooksLikePerson);
        }
        if !ends_in_check_digit(&digits) {
            return Err(OrganisationNumberError::WrongCheckDigit);
        }
        Ok(Self(short.to_owned()))
    }

    /// The storage form: 10 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at_checked(6).unwrap_or((&self.0, ""));
        write!(out, "{head}-{tail}")
    }
}

impl fmt::Debug for OrganisationNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "OrganisationNumber({self})")
    }
}
