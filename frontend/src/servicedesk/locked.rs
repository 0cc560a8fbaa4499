//! The servicedesk's addresses of a locked card: it is stated, opened by the caller with the PUK,
//! and a letter is asked for and approved. A visit is not for the telephone.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use cards_app::App;
use cards_domain::ids::{CardId, PukLetterId};
use cards_http::{Fault, ServicedeskSession, SignedForm};

use crate::locked_card::letter::{self, Act};
use crate::locked_card::{NoFields, letter_form, state};

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/servicedesk/kort/{id}/last", web::get().to(locked))
        .route("/servicedesk/kort/{id}/last", web::post().to(lock))
        .route("/servicedesk/kort/{id}/upplast", web::post().to(opened))
        .route("/servicedesk/kort/{id}/puk-brev", web::get().to(form))
        .route("/servicedesk/kort/{id}/puk-brev", web::post().to(ask_for))
        .route("/servicedesk/puk-brev/{id}", web::get().to(show))
        .route(
            "/servicedesk/puk-brev/{id}/godkann",
            web::post().to(approve),
        )
        .route("/servicedesk/puk-brev/{id}/avsla", web::post().to(reject))
        .route("/servicedesk/puk-brev/{id}/avbryt", web::post().to(cancel));
}

async fn locked(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    state::show(&request, &session, &app, *id).await
}

async fn lock(
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    state::lock(&session, &app, *id, form.fingerprint).await
}

async fn opened(
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    state::opened(&session, &app, *id, form.fingerprint).await
}

async fn form(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    letter_form::show(&request, &session, &app, *id).await
}

async fn ask_for(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<letter_form::Answers>,
) -> Result<HttpResponse, Fault> {
    letter_form::send(&request, &session, &app, *id, form).await
}

async fn show(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
) -> Result<HttpResponse, Fault> {
    letter::show(&request, &session, &app, *id).await
}

async fn approve(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<letter::Answers>,
) -> Result<HttpResponse, Fault> {
    letter::send(&request, &session, &app, *id, (Act::Approve, form)).await
}

async fn reject(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<letter::Answers>,
) -> Result<HttpResponse, Fault> {
    letter::send(&request, &session, &app, *id, (Act::Reject, form)).await
}

async fn cancel(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<letter::Answers>,
) -> Result<HttpResponse, Fault> {
    letter::send(&request, &session, &app, *id, (Act::Cancel, form)).await
}
