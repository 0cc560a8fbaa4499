//! Lines of the log in pages: each page begins after the last of the one before, so that it costs the same at
//! any depth and nothing is told twice when something new has come meanwhile.

use cards_domain::ids::PersonId;
use diesel::prelude::*;
use uuid::Uuid;

use super::events::{Event, SESSION};
use super::looks::SEEING;
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
                        .and(journal::action.eq_any(SEEING)),
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
}
