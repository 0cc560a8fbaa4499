//! What the portals and the API share: who is logged in, forms that cannot be forged, signatures,
//! and the one table from failures to answers.
//!
//! The application needs, in this order: `web::Data<Site>`, `web::Data<App>`, a
//! `web::Data<dyn FailureView>` (each scope may bring its own), the routes of [`sign_in`] before
//! any scope that begins with the same path, and around everything [`wrap_around`].
#![deny(clippy::wildcard_enum_match_arm)]

pub mod actor;
pub mod api_person;
pub mod api_token;
mod arrivals;
mod body;
pub mod card_client;
pub mod card_log_in;
mod cookies;
pub mod correlation;
pub mod demo;
mod failure;
mod headers;
mod language;
pub mod metrics;
mod nowhere;
pub mod pki;
mod portal;
mod rate_limit;
mod return_to;
pub mod sign_in;
pub mod signed_form;
pub mod signing;
mod site;
mod tick;
mod upload;

pub use actor::{EndedSession, HolderSession, IdAdminSession, ServicedeskSession, Session};
pub use body::{BodyFault, LONGEST_WAIT, discard_body, read_body};
pub use correlation::Correlation;
pub use failure::{FailureView, Fault, Notice, Place, Rendered, Unsigned};
pub use headers::CAMERA_ALLOWED;
pub use language::Language;
pub use nowhere::{nowhere, unreadable};
pub use portal::PortalName;
pub use rate_limit::{LimitSettings, Limits};
pub use return_to::ReturnTo;
pub use signed_form::{FormFields, SignedForm};
pub use site::{Site, SiteSettings};
pub use tick::{TICKED, Tick};
pub use upload::{
    MOST_FILE_BYTES, SignedUpload, StreamedBody, StreamedFile, StreamedUpload, UploadFault,
};

/// Wraps an actix application in what every request passes: counting outermost, then correlation
/// code and log line, then security headers, then pages for failures, then the remembered language, then
/// that a head is answered like a reading. [`nowhere()`] must be the default service.
#[macro_export]
macro_rules! wrap_around {
    ($app:expr) => {
        $app.wrap(::actix_web::middleware::from_fn($crate::answer_heads))
            .wrap(::actix_web::middleware::from_fn($crate::remember_language))
            .wrap(::actix_web::middleware::from_fn($crate::render_failures))
            .wrap(::actix_web::middleware::from_fn($crate::add_headers))
            .wrap(::actix_web::middleware::from_fn($crate::correlate))
            .wrap(::actix_web::middleware::from_fn($crate::count_requests))
    };
}

#[doc(hidden)]
pub use {
    correlation::correlate, failure::render_failures, headers::add_headers,
    language::remember_language, metrics::count_requests, nowhere::answer_heads,
};
