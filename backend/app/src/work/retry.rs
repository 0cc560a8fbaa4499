//! An errand that was given up is tried anew, by whoever answers for what goes out.

use cards_domain::access::{Function, Scope};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::outbox::KnownErrand;
use uuid::Uuid;

use crate::{App, Call, Failure};

impl App {
    /// Lets an errand that was given up be tried anew; gives the errand as it stands then. Doing it
    /// once more changes nothing, nor does it for one that was never given up.
    ///
    /// # Errors
    /// [`Failure::Refused`] when it is not the actor's to do, [`Failure::NotFound`] when there is no
    /// such errand.
    pub fn retry_errand(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<KnownErrand, Failure> {
        let scope = Scope::of(&call.actor, Function::OperateErrands);
        if scope.organisations().is_empty() {
            let refusal = Refusal::NotYourRole;
            self.ledger
                .note_refused_edit(link, call, "errand", &refusal)?;
            return Err(refusal.into());
        }
        let known = link.errand(id)?.ok_or(Failure::NotFound)?;
        if known.dead_at.is_none() {
            return Ok(known);
        }
        match self.ledger.revive_errand(link, call, id) {
            // Somebody was faster.
            Ok(()) | Err(Failure::Conflict) => link.errand(id)?.ok_or(Failure::NotFound),
            Err(failure) => Err(failure),
        }
    }
}
