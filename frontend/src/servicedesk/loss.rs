//! A caller who has lost a card, at the servicedesk: the card is revoked at once for whoever has been
//! called back on the directory's number; any other report waits.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use cards_app::App;
use cards_domain::ids::{CardId, RevocationId};
use cards_domain::revocation::RevocationAction;
use cards_http::signed_form::NoFields;
use cards_http::{Fault, ServicedeskSession, SignedForm};

use crate::loss::record::Recorded;
use crate::loss::{Asked, case, confirm, judge, question};

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/servicedesk/kort/{id}/sparra", web::get().to(show))
        .route("/servicedesk/kort/{id}/sparra/bekrafta", web::get().to(ask))
        .route(
            "/servicedesk/kort/{id}/sparra/bekrafta",
            web::post().to(send),
        )
        .route("/servicedesk/sparr/{id}", web::get().to(show_case))
        .route("/servicedesk/sparr/{id}/steg", web::post().to(record))
        .route("/servicedesk/sparr/{id}/verkstall", web::post().to(execute))
        .route("/servicedesk/sparr/{id}/aterta", web::post().to(withdraw));
}

async fn show(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    question::show(&request, &session, &app, *id, &asked).await
}

async fn ask(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    confirm::show(&request, &session, &app, *id, &asked).await
}

async fn send(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    confirm::send(&request, &session, &app, *id, form).await
}

async fn show_case(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    case::show(&request, &session, &app, *id, &asked.id).await
}

async fn record(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<Recorded>,
) -> Result<HttpResponse, Fault> {
    case::send(&request, &session, &app, *id, form).await
}

async fn execute(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<judge::Digits>,
) -> Result<HttpResponse, Fault> {
    judge::execute(&request, &session, &app, *id, form).await
}

async fn withdraw(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let asked = (RevocationAction::Withdraw, form.fingerprint);
    judge::judge(&request, &session, &app, *id, asked).await
}
