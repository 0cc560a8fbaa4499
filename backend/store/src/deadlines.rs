//! Clocks that start and stop with changes, and those that have ended.

mod due;

use cards_domain::deadline::DeadlineChange;
use cards_domain::ids::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use crate::error::StoreError;
use crate::prepared::prepared;
use crate::rows;
use crate::tx::Tx;

pub use due::{Among, DueClock, DueCount, DueFrom, DuePage};

/// A clock to start or stop, and the line in the log that does it.
#[derive(Clone, Debug)]
pub struct ClockChange {
    /// What.
    pub change: DeadlineChange,
    /// Whose clock.
    pub person: PersonId,
    /// By which line.
    pub line_id: Uuid,
}

const ADD: &str = "INSERT INTO deadline (id, rule, arithmetic, thing_id, person_id, organisation_id, \
    office_id, base, day, acts_at, started_by, started_at) \
    SELECT id, rule, arithmetic, thing_id, person_id, organisation_id, office_id, base, day, acts_at, \
    started_by, started_at FROM jsonb_populate_recordset(NULL::deadline, $1)";

#[derive(Serialize)]
struct NewRow {
    id: Uuid,
    rule: &'static str,
    arithmetic: &'static str,
    thing_id: Uuid,
    person_id: Uuid,
    organisation_id: Uuid,
    office_id: Option<Uuid>,
    base: NaiveDate,
    day: NaiveDate,
    acts_at: DateTime<Utc>,
    started_by: Uuid,
    started_at: DateTime<Utc>,
}

/// Stops first, so that a clock that starts anew in the same transaction is left running.
pub(crate) fn write(tx: &mut Tx<'_>, changes: Vec<ClockChange>) -> Result<(), StoreError> {
    let mut starts = Vec::new();
    let mut stops: (Vec<Uuid>, Vec<&'static str>, Vec<Uuid>) = Default::default();
    for ClockChange {
        change,
        person,
        line_id,
    } in changes
    {
        match change {
            DeadlineChange::Start {
                rule,
                thing,
                waits,
                base,
                due,
            } => starts.push(NewRow {
                id: tx.new_id(),
                rule: rule.into(),
                arithmetic: due.kind.into(),
                thing_id: thing,
                person_id: person.0,
                organisation_id: waits.organisation.0,
                office_id: waits.office.map(|office| office.0),
                base,
                day: due.day,
                acts_at: due.acts_at,
                started_by: line_id,
                started_at: tx.now,
            }),
            DeadlineChange::Stop { rule, thing } => {
                stops.0.push(thing);
                stops.1.push(rule.into());
                stops.2.push(line_id);
            }
        }
    }
    stop(tx, stops)?;
    if !starts.is_empty() {
        rows::append(tx.conn, ("deadline", ADD), &starts)?;
    }
    Ok(())
}

fn stop(
    tx: &mut Tx<'_>,
    (things, rules, lines): (Vec<Uuid>, Vec<&'static str>, Vec<Uuid>),
) -> Result<(), StoreError> {
    use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
    if things.is_empty() {
        return Ok(());
    }
    prepared(
        "UPDATE deadline AS d SET stopped_at = $1, stopped_by = s.line \
         FROM unnest($2, $3, $4) AS s (thing, rule, line) \
         WHERE d.thing_id = s.thing AND d.rule = s.rule AND d.stopped_at IS NULL",
    )
    .bind::<Timestamptz, _>(tx.now)
    .bind::<Array<SqlUuid>, _>(things)
    .bind::<Array<Text>, _>(rules)
    .bind::<Array<SqlUuid>, _>(lines)
    .execute(tx.conn)?;
    Ok(())
}
