//! Photos.

use cards_domain::photo::{Photo, PhotoFault, PhotoSource, PhotoStage};
use serde_json::{Value, json};

use super::{at, on, word};
use crate::schema::{day, flag, id, moment, number, object, word as words};

/// A photo, without its picture.
pub(crate) fn photo(photo: &Photo) -> Value {
    json!({
        "id": photo.id,
        "version": photo.version,
        "person": photo.person,
        "order": photo.order,
        "office": photo.office,
        "taken_on": on(photo.taken_on),
        "source": word(photo.source),
        "stage": word(photo.stage),
        "since": at(photo.since),
    })
}

/// What is sent to approve one.
pub(crate) fn approval() -> Value {
    object(&[("identity_seen", flag()), ("same_person", flag())])
}

/// What is sent to turn one down.
pub(crate) fn rejection() -> Value {
    object(&[("fault", words::<PhotoFault>())])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let members = [
        ("id", id()),
        ("version", number()),
        ("person", id()),
        ("order", id()),
        ("office", id()),
        ("taken_on", day()),
        ("source", words::<PhotoSource>()),
        ("stage", words::<PhotoStage>()),
        ("since", moment()),
    ];
    vec![("Photo", object(&members))]
}
