//! What a task is fetched with, and what its card client shows afterwards.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_domain::card_task::{CODE_WAITS, CardTask, Hashed, TaskCodes};
use cards_store::card_tasks::hashed;
use chrono::{DateTime, Utc};

use super::OfferedTask;
use crate::ports::Entropy;

/// Crockford's 32: no I, L, O or U, so that nothing is read as something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code: forty bits.
const CODE_LENGTH: usize = 8;

/// What has been drawn for an offer.
pub(super) struct Drawn {
    code: String,
    token: String,
    pub(super) codes: TaskCodes,
    pub(super) challenge: [u8; 32],
}

/// Draws code, token and challenge.
pub(super) fn draw(entropy: &dyn Entropy, now: DateTime<Utc>) -> Drawn {
    let code = code_of(&bytes::<CODE_LENGTH>(entropy));
    let token = secret(entropy);
    let codes = TaskCodes {
        code: hashed(code.as_bytes()).0,
        token: hashed(token.as_bytes()).0,
        until: now + CODE_WAITS,
    };
    Drawn {
        code,
        token,
        codes,
        challenge: bytes(entropy),
    }
}

impl Drawn {
    /// Whether what was drawn opens the task.
    pub(super) fn opens(&self, task: &CardTask) -> bool {
        let codes = task.codes.as_ref();
        codes.is_some_and(|codes| codes.code == self.codes.code)
    }

    pub(super) fn offered(self, task: &CardTask) -> OfferedTask {
        let (first, last) = self.code.split_at(CODE_LENGTH / 2);
        OfferedTask {
            id: task.id,
            code: format!("{first}-{last}"),
            token: self.token,
            until: self.codes.until,
        }
    }
}

/// Thirty-two random bytes, as base64url.
pub(super) fn secret(entropy: &dyn Entropy) -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>(entropy))
}

/// What is kept of a secret that a card client shows.
pub(super) fn shown(secret: &str) -> Hashed {
    hashed(secret.as_bytes())
}

/// A code as it is kept, from however it was typed: in any case, with hyphens and spaces, and with
/// the letters that look like digits.
#[must_use]
pub fn as_typed(text: &str) -> String {
    text.chars()
        .filter(|one| !one.is_whitespace() && *one != '-')
        .map(|one| match one.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect()
}

fn code_of(random: &[u8]) -> String {
    let letters = random.iter().map(|byte| {
        let place = usize::from(byte % 32);
        ALPHABET.get(place).copied().map_or('0', char::from)
    });
    letters.collect()
}

fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_shown_however_it_is_typed() {
        assert_eq!(as_typed("K7QF-M2PX"), "K7QFM2PX");
        assert_eq!(as_typed(" k7qf m2px "), "K7QFM2PX");
        assert_eq!(as_typed("oIlo-1010"), "01101010");
    }

    #[test]
    fn every_letter_of_a_code_is_read_back_as_itself() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let code = code_of(&all);
        assert_eq!(as_typed(&code), code);
        assert_eq!(as_typed(&code.to_lowercase()), code);
        assert!(!code.contains(['I', 'L', 'O', 'U']));
    }
}
