//! Keys in memory, for tests and for measuring without a token. They are gone with the process; an
//! authority whose certificates anybody trusts has its keys in a token.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};

use super::{Algorithm, KeyFault, SigningKey, Vault};
use crate::public_key::PublicKey;

/// A key in memory.
pub struct MemoryKey {
    pair: Pair,
    algorithm: Algorithm,
    public: PublicKey,
}

enum Pair {
    Curve(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl MemoryKey {
    /// Makes a key.
    ///
    /// # Errors
    /// The library cannot make one.
    pub fn make(algorithm: Algorithm) -> Result<Self, KeyFault> {
        match algorithm {
            Algorithm::P256 => Self::curve(algorithm, &ECDSA_P256_SHA256_ASN1_SIGNING),
            Algorithm::P384 => Self::curve(algorithm, &ECDSA_P384_SHA384_ASN1_SIGNING),
            Algorithm::Rsa2048 => Self::rsa(algorithm, KeySize::Rsa2048),
            Algorithm::Rsa3072 => Self::rsa(algorithm, KeySize::Rsa3072),
            Algorithm::Rsa4096 => Self::rsa(algorithm, KeySize::Rsa4096),
        }
    }

    fn curve(
        algorithm: Algorithm,
        signing: &'static EcdsaSigningAlgorithm,
    ) -> Result<Self, KeyFault> {
        let pair = EcdsaKeyPair::generate(signing).map_err(|_| KeyFault::NotMade)?;
        let public = PublicKey::from_point(algorithm.kind(), pair.public_key().as_ref())?;
        Ok(Self {
            pair: Pair::Curve(pair),
            algorithm,
            public,
        })
    }

    fn rsa(algorithm: Algorithm, size: KeySize) -> Result<Self, KeyFault> {
        let pair = RsaKeyPair::generate(size).map_err(|_| KeyFault::NotMade)?;
        let public = PublicKey::from_rsa(pair.public_key().as_ref())?;
        Ok(Self {
            pair: Pair::Rsa(pair),
            algorithm,
            public,
        })
    }
}

impl SigningKey for MemoryKey {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Curve(pair) => {
                let signature = pair.sign(&random, message);
                Ok(signature.map_err(|_| KeyFault::Signature)?.as_ref().into())
            }
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map_err(|_| KeyFault::Signature)?;
                Ok(signature)
            }
        }
    }
}

impl fmt::Debug for MemoryKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MemoryKey({:?})", self.algorithm)
    }
}

/// A vault in memory.
#[derive(Debug, Default)]
pub struct MemoryVault {
    keys: Mutex<BTreeMap<String, Arc<MemoryKey>>>,
    certificates: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemoryVault {
    /// An empty vault.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Vault for MemoryVault {
    fn key(&self, label: &str, algorithm: Algorithm) -> Result<Arc<dyn SigningKey>, KeyFault> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = keys.get(label) {
            if key.algorithm != algorithm {
                return Err(KeyFault::OtherAlgorithm);
            }
            return Ok(key.clone());
        }
        let key = Arc::new(MemoryKey::make(algorithm)?);
        keys.insert(label.to_owned(), Arc::clone(&key));
        Ok(key)
    }

    fn certificates(&self, label: &str) -> Result<Vec<Vec<u8>>, KeyFault> {
        let kept = self.certificates.lock();
        let kept = kept.unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(label).cloned().into_iter().collect())
    }

    fn keep_certificate(&self, label: &str, der: &[u8]) -> Result<(), KeyFault> {
        let kept = self.certificates.lock();
        let mut kept = kept.unwrap_or_else(PoisonError::into_inner);
        kept.insert(label.to_owned(), der.to_vec());
        Ok(())
    }
}
