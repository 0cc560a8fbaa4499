//! What the pages of a loss need beside the card: the numbers on which its holder is called back.

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::ids::PersonId;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::schema::{organisation, post};

/// Numbers of a post, as the directory has them.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct CallBackNumbers {
    /// The name of the organisation of the post.
    pub organisation_name: String,
    /// The telephone.
    pub phone: Option<String>,
    /// The mobile telephone.
    pub mobile: Option<String>,
}

impl Link {
    /// The directory's numbers to a person, from the live posts in `scope`. A caller is known by
    /// being called back on one of these, and never on a number that they give.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn call_back_numbers(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<Vec<CallBackNumbers>, StoreError> {
        let today = calendar::business_day(self.now());
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        Ok(post::table
            .inner_join(organisation::table.on(organisation::id.eq(post::organisation_id)))
            .filter(post::person_id.eq(person.0))
            .filter(post::organisation_id.eq_any(organisations))
            .filter(post::last_day.is_null().or(post::last_day.ge(today)))
            .filter(post::phone.is_not_null().or(post::mobile.is_not_null()))
            .order((organisation::name, post::hsa_key))
            .select((organisation::name, post::phone, post::mobile))
            .load(&mut self.conn)?)
    }
}
