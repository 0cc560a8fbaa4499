//! Nightly runs, and errands that could not be done.

use std::fmt;

use cards_app::nightly::{NightPage, NightRun, SafetyStop};
use cards_domain::values::LONGEST_REASON;
use serde_json::{Value, json};

use super::{at, at_if, moment_if, on, on_if};
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, object_with, open, text, text_of,
};

/// The night that comes and those that have been.
pub(crate) fn night(page: &NightPage) -> Value {
    json!({
        "would": serde_json::to_value(&page.report).unwrap_or_default(),
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

/// An errand that was given up. Its text of the fault stays in the server's log.
pub(crate) fn errand(
    id: impl fmt::Display + Copy,
    topic: &str,
    (created_at, attempts): (chrono::DateTime<chrono::Utc>, i32),
) -> Value {
    json!({
        "id": id.to_string(), "topic": topic, "created_at": at(created_at), "attempts": attempts,
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
    ]);
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
        ("Errand", errand),
        ("NightRun", run),
        ("Nights", nights),
        ("Stop", stop),
    ]
}
