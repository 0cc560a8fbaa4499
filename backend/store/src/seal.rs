//! Sealed columns: envelope encryption. Each value has a data key of its own, wrapped by the key
//! of the installation, so that the installation's key can change without re-encrypting values.
//!
//! Shape: version (1 byte), nonce of the wrapping (12), wrapped data key (32 + 16), nonce of the
//! value (12), ciphertext with tag. AES-256-GCM, bound to the column's name.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::ports::Entropy;

const VERSION: u8 = 1;
const KEY_LEN: usize = 32;
const WRAPPED_LEN: usize = KEY_LEN + 16;

/// Why a value could not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The installation's key is not 32 bytes.
    #[error("the sealing key must be 32 bytes")]
    WrongKey,
    /// The value was sealed with another key, for another column, or was altered.
    #[error("a sealed value cannot be opened")]
    Unopenable,
    /// The opened value is not what it must be.
    #[error("a sealed value does not hold what it must")]
    Unreadable,
}

/// The installation's key.
pub struct Seal {
    wrapping: LessSafeKey,
    index: hmac::Key,
    forms: hmac::Key,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    /// Takes the installation's key.
    ///
    /// # Errors
    /// The key is not 32 bytes.
    pub fn new(key: &[u8]) -> Result<Self, SealError> {
        Ok(Self {
            wrapping: aes(key)?,
            index: derived(key, b"kortkontor number index v1"),
            forms: derived(key, b"kortkontor form key v1"),
        })
    }

    /// Seals `value` for `column`.
    pub(crate) fn close<T: Serialize>(
        &self,
        entropy: &dyn Entropy,
        column: &'static str,
        value: &T,
    ) -> Result<Vec<u8>, SealError> {
        let body = serde_json::to_vec(value).map_err(|_| SealError::Unreadable)?;
        self.close_bytes(entropy, column, &body)
    }

    /// Seals bytes for `column`.
    pub(crate) fn close_bytes(
        &self,
        entropy: &dyn Entropy,
        column: &'static str,
        bytes: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let mut random = [0; KEY_LEN + 2 * NONCE_LEN];
        entropy.fill(&mut random);
        let (key, nonces) = random.split_at(KEY_LEN);
        let (outer, inner) = nonces.split_at(NONCE_LEN);

        let mut wrapped = key.to_vec();
        seal_in_place(&self.wrapping, outer, b"data key", &mut wrapped)?;
        let mut body = bytes.to_vec();
        seal_in_place(&aes(key)?, inner, column.as_bytes(), &mut body)?;
        Ok([&[VERSION], outer, &wrapped, inner, &body].concat())
    }

    /// Opens what was sealed for `column`.
    pub(crate) fn open<T: DeserializeOwned>(
        &self,
        column: &'static str,
        sealed: &[u8],
    ) -> Result<T, SealError> {
        let text = self.open_bytes(column, sealed)?;
        serde_json::from_slice(&text).map_err(|_| SealError::Unreadable)
    }

    /// Opens bytes that were sealed for `column`.
    pub(crate) fn open_bytes(
        &self,
        column: &'static str,
        sealed: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let bad = SealError::Unopenable;
        let (version, rest) = sealed.split_first().ok_or(bad)?;
        let (outer, rest) = rest.split_at_checked(NONCE_LEN).ok_or(bad)?;
        let (wrapped, rest) = rest.split_at_checked(WRAPPED_LEN).ok_or(bad)?;
        let (inner, body) = rest.split_at_checked(NONCE_LEN).ok_or(bad)?;
        if *version != VERSION {
            return Err(bad);
        }
        let key = open_in_place(&self.wrapping, outer, b"data key", wrapped)?;
        open_in_place(&aes(&key)?, inner, column.as_bytes(), body)
    }

    /// A keyed hash that finds a row by a personal number without storing the number.
    #[must_use]
    pub fn index(&self, text: &str) -> Vec<u8> {
        hmac::sign(&self.index, text.as_bytes()).as_ref().to_vec()
    }

