//! The log of the reader's organisations, newest first, for those who review: all of it, or what is
//! about one person, by one person, about one thing or of some days. A number is sent and never stands
//! in an address.

mod asked;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{Event, LogAsked, LogPage, SearchFor, ThingName};
use cards_domain::ids::PersonId;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm, Site};
use serde::Deserialize;
use uuid::Uuid;

use super::parts;
use crate::components::{
    Breadcrumbs, Button, Cell, Choice, Choices, Column, Empty, ErrorSummary, Field, Hidden, Link,
    Table,
};
use crate::events;
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;
use asked::{ABOUT, ADDRESS, Asked, BY, FIRST, LAST, THING};

const NUMBER: &str = "nummer";
const ROLE: &str = "roll";

#[derive(Template)]
#[template(path = "id_admin/log.html")]
pub(super) struct LogView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    /// By what the lines are chosen, each with the way to leave it out.
    chosen: Vec<(String, Link)>,
    /// What the form of the days keeps beside them.
    kept: Vec<(&'static str, String)>,
    first: Field,
    last: Field,
    show: Button,
    find: FindForm,
    table: Option<Table>,
    empty: Option<Empty>,
    newest: Option<Link>,
    older: Option<Link>,
}

/// A number is sent, so that it does not get into an address.
struct FindForm {
    /// Keeps the thing and the days.
    action: String,
    hidden: Hidden,
    number: Field,
    role: Choices,
    find: Button,
}

