//! One list of what waits, the nearest first.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{Waiting, WorklistKind};
use cards_http::{Fault, IdAdminSession, Notice};

use super::start::{meaning, title};
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
    empty: Option<Empty>,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    list: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let kind = kind(&list).ok_or(Notice::NotFound)?;
    let call = session.call(None);
    let (waiting, moment) = ask(&app, move |app, link| app.worklist(link, &call, kind)).await?;
    ok(&view(
        &Setting::new(&session, &request, moment),
        kind,
        &waiting,
    ))
}

fn kind(name: &str) -> Option<WorklistKind> {
    match name {
        "ej-kvitterade" => Some(WorklistKind::Unsigned),
        "att-aktivera" => Some(WorklistKind::ToActivate),
        _ => None,
    }
}

pub(super) fn view(s: &Setting, kind: WorklistKind, waiting: &[Waiting]) -> WorklistView {
    let t = s.t;
    let title = title(t, kind);
    let start = vec![Link::new(t.nav_start(), "/id-admin")];
    WorklistView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, start, &title),
        meaning: meaning(t, kind),
        table: (!waiting.is_empty()).then(|| table(t, kind, &title, waiting)),
        empty: waiting.is_empty().then(|| empty(t, kind)),
        title,
    }
}

fn table(t: Text, kind: WorklistKind, title: &str, waiting: &[Waiting]) -> Table {
    let columns = [t.name(), t.card_number(), t.revoked_unless()];
    let rows = waiting.iter().map(|one| {
        let name = one.name.clone().unwrap_or_else(|| t.protected_data());
        vec![
            Cell::Link(Link::new(name, format!("/id-admin/person/{}", one.person))),
            Cell::Code(one.number.clone().unwrap_or_default()),
            Cell::Code(match kind {
                WorklistKind::Unsigned => t.day_and_clock(one.acts_at),
                WorklistKind::ToActivate => t.day(one.day),
            }),
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

fn empty(t: Text, kind: WorklistKind) -> Empty {
    let empty = match kind {
        WorklistKind::Unsigned => Empty::new(t.all_signed(), t.all_signed_means()),
        WorklistKind::ToActivate => Empty::new(t.all_activated(), t.all_activated_means()),
    };
    empty
        .drawn(CardDrawing::Whole)
        .link(Link::new(t.to_the_start(), "/id-admin"))
}
