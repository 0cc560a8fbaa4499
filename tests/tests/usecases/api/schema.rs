//! What is answered, held against the document: by itself, and for every success that a program gets
//! in any test. Which operations have succeeded is noted, thread by thread.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::kit::Answer;

static DOCUMENT: LazyLock<Value> = LazyLock::new(cards_api::openapi);

thread_local! {
    static SEEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// The operations that have succeeded in `walk`, by their ids.
pub fn seen_in(walk: fn()) -> BTreeSet<String> {
    SEEN.take();
    walk();
    SEEN.take()
}

/// Holds a success against the document, and notes the operation.
pub fn note(method: &str, path: &str, answer: &Answer) {
    let Some(operation) = described(method, path).filter(|_| answer.status < 300) else {
        return;
    };
    let id = operation["operationId"].as_str().unwrap();
    let response = &operation["responses"][answer.status.to_string()];
    assert!(
        response.is_object(),
        "{id}: {} is not described",
        answer.status
    );
    let kind = answer.header("content-type").split(';').next();
    let content = &response["content"][kind.unwrap_or_default()];
    assert!(content.is_object(), "{id}: {kind:?} is not described");
    if kind == Some("application/json") {
        let wrong = misfits(&DOCUMENT, &content["schema"], &answer.json, "");
        assert!(wrong.is_empty(), "{id}: {wrong:?}");
    }
    for (name, _) in response["headers"].as_object().into_iter().flatten() {
        assert!(!answer.header(name).is_empty(), "{id}: no {name}");
    }
    SEEN.with_borrow_mut(|seen| seen.insert(id.to_owned()));
}

/// The operation at an address: of several that fit, the one with most of its words.
fn described(method: &str, path: &str) -> Option<&'static Value> {
    let fits = |pattern: &&String| {
        let (own, asked) = (pattern.split('/'), path.split('/'));
        own.clone().count() == asked.clone().count()
            && own
                .zip(asked)
                .all(|(own, asked)| own == asked || own.starts_with('{'))
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let pattern = paths
        .keys()
        .filter(fits)
        .min_by_key(|one| one.matches('{').count())?;
    paths[pattern].get(method.to_lowercase())
}

/// Holds what was answered against the schema; gives what does not fit.
pub fn misfits(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = document.pointer(name.trim_start_matches('#')).unwrap();
        return misfits(document, schema, value, at);
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let tried: Vec<_> = ways
            .iter()
            .map(|way| misfits(document, way, value, at))
            .collect();
        let fits = tried.iter().any(Vec::is_empty);
        return if fits { Vec::new() } else { tried.concat() };
    }
    if let Some(only) = schema.get("const") {
        return said(only == value, at, value);
    }
    if let Some(words) = schema["enum"].as_array() {
        return said(words.contains(value), at, value);
    }
    match schema["type"].as_str() {
        Some("object") => object(document, schema, value, at),
        Some("array") => {
            let items = value.as_array();
            let own = said(items.is_some(), at, value);
            let inner = items
                .into_iter()
                .flatten()
                .enumerate()
                .flat_map(|(place, one)| {
                    misfits(document, &schema["items"], one, &format!("{at}/{place}"))
                });
            own.into_iter().chain(inner).collect()
        }
        Some("string") => said(value.is_string(), at, value),
        Some("boolean") => said(value.is_boolean(), at, value),
        Some("integer") => said(value.is_i64(), at, value),
        _ => Vec::new(),
    }
}

fn said(fits: bool, at: &str, value: &Value) -> Vec<String> {
    if fits {
        Vec::new()
    } else {
        vec![format!("{at}: {value}")]
    }
}

fn object(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let Some(members) = value.as_object() else {
        return said(false, at, value);
    };
    let mut wrong = Vec::new();
    for needed in schema["required"].as_array().into_iter().flatten() {
        if !members.contains_key(needed.as_str().unwrap()) {
            wrong.push(format!("{at}: lacks {needed}"));
        }
    }
    let known = schema["properties"].as_object();
    for (name, member) in members {
        let at = format!("{at}/{name}");
        match known.and_then(|known| known.get(name)) {
            Some(schema) => wrong.extend(misfits(document, schema, member, &at)),
            None if schema["additionalProperties"] == json!(false) => {
                wrong.push(format!("{at}: is not described"));
            }
            None => {}
        }
    }
    wrong
}
