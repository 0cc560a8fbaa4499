//! The run itself, and the dry run beside it.

use std::collections::BTreeMap;

use cards_domain::calendar::{business_day, start_of_day};
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::OrganisationId;
use cards_domain::safety_stop::{self, Verdict};
use cards_store::Link;
use cards_store::runs::StopOfRun;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::plan::{Plan, PlanPart};
use super::sweep::{How, Swept, Tally};
use super::{
    LEASE_MINUTES, NightCounts, NightPart, NightReport, NightRun, PAUSE_SECONDS, RulePart,
    SafetyStop, code_of, night_call, rules, signed,
};
use crate::{App, Failure};

pub(super) fn lease() -> Duration {
    Duration::minutes(LEASE_MINUTES)
}

impl App {
    /// Runs tonight's run, or goes on with one that was left. `None` when it is done, or when
    /// another process is at it. `again` opens a finished one for what has ended since.
    ///
    /// # Errors
    /// The database cannot be reached, or another process has taken over. What has been done stays
    /// done, and any process may go on.
    pub fn run_night(
        &self,
        link: &mut Link,
        runner: &str,
        again: bool,
    ) -> Result<Option<NightReport>, Failure> {
        let day = business_day(link.now());
        if again {
            link.reopen_night(day)?;
        }
        let Some(run) = link.claim_night(day, runner, lease())? else {
            return Ok(None);
        };
        match self.execute(link, &run) {
            Ok(report) => Ok(Some(report)),
            Err(failure) => {
                let pause = Duration::seconds(PAUSE_SECONDS);
                link.break_off_night(day, (runner, &failure.to_string()), pause)?;
                Err(failure)
            }
        }
    }

    fn execute(&self, link: &mut Link, run: &NightRun) -> Result<NightReport, Failure> {
        let plan = self.plan_night(link, (run.day, run.started_at))?;
        self.write_stops(link, &plan)?;
        let call = night_call(run.day);
        let mut tally = Tally::default();
        for rule in rules() {
            self.sweep_rule(link, How::Do(&call), (rule, &plan), &mut tally, |link| {
                let still_ours = link.keep_night(run.day, &run.runner, lease())?;
                still_ours.then_some(()).ok_or(Failure::Conflict)
            })?;
        }
        self.put_away_releases(link, &plan)?;
        let report = report(&plan, tally);
        let counts = NightCounts {
            failed: report.counts().failed,
            ..Self::counts_so_far(link, run.day)?
        };
        link.finish_night(run.day, &run.runner, &counts)?;
        tracing::info!(day = %run.day, ?counts, "nightly run");
        Ok(report)
    }

