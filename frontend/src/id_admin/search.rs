//! One search box that understands what was typed. It is posted, so that no number of a person
//! gets into an address; namesakes are told apart by birth date, number and workplace. While a name
//! is typed, a script asks for the list alone.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{Hit, SearchAnswer, SearchFor};
use cards_app::{App, Lane, Link as Db};
use cards_domain::calendar::business_day;
use cards_domain::ids::PersonId;
use cards_domain::values::{PersonNumber, PersonNumberError};
use cards_http::{Fault, IdAdminSession, ServicedeskSession, Session, SignedForm, Site};
use serde::Deserialize;

use super::photo;
use crate::components::{
    Cell, Column, Empty, Face, Icon, Link, SearchBand, StateBadge, Table, Tone,
};
use crate::layout::{Frame, Portal};
use crate::pages::{self, Setting, ask, ok, see_other, show};
use crate::text::Text;

#[derive(Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
    /// The script wants the list alone.
    live: Option<String>,
}

#[derive(Template)]
#[template(path = "id_admin/search.html")]
pub(crate) struct HitsView {
    frame: Frame,
    t: Text,
    list: HitList,
}

/// The list alone, for the script.
#[derive(Template)]
#[template(path = "id_admin/hits.html")]
pub(crate) struct LiveView {
    list: HitList,
}

/// Persons found, or that there are none.
struct HitList {
    title: String,
    /// How the right person is told from the others.
    compare: String,
    table: Option<Table>,
    /// What to type when there are more.
    more: Option<String>,
    empty: Option<Empty>,
}

#[derive(Template)]
#[template(path = "id_admin/search_again.html")]
pub(crate) struct AgainView {
    frame: Frame,
    search: SearchBand,
    t: Text,
}

pub(super) async fn find_for_id_admin(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    site: web::Data<Site>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    find("/id-admin", &request, &session, &app, (&site, form)).await
}

pub(crate) async fn find_for_servicedesk(
    request: HttpRequest,
    session: ServicedeskSession,
    app: web::Data<App>,
    site: web::Data<Site>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    find("/servicedesk", &request, &session, &app, (&site, form)).await
}

/// A search is an act: its page has no address to come back to.
pub(super) async fn back_to_id_admin() -> HttpResponse {
    see_other("/id-admin")
}

pub(crate) async fn back_to_servicedesk() -> HttpResponse {
    see_other("/servicedesk")
}

async fn find(
    home: &'static str,
    request: &HttpRequest,
    session: &Session,
    app: &App,
    (site, form): (&Site, SignedForm<Asked>),
) -> Result<HttpResponse, Fault> {
    if form.fields.live.is_some() {
        return while_typing(home, session, app, (site, form)).await;
    }
    site.limits.search(session.person)?;
    let call = session.call(None);
    let text = form.fields.q.unwrap_or_default();
    let typed = text.clone();
    let (answer, moment) = ask(app, move |app, link| app.search(link, &call, &text)).await?;
    let setting = Setting::new(session, request, moment);
    if let Some(person) = the_one(&answer) {
        return Ok(see_other(format!("{home}/person/{person}")));
    }
    if answer.understood.is_none() {
        return show(
            StatusCode::UNPROCESSABLE_ENTITY,
            &again(&setting, home, &typed),
        );
    }
    ok(&view(&setting, home, &answer, &typed))
}

/// The list for what has been typed so far; nothing for what is no beginning of a name.
async fn while_typing(
    home: &'static str,
    session: &Session,
    app: &App,
    (site, form): (&Site, SignedForm<Asked>),
) -> Result<HttpResponse, Fault> {
    site.limits.search_while_typing(session.person)?;
    let call = session.call(None);
    let text = form.fields.q.unwrap_or_default();
    let look = move |app: &App, link: &mut Db| app.search_while_typing(link, &call, &text);
    let answer = app.run(Lane::Short, look).await?;
    match answer {
        Some(answer) => ok(&live(pages::text(session.language), home, &answer)),
        None => Ok(HttpResponse::NoContent().finish()),
    }
}

/// A number that belongs to one person leads straight there; a name never does.
fn the_one(answer: &SearchAnswer) -> Option<PersonId> {
    match (&answer.understood, answer.hits.as_slice()) {
        (Some(SearchFor::Name { .. }) | None, _) => None,
        (Some(_), [hit]) => Some(hit.person),
        (Some(_), _) => None,
    }
}

pub(crate) fn again(s: &Setting, home: &str, typed: &str) -> AgainView {
    let t = s.t;
    let band = SearchBand::new(t, t.whom(), format!("{home}/sok"), s.hidden.clone());
    AgainView {
        frame: s.frame(t.whom()).without_search(),
        search: band.refused(typed, what_is_wrong(s, home, typed)),
        t,
    }
}

fn what_is_wrong(s: &Setting, home: &str, typed: &str) -> String {
    let t = s.t;
    let is_call = is_call(home);
    if typed.trim().is_empty() {
        return t.search_empty();
    }
    match PersonNumber::parse_at(typed.trim(), business_day(s.now)) {
        Err(PersonNumberError::WrongCheckDigit) if is_call => t.sd_wrong_check_digit(),
        Err(PersonNumberError::NoSuchDate) if is_call => t.sd_no_such_date(),
        Err(PersonNumberError::InFuture) if is_call => t.sd_date_in_future(),
        Err(PersonNumberError::WrongCheckDigit) => t.wrong_check_digit(),
        Err(PersonNumberError::NoSuchDate) => t.no_such_date(),
        Err(PersonNumberError::InFuture) => t.date_in_future(),
        Err(PersonNumberError::WrongLength | PersonNumberError::NotANumber) | Ok(_) => {
            t.search_not_understood()
        }
    }
}

