//! To which organisations a person belongs: by a post, a card or an appointment, past or live.

use std::collections::HashSet;

use cards_domain::ids::{OrganisationId, PersonId};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::tx::Tx;

/// What ties the persons `$1` to organisations.
const TIES: &str = "(SELECT person_id, organisation_id FROM post WHERE person_id = ANY($1) \
     UNION ALL SELECT person_id, organisation_id FROM card WHERE person_id = ANY($1) \
     UNION ALL SELECT person_id, organisation_id FROM appointment WHERE person_id = ANY($1)) AS t";

#[derive(QueryableByName)]
struct Tied {
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
}

impl Tx<'_> {
    /// Who of these persons has a tie to one of the organisations.
    pub(super) fn tied_to(
        &mut self,
        persons: &[Uuid],
        organisations: &HashSet<OrganisationId>,
    ) -> Result<HashSet<Uuid>, StoreError> {
        if persons.is_empty() || organisations.is_empty() {
            return Ok(HashSet::new());
        }
        let organisations: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let tied: Vec<Tied> = diesel::sql_query(format!(
            "SELECT DISTINCT t.person_id FROM {TIES} WHERE t.organisation_id = ANY($2)"
        ))
        .bind::<Array<SqlUuid>, _>(persons)
        .bind::<Array<SqlUuid>, _>(organisations)
        .load(self.conn)?;
        Ok(tied.into_iter().map(|row| row.person_id).collect())
    }
}

impl Link {
    /// Whether the person has a post, a card or an appointment, past or live, in another
    /// organisation than these.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn is_tied_beside(
        &mut self,
        person: PersonId,
        organisations: &[OrganisationId],
    ) -> Result<bool, StoreError> {
        let organisations: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let tied: Vec<Tied> = diesel::sql_query(format!(
            "SELECT t.person_id FROM {TIES} WHERE t.organisation_id <> ALL($2) LIMIT 1"
        ))
        .bind::<Array<SqlUuid>, _>(vec![person.0])
        .bind::<Array<SqlUuid>, _>(organisations)
        .load(&mut self.conn)?;
        Ok(!tied.is_empty())
    }
}
