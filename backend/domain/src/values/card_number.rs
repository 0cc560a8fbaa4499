//! The number printed on a card.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{all_digits, compact};

/// Why a text is not a card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardNumberError {
    /// Holds other than digits and white space.
    #[error("a card number has digits only")]
    NotDigits,
    /// Fewer than 9 or more than 20 digits.
    #[error("a card number has 9 to 20 digits")]
    WrongLength,
}

/// The number printed on a card: 9–20 digits, with no check digit that can be relied on.
///
/// Stored without spaces, shown in groups of four from the left.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardNumber(String);

stored_as_string!(CardNumber, CardNumberError, parse);

impl CardNumber {
    /// Reads a card number; white space anywhere in it is ignored.
    ///
    /// # Errors
    /// What is wrong with the number.
    pub fn parse(input: &str) -> Result<Self, CardNumberError> {
        let digits = compact(input);
        if !all_digits(&digits) {
            return Err(CardNumberError::NotDigits);
        }
        if !(9..=20).contains(&digits.len()) {
            return Err(CardNumberError::WrongLength);
        }
        Ok(Self(digits))
    }

    /// The storage form: digits only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits.
    #[must_use]
    pub fn last_four(&self) -> &str {
        let start = self.0.len().saturating_sub(4);
        self.0.get(start..).unwrap_or(&self.0)
    }

    /// The last four digits after an ellipsis, as in `…7738`: enough to tell a person's cards apart.
    #[must_use]
    pub fn short(&self) -> String {
        format!("…{}", self.last_four())
    }
}

impl fmt::Display for CardNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.as_str();
        while let Some((group, after)) = rest.split_at_checked(4).filter(|pair| !pair.1.is_empty())
        {
            write!(out, "{group} ")?;
            rest = after;
        }
        out.write_str(rest)
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CardNumber({})", self.short())
    }
}
