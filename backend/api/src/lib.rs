//! The JSON API. Its operations come with a later delivery; the document that describes it and the
//! page for people are there, so that what exists can be found.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

/// Adds the routes.
pub fn routes(routes: &mut web::ServiceConfig) {
    routes.route("/api/openapi.json", web::get().to(document));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().json(openapi())
}

/// The OpenAPI 3.1 document.
#[must_use]
pub fn openapi() -> Value {
    let text = |description: &str| {
        json!({
            "description": description,
            "content": { "text/plain": { "schema": { "type": "string" } } },
        })
    };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kortkontor",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Administration of electronic service ID cards.",
        },
        "paths": {
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
    })
}
