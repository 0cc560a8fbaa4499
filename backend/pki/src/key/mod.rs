//! Private keys that sign: in a token behind PKCS#11, or in memory for tests. Nothing outside this
//! module sees one.

pub mod memory;
pub mod pkcs11;

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

pub use crate::algorithm::{Algorithm, SignatureAlgorithm};
use crate::public_key::{KeyRefused, PublicKey};

/// A key that signs.
pub trait SigningKey: Send + Sync + fmt::Debug {
    /// What it signs with.
    fn algorithm(&self) -> Algorithm;

    /// Its public half.
    fn public_key(&self) -> &PublicKey;

    /// Signs a message: hashed with the algorithm's own hash; ECDSA signatures come as DER.
    ///
    /// # Errors
    /// The key is out of reach or does not sign.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault>;
}

/// Where an authority keeps its keys and its own certificates, by label.
pub trait Vault {
    /// The key of that label; made if there is none.
    ///
    /// # Errors
    /// The vault is out of reach, or the key there is of another algorithm.
    fn key(&self, label: &str, algorithm: Algorithm) -> Result<Arc<dyn SigningKey>, KeyFault>;

    /// All certificates kept under that label, in no order.
    ///
    /// # Errors
    /// The vault is out of reach.
    fn certificates(&self, label: &str) -> Result<Vec<Vec<u8>>, KeyFault>;

    /// Keeps a certificate (DER) under that label, in place of those that were there.
    ///
    /// # Errors
    /// The vault is out of reach or full.
    fn keep_certificate(&self, label: &str, der: &[u8]) -> Result<(), KeyFault>;
}

/// Why a key does not sign.
#[derive(Debug, Error)]
pub enum KeyFault {
    /// The PKCS#11 module cannot be loaded.
    #[error("the PKCS#11 module cannot be used")]
    Module(#[source] cryptoki::error::Error),
    /// No token, or several, of that label.
    #[error("there is not exactly one token of that label")]
    NoToken,
    /// No token is free to be made.
    #[error("there is no uninitialised token")]
    NoFreeToken,
    /// The PIN is wrong, locked or not set.
    #[error("the token refuses the PIN")]
    Pin,
    /// The token answers with a fault.
    #[error("the token answers with a fault")]
    Token(#[source] cryptoki::error::Error),
    /// Several keys of one label.
    #[error("there are several keys of one label in the token")]
    SeveralKeys,
    /// A private key without its public half.
    #[error("a key in the token lacks its public half")]
    NoPublicHalf,
    /// The key is of another algorithm than the profile says.
    #[error("the key in the token is of another algorithm")]
    OtherAlgorithm,
    /// The public key may not stand in a certificate.
    #[error("the key is refused: {0}")]
    Refused(#[from] KeyRefused),
    /// What the token gave as a signature is none.
    #[error("the token's signature is malformed")]
    Signature,
    /// Made in memory and could not be.
    #[error("a key could not be made")]
    NotMade,
}

impl KeyFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Module(_) => "key_module",
            Self::NoToken => "key_no_token",
            Self::NoFreeToken => "key_no_free_token",
            Self::Pin => "key_pin",
            Self::Token(_) => "key_token",
            Self::SeveralKeys => "key_several",
            Self::NoPublicHalf => "key_no_public_half",
            Self::OtherAlgorithm => "key_other_algorithm",
            Self::Refused(refused) => refused.code(),
            Self::Signature => "key_signature",
            Self::NotMade => "key_not_made",
        }
    }
}
