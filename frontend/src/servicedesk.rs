//! The servicedesk's pages, `/servicedesk`: who is calling, where the card is, and for every act
//! who can do it and why.

mod person;
mod start;

#[cfg(test)]
mod tests;

use actix_web::web::{self, ServiceConfig};
use cards_http::ServicedeskSession;

use crate::id_admin::search;

/// Adds the servicedesk's pages. The routes of the log-in stand before them.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/servicedesk", web::get().to(start::show))
        .route(
            "/servicedesk/sok",
            web::get().to(search::back_to_servicedesk),
        )
        .route(
            "/servicedesk/sok",
            web::post().to(search::find_for_servicedesk),
        )
        .route("/servicedesk/person/{id}", web::get().to(person::show));
    crate::desk::routes::<ServicedeskSession>(config);
}
