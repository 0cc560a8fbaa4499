//! Everything that has happened: to one person's things, or under one code that was read out.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{Coded, Event, PersonSheet, ThingName};
use cards_app::{App, Link as Db};
use cards_domain::ids::PersonId;
use cards_http::{Correlation, Fault, IdAdminSession};
use uuid::Uuid;

use super::parts;
use crate::components::{self, Breadcrumbs, Empty, EventList, Link};
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
    // What can be no code is neither looked for, written down nor said back.
    let code = Correlation::read(&code).map(|code| code.0);
    let title = code.clone().unwrap_or_default();
    let work = move |app: &App, link: &mut Db| app.events_with_code(link, &call, code.as_deref());
    let (coded, moment) = ask(&app, work).await?;
    ok(&view_of_code(
        &Setting::new(&session, &request, moment),
        &title,
        &coded,
    ))
}

/// The event with the card or order and the person that it is about.
fn named(t: Text, coded: &Coded, event: &Event, shown: components::Event) -> components::Event {
    let person = event.entry.person.and_then(|id| coded.people.get(&id));
    let Some(person) = person else {
        return shown;
    };
    let thing = event.entry.subject.and_then(|id| coded.things.get(&id));
    let thing = thing.map_or_else(String::new, |thing| match thing {
        ThingName::Card(end) => t.event_of_card(end),
        ThingName::Order(number) => t.order_is(number),
    });
    shown.about(thing, parts::back_to(t, person))
}

fn reader(s: &Setting) -> PersonId {
    s.reader().unwrap_or(PersonId(Uuid::nil()))
}

fn list(s: &Setting, events: &[Event]) -> EventList {
    let reader = reader(s);
    EventList::new(
        crate::events::told_once(s.t, events)
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

pub(super) fn view_of_code(s: &Setting, code: &str, coded: &Coded) -> EventsView {
    let t = s.t;
    let reader = reader(s);
    let rows = crate::events::told_once(t, &coded.events).map(|event| {
        let shown = crate::events::for_officer(t, event, reader);
        named(t, coded, event, shown)
    });
    let title = if code.is_empty() {
        t.no_such_code()
    } else {
        t.happenings_with_code(code)
    };
    let start = vec![Link::new(t.nav_start(), "/id-admin")];
    EventsView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, start, title.as_str()),
        title,
        events: EventList::new(rows.collect()),
        empty: coded
            .events
            .is_empty()
            .then(|| Empty::new(t.no_such_code(), t.no_such_code_means())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use cards_app::{Channel, Entry};
    use cards_domain::access::Role;

    use super::*;
    use crate::id_admin::samples::{MAJA, maja, now, protected, setting};
    use crate::id_admin::tests::assert_sound;
    use crate::layout::Portal;
    use crate::text::Lang;

    const CARD: Uuid = Uuid::from_u128(100);

    fn revoked_at_night() -> Event {
        let entry = Entry {
            line_id: Uuid::from_u128(1),
            at: now(),
            channel: Channel::Work,
            actor_person: None,
            actor_system: Some("scheduler".to_owned()),
            kind: "card".to_owned(),
            action: "end_unactivated".to_owned(),
            subject: Some(CARD),
            person: Some(MAJA),
            from_stage: None,
            to_stage: None,
            outcome: "done".to_owned(),
            event: serde_json::Value::Null,
            correlation: "NATT-2026-11-23".to_owned(),
        };
        Event {
            entry,
            actor_name: None,
        }
    }

    fn night(lang: Lang, person: PersonSheet) -> String {
        let coded = Coded {
            events: vec![revoked_at_night()],
            people: HashMap::from([(MAJA, person)]),
            things: HashMap::from([(CARD, ThingName::Card("7738".to_owned()))]),
        };
        let s = setting(lang, Portal::IdAdmin, Role::Auditor);
        view_of_code(&s, "NATT-2026-11-23", &coded)
            .render()
            .unwrap()
    }

    #[test]
    fn a_nights_events_say_whose_card_each_is_about() {
        for lang in [Lang::Sv, Lang::En] {
            assert_sound("night", &night(lang, maja()));
        }
        let page = night(Lang::Sv, maja());
        let link = format!("<a href=\"/id-admin/person/{MAJA}\">Maja Lindqvist</a>");
        assert!(
            page.contains("Kort …7738") && page.contains(&link),
            "{page}"
        );
        let hidden = night(Lang::Sv, protected());
        assert!(!hidden.contains("Lindqvist"), "by HSA-id alone");
    }
}
