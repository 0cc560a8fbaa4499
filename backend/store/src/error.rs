//! What can go wrong in the store. No text holds values from rows.

use crate::seal::SealError;

/// A fault of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the same thing first.
    #[error("the thing was changed meanwhile")]
    Conflict,
    /// A row cannot be read as what it must be.
    #[error("{table}: a row does not hold what it must ({what})")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which part of it.
        what: &'static str,
    },
    /// A transaction was about to commit without a line in the log.
    #[error("nothing was recorded")]
    NothingRecorded,
    /// A sealed value could not be opened or made.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The database said no.
    #[error("database: {0}")]
    Database(String),
    /// No connection to the database.
    #[error("the database cannot be reached")]
    Unreachable,
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        match error {
            Error::DatabaseError(Kind::UniqueViolation | Kind::SerializationFailure, _) => {
                Self::Conflict
            }
            Error::DatabaseError(Kind::ClosedConnection, _) => Self::Unreachable,
            // The server's message names tables and constraints; its detail, which may hold
            // personal data, is left out.
            Error::DatabaseError(_, info) => Self::Database(info.message().to_owned()),
            other => Self::Database(other.to_string()),
        }
    }
}

/// A stage, role or other word in a column that the rules do not know.
pub(crate) fn unreadable(table: &'static str, what: &'static str) -> StoreError {
    StoreError::Inconsistent { table, what }
}
