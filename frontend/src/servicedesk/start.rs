//! The servicedesk's start: the search, who is to be called back, and the first question of every
//! call.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{Waiting, WorklistKind};
use cards_domain::access::Function;
use cards_http::{Fault, ServicedeskSession};

use super::person::triage;
use crate::components::{Cell, Column, Link, Message, SearchBand, Table};
use crate::layout::{Frame, Portal};
use crate::open::entrance;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

/// So many callers are shown, and one more is asked for to know whether there are more.
const SHOWN: usize = 20;
const LIMIT: i64 = 21;

#[derive(Template)]
#[template(path = "servicedesk/start.html")]
pub(super) struct StartView {
    frame: Frame,
    t: Text,
    search: SearchBand,
    calls: Option<Calls>,
    triage: Message,
}

/// Who is to be called back; `None` as table when nobody is.
struct Calls {
    table: Option<Table>,
    more: Option<String>,
}

/// `GET /servicedesk`: the start, or for whoever is not logged in the way to log in.
pub(super) async fn show(
    request: HttpRequest,
    session: Result<ServicedeskSession, Fault>,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let session = match session {
        Ok(session) => session,
        Err(fault) => return entrance(&request, Portal::Servicedesk, fault),
    };
    let call = session.call(None);
    let callers = move |app: &App, link: &mut cards_app::Link| {
        app.worklist_page(link, &call, WorklistKind::Callback, (None, LIMIT))
    };
    let (callers, moment) = ask(&app, callers).await?;
    ok(&view(&Setting::new(&session, &request, moment), &callers))
}

pub(super) fn view(s: &Setting, callers: &[Waiting]) -> StartView {
    let t = s.t;
    StartView {
        frame: s.frame(t.nav_calls()).without_search(),
        t,
        search: SearchBand::new(t, t.sd_who_calls(), "/servicedesk/sok", s.hidden.clone()),
        calls: s.has(Function::ReportLoss).then(|| calls(s, callers)),
        triage: triage(t),
    }
}

fn calls(s: &Setting, callers: &[Waiting]) -> Calls {
    let t = s.t;
    let shown = callers.get(..SHOWN).unwrap_or(callers);
    let columns = [t.name(), t.number(), t.due()].map(Column::text);
    let rows = shown.iter().map(|one| row(s, one));
    Calls {
        table: (!shown.is_empty())
            .then(|| Table::new(t.worklist_callback_means(), columns.into(), rows.collect())),
        more: (shown.len() < callers.len()).then(|| t.sd_calls_more(SHOWN)),
    }
}

fn row(s: &Setting, one: &Waiting) -> Vec<Cell> {
    let t = s.t;
    let name = one.name.clone().unwrap_or_else(|| t.protected_data());
    let when = t.day_and_clock(one.due);
    let due = if one.due < s.now {
        t.sd_call_is_late(when)
    } else {
        t.call_back_before(when)
    };
    vec![
        Cell::Link(Link::new(name, format!("/servicedesk/sparr/{}", one.thing))),
        Cell::Code(one.number.clone().unwrap_or_default()),
        Cell::Text(due),
    ]
}
