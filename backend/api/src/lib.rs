//! The JSON API for other systems, and the OpenAPI document that describes it. Whoever asks is a
//! system client with a token; whatever goes wrong is a problem document.

mod card_status;
mod openapi;
mod problem;
mod token;

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use cards_http::{FailureView, Fault, Notice};

pub use openapi::openapi;
pub use problem::{Kind, Problem};

/// The largest body that is read, in bytes: an assertion is some hundred.
const MOST_BYTES: usize = 16 * 1024;

/// Adds the routes.
pub fn routes(routes: &mut web::ServiceConfig) {
    let problems: Arc<dyn FailureView> = Arc::new(problem::Problems);
    let problems: web::Data<dyn FailureView> = web::Data::from(problems);
    routes
        .route("/api/openapi.json", web::get().to(document))
        .service(
            web::scope("/api/v1")
                .app_data(problems)
                .app_data(web::PayloadConfig::new(MOST_BYTES))
                .route("/token", web::post().to(token::post))
                .route("/card-status/{number}", web::get().to(card_status::get))
                .default_service(web::to(nowhere)),
        );
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().json(openapi())
}

async fn nowhere() -> Result<HttpResponse, Fault> {
    Err(Notice::NotFound.into())
}
