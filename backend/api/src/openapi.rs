//! The OpenAPI 3.1 document, made from the operations. The page for people is made from it.

use std::collections::BTreeMap;

use cards_http::api_person::ActsAs;
use serde_json::{Map, Value, json};
use strum::IntoEnumIterator as _;

use crate::asked::{MOST, USUAL, needs_nothing};
use crate::operation::{Change, Content, Operation, Parameter, Place, Run, Subject, Uploads};
use crate::operations::operations;
use crate::schema::{list, named, nullable, object, text};
use crate::{shapes, token};

const PROBLEM: &str = "application/problem+json";

/// The document.
#[must_use]
pub fn openapi() -> Value {
    let subjects = Subject::iter().map(|subject| {
        let (sv, en) = subject.names();
        json!({ "name": <&str>::from(subject), "description": en, "x-name-sv": sv })
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kortkontor",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Administration of electronic service ID cards.",
        },
        "tags": subjects.collect::<Value>(),
        "paths": paths(),
        "components": {
            "securitySchemes": security(),
            "schemas": shapes::schemas(),
        },
    })
}

fn security() -> Value {
    json!({
        "person": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token (RFC 9068) of the identity provider at which people log \
                in to the portals, meant for this API. Officers need loa3, holders loa2; signing \
                and revoking need loa3. As what a person acts the operation decides: below \
                /api/v1/me as holder, elsewhere as officer by the appointments that are live.",
        },
        "client": {
            "type": "oauth2",
            "description": "The client signs an assertion with its own key (private_key_jwt).",
            "flows": { "clientCredentials": {
                "tokenUrl": "/api/v1/token",
                "scopes": { "check_card_status": "Ask whether a card is valid." },
            }},
        },
    })
}

fn paths() -> Value {
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for operation in operations() {
        let verb = operation.verb.method().as_str().to_lowercase();
        let item = paths.entry(operation.full_path()).or_default();
        item.insert(verb, described(operation));
    }
    let health = |id: &str, summary: &str, responses: Value| {
        let get = json!({ "operationId": id, "summary": summary, "tags": ["Operation"],
            "responses": responses });
        Map::from_iter([("get".to_owned(), get)])
    };
    let runs = json!({ "200": plain("It runs.") });
    let answers =
        json!({ "200": plain("They can."), "503": plain("They cannot, with the reason.") });
    paths.insert(
        "/health/live".to_owned(),
        health("live", "Whether the process runs", runs),
    );
    paths.insert(
        "/health/ready".to_owned(),
        health("ready", "Whether requests can be answered", answers),
    );
    json!(paths)
}

fn described(operation: &Operation) -> Value {
    let mut told = Map::new();
    let mut set = |name: &str, value: Value| told.insert(name.to_owned(), value);
    set("operationId", json!(operation.id));
    set("summary", json!(operation.summary));
    set("tags", json!([<&str>::from(operation.subject)]));
    let parameters = parameters(operation);
    if !parameters.is_empty() {
        set("parameters", parameters.into());
    }
    match operation.run {
        Run::Officer(_) | Run::OfficerAtLength(_) | Run::Holder(_) | Run::Outside(..) => {
            let role = match operation.acts_as() {
                ActsAs::Officer => "officer",
                ActsAs::Holder => "holder",
            };
            set("security", json!([{ "person": [] }]));
            set("x-acts-as", json!(role));
        }
        Run::Client(_) => {
            set("security", json!([{ "client": ["check_card_status"] }]));
        }
        Run::Anybody(_) => {}
    }
    if let Some(content) = sent(operation) {
        let is_needed = !operation.body.is_some_and(|body| needs_nothing(&body()));
        set(
            "requestBody",
            json!({ "required": is_needed, "content": content }),
        );
    }
    if operation.id == token::ID {
        set("requestBody", token::request_body());
    }
    set("responses", responses(operation));
    Value::Object(told)
}

/// What is sent, by its media type.
fn sent(operation: &Operation) -> Option<Value> {
    let binary = json!({ "schema": { "type": "string", "contentEncoding": "binary" } });
    match operation.uploads {
        Uploads::Picture => Some(json!({ "image/jpeg": binary, "image/png": binary })),
        Uploads::File => Some(json!({ "application/octet-stream": binary })),
        Uploads::Nothing => {
            let body = operation.body?;
            Some(json!({ "application/json": { "schema": body() } }))
        }
    }
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let own = operation.parameters.iter().map(parameter);
    let mut all: Vec<Value> = own.collect();
    if let Content::Page(_) = operation.success.content {
        all.push(json!({
            "name": "limit", "in": "query", "description": "How many things the page holds.",
            "schema": { "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL },
        }));
        all.push(json!({
            "name": "after", "in": "query", "description": "Where the page begins, as next says.",
            "schema": text(),
        }));
    }
    if operation.change != Change::None {
        all.push(header(
            "Idempotency-Key",
            "The same key with the same request gets the first answer.",
            &json!({ "type": "string", "format": "uuid" }),
        ));
    }
    if operation.change == Change::Existing {
        all.push(header(
            "If-Match",
            "The ETag that was read.",
            &json!({ "type": "string", "pattern": "^\"[0-9]+\"$" }),
        ));
    }
    all
}

fn parameter(one: &Parameter) -> Value {
    let (place, needed) = match one.place {
        Place::Path => ("path", true),
        Place::Query { needed } => ("query", needed),
    };
    json!({
        "name": one.name, "in": place, "required": needed, "description": one.meaning,
        "schema": (one.schema)(),
    })
}

fn header(name: &str, meaning: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "header", "required": true, "description": meaning, "schema": schema })
}

