//! A look: the line and what is shown are one statement, so that neither is without the other.
//!
//! Whose data it is becomes known only while the statement reads, and the line's leaf hash covers
//! it. The canonical text is therefore written beforehand with two ids that stand for the holder
//! and the organisation; the database puts the true ones in and makes the hash.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Binary, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::{Line, NewRow, canonical, row};
use crate::db::Link;
use crate::error::StoreError;

/// Reads with `read` and writes the line of a look in the same statement, without waiting for the
/// disk. The first two columns of `read` must be the holder and the organisation of the line; no
/// row, no line.
pub(crate) struct Looking<Q> {
    read: Q,
    row: NewRow,
    text: String,
    stands_for: StandsFor,
    unless_since: Option<DateTime<Utc>>,
}

/// Ids that no thing has, in the places of those that are not known yet.
struct StandsFor {
    holder: Uuid,
    organisation: Uuid,
}

impl<Q> Looking<Q> {
    /// A look that is written down unless the same person has looked at the same thing since
    /// `unless_since`. What `line` says of holder, organisation and event does not count.
    ///
    /// # Errors
    /// None that happens: a look holds nothing that is sealed.
    pub(crate) fn new(
        link: &Link,
        line: Line,
        unless_since: Option<DateTime<Utc>>,
        read: Q,
    ) -> Result<Self, StoreError> {
        let stands_for = StandsFor {
            holder: link.new_id(),
            organisation: link.new_id(),
        };
        let line = Line {
            person: Some(cards_domain::ids::PersonId(stands_for.holder)),
            organisation: Some(cards_domain::ids::OrganisationId(stands_for.organisation)),
            event: Value::Null,
            protected: false,
            ..line
        };
        let row = row((link.entropy(), link.seal()), link.now(), line)?;
        Ok(Self {
            read,
            text: canonical(&row).to_string(),
            row,
            stands_for,
            unless_since,
        })
    }

    fn push_columns<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let row = &self.row;
        out.push_bind_param::<SqlUuid, _>(&row.line_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Timestamptz, _>(&row.at)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(&row.schema_version)?;
        for text in [row.channel, row.actor_kind] {
            out.push_sql(", ");
            out.push_bind_param::<Text, _>(text)?;
        }
        out.push_sql(", ");
        for id in [&row.actor_person, &row.actor_client] {
            out.push_bind_param::<Nullable<SqlUuid>, _>(id)?;
            out.push_sql(", ");
        }
        out.push_bind_param::<Nullable<Text>, _>(&row.actor_system)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<SqlUuid>, _>(&row.office_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(row.kind)?;
        for text in [&row.action, &row.outcome, &row.correlation] {
            out.push_sql(", ");
            out.push_bind_param::<Text, _>(text)?;
        }
        out.push_sql(", ");
        out.push_bind_param::<Nullable<SqlUuid>, _>(&row.subject_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Binary>, _>(&row.salt)?;
        out.push_sql(", ");
        out.push_bind_param::<Binary, _>(&row.commitment)?;
        Ok(())
    }

    /// `sha256(0x00 || text)` with the true holder and organisation in the text.
    fn push_leaf<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("sha256('\\x00'::bytea || convert_to(replace(replace(");
        out.push_bind_param::<Text, _>(&self.text)?;
        out.push_sql(", ");
        out.push_bind_param::<SqlUuid, _>(&self.stands_for.holder)?;
        out.push_sql("::text, holder::text), '\"' || ");
        out.push_bind_param::<SqlUuid, _>(&self.stands_for.organisation)?;
        out.push_sql("::text || '\"', COALESCE('\"' || organisation || '\"', 'null')), 'UTF8'))");
        Ok(())
    }

    fn push_earlier<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let (Some(subject), Some(actor), Some(since)) = (
            &self.row.subject_id,
            &self.row.actor_person,
            &self.unless_since,
        ) else {
            return Ok(());
        };
        out.push_sql(" AND NOT EXISTS (SELECT FROM journal AS j WHERE j.subject_id = ");
        out.push_bind_param::<SqlUuid, _>(subject)?;
        out.push_sql(" AND j.actor_person = ");
        out.push_bind_param::<SqlUuid, _>(actor)?;
        out.push_sql(" AND j.action = ");
        out.push_bind_param::<Text, _>(&self.row.action)?;
        out.push_sql(" AND j.at >= ");
        out.push_bind_param::<Timestamptz, _>(since)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Looking<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH seen (holder, organisation) AS MATERIALIZED (");
        self.read.walk_ast(out.reborrow())?;
        out.push_sql(
            "), written AS (INSERT INTO journal (line_id, at, schema_version, channel, \
             actor_kind, actor_person, actor_client, actor_system, office_id, kind, action, outcome, \
             correlation, subject_id, salt, commitment, event, person_id, organisation_id, \
             leaf_hash) SELECT ",
        );
        self.push_columns(&mut out)?;
        out.push_sql(", 'null'::jsonb, holder, organisation, ");
        self.push_leaf(&mut out)?;
        // Losing the last looks in a power cut is accepted, a slow page is not.
        out.push_sql(
            " FROM (SELECT holder, organisation FROM seen LIMIT 1) AS one \
             WHERE set_config('synchronous_commit', 'off', true) = 'off'",
        );
        self.push_earlier(&mut out)?;
        out.push_sql(") SELECT * FROM seen");
        Ok(())
    }
}

impl<Q> QueryId for Looking<Q> {
    // Kept by its text, which depends on whether an earlier look is asked for.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Looking<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<PgConnection> for Looking<Q> {}

impl Link {
    /// Whether a change on this connection waits until the disk has it: for the test that a look
    /// does not switch that off for those after it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waits_for_the_disk(&mut self) -> Result<bool, StoreError> {
        let setting = diesel::dsl::sql::<Text>("current_setting('synchronous_commit')");
        let setting: String = diesel::select(setting).get_result(&mut self.conn)?;
        Ok(setting != "off")
    }
}
