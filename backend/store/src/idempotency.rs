//! A repeated request gets the first answer; the same key with another body is an error.

use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::error::StoreError;
use crate::schema::idempotency;
use crate::seal::sha256;
use crate::tx::Tx;

/// A request's key and a digest of what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Made with the form, or sent by the client.
    pub key: Uuid,
    /// SHA-256 of the request.
    pub body_hash: Vec<u8>,
}

impl Fingerprint {
    /// The fingerprint of a request.
    #[must_use]
    pub fn of(key: Uuid, body: &[u8]) -> Self {
        Self {
            key,
            body_hash: sha256(&[body]),
        }
    }
}

/// What is known of a request's key.
#[derive(Clone, Debug, PartialEq)]
pub enum Earlier {
    /// Nothing: go on. The key is taken.
    Nothing,
    /// It was carried out, with this outcome.
    Done(Value),
    /// It was used for another request.
    OtherBody,
}

impl Tx<'_> {
    /// Takes a key for `actor`, or tells what it was used for.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn take_key(&mut self, actor: &str, request: &Fingerprint) -> Result<Earlier, StoreError> {
        let taken = diesel::insert_into(idempotency::table)
            .values((
                idempotency::actor.eq(actor),
                idempotency::key.eq(request.key),
                idempotency::body_hash.eq(&request.body_hash),
                idempotency::at.eq(self.now),
            ))
            .on_conflict_do_nothing()
            .execute(self.conn)?;
        if taken == 1 {
            return Ok(Earlier::Nothing);
        }
        let (body_hash, outcome): (Vec<u8>, Option<Value>) = idempotency::table
            .find((actor, request.key))
            .select((idempotency::body_hash, idempotency::outcome))
            .first(self.conn)?;
        Ok(if body_hash == request.body_hash {
            Earlier::Done(outcome.unwrap_or(Value::Null))
        } else {
            Earlier::OtherBody
        })
    }

    /// Keeps the outcome of a request whose key was taken in this transaction.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_outcome(
        &mut self,
        actor: &str,
        key: Uuid,
        outcome: &Value,
    ) -> Result<(), StoreError> {
        diesel::update(idempotency::table.find((actor, key)))
            .set(idempotency::outcome.eq(outcome))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets a key taken in this transaction: refusals are not remembered, so that the same form
    /// can be sent again once the reason is gone.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn forget_key(&mut self, actor: &str, key: Uuid) -> Result<(), StoreError> {
        diesel::delete(idempotency::table.find((actor, key))).execute(self.conn)?;
        Ok(())
    }
}
