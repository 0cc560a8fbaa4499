//! The pools' connections: what a new one is told, how its statements are counted, and when one is
//! asked whether it still answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, ManageConnection};
use diesel::{Connection, PgConnection};

use crate::ports::Clock;

/// A connection whose last statement went well within this time is not asked again: the question
/// would cost every request a round trip.
const TRUSTED: TimeDelta = TimeDelta::seconds(1);

/// Makes connections and looks after them.
pub(crate) struct Connections {
    inner: ConnectionManager<PgConnection>,
    clock: Arc<dyn Clock>,
}

impl Connections {
    pub(crate) fn to(url: &str, clock: Arc<dyn Clock>) -> Self {
        Self {
            inner: ConnectionManager::new(url),
            clock,
        }
    }
}

impl ManageConnection for Connections {
    type Connection = PgConnection;
    type Error = Error;

    fn connect(&self) -> Result<PgConnection, Error> {
        self.inner.connect()
    }

    fn is_valid(&self, conn: &mut PgConnection) -> Result<(), Error> {
        let counter = conn.instrumentation().downcast_ref::<Counter>();
        let answered_at = counter.and_then(|counter| counter.answered_at);
        if answered_at.is_some_and(|at| self.clock.now() - at < TRUSTED) {
            return Ok(());
        }
        self.inner.is_valid(conn)
    }

    fn has_broken(&self, conn: &mut PgConnection) -> bool {
        self.inner.has_broken(conn)
    }
}

/// What every new connection is told.
pub(crate) struct Greeting {
    pub timeout_ms: u128,
    pub statements: Arc<AtomicU64>,
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Greeting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Greeting").finish_non_exhaustive()
    }
}

impl CustomizeConnection<PgConnection, Error> for Greeting {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), Error> {
        // Every statement is written so that one plan serves all values. Left to itself PostgreSQL
        // plans what stands around a card (a dozen tables) anew each time: six milliseconds of an
        // answer that takes half of one.
        conn.batch_execute(&format!(
            "SET statement_timeout = {0}; SET lock_timeout = {0}; \
             SET idle_in_transaction_session_timeout = 60000; SET timezone = 'UTC'; \
             SET plan_cache_mode = force_generic_plan",
            self.timeout_ms
        ))
        .map_err(Error::QueryError)?;
        conn.set_instrumentation(Counter {
            statements: Arc::clone(&self.statements),
            clock: Arc::clone(&self.clock),
            answered_at: None,
        });
        Ok(())
    }
}

/// Counts statements, and knows when the database last answered one.
struct Counter {
    statements: Arc<AtomicU64>,
    clock: Arc<dyn Clock>,
    /// `None` after a statement that failed, whyever.
    answered_at: Option<DateTime<Utc>>,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { .. } => {
                self.statements.fetch_add(1, Ordering::AcqRel);
            }
            InstrumentationEvent::FinishQuery { error, .. } => {
                self.answered_at = error.is_none().then(|| self.clock.now());
            }
            _ => {}
        }
    }
}
