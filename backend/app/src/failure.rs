//! What a use case can answer besides yes.

use cards_domain::refusal::Refusal;
use cards_store::{Refused, StoreError};

use crate::ports::GatewayError;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no such thing, or the actor must not know that there is.
    #[error("not found")]
    NotFound,
    /// The rules say no.
    #[error(transparent)]
    Refused(Refusal),
    /// Somebody else changed the same thing first.
    #[error("changed meanwhile")]
    Conflict,
    /// The signature that the act was to be done with has been used, or is too old.
    #[error("the signature is used or too old")]
    SignatureGone,
    /// The request's key was used for another request.
    #[error("the key was used for another request")]
    KeyReused,
    /// Too many are waiting.
    #[error("busy")]
    Busy,
    /// Something outside does not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours. The text is for the log, never for a page.
    #[error("broken: {0}")]
    Broken(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        if refusal == Refusal::OutOfScope {
            Self::NotFound
        } else {
            Self::Refused(refusal)
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Unreachable => Self::Unavailable("database".to_owned()),
            StoreError::Inconsistent { .. }
            | StoreError::NothingRecorded
            | StoreError::Seal(_)
            | StoreError::Database(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Busy => Self::Busy,
            Refused::BrokenOff => Self::Broken(refused.to_string()),
            Refused::Store(error) => error.into(),
        }
    }
}

impl From<GatewayError> for Failure {
    fn from(error: GatewayError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
