//! *Testa kortet*, for whoever is not logged in: what is needed, how the test is made, and what each
//! cause means. Nothing that is asked here is kept.

#[cfg(test)]
mod tests;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_http::Fault;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Configured, Servicedesk, chain, locked};
use crate::causes::{self, Cause, Place};
use crate::components::{Button, ErrorSummary, Fact, Facts, Icon, Link, Select};
use crate::layout::{Frame, Portal};
use crate::pages::{ask, ok, show};
use crate::text::Text;

/// The page's address. A cause's number may follow as a query: no personal data.
pub(crate) const ADDRESS: &str = "/testa-kortet";
/// The national page on which a card is tried by logging in.
pub(crate) const NATIONAL: &str = "https://test.siths.se";
const CODE: &str = "kod";

/// The query: a number to explain, and whether on paper.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    kod: Option<String>,
    papper: Option<String>,
}

/// The address of what a number means.
pub(crate) fn explained(code: &str) -> String {
    format!("{ADDRESS}?{CODE}={code}")
}

/// A number with what it means.
struct Answer {
    code: &'static str,
    says: String,
    step: String,
    on: Option<Link>,
    install: Vec<Installing>,
    print: Link,
}

/// Something that whoever looks after a computer does to install the card program.
struct Installing {
    says: String,
    /// Word by word.
    commands: Vec<Vec<&'static str>>,
}

/// Causes of one place, to choose from.
struct Group {
    title: String,
    anchor: &'static str,
    causes: Vec<Link>,
}

#[derive(Template)]
#[template(path = "open/card_test.html")]
pub(super) struct TestPage {
    frame: Frame,
    t: Text,
    back: Link,
    errors: ErrorSummary,
    answer: Option<Answer>,
    needs: Vec<(Icon, String)>,
    log_in: Button,
    action: &'static str,
    codes: Select,
    look_up: Button,
    groups: Vec<Group>,
    chain: Link,
    national: Button,
    servicedesk: Servicedesk,
}

/// What is taken along to the servicedesk, on paper.
#[derive(Template)]
#[template(path = "open/card_test_paper.html")]
pub(super) struct PaperPage {
    frame: Frame,
    t: Text,
    says: String,
    step: String,
    facts: Facts,
}

/// `GET /testa-kortet`. It stands even when the database is away.
///
/// # Errors
/// The page cannot be rendered.
pub async fn get(
    request: HttpRequest,
    app: web::Data<App>,
    phone: Configured,
) -> Result<HttpResponse, Fault> {
    let asked = web::Query::<Asked>::from_query(request.query_string());
    let asked = asked.map(web::Query::into_inner).unwrap_or_default();
    let frame = locked::dressed(super::frame(&request, Portal::MinaSidor));
    let servicedesk = Servicedesk::configured(frame.texts(), &phone);
    let typed = asked.kod.as_deref().filter(|code| !code.trim().is_empty());
    let found = typed.and_then(causes::find);
    if let (Some(cause), Some("1")) = (found, asked.papper.as_deref()) {
        let moment = ask(&app, |_, _| Ok(())).await.ok();
        return ok(&paper(frame, cause, moment.map(|(_, moment)| moment.now)));
    }
    let status = match (typed, found) {
        (Some(_), None) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_) | None, _) => StatusCode::OK,
    };
    show(status, &view(frame, typed, servicedesk))
}

/// The page, with the answer to what was typed.
pub(super) fn view(frame: Frame, typed: Option<&str>, servicedesk: Servicedesk) -> TestPage {
    let t = frame.texts();
    let found = typed.and_then(causes::find);
    let error = typed
        .filter(|_| found.is_none())
        .map(|_| t.test_code_unknown());
    TestPage {
        frame: frame.titled(t.test_title()),
        t,
        back: Link::new(t.locked_to_start(), "/"),
        errors: ErrorSummary::new(t, error.iter().map(|text| (CODE, text.as_str()))),
        answer: found.map(|cause| answer(t, cause)),
        needs: needs(t),
        log_in: Button::link(t.test_log_in(), Portal::MinaSidor.home())
            .large()
            .full(),
        action: ADDRESS,
        codes: codes(t, found).error(error),
        look_up: Button::submit(t.test_look_up()).secondary().full(),
        groups: groups(t),
        chain: Link::new(t.chain_title(), chain::ADDRESS),
        national: Button::link(t.test_national(), NATIONAL)
            .secondary()
            .full()
            .with_icon(Icon::Outside),
        servicedesk,
    }
}

