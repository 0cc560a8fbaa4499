//! Connections. Synchronous diesel on dedicated runtimes whose blocking pools are limited: one
//! queue per lane, first come first served, and nothing that could be awaited or cancelled inside
//! a transaction. This is the one place for time limits and for throwing away connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cards_domain::ids::OfficeId;
use chrono::{DateTime, Utc};
use diesel::Connection;
use diesel::r2d2::{Pool, PooledConnection};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::error::StoreError;
use crate::kept::Memory;
use crate::pool::{Connections, Greeting};
use crate::ports::{Clock, Entropy};
use crate::seal::Seal;
use crate::tx::{Recorded, Tx};

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct DbSettings {
    /// The address, with the application's own role.
    pub url: String,
    /// Connections and threads per lane.
    pub threads: usize,
    /// How many requests may wait for a thread before the rest are turned away.
    pub waiting: usize,
    /// Longest time of one statement.
    pub statement_timeout: Duration,
}

/// Which queue a piece of work stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Look-ups and changes.
    Short,
    /// Search and reports.
    Long,
    /// Questions of relying parties about certificates. They come from everywhere and without a
    /// session, so they have few threads of their own and never take one from the portals.
    Status,
}

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 3] = [Self::Short, Self::Long, Self::Status];

    /// Its name, for measurements.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Status => "status",
        }
    }
}

/// Threads and connections for questions about certificates.
const STATUS_THREADS: usize = 2;
/// How many such questions may wait: as many as are answered in a fraction of a second.
const STATUS_WAITING: usize = 128;

/// Why work was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Too many are waiting already.
    #[error("too many requests are waiting")]
    Busy,
    /// The thread died; the fault has been logged.
    #[error("the work was broken off")]
    BrokenOff,
    /// No connection.
    #[error(transparent)]
    Store(#[from] StoreError),
}

struct Queue {
    runtime: Option<Runtime>,
    pool: Pool<Connections>,
    waiting: AtomicUsize,
    limit: usize,
    done: Done,
}

