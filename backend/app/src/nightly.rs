//! The nightly run: what the clocks that have ended say is done, by the rules, through the gate.
//!
//! The run of a business day starts just after midnight in Stockholm and acts on every clock that
//! had ended by then. One process runs it among many; another goes on when that one dies. A night
//! that would revoke more cards than expected stops for a second person. The dry run walks the same
//! way and writes nothing.

mod page;
mod plan;
mod release;
mod run;
mod sweep;

use std::collections::BTreeMap;

use cards_domain::access::SystemActor;
use cards_domain::calendar::{business_day, start_of_day};
use cards_domain::deadline::{DeadlineRule, Outcome};
use cards_domain::ids::OrganisationId;
use cards_domain::refusal::Refusal;
use cards_domain::safety_stop::{MOST_IN_ALL, Verdict};
use cards_store::Link;
use cards_store::deadlines::DueClock;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator as _;

use crate::{App, Call, Failure};

pub use cards_store::runs::{NightCounts, NightRun, SafetyStop};
pub use page::{DueCard, NightPage, StopSheet};

/// A process that is silent for so long is taken to be dead.
const LEASE_MINUTES: i64 = 5;
/// After a fault the run is tried again in so long.
const PAUSE_SECONDS: i64 = 50;
/// How often a process asks whether today's run is done.
const LOOK_SECONDS: i64 = 60;
/// Hours after midnight by which the run must be done.
const DONE_BY_HOURS: i64 = 6;
/// Clocks of one rule that are seen to in one transaction.
const PAGE: i64 = 500;
/// How many clocks are named that the rules say no to.
const MOST_LEFT: usize = 50;

/// What the configuration says of the nightly run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NightSettings {
    /// More revocations than this in one night stop the whole run.
    pub most_in_all: u64,
}

impl Default for NightSettings {
    fn default() -> Self {
        Self {
            most_in_all: MOST_IN_ALL,
        }
    }
}

/// The rules that the run executes, in the order in which it does.
pub fn rules() -> impl Iterator<Item = DeadlineRule> {
    DeadlineRule::iter().filter(|rule| match rule.outcome() {
        Outcome::ReorderAllowed | Outcome::CardRevoked | Outcome::CardExpires => true,
        Outcome::TaskDue => false,
    })
}

/// What the log calls everything that the run of `day` does.
#[must_use]
pub fn code_of(day: NaiveDate) -> String {
    format!("NATT-{day}")
}

/// What a run did, or a dry run would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NightReport {
    /// The business day.
    pub day: NaiveDate,
    /// Clocks that had ended by then.
    pub until: DateTime<Utc>,
    /// What may be revoked in all.
    pub in_all: Verdict,
    /// How many revocations were counted for that: those that nothing else holds back or releases.
    pub counted_in_all: u64,
    /// By organisation, in the order of their names.
    pub organisations: Vec<NightPart>,
    /// The first of those that the rules said no to. Their clocks are left as they were, and are
    /// tried again the next night.
    #[serde(skip)]
    pub left: Vec<(DueClock, Refusal)>,
}

/// One organisation's part of a night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NightPart {
    /// Which.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Cards that work or wait to be activated.
    pub live: u64,
    /// Cards that would be revoked.
    pub revocations: u64,
    /// What may be revoked.
    pub verdict: Verdict,
    /// By rule, as its name stands in the configuration.
    pub rules: BTreeMap<&'static str, RulePart>,
}

/// What happens by one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RulePart {
    /// Done, or to be done.
    pub goes: u64,
    /// Held back by a safety stop.
    pub held: u64,
    /// Refused, by the code of the refusal.
    pub refused: BTreeMap<String, u64>,
    /// Failed by a fault of ours.
    pub failed: u64,
}

