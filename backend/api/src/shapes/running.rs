//! Nightly runs, and errands that could not be done.

use std::fmt;

use cards_app::nightly::{DueCard, NightPage, NightRun, SafetyStop};
use cards_domain::deadline::DeadlineRule;
use cards_domain::refusal::Refusal;
use cards_domain::values::LONGEST_REASON;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use strum::{EnumIter, IntoStaticStr};

use super::{at, at_if, moment_if, on, on_if, word};
use crate::refusals;
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, object_with, open, text, text_of,
    word as words,
};

/// The night that comes and those that have been.
pub(crate) fn night(page: &NightPage) -> Value {
    json!({
        "would": serde_json::to_value(&page.report).unwrap_or_default(),
        "first": page.first.iter().map(|one| due(one, None)).collect::<Vec<_>>(),
        "left": page.left.iter().map(|(one, why)| due(one, Some(why))).collect::<Vec<_>>(),
        "nights": page.nights.iter().map(run).collect::<Vec<_>>(),
        "stops": page.stops.iter().map(|sheet| stop(&sheet.stop)).collect::<Vec<_>>(),
        "missing": on_if(page.missing),
        "may_release": page.may_release,
    })
}

/// A stop, or its release. Who released it stands in the log.
pub(crate) fn stop(stop: &SafetyStop) -> Value {
    json!({
        "id": stop.id,
        "version": stop.version,
        "day": on(stop.day),
        "organisation": stop.organisation,
        "count": stop.count,
        "live": stop.live,
        "stopped_at": at_if(stop.stopped_at),
        "released_at": at_if(stop.released_at),
        "reason": stop.reason,
    })
}

/// What is sent to release a stop.
pub(crate) fn release() -> Value {
    object(&[("reason", text_of(LONGEST_REASON))])
}

/// What is sent to release a night beforehand: in one organisation, or in all.
pub(crate) fn release_beforehand() -> Value {
    let members = [
        ("reason", text_of(LONGEST_REASON)),
        ("organisation", nullable(&id())),
    ];
    object_with(&members, &["reason"])
}

fn run(run: &NightRun) -> Value {
    json!({
        "day": on(run.day),
        "started_at": at(run.started_at),
        "finished_at": at_if(run.finished_at),
        "done": run.counts.done,
        "refused": run.counts.refused,
        "held": run.counts.held,
        "failed": run.counts.failed,
    })
}

/// Where an errand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Stage {
    /// It is to be done, perhaps later.
    Waiting,
    /// It is done.
    Done,
    /// It could not be done, and nobody tries any more.
    Dead,
}

/// An errand. Its text of the fault stays in the server's log.
pub(crate) fn errand(
    id: impl fmt::Display + Copy,
    topic: &str,
    (created_at, attempts): (DateTime<Utc>, i32),
    stage: Stage,
) -> Value {
    json!({
        "id": id.to_string(), "topic": topic, "created_at": at(created_at), "attempts": attempts,
        "stage": word(stage),
    })
}

/// Those that were given up, and how many have neither left nor been given up.
pub(crate) fn errands(dead: &[Value], waiting: i64) -> Value {
    json!({ "items": dead, "waiting": waiting })
}

/// A card that the run sees to.
fn due(one: &DueCard, because: Option<&Refusal>) -> Value {
    json!({
        "card": one.card, "number": one.number, "person": one.person, "name": one.name,
        "rule": word(one.rule), "day": on(one.day), "acts_at": at(one.acts_at),
        "held": one.is_held, "because": because.map(refusals::because),
    })
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let run = object(&[
        ("day", day()),
        ("started_at", moment()),
        ("finished_at", moment_if()),
        ("done", open()),
        ("refused", open()),
        ("held", number()),
        ("failed", number()),
    ]);
    let nights = object(&[
        ("would", open()),
        ("first", list(&named("DueCard"))),
        ("left", list(&named("DueCard"))),
        ("nights", list(&named("NightRun"))),
        ("stops", list(&named("Stop"))),
        ("missing", nullable(&day())),
        ("may_release", flag()),
    ]);
    let errand = object(&[
        ("id", id()),
        ("topic", text()),
        ("created_at", moment()),
        ("attempts", number()),
        ("stage", words::<Stage>()),
    ]);
    let errands = object(&[("items", list(&named("Errand"))), ("waiting", number())]);
    let stop = object(&[
        ("id", id()),
        ("version", number()),
        ("day", day()),
        ("organisation", nullable(&id())),
        ("count", number()),
        ("live", number()),
        ("stopped_at", moment_if()),
        ("released_at", moment_if()),
        ("reason", nullable(&text())),
    ]);
    vec![
        ("DueCard", due_schema()),
        ("Errand", errand),
        ("Errands", errands),
        ("NightRun", run),
        ("Nights", nights),
        ("Stop", stop),
    ]
}

fn due_schema() -> Value {
    object(&[
        ("card", nullable(&id())),
        ("number", nullable(&text())),
        ("person", id()),
        ("name", nullable(&text())),
        ("rule", words::<DeadlineRule>()),
        ("day", day()),
        ("acts_at", moment()),
        ("held", flag()),
        ("because", nullable(&named("Because"))),
    ])
}