impl Drop for Queue {
    fn drop(&mut self) {
        // A runtime must not be dropped inside another one's task while it waits for its threads.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A place in the queue of a lane: taken until the work is done, also when whoever asked has gone away
/// meanwhile.
pub(crate) struct Place(Arc<Queue>);

impl Place {
    /// The work is done, which `came` and was `begun` then.
    pub(crate) fn done(self, came: Instant, begun: Instant) {
        self.0.done.note(came, begun);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What a connection carries with it.
struct Env {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    seal: Seal,
    statements: Arc<AtomicU64>,
}

/// The database.
#[derive(Clone)]
pub struct Db {
    short: Arc<Queue>,
    long: Arc<Queue>,
    status: Arc<Queue>,
    env: Arc<Env>,
}

impl Db {
    /// Opens the lanes and warms the connections.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub fn open(
        settings: &DbSettings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        seal: Seal,
    ) -> Result<Self, StoreError> {
        let statements = Arc::new(AtomicU64::new(0));
        let queue =
            |settings, warm| Queue::open(settings, warm, (&statements, &clock)).map(Arc::new);
        let few = DbSettings {
            threads: STATUS_THREADS,
            waiting: STATUS_WAITING,
            ..settings.clone()
        };
        Ok(Self {
            short: queue(settings, 1)?,
            long: queue(settings, 1)?,
            // Most processes are never asked.
            status: queue(&few, 0)?,
            env: Arc::new(Env {
                clock,
                entropy,
                seal,
                statements: Arc::clone(&statements),
            }),
        })
    }

    /// Does `work` on a thread of the lane.
    ///
    /// # Errors
    /// Too many wait, or the database cannot be reached.
    pub async fn run<T, F>(&self, lane: Lane, work: F) -> Result<T, Refused>
    where
        T: Send + 'static,
        F: FnOnce(&mut Link) -> T + Send + 'static,
    {
        let place = self.place(lane)?;
        let db = self.clone();
        let came = Instant::now();
        let working = self.spawn(lane, move || {
            let begun = Instant::now();
            let done = db.link(lane).map(|mut link| work(&mut link));
            place.done(came, begun);
            done
        });
        let done = working.ok_or(Refused::BrokenOff)?.await;
        done.map_err(|_| Refused::BrokenOff)?.map_err(Refused::from)
    }

    /// A place in the queue of a lane.
    pub(crate) fn place(&self, lane: Lane) -> Result<Place, Refused> {
        let queue = self.queue(lane);
        if queue.waiting.fetch_add(1, Ordering::AcqRel) >= queue.limit {
            queue.waiting.fetch_sub(1, Ordering::AcqRel);
            queue.done.turned_away.fetch_add(1, Ordering::Relaxed);
            return Err(Refused::Busy);
        }
        Ok(Place(Arc::clone(queue)))
    }

    /// Does `work` on a thread of the lane; nothing once the lane is closed.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<JoinHandle<T>> {
        let runtime = self.queue(lane).runtime.as_ref()?;
        Some(runtime.spawn_blocking(work))
    }

    /// A connection for the calling thread, for commands and workers.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub fn link(&self, lane: Lane) -> Result<Link, StoreError> {
        let conn = self
            .queue(lane)
            .pool
            .get()
            .map_err(|_| StoreError::Unreachable)?;
        Ok(Link {
            conn,
            env: Arc::clone(&self.env),
            reading: None,
        })
    }

    /// How a lane stands, and what it has done since the process began.
    #[must_use]
    pub fn lane_use(&self, lane: Lane) -> LaneUse {
        let queue = self.queue(lane);
        let state = queue.pool.state();
        LaneUse {
            held: queue.waiting.load(Ordering::Relaxed),
            connections: state.connections,
            idle: state.idle_connections,
            done: queue.done.count.load(Ordering::Relaxed),
            turned_away: queue.done.turned_away.load(Ordering::Relaxed),
            waited: Duration::from_micros(queue.done.waited.load(Ordering::Relaxed)),
            worked: Duration::from_micros(queue.done.worked.load(Ordering::Relaxed)),
        }
    }

    /// How many statements have been sent, for tests that count them.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.env.statements.load(Ordering::Acquire)
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.env.clock.now()
    }

    fn queue(&self, lane: Lane) -> &Arc<Queue> {
        match lane {
            Lane::Short => &self.short,
            Lane::Long => &self.long,
            Lane::Status => &self.status,
        }
    }
}

impl Queue {
    fn open(
        settings: &DbSettings,
        warm: u32,
        (statements, clock): (&Arc<AtomicU64>, &Arc<dyn Clock>),
    ) -> Result<Self, StoreError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(settings.threads)
            .thread_name("database")
            .build()
            .map_err(|_| StoreError::Unreachable)?;
        let size = u32::try_from(settings.threads).unwrap_or(u32::MAX);
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(warm))
            .connection_timeout(Duration::from_secs(5))
            .test_on_check_out(true)
            .connection_customizer(Box::new(Greeting {
                timeout_ms: settings.statement_timeout.as_millis(),
                statements: Arc::clone(statements),
                clock: Arc::clone(clock),
            }))
            .build(Connections::to(&settings.url, Arc::clone(clock)))
            .map_err(|_| StoreError::Unreachable)?;
        Ok(Self {
            runtime: Some(runtime),
            pool,
            waiting: AtomicUsize::new(0),
            limit: settings.waiting + settings.threads,
            done: Done::default(),
        })
    }
}

/// How a lane stands, and what it has done since the process began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneUse {
    /// Pieces of work that wait or are being done.
    pub held: usize,
    /// Open connections.
    pub connections: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// Pieces of work done.
    pub done: u64,
    /// Turned away because too many waited.
    pub turned_away: u64,
    /// How long all that was done had waited for a thread, summed up.
    pub waited: Duration,
    /// How long it then took, waiting for a connection included.
    pub worked: Duration,
}

