//! What relying parties fetch without a session: whether a certificate is good (RFC 6960), lists of
//! revoked ones, and the authorities' own certificates. Nothing here tells who anybody is. All of it
//! has a lane of its own: however many ask, the portals go on answering.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use cards_app::ports::StatusQuestion;
use cards_app::{App, Failure, Lane};

use crate::body::{LONGEST_WAIT, read_body};
use crate::site::Site;

/// Where everything here begins; it stands in certificates, so it never changes.
pub const PKI_PATH: &str = "/pki";

/// Where questions about certificates go.
pub(crate) const OCSP_PATH: &str = "/pki/ocsp/";

/// The longest question, in bytes: some twenty serials and a nonce fit.
const LONGEST_QUESTION: usize = 4 * 1024;

const STATUS: &str = "application/ocsp-response";
const QUESTION: &str = "application/ocsp-request";
const LIST: &str = "application/pkix-crl";
const CERTIFICATE: &str = "application/pkix-cert";

/// A revocation must be known within five seconds: no answer is kept on the way.
const NOT_KEPT: &str = "no-cache, no-store";
/// A list must be known within a minute of the revocation.
const KEPT_SHORTLY: &str = "public, max-age=10";
/// An authority's certificate never changes.
const KEPT: &str = "public, max-age=86400";

/// The routes.
pub fn routes(routes: &mut web::ServiceConfig) {
    routes
        .route(
            "/pki/ocsp/{authority}/{question:.+}",
            web::get().to(asked_in_path),
        )
        .route("/pki/ocsp/{authority}", web::post().to(asked_in_body))
        .route("/pki/crl/{authority}/{shard}.crl", web::get().to(list))
        .route("/pki/aia/{authority}.cer", web::get().to(certificate));
}

async fn asked_in_body(
    app: web::Data<App>,
    site: web::Data<Site>,
    path: web::Path<String>,
    request: actix_web::HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let kind = request.headers().get(CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != QUESTION) {
        return HttpResponse::UnsupportedMediaType().body("application/ocsp-request is needed\n");
    }
    if site.limits.status(&request).is_err() {
        return later(&app);
    }
    let Ok(body) = read_body(payload, LONGEST_QUESTION, LONGEST_WAIT).await else {
        return HttpResponse::PayloadTooLarge().body("at most 4096 bytes\n");
    };
    let answer = app.certificate_status(&path, StatusQuestion::Body(&body));
    told(&app, answer.await)
}

async fn asked_in_path(
    app: web::Data<App>,
    site: web::Data<Site>,
    path: web::Path<(String, String)>,
    request: actix_web::HttpRequest,
) -> HttpResponse {
    if site.limits.status(&request).is_err() {
        return later(&app);
    }
    let (authority, question) = &*path;
    let answer = app.certificate_status(authority, StatusQuestion::Path(question));
    told(&app, answer.await)
}

fn told(app: &App, answer: Result<Vec<u8>, Failure>) -> HttpResponse {
    match answer {
        Ok(answer) => said(answer),
        Err(Failure::NotFound) => no_such_thing(),
        // Measured, not told of in the log one by one: whoever asks too much would fill it.
        Err(Failure::Busy) => later(app),
        Err(failure) => {
            tracing::error!(%failure, "a question about a certificate");
            later(app)
        }
    }
}

/// That the question is to be asked again; it is no answer about the certificate (RFC 6960, 2.3).
fn later(app: &App) -> HttpResponse {
    let Some(authority) = &app.ports.authority else {
        return no_such_thing();
    };
    app.counts.told_later();
    said(authority.try_later())
}

fn said(body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, STATUS))
        .insert_header((CACHE_CONTROL, NOT_KEPT))
        .body(body)
}

async fn list(app: web::Data<App>, path: web::Path<(String, String)>) -> HttpResponse {
    let (authority, shard) = path.into_inner();
    let Ok(shard) = shard.parse::<u16>() else {
        return no_such_thing();
    };
    let list = app.run(Lane::Status, move |app, link| {
        app.list(link, &authority, shard.into())
    });
    match list.await {
        Ok(list) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, LIST))
            .insert_header((CACHE_CONTROL, KEPT_SHORTLY))
            .body(list),
        Err(failure) => not_given(&failure),
    }
}

async fn certificate(app: web::Data<App>, path: web::Path<String>) -> HttpResponse {
    let name = path.into_inner();
    let certificate = app.run(Lane::Status, move |app, link| {
        app.authority_certificate(link, &name)
    });
    match certificate.await {
        Ok(certificate) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, CERTIFICATE))
            .insert_header((CACHE_CONTROL, KEPT))
            .body(certificate),
        Err(failure) => not_given(&failure),
    }
}

fn not_given(failure: &Failure) -> HttpResponse {
    if matches!(failure, Failure::NotFound) {
        return no_such_thing();
    }
    if !matches!(failure, Failure::Busy) {
        tracing::error!(%failure, "a public file of the certificate authority");
    }
    HttpResponse::ServiceUnavailable()
        .insert_header(("retry-after", "5"))
        .body("try again\n")
}

fn no_such_thing() -> HttpResponse {
    HttpResponse::NotFound().body("there is no such thing\n")
}
