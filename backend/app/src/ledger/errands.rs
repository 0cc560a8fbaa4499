//! Errands that were given up and are to be tried once more.

use cards_store::Link;
use uuid::Uuid;

use super::request::write;
use super::{Ledger, lines};
use crate::{Call, Failure};

impl Ledger {
    /// Lets an errand that was given up be tried anew, and writes down who did.
    ///
    /// # Errors
    /// [`Failure::Conflict`] when it is not given up any more; the store fails.
    pub(crate) fn revive_errand(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<(), Failure> {
        write(link, |tx| {
            if !tx.revive_errand(id)? {
                return Err(Failure::Conflict);
            }
            let line = lines::of_errand(tx, call, id);
            tx.line(line);
            Ok(tx.record(())?)
        })
    }
}
