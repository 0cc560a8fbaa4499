//! Reserve numbers and passport numbers: known by their shape only.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::PersonNumberError;
use crate::values::text::{all_alphanumeric, all_digits, plain};

macro_rules! undated_number {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        stored_as_string!($name, PersonNumberError, parse);

        impl $name {
            /// The storage form, which is also what is shown: upper case, no separators.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(concat!(stringify!($name), "(****)"))
            }
        }
    };
}

undated_number!(
    /// A number made up by a region: 12 digits beginning `99`, or 8 digits and 4 characters of
    /// which at least one is a letter. Regions have different check digits, so none is judged.
    Reservnummer
);

undated_number!(
    /// A passport number: 5–20 letters and digits with at least one letter, and not of the shape
    /// of a [`Reservnummer`].
    Passnummer
);

impl Reservnummer {
    /// Reads a reserve number; letters become upper case.
    ///
    /// # Errors
    /// [`PersonNumberError::WrongLength`] or [`PersonNumberError::NotANumber`].
    pub fn parse(input: &str) -> Result<Self, PersonNumberError> {
        let text = letters_and_digits(input)?;
        if text.len() != 12 {
            return Err(PersonNumberError::WrongLength);
        }
        if is_reserve_shape(&text) {
            Ok(Self(text))
        } else {
            Err(PersonNumberError::NotANumber)
        }
    }
}

impl Passnummer {
    /// Reads a passport number; letters become upper case.
    ///
    /// # Errors
    /// [`PersonNumberError::WrongLength`] or [`PersonNumberError::NotANumber`].
    pub fn parse(input: &str) -> Result<Self, PersonNumberError> {
        let text = letters_and_digits(input)?;
        if !(5..=20).contains(&text.len()) {
            return Err(PersonNumberError::WrongLength);
        }
        if all_digits(&text) || is_reserve_shape(&text) {
            return Err(PersonNumberError::NotANumber);
        }
        Ok(Self(text))
    }
}

fn letters_and_digits(input: &str) -> Result<String, PersonNumberError> {
    let text = plain(input);
    let text = text.trim();
    if all_alphanumeric(text) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(PersonNumberError::NotANumber)
    }
}

fn is_reserve_shape(text: &str) -> bool {
    match text.split_at_checked(8) {
        Some((head, tail)) if tail.len() == 4 && all_digits(head) => {
            text.starts_with("99") || !all_digits(tail)
        }
        _ => false,
    }
}
