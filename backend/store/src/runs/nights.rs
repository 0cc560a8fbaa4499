//! One row per night. A process claims it with a lease; when the process dies, another goes on
//! after the lease with the clocks that the first had begun on.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::schema::nightly_run;

/// What a run has done, by rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NightCounts {
    /// Done.
    pub done: BTreeMap<String, i64>,
    /// Refused by the rules; the clocks are left as they were.
    pub refused: BTreeMap<String, i64>,
    /// Revocations held back by safety stops.
    pub held: i64,
    /// Failed by a fault of ours; tried again the next night.
    pub failed: i64,
}

/// A night's run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightRun {
    /// The business day.
    pub day: NaiveDate,
    /// It acts on clocks that had ended by then.
    pub started_at: DateTime<Utc>,
    /// When everything had been seen to.
    pub finished_at: Option<DateTime<Utc>>,
    /// Which process.
    pub runner: String,
    /// Until when that process may be taken to be at it.
    pub lease_until: Option<DateTime<Utc>>,
    /// What it has done.
    pub counts: NightCounts,
    /// Why it was broken off last.
    pub error: Option<String>,
}

#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = nightly_run)]
struct NightRow {
    day: NaiveDate,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    runner: String,
    lease_until: Option<DateTime<Utc>>,
    counts: Value,
    error: Option<String>,
}

impl NightRow {
    fn read(self) -> Result<NightRun, StoreError> {
        let counts =
            serde_json::from_value(self.counts).map_err(|_| unreadable("nightly_run", "counts"))?;
        Ok(NightRun {
            day: self.day,
            started_at: self.started_at,
            finished_at: self.finished_at,
            runner: self.runner,
            lease_until: self.lease_until,
            counts,
            error: self.error,
        })
    }
}

fn as_json(counts: &NightCounts) -> Result<Value, StoreError> {
    serde_json::to_value(counts).map_err(|_| unreadable("nightly_run", "counts"))
}

impl Link {
    /// Takes the night's run: begins it, or goes on where another process has stopped. `None` when
    /// it is finished or another process is at it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn claim_night(
        &mut self,
        day: NaiveDate,
        runner: &str,
        lease: Duration,
    ) -> Result<Option<NightRun>, StoreError> {
        use diesel::sql_types::{Date, Jsonb, Text, Timestamptz};
        let now = self.now();
        let row: Option<NightRow> = diesel::sql_query(
            "INSERT INTO nightly_run AS n (day, started_at, runner, lease_until, counts) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (day) DO UPDATE \
               SET runner = excluded.runner, lease_until = excluded.lease_until, error = NULL \
               WHERE n.finished_at IS NULL AND (n.lease_until IS NULL OR n.lease_until < $2) \
             RETURNING *",
        )
        .bind::<Date, _>(day)
        .bind::<Timestamptz, _>(now)
        .bind::<Text, _>(runner)
        .bind::<Timestamptz, _>(now + lease)
        .bind::<Jsonb, _>(as_json(&NightCounts::default())?)
        .get_result(&mut self.conn)
        .optional()?;
        row.map(NightRow::read).transpose()
    }

    /// Opens a finished night again, for what has ended since. Gives whether it was finished.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn reopen_night(&mut self, day: NaiveDate) -> Result<bool, StoreError> {
        let now = self.now();
        let finished = nightly_run::finished_at.is_not_null();
        let opened = diesel::update(nightly_run::table.find(day).filter(finished))
            .set((
                nightly_run::finished_at.eq(None::<DateTime<Utc>>),
                nightly_run::started_at.eq(now),
            ))
            .execute(&mut self.conn)?;
        Ok(opened == 1)
    }

    /// Says that `runner` is still at it. Gives whether it is: another process takes over what has
    /// been silent for too long.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_night(
        &mut self,
        day: NaiveDate,
        runner: &str,
        lease: Duration,
    ) -> Result<bool, StoreError> {
        let until = self.now() + lease;
        let own = nightly_run::runner
            .eq(runner)
            .and(nightly_run::finished_at.is_null());
        let kept = diesel::update(nightly_run::table.find(day).filter(own))
            .set(nightly_run::lease_until.eq(until))
            .execute(&mut self.conn)?;
        Ok(kept == 1)
    }

    /// Notes that the night is done, and what was done.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn finish_night(
        &mut self,
        day: NaiveDate,
        runner: &str,
        counts: &NightCounts,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let own = nightly_run::runner.eq(runner);
        diesel::update(nightly_run::table.find(day).filter(own))
            .set((
                nightly_run::finished_at.eq(now),
                nightly_run::lease_until.eq(None::<DateTime<Utc>>),
                nightly_run::counts.eq(as_json(counts)?),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// Notes why the run was broken off, and lets any process go on with it after `pause`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn break_off_night(
        &mut self,
        day: NaiveDate,
        (runner, error): (&str, &str),
        pause: Duration,
    ) -> Result<(), StoreError> {
        let until = self.now() + pause;
        let own = nightly_run::runner.eq(runner);
        diesel::update(nightly_run::table.find(day).filter(own))
            .set((
                nightly_run::lease_until.eq(until),
                nightly_run::error.eq(error),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// Brings what a finished night has done up to date, after a release.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn recount_night(
        &mut self,
        day: NaiveDate,
        counts: &NightCounts,
    ) -> Result<(), StoreError> {
        diesel::update(nightly_run::table.find(day))
            .set(nightly_run::counts.eq(as_json(counts)?))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// One night's run.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn night(&mut self, day: NaiveDate) -> Result<Option<NightRun>, StoreError> {
        let row: Option<NightRow> = nightly_run::table
            .find(day)
            .select(NightRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        row.map(NightRow::read).transpose()
    }

    /// The latest nights, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn nights(&mut self, limit: i64) -> Result<Vec<NightRun>, StoreError> {
        let rows: Vec<NightRow> = nightly_run::table
            .order(nightly_run::day.desc())
            .limit(limit)
            .select(NightRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(NightRow::read).collect()
    }

    /// How often the nightly run has done or been refused each action under a code of the log:
    /// `(action, done, how often)`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn acts_of_night(
        &mut self,
        correlation: &str,
        since: NaiveDate,
    ) -> Result<Vec<(String, bool, i64)>, StoreError> {
        use diesel::sql_types::{Text, Timestamptz};
        let rows: Vec<ActRow> = diesel::sql_query(
            "SELECT action, outcome = 'done' AS done, count(*) AS times FROM journal \
             WHERE correlation = $1 AND at >= $2 AND actor_system = 'scheduler' \
               AND kind IN ('card', 'receipt', 'card_order') GROUP BY 1, 2",
        )
        .bind::<Text, _>(correlation)
        .bind::<Timestamptz, _>(cards_domain::calendar::start_of_day(since))
        .load(&mut self.conn)?;
        Ok(rows
            .into_iter()
            .map(|row| (row.action, row.done, row.times))
            .collect())
    }
}

#[derive(QueryableByName)]
struct ActRow {
    #[diesel(sql_type = diesel::sql_types::Text)]
    action: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    done: bool,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    times: i64,
}
