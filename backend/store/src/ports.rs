//! Time, ids and randomness are handed in, so that tests decide them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// Makes ids and secrets.
pub trait Entropy: Send + Sync {
    /// A new id, ordered by time of making.
    fn id(&self) -> Uuid;
    /// Fills `bytes` with unguessable randomness.
    fn fill(&self, bytes: &mut [u8]);
}