    /// The key of a person's forms in one portal, 32 bytes. It is the same after every log-in, so
    /// that a form that was left open can be sent by the same person, and by nobody else.
    #[must_use]
    pub(crate) fn form_key(&self, portal: &str, person: Uuid) -> Vec<u8> {
        let of = format!("{portal} {person}");
        hmac::sign(&self.forms, of.as_bytes()).as_ref().to_vec()
    }
}

/// A key for one purpose, from which neither the installation's nor another one can be had.
fn derived(key: &[u8], purpose: &[u8]) -> hmac::Key {
    let own = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), purpose);
    hmac::Key::new(hmac::HMAC_SHA256, own.as_ref())
}

fn aes(key: &[u8]) -> Result<LessSafeKey, SealError> {
    UnboundKey::new(&AES_256_GCM, key)
        .map(LessSafeKey::new)
        .map_err(|_| SealError::WrongKey)
}

fn nonce(bytes: &[u8]) -> Result<Nonce, SealError> {
    Nonce::try_assume_unique_for_key(bytes).map_err(|_| SealError::Unopenable)
}

fn seal_in_place(
    key: &LessSafeKey,
    nonce_bytes: &[u8],
    bound_to: &[u8],
    text: &mut Vec<u8>,
) -> Result<(), SealError> {
    key.seal_in_place_append_tag(nonce(nonce_bytes)?, Aad::from(bound_to), text)
        .map_err(|_| SealError::Unopenable)
}

fn open_in_place(
    key: &LessSafeKey,
    nonce_bytes: &[u8],
    bound_to: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, SealError> {
    let mut text = sealed.to_vec();
    let opened = key
        .open_in_place(nonce(nonce_bytes)?, Aad::from(bound_to), &mut text)
        .map_err(|_| SealError::Unopenable)?
        .len();
    text.truncate(opened);
    Ok(text)
}

/// SHA-256 of several parts after each other.
pub(crate) fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counter;
    impl Entropy for Counter {
        fn id(&self) -> uuid::Uuid {
            uuid::Uuid::nil()
        }
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_sealed_value_opens_only_for_its_column_and_key() {
        let seal = Seal::new(&[1; 32]).unwrap();
        let closed = seal.close(&Counter, "person.sealed", &"Elin").unwrap();
        assert_eq!(
            seal.open::<String>("person.sealed", &closed).unwrap(),
            "Elin"
        );
        assert_eq!(
            seal.open::<String>("card.printed_name", &closed),
            Err(SealError::Unopenable)
        );
        let other = Seal::new(&[2; 32]).unwrap();
        assert_eq!(
            other.open::<String>("person.sealed", &closed),
            Err(SealError::Unopenable)
        );
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let seal = Seal::new(&[1; 32]).unwrap();
        let closed = seal.close(&Counter, "a", &"text").unwrap();
        for at in 0..closed.len() {
            let mut altered = closed.clone();
            altered[at] ^= 1;
            assert_eq!(
                seal.open::<String>("a", &altered),
                Err(SealError::Unopenable),
                "byte {at}"
            );
        }
    }

    #[test]
    fn the_key_of_forms_is_one_for_a_person_in_a_portal_and_another_for_everybody_else() {
        let (seal, maja) = (Seal::new(&[1; 32]).unwrap(), Uuid::from_u128(1));
        let own = seal.form_key("mina_sidor", maja);
        assert_eq!(own, seal.form_key("mina_sidor", maja));
        let elsewhere = Seal::new(&[2; 32]).unwrap();
        for other in [
            seal.form_key("mina_sidor", Uuid::from_u128(2)),
            seal.form_key("id_admin", maja),
            elsewhere.form_key("mina_sidor", maja),
            seal.index(&format!("mina_sidor {maja}")),
        ] {
            assert_ne!(own, other);
        }
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        assert!(matches!(Seal::new(&[1; 16]), Err(SealError::WrongKey)));
    }
}
