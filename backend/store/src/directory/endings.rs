//! Posts that a full feed no longer holds: ended at once, or held for a second person. Always the
//! whole set in one statement.

use cards_domain::access::Function;
use cards_domain::ids::{OrganisationId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Text, Timestamptz, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::plain::{Plain, found};
use crate::schema::{ending_stop, organisation};
use crate::tx::Tx;

/// The posts of organisation `$1` that last through `$2` and are not in the file.
const MISSING: &str = "post AS p WHERE p.organisation_id = $1 \
     AND (p.last_day IS NULL OR p.last_day >= $2) \
     AND NOT EXISTS (SELECT FROM feed_seen AS s WHERE s.hsa_key = p.hsa_key)";

/// How many persons a full feed would end in one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Leavers {
    /// Persons with a live post that the file does not hold.
    #[diesel(sql_type = BigInt)]
    pub would_end: i64,
    /// Persons with a live post.
    #[diesel(sql_type = BigInt)]
    pub live: i64,
}

/// One post that would end, for a preview.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Leaver {
    /// Whose.
    #[diesel(sql_type = SqlUuid)]
    pub person: Uuid,
    /// Its HSA-id.
    #[diesel(sql_type = Text)]
    pub hsa_id: String,
}

/// Why those whom a full feed does not hold are not ended at once.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    EnumString,
    IntoStaticStr,
    Serialize,
    Deserialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// They are more than a person would expect.
    #[default]
    TooMany,
    /// An entry of the file could not be read so far that it was known whom it is about: it may be
    /// about any of them.
    UnreadableEntry,
    /// The file ends as one does whose rest is lost: they may have stood there.
    EndLost,
}

/// Where nobody was ended at once of those whom a feed did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = ending_stop)]
pub struct EndingStop {
    /// Its id.
    pub id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// The organisation.
    pub organisation_id: Uuid,
    /// Who took the feed in; `None` for a command on the server.
    pub imported_by: Option<Uuid>,
    /// When.
    pub stopped_at: DateTime<Utc>,
    /// The last day that a release gives.
    pub last_day: NaiveDate,
    /// Persons with a post that would end.
    pub would_end: i64,
    /// Persons with a live post.
    pub live: i64,
    /// Why, as the word of a [`StopReason`].
    pub why: String,
    /// Who released it.
    pub released_by: Option<Uuid>,
    /// When.
    pub released_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
    /// Posts that the release ended.
    pub ended: Option<i64>,
    /// When a newer full feed came instead.
    pub replaced_at: Option<DateTime<Utc>>,
    /// For the version check.
    pub version: i64,
}

/// The stop as a second person releases it: saving it ends the posts.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct EndingRelease(pub EndingStop);

impl EndingStop {
    /// Why it stopped.
    #[must_use]
    pub fn reason_to_stop(&self) -> StopReason {
        self.why.parse().unwrap_or_default()
    }
}

impl Plain for EndingRelease {
    const KIND: &'static str = "ending_stop";
    const FUNCTION: Function = Function::ReleaseSafetyStop;

    fn id(&self) -> Uuid {
        self.0.id
    }

    fn version(&self) -> i64 {
        self.0.version
    }

    fn organisation(&self) -> OrganisationId {
        OrganisationId(self.0.organisation_id)
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let stop = ending_stop::table.find(id).select(EndingStop::as_select());
        found(stop.first(tx.conn), |stop| Ok(Self(stop)))
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let stop = &self.0;
        tx.guard_directory()?;
        let ended = diesel::sql_query(
            "UPDATE post AS p SET last_day = $2 FROM ending_stop_post AS e \
             WHERE e.stop_id = $1 AND p.id = e.post_id \
               AND (p.last_day IS NULL OR p.last_day > $2)",
        )
        .bind::<SqlUuid, _>(stop.id)
        .bind::<Date, _>(stop.last_day)
        .execute(tx.conn)?;
        let saved = diesel::update(
            ending_stop::table
                .find(stop.id)
                .filter(ending_stop::version.eq(stop.version))
                .filter(ending_stop::released_at.is_null())
                .filter(ending_stop::replaced_at.is_null()),
        )
        .set((
            ending_stop::released_by.eq(stop.released_by),
            ending_stop::released_at.eq(stop.released_at),
            ending_stop::reason.eq(&stop.reason),
            ending_stop::ended.eq(i64::try_from(ended).unwrap_or(i64::MAX)),
            ending_stop::version.eq(stop.version + 1),
        ))
        .execute(tx.conn)?;
        if saved == 1 {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}

impl Tx<'_> {
    /// How many persons of an organisation the file does not hold.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn leavers(
        &mut self,
        organisation: OrganisationId,
        day: NaiveDate,
    ) -> Result<Leavers, StoreError> {
        let leavers = diesel::sql_query(format!(
            "SELECT (SELECT count(DISTINCT p.person_id) FROM {MISSING}) AS would_end, \
               (SELECT count(DISTINCT p.person_id) FROM post AS p WHERE p.organisation_id = $1 \
                 AND (p.last_day IS NULL OR p.last_day >= $2)) AS live"
        ))
        .bind::<SqlUuid, _>(organisation.0)
        .bind::<Date, _>(day)
        .get_result(self.conn)?;
        Ok(leavers)
    }

