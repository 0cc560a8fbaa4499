//! The office's key: how an officer at a personal visit opens a card without its PUK. The card asks
//! a random question of sixteen hexadecimal digits; whoever holds the key of that very card can
//! answer; the question dies with the answer and with the power.

use crate::apdu::Status;
use crate::hex::Bytes;
use aws_lc_rs::{constant_time, hmac};
use serde::{Deserialize, Serialize};

/// How many wrong answers lock the office's key for ever.
const MOST: u8 = 10;

/// How long question and answer are, in bytes.
pub const LENGTH: usize = 8;

/// The key from which the office's keys of all cards are derived. There is no `Debug`.
#[derive(Clone)]
pub struct MasterKey(Vec<u8>);

impl MasterKey {
    /// A master key of one's own.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// The demonstration's master key. It is public and protects nothing.
    #[must_use]
    pub fn demonstration() -> Self {
        Self::new(b"DEV TEST Kortkontor: no secret at all")
    }

    /// The office's key of one card: HMAC-SHA-256 over `office` and the card number.
    #[must_use]
    pub fn of_card(&self, card_number: &str) -> Vec<u8> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let text = format!("office {card_number}");
        hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
    }
}

/// The answer to a card's question: the first eight bytes of HMAC-SHA-256 over it.
#[must_use]
pub fn response(card_key: &[u8], challenge: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, card_key);
    let tag = hmac::sign(&key, challenge);
    tag.as_ref().iter().take(LENGTH).copied().collect()
}

/// The office's key as the card keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub struct OfficeKey {
    key: Bytes,
    left: u8,
}

impl OfficeKey {
    /// A key with all its tries.
    #[must_use]
    pub fn new(key: Vec<u8>) -> Self {
        Self {
            key: Bytes(key),
            left: MOST,
        }
    }

    /// Tries left.
    #[must_use]
    pub fn left(&self) -> u8 {
        self.left
    }

    /// Judges an answer and counts.
    ///
    /// # Errors
    /// `63 CX` with the tries left, or `69 83`.
    pub fn check(&mut self, challenge: &[u8], answer: &[u8]) -> Result<(), Status> {
        if self.left == 0 {
            return Err(Status::LOCKED);
        }
        let expected = response(&self.key.0, challenge);
        if constant_time::verify_slices_are_equal(&expected, answer).is_ok() {
            self.left = MOST;
            return Ok(());
        }
        self.left -= 1;
        Err(Status::tries_left(self.left))
    }
}