/// Whether somebody is on the telephone, with no document to look at.
fn is_call(home: &str) -> bool {
    home == Portal::Servicedesk.home()
}

pub(crate) fn view(s: &Setting, home: &str, answer: &SearchAnswer, typed: &str) -> HitsView {
    let list = list(s.t, home, answer);
    HitsView {
        frame: s.frame(&list.title).searched(typed),
        t: s.t,
        list,
    }
}

pub(crate) fn live(t: Text, home: &str, answer: &SearchAnswer) -> LiveView {
    LiveView {
        list: list(t, home, answer),
    }
}

fn list(t: Text, home: &str, answer: &SearchAnswer) -> HitList {
    let hits = &answer.hits;
    let count = i64::try_from(hits.len()).unwrap_or(i64::MAX);
    let more = answer.more.then(|| match &answer.understood {
        Some(SearchFor::Name(name)) if name.is_one_word() => t.hits_more_of_one_word(),
        Some(_) | None => t.hits_more(),
    });
    HitList {
        title: match (hits.is_empty(), answer.more) {
            (true, _) => t.nothing_found(),
            (false, true) => t.hits_many(count),
            (false, false) => t.hits(count),
        },
        compare: if is_call(home) {
            t.sd_ask_whole_number()
        } else {
            t.compare_with_document()
        },
        table: (!hits.is_empty()).then(|| table(t, home, answer)),
        empty: hits
            .is_empty()
            .then(|| nothing(t, home, answer, more.clone())),
        more,
    }
}

/// Who has protected personal data is in no index of names.
fn nothing(t: Text, home: &str, answer: &SearchAnswer, more: Option<String>) -> Empty {
    let means = match (&answer.understood, more) {
        (_, Some(more)) => more,
        (Some(SearchFor::Name(_)), None) => t.no_such_name(),
        (Some(_) | None, None) => t.nothing_found_means(),
    };
    let means = match referral(t, answer) {
        Some(referral) => format!("{means} {referral}"),
        None => means,
    };
    Empty::new(t.check_the_number(), means).link(Link::new(t.to_the_start(), home))
}

/// Where to take a number that finds nobody. The words are the same whether or not it exists.
fn referral(t: Text, answer: &SearchAnswer) -> Option<String> {
    if answer.refer_to.is_empty() {
        return None;
    }
    let offices = answer.refer_to.iter().map(|office| match &office.phone {
        Some(phone) => format!("{}, {phone}", office.name),
        None => office.name.clone(),
    });
    Some(t.refer_to_offices(offices.collect::<Vec<_>>().join("; ")))
}

fn table(t: Text, home: &str, answer: &SearchAnswer) -> Table {
    // Nobody has a face in front of them on the telephone.
    let has_faces = !is_call(home) && answer.hits.iter().any(|hit| hit.photo.is_some());
    let columns = [
        t.name(),
        t.born(),
        t.number(),
        t.unit(),
        t.organisation(),
        t.look_twice(),
    ];
    let columns = has_faces.then(|| t.face()).into_iter().chain(columns);
    let rows = answer.hits.iter().map(|hit| {
        let face = has_faces.then(|| Cell::Face(face_of(t, hit)));
        let alike = answer.alike.contains(&hit.person);
        face.into_iter().chain(row(t, home, hit, alike)).collect()
    });
    Table::new(
        t.persons_found(),
        columns.map(Column::text).collect(),
        rows.collect(),
    )
}

fn face_of(t: Text, hit: &Hit) -> Option<Face> {
    hit.photo.map(|photo| Face {
        src: photo::small(photo),
        alt: t.face_of(hit.name.full()),
    })
}

fn row(t: Text, home: &str, hit: &Hit, alike: bool) -> Vec<Cell> {
    let address = format!("{home}/person/{}", hit.person);
    let (units, organisations) = workplaces(hit);
    if hit.protection.is_protected() {
        let first = hit.posts.first().map(|post| post.hsa_id.to_string());
        let hidden = || Cell::Text("–".to_owned());
        let badge = crate::components::states::person::PROTECTED.badge(t);
        let name = first.unwrap_or_else(|| t.protected_data());
        let name = Cell::Link(Link::new(name, address));
        return vec![
            name,
            hidden(),
            hidden(),
            Cell::Text(units),
            Cell::Text(organisations),
            Cell::State(badge),
        ];
    }
    let born = hit
        .number
        .birth_date()
        .map_or_else(|| "–".to_owned(), |day| t.day(day));
    vec![
        Cell::Link(Link::new(hit.name.full(), address)),
        Cell::Code(born),
        Cell::Code(hit.number.to_string()),
        Cell::Text(units),
        Cell::Text(organisations),
        if alike {
            Cell::State(look_alike(t))
        } else {
            Cell::Text(String::new())
        },
    ]
}

fn look_alike(t: Text) -> StateBadge {
    StateBadge::new(Tone::Warning, Icon::Person, t.look_alike_exists()).outlined()
}

fn workplaces(hit: &Hit) -> (String, String) {
    let mut units: Vec<&str> = hit
        .posts
        .iter()
        .filter_map(|post| post.unit_name.as_deref())
        .collect();
    let mut organisations: Vec<&str> = hit
        .posts
        .iter()
        .map(|post| post.organisation_name.as_str())
        .collect();
    units.dedup();
    organisations.dedup();
    (units.join(", "), organisations.join(", "))
}
