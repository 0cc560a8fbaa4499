//! The log of some organisations, newest first, in pages that each begin after the last line of the one
//! before.

use std::fmt;
use std::str::FromStr;

use cards_domain::ids::{OrganisationId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::events::{Event, SESSION};
use crate::db::Link;
use crate::error::StoreError;
use crate::journal::EntryRow;
use crate::kept::people::IdentityRow;
use crate::schema::{journal, person, post};

/// Which lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogOf {
    /// In one of these organisations; log-ins, which are in none, of those who work there.
    pub organisations: Vec<OrganisationId>,
    /// About this person.
    pub about: Option<PersonId>,
    /// By this person.
    pub by: Option<PersonId>,
    /// About this thing.
    pub thing: Option<Uuid>,
    /// From then on.
    pub from: Option<DateTime<Utc>>,
    /// Before then.
    pub until: Option<DateTime<Utc>>,
}

/// A line's place in the log. Written as microseconds since 1970, a hyphen and the line's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPlace {
    at: DateTime<Utc>,
    id: i64,
}

impl fmt::Display for LogPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at.timestamp_micros(), self.id)
    }
}

/// A text that is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a place in the log")]
pub struct NoPlace;

impl FromStr for LogPlace {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (at, id) = text.split_once('-').ok_or(NoPlace)?;
        let at = at.parse().ok().and_then(DateTime::from_timestamp_micros);
        Ok(Self {
            at: at.ok_or(NoPlace)?,
            id: id.parse().map_err(|_| NoPlace)?,
        })
    }
}

impl Link {
    /// The newest `limit` of these lines that are older than the place `after`, each with its place.
    /// One statement, in the order of the log's own index.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn log_page(
        &mut self,
        of: &LogOf,
        after: Option<LogPlace>,
        limit: i64,
    ) -> Result<Vec<(LogPlace, Event)>, StoreError> {
        let organisations: Vec<Uuid> = of.organisations.iter().map(|id| id.0).collect();
        let there = post::table
            .filter(post::organisation_id.eq_any(organisations.clone()))
            .select(post::person_id.nullable());
        let log_in = journal::kind
            .eq(SESSION)
            .and(journal::person_id.eq_any(there));
        let mut query = journal::table
            .left_join(person::table.on(person::id.nullable().eq(journal::actor_person)))
            .filter(journal::organisation_id.eq_any(organisations).or(log_in))
            .order((journal::at.desc(), journal::id.desc()))
            .limit(limit)
            .into_boxed();
        if let Some(about) = of.about {
            query = query.filter(journal::person_id.eq(about.0));
        }
        if let Some(by) = of.by {
            query = query.filter(journal::actor_person.eq(by.0));
        }
        if let Some(thing) = of.thing {
            query = query.filter(journal::subject_id.eq(thing));
        }
        if let Some(from) = of.from {
            query = query.filter(journal::at.ge(from));
        }
        if let Some(until) = of.until {
            query = query.filter(journal::at.lt(until));
        }
        if let Some(after) = after {
            let before = journal::at.lt(after.at).or(journal::id.lt(after.id));
            query = query.filter(journal::at.le(after.at)).filter(before);
        }
        let columns = (
            EntryRow::as_select(),
            Option::<IdentityRow>::as_select(),
            journal::id,
        );
        let rows: Vec<(EntryRow, Option<IdentityRow>, i64)> =
            query.select(columns).load(&mut self.conn)?;
        let ids: Vec<i64> = rows.iter().map(|(_, _, id)| *id).collect();
        let lines = rows.into_iter().map(|(line, actor, _)| (line, actor));
        let events = self.read_events(lines.collect())?;
        let placed = events.into_iter().zip(ids).map(|(event, id)| {
            let at = event.entry.at;
            (LogPlace { at, id }, event)
        });
        Ok(placed.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written_and_nothing_else_is_one() {
        let place = LogPlace {
            at: "2026-11-23T08:40:00.000123Z".parse().unwrap(),
            id: 17,
        };
        assert_eq!(place.to_string().parse(), Ok(place));
        for text in [
            "",
            "17",
            "-17",
            "a-17",
            "1-b",
            "1-2-3",
            "99999999999999999999-1",
        ] {
            assert_eq!(text.parse::<LogPlace>(), Err(NoPlace), "{text}");
        }
    }
}
