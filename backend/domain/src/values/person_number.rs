//! Numbers that identify a person: personnummer, samordningsnummer, regional reserve numbers and
//! passport numbers, and the rules by which a directory tells them apart.

mod dated;
mod undated;

pub use dated::{Personnummer, Samordningsnummer};
pub use undated::{Passnummer, Reservnummer};

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::text::{all_alphanumeric, all_digits, compact, plain};
use dated::Written;

/// Why a text is not a person number. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonNumberError {
    /// Holds characters that no such number has, or has them in the wrong place.
    #[error("not a person number")]
    NotANumber,
    /// Too few or too many characters; also the 10-digit form where the century must be written.
    #[error("a person number of the wrong length")]
    WrongLength,
    /// The birth date in the number does not exist, or its century is not 18, 19 or 20.
    #[error("the date in the person number does not exist")]
    NoSuchDate,
    /// The last digit does not fit the nine before it.
    #[error("wrong check digit in the person number")]
    WrongCheckDigit,
    /// The birth date is later than the day the number was read.
    #[error("the date in the person number is in the future")]
    InFuture,
}

/// Which sort of number a [`PersonNumber`] is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    EnumString,
    IntoStaticStr,
    strum::Display,
    Serialize,
    Deserialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PersonNumberKind {
    /// A number of the Swedish population register.
    Personnummer,
    /// A coordination number: the day of birth is written with 60 added.
    Samordningsnummer,
    /// A number that a region has made up; never enough for an e-id.
    Reservnummer,
    /// The number of a passport.
    Passnummer,
}

/// Any number by which a person is known in the directory.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PersonNumber {
    /// See [`Personnummer`].
    Personnummer(Personnummer),
    /// See [`Samordningsnummer`].
    Samordningsnummer(Samordningsnummer),
    /// See [`Reservnummer`].
    Reservnummer(Reservnummer),
    /// See [`Passnummer`].
    Passnummer(Passnummer),
}

stored_as_string!(PersonNumber, PersonNumberError, parse);

impl PersonNumber {
    /// Reads a number as a directory or our own store writes it.
    ///
    /// 12 digits are a personnummer or samordningsnummer, 12 digits beginning `99` or 8 digits and
    /// 4 characters with a letter are a reserve number, other 5–20 letters and digits with a letter
    /// are a passport number. No separators; letters become upper case.
    ///
    /// # Errors
    /// What is wrong with the number. A date in the future is not an error here, see
    /// [`PersonNumber::checked_at`].
    pub fn parse(input: &str) -> Result<Self, PersonNumberError> {
        let text = plain(input);
        let text = text.trim();
        if !all_alphanumeric(text) {
            return Err(PersonNumberError::NotANumber);
        }
        if !all_digits(text) {
            return Reservnummer::parse(text)
                .map(Self::Reservnummer)
                .or_else(|_| Passnummer::parse(text).map(Self::Passnummer));
        }
        match (text.len(), text.starts_with("99")) {
            (12, true) => Reservnummer::parse(text).map(Self::Reservnummer),
            (12, false) => Self::from_written(&Written::read(text)?, None),
            _ => Err(PersonNumberError::WrongLength),
        }
    }

    /// Reads a number as a person types it: all that [`PersonNumber::parse`] takes, and a
    /// personnummer or samordningsnummer of 10 or 12 digits with or without `-` or `+`. White space
    /// anywhere is ignored.
    ///
    /// # Errors
    /// What is wrong with the number, a birth date after `today` included.
    pub fn parse_at(input: &str, today: NaiveDate) -> Result<Self, PersonNumberError> {
        let input = compact(input);
        match Written::read(&input) {
            Ok(written) if !written.is_reserve() => Self::from_written(&written, Some(today)),
            _ => Self::parse(&input)?.checked_at(today),
        }
    }

    /// The same number, once its birth date is known not to be after `today`.
    ///
    /// # Errors
    /// [`PersonNumberError::InFuture`].
    pub fn checked_at(self, today: NaiveDate) -> Result<Self, PersonNumberError> {
        match self.birth_date() {
            Some(born) if born > today => Err(PersonNumberError::InFuture),
            _ => Ok(self),
        }
    }

    fn from_written(
        written: &Written,
        today: Option<NaiveDate>,
    ) -> Result<Self, PersonNumberError> {
        if written.has_coordination_day() {
            Samordningsnummer::from_written(written, today).map(Self::Samordningsnummer)
        } else {
            Personnummer::from_written(written, today).map(Self::Personnummer)
        }
    }

    /// Which sort of number this is.
    #[must_use]
    pub fn kind(&self) -> PersonNumberKind {
        match self {
            Self::Personnummer(_) => PersonNumberKind::Personnummer,
            Self::Samordningsnummer(_) => PersonNumberKind::Samordningsnummer,
            Self::Reservnummer(_) => PersonNumberKind::Reservnummer,
            Self::Passnummer(_) => PersonNumberKind::Passnummer,
        }
    }

    /// The storage form: upper case, no separators.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Personnummer(number) => number.as_str(),
            Self::Samordningsnummer(number) => number.as_str(),
            Self::Reservnummer(number) => number.as_str(),
            Self::Passnummer(number) => number.as_str(),
        }
    }

    /// The birth date that the number itself tells; reserve and passport numbers tell none.
    #[must_use]
    pub fn birth_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Personnummer(number) => Some(number.birth_date()),
            Self::Samordningsnummer(number) => Some(number.birth_date()),
            Self::Reservnummer(_) | Self::Passnummer(_) => None,
        }
    }

    /// Whether the birth number is one that is never given to a living person (980–999).
    #[must_use]
    pub fn is_test_number(&self) -> bool {
        match self {
            Self::Personnummer(number) => number.is_test_number(),
            Self::Samordningsnummer(number) => number.is_test_number(),
            Self::Reservnummer(_) | Self::Passnummer(_) => false,
        }
    }
}

impl fmt::Display for PersonNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Personnummer(number) => number.fmt(out),
            Self::Samordningsnummer(number) => number.fmt(out),
            Self::Reservnummer(number) => number.fmt(out),
            Self::Passnummer(number) => number.fmt(out),
        }
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Personnummer(number) => number.fmt(out),
            Self::Samordningsnummer(number) => number.fmt(out),
            Self::Reservnummer(number) => number.fmt(out),
            Self::Passnummer(number) => number.fmt(out),
        }
    }
}
