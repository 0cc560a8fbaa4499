//! The second person's confirmation: the persons whom a feed no longer held are ended.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::import::EndingSheet;
use cards_app::{App, Failure};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::{ADDRESS, preview, tables};
use crate::components::{Button, ErrorSummary, Field, Hidden, Icon, Link, Message, Table};
use crate::id_admin::released::ReleasedView;
use crate::layout::Frame;
use crate::pages::{Reason, Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;

const REASON: &str = "skal";

#[derive(Debug, Deserialize)]
pub(in crate::id_admin) struct Given {
    skal: Option<String>,
}

impl Given {
    fn reason(&self) -> Reason {
        Reason::of(self.skal.as_deref())
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
    match over_view(&setting, &sheet) {
        Some(over) => ok(&over),
        None => ok(&view(&setting, &sheet, None)),
    }
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
    let given = reason.given().map(str::to_owned);
    let is_given = given.is_some();
    let (sheet, moment) = ask(&app, move |app, link| match &given {
        Some(reason) => match app.release_ending(link, &call, id, reason) {
            // Somebody else has released it meanwhile: the page says who.
            Err(Failure::Conflict) => app.ending_to_release(link, &look, id).map(Some),
            done => done.map(|()| None),
        },
        None => app.ending_to_release(link, &look, id).map(Some),
    })
    .await?;
    let Some(sheet) = sheet else {
        return Ok(see_other(ADDRESS));
    };
    let setting = Setting::new(&session, &request, moment);
    if let Some(over) = over_view(&setting, &sheet) {
        return show_with(StatusCode::CONFLICT, &over);
    }
    if is_given {
        return Err(Notice::Conflict.into());
    }
    let t = setting.t;
    let wrong = Some(reason.wrong(t, t.dir_release_reason_missing()));
    show_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(&setting, &sheet, wrong),
    )
}

/// A stop that waits for nobody any more: it has been released, or a newer file came.
pub(in crate::id_admin) fn over_view(s: &Setting, sheet: &EndingSheet) -> Option<ReleasedView> {
    let t = s.t;
    let stop = &sheet.stop;
    let message = match (stop.released_at, stop.replaced_at) {
        (Some(at), _) => {
            let who = sheet.released_by.clone();
            let who = who.unwrap_or_else(|| t.night_somebody());
            let said = t.dir_stop_released(t.day_and_clock(at), who);
            let message = Message::info(t.night_released(), said);
            let reason = stop.reason.as_ref();
            reason
                .map(|reason| t.night_stop_reason(reason))
                .into_iter()
                .fold(message, Message::and)
        }
        (None, Some(at)) => Message::info(
            t.dir_stop_replaced(),
            t.dir_stop_replaced_at(t.day_and_clock(at)),
        ),
        (None, None) => return None,
    };
    let title = t.dir_stop_of(&sheet.organisation, stop.would_end);
    let back = Link::new(t.dir_back(), ADDRESS);
    Some(ReleasedView::new(s, title, message, back))
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    sheet: &EndingSheet,
    wrong: Option<(&str, String)>,
) -> ReleaseView {
    let (typed, error) = wrong.unzip();
    let t = s.t;
    let stop = &sheet.stop;
    ReleaseView {
        frame: s.frame(t.dir_release_title(stop.would_end, &sheet.organisation)),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (REASON, text))),
        means: format!(
            "{} {}",
            preview::why_stopped(t, stop.reason_to_stop()),
            t.dir_stop_of_live(stop.would_end, stop.live)
        ),
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
            .value(typed.unwrap_or_default())
            .error(error),
        release: Button::submit(t.dir_release_yes()).large().irreversible(),
        back: Link::new(t.dir_release_no(), ADDRESS),
    }
}
