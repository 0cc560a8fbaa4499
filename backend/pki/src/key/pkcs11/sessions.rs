//! Sessions with a token. Each piece of work has one for itself; those that are free wait for the
//! next. One that the token has dropped is replaced and the work done again, once.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::session::{Session, UserType};
use secrecy::SecretString;

use super::super::KeyFault;
use super::module;

/// More free sessions than this are closed.
const MOST_FREE: usize = 32;

/// The sessions with one token.
pub(super) struct Sessions {
    module: Pkcs11,
    label: String,
    pin: SecretString,
    free: Mutex<Vec<Session>>,
}

impl Sessions {
    pub(super) fn new(module: Pkcs11, label: String, pin: SecretString) -> Self {
        Self {
            module,
            label,
            pin,
            free: Mutex::new(Vec::new()),
        }
    }

    /// Does work that may be done twice without harm. The second argument of the work tells
    /// whether the session is new because the token had dropped the one before: then nothing that
    /// was known of its objects holds.
    pub(super) fn with<T>(
        &self,
        work: impl Fn(&Session, bool) -> Result<T, Error>,
    ) -> Result<T, KeyFault> {
        let session = self.take()?;
        match work(&session, false) {
            Ok(done) => {
                self.give_back(session);
                Ok(done)
            }
            Err(fault) if is_dropped(&fault) => {
                drop(session);
                self.forget();
                let session = self.open()?;
                let done = work(&session, true).map_err(KeyFault::Token)?;
                self.give_back(session);
                Ok(done)
            }
            // The session is closed: nobody knows what state it is in.
            Err(fault) => Err(KeyFault::Token(fault)),
        }
    }

    fn take(&self) -> Result<Session, KeyFault> {
        let free = self.lock().pop();
        free.map_or_else(|| self.open(), Ok)
    }

    fn give_back(&self, session: Session) {
        let mut free = self.lock();
        if free.len() < MOST_FREE {
            free.push(session);
        }
    }

    fn forget(&self) {
        let dropped: Vec<Session> = self.lock().drain(..).collect();
        drop(dropped);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Session>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Session, KeyFault> {
        let slot = module::slot(&self.module, &self.label)?.ok_or(KeyFault::NoToken)?;
        let session = self.module.open_rw_session(slot).map_err(KeyFault::Token)?;
        match session.login(UserType::User, Some(&self.pin)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(Error::Pkcs11(
                RvError::PinIncorrect
                | RvError::PinLocked
                | RvError::PinExpired
                | RvError::PinLenRange
                | RvError::PinInvalid
                | RvError::UserPinNotInitialized,
                _,
            )) => Err(KeyFault::Pin),
            Err(fault) => Err(KeyFault::Token(fault)),
        }
    }
}

fn is_dropped(fault: &Error) -> bool {
    matches!(
        fault,
        Error::Pkcs11(
            RvError::SessionHandleInvalid
                | RvError::SessionClosed
                | RvError::UserNotLoggedIn
                | RvError::KeyHandleInvalid
                | RvError::ObjectHandleInvalid
                | RvError::DeviceRemoved
                | RvError::DeviceError
                | RvError::TokenNotPresent,
            _,
        )
    )
}

impl fmt::Debug for Sessions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sessions({})", self.label)
    }
}
