//! Errands to the outside: written with the change that asks for them, claimed with a lease, done
//! at least once, and buried where everybody can see when they cannot be done.

use cards_domain::consequences::{Errand, Topic};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::prepared::prepared;
use crate::rows;
use crate::schema::{outbox, worker};
use crate::tx::Tx;

/// An errand to be written.
#[derive(Clone, Debug)]
pub struct NewErrand {
    /// What is to be done.
    pub errand: Errand,
    /// The line in the log that asks for it.
    pub line_id: Uuid,
}

/// An errand that has been claimed.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its id; every outside call carries it, so that a repetition is recognised.
    pub id: Uuid,
    /// What is to be done.
    pub errand: Errand,
    /// How many times it has been tried before.
    pub attempts: i32,
}

/// An errand that could not be done.
#[derive(Clone, Debug, Queryable)]
pub struct Buried {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub topic: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How many times it was tried.
    pub attempts: i32,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// How the errands stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrandMeasures {
    /// How many wait, due or not.
    pub waiting: i64,
    /// When the oldest of them was written.
    pub oldest: Option<DateTime<Utc>>,
    /// How many could not be done.
    pub dead: i64,
}

/// An errand as it stands.
#[derive(Clone, Debug, Queryable)]
pub struct KnownErrand {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub topic: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How many times it was tried.
    pub attempts: i32,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub dead_at: Option<DateTime<Utc>>,
}

const ADD: &str = "INSERT INTO outbox (id, topic, payload, line_id, created_at, available_at, attempts) \
    SELECT id, topic, payload, line_id, created_at, available_at, attempts \
    FROM jsonb_populate_recordset(NULL::outbox, $1)";

#[derive(Serialize)]
struct NewRow {
    id: Uuid,
    topic: &'static str,
    payload: Value,
    line_id: Uuid,
    created_at: DateTime<Utc>,
    available_at: DateTime<Utc>,
    attempts: i32,
}

