//! What waits for somebody.

use cards_app::queries::{Waiting, WaitingAfter, Worklist, WorklistKind};
use serde_json::{Value, json};

use super::{at, on, word};
use crate::schema::{day, id, moment, named, nullable, number, object, text, word as words};

/// A list with its length, which is not counted further than to a thousand, and the thing that comes first.
pub(crate) fn list(list: &Worklist) -> Value {
    json!({
        "list": word(list.kind), "count": list.count, "nearest": waiting(&list.nearest),
    })
}

/// A thing that waits.
pub(crate) fn waiting(one: &Waiting) -> Value {
    json!({
        "thing": one.thing, "number": one.number, "person": one.person, "name": one.name,
        "office": one.office, "due": at(one.due), "day": on(one.day),
    })
}

/// Where the page after this thing begins.
pub(crate) fn cursor(one: &Waiting) -> String {
    WaitingAfter::from_last(one).to_string()
}

/// What [`cursor`] has written.
pub(crate) fn place(text: &str) -> Option<WaitingAfter> {
    text.parse().ok()
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let waiting = object(&[
        ("thing", id()),
        ("number", nullable(&text())),
        ("person", id()),
        ("name", nullable(&text())),
        ("office", text()),
        ("due", moment()),
        ("day", day()),
    ]);
    let list = object(&[
        ("list", words::<WorklistKind>()),
        ("count", number()),
        ("nearest", named("Waiting")),
    ]);
    vec![("Waiting", waiting), ("Worklist", list)]
}
