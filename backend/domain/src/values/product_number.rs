//! The product number printed on a card, and the generation of card that it tells.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::text::{all_digits, compact};

/// The text is not exactly three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a product number has three digits")]
pub struct ProductNumberError;

/// A product number: three digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProductNumber(String);

stored_as_string!(ProductNumber, ProductNumberError, parse);

impl ProductNumber {
    /// Reads three digits; white space is ignored.
    ///
    /// # Errors
    /// [`ProductNumberError`].
    pub fn parse(input: &str) -> Result<Self, ProductNumberError> {
        let text = compact(input);
        if text.len() == 3 && all_digits(&text) {
            Ok(Self(text))
        } else {
            Err(ProductNumberError)
        }
    }

    /// The three digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProductNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for ProductNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ProductNumber({})", self.0)
    }
}

/// What the first digit of the product number says of the card.
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
pub enum ProductClass {
    /// Begins with 7: the present generation, which can take new certificates.
    Gen7,
    /// Begins with 5 or 6, or the card has no product number: an older card.
    Legacy,
    /// Begins with another digit: treated as an older card, to be looked at by a person.
    LegacyUnknown,
}

/// The class of a card with this product number, or with none (source text S3: 7 is the new
/// generation; 5, 6 and cards without a number are old).
#[must_use]
pub fn class_of(number: Option<&ProductNumber>) -> ProductClass {
    match number.map(|number| number.0.as_bytes()) {
        None | Some([b'5' | b'6', ..]) => ProductClass::Legacy,
        Some([b'7', ..]) => ProductClass::Gen7,
        Some(_) => ProductClass::LegacyUnknown,
    }
}
