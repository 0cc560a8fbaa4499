//! The codes of a card, and the digits that a person types. Digits are kept in memory that is
//! zeroed, shown masked, and handed to nobody but the card.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::ops::RangeInclusive;
use zeroize::Zeroizing;

/// Which code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeName {
    /// *Legitimeringskod*, PIN1.
    Pin1,
    /// *Underskriftskod*, PIN2.
    Pin2,
    /// *Upplåsningskod*, PUK.
    Puk,
}

impl CodeName {
    /// The two codes that a holder uses every day.
    pub const PINS: [Self; 2] = [Self::Pin1, Self::Pin2];

    /// The key of its name in `text/`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Pin1 => "name-pin1",
            Self::Pin2 => "name-pin2",
            Self::Puk => "name-puk",
        }
    }
}

/// A code that somebody typed. Shown masked; its memory is zeroed when it is dropped.
#[derive(Clone)]
pub struct Code(SecretString);

impl Code {
    /// What was typed, without the end of the line.
    #[must_use]
    pub fn typed(text: &Zeroizing<String>) -> Self {
        let line = text.trim_end_matches(['\r', '\n']);
        // Of exactly this size: a text that is too large would be moved, and its copy not zeroed.
        let mut exact = String::with_capacity(line.len());
        exact.push_str(line);
        Self(exact.into())
    }

    /// The digits, for the middleware.
    #[must_use]
    pub fn secret(&self) -> &SecretString {
        &self.0
    }

    /// The digits, for whoever judges them.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.digits().is_empty()
    }

    /// Whether a card could take it for a code at all: digits alone, so many of them.
    #[must_use]
    pub fn has_form(&self, lengths: &RangeInclusive<usize>) -> bool {
        let digits = self.digits();
        lengths.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.digits() == other.digits()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::typed(&Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn a_code_is_never_shown() {
        assert_eq!(format!("{:?}", code("147258")), "Code(…)");
        assert!(!format!("{:?}", Some(code("147258"))).contains("147"));
    }

    #[test]
    fn the_end_of_the_line_is_no_part_of_a_code_but_a_blank_is() {
        assert!(code("147258\r\n") == code("147258"));
        assert!(code(" 147258") != code("147258"));
    }

    #[test]
    fn a_code_has_digits_alone_and_as_many_as_the_card_wants() {
        assert!(code("147258").has_form(&(6..=8)));
        for wrong in [
            "14725",
            "147258369",
            "14725a",
            "",
            "１４７２５８",
            "147 258",
        ] {
            assert!(!code(wrong).has_form(&(6..=8)), "{wrong}");
        }
    }
}
