//! Safety stops as rows. A run makes one in the scheduler's name; only a person may release it, so
//! the two edits are two types with a permission each.

use std::collections::BTreeMap;

use cards_domain::access::Function;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::safety_stop::Standing;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::plain::{Plain, found};
use crate::rows::{self, Row};
use crate::schema::safety_stop;
use crate::tx::Tx;

/// A stop of a nightly run, or a release given before the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SafetyStop {
    /// Its id.
    pub id: Uuid,
    /// The business day of the run.
    pub day: NaiveDate,
    /// Whose cards; `None` for the whole run.
    pub organisation: Option<OrganisationId>,
    /// In whose branch the person who releases must be.
    pub judged_in: OrganisationId,
    /// Revocations by rule.
    pub counts: BTreeMap<String, i64>,
    /// Revocations in all.
    pub count: i64,
    /// Live cards of the organisation.
    pub live: i64,
    /// What is held: clocks that had ended by then.
    pub until: Option<DateTime<Utc>>,
    /// When the run stopped; `None` while the release is only given beforehand.
    pub stopped_at: Option<DateTime<Utc>>,
    /// Who released it.
    pub released_by: Option<PersonId>,
    /// When.
    pub released_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
    /// When the release had been carried out.
    pub done_at: Option<DateTime<Utc>>,
    /// For the version check.
    pub version: i64,
}

impl SafetyStop {
    /// The stop as the rules see it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            id: self.id,
            organisation: self.organisation,
            day: self.day,
            count: u64::try_from(self.count).unwrap_or_default(),
            stopped: self.stopped_at.is_some(),
        }
    }
}

#[derive(Queryable, QueryableByName, Selectable, Serialize)]
#[diesel(table_name = safety_stop)]
struct StopRow {
    id: Uuid,
    day: NaiveDate,
    organisation_id: Option<Uuid>,
    judged_in: Uuid,
    counts: Value,
    count: i64,
    live: i64,
    until: Option<DateTime<Utc>>,
    stopped_at: Option<DateTime<Utc>>,
    released_by: Option<Uuid>,
    released_at: Option<DateTime<Utc>>,
    reason: Option<String>,
    done_at: Option<DateTime<Utc>>,
    version: i64,
}

impl Row for StopRow {
    const TABLE: &'static str = "safety_stop";
    const CHANGES: &'static [&'static str] = &[
        "counts",
        "count",
        "live",
        "until",
        "stopped_at",
        "released_by",
        "released_at",
        "reason",
        "done_at",
    ];
}

impl StopRow {
    fn next(stop: &SafetyStop) -> Result<Self, StoreError> {
        Ok(Self {
            id: stop.id,
            day: stop.day,
            organisation_id: stop.organisation.map(|id| id.0),
            judged_in: stop.judged_in.0,
            counts: serde_json::to_value(&stop.counts)
                .map_err(|_| unreadable("safety_stop", "counts"))?,
            count: stop.count,
            live: stop.live,
            until: stop.until,
            stopped_at: stop.stopped_at,
            released_by: stop.released_by.map(|id| id.0),
            released_at: stop.released_at,
            reason: stop.reason.clone(),
            done_at: stop.done_at,
            version: stop.version + 1,
        })
    }

    fn read(self) -> Result<SafetyStop, StoreError> {
        Ok(SafetyStop {
            id: self.id,
            day: self.day,
            organisation: self.organisation_id.map(OrganisationId),
            judged_in: OrganisationId(self.judged_in),
            counts: serde_json::from_value(self.counts)
                .map_err(|_| unreadable("safety_stop", "counts"))?,
            count: self.count,
            live: self.live,
            until: self.until,
            stopped_at: self.stopped_at,
            released_by: self.released_by.map(PersonId),
            released_at: self.released_at,
            reason: self.reason,
            done_at: self.done_at,
            version: self.version,
        })
    }
}

/// The stop as the nightly run writes it.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct StopOfRun(pub SafetyStop);

/// The stop as a second person releases it, or releases so many beforehand.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct StopRelease(pub SafetyStop);

macro_rules! edited_as {
    ($name:ident, $function:expr) => {
        impl Plain for $name {
            const KIND: &'static str = "safety_stop";
            const FUNCTION: Function = $function;

            fn id(&self) -> Uuid {
                self.0.id
            }
            fn version(&self) -> i64 {
                self.0.version
            }
            fn organisation(&self) -> OrganisationId {
                self.0.judged_in
            }

            fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
                let row = safety_stop::table.find(id).select(StopRow::as_select());
                found(row.first(tx.conn), |row: StopRow| row.read().map(Self))
            }

            fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
                let row = StopRow::next(&self.0)?;
                if self.0.version == 0 {
                    rows::insert(tx.conn, &[row])
                } else {
                    rows::save(tx.conn, &[row])
                }
            }
        }
    };
}

edited_as!(StopOfRun, Function::ExecuteDeadline);
edited_as!(StopRelease, Function::ReleaseSafetyStop);

impl Link {
    /// Stops that stand and releases that have not been used, oldest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn standing_stops(&mut self) -> Result<Vec<SafetyStop>, StoreError> {
        let rows: Vec<StopRow> = safety_stop::table
            .filter(safety_stop::done_at.is_null())
            .order((safety_stop::day, safety_stop::id))
            .select(StopRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(StopRow::read).collect()
    }

    /// One stop.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn safety_stop(&mut self, id: Uuid) -> Result<Option<SafetyStop>, StoreError> {
        let stop = self.read(|tx| StopRelease::load(tx, id))?;
        Ok(stop.map(|stop| stop.0))
    }

    /// Takes one released stop whose cards are still to be revoked, unless another process has.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn claim_released_stop(
        &mut self,
        lease: Duration,
    ) -> Result<Option<SafetyStop>, StoreError> {
        use diesel::sql_types::Timestamptz;
        let now = self.now();
        let row: Option<StopRow> = diesel::sql_query(
            "UPDATE safety_stop SET lease_until = $2 WHERE id IN ( \
               SELECT id FROM safety_stop WHERE done_at IS NULL AND stopped_at IS NOT NULL \
                 AND released_at IS NOT NULL AND (lease_until IS NULL OR lease_until < $1) \
               ORDER BY released_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) \
             RETURNING *",
        )
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now + lease)
        .get_result(&mut self.conn)
        .optional()?;
        row.map(StopRow::read).transpose()
    }
}
