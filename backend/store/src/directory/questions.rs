//! Looking up what two officers are asked about.

use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::values::PersonNumber;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use uuid::Uuid;

use super::proposals::{Proposal, ProposalRow};
use crate::db::Link;
use crate::error::StoreError;
use crate::plain::Plain as _;
use crate::schema::{identity_proposal, person};

impl Link {
    /// What waits for a decision in these organisations, oldest first.
    ///
    /// # Errors
    /// The database cannot be asked, or an entry cannot be opened.
    pub fn open_proposals(
        &mut self,
        organisations: &[OrganisationId],
        most: i64,
    ) -> Result<Vec<Proposal>, StoreError> {
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let rows: Vec<ProposalRow> = identity_proposal::table
            .filter(identity_proposal::organisation_id.eq_any(ids))
            .filter(identity_proposal::decided_at.is_null())
            .order((identity_proposal::proposed_at, identity_proposal::id))
            .limit(most)
            .select(ProposalRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(|row| row.read(self.seal())).collect()
    }

    /// How many wait for a decision in these organisations, beside those about persons with a tie
    /// elsewhere. One statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn count_open_proposals(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Result<i64, StoreError> {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let found: Count = diesel::sql_query(
            "SELECT count(*) AS count FROM identity_proposal AS q \
             WHERE q.organisation_id = ANY($1) AND q.decided_at IS NULL \
               AND NOT EXISTS (SELECT FROM post AS t \
                 WHERE t.person_id = q.person_id AND t.organisation_id <> ALL($1)) \
               AND NOT EXISTS (SELECT FROM card AS t \
                 WHERE t.person_id = q.person_id AND t.organisation_id <> ALL($1)) \
               AND NOT EXISTS (SELECT FROM appointment AS t \
                 WHERE t.person_id = q.person_id AND t.organisation_id <> ALL($1))",
        )
        .bind::<Array<SqlUuid>, _>(ids)
        .get_result(&mut self.conn)?;
        Ok(found.count)
    }

    /// These proposals, as far as they still stand or are decided, oldest first.
    ///
    /// # Errors
    /// The database cannot be asked, or an entry cannot be opened.
    pub fn proposals(&mut self, ids: &[Uuid]) -> Result<Vec<Proposal>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<ProposalRow> = identity_proposal::table
            .filter(identity_proposal::id.eq_any(ids))
            .order((identity_proposal::proposed_at, identity_proposal::id))
            .select(ProposalRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(|row| row.read(self.seal())).collect()
    }

    /// One proposal.
    ///
    /// # Errors
    /// The database cannot be asked, or the entry cannot be opened.
    pub fn proposal(&mut self, id: Uuid) -> Result<Option<Proposal>, StoreError> {
        self.read(|tx| Proposal::load(tx, id))
    }

    /// Whether somebody else has the number now.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn is_taken(&mut self, number: &PersonNumber, by: PersonId) -> Result<bool, StoreError> {
        let index = self.seal().index(number.as_str());
        let taken: Option<Uuid> = person::table
            .filter(person::number_index.eq(index))
            .filter(person::id.ne(by.0))
            .select(person::id)
            .first(&mut self.conn)
            .optional()?;
        Ok(taken.is_some())
    }
}
