//! The API for persons: who may call, what is read and written down, what a change demands, and
//! that everything the document describes can be done.

mod access;
mod answers;
mod changes;
mod journeys;
mod kit;
mod people;
mod random;
mod requests;
mod schema;
mod signing;

use cards_api::{Operation, Place, operations};
use cards_domain::card::Card;
use serde_json::json;
use uuid::Uuid;

use kit::{Answer, Program, Sent};

const KARIN: &str = "SE2399000013-1001";
const LEIF: &str = "SE2399000013-1003";
const MAJA: &str = "SE2399000013-1008";
const ANDERS: &str = "SE2399000013-1004";
const YLVA: &str = "SE2399000013-1012";

fn for_persons() -> impl Iterator<Item = &'static Operation> {
    operations().filter(|operation| operation.is_for_persons())
}

/// The path with these things in place of its names.
fn path(operation: &Operation, card: &Card) -> String {
    let id = match operation.path {
        path if path.contains("/persons/") => card.person.to_string(),
        path if path.contains("/orders/") => card.order.to_string(),
        path if path.contains("/revocations/{id}") || path.contains("/certificates/{id}") => {
            Uuid::nil().to_string()
        }
        _ => card.id.to_string(),
    };
    let path = operation.path.replace("{id}", &id);
    let path = path.replace("{list}", "to_activate");
    let path = path.replace("{day}", "2026-11-23");
    let path = path.replace("{photo}", &Uuid::nil().to_string());
    let needed = operation.parameters.iter().find_map(|one| match one.place {
        Place::Query { needed: true } => Some(one.name),
        Place::Query { needed: false } | Place::Path => None,
    });
    match needed {
        Some("number") => {
            let number = card
                .number
                .as_ref()
                .map_or("975200000000000", |n| n.as_str());
            format!("{path}?number={number}")
        }
        Some(name) => format!("{path}?{name}=Lindqvist"),
        None => path,
    }
}

fn ask(program: &Program<'_>, operation: &Operation, card: &Card) -> Answer {
    let path = path(operation, card);
    let body = json!({});
    let sent = match operation.verb {
        cards_api::Verb::Get => Sent::Nothing,
        cards_api::Verb::Post | cards_api::Verb::Put => Sent::Json(&body),
    };
    let method = operation.verb.method().as_str().parse().unwrap();
    program.call(method, &path, &[], sent)
}
