//! A transaction: its time, what it will write to the log, and the token without which it cannot
//! commit.

use cards_domain::ids::{OfficeId, PersonId};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use diesel::prelude::*;
use uuid::Uuid;

use crate::deadlines::{self, ClockChange};
use crate::error::StoreError;
use crate::journal::{self, Line};
use crate::kept::Memory;
use crate::outbox::{self, NewErrand};
use crate::ports::Entropy;
use crate::prepared::prepared;
use crate::seal::Seal;

/// Proof that the log has its line. Only [`Tx::record`] makes one.
#[must_use]
pub struct Recorded<T>(T);

impl<T> Recorded<T> {
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

/// An open transaction.
pub struct Tx<'c> {
    pub(crate) conn: &'c mut PgConnection,
    pub(crate) entropy: &'c dyn Entropy,
    pub(crate) seal: &'c Seal,
    /// The time of everything in this transaction.
    pub now: DateTime<Utc>,
    /// Nothing will be kept, so nothing may be used up either.
    pub(crate) only_reads: bool,
    /// The office of whoever asks: read with whatever is read first.
    pub(crate) office: Option<OfficeId>,
    /// What has been read.
    pub(crate) memory: Memory,
    lines: Vec<Line>,
    errands: Vec<NewErrand>,
    clocks: Vec<ClockChange>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(
        conn: &'c mut PgConnection,
        entropy: &'c dyn Entropy,
        seal: &'c Seal,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            conn,
            entropy,
            seal,
            now,
            only_reads: false,
            office: None,
            memory: Memory::default(),
            lines: Vec::new(),
            errands: Vec::new(),
            clocks: Vec::new(),
        }
    }

    /// Says at which office whoever asks stands.
    pub fn asked_at(&mut self, office: Option<OfficeId>) {
        self.office = office;
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.entropy.id()
    }

    /// Lets one transaction at a time change the things of each of these persons. In the order of
    /// their ids, so that two transactions never wait for each other.
    ///
    /// # Errors
    /// The wait was too long.
    pub fn guard(&mut self, people: &[PersonId]) -> Result<(), StoreError> {
        let mut keys: Vec<Uuid> = people.iter().map(|person| person.0).collect();
        keys.sort_unstable();
        keys.dedup();
        prepared("SELECT pg_advisory_xact_lock(hashtextextended(k::text, 0)) FROM unnest($1) AS k")
            .bind::<diesel::sql_types::Array<diesel::sql_types::Uuid>, _>(keys)
            .execute(self.conn)?;
        Ok(())
    }

    /// Adds a line to what the log will get.
    pub fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds an errand to what the outbox will get.
    pub fn errand(&mut self, errand: NewErrand) {
        self.errands.push(errand);
    }

    /// Starts or stops a clock.
    pub fn clock(&mut self, change: ClockChange) {
        self.clocks.push(change);
    }

    /// Writes the lines so far, where there may be too many to wait for [`Tx::record`].
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn write_lines(&mut self) -> Result<(), StoreError> {
        match std::mem::take(&mut self.lines) {
            lines if lines.is_empty() => Ok(()),
            lines => journal::write(self, lines),
        }
    }

    /// Writes lines, errands and clocks, each in one statement, and gives the token to commit with.
    ///
    /// # Errors
    /// [`StoreError::NothingRecorded`] when there is no line to write.
    pub fn record<T>(&mut self, value: T) -> Result<Recorded<T>, StoreError> {
        if self.lines.is_empty() {
            return Err(StoreError::NothingRecorded);
        }
        let lines = std::mem::take(&mut self.lines);
        journal::write(self, lines)?;
        let errands = std::mem::take(&mut self.errands);
        outbox::write(self, errands)?;
        let clocks = std::mem::take(&mut self.clocks);
        deadlines::write(self, clocks)?;
        Ok(Recorded(value))
    }
}