pub(crate) fn write(tx: &mut Tx<'_>, errands: Vec<NewErrand>) -> Result<(), StoreError> {
    if errands.is_empty() {
        return Ok(());
    }
    let rows = errands
        .into_iter()
        .map(|new| {
            Ok(NewRow {
                id: tx.new_id(),
                topic: Topic::from(&new.errand).into(),
                payload: serde_json::to_value(&new.errand)
                    .map_err(|_| unreadable("outbox", "payload"))?,
                line_id: new.line_id,
                created_at: tx.now,
                available_at: tx.now,
                attempts: 0,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    rows::append(tx.conn, ("outbox", ADD), &rows)
}

impl Tx<'_> {
    /// Brings a buried errand back to life. `false`: there is none that is buried.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn revive_errand(&mut self, id: Uuid) -> Result<bool, StoreError> {
        let revived = diesel::update(outbox::table.find(id).filter(outbox::dead_at.is_not_null()))
            .set((
                outbox::dead_at.eq(None::<DateTime<Utc>>),
                outbox::available_at.eq(self.now),
                outbox::attempts.eq(0),
            ))
            .execute(self.conn)?;
        Ok(revived == 1)
    }
}

impl Link {
    /// Claims up to `limit` errands that are due and not leased, and leases them.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn claim_errands(
        &mut self,
        limit: i64,
        lease: Duration,
    ) -> Result<Vec<Claimed>, StoreError> {
        use diesel::sql_types::{BigInt, Timestamptz};
        let now = self.now();
        let rows: Vec<ClaimedRow> = prepared(
            "UPDATE outbox SET lease_until = $2, attempts = attempts + 1 WHERE id IN ( \
               SELECT id FROM outbox WHERE done_at IS NULL AND dead_at IS NULL \
                 AND available_at <= $1 AND (lease_until IS NULL OR lease_until < $1) \
               ORDER BY available_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) \
             RETURNING id, payload, attempts",
        )
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now + lease)
        .bind::<BigInt, _>(limit)
        .load(&mut self.conn)?;
        let mut claimed = rows
            .into_iter()
            .map(ClaimedRow::read)
            .collect::<Result<Vec<_>, _>>()?;
        claimed.sort_by_key(|errand| errand.id);
        Ok(claimed)
    }

    /// Notes that errands are done.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn finish_errands(&mut self, ids: &[Uuid]) -> Result<(), StoreError> {
        let now = self.now();
        diesel::update(outbox::table.filter(outbox::id.eq_any(ids)))
            .set((
                outbox::done_at.eq(now),
                outbox::lease_until.eq(None::<DateTime<Utc>>),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// Puts an errand back until `again_at`, or buries it when that is `None`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn put_back_errand(
        &mut self,
        id: Uuid,
        again_at: Option<DateTime<Utc>>,
        error: &str,
    ) -> Result<(), StoreError> {
        let now = self.now();
        diesel::update(outbox::table.find(id))
            .set((
                outbox::available_at.eq(again_at.unwrap_or(now)),
                outbox::dead_at.eq(again_at.is_none().then_some(now)),
                outbox::lease_until.eq(None::<DateTime<Utc>>),
                outbox::last_error.eq(error),
            ))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// The errands that could not be done, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn buried_errands(&mut self, limit: i64) -> Result<Vec<Buried>, StoreError> {
        Ok(outbox::table
            .filter(outbox::dead_at.is_not_null())
            .order(outbox::dead_at.desc())
            .limit(limit)
            .select((
                outbox::id,
                outbox::topic,
                outbox::created_at,
                outbox::attempts,
                outbox::last_error,
            ))
            .load(&mut self.conn)?)
    }

    /// An errand, wherever it stands.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn errand(&mut self, id: Uuid) -> Result<Option<KnownErrand>, StoreError> {
        Ok(outbox::table
            .find(id)
            .select((
                outbox::id,
                outbox::topic,
                outbox::created_at,
                outbox::attempts,
                outbox::done_at,
                outbox::dead_at,
            ))
            .first(&mut self.conn)
            .optional()?)
    }

    /// How many errands wait, due or not.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting_errands(&mut self) -> Result<i64, StoreError> {
        Ok(outbox::table
            .filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()))
            .count()
            .get_result(&mut self.conn)?)
    }

    /// How the errands stand, for measurements.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn errand_measures(&mut self) -> Result<ErrandMeasures, StoreError> {
        use diesel::dsl::{count_star, min};
        let open = outbox::table.filter(outbox::done_at.is_null().and(outbox::dead_at.is_null()));
        let (waiting, oldest) = open
            .select((count_star(), min(outbox::created_at)))
            .first(&mut self.conn)?;
        let dead = outbox::table
            .filter(outbox::dead_at.is_not_null())
            .count()
            .get_result(&mut self.conn)?;
        Ok(ErrandMeasures {
            waiting,
            oldest,
            dead,
        })
    }

    /// Gives a sign of life of a worker.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn worker_is_alive(&mut self, name: &str) -> Result<(), StoreError> {
        let now = self.now();
        diesel::insert_into(worker::table)
            .values((worker::name.eq(name), worker::seen_at.eq(now)))
            .on_conflict(worker::name)
            .do_update()
            .set(worker::seen_at.eq(now))
            .execute(&mut self.conn)?;
        Ok(())
    }

    /// When a worker last gave a sign of life.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn worker_seen_at(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(worker::table
            .select(diesel::dsl::max(worker::seen_at))
            .first(&mut self.conn)?)
    }
}

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: Uuid,
    #[diesel(sql_type = diesel::sql_types::Jsonb)]
    payload: Value,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    attempts: i32,
}

impl ClaimedRow {
    fn read(self) -> Result<Claimed, StoreError> {
        let errand =
            serde_json::from_value(self.payload).map_err(|_| unreadable("outbox", "payload"))?;
        Ok(Claimed {
            id: self.id,
            errand,
            attempts: self.attempts,
        })
    }
}
