//! The JSON API for programs, and the OpenAPI document that describes it. Persons call with an
//! access token of the identity provider, as officer or as holder; other systems with a token of
//! their own, and for no identity acts. Whatever goes wrong is a problem document.
//!
//! An operation is one [`Operation`] in one of the modules of `operations/`: its route and its
//! description come from there. What things look like stands in `shapes`, JSON and schema together.

mod answer;
mod asked;
mod card_status;
mod fields;
mod json;
mod kind;
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

use actix_web::{HttpRequest, HttpResponse, web};
use cards_http::FailureView;

pub use asked::Asked;
pub use fields::Fields;
pub use kind::Kind;
pub use openapi::openapi;
pub use operation::{
    Body, Change, Content, Local, Operation, Parameter, Place, Run, Subject, Success, Uploads,
    Verb, Work,
};
pub use operations::operations;
pub use problem::Problem;
pub use reply::{Reply, Sent, Wrong};

/// Where every operation lives.
pub const BASE: &str = "/api/v1";
/// Below this nothing is a page but the description for people at its very beginning.
const ROOT: &str = "/api";

/// Adds the routes.
pub fn routes(routes: &mut web::ServiceConfig) {
    let problems: Arc<dyn FailureView> = Arc::new(problem::Problems);
    let problems: web::Data<dyn FailureView> = web::Data::from(problems);
    let version = BASE.strip_prefix(ROOT).unwrap_or(BASE);
    let scope = operations().fold(web::scope(version), |scope, operation| {
        scope.service(answer::resource(operation))
    });
    routes.route("/api/openapi.json", web::get().to(document));
    routes.service(
        web::scope(ROOT)
            .app_data(problems)
            .service(scope.default_service(web::to(nowhere)))
            .default_service(web::to(nowhere)),
    );
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().json(openapi())
}

async fn nowhere(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(answer::nowhere(&request))
}
