//! A second person lets a stopped run go on, or a batch that is known beforehand go through.

use std::collections::BTreeMap;

use cards_domain::access::{Function, permit};
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::OrganisationId;
use cards_domain::safety_stop::{self, Verdict};
use cards_store::Link;
use cards_store::deadlines::Among;
use cards_store::runs::{StopOfRun, StopRelease};
use chrono::NaiveDate;
use uuid::Uuid;

use super::page::judged;
use super::run::{asked_at, lease};
use super::sweep::{How, Swept, Tally};
use super::{SafetyStop, night_call, rules, signed};
use crate::{App, Call, Failure};

/// The stop as the caller releases it.
fn released_now(link: &Link, call: &Call, stop: SafetyStop, reason: &str) -> SafetyStop {
    SafetyStop {
        released_by: call.actor.person(),
        released_at: Some(link.now()),
        reason: Some(reason.to_owned()),
        ..stop
    }
}

/// A stop that has been released: by the caller, who has sent the form twice, or by somebody else.
fn own_release(call: &Call, stop: SafetyStop) -> Result<SafetyStop, Failure> {
    // What stands is told to nobody who may not release it.
    permit(&call.actor, Function::ReleaseSafetyStop, &judged(&stop))?;
    if stop.released_at.is_some() && stop.released_by == call.actor.person() {
        Ok(stop)
    } else {
        Err(Failure::Conflict)
    }
}

/// The release that the caller has given beforehand for the same night, having sent the form twice.
fn given_before(
    link: &mut Link,
    call: &Call,
    at: (NaiveDate, Option<OrganisationId>),
) -> Result<SafetyStop, Failure> {
    let stop = beforehand(link, at)?.ok_or(Failure::Conflict)?;
    own_release(call, stop)
}

/// What has been released beforehand for a night, by anybody.
pub(super) fn beforehand(
    link: &mut Link,
    (day, organisation): (NaiveDate, Option<OrganisationId>),
) -> Result<Option<SafetyStop>, Failure> {
    let given = link.standing_stops()?.into_iter().find(|stop| {
        let same_night = stop.day == day && stop.organisation == organisation;
        same_night && stop.stopped_at.is_none() && stop.released_at.is_some()
    });
    Ok(given)
}

