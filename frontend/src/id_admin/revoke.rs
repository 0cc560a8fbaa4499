//! Revoking a card in the officers' portal: why and who says so, then the last four digits.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use cards_app::App;
use cards_domain::ids::CardId;
use cards_http::{Fault, IdAdminSession, SignedForm};

use crate::loss::{Asked, confirm, question};

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin/kort/{id}/sparra", web::get().to(show))
        .route("/id-admin/kort/{id}/sparra/bekrafta", web::get().to(ask))
        .route("/id-admin/kort/{id}/sparra/bekrafta", web::post().to(send));
}

async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    question::show(&request, &session, &app, *id, &asked).await
}

async fn ask(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    confirm::show(&request, &session, &app, *id, &asked).await
}

async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    confirm::send(&request, &session, &app, *id, form).await
}
