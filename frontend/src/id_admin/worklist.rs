//! One list of what waits, the nearest first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{Waiting, WaitingAfter, WorklistKind};
use cards_http::{Fault, IdAdminSession, Notice};

use strum::IntoEnumIterator;

use super::start::{due_text, meaning, slug, title};
use crate::components::{Breadcrumbs, CardDrawing, Cell, Column, Empty, Link, Table};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/worklist.html")]
pub(super) struct WorklistView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    title: String,
    meaning: String,
    table: Option<Table>,
    first: Option<Link>,
    next: Option<Link>,
    empty: Option<Empty>,
}

/// As many as one looks through at a time, and one more to know whether there are more.
const ROWS: usize = 50;
const LIMIT: i64 = 51;

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    /// The last thing of the page before.
    efter: Option<String>,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    list: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let kind = kind(&list).ok_or(Notice::NoSuchPage)?;
    let call = session.call(None);
    let after = match asked.into_inner().efter {
        Some(text) => Some(text.parse().map_err(|_| Notice::NoSuchPage)?),
        None => None,
    };
    let (waiting, moment) = ask(&app, move |app, link| {
        app.worklist_page(link, &call, kind, (after, LIMIT))
    })
    .await?;
    let page = Page {
        is_first: after.is_none(),
        waiting,
    };
    ok(&view(
        &Setting::new(&session, &request, moment),
        kind,
        &page,
    ))
}

/// Those to show, and one more if there are more.
pub(super) struct Page {
    pub(super) is_first: bool,
    pub(super) waiting: Vec<Waiting>,
}

fn kind(name: &str) -> Option<WorklistKind> {
    WorklistKind::iter().find(|kind| slug(*kind) == name)
}

pub(super) fn view(s: &Setting, kind: WorklistKind, page: &Page) -> WorklistView {
    let t = s.t;
    let waiting = page.waiting.get(..ROWS).unwrap_or(&page.waiting);
    let more = waiting
        .last()
        .filter(|_| waiting.len() < page.waiting.len());
    let title = title(t, kind);
    let start = vec![Link::new(t.nav_start(), "/id-admin")];
    WorklistView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, start, &title),
        meaning: meaning(t, kind),
        table: (!waiting.is_empty()).then(|| table(s, kind, &title, waiting)),
        first: (!page.is_first).then(|| {
            Link::new(
                t.waiting_first(),
                format!("/id-admin/att-gora/{}", slug(kind)),
            )
        }),
        next: more.map(|last| {
            let after = WaitingAfter::from_last(last);
            let here = format!("/id-admin/att-gora/{}?efter={after}", slug(kind));
            Link::new(t.waiting_next(ROWS), here)
        }),
        empty: waiting.is_empty().then(|| empty(t, kind)),
        title,
    }
}

fn table(s: &Setting, kind: WorklistKind, title: &str, waiting: &[Waiting]) -> Table {
    let t = s.t;
    let columns = [t.name(), t.number(), t.office(), t.due()];
    let rows = waiting.iter().map(|one| {
        let name = one.name.clone().unwrap_or_else(|| t.protected_data());
        vec![
            Cell::Link(Link::new(name, address(kind, one))),
            Cell::Code(one.number.clone().unwrap_or_default()),
            Cell::Text(one.office.clone()),
            Cell::Text(due_text(s, kind, one, kind != WorklistKind::Unsigned)),
        ]
    });
    let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    let caption = format!("{title}, {}", t.cases(count));
    Table::new(
        caption,
        columns.into_iter().map(Column::text).collect(),
        rows.collect(),
    )
}

/// The page on which the work is done.
fn address(kind: WorklistKind, one: &Waiting) -> String {
    match kind {
        WorklistKind::Callback | WorklistKind::OpenSteps => {
            format!("/id-admin/sparr/{}", one.thing)
        }
        WorklistKind::Unsigned => format!("/id-admin/kort/{}/kvittens", one.thing),
        WorklistKind::PukRequests => format!("/id-admin/puk-brev/{}", one.thing),
        WorklistKind::AtOffice | WorklistKind::ToActivate => {
            format!("/id-admin/person/{}", one.person)
        }
        WorklistKind::ToCut => format!("/id-admin/kort/{}/makulera", one.thing),
        WorklistKind::ProductionFailed
        | WorklistKind::AwaitingPhoto
        | WorklistKind::AwaitingPrerequisites
        | WorklistKind::NotArrived => format!("/id-admin/bestallning/{}", one.thing),
    }
}

fn empty(t: Text, kind: WorklistKind) -> Empty {
    let empty = match kind {
        WorklistKind::Unsigned => Empty::new(t.all_signed(), t.all_signed_means()),
        WorklistKind::ToActivate => Empty::new(t.all_activated(), t.all_activated_means()),
        WorklistKind::Callback
        | WorklistKind::OpenSteps
        | WorklistKind::PukRequests
        | WorklistKind::AtOffice
        | WorklistKind::ProductionFailed
        | WorklistKind::AwaitingPhoto
        | WorklistKind::AwaitingPrerequisites
        | WorklistKind::ToCut
        | WorklistKind::NotArrived => Empty::new(t.list_is_empty(), t.list_is_empty_means()),
    };
    empty
        .drawn(CardDrawing::Whole)
        .link(Link::new(t.to_the_start(), "/id-admin"))
}
