//! `POST /api/v1/token`.

use actix_web::http::header::{CACHE_CONTROL, PRAGMA};
use actix_web::{HttpRequest, HttpResponse};
use cards_http::api_token::{Granted, TokenRefusal, grant};
use serde_json::{Value, json};

use crate::openapi::of_type;
use crate::operation::Body;
use crate::problem::Problem;
use crate::schema::named;

/// Gives a token, or says no in the words of RFC 6749.
///
/// # Errors
/// What has nothing to do with what was sent: too often, or out of order.
pub(crate) async fn post(request: HttpRequest, body: Body) -> Result<HttpResponse, Problem> {
    let body = body.map_err(|fault| Problem::new(fault.into(), &request))?;
    match grant(&request, &body).await {
        Ok(granted) => Ok(given(&granted)),
        Err(TokenRefusal::Error { error, description }) => {
            let error: &str = error.into();
            let told = json!({ "error": error, "error_description": description });
            Ok(HttpResponse::BadRequest()
                .insert_header((CACHE_CONTROL, "no-store"))
                .json(told))
        }
        Err(TokenRefusal::Fault(fault)) => Err(Problem::of_fault(&fault, &request)),
    }
}

fn given(granted: &Granted) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"))
        .json(json!({
            "access_token": granted.access_token,
            "token_type": "Bearer",
            "expires_in": granted.expires_in,
            "scope": granted.scope,
        }))
}

/// `operationId`.
pub(crate) const ID: &str = "token";

/// The form, which is no JSON.
pub(crate) fn request_body() -> Value {
    let assertion = "An assertion in the form of a JWT (RFC 7523): header alg (the key's: ES256, \
        RS256 or EdDSA) and kid; iss and sub the client's id; aud this address; jti never used \
        before; exp at most five minutes after iat.";
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    json!({ "required": true, "content": { "application/x-www-form-urlencoded": { "schema": {
        "type": "object",
        "required": ["grant_type", "client_assertion_type", "client_assertion"],
        "properties": {
            "grant_type": { "const": "client_credentials" },
            "client_assertion_type": { "const": kind },
            "client_assertion": { "type": "string", "description": assertion },
            "client_id": { "type": "string", "description": "The client's id again, if sent." },
            "scope": { "type": "string", "description": "What the client is registered for, or less." },
        },
    }}}})
}

/// A *no*, in the words of RFC 6749.
pub(crate) fn refusal() -> Value {
    let meaning = "No token; error says why, in the words of RFC 6749.";
    of_type(meaning, "application/json", &named("TokenError"))
}
