//! What has happened to a person's things, who has looked, and which clocks run.

use cards_domain::calendar::DeadlineKind;
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::PersonId;
use cards_domain::safety_stop;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::looks::SEEING;
use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::journal::{Entry, EntryRow};
use crate::kept::people::IdentityRow;
use crate::schema::{deadline, journal, person};

/// The kind of the lines of log-ins and log-outs.
pub(super) const SESSION: &str = "session";

/// An officer was not sure who stood at the counter, and stopped.
const DOUBT: &str = "doubt";
/// What an officer does who has checked an identity document: a card activated, or opened at a visit.
const CHECKED: [&str; 2] = ["unlock", "unlock_at_visit"];

/// A line of the log with the name of the one who acted.
#[derive(Clone, Debug)]
pub struct Event {
    /// The line.
    pub entry: Entry,
    /// The name of the person who acted; `None` for the system and for protected officers.
    pub actor_name: Option<String>,
}

/// A clock that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// By which rule.
    pub rule: DeadlineRule,
    /// How it is counted.
    pub kind: DeadlineKind,
    /// The card or order it is about.
    pub thing: Uuid,
    /// The day it started from.
    pub base: NaiveDate,
    /// The day people are told.
    pub day: NaiveDate,
    /// When something happens.
    pub acts_at: DateTime<Utc>,
    /// A safety stop holds it back until somebody releases it.
    pub is_held: bool,
}

/// Whether a safety stop stands for the card's organisation, or for the whole run.
const HELD: &str = "EXISTS (SELECT FROM safety_stop AS s \
     WHERE s.stopped_at IS NOT NULL AND s.released_at IS NULL AND s.done_at IS NULL \
       AND (s.organisation_id IS NULL OR s.organisation_id = \
         (SELECT c.organisation_id FROM card AS c WHERE c.id = deadline.thing_id)))";

impl Link {
    /// The newest lines about a person's things, without looks unless `looks_too`. Log-ins are
    /// nobody's thing: see [`Link::log_ins_of`].
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn events_of(
        &mut self,
        about: PersonId,
        looks_too: bool,
        limit: i64,
    ) -> Result<Vec<Event>, StoreError> {
        let mut query = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(journal::person_id.eq(about.0))
            .filter(journal::kind.ne(SESSION))
            .order(journal::id.desc())
            .limit(limit)
            .into_boxed();
        if !looks_too {
            query = query.filter(journal::action.ne_all(SEEING));
        }
        let rows = query
            .select((EntryRow::as_select(), Option::<IdentityRow>::as_select()))
            .load(&mut self.conn)?;
        self.read_events(rows)
    }

    /// A person's log-ins and log-outs, and the log-ins that were refused, newest first: for those
    /// who read the log.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn log_ins_of(&mut self, of: PersonId, limit: i64) -> Result<Vec<Event>, StoreError> {
        let rows = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(journal::person_id.eq(of.0))
            .filter(journal::kind.eq(SESSION))
            .order(journal::id.desc())
            .limit(limit)
            .select((EntryRow::as_select(), Option::<IdentityRow>::as_select()))
            .load(&mut self.conn)?;
        self.read_events(rows)
    }

    /// Who has looked at a person, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn looks_at(&mut self, about: PersonId, limit: i64) -> Result<Vec<Event>, StoreError> {
        let rows = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(
                journal::person_id
                    .eq(about.0)
                    .and(journal::action.eq_any(SEEING)),
            )
            .filter(journal::actor_person.ne(about.0))
            .order(journal::id.desc())
            .limit(limit)
            .select((EntryRow::as_select(), Option::<IdentityRow>::as_select()))
            .load(&mut self.conn)?;
        self.read_events(rows)
    }

    /// The newest doubt about who a person is that an officer has stopped for at the counter; none
    /// where a check of an identity document has held after it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn open_doubt(&mut self, about: PersonId) -> Result<Option<Event>, StoreError> {
        let row = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(journal::person_id.eq(about.0))
            .filter(
                journal::action
                    .eq_any(CHECKED)
                    .or(journal::action.eq(DOUBT)),
            )
            .filter(journal::outcome.eq("done"))
            .order(journal::id.desc())
            .select((EntryRow::as_select(), Option::<IdentityRow>::as_select()))
            .first(&mut self.conn)
            .optional()?;
        let newest = self.read_events(row.into_iter().collect())?.pop();
        Ok(newest.filter(|event| event.entry.action == DOUBT))
    }

    /// The lines of one request or run, oldest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn events_with_code(&mut self, correlation: &str) -> Result<Vec<Event>, StoreError> {
        let rows = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(journal::correlation.eq(correlation))
            .order(journal::id)
            .select((EntryRow::as_select(), Option::<IdentityRow>::as_select()))
            .load(&mut self.conn)?;
        self.read_events(rows)
    }

    pub(super) fn read_events(
        &self,
        rows: Vec<(EntryRow, Option<IdentityRow>)>,
    ) -> Result<Vec<Event>, StoreError> {
        rows.into_iter()
            .map(|(line, actor)| {
                let actor = actor.map(|row| row.read(self.seal())).transpose()?;
                let open = actor.filter(|actor| !actor.protection.is_protected());
                Ok(Event {
                    entry: line.read(self.seal())?,
                    actor_name: open.map(|actor| actor.name.full()),
                })
            })
            .collect()
    }

    /// The clocks that run for a person's things, the nearest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn clocks_of(&mut self, about: PersonId) -> Result<Vec<Clock>, StoreError> {
        let rows: Vec<ClockRow> = deadline::table
            .filter(
                deadline::person_id
                    .eq(about.0)
                    .and(deadline::stopped_at.is_null()),
            )
            .order(deadline::acts_at)
            .select((
                deadline::rule,
                deadline::arithmetic,
                deadline::thing_id,
                deadline::base,
                deadline::day,
                deadline::acts_at,
                sql::<Bool>(HELD),
            ))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(rule, kind, thing, base, day, acts_at, stands)| {
                let rule = rule.parse().map_err(|_| unreadable("deadline", "rule"))?;
                Ok(Clock {
                    rule,
                    is_held: stands && safety_stop::counts(rule),
                    kind: kind
                        .parse()
                        .map_err(|_| unreadable("deadline", "arithmetic"))?,
                    thing,
                    base,
                    day,
                    acts_at,
                })
            })
            .collect()
    }
}

type ClockRow = (
    String,
    String,
    Uuid,
    NaiveDate,
    NaiveDate,
    DateTime<Utc>,
    bool,
);
