//! Everything that has happened: to one person's things, or under one code that was read out.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{Event, PersonSheet};
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::access::{Function, Scope};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession};
use serde_json::json;

use super::parts;
use crate::components::{Breadcrumbs, Empty, EventList, Link};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/events.html")]
pub(super) struct EventsView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    title: String,
    events: EventList,
    empty: Option<Empty>,
}

pub(super) async fn of_person(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.person_events(link, &call, id)).await?;
    ok(&view(
        &Setting::new(&session, &request, moment),
        &page.0,
        &page.1,
    ))
}

pub(super) async fn of_code(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    code: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let code = code.trim().to_uppercase();
    let title = code.clone();
    let (events, moment) = ask(&app, move |app, link| with_code(app, link, &call, &code)).await?;
    ok(&view_of_code(
        &Setting::new(&session, &request, moment),
        &title,
        &events,
    ))
}

/// The lines under a code about persons in the reader's scope, and those about no person.
fn with_code(app: &App, link: &mut Db, call: &Call, code: &str) -> Result<Vec<Event>, Failure> {
    let scope = Scope::of(&call.actor, Function::ReadLog);
    if scope.organisations().is_empty() {
        return Err(Failure::Refused(Refusal::NotYourRole));
    }
    let mut seen = Vec::new();
    for event in link.events_with_code(code)? {
        let is_visible = match event.entry.person {
            Some(person) => link.person(&scope, person)?.is_some(),
            None => true,
        };
        if is_visible {
            seen.push(event);
        }
    }
    app.ledger
        .searched(link, call, &scope, json!({ "code": code }))?;
    Ok(seen)
}

fn list(s: &Setting, events: &[Event]) -> EventList {
    let reader = s.reader().unwrap_or(PersonId(uuid::Uuid::nil()));
    EventList::new(
        crate::events::told_once(events)
            .map(|event| crate::events::for_officer(s.t, event, reader))
            .collect(),
    )
}

pub(super) fn view(s: &Setting, person: &PersonSheet, events: &[Event]) -> EventsView {
    let t = s.t;
    let title = t.happenings_of(parts::shown_name(t, person));
    EventsView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, vec![parts::back_to(t, person)], t.happenings()),
        title,
        events: list(s, events),
        empty: None,
    }
}

pub(super) fn view_of_code(s: &Setting, code: &str, events: &[Event]) -> EventsView {
    let t = s.t;
    let title = t.happenings_with_code(code);
    let start = vec![Link::new(t.nav_start(), "/id-admin")];
    EventsView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, start, code),
        title,
        events: list(s, events),
        empty: events
            .is_empty()
            .then(|| Empty::new(t.no_such_code(), t.no_such_code_means())),
    }
}
