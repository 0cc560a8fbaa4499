//! A person's page: what to do next, the cards, the orders, what cannot be done, the days to keep,
//! and what has happened.

mod next;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::PersonPage;
use cards_app::{App, Link as Db};
use cards_domain::access::Function;
use cards_domain::calendar::business_day;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::refusal::Refusal::NotYourRole;
use cards_http::{Fault, IdAdminSession};
use serde::Deserialize;

use super::order_rows::{self, OrderRow};
use super::{cards, doubt, parts, photo, signed_check};
use crate::clocks::{Reader, bar};
use crate::components::{
    CardRow, DeadlineBar, Empty, EventList, Link, Message, NextStep, PersonHeader, Refusal,
    Refusals,
};
use crate::employment::{self, EmploymentPart, Voice};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::refusals;
use crate::text::Text;

/// `visa=1` shows a protected person's data; that they were shown is written down.
#[derive(Deserialize)]
pub(super) struct Shown {
    visa: Option<String>,
    /// What the officer stopped because they were not sure.
    stoppad: Option<String>,
}

#[derive(Template)]
#[template(path = "id_admin/person.html")]
pub(super) struct PersonView {
    frame: Frame,
    t: Text,
    person: PersonHeader,
    next: Option<NextStep>,
    /// The officer has just stopped at the counter, because they were not sure.
    stopped: Option<Message>,
    /// An officer was not sure who this is, and stopped.
    doubt: Option<Message>,
    /// A card may say what no longer holds.
    outdated: Option<Message>,
    cards: Vec<CardRow>,
    no_cards: Option<Empty>,
    of_others: Option<String>,
    orders: Vec<OrderRow>,
    refusals: Refusals,
    employments: Vec<EmploymentPart>,
    deadlines: Vec<DeadlineBar>,
    address: Option<Vec<String>>,
    events: EventList,
    all_events: String,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PersonId>,
    shown: web::Query<Shown>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let reveal = shown.visa.as_deref() == Some("1");
    let work = move |app: &App, link: &mut Db| {
        let page = if reveal {
            app.revealed_person_page(link, &call, id)
        } else {
            app.person_page(link, &call, id)
        }?;
        let signed = signed_check::waiting(link, &call, &page.cards)?;
        let doubt = app.open_doubt(link, id)?;
        Ok((page, signed, doubt))
    };
    let ((page, signed, doubt), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    match shown.stoppad.as_deref() {
        Some(what) => ok(&stopped(&s, &page, reveal, what)),
        None => {
            let mut page = view(&s, &page, reveal);
            // The holder of a signed check stands at the counter: nothing comes before it.
            page.next = signed.map(|check| check.next_step(s.t)).or(page.next);
            page.doubt = doubt::notice(&s, id, doubt.as_ref());
            ok(&page)
        }
    }
}

pub(super) fn view(s: &Setting, page: &PersonPage, reveal: bool) -> PersonView {
    let t = s.t;
    let home = parts::person_address(&page.sheet);
    let hidden = page.sheet.protection.is_protected() && !reveal;
    let reader = s.reader().unwrap_or(page.sheet.person);
    PersonView {
        frame: s.frame(parts::shown_name(t, &page.sheet)),
        t,
        person: header(s, page, &home, reveal),
        next: next::next_step(s, page),
        stopped: None,
        doubt: None,
        outdated: crate::outdated::advice(t, page),
        cards: page
            .cards
            .iter()
            .map(|card| cards::row(s, &page.sheet, card, hidden))
            .collect(),
        no_cards: page
            .cards
            .is_empty()
            .then(|| Empty::new(t.no_cards(), t.no_cards_means())),
        of_others: of_others(t, page.cards_of_others),
        orders: orders(t, page),
        refusals: Refusals::new(t, refused(s, page)),
        employments: if hidden {
            Vec::new()
        } else {
            employment::parts(t, Voice::Officer, &page.employments, business_day(s.now))
        },
        deadlines: page
            .clocks
            .iter()
            .map(|clock| bar(t, Reader::Officer, clock, s.now))
            .collect(),
        address: (!hidden).then(|| registered_address(t, page)),
        events: EventList::new(
            crate::events::told_once(t, &page.events)
                .map(|event| crate::events::for_officer(t, event, reader))
                .collect(),
        ),
        all_events: format!("{home}/handelser"),
    }
}

/// The page after an officer has stopped: what not to do stands where the next step would.
pub(super) fn stopped(s: &Setting, page: &PersonPage, reveal: bool, what: &str) -> PersonView {
    let t = s.t;
    let message = match what {
        parts::STOPPED_ACTIVATION => Message::warning(t.stopped_title(), t.stopped_means()),
        parts::STOPPED_UNLOCK => Message::warning(t.stopped_unlock(), t.stopped_unlock_means()),
        _ => return view(s, page, reveal),
    };
    PersonView {
        next: None,
        stopped: Some(message),
        ..view(s, page, reveal)
    }
}

/// A protected person's photo is as bare as the name until it is asked for.
fn header(s: &Setting, page: &PersonPage, home: &str, reveal: bool) -> PersonHeader {
    let header = parts::header(s, &page.sheet, home, reveal).links(links(s, page));
    let is_hidden = page.sheet.protection.is_protected() && !reveal;
    match &page.photo {
        Some(shown) if !is_hidden => header.photo(photo::picture_of(s.t, &page.sheet, shown)),
        Some(_) | None => header,
    }
}

fn links(s: &Setting, page: &PersonPage) -> Vec<Link> {
    if may_order(page) && s.has(Function::OrderCard) {
        vec![Link::new(s.t.order_card(), order_address(page))]
    } else {
        Vec::new()
    }
}

fn may_order(page: &PersonPage) -> bool {
    page.order.iter().any(|(_, verdict)| verdict.is_ok())
}

fn order_address(page: &PersonPage) -> String {
    format!("{}/bestall", parts::person_address(&page.sheet))
}

fn of_others(t: Text, count: usize) -> Option<String> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (count > 0).then(|| t.cards_of_others(count))
}