/// The numbers, to choose from: what somebody types could be anything, and would stand in the address.
fn codes(t: Text, found: Option<&Cause>) -> Select {
    let none = (String::new(), t.test_code_choose());
    let all = causes::ALL.iter();
    let all = all.map(|cause| (cause.code.to_owned(), cause.code.to_owned()));
    Select::new(CODE, t.test_code_label(), std::iter::once(none).chain(all))
        .hint(t.test_code_hint())
        .chosen(found.map_or("", |cause| cause.code))
}

/// What must be at hand before a card can be tried.
pub(crate) fn needs(t: Text) -> Vec<(Icon, String)> {
    vec![
        (Icon::Reader, t.test_need_reader()),
        (Icon::Gear, t.test_need_software()),
        (Icon::Card, t.test_need_client()),
        (Icon::Padlock, t.test_need_no_code()),
    ]
}

fn answer(t: Text, cause: &'static Cause) -> Answer {
    Answer {
        code: cause.code,
        says: cause.says(t),
        step: cause.step(t),
        on: way_on(t, cause),
        install: install(t, cause),
        print: Link::new(
            t.test_print(),
            format!("{}&papper=1", explained(cause.code)),
        ),
    }
}

/// How the card program is built and installed from this repository, where it is what is missing. There
/// is no package of it, and only on Linux is there something that registers its links.
fn install(t: Text, cause: &Cause) -> Vec<Installing> {
    if cause.code != "S502" {
        return Vec::new();
    }
    let line = |says: String, commands: &[&'static str]| Installing {
        says,
        commands: commands
            .iter()
            .map(|line| line.split(' ').collect())
            .collect(),
    };
    vec![
        line(
            t.install_build(),
            &["cargo build --release -p cards-card-client"],
        ),
        line(t.install_needs(), &[]),
        line(
            t.install_link(),
            &[
                "desktop-file-install kortklient.desktop",
                "xdg-mime default kortklient.desktop x-scheme-handler/kortklient",
            ],
        ),
        line(t.install_elsewhere(), &[]),
    ]
}

/// The page that goes on where the step ends.
pub(crate) fn way_on(t: Text, cause: &Cause) -> Option<Link> {
    let to_locked = || Link::new(t.locked_link(), locked::ADDRESS);
    match cause.code {
        _ if cause.is_locked() => Some(to_locked()),
        "K309" | "K310" | "S201" | "S202" | "S203" => Some(to_locked()),
        "S501" => Some(Link::new(t.chain_title(), chain::ADDRESS)),
        _ => None,
    }
}

/// All causes, where they are to be looked for. Those that only the server tells stand in Mina sidor.
fn groups(t: Text) -> Vec<Group> {
    let group = |place: Place| {
        let of = causes::ALL.iter().filter(|cause| cause.place == place);
        let link = |cause: &Cause| Link::new(cause.says(t), explained(cause.code));
        Group {
            title: place.title(t),
            anchor: place.anchor(),
            causes: of.map(link).collect(),
        }
    };
    let mut groups: Vec<Group> = Place::ALL.into_iter().map(group).collect();
    groups.retain(|group| !group.causes.is_empty());
    groups
}

fn paper(frame: Frame, cause: &Cause, now: Option<DateTime<Utc>>) -> PaperPage {
    let t = frame.texts();
    let mut facts = vec![Fact::plain(t.test_desk_code(), cause.code)];
    facts.extend(now.map(|now| Fact::plain(t.test_printed_at(), t.day_and_clock(now))));
    facts.push(Fact::plain(t.page_code(), frame.correlation()));
    PaperPage {
        frame: frame.titled(t.test_report_title()),
        t,
        says: cause.says(t),
        step: cause.step(t),
        facts: Facts::new(facts),
    }
}
