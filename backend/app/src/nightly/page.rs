//! The nightly run as officers see it: tonight beforehand, the nights that have been, and the stops
//! that wait for a second person.

use cards_domain::access::{Function, Scope, permit};
use cards_domain::calendar::business_day;
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::{CardId, OrganisationId, PersonId};
use cards_domain::person::Subject;
use cards_domain::refusal::Refusal;
use cards_domain::safety_stop;
use cards_store::Link;
use cards_store::deadlines::DueClock;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use super::run::asked_at;
use super::{NightReport, NightRun, SafetyStop, release, rules};
use crate::{App, Call, Failure};

/// How many cards the page names.
const FIRST: i64 = 50;
/// How many nights it shows.
const NIGHTS: i64 = 14;

/// The page of the nightly run.
#[derive(Clone, Debug)]
pub struct NightPage {
    /// What the run would do, in the reader's organisations.
    pub report: NightReport,
    /// The first cards it would see to.
    pub first: Vec<DueCard>,
    /// Those that the rules say no to.
    pub left: Vec<(DueCard, Refusal)>,
    /// Stops that stand, and releases that wait for their night.
    pub stops: Vec<StopSheet>,
    /// The nights that have been, newest first.
    pub nights: Vec<NightRun>,
    /// The night whose run is missing.
    pub missing: Option<NaiveDate>,
    /// Whether the reader may release something at all.
    pub may_release: bool,
}

/// A stop with what a page tells about it.
#[derive(Clone, Debug)]
pub struct StopSheet {
    /// The stop.
    pub stop: SafetyStop,
    /// The organisation's name; `None` for the whole run.
    pub organisation: Option<String>,
    /// The name of the person who released it.
    pub released_by: Option<String>,
    /// Whether the reader may release it.
    pub may_release: bool,
}

/// A card that the run sees to.
#[derive(Clone, Debug)]
pub struct DueCard {
    /// The card, where there is one.
    pub card: Option<CardId>,
    /// Its short number; `None` where the reader must not have it.
    pub number: Option<String>,
    /// Whose.
    pub person: PersonId,
    /// The name; `None` for a person with protected personal data.
    pub name: Option<String>,
    /// Whether the reader may open the person's page.
    pub may_open: bool,
    /// By which rule.
    pub rule: DeadlineRule,
    /// The day that people were told.
    pub day: NaiveDate,
    /// When the time was up.
    pub acts_at: DateTime<Utc>,
    /// A safety stop holds it back.
    pub is_held: bool,
}

impl App {
    /// What the run of `day` would do, or of the coming night; what earlier ones did; what waits.
    /// The look is written down.
    ///
    /// # Errors
    /// [`Failure::Refused`] for roles that may not read it.
    pub fn night_page(
        &self,
        link: &mut Link,
        call: &Call,
        day: Option<NaiveDate>,
    ) -> Result<NightPage, Failure> {
        let scope = Self::readers(call)?;
        let day = self.coming_night(link, day)?;
        let report = self.would_run_night(link, day)?;
        let report = within(report, &scope);
        let due = (asked_at(day, link.now()), FIRST);
        let first = link.first_due(&scope, &rules().collect::<Vec<_>>(), due)?;
        let first = Self::named(link, &scope, &report, &first)?;
        let (clocks, refusals): (Vec<_>, Vec<_>) = report.left.iter().cloned().unzip();
        let left = Self::named(link, &scope, &report, &clocks)?;
        let people = first.iter().chain(&left).map(|card| card.person);
        let found = json!({ "night": day, "hits": people.collect::<Vec<_>>() });
        self.ledger.searched(link, call, &scope, found)?;
        Ok(NightPage {
            report,
            first,
            left: left.into_iter().zip(refusals).collect(),
            stops: self.stops_for(link, call, &scope)?,
            nights: link.nights(NIGHTS)?,
            missing: self.missing_night(link)?,
            may_release: !Scope::of(&call.actor, Function::ReleaseSafetyStop)
                .organisations()
                .is_empty(),
        })
    }

