//! Lines of the log.

use cards_app::Channel;
use cards_app::queries::{Coded, Event, ThingName};
use serde_json::{Value, json};

use super::{at, word};
use crate::schema::{id, list, moment, nullable, object, object_with, text, word as words};

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

/// A line found by its code: about whom, and the number of the card or order. Of a protected person
/// no more is told than that there is one.
pub(crate) fn coded(line: &Event, coded: &Coded) -> Value {
    let mut told = event(line);
    let person = line.entry.person.and_then(|id| coded.people.get(&id));
    let person = person.map(|one| {
        let name = (!one.protection.is_protected()).then(|| one.name.full());
        json!({ "id": one.person, "name": name })
    });
    let thing = line.entry.subject.and_then(|id| coded.things.get(&id));
    let thing = thing.map(|thing| match thing {
        ThingName::Card(end) => json!({ "card": end }),
        ThingName::Order(number) => json!({ "order": number }),
    });
    if let Some(members) = told.as_object_mut() {
        members.insert("person".to_owned(), json!(person));
        members.insert("named".to_owned(), json!(thing));
    }
    told
}

/// A page of the log, with the address of the next one.
pub(crate) fn log(lines: &[Value], next: Option<&str>) -> Value {
    json!({ "items": lines, "next": next })
}

/// Where the page after this line begins.
pub(crate) fn cursor(event: &Event) -> String {
    event.entry.line_id.to_string()
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let person = object(&[("id", id()), ("name", nullable(&text()))]);
    let named = object_with(&[("card", text()), ("order", text())], &[]);
    let more = vec![("person", nullable(&person)), ("named", nullable(&named))];
    vec![
        ("CodedEvent", object(&[members(), more].concat())),
        ("Event", object(&members())),
        (
            "Log",
            object(&[
                ("items", list(&crate::schema::named("CodedEvent"))),
                ("next", nullable(&text())),
            ]),
        ),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    vec![
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
    ]
}
