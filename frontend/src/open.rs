//! Pages for whoever is not logged in: the start with its three portals, the way to log in, the
//! advice for a locked card, the test of a card, the certificate chain, and the page that describes the
//! API.

pub mod api;
pub mod card_test;
pub mod chain;
pub mod locked;
pub mod log_in;
mod opening;
mod servicedesk;
pub mod start;
#[cfg(test)]
mod tests;

use actix_web::{HttpRequest, web};
use cards_http::{Correlation, Language};

use crate::layout::{Frame, Portal};
use crate::pages;

pub use api::ApiDocument;
pub use log_in::entrance;
pub use servicedesk::ServicedeskPhone;
pub(crate) use servicedesk::{Configured, Servicedesk};

/// Adds the start page and, for an application that has an [`ApiDocument`], the page of the API.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(start::get))
        .route("/api", web::get().to(api::get))
        .route("/testa-kortet", web::get().to(card_test::get))
        .route("/certifikatkedja", web::get().to(chain::get))
        .route(locked::ADDRESS, web::get().to(locked::get));
}

/// The frame of a page without a session; the page sets its title.
pub(crate) fn frame(request: &HttpRequest, portal: Portal) -> Frame {
    let t = pages::text(Language::of(request));
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |address| address.as_str());
    Frame::new(t, portal, "", address, Correlation::of(request).0)
}
