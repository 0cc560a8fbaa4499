//! Who has looked at the holder's details: a row for each looker and day, with role and times.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::DayOfLooks;
use cards_domain::access::Role;
use cards_http::{Fault, HolderSession};

use super::{frame, start};
use crate::components::{Empty, Event, EventList, Icon, Link};
use crate::events::capitalised;
use crate::layout::Frame;
use crate::pages::{self, ask};
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/looks.html")]
pub(super) struct LooksPage {
    frame: Frame,
    t: Text,
    back: Link,
    events: Option<EventList>,
    empty: Empty,
}

/// `GET /mina-sidor/vem-har-tittat`.
///
/// # Errors
/// The database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (looks, moment) = ask(&app, move |app, link| app.holder_looks(link, &call)).await?;
    pages::ok(&view(frame::frame(&request, &session, moment), &looks))
}

/// The page of these looks.
pub(super) fn view(frame: Frame, looks: &[DayOfLooks]) -> LooksPage {
    let t = frame.texts();
    let rows: Vec<_> = looks.iter().map(|day| row(t, day)).collect();
    LooksPage {
        frame: frame.titled(t.ms_looks_title()),
        t,
        back: Link::new(t.ms_back(), start::HOME),
        events: (!rows.is_empty()).then(|| EventList::new(rows)),
        empty: Empty::new(t.ms_looks_none_title(), t.ms_looks_none_text()),
    }
}

/// *Tove Hallgren, id-administratör, öppnade din sida och ditt kort*, and when.
fn row(t: Text, looks: &DayOfLooks) -> Event {
    let name = looks.actor_name.clone();
    let name = name.unwrap_or_else(|| capitalised(&t.ms_somebody_protected()));
    let roles = joined(t, roles(t, &looks.roles));
    let opened = joined(t, opened(t, &looks.kinds));
    let text = if roles.is_empty() {
        t.event_looked_at_you(name, opened)
    } else {
        t.ms_look_with_role(name, roles, opened)
    };
    Event::new(Icon::Eye, text, when(t, looks))
}

fn when(t: Text, looks: &DayOfLooks) -> String {
    let day = t.day(looks.day);
    let first = t.clock_for_holders(looks.first);
    let last = t.clock_for_holders(looks.last);
    if looks.times == 1 {
        t.ms_look_once(day, last)
    } else if first == last {
        t.ms_look_times_at(day, last, looks.times)
    } else {
        t.ms_look_times(day, looks.times, first, last)
    }
}

/// Kinds of looks that have words of their own; every other kind shows the holder's page.
const CARD: &str = "card";
const ORDER: &str = "order";
const PROTECTED: &str = "protected";

/// What was opened, the person first, each once. That protected data were shown stands last: it was
/// asked for after the page had been opened without them.
fn opened(t: Text, kinds: &[String]) -> Vec<String> {
    let is_there = |kind: &str| kinds.iter().any(|other| other == kind);
    let named = [CARD, ORDER, PROTECTED];
    let is_other = kinds.iter().any(|kind| !named.contains(&kind.as_str()));
    [
        is_other.then(|| t.event_your_page()),
        is_there(CARD).then(|| t.event_your_card()),
        is_there(ORDER).then(|| t.event_your_order()),
        is_there(PROTECTED).then(|| t.event_your_protected_data()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The roles by name, each once: what is a right beside a role is that role.
fn roles(t: Text, roles: &[Role]) -> Vec<String> {
    let mut names = Vec::new();
    for role in roles {
        let name = match role {
            Role::Orderer => t.ms_role_orderer(),
            Role::IdAdmin | Role::IdAdminReserveLoa3 | Role::IdAdminProtected => {
                t.ms_role_id_admin()
            }
            Role::Servicedesk => t.ms_role_servicedesk(),
            Role::DeputyIssuer => t.ms_role_deputy_issuer(),
            Role::ResponsibleIssuer => t.ms_role_responsible_issuer(),
            Role::SecurityOfficer => t.ms_role_security_officer(),
            Role::Auditor => t.ms_role_auditor(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// *a*, *a och b*, *a, b och c*.
fn joined(t: Text, mut words: Vec<String>) -> String {
    match (words.pop(), words.is_empty()) {
        (None, _) => String::new(),
        (Some(last), true) => last,
        (Some(last), false) => t.ms_and(words.join(", "), last),
    }
}
