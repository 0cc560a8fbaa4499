//! A case of revocation in the officers' portal.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use cards_app::App;
use cards_domain::ids::RevocationId;
use cards_domain::revocation::RevocationAction;
use cards_http::signed_form::NoFields;
use cards_http::{Fault, IdAdminSession, SignedForm};

use crate::loss::record::Recorded;
use crate::loss::{Asked, case, judge};

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin/sparr/{id}", web::get().to(show))
        .route("/id-admin/sparr/{id}/steg", web::post().to(record))
        .route("/id-admin/sparr/{id}/verkstall", web::post().to(execute))
        .route("/id-admin/sparr/{id}/aterta", web::post().to(withdraw));
}

async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    case::show(&request, &session, &app, *id, &asked.id).await
}

async fn record(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<Recorded>,
) -> Result<HttpResponse, Fault> {
    case::send(&request, &session, &app, *id, form).await
}

async fn execute(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<judge::Digits>,
) -> Result<HttpResponse, Fault> {
    judge::execute(&request, &session, &app, *id, form).await
}

async fn withdraw(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let asked = (RevocationAction::Withdraw, form.fingerprint);
    judge::judge(&request, &session, &app, *id, asked).await
}
