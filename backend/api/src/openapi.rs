//! The OpenAPI 3.1 document. The page for people is made from it.

use serde_json::{Value, json};

use crate::problem::Kind;

/// The document.
#[must_use]
pub fn openapi() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kortkontor",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Administration of electronic service ID cards.",
        },
        "paths": {
            "/api/v1/token": { "post": token() },
            "/api/v1/card-status/{number}": { "get": card_status() },
            "/health/live": { "get": {
                "operationId": "live",
                "summary": "Whether the process runs",
                "responses": { "200": text("It runs.") },
            }},
            "/health/ready": { "get": {
                "operationId": "ready",
                "summary": "Whether requests can be answered",
                "responses": {
                    "200": text("They can."),
                    "503": text("They cannot, with the reason."),
                },
            }},
        },
        "components": {
            "securitySchemes": { "client": {
                "type": "oauth2",
                "description": "The client signs an assertion with its own key (private_key_jwt).",
                "flows": { "clientCredentials": {
                    "tokenUrl": "/api/v1/token",
                    "scopes": { "check_card_status": "Ask whether a card is valid." },
                }},
            }},
            "schemas": schemas(),
        },
    })
}

fn token() -> Value {
    let assertion = "An assertion in the form of a JWT (RFC 7523): header alg (the key's: ES256, RS256 or \
        EdDSA) and kid; iss and sub the client's id; aud this address; jti never used before; exp at \
        most five minutes after iat.";
    json!({
        "operationId": "token",
        "summary": "Get an access token for ten minutes",
        "requestBody": { "required": true, "content": { "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "required": ["grant_type", "client_assertion_type", "client_assertion"],
                "properties": {
                    "grant_type": { "const": "client_credentials" },
                    "client_assertion_type": {
                        "const": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    },
                    "client_assertion": { "type": "string", "description": assertion },
                    "client_id": { "type": "string", "description": "The client's id again, if sent." },
                    "scope": { "type": "string", "description": "What the client is registered for, or less." },
                },
            },
        }}},
        "responses": {
            "200": answer("A token.", "application/json", "Token"),
            "400": answer("No token; error says why, in the words of RFC 6749.", "application/json", "TokenError"),
            "429": problem(&[Kind::TooManyRequests]),
            "503": problem(&[Kind::Unavailable]),
        },
    })
}

fn card_status() -> Value {
    json!({
        "operationId": "cardStatus",
        "summary": "Whether a card is valid now; nothing about its holder",
        "security": [{ "client": ["check_card_status"] }],
        "parameters": [{
            "name": "number", "in": "path", "required": true,
            "description": "The number on the card, without spaces.",
            "schema": { "type": "string", "pattern": "^[0-9]{9,20}$" },
        }],
        "responses": {
            "200": answer("Valid or not.", "application/json", "CardStatus"),
            "400": problem(&[Kind::InvalidCardNumber]),
            "401": problem(&[Kind::TokenMissing, Kind::TokenInvalid]),
            "403": problem(&[Kind::NotRegistered]),
            "404": problem(&[Kind::UnknownCard]),
            "429": problem(&[Kind::TooManyRequests]),
            "503": problem(&[Kind::Unavailable]),
        },
    })
}

fn schemas() -> Value {
    json!({
        "CardStatus": {
            "type": "object",
            "required": ["card", "status"],
            "properties": {
                "card": { "type": "string", "description": "The number." },
                "status": { "enum": ["valid", "not_valid"] },
                "since": {
                    "type": ["string", "null"], "format": "date-time",
                    "description": "With not_valid: when the card was revoked or its last day was \
                        over; null for a card that has not come into use.",
                },
            },
        },
        "Problem": {
            "type": "object",
            "description": "RFC 9457. The code is stable; correlation can be read out to the card office.",
            "required": ["type", "title", "status", "code", "correlation"],
            "properties": {
                "type": { "type": "string", "format": "uri" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "code": { "type": "string" },
                "correlation": { "type": "string" },
            },
        },
        "Token": {
            "type": "object",
            "required": ["access_token", "token_type", "expires_in", "scope"],
            "properties": {
                "access_token": { "type": "string" },
                "token_type": { "const": "Bearer" },
                "expires_in": { "type": "integer", "description": "Seconds." },
                "scope": { "type": "string" },
            },
        },
        "TokenError": {
            "type": "object",
            "required": ["error", "error_description"],
            "properties": {
                "error": { "enum": [
                    "invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope",
                ]},
                "error_description": { "type": "string" },
            },
        },
    })
}

fn text(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "text/plain": { "schema": { "type": "string" } } },
    })
}

fn answer(description: &str, media_type: &str, schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": description, "content": { media_type: { "schema": schema } } })
}

/// The kinds with their codes: people read them on the page.
fn problem(kinds: &[Kind]) -> Value {
    let told: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{} ({})", kind.title(), <&str>::from(*kind)))
        .collect();
    answer(&told.join(" "), "application/problem+json", "Problem")
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
    fn everything_that_the_document_refers_to_stands_in_it() {
        let document = openapi();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 8, "{found:?}");
        for reference in found {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_says_what_it_answers() {
        let document = openapi();
        let paths = document["paths"].as_object().unwrap();
        let mut names: Vec<&str> = paths
            .values()
            .flat_map(|item| item.as_object().unwrap().values())
            .map(|operation| {
                assert!(!operation["responses"].as_object().unwrap().is_empty());
                operation["operationId"].as_str().unwrap()
            })
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
