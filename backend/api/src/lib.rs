//! The JSON API for programs, and the OpenAPI document that describes it. Persons call with an
//! access token of the identity provider, as officer or as holder; other systems with a token of
//! their own, and for no identity acts. Whatever goes wrong is a problem document.
//!
//! An operation is one [`Operation`] in one of the modules of `operations/`: its route and its
//! description come from there. What things look like stands in `shapes`, JSON and schema together.

mod answer;
mod asked;
mod card_status;
mod openapi;
mod operation;
mod operations;
mod problem;
mod refusals;
mod reply;
mod schema;
mod shapes;
mod token;

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use cards_http::{FailureView, Fault, Notice};

pub use asked::{Asked, Fields};
pub use openapi::openapi;
pub use operation::{
    Body, Change, Content, Local, Operation, Parameter, Place, Run, Subject, Success, Verb, Work,
};
pub use operations::operations;
pub use problem::{Kind, Problem};
pub use reply::{Reply, Sent, Wrong};

/// Where every operation lives.
pub const BASE: &str = "/api/v1";

/// Adds the routes.
pub fn routes(routes: &mut web::ServiceConfig) {
    let problems: Arc<dyn FailureView> = Arc::new(problem::Problems);
    let problems: web::Data<dyn FailureView> = web::Data::from(problems);
    let scope = web::scope(BASE)
        .app_data(problems)
        .app_data(web::PayloadConfig::new(operation::MOST_BYTES));
    let scope = operations().fold(scope, |scope, operation| {
        scope.service(answer::resource(operation))
    });
    routes
        .route("/api/openapi.json", web::get().to(document))
        .service(scope.default_service(web::to(nowhere)));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().json(openapi())
}

async fn nowhere() -> Result<HttpResponse, Fault> {
    Err(Notice::NotFound.into())
}
