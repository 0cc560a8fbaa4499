//! Keys in a token behind PKCS#11: SoftHSM in the demonstration, a hardware module where it counts.
//! The private keys are made in the token and never leave it.

mod module;
mod objects;
mod sessions;
mod signature;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use cryptoki::object::ObjectHandle;
use secrecy::SecretString;

use self::sessions::Sessions;
use super::{Algorithm, KeyFault, SigningKey, Vault};
use crate::public_key::PublicKey;

/// An open token. Clones share the sessions.
#[derive(Clone, Debug)]
pub struct Token {
    sessions: Arc<Sessions>,
}

impl Token {
    /// Opens the token of that label and logs in. Sessions are opened as threads need them and
    /// opened again if the token has dropped them.
    ///
    /// A module such as SoftHSM reads its own environment (`SOFTHSM2_CONF`) at the first opening in
    /// the process.
    ///
    /// # Errors
    /// The module, the token or the PIN.
    pub fn open(module: &Path, label: &str, pin: SecretString) -> Result<Self, KeyFault> {
        let sessions = Sessions::new(module::load(module)?, label.to_owned(), pin);
        sessions.with(|_, _| Ok(()))?;
        Ok(Self {
            sessions: Arc::new(sessions),
        })
    }

    /// Opens the token of that label; if there is none, the first uninitialised one is made it.
    ///
    /// # Errors
    /// The module, no uninitialised token, or a PIN that the token does not take.
    pub fn create(
        module: &Path,
        label: &str,
        so_pin: &SecretString,
        pin: SecretString,
    ) -> Result<Self, KeyFault> {
        let context = module::load(module)?;
        if module::slot(&context, label)?.is_none() {
            module::initialise(&context, label, so_pin, &pin)?;
        }
        Self::open(module, label, pin)
    }

    /// The key of that label, if there is one.
    ///
    /// # Errors
    /// The token is out of reach, or the key is not whole or not one.
    pub fn find(&self, label: &str) -> Result<Option<TokenKey>, KeyFault> {
        let found = self
            .sessions
            .with(|session, _| objects::private_keys(session, label))?;
        match *found.as_slice() {
            [] => Ok(None),
            [handle] => self.key_at(label, handle).map(Some),
            _ => Err(KeyFault::SeveralKeys),
        }
    }

    /// The key of that label; made if there is none.
    ///
    /// # Errors
    /// The token is out of reach, or the key there is of another algorithm.
    pub fn find_or_make(&self, label: &str, algorithm: Algorithm) -> Result<TokenKey, KeyFault> {
        let key = match self.find(label)? {
            Some(key) => key,
            None => {
                let made = self
                    .sessions
                    .with(|session, _| objects::make_pair(session, label, algorithm))?;
                self.key_at(label, made)?
            }
        };
        if key.algorithm != algorithm {
            return Err(KeyFault::OtherAlgorithm);
        }
        Ok(key)
    }

    fn key_at(&self, label: &str, handle: ObjectHandle) -> Result<TokenKey, KeyFault> {
        let found = self
            .sessions
            .with(|session, _| objects::public_half(session, label))?;
        let public = objects::read_public(found.ok_or(KeyFault::NoPublicHalf)?)?;
        let algorithm = Algorithm::of(public.kind()).ok_or(KeyFault::OtherAlgorithm)?;
        Ok(TokenKey {
            sessions: Arc::clone(&self.sessions),
            label: label.to_owned(),
            handle: Mutex::new(handle),
            algorithm,
            public,
        })
    }
}

impl Vault for Token {
    fn key(&self, label: &str, algorithm: Algorithm) -> Result<Arc<dyn SigningKey>, KeyFault> {
        Ok(Arc::new(self.find_or_make(label, algorithm)?))
    }

    fn certificates(&self, label: &str) -> Result<Vec<Vec<u8>>, KeyFault> {
        self.sessions
            .with(|session, _| objects::certificates(session, label))
    }

    fn keep_certificate(&self, label: &str, der: &[u8]) -> Result<(), KeyFault> {
        self.sessions
            .with(|session, _| objects::keep_certificate(session, label, der))
    }
}

/// A key in a token.
pub struct TokenKey {
    sessions: Arc<Sessions>,
    label: String,
    // What the token calls the key by; changes when the token has been away.
    handle: Mutex<ObjectHandle>,
    algorithm: Algorithm,
    public: PublicKey,
}

impl TokenKey {
    fn known_handle(&self) -> ObjectHandle {
        *self.handle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn learn(&self, found: ObjectHandle) -> ObjectHandle {
        *self.handle.lock().unwrap_or_else(PoisonError::into_inner) = found;
        found
    }
}

impl SigningKey for TokenKey {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
        let (mechanism, input) = signature::input(self.algorithm, message);
        let raw = self.sessions.with(|session, fresh| {
            let handle = if fresh {
                self.learn(objects::private_key(session, &self.label)?)
            } else {
                self.known_handle()
            };
            session.sign(&mechanism, handle, &input)
        })?;
        signature::output(self.algorithm, raw)
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "TokenKey({}, {:?})", self.label, self.algorithm)
    }
}
