//! Personnummer and samordningsnummer: a birth date, a birth number and a check digit.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::PersonNumberError;
use crate::values::luhn::ends_in_check_digit;
use crate::values::text::{all_digits, compact, digit_values};

/// What is added to the day of birth in a samordningsnummer.
const COORDINATION: u32 = 60;

/// Birth numbers that are never given to living persons, and so serve demonstration and tests.
const TEST_BIRTH_NUMBERS: std::ops::RangeInclusive<u16> = 980..=999;

/// A number taken apart as written, before its date and check digit are judged.
pub(super) struct Written {
    /// The first two digits of the year, when 12 digits were written.
    century: Option<u8>,
    /// Year in the century, month, day, birth number and check digit.
    digits: [u8; 10],
    /// Whether the separator was `+`.
    plus: bool,
}

impl Written {
    /// Takes apart 10 or 12 digits with an optional `-` or `+` before the last four; white space
    /// anywhere is ignored.
    pub(super) fn read(input: &str) -> Result<Self, PersonNumberError> {
        let text = compact(input);
        let joined = match text.split_once(['-', '+']) {
            None => text.clone(),
            Some((head, tail)) if tail.len() == 4 && all_digits(tail) => format!("{head}{tail}"),
            Some(_) => return Err(PersonNumberError::NotANumber),
        };
        let values = digit_values(&joined).ok_or(PersonNumberError::NotANumber)?;
        let (century, rest) = match values.split_first_chunk::<2>() {
            Some(([tens, ones], rest)) if values.len() == 12 => (Some(tens * 10 + ones), rest),
            _ => (None, values.as_slice()),
        };
        let digits = rest
            .try_into()
            .map_err(|_| PersonNumberError::WrongLength)?;
        Ok(Self {
            century,
            digits,
            plus: text.contains('+'),
        })
    }

    /// Whether these are the 12 digits of a reserve number beginning `99`.
    pub(super) fn is_reserve(&self) -> bool {
        self.century == Some(99)
    }

    /// Whether the day is one that only a samordningsnummer can have.
    pub(super) fn has_coordination_day(&self) -> bool {
        self.day() > COORDINATION
    }

    fn month(&self) -> u32 {
        let [_, _, tens, ones, ..] = self.digits;
        u32::from(tens * 10 + ones)
    }

    fn day(&self) -> u32 {
        let [_, _, _, _, tens, ones, ..] = self.digits;
        u32::from(tens * 10 + ones)
    }

    fn birth_number(&self) -> u16 {
        let [.., hundreds, tens, ones, _] = self.digits.map(u16::from);
        hundreds * 100 + tens * 10 + ones
    }

    /// The full year of birth; `day` is the day in the calendar.
    ///
    /// Without a written century, `+` means the year in which the holder turns 100 or later, and
    /// anything else the latest such date that is not after `today`.
    fn year(&self, day: u32, today: Option<NaiveDate>) -> Result<i32, PersonNumberError> {
        let [tens, ones, ..] = self.digits;
        let in_century = i32::from(tens * 10 + ones);
        if let Some(century) = self.century {
            return match century {
                18..=20 => Ok(i32::from(century) * 100 + in_century),
                _ => Err(PersonNumberError::NoSuchDate),
            };
        }
        let today = today.ok_or(PersonNumberError::WrongLength)?;
        let newest = if self.plus {
            today.year() - 100
        } else {
            today.year()
        };
        let year = newest - (newest - in_century).rem_euclid(100);
        let to_come = (year, self.month(), day) > (today.year(), today.month(), today.day());
        Ok(if to_come { year - 100 } else { year })
    }
}

/// A number whose date and check digit are right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Dated {
    digits: String,
    born: NaiveDate,
    birth_number: u16,
}

impl Dated {
    fn judge(
        written: &Written,
        added_to_day: u32,
        today: Option<NaiveDate>,
    ) -> Result<Self, PersonNumberError> {
        let day = written
            .day()
            .checked_sub(added_to_day)
            .ok_or(PersonNumberError::NoSuchDate)?;
        let year = written.year(day, today)?;
        let born = NaiveDate::from_ymd_opt(year, written.month(), day)
            .ok_or(PersonNumberError::NoSuchDate)?;
        if !ends_in_check_digit(&written.digits) {
            return Err(PersonNumberError::WrongCheckDigit);
        }
        if today.is_some_and(|today| born > today) {
            return Err(PersonNumberError::InFuture);
        }
        let century = year / 100;
        let rest: String = written.digits.iter().map(u8::to_string).collect();
        Ok(Self {
            digits: format!("{century:02}{rest}"),
            born,
            birth_number: written.birth_number(),
        })
    }

    fn write_with_hyphen(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, rest) = self
            .digits
            .split_at_checked(8)
            .unwrap_or((&self.digits, ""));
        write!(out, "{date}-{rest}")
    }
}

macro_rules! dated_number {
    ($(#[$about:meta])* $name:ident, $added_to_day:expr) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Dated);

        stored_as_string!($name, PersonNumberError, parse);

        impl $name {
            /// Reads the 12-digit form, with or without `-` or `+` before the last four digits.
            ///
            /// # Errors
            /// What is wrong with the number. 10 digits are [`PersonNumberError::WrongLength`]
            /// here, and a date in the future is not an error; see `parse_at` for both.
            pub fn parse(input: &str) -> Result<Self, PersonNumberError> {
                Self::from_written(&Written::read(input)?, None)
            }

            /// Reads 10 or 12 digits, with or without `-` or `+` before the last four.
            ///
            /// `today` (the calendar day in Sweden) tells the century of the 10-digit form: the
            /// latest date not after `today`, or with `+` a person who turns 100 this year or
            /// has done so before.
            ///
            /// # Errors
            /// What is wrong with the number, a birth date after `today` included.
            pub fn parse_at(input: &str, today: NaiveDate) -> Result<Self, PersonNumberError> {
                Self::from_written(&Written::read(input)?, Some(today))
            }

            pub(super) fn from_written(
                written: &Written,
                today: Option<NaiveDate>,
            ) -> Result<Self, PersonNumberError> {
                Dated::judge(written, $added_to_day, today).map(Self)
            }

            /// The storage form: 12 digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0.digits
            }

            /// The date of birth, without anything added to the day.
            #[must_use]
            pub fn birth_date(&self) -> NaiveDate {
                self.0.born
            }

            /// The three digits after the date.
            #[must_use]
            pub fn birth_number(&self) -> u16 {
                self.0.birth_number
            }

            /// Whole years lived on `date`; 0 before birth. A person born on 29 February grows
            /// older on 1 March in other years.
            #[must_use]
            pub fn age_on(&self, date: NaiveDate) -> u32 {
                date.years_since(self.0.born).unwrap_or(0)
            }

            /// Whether the birth number is one never given to a living person (980–999).
            #[must_use]
            pub fn is_test_number(&self) -> bool {
                TEST_BIRTH_NUMBERS.contains(&self.0.birth_number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.write_with_hyphen(out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "(********-****)"))
            }
        }
    };
}

dated_number!(
    /// A number of the Swedish population register, stored as 12 digits `YYYYMMDDNNNC` and shown
    /// as `YYYYMMDD-NNNC`.
    Personnummer,
    0
);

dated_number!(
    /// A coordination number: a personnummer whose day of birth is written with 60 added (61–91).
    Samordningsnummer,
    COORDINATION
);
