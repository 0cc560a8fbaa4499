//! The one who calls.

use cards_domain::access::{Appointment, Loa, Role};
use cards_http::api_person::Caller;
use serde_json::{Value, json};

use super::word;
use crate::schema::{id, list, named, nullable, object, text, word as words};

/// Who calls and what they are appointed to now.
pub(crate) fn me(caller: &Caller) -> Value {
    json!({
        "id": caller.person,
        "name": caller.name.full(),
        "loa": word(caller.loa),
        "office": caller.office,
        "appointments": caller.appointments.iter().map(appointment).collect::<Vec<_>>(),
    })
}

fn appointment(one: &Appointment) -> Value {
    json!({
        "id": one.id, "role": word(one.role), "organisations": one.branch, "office": one.office,
    })
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let appointment = object(&[
        ("id", id()),
        ("role", words::<Role>()),
        ("organisations", list(&id())),
        ("office", nullable(&id())),
    ]);
    let me = object(&[
        ("id", id()),
        ("name", text()),
        ("loa", words::<Loa>()),
        ("office", nullable(&text())),
        ("appointments", list(&named("Appointment"))),
    ]);
    vec![("Appointment", appointment), ("Me", me)]
}
