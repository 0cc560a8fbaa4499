//! One act and another that it was waited for with: in one transaction, both by the caller.

use cards_store::Link;
use cards_store::kept::Kept;
use uuid::Uuid;

use super::request::write;
use super::{Ledger, Step};
use crate::{Call, Failure};

impl Ledger {
    /// Does one action, and once it is done the one that `besides` names, of what the thing was
    /// before. Unlike what follows by the rules, that one is the caller's own: judged by what the
    /// caller may, and written down as theirs. When it is refused the first is done all the same,
    /// and the refusal has its line.
    ///
    /// # Errors
    /// As [`Ledger::act`].
    pub(crate) fn act_and<K: Kept, B: Kept>(
        &self,
        link: &mut Link,
        call: &Call,
        (id, action): (Uuid, &K::Action),
        besides: impl FnOnce(&K, &K::Facts) -> Option<(Uuid, B::Action)>,
    ) -> Result<K, Failure> {
        let done = write(link, |tx| {
            K::guard(tx, &[id])?;
            let step = Step::of(call);
            tx.asked_at(step.by.office());
            let before = K::load(tx, &[id])?;
            let facts = K::facts(tx, &step.by, &before, &self.lengths)?;
            let known = before.first().zip(facts.first());
            let then = known.and_then(|(thing, facts)| besides(thing, facts));
            let mut answers = self.step_many::<K>(tx, &step, &[(id, action.clone())])?;
            let answer = answers.pop().flatten().ok_or(Failure::NotFound)?;
            if answer.is_ok() {
                self.step_many::<B>(tx, &step, then.as_slice())?;
            }
            Ok(tx.record(answer)?)
        })?;
        done.map_err(Failure::from)
    }
}
