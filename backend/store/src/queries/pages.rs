//! Lists in pages: each page begins after the last of the one before, so that it costs the same at
//! any depth and nothing is told twice when something new has come meanwhile.

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{OfficeId, PersonId};
use chrono::{DateTime, Days, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use uuid::Uuid;

use super::events::{Event, SESSION};
use super::worklists::{Row, WAITING, Waiting, WorklistKind};
use crate::db::Link;
use crate::error::StoreError;
use crate::journal::EntryRow;
use crate::kept::people::IdentityRow;
use crate::schema::{journal, person};

/// Which lines of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventsOf {
    /// Everything about a person but log-ins.
    Person(PersonId),
    /// What happened to these things of a person, looks included.
    Things(PersonId, Vec<Uuid>),
    /// Who has looked at a person.
    Looks(PersonId),
}

/// The last thing of the page before in a worklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingAfter {
    /// When it was due.
    pub due: DateTime<Utc>,
    /// Which.
    pub thing: Uuid,
}

impl Link {
    /// The newest `limit` lines that are older than the line `after`. One statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn events_page(
        &mut self,
        of: &EventsOf,
        after: Option<Uuid>,
        limit: i64,
    ) -> Result<Vec<Event>, StoreError> {
        let mut query = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(journal::kind.ne(SESSION))
            .order(journal::id.desc())
            .limit(limit)
            .into_boxed();
        query = match of {
            EventsOf::Person(about) => query.filter(journal::person_id.eq(about.0)),
            EventsOf::Things(about, things) => query
                .filter(journal::person_id.eq(about.0))
                .filter(journal::subject_id.eq_any(things)),
            EventsOf::Looks(about) => query
                .filter(
                    journal::person_id
                        .eq(about.0)
                        .and(journal::action.eq("look")),
                )
                .filter(journal::actor_person.ne(about.0)),
        };
        if let Some(after) = after {
            let (EventsOf::Person(about) | EventsOf::Things(about, _) | EventsOf::Looks(about)) =
                of;
            let earlier = diesel::alias!(journal as earlier);
            // Looked for among the person's lines, which have an index.
            let last = earlier
                .filter(earlier.field(journal::person_id).eq(about.0))
                .filter(earlier.field(journal::line_id).eq(after))
                .select(earlier.field(journal::id))
                .single_value();
            query = query.filter(journal::id.nullable().lt(last));
        }
        let rows = query
            .select((EntryRow::as_select(), Option::<IdentityRow>::as_select()))
            .load(&mut self.conn)?;
        self.read_events(rows)
    }

    /// What stands in one list after `after`, the nearest first. One statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting_page(
        &mut self,
        (scope, office): (&Scope, Option<OfficeId>),
        kind: WorklistKind,
        after: Option<WaitingAfter>,
        (limit, lengths): (i64, &DeadlineLengths),
    ) -> Result<Vec<Waiting>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let today = calendar::business_day(self.now());
        let began = today
            .checked_sub_days(Days::new(u64::from(lengths.undelivered_days)))
            .unwrap_or(today);
        let days = i32::try_from(lengths.undelivered_days).unwrap_or(i32::MAX);
        let kind: &'static str = kind.into();
        let rows: Vec<Row> = diesel::sql_query(format!(
            "WITH waiting AS ({WAITING}) \
             SELECT w.*, p.given_name, p.middle_name, p.surname, f.name AS office, \
               0::bigint AS count \
             FROM waiting w JOIN person p ON p.id = w.person_id JOIN office f ON f.id = w.office_id \
             WHERE ($2 IS NULL OR w.office_id = $2) AND ($3 OR p.protection = 'none') \
               AND w.kind = $4 AND ($8 IS NULL OR (w.due, w.thing) > ($8, $9)) \
             ORDER BY w.due, w.thing LIMIT $6"
        ))
        .bind::<Array<SqlUuid>, _>(organisations)
        .bind::<Nullable<SqlUuid>, _>(office.map(|office| office.0))
        .bind::<Bool, _>(scope.protected_too())
        .bind::<Text, _>(kind)
        .bind::<Date, _>(began)
        .bind::<BigInt, _>(limit)
        .bind::<Integer, _>(days)
        .bind::<Nullable<Timestamptz>, _>(after.map(|after| after.due))
        .bind::<Nullable<SqlUuid>, _>(after.map(|after| after.thing))
        .load(&mut self.conn)?;
        Ok(rows.into_iter().map(Row::read).collect())
    }
}
