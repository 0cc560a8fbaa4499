//! The second person's confirmation: the persons whom a feed no longer held are ended.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::import::EndingSheet;
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::{ADDRESS, tables};
use crate::components::{Button, ErrorSummary, Field, Hidden, Icon, Link, Message, Table};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;

const REASON: &str = "skal";
const LONGEST: u16 = 500;

#[derive(Debug, Deserialize)]
pub(in crate::id_admin) struct Given {
    skal: Option<String>,
}

impl Given {
    fn reason(&self) -> Option<String> {
        let typed = self.skal.as_deref().unwrap_or_default().trim();
        let reason: String = typed.chars().take(usize::from(LONGEST)).collect();
        (!reason.is_empty()).then_some(reason)
    }
}

#[derive(Template)]
#[template(path = "id_admin/directory_release.html")]
pub(in crate::id_admin) struct ReleaseView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    means: String,
    consequences: Vec<(Icon, String)>,
    own: Option<Message>,
    first: Option<Table>,
    hidden: Hidden,
    action: String,
    reason: Field,
    release: Button,
    back: Link,
}

/// `GET /id-admin/katalog/stopp/{id}`.
pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (sheet, moment) = ask(&app, move |app, link| {
        app.ending_to_release(link, &call, id)
    })
    .await?;
    let setting = Setting::new(&session, &request, moment);
    ok(&view(&setting, &sheet, None))
}

/// `POST /id-admin/katalog/stopp/{id}`.
pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
    form: SignedForm<Given>,
) -> Result<HttpResponse, Fault> {
    let (look, call, id) = (
        session.call(None),
        session.call(Some(form.fingerprint)),
        *id,
    );
    let reason = form.fields.reason();
    let (sheet, moment) = ask(&app, move |app, link| match &reason {
        Some(reason) => app.release_ending(link, &call, id, reason).map(|()| None),
        None => app.ending_to_release(link, &look, id).map(Some),
    })
    .await?;
    let Some(sheet) = sheet else {
        return Ok(see_other(ADDRESS));
    };
    let setting = Setting::new(&session, &request, moment);
    let error = Some(setting.t.dir_release_reason_missing());
    show_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(&setting, &sheet, error),
    )
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    sheet: &EndingSheet,
    error: Option<String>,
) -> ReleaseView {
    let t = s.t;
    let stop = &sheet.stop;
    ReleaseView {
        frame: s.frame(t.dir_release_title(stop.would_end, &sheet.organisation)),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (REASON, text))),
        means: t.dir_stop_of_live(stop.would_end, stop.live),
        consequences: vec![
            (Icon::Person, t.dir_release_means(t.day(stop.last_day))),
            (Icon::Card, t.dir_release_cards()),
        ],
        own: sheet
            .is_own
            .then(|| Message::warning(t.dir_stops(), t.dir_stop_own())),
        first: tables::leaving(t, t.dir_leaving_first(), (&sheet.first, sheet.first_hidden)),
        hidden: s.hidden.clone(),
        action: format!("{ADDRESS}/stopp/{}", stop.id),
        reason: Field::lines(t, REASON, t.dir_release_reason(), 3)
            .hint(t.dir_release_reason_hint())
            .max_length(LONGEST)
            .error(error),
        release: Button::submit(t.dir_release_yes()).large().irreversible(),
        back: Link::new(t.dir_release_no(), ADDRESS),
    }
}