fn orders(t: Text, page: &PersonPage) -> Vec<OrderRow> {
    let open = page
        .orders
        .iter()
        .filter(|order| !order.sheet.order.is_over());
    open.map(|order| {
        let card = page
            .cards
            .iter()
            .find(|card| Some(card.sheet.card.id) == order.sheet.order.card);
        OrderRow::new(t, &order.sheet, card.map(|card| &card.sheet))
    })
    .collect()
}

fn refused(s: &Setting, page: &PersonPage) -> Vec<Refusal> {
    let t = s.t;
    let mut rows: Vec<Refusal> = page
        .orders
        .iter()
        .flat_map(|order| order_rows::refused(s, order))
        .collect();
    rows.extend(page.order.iter().filter_map(|(organisation, verdict)| {
        let refusal = verdict
            .as_ref()
            .err()
            .filter(|refusal| **refusal != NotYourRole)?;
        let what = t.order_card_for(organisation_name(page, *organisation));
        Some(refusals::line(t, what, refusal))
    }));
    rows
}

fn organisation_name(page: &PersonPage, id: OrganisationId) -> String {
    let post = page.sheet.posts.iter().find(|post| post.organisation == id);
    post.map(|post| post.organisation_name.clone())
        .unwrap_or_default()
}

/// The registered address as lines; one line that says why when there is none.
fn registered_address(t: Text, page: &PersonPage) -> Vec<String> {
    match &page.register {
        None => vec![t.address_not_fetched()],
        Some(answer) => match (&answer.deceased_on, &answer.address) {
            (Some(day), _) => vec![t.deceased_on(t.day(*day))],
            (None, Some(address)) => address.lines(),
            (None, None) => vec![t.address_missing()],
        },
    }
}
