//! Persons whom a full feed no longer holds are ended, never deleted, unless they are too many
//! or it is not sure whom the feed holds: then they wait for a second person.

use cards_domain::ids::OrganisationId;
use cards_domain::safety_stop;
use cards_store::directory::{EndingStop, Leavers, StopReason};
use cards_store::{StoreError, Tx};
use chrono::NaiveDate;
use uuid::Uuid;

use super::reading::Doubtful;
use super::report::{ImportReport, SafetyStop};

/// How many of those who leave a report names.
const NAMED: usize = 50;

/// On what the endings of an import are founded.
#[derive(Clone, Copy)]
pub(super) struct Founded {
    pub import: Uuid,
    pub by: Option<Uuid>,
    pub today: NaiveDate,
}

/// Ends the posts of these organisations that the file did not hold, and says so in the report.
pub(super) fn end_missing(
    tx: &mut Tx<'_>,
    founded: Founded,
    (organisations, doubtful): (&[(OrganisationId, String)], &Doubtful),
    report: &mut ImportReport,
) -> Result<(), StoreError> {
    let ids: Vec<OrganisationId> = organisations.iter().map(|(id, _)| *id).collect();
    tx.replace_stops(&ids)?;
    for (organisation, hsa_id) in organisations {
        let doubt = doubtful.of(*organisation);
        end_in(tx, founded, (*organisation, hsa_id, doubt), report)?;
    }
    Ok(())
}

fn end_in(
    tx: &mut Tx<'_>,
    founded: Founded,
    (organisation, hsa_id, doubt): (OrganisationId, &str, Option<StopReason>),
    report: &mut ImportReport,
) -> Result<(), StoreError> {
    let today = founded.today;
    let leavers = tx.leavers(organisation, today)?;
    if leavers.would_end == 0 {
        return Ok(());
    }
    let room = NAMED.saturating_sub(report.leaving.len());
    let first = tx.first_leavers(organisation, today, i64::try_from(room).unwrap_or(0))?;
    report.leaving.extend(first.into_iter().map(Into::into));
    let last_day = today.pred_opt().unwrap_or(today);
    let too_many = safety_stop::trips(count(leavers.would_end), count(leavers.live));
    if let Some(why) = doubt.or(too_many.then_some(StopReason::TooMany)) {
        report.safety_stop.push(SafetyStop {
            organisation: hsa_id.to_owned(),
            would_end: persons(leavers.would_end),
            of: persons(leavers.live),
            why,
        });
        let stop = stop(tx, founded, organisation, (last_day, &leavers, why));
        return tx.stop_endings(&stop, today);
    }
    report.ended += persons(leavers.would_end);
    report.changed += tx.end_leavers(organisation, today, last_day)?;
    Ok(())
}

fn stop(
    tx: &Tx<'_>,
    founded: Founded,
    organisation: OrganisationId,
    (last_day, leavers, why): (NaiveDate, &Leavers, StopReason),
) -> EndingStop {
    EndingStop {
        id: tx.new_id(),
        import_id: founded.import,
        organisation_id: organisation.0,
        imported_by: founded.by,
        stopped_at: tx.now,
        last_day,
        would_end: leavers.would_end,
        live: leavers.live,
        why: <&str>::from(why).to_owned(),
        released_by: None,
        released_at: None,
        reason: None,
        ended: None,
        replaced_at: None,
        version: 1,
    }
}

fn count(persons: i64) -> u64 {
    u64::try_from(persons).unwrap_or_default()
}

fn persons(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}