    /// The first of the posts that the file does not hold.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn first_leavers(
        &mut self,
        organisation: OrganisationId,
        day: NaiveDate,
        most: i64,
    ) -> Result<Vec<Leaver>, StoreError> {
        let leavers = diesel::sql_query(format!(
            "SELECT p.person_id AS person, p.hsa_id FROM {MISSING} ORDER BY p.hsa_key LIMIT $3"
        ))
        .bind::<SqlUuid, _>(organisation.0)
        .bind::<Date, _>(day)
        .bind::<BigInt, _>(most)
        .load(self.conn)?;
        Ok(leavers)
    }

    /// Gives them `last_day`; how many posts.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn end_leavers(
        &mut self,
        organisation: OrganisationId,
        day: NaiveDate,
        last_day: NaiveDate,
    ) -> Result<usize, StoreError> {
        Ok(diesel::sql_query(format!(
            "UPDATE post SET last_day = $3 WHERE id IN (SELECT p.id FROM {MISSING})"
        ))
        .bind::<SqlUuid, _>(organisation.0)
        .bind::<Date, _>(day)
        .bind::<Date, _>(last_day)
        .execute(self.conn)?)
    }

    /// Holds them for a second person.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn stop_endings(&mut self, stop: &EndingStop, day: NaiveDate) -> Result<(), StoreError> {
        diesel::insert_into(ending_stop::table)
            .values((
                (
                    ending_stop::id.eq(stop.id),
                    ending_stop::import_id.eq(stop.import_id),
                    ending_stop::organisation_id.eq(stop.organisation_id),
                    ending_stop::imported_by.eq(stop.imported_by),
                    ending_stop::stopped_at.eq(stop.stopped_at),
                ),
                (
                    ending_stop::last_day.eq(stop.last_day),
                    ending_stop::would_end.eq(stop.would_end),
                    ending_stop::live.eq(stop.live),
                    ending_stop::why.eq(&stop.why),
                    ending_stop::version.eq(stop.version),
                ),
            ))
            .execute(self.conn)?;
        diesel::sql_query(format!(
            "INSERT INTO ending_stop_post (stop_id, post_id) SELECT $3, p.id FROM {MISSING}"
        ))
        .bind::<SqlUuid, _>(stop.organisation_id)
        .bind::<Date, _>(day)
        .bind::<SqlUuid, _>(stop.id)
        .execute(self.conn)?;
        Ok(())
    }

    /// A newer full feed of these organisations counts instead of what earlier ones stopped at.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn replace_stops(&mut self, organisations: &[OrganisationId]) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        diesel::sql_query(
            "UPDATE ending_stop SET replaced_at = $2, version = version + 1 \
             WHERE organisation_id = ANY($1) AND released_at IS NULL AND replaced_at IS NULL",
        )
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Timestamptz, _>(self.now)
        .execute(self.conn)?;
        Ok(())
    }

    /// Whom a newer file holds, nobody ends any more because of an older one.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_returned(&mut self) -> Result<(), StoreError> {
        diesel::sql_query(
            "DELETE FROM ending_stop_post AS e USING post AS p, feed_seen AS s, ending_stop AS t \
             WHERE e.post_id = p.id AND p.hsa_key = s.hsa_key AND t.id = e.stop_id \
               AND t.released_at IS NULL AND t.replaced_at IS NULL",
        )
        .execute(self.conn)?;
        Ok(())
    }
}

impl Link {
    /// Stops that stand in these organisations, oldest first, with the organisation's name.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn standing_endings(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Result<Vec<(EndingStop, String)>, StoreError> {
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        Ok(ending_stop::table
            .inner_join(organisation::table.on(organisation::id.eq(ending_stop::organisation_id)))
            .filter(ending_stop::organisation_id.eq_any(ids))
            .filter(ending_stop::released_at.is_null())
            .filter(ending_stop::replaced_at.is_null())
            .order((ending_stop::stopped_at, ending_stop::id))
            .select((EndingStop::as_select(), organisation::name))
            .load(&mut self.conn)?)
    }

    /// One stop, with its organisation's name.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn ending_stop(&mut self, id: Uuid) -> Result<Option<(EndingStop, String)>, StoreError> {
        Ok(ending_stop::table
            .inner_join(organisation::table.on(organisation::id.eq(ending_stop::organisation_id)))
            .filter(ending_stop::id.eq(id))
            .select((EndingStop::as_select(), organisation::name))
            .first(&mut self.conn)
            .optional()?)
    }

    /// The first persons whose posts a release of the stop would end now, and how many posts.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn stopped_posts(
        &mut self,
        stop: Uuid,
        most: i64,
    ) -> Result<Vec<(PersonId, String)>, StoreError> {
        let rows: Vec<Leaver> = diesel::sql_query(
            "SELECT p.person_id AS person, p.hsa_id FROM ending_stop_post AS e \
             JOIN post AS p ON p.id = e.post_id WHERE e.stop_id = $1 ORDER BY p.hsa_key LIMIT $2",
        )
        .bind::<SqlUuid, _>(stop)
        .bind::<BigInt, _>(most)
        .load(&mut self.conn)?;
        let pair = |row: Leaver| (PersonId(row.person), row.hsa_id);
        Ok(rows.into_iter().map(pair).collect())
    }
}