    /// What the run of `day` would do at `at`, by the same rules. Nothing is written.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn would_run_night(&self, link: &mut Link, day: NaiveDate) -> Result<NightReport, Failure> {
        let at = asked_at(day, link.now());
        let plan = self.plan_night(link, (day, at))?;
        let mut tally = Tally::default();
        for rule in rules() {
            self.sweep_rule(link, How::Ask(at), (rule, &plan), &mut tally, |_| Ok(()))?;
        }
        Ok(report(&plan, tally))
    }

    fn sweep_rule(
        &self,
        link: &mut Link,
        how: How<'_>,
        (rule, plan): (DeadlineRule, &Plan),
        tally: &mut Tally,
        after_page: impl FnMut(&mut Link) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let among = plan.among(rule);
        let swept = Swept {
            rule,
            until: plan.until,
            among: &among,
        };
        self.walk_clocks(link, how, &swept, tally, after_page)
    }

    /// One stop for each organisation that is stopped, and one for all of them where the whole run
    /// is. Somebody else's edit between the plan and here is as good as ours.
    fn write_stops(&self, link: &mut Link, plan: &Plan) -> Result<(), Failure> {
        let call = night_call(plan.day);
        let now = link.now();
        let mut stops: Vec<SafetyStop> = plan
            .parts
            .iter()
            .filter_map(|part| {
                let short = stopped(part.verdict)?;
                Some(stop_of(plan, short, part, now))
            })
            .collect();
        if let (Some(short), Some(most)) = (stopped(plan.in_all), largest(plan)) {
            stops.push(stop_of_all(plan, short, most, now));
        }
        for stop in stops {
            let stop = SafetyStop {
                id: if stop.id.is_nil() {
                    link.new_id()
                } else {
                    stop.id
                },
                ..stop
            };
            match self.ledger.edit(link, &call, &StopOfRun(stop)) {
                Ok(()) | Err(Failure::Conflict) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// Releases given beforehand for a night that is over are used up.
    fn put_away_releases(&self, link: &mut Link, plan: &Plan) -> Result<(), Failure> {
        let call = night_call(plan.day);
        for release in link.standing_stops()? {
            if release.stopped_at.is_some() || release.day > plan.day {
                continue;
            }
            let used = SafetyStop {
                done_at: Some(link.now()),
                ..release
            };
            match self.ledger.edit(link, &call, &StopOfRun(used)) {
                Ok(()) | Err(Failure::Conflict) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// What the log knows of a night, and what is held back.
    pub(super) fn counts_so_far(link: &mut Link, day: NaiveDate) -> Result<NightCounts, Failure> {
        let mut counts = NightCounts::default();
        for (action, is_done, times) in link.acts_of_night(&code_of(day), day)? {
            let Some(rule) = rule_of(&action) else {
                continue;
            };
            let rule: &'static str = rule.into();
            let side = if is_done {
                &mut counts.done
            } else {
                &mut counts.refused
            };
            *side.entry(rule.to_owned()).or_default() += times;
        }
        let held = link.standing_stops()?;
        let held = held
            .iter()
            .filter(|stop| stop.stopped_at.is_some() && stop.day == day);
        counts.held = held.map(|stop| stop.count).sum();
        Ok(counts)
    }
}

/// A dry run of today is asked now, one of a later day when its run will start.
pub(super) fn asked_at(day: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    now.max(start_of_day(day))
}

/// The rule behind an action of the run, as the log has it.
fn rule_of(action: &str) -> Option<DeadlineRule> {
    match action {
        "end_unactivated" => Some(DeadlineRule::Activation),
        "expire" => Some(DeadlineRule::CardExpiry),
        "time_out" => Some(DeadlineRule::ReceiptSignature),
        "ask_arrival" => Some(DeadlineRule::Undelivered),
        _ => None,
    }
}

/// Whether this stops now, and which release did not reach.
fn stopped(verdict: Verdict) -> Option<Option<Uuid>> {
    match verdict {
        Verdict::Stops { short, .. } => Some(short),
        Verdict::Goes | Verdict::Released(_) | Verdict::Held(_) => None,
    }
}

fn stop_of(plan: &Plan, short: Option<Uuid>, part: &PlanPart, now: DateTime<Utc>) -> SafetyStop {
    SafetyStop {
        organisation: Some(part.organisation),
        judged_in: part.organisation,
        counts: by_rule(std::iter::once(part)),
        count: signed(part.revocations()),
        live: signed(part.live),
        ..blank(plan, short, now)
    }
}

/// The whole run is released by the issuer with the most cards in it.
fn stop_of_all(
    plan: &Plan,
    short: Option<Uuid>,
    judged_in: OrganisationId,
    now: DateTime<Utc>,
) -> SafetyStop {
    let counted = || {
        plan.parts
            .iter()
            .filter(|part| part.verdict == Verdict::Goes)
    };
    SafetyStop {
        organisation: None,
        judged_in,
        counts: by_rule(counted()),
        count: signed(plan.counted_in_all),
        live: signed(counted().map(|part| part.live).sum()),
        ..blank(plan, short, now)
    }
}

pub(super) fn largest(plan: &Plan) -> Option<OrganisationId> {
    let mut cards: BTreeMap<OrganisationId, u64> = BTreeMap::new();
    for part in &plan.parts {
        *cards.entry(part.issuer).or_default() += part.revocations();
    }
    let most = cards.into_iter().max_by_key(|(_, cards)| *cards);
    most.map(|(issuer, _)| issuer)
}

fn by_rule<'a>(parts: impl Iterator<Item = &'a PlanPart>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for (rule, count) in parts.flat_map(|part| &part.counts) {
        if safety_stop::counts(*rule) {
            let name: &'static str = (*rule).into();
            *counts.entry(name.to_owned()).or_default() += signed(*count);
        }
    }
    counts
}

/// A stop of now. A release given beforehand that did not reach becomes the stop.
fn blank(plan: &Plan, short: Option<Uuid>, now: DateTime<Utc>) -> SafetyStop {
    let version = plan
        .stops
        .iter()
        .find(|stop| Some(stop.id) == short)
        .map_or(0, |stop| stop.version);
    SafetyStop {
        id: short.unwrap_or_default(),
        day: plan.day,
        organisation: None,
        judged_in: OrganisationId(Uuid::nil()),
        counts: BTreeMap::new(),
        count: 0,
        live: 0,
        until: Some(plan.until),
        stopped_at: Some(now),
        released_by: None,
        released_at: None,
        reason: None,
        done_at: None,
        version,
    }
}

fn report(plan: &Plan, tally: Tally) -> NightReport {
    let Tally { mut parts, left } = tally;
    let organisations = plan.parts.iter().map(|part| {
        let mut rules = BTreeMap::new();
        for (rule, count) in &part.counts {
            let name: &'static str = (*rule).into();
            let mut swept = parts.remove(&(part.organisation, name)).unwrap_or_default();
            if safety_stop::counts(*rule) && !plan.revokes(part) {
                swept.held = *count;
            }
            if swept != RulePart::default() {
                rules.insert(name, swept);
            }
        }
        NightPart {
            organisation: part.organisation,
            name: part.name.clone(),
            live: part.live,
            revocations: part.revocations(),
            verdict: part.verdict,
            rules,
        }
    });
    NightReport {
        day: plan.day,
        until: plan.until,
        in_all: plan.in_all,
        counted_in_all: plan.counted_in_all,
        organisations: organisations.collect(),
        left,
    }
}
