//! Lines of the log.

use cards_app::Channel;
use cards_app::queries::Event;
use serde_json::{Value, json};

use super::{at, word};
use crate::schema::{id, moment, nullable, object, text, word as words};

/// A line.
pub(crate) fn event(event: &Event) -> Value {
    let line = &event.entry;
    json!({
        "id": line.line_id,
        "at": at(line.at),
        "channel": word(line.channel),
        "by": event.actor_name,
        "system": line.actor_system,
        "kind": line.kind,
        "action": line.action,
        "thing": line.subject,
        "from": line.from_stage,
        "to": line.to_stage,
        "outcome": line.outcome,
        "correlation": line.correlation,
    })
}

/// Where the page after this line begins.
pub(crate) fn cursor(event: &Event) -> String {
    event.entry.line_id.to_string()
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    vec![(
        "Event",
        object(&[
            ("id", id()),
            ("at", moment()),
            ("channel", words::<Channel>()),
            ("by", nullable(&text())),
            ("system", nullable(&text())),
            ("kind", text()),
            ("action", text()),
            ("thing", nullable(&id())),
            ("from", nullable(&text())),
            ("to", nullable(&text())),
            ("outcome", text()),
            ("correlation", text()),
        ]),
    )]
}
