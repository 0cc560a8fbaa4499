//! Letters with a PUK.

use cards_app::queries::LetterPage;
use cards_domain::puk_letter::{LetterReason, LetterRejection, PukLetter, PukLetterStage};
use serde_json::{Value, json};

use super::{at, offers, word};
use crate::schema::{flag, id, list, moment, named, number, object, word as words};

/// A letter, without what can be done with it.
pub(crate) fn letter(letter: &PukLetter) -> Value {
    json!({
        "id": letter.id,
        "version": letter.version,
        "card": letter.card,
        "person": letter.person,
        "reason": word(letter.reason),
        "requested_by": letter.requested_by,
        "stage": word(letter.stage),
        "since": at(letter.since),
    })
}

/// A letter with what can be done with it.
pub(crate) fn page(page: &LetterPage) -> Value {
    let mut told = letter(&page.letter);
    if let Some(members) = told.as_object_mut() {
        members.insert("actions".to_owned(), json!(offers(&page.offers)));
    }
    told
}

/// What is sent to ask for a letter.
pub(crate) fn wanted() -> Value {
    object(&[
        ("reason", words::<LetterReason>()),
        ("caller_identified", flag()),
    ])
}

/// What is sent to turn one down.
pub(crate) fn rejection() -> Value {
    object(&[("why", words::<LetterRejection>())])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let offered = [members(), vec![("actions", list(&named("Action")))]].concat();
    vec![
        ("PukLetter", object(&members())),
        ("PukLetterPage", object(&offered)),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("version", number()),
        ("card", id()),
        ("person", id()),
        ("reason", words::<LetterReason>()),
        ("requested_by", id()),
        ("stage", words::<PukLetterStage>()),
        ("since", moment()),
    ]
}
