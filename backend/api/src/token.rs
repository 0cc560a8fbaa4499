//! `POST /api/v1/token`.

use actix_web::http::header::{CACHE_CONTROL, PRAGMA};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use cards_http::api_token::{Granted, TokenRefusal, grant};
use serde_json::json;

use crate::problem::{Kind, Problem};

/// Gives a token, or says no in the words of RFC 6749.
///
/// # Errors
/// What has nothing to do with what was sent: too often, or out of order.
pub async fn post(
    request: HttpRequest,
    body: Result<web::Bytes, Error>,
) -> Result<HttpResponse, Problem> {
    let body = body.map_err(|_| Problem::new(Kind::BadRequest, &request))?;
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
