//! The gate without the door: what it would say to a set of acts, at another time if need be.

use cards_domain::access::Actor;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::kept::Kept;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{CHUNK, Ledger};
use crate::Failure;

impl Ledger {
    /// What [`Ledger::act_many`] would answer if `by` asked `at` that time, with the same loads,
    /// permissions and rules. Nothing is written, so what would follow is not tried.
    ///
    /// # Errors
    /// The store fails.
    pub fn would_act_many<K: Kept>(
        &self,
        link: &mut Link,
        (by, at): (&Actor, DateTime<Utc>),
        items: &[(Uuid, K::Action)],
    ) -> Result<Vec<Option<Result<(), Refusal>>>, Failure> {
        let mut verdicts = Vec::with_capacity(items.len());
        for chunk in items.chunks(CHUNK) {
            let ids: Vec<Uuid> = chunk.iter().map(|(id, _)| *id).collect();
            let (things, facts) = link.read(|tx| {
                tx.now = at;
                let things = K::load(tx, &ids)?;
                let facts = K::facts(tx, by, &things, &self.lengths)?;
                Ok::<_, Failure>((things, facts))
            })?;
            let known = |id: &Uuid| {
                let mut pairs = things.iter().zip(&facts);
                pairs.find(|(thing, _)| thing.id() == *id)
            };
            verdicts.extend(chunk.iter().map(|(id, action)| {
                known(id).map(|(thing, facts)| {
                    thing
                        .permitted(by, action, facts)
                        .and_then(|()| thing.decide(by, action, facts, at).map(drop))
                })
            }));
        }
        Ok(verdicts)
    }
}
