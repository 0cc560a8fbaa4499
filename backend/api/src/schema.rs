//! The words of JSON Schema, as far as the document uses them.

use serde_json::{Map, Value, json};
use strum::IntoEnumIterator;

/// An object with these members and no others, each of which is there.
pub(crate) fn object(members: &[(&str, Value)]) -> Value {
    let needed: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    object_with(members, &needed)
}

/// An object with these members and no others, of which only the needed ones must be there.
pub(crate) fn object_with(members: &[(&str, Value)], needed: &[&str]) -> Value {
    let properties: Map<String, Value> = members
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({
        "type": "object", "properties": properties, "required": needed,
        "additionalProperties": false,
    })
}

pub(crate) fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

pub(crate) fn nullable(of: &Value) -> Value {
    json!({ "anyOf": [of, { "type": "null" }] })
}

/// A schema of the document.
pub(crate) fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(crate) fn text() -> Value {
    json!({ "type": "string" })
}

pub(crate) fn text_like(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// A text of at most so many characters, none of which is one that nobody sees.
pub(crate) fn text_of(longest: usize) -> Value {
    json!({ "type": "string", "maxLength": longest })
}

pub(crate) fn id() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

pub(crate) fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

pub(crate) fn moment() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

pub(crate) fn flag() -> Value {
    json!({ "type": "boolean" })
}

pub(crate) fn number() -> Value {
    json!({ "type": "integer" })
}

/// Anything: what it holds depends on what it is about.
pub(crate) fn open() -> Value {
    json!({ "type": "object" })
}

/// One of the words of an enumeration.
pub(crate) fn word<T: IntoEnumIterator + Into<&'static str>>() -> Value {
    let words: Vec<&'static str> = T::iter().map(Into::into).collect();
    json!({ "type": "string", "enum": words })
}
