//! Assignments (medarbetaruppdrag) and their members as the feed says.

use cards_domain::ids::{OrganisationId, UnitId};
use cards_domain::values::HsaId;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

use super::tree::different;
use super::upsert::{FeedRow, upsert};
use crate::error::StoreError;
use crate::schema::{assignment, assignment_member, post};
use crate::tx::Tx;

/// What the feed says of an assignment.
#[derive(Clone, Debug)]
pub struct AssignmentRecord {
    /// Its unit; `None` directly below the organisation.
    pub unit: Option<UnitId>,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Its HSA-id.
    pub hsa_id: HsaId,
    /// Its name.
    pub name: String,
    /// Purpose.
    pub purpose: Option<String>,
    /// Rights, each `activity;information type;scope`.
    pub rights: Vec<String>,
    /// Who has it. Of a member named twice the last stands.
    pub members: Vec<MemberRecord>,
}

/// One member.
#[derive(Clone, Debug)]
pub struct MemberRecord {
    /// The HSA-id of the employment.
    pub hsa_id: HsaId,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
}

#[derive(Clone, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = assignment)]
struct AssignmentRow {
    id: Uuid,
    unit_id: Option<Uuid>,
    organisation_id: Uuid,
    hsa_id: String,
    hsa_key: String,
    name: String,
    purpose: Option<String>,
    rights: Vec<String>,
}

impl FeedRow for AssignmentRow {
    const TABLE: &'static str = "assignment";
    const COLUMNS: &'static [&'static str] = &[
        "unit_id",
        "organisation_id",
        "hsa_id",
        "hsa_key",
        "name",
        "purpose",
        "rights",
    ];
}

#[derive(Clone, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = assignment_member)]
struct MemberRow {
    assignment_id: Uuid,
    hsa_key: String,
    post_id: Option<Uuid>,
    starts: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
}

impl FeedRow for MemberRow {
    const TABLE: &'static str = "assignment_member";
    const KEY: &'static [&'static str] = &["assignment_id", "hsa_key"];
    const COLUMNS: &'static [&'static str] = &["post_id", "starts", "last_day"];
}

impl Tx<'_> {
    /// Adds or changes assignments with their members; gives how many assignments and members were
    /// new, different or gone. A member whose HSA-id is not known is kept waiting.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn put_assignments(&mut self, records: &[AssignmentRecord]) -> Result<usize, StoreError> {
        let keys: Vec<String> = records
            .iter()
            .map(|record| record.hsa_id.search_key())
            .collect();
        let kept: Vec<AssignmentRow> = assignment::table
            .filter(assignment::hsa_key.eq_any(&keys))
            .select(AssignmentRow::as_select())
            .load(self.conn)?;
        let ids: HashMap<String, Uuid> = kept
            .iter()
            .map(|row| (row.hsa_key.clone(), row.id))
            .collect();
        let rows: Vec<AssignmentRow> = records
            .iter()
            .zip(keys)
            .map(|(record, key)| {
                let id = ids.get(&key).copied().unwrap_or_else(|| self.entropy.id());
                record.row(id, key)
            })
            .collect();
        let of: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let different = different(rows, kept, |row| row.id);
        upsert(self.conn, &different)?;
        Ok(different.len() + self.put_members(records, &of)?)
    }

    /// The organisations of the assignments that have these HSA-ids already.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn homes_of_assignments(
        &mut self,
        keys: &[String],
    ) -> Result<HashMap<String, OrganisationId>, StoreError> {
        let found: Vec<(String, Uuid)> = assignment::table
            .filter(assignment::hsa_key.eq_any(keys))
            .select((assignment::hsa_key, assignment::organisation_id))
            .load(self.conn)?;
        let home = |(key, id): (String, Uuid)| (key, OrganisationId(id));
        Ok(found.into_iter().map(home).collect())
    }

    fn put_members(
        &mut self,
        records: &[AssignmentRecord],
        assignments: &[Uuid],
    ) -> Result<usize, StoreError> {
        let mut wanted = BTreeMap::new();
        for (record, &assignment) in records.iter().zip(assignments) {
            for member in &record.members {
                wanted.insert((assignment, member.hsa_id.search_key()), member);
            }
        }
        let keys: Vec<&String> = wanted.keys().map(|(_, key)| key).collect();
        let posts: HashMap<String, Uuid> = post::table
            .filter(post::hsa_key.eq_any(keys))
            .select((post::hsa_key, post::id))
            .load(self.conn)?
            .into_iter()
            .collect();
        let kept: Vec<MemberRow> = assignment_member::table
            .filter(assignment_member::assignment_id.eq_any(assignments))
            .select(MemberRow::as_select())
            .load(self.conn)?;
        let key = |row: &MemberRow| (row.assignment_id, row.hsa_key.clone());
        let gone: Vec<(Uuid, String)> = kept
            .iter()
            .map(key)
            .filter(|key| !wanted.contains_key(key))
            .collect();
        let rows = wanted
            .into_iter()
            .map(|((assignment_id, hsa_key), member)| MemberRow {
                assignment_id,
                post_id: posts.get(&hsa_key).copied(),
                hsa_key,
                starts: member.starts,
                last_day: member.last_day,
            })
            .collect();
        let different = different(rows, kept, key);
        upsert(self.conn, &different)?;
        Ok(different.len() + self.drop_members(gone)?)
    }

    fn drop_members(&mut self, gone: Vec<(Uuid, String)>) -> Result<usize, StoreError> {
        if gone.is_empty() {
            return Ok(0);
        }
        let (assignments, keys): (Vec<Uuid>, Vec<String>) = gone.into_iter().unzip();
        Ok(diesel::sql_query(
            "DELETE FROM assignment_member AS m USING unnest($1, $2) AS g (assignment, key) \
             WHERE m.assignment_id = g.assignment AND m.hsa_key = g.key",
        )
        .bind::<Array<SqlUuid>, _>(assignments)
        .bind::<Array<Text>, _>(keys)
        .execute(self.conn)?)
    }

    /// Joins waiting members with the posts that have come since; gives how many.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn join_waiting_members(&mut self) -> Result<usize, StoreError> {
        Ok(diesel::sql_query(
            "UPDATE assignment_member AS m SET post_id = p.id FROM post AS p \
             WHERE m.post_id IS NULL AND p.hsa_key = m.hsa_key",
        )
        .execute(self.conn)?)
    }
}

impl AssignmentRecord {
    fn row(&self, id: Uuid, hsa_key: String) -> AssignmentRow {
        AssignmentRow {
            id,
            unit_id: self.unit.map(|unit| unit.0),
            organisation_id: self.organisation.0,
            hsa_id: self.hsa_id.as_str().to_owned(),
            hsa_key,
            name: self.name.clone(),
            purpose: self.purpose.clone(),
            rights: self.rights.clone(),
        }
    }
}
