//! Log-ins and signatures that have been sent to the identity provider, and who came back.

use cards_domain::ids::PersonId;
use cards_domain::values::{HsaId, PersonNumber};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::journal::Channel;
use crate::schema::{login_attempt, person, post};
use crate::seal::sha256;

/// How long the identity provider may keep somebody.
const LONGEST: TimeDelta = TimeDelta::minutes(10);

/// What is remembered until the browser comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// One of the three portals.
    pub portal: Channel,
    /// What the ID token must carry.
    pub nonce: String,
    /// The secret half of the proof key.
    pub pkce_verifier: String,
    /// Where to go afterwards: a path of the portal.
    pub return_to: String,
    /// The signature that this is, when it is one.
    pub signature: Option<Uuid>,
}

type Row = (String, String, String, String, Option<Uuid>, DateTime<Utc>);

impl Link {
    /// Remembers an attempt under its state, and forgets those that are too old.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn put_attempt(&mut self, state: &str, attempt: &Attempt) -> Result<(), StoreError> {
        let now = self.now();
        diesel::delete(login_attempt::table.filter(login_attempt::created_at.lt(now - LONGEST)))
            .execute(&mut self.conn)?;
        diesel::insert_into(login_attempt::table)
            .values((
                login_attempt::state_hash.eq(sha256(&[state.as_bytes()])),
                login_attempt::portal.eq(<&str>::from(attempt.portal)),
                login_attempt::nonce.eq(&attempt.nonce),
                login_attempt::pkce_verifier.eq(&attempt.pkce_verifier),
                login_attempt::return_to.eq(&attempt.return_to),
                login_attempt::signature_id.eq(attempt.signature),
                login_attempt::created_at.eq(now),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// The attempt with this state, which can be taken once and within ten minutes.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn take_attempt(&mut self, state: &str) -> Result<Option<Attempt>, StoreError> {
        let earliest = self.now() - LONGEST;
        let row: Option<Row> =
            diesel::delete(login_attempt::table.find(sha256(&[state.as_bytes()])))
                .returning((
                    login_attempt::portal,
                    login_attempt::nonce,
                    login_attempt::pkce_verifier,
                    login_attempt::return_to,
                    login_attempt::signature_id,
                    login_attempt::created_at,
                ))
                .get_result(&mut self.conn)
                .optional()?;
        row.filter(|row| row.5 >= earliest)
            .map(|(portal, nonce, pkce_verifier, return_to, signature, _)| {
                let portal = portal
                    .parse()
                    .map_err(|_| unreadable("login_attempt", "portal"))?;
                Ok(Attempt {
                    portal,
                    nonce,
                    pkce_verifier,
                    return_to,
                    signature,
                })
            })
            .transpose()
    }

    /// The person with this number and these HSA-ids. Nobody when they are not one person's.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn find_log_in_person(
        &mut self,
        number: Option<&PersonNumber>,
        hsa_ids: &[HsaId],
    ) -> Result<Option<PersonId>, StoreError> {
        let index = number
            .map(|number| self.seal().index(number.as_str()))
            .unwrap_or_default();
        let keys: Vec<String> = hsa_ids.iter().map(HsaId::search_key).collect();
        let found: Vec<Uuid> = person::table
            .filter(person::number_index.eq(index))
            .select(person::id)
            .union(
                post::table
                    .filter(post::hsa_key.eq_any(keys))
                    .select(post::person_id),
            )
            .load(&mut self.conn)?;
        Ok(match found.as_slice() {
            [one] => Some(PersonId(*one)),
            _ => None,
        })
    }
}