fn responses(operation: &Operation) -> Value {
    let mut responses = Map::new();
    let success = operation.success.status.to_string();
    responses.insert(success, succeeded(operation));
    let mut problems: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for kind in operation.kinds() {
        let told = format!("{} ({})", kind.title(), <&str>::from(kind));
        let told_of = problems.entry(kind.status().as_u16()).or_default();
        if !told_of.contains(&told) {
            told_of.push(told);
        }
    }
    if operation.refuses {
        for (status, which) in [
            (403, "for this caller"),
            (409, "as things stand"),
            (422, "to what was typed"),
        ] {
            let told = format!("The rules say no {which}; code says which.");
            problems.entry(status).or_default().push(told);
        }
    }
    for (status, told) in problems {
        responses.insert(
            status.to_string(),
            of_type(&told.join(" "), PROBLEM, &named("Problem")),
        );
    }
    if operation.id == token::ID {
        responses.insert("400".to_owned(), token::refusal());
    }
    Value::Object(responses)
}

fn succeeded(operation: &Operation) -> Value {
    let success = &operation.success;
    let (media, schema) = match success.content {
        Content::Json(name) => ("application/json", named(name)),
        Content::List(name) => ("application/json", object(&[("items", list(&named(name)))])),
        Content::Page(name) => {
            let members = [("items", list(&named(name))), ("next", nullable(&text()))];
            ("application/json", object(&members))
        }
        Content::Jpeg => (
            "image/jpeg",
            json!({ "type": "string", "contentEncoding": "binary" }),
        ),
    };
    let mut told = of_type(success.meaning, media, &schema);
    let mut headers = Map::new();
    let mut tell = |name: &str, meaning: &str| {
        let header = json!({ "description": meaning, "schema": text() });
        headers.insert(name.to_owned(), header);
    };
    if operation.versioned {
        tell("ETag", "The thing's version, for If-Match.");
    }
    if success.status == 201 {
        tell("Location", "Where the new thing is.");
    }
    if let (false, Some(members)) = (headers.is_empty(), told.as_object_mut()) {
        members.insert("headers".to_owned(), headers.into());
    }
    told
}

fn plain(description: &str) -> Value {
    of_type(description, "text/plain", &text())
}

pub(crate) fn of_type(description: &str, media_type: &str, schema: &Value) -> Value {
    json!({ "description": description, "content": { media_type: { "schema": schema } } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if name == "$ref" {
                        found.extend(member.as_str().map(str::to_owned));
                    }
                    references(member, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn everything_that_the_document_refers_to_stands_in_it_and_nothing_else_does() {
        let document = openapi();
        let mut found = Vec::new();
        references(&document, &mut found);
        for reference in &found {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
        for name in document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
        {
            let reference = format!("#/components/schemas/{name}");
            assert!(found.contains(&reference), "{name} is used nowhere");
        }
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_tells_what_it_is_about() {
        let mut names: Vec<&str> = operations().map(|operation| operation.id).collect();
        let all = names.len();
        assert!(all >= 25, "{all} operations");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for operation in operations() {
            assert!(!operation.summary.is_empty(), "{}", operation.id);
        }
    }

    #[test]
    fn the_names_in_a_path_are_its_parameters() {
        for operation in operations() {
            let in_path = operation
                .path
                .split('/')
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
            let described = operation
                .parameters
                .iter()
                .filter(|one| one.place == Place::Path)
                .map(|one| one.name);
            assert!(in_path.eq(described), "{}", operation.id);
        }
    }

    #[test]
    fn what_changes_something_demands_a_key_and_what_reads_demands_nothing() {
        // A text that is asked for twice is signed and used once, and a file that is sent twice is
        // taken in once.
        let once =
            |one: &&Operation| one.subject != Subject::Signatures && one.uploads != Uploads::File;
        let acts = operations().filter(once);
        for operation in acts.filter(|one| one.is_for_persons()) {
            // What is looked for is sent in the body.
            let reads = operation.verb == crate::Verb::Get || operation.path.ends_with("/searches");
            assert_eq!(operation.change == Change::None, reads, "{}", operation.id);
        }
    }

    #[test]
    fn below_me_a_person_acts_as_holder_and_nowhere_else() {
        for operation in operations().filter(|one| one.is_for_persons()) {
            let is_own = operation.path == "/me" || operation.path.starts_with("/me/");
            let as_holder = operation.acts_as() == ActsAs::Holder;
            assert_eq!(is_own, as_holder, "{}", operation.id);
        }
    }
}
