//! The nightly run: what it would do, what it has done, and the stops that wait for a second
//! person.

pub(super) mod release;
mod tables;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::nightly::{NightPage, StopSheet};
use cards_app::{App, Lane};
use cards_domain::calendar::business_day;
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::OrganisationId;
use cards_domain::safety_stop::Verdict;
use cards_http::{Fault, IdAdminSession};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use uuid::Uuid;

use crate::components::{Button, Empty, Icon, Link, LinkList, Message, Table};
use crate::layout::Frame;
use crate::pages::{Moment, Setting, ok};
use crate::text::Text;

const ADDRESS: &str = "/id-admin/nattkorning";
/// Nights that can be looked at beforehand with one press.
const AHEAD: u64 = 7;

/// Which night.
#[derive(Debug, Deserialize)]
pub(super) struct Query {
    dag: Option<NaiveDate>,
}

#[derive(Template)]
#[template(path = "id_admin/nightly.html")]
pub(super) struct NightlyView {
    frame: Frame,
    t: Text,
    missing: Option<Message>,
    stops: Vec<StopView>,
    coming: String,
    in_all: Option<Message>,
    organisations: Option<Table>,
    nothing: Option<Empty>,
    first: Option<Table>,
    left: Option<Table>,
    other_nights: LinkList,
    certificates: Link,
    nights: Option<Table>,
    no_nights: Option<Empty>,
}

/// A stop as a panel.
struct StopView {
    title: String,
    lines: Vec<String>,
    release: Option<Button>,
}

/// `GET /id-admin/nattkorning`: tonight, or the night asked for.
pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Fault> {
    let (call, day) = (session.call(None), query.dag);
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.night_page(link, &call, day)?;
        let (now, is_working) = (link.now(), app.is_working(link)?);
        Ok((page, Moment { now, is_working }))
    };
    let (page, moment) = app.run(Lane::Long, work).await?;
    ok(&view(&Setting::new(&session, &request, moment), &page))
}

pub(super) fn view(s: &Setting, page: &NightPage) -> NightlyView {
    let t = s.t;
    let report = &page.report;
    let is_empty = report.organisations.is_empty();
    NightlyView {
        frame: s.frame(t.night_title()),
        t,
        missing: page.missing.map(|day| missing(t, day)),
        stops: page.stops.iter().map(|sheet| stop(t, sheet)).collect(),
        coming: t.night_coming(t.close_day(report.day)),
        in_all: in_all(t, page),
        organisations: (!is_empty).then(|| tables::organisations(t, page)),
        nothing: is_empty.then(|| Empty::new(t.night_nothing(), t.night_nothing_means())),
        first: (!page.first.is_empty()).then(|| tables::first(t, page)),
        left: (!page.left.is_empty()).then(|| tables::left(t, page)),
        other_nights: other_nights(s),
        certificates: Link::new(t.check_nav(), "/id-admin/certifikat"),
        nights: (!page.nights.is_empty()).then(|| tables::nights(t, &page.nights)),
        no_nights: page
            .nights
            .is_empty()
            .then(|| Empty::new(t.night_no_nights(), t.night_no_nights_means())),
    }
}

/// That a night's run has not been done by the morning.
pub(crate) fn missing(t: Text, day: NaiveDate) -> Message {
    Message::danger(t.night_missing_title(t.day(day)), t.night_missing_text())
        .with_icon(Icon::Warning)
}

/// As [`missing`], on another page.
pub(super) fn missing_elsewhere(s: &Setting, day: NaiveDate) -> Message {
    let message = missing(s.t, day);
    if s.has(cards_domain::access::Function::ReadLog) {
        message.link(Link::new(s.t.night_to_the_page(), ADDRESS))
    } else {
        message
    }
}

fn stop(t: Text, sheet: &StopSheet) -> StopView {
    let stop = &sheet.stop;
    let mut lines = Vec::new();
    let who = sheet
        .released_by
        .clone()
        .unwrap_or_else(|| t.night_somebody());
    match (stop.stopped_at, stop.released_at) {
        (Some(at), None) => {
            lines.push(t.night_stop_text(t.day(stop.day)));
            lines.push(t.night_stop_stopped(t.day_and_clock(at)));
        }
        (Some(_), Some(at)) => lines.push(match stop.done_at {
            None => t.night_stop_released(t.day_and_clock(at), who),
            Some(done) => t.night_stop_done(t.day_and_clock(at), who, t.day_and_clock(done)),
        }),
        (None, _) => lines.push(t.night_stop_beforehand(t.day(stop.day), stop.count, who)),
    }
    lines.extend(counted(t, sheet));
    lines.extend(
        stop.reason
            .as_ref()
            .map(|reason| t.night_stop_reason(reason)),
    );
    if stop.released_at.is_none() && !sheet.may_release {
        lines.push(t.night_stop_other());
    }
    let address = format!("{ADDRESS}/slapp?stopp={}", stop.id);
    StopView {
        title: name_of(t, sheet),
        lines,
        release: sheet
            .may_release
            .then(|| Button::link(t.night_release(), address).secondary()),
    }
}

fn name_of(t: Text, sheet: &StopSheet) -> String {
    match &sheet.organisation {
        Some(organisation) => t.night_stop_of(organisation, sheet.stop.count),
        None => t.night_stop_of_all(sheet.stop.count),
    }
}

/// How many of how many, and by which rules.
fn counted(t: Text, sheet: &StopSheet) -> Vec<String> {
    let stop = &sheet.stop;
    let by = |rule: DeadlineRule| {
        let name: &'static str = rule.into();
        stop.counts.get(name).copied().unwrap_or_default()
    };
    let (activation, receipt) = (
        by(DeadlineRule::Activation),
        by(DeadlineRule::ReceiptSignature),
    );
    let mut lines = Vec::new();
    if stop.live > 0 {
        lines.push(t.night_stop_of_live(stop.count, stop.live));
    }
    if activation + receipt > 0 {
        lines.push(t.night_stop_by_rule(activation, receipt));
    }
    lines
}

fn in_all(t: Text, page: &NightPage) -> Option<Message> {
    let Verdict::Stops { .. } = page.report.in_all else {
        return None;
    };
    let message = Message::warning(
        t.night_too_many_in_all(),
        t.night_in_all(page.report.counted_in_all),
    );
    Some(if page.may_release {
        let address = release_address(page.report.day, None);
        message.link(Link::new(t.night_release_beforehand(), address))
    } else {
        message
    })
}

/// Where a night is released beforehand, in one organisation or in all.
fn release_address(day: NaiveDate, organisation: Option<OrganisationId>) -> String {
    let of: Uuid = organisation.map_or(Uuid::nil(), |id| id.0);
    format!("{ADDRESS}/slapp?dag={day}&organisation={of}")
}

fn other_nights(s: &Setting) -> LinkList {
    let today = business_day(s.now);
    let nights = (0..=AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
    let links = nights.map(|day| {
        let address = format!("{ADDRESS}?dag={day}");
        Link::new(s.t.night_coming(s.t.close_day(day)), address)
    });
    LinkList::new(links.collect())
}