/// What a lane has done; times in microseconds.
#[derive(Default)]
struct Done {
    count: AtomicU64,
    turned_away: AtomicU64,
    waited: AtomicU64,
    worked: AtomicU64,
}

impl Done {
    fn note(&self, came: Instant, begun: Instant) {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.count.fetch_add(1, Ordering::Relaxed);
        self.waited
            .fetch_add(micros(begun - came), Ordering::Relaxed);
        self.worked
            .fetch_add(micros(begun.elapsed()), Ordering::Relaxed);
    }
}

/// A connection to the database. Queries read with it; only the ledger opens transactions.
pub struct Link {
    pub(crate) conn: PooledConnection<Connections>,
    env: Arc<Env>,
    /// What has been read for the page that is being put together.
    reading: Option<Reading>,
}

/// A page that is being put together.
struct Reading {
    office: Option<OfficeId>,
    memory: Memory,
}

impl Link {
    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.env.clock.now()
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> uuid::Uuid {
        self.env.entropy.id()
    }

    /// Unguessable bytes.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.env.entropy.fill(bytes);
    }

    /// The installation's key.
    #[must_use]
    pub fn seal(&self) -> &Seal {
        &self.env.seal
    }

    /// Does `work` while no other process that uses the database does anything under the same name.
    /// Whoever comes second waits, at most as long as one statement may take.
    ///
    /// # Errors
    /// The other one takes too long, or the database cannot be asked.
    pub fn alone<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        use diesel::RunQueryDsl as _;
        use diesel::sql_types::Text;
        diesel::sql_query("SELECT pg_advisory_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(name)
            .execute(&mut self.conn)?;
        let done = work();
        diesel::sql_query("SELECT pg_advisory_unlock(hashtextextended($1, 0))")
            .bind::<Text, _>(name)
            .execute(&mut self.conn)?;
        Ok(done)
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.env.entropy
    }

    /// Reads with the means of a transaction, without opening one; nothing can be recorded.
    ///
    /// # Errors
    /// What `work` answers.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let now = self.now();
        let mut tx = Tx::new(&mut self.conn, &*self.env.entropy, &self.env.seal, now);
        tx.only_reads = true;
        let Some(reading) = &mut self.reading else {
            return work(&mut tx);
        };
        tx.office = reading.office;
        tx.memory = std::mem::take(&mut reading.memory);
        let answer = work(&mut tx);
        reading.memory = tx.memory;
        answer
    }

    /// Puts a page together for somebody who stands at `office`: what [`Link::read`] has read once
    /// is not read again until `work` is done, or until something is written.
    pub fn reading<T>(&mut self, office: Option<OfficeId>, work: impl FnOnce(&mut Self) -> T) -> T {
        if self.reading.is_some() {
            return work(self);
        }
        self.reading = Some(Reading {
            office,
            memory: Memory::default(),
        });
        let answer = work(self);
        self.reading = None;
        answer
    }

    /// Opens a transaction with one `now`. It commits only with the [`Recorded`] token that
    /// [`Tx::record`] gives, so no change is without a line in the log. For the ledger alone.
    ///
    /// # Errors
    /// What `work` answers, or what the database says to the commit.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<Recorded<T>, E>,
    ) -> Result<T, E> {
        let now = self.now();
        if let Some(reading) = &mut self.reading {
            reading.memory = Memory::default();
        }
        self.conn
            .transaction::<T, Carried<E>, _>(|conn| {
                let mut tx = Tx::new(conn, &*self.env.entropy, &self.env.seal, now);
                work(&mut tx)
                    .map(Recorded::into_inner)
                    .map_err(Carried::Work)
            })
            .map_err(Carried::into_inner)
    }
}

/// Carries the caller's error through diesel's transaction.
enum Carried<E> {
    Work(E),
    Database(diesel::result::Error),
}

impl<E> From<diesel::result::Error> for Carried<E> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl<E: From<StoreError>> Carried<E> {
    fn into_inner(self) -> E {
        match self {
            Self::Work(error) => error,
            Self::Database(error) => StoreError::from(error).into(),
        }
    }
}
