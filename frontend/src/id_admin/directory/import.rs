//! One import with its report, as it is kept: without names of persons.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::import::{AskedSheet, Decision, ImportSheet};
use cards_app::{App, Link as Db};
use cards_http::{Fault, IdAdminSession};
use uuid::Uuid;

use super::{ADDRESS, kind, preview, tables};
use crate::components::{Empty, Facts, Link, Message, Table};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/directory_import.html")]
pub(in crate::id_admin) struct ImportView {
    frame: Frame,
    t: Text,
    lead: String,
    stops: Vec<Message>,
    accepted: Facts,
    more: Facts,
    rejected: Option<Table>,
    none_rejected: Empty,
    waiting: Option<Table>,
    asked: Vec<Link>,
    back: Link,
}

/// `GET /id-admin/katalog/inlasning/{id}`.
pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let read = move |app: &App, link: &mut Db| app.import_sheet(link, &call, id);
    let ((sheet, asked), moment) = ask(&app, read).await?;
    let setting = Setting::new(&session, &request, moment);
    ok(&view(&setting, &sheet, &asked))
}

/// What the file asked, each with where it stands.
fn asked(t: Text, asked: &[AskedSheet]) -> Vec<Link> {
    let said = |one: &AskedSheet| {
        let stands = match one.decision {
            None => t.dir_asked_waits(),
            Some(Decision::Approved) => t.dir_asked_yes(),
            Some(Decision::Dismissed) => t.dir_asked_no(),
        };
        let label = format!("{}: {stands}", kind(t, one.kind));
        Link::new(label, format!("{ADDRESS}/fraga/{}", one.id))
    };
    asked.iter().map(said).collect()
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    sheet: &ImportSheet,
    questions: &[AskedSheet],
) -> ImportView {
    let t = s.t;
    let (run, report) = (&sheet.run, &sheet.report);
    let kind = if run.delta {
        t.dir_kind_delta()
    } else {
        t.dir_kind_full()
    };
    ImportView {
        frame: s.frame(t.dir_import_title(&run.file_name)),
        t,
        lead: t.dir_import_lead(t.day_and_clock(run.at), tables::by(t, sheet), kind),
        stops: preview::stops(t, &report.safety_stop),
        accepted: tables::accepted(t, report),
        more: tables::done(t, report, true),
        rejected: tables::rejected(t, report),
        none_rejected: Empty::new(t.dir_rejected_none(), t.dir_rejected_none_means()),
        waiting: tables::waiting(t, report),
        asked: asked(t, questions),
        back: Link::new(t.dir_back(), ADDRESS),
    }
}
