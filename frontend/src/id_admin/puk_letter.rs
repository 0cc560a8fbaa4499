//! The officers' addresses of the letters with a PUK.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use cards_app::App;
use cards_domain::ids::{CardId, PukLetterId};
use cards_http::{Fault, IdAdminSession, SignedForm};

use crate::locked_card::letter::{self, Act};
use crate::locked_card::letter_form;

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin/kort/{id}/puk-brev", web::get().to(form))
        .route("/id-admin/kort/{id}/puk-brev", web::post().to(ask_for))
        .route("/id-admin/puk-brev/{id}", web::get().to(show))
        .route("/id-admin/puk-brev/{id}/godkann", web::post().to(approve))
        .route("/id-admin/puk-brev/{id}/avsla", web::post().to(reject))
        .route("/id-admin/puk-brev/{id}/avbryt", web::post().to(cancel));
}

async fn form(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    letter_form::show(&request, &session, &app, *id).await
}

async fn ask_for(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<letter_form::Answers>,
) -> Result<HttpResponse, Fault> {
    letter_form::send(&request, &session, &app, *id, form).await
}

async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
) -> Result<HttpResponse, Fault> {
    letter::show(&request, &session, &app, *id).await
}

async fn approve(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<letter::Answers>,
) -> Result<HttpResponse, Fault> {
    letter::send(&request, &session, &app, *id, (Act::Approve, form)).await
}

async fn reject(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<letter::Answers>,
) -> Result<HttpResponse, Fault> {
    letter::send(&request, &session, &app, *id, (Act::Reject, form)).await
}

async fn cancel(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<letter::Answers>,
) -> Result<HttpResponse, Fault> {
    letter::send(&request, &session, &app, *id, (Act::Cancel, form)).await
}