impl App {
    /// Releases a stop. The next round of any worker revokes exactly what the run had stopped at.
    /// Releasing it once more changes nothing, also at the same time: a double click is once.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no such stop in the actor's branch,
    /// [`Failure::Refused`] when the actor may not, [`Failure::Conflict`] when somebody else has.
    pub fn release_stop(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
        reason: &str,
    ) -> Result<SafetyStop, Failure> {
        let stop = link.safety_stop(id)?.ok_or(Failure::NotFound)?;
        if stop.released_at.is_some() {
            return own_release(call, stop);
        }
        let released = released_now(link, call, stop, reason);
        match self.ledger.edit(link, call, &StopRelease(released.clone())) {
            Ok(()) => Ok(released),
            // Somebody was faster: perhaps the first of the reader's own two clicks.
            Err(Failure::Conflict) => {
                let stop = link.safety_stop(id)?.ok_or(Failure::NotFound)?;
                own_release(call, stop)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Releases beforehand what the run of `day` would stop at in one organisation, or in all when
    /// none is named. It holds for that night and up to the number that is counted now.
    ///
    /// # Errors
    /// As [`App::release_stop`]; [`Failure::Conflict`] also when nothing would stop, or an earlier
    /// stop stands.
    pub fn release_beforehand(
        &self,
        link: &mut Link,
        call: &Call,
        (day, organisation): (NaiveDate, Option<OrganisationId>),
        reason: &str,
    ) -> Result<SafetyStop, Failure> {
        if organisation.is_some_and(|id| !Self::reads(call, id)) {
            return Err(Failure::NotFound);
        }
        let stop = match self.expected_stop(link, (day, organisation)) {
            Err(Failure::Conflict) => return given_before(link, call, (day, organisation)),
            stop => stop?,
        };
        let released = released_now(link, call, stop, reason);
        match self.ledger.edit(link, call, &StopRelease(released.clone())) {
            Ok(()) => Ok(released),
            Err(Failure::Conflict) => given_before(link, call, (day, organisation)),
            Err(failure) => Err(failure),
        }
    }

    /// What the run of `day` would stop at, as the release of it would be written.
    ///
    /// # Errors
    /// [`Failure::Conflict`] when nothing would stop, or an earlier stop stands.
    pub fn expected_stop(
        &self,
        link: &mut Link,
        (day, organisation): (NaiveDate, Option<OrganisationId>),
    ) -> Result<SafetyStop, Failure> {
        let until = asked_at(day, link.now());
        let plan = self.plan_night(link, (day, until))?;
        let part = plan
            .parts
            .iter()
            .find(|part| Some(part.organisation) == organisation);
        let (verdict, judged_in, count, live) = match part {
            Some(part) => (
                part.verdict,
                Some(part.organisation),
                part.revocations(),
                part.live,
            ),
            None if organisation.is_none() => (
                plan.in_all,
                super::run::largest(&plan),
                plan.counted_in_all,
                0,
            ),
            None => return Err(Failure::Conflict),
        };
        let Verdict::Stops { short, .. } = verdict else {
            return Err(Failure::Conflict);
        };
        let before = plan.stops.iter().find(|stop| Some(stop.id) == short);
        let counts = part.map(|part| &part.counts).into_iter().flatten();
        let counts: BTreeMap<String, i64> = counts
            .filter(|(rule, _)| safety_stop::counts(*rule))
            .map(|(rule, count)| (<&str>::from(*rule).to_owned(), signed(*count)))
            .collect();
        Ok(SafetyStop {
            id: before.map_or_else(|| link.new_id(), |stop| stop.id),
            day,
            organisation,
            judged_in: judged_in.ok_or(Failure::Conflict)?,
            counts,
            count: signed(count),
            live: signed(live),
            until: None,
            stopped_at: None,
            released_by: None,
            released_at: None,
            reason: None,
            done_at: None,
            version: before.map_or(0, |stop| stop.version),
        })
    }

    /// Carries out the stops that have been released. Gives how many cards were revoked.
    ///
    /// # Errors
    /// The database cannot be reached; what is left is tried again after a few minutes.
    pub fn night_releases(&self, link: &mut Link) -> Result<u64, Failure> {
        let mut done = 0;
        while let Some(stop) = link.claim_released_stop(lease())? {
            done += self.carry_out(link, stop)?;
        }
        Ok(done)
    }

    fn carry_out(&self, link: &mut Link, stop: SafetyStop) -> Result<u64, Failure> {
        let call = night_call(stop.day);
        let among = self.released(link, &stop)?;
        let until = stop
            .until
            .unwrap_or(stop.day.and_time(chrono::NaiveTime::MIN).and_utc());
        let mut tally = Tally::default();
        for rule in rules().filter(|rule: &DeadlineRule| safety_stop::counts(*rule)) {
            let swept = Swept {
                rule,
                until,
                among: &among,
            };
            self.walk_clocks(link, How::Do(&call), &swept, &mut tally, |_| Ok(()))?;
        }
        let day = stop.day;
        let carried_out = SafetyStop {
            done_at: Some(link.now()),
            ..stop
        };
        match self.ledger.edit(link, &call, &StopOfRun(carried_out)) {
            Ok(()) | Err(Failure::Conflict) => {}
            Err(failure) => return Err(failure),
        }
        let counts = Self::counts_so_far(link, day)?;
        link.recount_night(day, &counts)?;
        Ok(tally.parts.values().map(|part| part.goes).sum())
    }

    /// Whose cards a release is about: one organisation's, or everybody's that no stop of their
    /// own holds back.
    fn released(&self, link: &mut Link, stop: &SafetyStop) -> Result<Among, Failure> {
        if let Some(organisation) = stop.organisation {
            return Ok(Among::Only(vec![organisation]));
        }
        let others = link.standing_stops()?;
        let held = others.iter().filter(|other| other.stopped_at.is_some());
        Ok(Among::AllBut(
            held.filter_map(|other| other.organisation).collect(),
        ))
    }
}