    /// One stop, for somebody who may release it, also when it has been released.
    ///
    /// # Errors
    /// [`Failure::Refused`] when the actor may not; [`Failure::NotFound`] when there is none.
    pub fn stop_to_release(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<StopSheet, Failure> {
        let scope = Self::readers(call)?;
        let stop = link.safety_stop(id)?.ok_or(Failure::NotFound)?;
        self.releasable(link, call, &scope, stop)
    }

    /// What would stop in the run of a later night, for somebody who may release it beforehand, or
    /// what has been released for it.
    ///
    /// # Errors
    /// As [`App::stop_to_release`]; [`Failure::Conflict`] when nothing would stop.
    pub fn stop_to_expect(
        &self,
        link: &mut Link,
        call: &Call,
        at: (NaiveDate, Option<OrganisationId>),
    ) -> Result<StopSheet, Failure> {
        let scope = Self::readers(call)?;
        if at.1.is_some_and(|id| !Self::reads(call, id)) {
            return Err(Failure::NotFound);
        }
        let stop = match self.expected_stop(link, at) {
            Err(Failure::Conflict) => release::beforehand(link, at)?.ok_or(Failure::Conflict)?,
            stop => stop?,
        };
        self.releasable(link, call, &scope, stop)
    }

    fn releasable(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
        stop: SafetyStop,
    ) -> Result<StopSheet, Failure> {
        if !scope.organisations().contains(&stop.judged_in) {
            return Err(Failure::NotFound);
        }
        permit(&call.actor, Function::ReleaseSafetyStop, &judged(&stop))?;
        Self::sheet(link, call, stop)
    }

    /// The organisations that the actor reads about.
    fn readers(call: &Call) -> Result<Scope, Failure> {
        let scope = Scope::of(&call.actor, Function::ReadLog);
        if scope.organisations().is_empty() {
            return Err(Failure::Refused(Refusal::NotYourRole));
        }
        Ok(scope)
    }

    /// Whether the organisation is one of them.
    pub(super) fn reads(call: &Call, organisation: OrganisationId) -> bool {
        let scope = Scope::of(&call.actor, Function::ReadLog);
        scope.organisations().contains(&organisation)
    }

    /// The day asked for, no earlier than today; otherwise tonight's run, or tomorrow's once
    /// today's is done.
    fn coming_night(
        &self,
        link: &mut Link,
        asked: Option<NaiveDate>,
    ) -> Result<NaiveDate, Failure> {
        let today = business_day(link.now());
        if let Some(asked) = asked {
            return Ok(asked.max(today));
        }
        let is_done = link
            .night(today)?
            .is_some_and(|night| night.finished_at.is_some());
        Ok(if is_done {
            today.succ_opt().unwrap_or(today)
        } else {
            today
        })
    }

    fn stops_for(
        &self,
        link: &mut Link,
        call: &Call,
        scope: &Scope,
    ) -> Result<Vec<StopSheet>, Failure> {
        let mut stops = link.standing_stops()?;
        // That everything stands still concerns everybody; whose cards it is about does not.
        stops.retain(|stop| {
            stop.organisation
                .is_none_or(|id| scope.organisations().contains(&id))
        });
        stops
            .into_iter()
            .map(|stop| Self::sheet(link, call, stop))
            .collect()
    }

    fn sheet(link: &mut Link, call: &Call, stop: SafetyStop) -> Result<StopSheet, Failure> {
        let may_release = stop.released_at.is_none()
            && permit(&call.actor, Function::ReleaseSafetyStop, &judged(&stop)).is_ok();
        let organisation = match stop.organisation {
            Some(id) => link.issuers_of(&[id])?.pop().map(|(_, _, name)| name),
            None => None,
        };
        let released_by = match stop.released_by {
            Some(person) => link.open_names(&[person])?.pop().and_then(|(_, name)| name),
            None => None,
        };
        Ok(StopSheet {
            stop,
            released_by,
            organisation,
            may_release,
        })
    }

    fn named(
        link: &mut Link,
        scope: &Scope,
        report: &NightReport,
        clocks: &[DueClock],
    ) -> Result<Vec<DueCard>, Failure> {
        let people: Vec<_> = clocks.iter().map(|clock| clock.person).collect();
        let cards: Vec<_> = clocks.iter().filter_map(|clock| clock.card).collect();
        let names = link.open_names(&people)?;
        let numbers = link.short_numbers(&cards)?;
        let cards = clocks.iter().map(|clock| {
            let name = names.iter().find(|(id, _)| *id == clock.person);
            let name = name.and_then(|(_, name)| name.clone());
            let may_open = name.is_some() || scope.protected_too();
            let number = numbers.iter().find(|(id, _)| Some(*id) == clock.card);
            DueCard {
                card: clock.card,
                number: number
                    .map(|(_, number)| number.clone())
                    .filter(|_| may_open),
                person: clock.person,
                name,
                may_open,
                rule: clock.rule,
                day: clock.day,
                acts_at: clock.acts_at,
                is_held: is_held(report, clock),
            }
        });
        Ok(cards.collect())
    }
}

/// In whose branch the person who releases must be.
pub(super) fn judged(stop: &SafetyStop) -> Subject {
    Subject {
        person: PersonId(Uuid::nil()),
        protected: false,
        organisations: vec![stop.judged_in],
    }
}

/// Only what the reader may see.
fn within(mut report: NightReport, scope: &Scope) -> NightReport {
    let sees = |id: &OrganisationId| scope.organisations().contains(id);
    report.organisations.retain(|part| sees(&part.organisation));
    report.left.retain(|(clock, _)| sees(&clock.organisation));
    report
}

fn is_held(report: &NightReport, clock: &DueClock) -> bool {
    let rule: &'static str = clock.rule.into();
    let own = report
        .organisations
        .iter()
        .find(|part| part.organisation == clock.organisation);
    safety_stop::counts(clock.rule)
        && own
            .and_then(|part| part.rules.get(rule))
            .is_some_and(|part| part.held > 0)
}
