//! Sealed columns from outside the store, which alone can seal and open them in the application.
//! The shape is the store's (version, nonce, wrapped data key, nonce, ciphertext); a run of the
//! benchmark reads rows through the application and so notices at once if they part.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{digest, rand};
use cards_store::Seal;
use serde::Serialize;

const VERSION: u8 = 1;
const KEY_LEN: usize = 32;

/// Seals with the key of the installation.
pub struct Sealer {
    wrapping: LessSafeKey,
    seal: Seal,
}

impl Sealer {
    pub fn new(key: &[u8], seal: Seal) -> Self {
        Self {
            wrapping: aes(key),
            seal,
        }
    }

    /// The keyed hash that finds a person by number.
    pub fn index(&self, number: &str) -> Vec<u8> {
        self.seal.index(number)
    }

    /// Seals `value` for `column`.
    pub fn close<T: Serialize>(&self, column: &str, value: &T) -> Vec<u8> {
        let fresh: [u8; KEY_LEN + 2 * NONCE_LEN] = random();
        let (key, nonces) = fresh.split_at(KEY_LEN);
        let (outer, inner) = nonces.split_at(NONCE_LEN);
        let mut wrapped = key.to_vec();
        lock(&self.wrapping, outer, b"data key", &mut wrapped);
        let mut body = serde_json::to_vec(value).unwrap();
        lock(&aes(key), inner, column.as_bytes(), &mut body);
        [&[VERSION], outer, &wrapped, inner, &body].concat()
    }
}

fn aes(key: &[u8]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap())
}

fn lock(key: &LessSafeKey, nonce: &[u8], bound_to: &[u8], text: &mut Vec<u8>) {
    let nonce = Nonce::try_assume_unique_for_key(nonce).unwrap();
    key.seal_in_place_append_tag(nonce, Aad::from(bound_to), text)
        .unwrap();
}

/// Unguessable bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).unwrap();
    bytes
}

/// SHA-256 of the parts after each other.
pub fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}
