//! The office's key of every card, made from one master key, and the check of what cards sign. A
//! chip asks eight random bytes; the answer is the first eight bytes of HMAC-SHA-256 over them with
//! the card's own key, which is HMAC-SHA-256 over `office ` and the card's number with the master
//! key.

mod signed;

use aws_lc_rs::hmac;
use cards_app::ports::{CardOffice, GatewayError, QUESTION_BYTES};
use cards_domain::values::CardNumber;

use crate::Demonstration;

/// The demonstration's master key. It is public and protects nothing.
const DEMONSTRATION: &[u8] = b"DEV TEST Kortkontor: no secret at all";

/// The shortest master key, in bytes.
const SHORTEST: usize = 32;

/// How long an answer is, in bytes.
const ANSWER_BYTES: usize = 8;

/// Why a master key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It is not written in hexadecimal digits.
    #[error("the key must be written in hexadecimal digits")]
    NotHex,
    /// It is too short.
    #[error("the key must have at least 32 bytes")]
    TooShort,
    /// It is the demonstration's, which everybody knows.
    #[error("the key is the demonstration's, which everybody knows")]
    Demonstration,
}

/// The office. Without a master key it judges signatures and answers no chip. There is no `Debug`.
#[derive(Clone)]
pub struct Office(Option<Vec<u8>>);

impl Office {
    /// The office of a demonstration, whose key opens test cards only.
    #[must_use]
    pub fn demonstration(_: Demonstration) -> Self {
        Self(Some(DEMONSTRATION.to_vec()))
    }

    /// An office that has no key.
    #[must_use]
    pub fn without_key() -> Self {
        Self(None)
    }

    /// An office with a master key of its own, in hexadecimal digits.
    ///
    /// # Errors
    /// It is not one, or everybody knows it.
    pub fn with_key(digits: &str) -> Result<Self, KeyFault> {
        let key = bytes(digits.trim()).ok_or(KeyFault::NotHex)?;
        if key == DEMONSTRATION {
            return Err(KeyFault::Demonstration);
        }
        if key.len() < SHORTEST {
            return Err(KeyFault::TooShort);
        }
        Ok(Self(Some(key)))
    }
}

impl CardOffice for Office {
    fn answer(
        &self,
        card: &CardNumber,
        question: &[u8; QUESTION_BYTES],
    ) -> Result<Vec<u8>, GatewayError> {
        let Some(master) = &self.0 else {
            let text = "there is no [card_office] in the configuration";
            return Err(GatewayError::GiveUp(text.to_owned()));
        };
        let own = code(master, format!("office {}", card.as_str()).as_bytes());
        let answer = code(own.as_ref(), question);
        Ok(answer.as_ref().iter().take(ANSWER_BYTES).copied().collect())
    }

    fn holds(&self, certificate: &[u8], message: &[u8], signature: &[u8]) -> bool {
        signed::holds(certificate, message, signature).unwrap_or(false)
    }
}

fn code(key: &[u8], text: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text)
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    if !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> CardNumber {
        CardNumber::parse(text).unwrap()
    }

    fn demonstration() -> Office {
        Office::demonstration(Demonstration::unless_production("test").unwrap())
    }

    #[test]
    fn the_answer_is_of_eight_bytes_and_another_for_each_card_and_each_question() {
        let office = demonstration();
        let one = number("9752 0000 0001");
        let answer = office.answer(&one, &[1; 8]).unwrap();
        assert_eq!(answer.len(), 8);
        assert_eq!(office.answer(&one, &[1; 8]).unwrap(), answer);
        assert_ne!(office.answer(&one, &[2; 8]).unwrap(), answer);
        let other = number("9752 0000 0002");
        assert_ne!(office.answer(&other, &[1; 8]).unwrap(), answer);
    }

    #[test]
    fn an_office_without_key_answers_no_chip() {
        let asked = Office::without_key().answer(&number("9752 0000 0001"), &[1; 8]);
        assert!(matches!(asked, Err(GatewayError::GiveUp(_))));
    }

    #[test]
    fn a_master_key_is_long_enough_and_not_the_one_that_everybody_knows() {
        assert!(Office::with_key(&"5a".repeat(32)).is_ok());
        let refused = |digits: &str| Office::with_key(digits).err();
        assert_eq!(refused(&"5a".repeat(31)), Some(KeyFault::TooShort));
        assert_eq!(refused("5"), Some(KeyFault::NotHex));
        assert_eq!(refused("zz"), Some(KeyFault::NotHex));
        let public: String = DEMONSTRATION
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(refused(&public), Some(KeyFault::Demonstration));
    }
}
