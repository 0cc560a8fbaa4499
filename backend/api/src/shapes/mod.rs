//! What things look like in JSON. Each shape has its schema beside it; a test of the whole system
//! holds what is answered against it.

pub(crate) mod card;
pub(crate) mod case;
pub(crate) mod certificate;
pub(crate) mod directory;
pub(crate) mod employment;
pub(crate) mod event;
pub(crate) mod feed;
pub(crate) mod letter;
pub(crate) mod order;
pub(crate) mod own;
pub(crate) mod person;
pub(crate) mod photo;
pub(crate) mod register;
pub(crate) mod running;
pub(crate) mod signature;
pub(crate) mod work;

use std::fmt;

use cards_domain::offer::Offer;
use cards_domain::refusal::Refusal;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::refusals::because;
use crate::schema::{
    flag, id, list, moment, named, nullable, number, object, object_with, open, text,
};

/// A moment, to the second.
pub(crate) fn at(at: DateTime<Utc>) -> Value {
    json!(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A moment that may not have come.
pub(crate) fn at_if(moment: Option<DateTime<Utc>>) -> Value {
    moment.map_or(Value::Null, at)
}

/// A day.
pub(crate) fn on(day: NaiveDate) -> Value {
    json!(day.to_string())
}

/// A day that may not be known.
pub(crate) fn on_if(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, on)
}

/// The word of an enumeration.
pub(crate) fn word(value: impl Into<&'static str>) -> Value {
    json!(value.into())
}

/// Whether something is possible, and why not.
pub(crate) fn verdict(name: &str, verdict: &Result<(), Refusal>) -> Value {
    json!({
        "action": name,
        "allowed": verdict.is_ok(),
        "because": verdict.as_ref().err().map(because),
    })
}

/// What can be done with a thing, as the portals offer it.
pub(crate) fn offers<N: Copy + Into<&'static str>>(offers: &[Offer<N>]) -> Vec<Value> {
    offers
        .iter()
        .map(|offer| verdict(offer.action.into(), &offer.verdict))
        .collect()
}

/// A thing with a name.
pub(crate) fn reference(id: impl fmt::Display + Copy, name: &str) -> Value {
    json!({ "id": id.to_string(), "name": name })
}

/// Every schema of the document, by name.
pub(crate) fn schemas() -> Value {
    let shared = [
        ("Action", action()),
        ("Because", refusal()),
        ("CardStatus", card_status()),
        ("Problem", problem()),
        ("Reference", object(&[("id", id()), ("name", text())])),
        ("Token", token()),
        ("TokenError", token_error()),
    ];
    let groups = [
        card::schemas(),
        case::schemas(),
        certificate::schemas(),
        directory::schemas(),
        employment::schemas(),
        event::schemas(),
        feed::schemas(),
        letter::schemas(),
        order::schemas(),
        own::schemas(),
        person::schemas(),
        photo::schemas(),
        register::schemas(),
        running::schemas(),
        signature::schemas(),
        work::schemas(),
    ];
    let all = shared.into_iter().chain(groups.into_iter().flatten());
    let all: Map<String, Value> = all
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect();
    Value::Object(all)
}

fn action() -> Value {
    object(&[
        ("action", text()),
        ("allowed", flag()),
        ("because", nullable(&named("Because"))),
    ])
}

fn refusal() -> Value {
    object(&[
        ("code", text()),
        ("title", text()),
        ("instead", nullable(&text())),
        ("facts", open()),
    ])
}

fn problem() -> Value {
    let error = object(&[("pointer", text()), ("detail", text())]);
    let members = [
        ("type", json!({ "type": "string", "format": "uri" })),
        ("title", text()),
        ("status", number()),
        ("code", text()),
        ("correlation", text()),
        ("instead", text()),
        ("facts", open()),
        ("parameter", text()),
        ("errors", list(&error)),
    ];
    let mut schema = object_with(
        &members,
        &["type", "title", "status", "code", "correlation"],
    );
    let meaning = "RFC 9457. The code is stable; correlation can be read out to the card office. A \
        refusal of the rules says with instead what is possible, where something is.";
    if let Some(members) = schema.as_object_mut() {
        members.insert("description".to_owned(), json!(meaning));
    }
    schema
}

fn card_status() -> Value {
    let meaning = "With not_valid: when the card was revoked or its last day was over; null for a \
        card that has not come into use.";
    let since =
        json!({ "type": ["string", "null"], "format": "date-time", "description": meaning });
    let status = json!({ "enum": ["valid", "not_valid"] });
    let members = [("card", text()), ("status", status), ("since", since)];
    object_with(&members, &["card", "status"])
}

fn token() -> Value {
    object(&[
        ("access_token", text()),
        ("token_type", json!({ "const": "Bearer" })),
        (
            "expires_in",
            json!({ "type": "integer", "description": "Seconds." }),
        ),
        ("scope", text()),
    ])
}

fn token_error() -> Value {
    let words = [
        "invalid_request",
        "invalid_client",
        "unsupported_grant_type",
        "invalid_scope",
    ];
    object(&[
        ("error", json!({ "enum": words })),
        ("error_description", text()),
    ])
}

/// A moment in a schema that may be null.
pub(crate) fn moment_if() -> Value {
    nullable(&moment())
}
