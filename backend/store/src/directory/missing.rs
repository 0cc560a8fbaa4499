//! Posts that a full feed no longer holds.

use cards_domain::ids::{OrganisationId, PersonId};
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::error::StoreError;
use crate::schema::post;
use crate::tx::Tx;

/// A post that has not ended.
#[derive(Clone, Debug)]
pub struct LivePost {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub person: PersonId,
    /// Its HSA-id in upper case.
    pub hsa_key: String,
}

impl Tx<'_> {
    /// The posts of an organisation that last through `day`, those not yet begun among them.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn live_posts(
        &mut self,
        organisation: OrganisationId,
        day: NaiveDate,
    ) -> Result<Vec<LivePost>, StoreError> {
        let rows: Vec<(Uuid, Uuid, String)> = post::table
            .filter(post::organisation_id.eq(organisation.0))
            .filter(post::last_day.is_null().or(post::last_day.ge(day)))
            .select((post::id, post::person_id, post::hsa_key))
            .order(post::hsa_key)
            .load(self.conn)?;
        Ok(rows
            .into_iter()
            .map(|(id, person, hsa_key)| LivePost {
                id,
                person: PersonId(person),
                hsa_key,
            })
            .collect())
    }

    /// Gives posts their last day.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn end_posts(&mut self, posts: &[Uuid], last_day: NaiveDate) -> Result<usize, StoreError> {
        Ok(diesel::update(post::table.filter(post::id.eq_any(posts)))
            .set(post::last_day.eq(last_day))
            .execute(self.conn)?)
    }
}
