//! What the import of a file would do, and the import itself.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::import::{ImportReport, PreviewSheet, SafetyStop, StopReason};
use cards_app::{App, Lane};
use cards_http::signed_form::NoFields;
use cards_http::{Fault, IdAdminSession, SignedForm};
use uuid::Uuid;

use super::{ADDRESS, tables};
use crate::components::{Button, Empty, Facts, Hidden, Link, Message, Table};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/directory_preview.html")]
pub(in crate::id_admin) struct PreviewView {
    frame: Frame,
    t: Text,
    lead: String,
    done: Option<Message>,
    stops: Vec<Message>,
    accepted: Facts,
    more: Facts,
    changing: Option<Table>,
    leaving: Option<Table>,
    leaving_means: String,
    rejected: Option<Table>,
    none_rejected: Empty,
    waiting: Option<Table>,
    hidden: Hidden,
    action: String,
    run: Button,
    back: Link,
}

/// `GET /id-admin/katalog/fil/{id}`.
pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (sheet, moment) = ask(&app, move |app, link| app.preview_sheet(link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    ok(&view(&setting, &sheet))
}

/// `POST /id-admin/katalog/fil/{id}`: takes the file in.
pub(in crate::id_admin) async fn run(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let import = app
        .run(Lane::Long, move |app, link| {
            app.import_upload(link, &call, id)
        })
        .await?;
    Ok(see_other(format!("{ADDRESS}/inlasning/{import}")))
}

pub(in crate::id_admin) fn view(s: &Setting, sheet: &PreviewSheet) -> PreviewView {
    let t = s.t;
    let report = &sheet.report;
    let lead = if sheet.delta {
        t.dir_preview_delta()
    } else {
        t.dir_preview_full()
    };
    PreviewView {
        frame: s.frame(t.dir_preview_title(&sheet.file_name)),
        t,
        lead,
        done: sheet.import.map(|import| {
            let address = format!("{ADDRESS}/inlasning/{import}");
            Message::info(t.dir_done_already(), t.dir_done_text())
                .link(Link::new(t.dir_to_import(), address))
        }),
        stops: stops(t, &report.safety_stop),
        accepted: tables::accepted(t, report),
        more: tables::done(t, report, false),
        changing: tables::changing(t, sheet),
        leaving_means: leaving_means(t, report),
        leaving: tables::leaving(
            t,
            t.dir_leaving_first(),
            (&sheet.leaving, sheet.leaving_hidden),
        ),
        rejected: tables::rejected(t, report),
        none_rejected: Empty::new(t.dir_rejected_none(), t.dir_rejected_none_means()),
        waiting: tables::waiting(t, report),
        hidden: s.hidden.clone(),
        action: format!("{ADDRESS}/fil/{}", sheet.id),
        run: Button::submit(t.dir_run()).large(),
        back: Link::new(t.dir_not_now(), ADDRESS),
    }
}

/// Why nobody is ended at once.
pub(super) fn why_stopped(t: Text, why: StopReason) -> String {
    match why {
        StopReason::TooMany => t.dir_stop_too_many(),
        StopReason::UnreadableEntry => t.dir_stop_unreadable_entry(),
        StopReason::EndLost => t.dir_stop_end_lost(),
    }
}

/// What happens to those who are not in the file.
fn leaving_means(t: Text, report: &ImportReport) -> String {
    match (report.safety_stop.is_empty(), report.ended) {
        (true, _) => t.dir_leaving_means(),
        (false, 0) => t.dir_leaving_held(),
        (false, _) => t.dir_leaving_some_held(),
    }
}

pub(super) fn stops(t: Text, stops: &[SafetyStop]) -> Vec<Message> {
    let tell = |stop: &SafetyStop| {
        Message::warning(
            t.dir_stop_would(&stop.organisation),
            format!(
                "{} {}",
                why_stopped(t, stop.why),
                t.dir_stop_would_text(stop.would_end, stop.of)
            ),
        )
    };
    stops.iter().map(tell).collect()
}
