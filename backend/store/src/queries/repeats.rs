//! Whether a request has been carried out before.

use diesel::prelude::*;
use serde_json::Value;

use crate::db::Link;
use crate::error::StoreError;
use crate::idempotency::{Earlier, Fingerprint};
use crate::schema::idempotency;

impl Link {
    /// What is known of the key of `actor`'s request, without taking it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn earlier_request(
        &mut self,
        actor: &str,
        request: &Fingerprint,
    ) -> Result<Earlier, StoreError> {
        let kept: Option<(Vec<u8>, Option<Value>)> = idempotency::table
            .find((actor, request.key))
            .select((idempotency::body_hash, idempotency::outcome))
            .first(&mut self.conn)
            .optional()?;
        Ok(match kept {
            None => Earlier::Nothing,
            Some((hash, outcome)) if hash == request.body_hash => {
                Earlier::Done(outcome.unwrap_or(Value::Null))
            }
            Some(_) => Earlier::OtherBody,
        })
    }
}