impl NightReport {
    /// Sums over all organisations, by rule.
    #[must_use]
    pub fn counts(&self) -> NightCounts {
        let mut counts = NightCounts::default();
        for (rule, part) in self.organisations.iter().flat_map(|one| &one.rules) {
            add(&mut counts.done, rule, part.goes);
            add(&mut counts.refused, rule, part.refused.values().sum());
            counts.held += signed(part.held);
            counts.failed += signed(part.failed);
        }
        counts
    }
}

fn add(counts: &mut BTreeMap<String, i64>, rule: &str, more: u64) {
    if more > 0 {
        *counts.entry(rule.to_owned()).or_default() += signed(more);
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

/// When a process last asked whether today's run is done.
#[derive(Debug, Default)]
pub struct NightWatch {
    looked_at: Option<DateTime<Utc>>,
}

impl NightWatch {
    /// Whether it is time to ask: a minute has gone, or the day is another one, be it that a
    /// demonstration's clock was moved.
    fn looks(&mut self, now: DateTime<Utc>) -> bool {
        let asked = self.looked_at.is_some_and(|at| {
            business_day(at) == business_day(now)
                && (now - at).abs() < Duration::seconds(LOOK_SECONDS)
        });
        if !asked {
            self.looked_at = Some(now);
        }
        !asked
    }
}

impl App {
    /// One round of a worker: released stops at once, and today's run when it is not done. Gives
    /// how many cards and orders were seen to.
    ///
    /// # Errors
    /// The database cannot be reached, or the run was broken off; the next round goes on with it.
    pub fn night_round(
        &self,
        link: &mut Link,
        watch: &mut NightWatch,
        runner: &str,
    ) -> Result<u64, Failure> {
        let mut done = self.night_releases(link)?;
        if watch.looks(link.now())
            && let Some(report) = self.run_night(link, runner, false)?
        {
            done += total(&report);
        }
        Ok(done)
    }

    /// The night whose run is missing: at six in the morning it must have been done.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn missing_night(&self, link: &mut Link) -> Result<Option<NaiveDate>, Failure> {
        let now = link.now();
        let today = business_day(now);
        let is_morning = now >= start_of_day(today) + Duration::hours(DONE_BY_HOURS);
        let expected = if is_morning {
            today
        } else {
            today.pred_opt().unwrap_or(today)
        };
        let nights = link.nights(2)?;
        let is_done = |night: &NightRun| night.day >= expected && night.finished_at.is_some();
        if nights.iter().any(is_done) {
            return Ok(None);
        }
        // Before the first night there is nothing to miss, unless a clock has ended already.
        let rules: Vec<_> = rules().collect();
        let is_expected = !nights.is_empty() || link.has_due(&rules, start_of_day(expected))?;
        Ok(is_expected.then_some(expected))
    }
}

/// A call of the run of `day`.
fn night_call(day: NaiveDate) -> Call {
    Call::by_system(SystemActor::Scheduler, code_of(day))
}

fn total(report: &NightReport) -> u64 {
    unsigned(report.counts().done.values().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_process_asks_once_a_minute_and_at_once_when_the_day_is_another_one() {
        let mut watch = NightWatch::default();
        assert!(watch.looks(at("2030-01-07T22:59:30Z")));
        assert!(!watch.looks(at("2030-01-07T22:59:59Z")));
        assert!(
            watch.looks(at("2030-01-07T23:00:00Z")),
            "midnight in Stockholm"
        );
        assert!(!watch.looks(at("2030-01-07T23:00:59Z")));
        assert!(watch.looks(at("2030-01-07T23:01:00Z")));
        assert!(
            watch.looks(at("2030-03-07T23:01:01Z")),
            "the clock was moved"
        );
        assert!(watch.looks(at("2030-01-08T12:00:00Z")), "and back");
    }

    #[test]
    fn every_rule_but_those_that_people_see_to_is_executed() {
        let names: Vec<&str> = rules().map(Into::into).collect();
        assert_eq!(
            names,
            [
                "undelivered",
                "activation",
                "receipt_signature",
                "card_expiry"
            ]
        );
    }
}