/// `GET /id-admin/handelser`.
pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (Some(ids), Some(after)) = (asked.ids(), asked.place()) else {
        return Err(Notice::NotFound.into());
    };
    let days = asked.days();
    let (first, last) = days.clone().unwrap_or_default();
    let which = LogAsked { first, last, ..ids };
    let (page, moment) = ask(&app, move |app, link| {
        app.log_page(link, &call, which, after)
    })
    .await?;
    let s = Setting::new(&session, &request, moment);
    match days {
        Ok(_) => ok(&view(&s, &asked, &page, &[])),
        Err(wrong) => {
            let wrong: Vec<_> = wrong
                .iter()
                .map(|field| (*field, s.t.write_a_date()))
                .collect();
            let page = LogPage::default();
            let again = view(&s, &asked, &page, &wrong);
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

/// A number that was typed, and whether the lines are to be about the person or by them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    nummer: String,
    roll: String,
}

/// `POST /id-admin/handelser`: on to the lines of whom the number means.
pub(super) async fn find(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    site: web::Data<Site>,
    (asked, form): (web::Query<Asked>, SignedForm<Sent>),
) -> Result<HttpResponse, Fault> {
    site.limits.search(session.person)?;
    let call = session.call(None);
    let Sent { nummer, roll } = form.fields;
    let typed = nummer.clone();
    let (found, moment) = ask(&app, move |app, link| {
        app.search_for_log(link, &call, &nummer)
    })
    .await?;
    let is_name = matches!(found.understood, Some(SearchFor::Name(_)));
    if let ([hit], false) = (found.hits.as_slice(), is_name) {
        let name = if roll == BY { BY } else { ABOUT };
        let there = asked.with(name, &hit.person.to_string());
        return Ok(see_other(there.address()));
    }
    let s = Setting::new(&session, &request, moment);
    let said = if found.understood.is_none() || is_name {
        s.t.log_number_not_understood()
    } else {
        s.t.log_number_not_found()
    };
    let mut again = view(&s, &asked, &LogPage::default(), &[(NUMBER, said)]);
    again.find.number = again.find.number.value(typed);
    again.find.role = again.find.role.chosen(roll);
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// The page; `wrong` are fields with what is wrong in them, and then no lines are shown.
pub(super) fn view(
    s: &Setting,
    asked: &Asked,
    page: &LogPage,
    wrong: &[(&'static str, String)],
) -> LogView {
    let t = s.t;
    let error = |name: &str| {
        let mut found = wrong.iter().filter(|(field, _)| *field == name);
        found.next().map(|(_, text)| text.clone())
    };
    let kept = asked
        .pairs()
        .into_iter()
        .filter(|(name, value)| [ABOUT, BY, THING].contains(name) && !value.is_empty());
    let has_lines = !page.told.events.is_empty();
    LogView {
        frame: s.frame(t.log_title()),
        t,
        path: Breadcrumbs::new(
            t,
            vec![Link::new(t.nav_start(), "/id-admin")],
            t.log_title(),
        ),
        errors: ErrorSummary::new(t, wrong.iter().cloned()),
        chosen: chosen(t, asked, page),
        kept: kept.map(|(name, value)| (name, value.to_owned())).collect(),
        first: day(
            Field::date(t, FIRST, t.log_from()),
            &asked.fran,
            error(FIRST),
        ),
        last: day(
            Field::date(t, LAST, t.log_until()),
            &asked.till,
            error(LAST),
        ),
        show: Button::submit(t.log_show()).secondary(),
        find: FindForm {
            action: asked.with("efter", "").address(),
            hidden: s.hidden.clone(),
            number: Field::text(t, NUMBER, t.log_number())
                .hint(t.log_number_hint())
                .error(error(NUMBER)),
            role: roles(t),
            find: Button::submit(t.log_find()).secondary(),
        },
        table: has_lines.then(|| table(s, asked, page)),
        empty: (!has_lines && wrong.is_empty()).then(|| nothing(t, page)),
        newest: (!asked.efter.is_empty())
            .then(|| Link::new(t.log_newest(), asked.with("efter", "").address())),
        older: page.next.map(|next| {
            let there = asked.with("efter", &next.to_string());
            Link::new(t.log_older(), there.address())
        }),
    }
}

fn day(field: Field, typed: &str, error: Option<String>) -> Field {
    field.optional().value(typed).error(error)
}

fn roles(t: Text) -> Choices {
    let rows = vec![
        Choice::answer(ABOUT, t.log_role_about()),
        Choice::answer(BY, t.log_role_by()),
    ];
    Choices::new(ROLE, t.log_role(), rows).chosen(ABOUT)
}

fn nothing(t: Text, page: &LogPage) -> Empty {
    let means = match page.next {
        Some(_) => t.log_nothing_here(),
        None => t.log_nothing_means(),
    };
    Empty::new(t.log_nothing(), means)
}

/// What the lines are chosen by, in words.
fn chosen(t: Text, asked: &Asked, page: &LogPage) -> Vec<(String, Link)> {
    let about = page.about.as_ref();
    let about = about.map(|person| t.log_chosen_about(parts::shown_name(t, person)));
    let by = (!asked.av.is_empty()).then(|| {
        let name = page.by.clone();
        t.log_chosen_by(name.unwrap_or_else(|| t.event_by_officer()))
    });
    let thing = (!asked.sak.is_empty()).then(|| {
        let named = asked
            .sak
            .parse()
            .ok()
            .and_then(|id| page.told.things.get(&id));
        t.log_chosen_thing(named.map_or_else(|| t.log_a_thing(), |thing| thing_name(t, thing)))
    });
    [(about, ABOUT), (by, BY), (thing, THING)]
        .into_iter()
        .filter_map(|(said, name)| {
            let without = asked.with(name, "").address();
            Some((said?, Link::new(t.log_leave_out(), without)))
        })
        .collect()
}

fn thing_name(t: Text, thing: &ThingName) -> String {
    match thing {
        ThingName::Card(end) => t.event_of_card(end),
        ThingName::Order(number) => t.order_is(number),
    }
}

fn table(s: &Setting, asked: &Asked, page: &LogPage) -> Table {
    let t = s.t;
    let columns = [
        t.log_when(),
        t.log_what(),
        t.log_by(),
        t.log_about(),
        t.log_thing(),
        t.log_code(),
    ];
    let shown: Vec<&Event> = events::told_once(t, &page.told.events).collect();
    let rows = shown
        .iter()
        .map(|event| row(s, asked, page, event))
        .collect();
    let count = i64::try_from(shown.len()).unwrap_or(i64::MAX);
    Table::new(
        t.log_lines(count),
        columns.into_iter().map(Column::text).collect(),
        rows,
    )
}

fn row(s: &Setting, asked: &Asked, page: &LogPage, event: &Event) -> Vec<Cell> {
    let t = s.t;
    let entry = &event.entry;
    let reader = s.reader().unwrap_or(PersonId(Uuid::nil()));
    let link = |label: String, name: &str, id: Uuid| {
        let there = asked.with(name, &id.to_string());
        Cell::Link(Link::new(label, there.address()))
    };
    let who = events::capitalised(&events::who(t, event));
    let person = entry.person.and_then(|id| page.told.people.get(&id));
    let thing = entry
        .subject
        .and_then(|id| Some((id, page.told.things.get(&id)?)));
    let nothing = || Cell::Text(String::new());
    vec![
        Cell::Code(t.day_and_clock(entry.at)),
        Cell::Text(events::for_officer(t, event, reader).text().to_owned()),
        match entry.actor_person {
            Some(actor) => link(who, BY, actor.0),
            None => Cell::Text(who),
        },
        person.map_or_else(nothing, |one| {
            link(parts::shown_name(t, one), ABOUT, one.person.0)
        }),
        thing.map_or_else(nothing, |(id, named)| link(thing_name(t, named), THING, id)),
        Cell::Link(Link::new(
            entry.correlation.clone(),
            format!("{ADDRESS}/{}", entry.correlation),
        )),
    ]
}

#[cfg(test)]
mod tests;
