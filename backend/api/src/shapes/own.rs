//! The one who calls.

use cards_app::plain::Office;
use cards_app::queries::OrganisationSheet;
use cards_domain::access::{Appointment, Loa, Role};
use cards_http::api_person::Caller;
use serde_json::{Value, json};

use super::{register, word};
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

/// Whom the caller may ask.
pub(crate) fn contacts(organisations: &[OrganisationSheet], offices: &[Office]) -> Value {
    let organisations = organisations.iter().map(|sheet| {
        let policy = &sheet.policy;
        json!({
            "name": sheet.name, "contact_name": policy.contact_name,
            "contact_phone": policy.contact_phone, "contact_mail": policy.contact_mail,
        })
    });
    json!({
        "organisations": organisations.collect::<Vec<_>>(),
        "offices": offices.iter().map(register::office).collect::<Vec<_>>(),
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
    let contact = object(&[
        ("name", text()),
        ("contact_name", nullable(&text())),
        ("contact_phone", nullable(&text())),
        ("contact_mail", nullable(&text())),
    ]);
    let contacts = object(&[
        ("organisations", list(&contact)),
        ("offices", list(&named("Office"))),
    ]);
    vec![
        ("Appointment", appointment),
        ("Contacts", contacts),
        ("Me", me),
    ]
}
