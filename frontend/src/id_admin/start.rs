//! The officer's start: *Vem gäller det?* and the work that waits, by time.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{COUNTED, StartPage, Waiting, Worklist as Waits, WorklistKind};
use cards_domain::access::Function;
use cards_domain::calendar::{business_day, start_of_day};
use cards_http::{Fault, IdAdminSession};
use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::nightly;
use super::parts::hours_today;
use crate::components::{CardDrawing, Due, Empty, Icon, Link, SearchBand, Worklist, WorklistRow};
use crate::layout::{Frame, Portal};
use crate::open::entrance;
use crate::pages::{Setting, ask, ok, only_reads};
use crate::text::Text;

/// The night run has done its work by then.
const NIGHT_ENDS: Duration = Duration::hours(6);

#[derive(Template)]
#[template(path = "id_admin/start.html")]
pub(super) struct StartView {
    frame: Frame,
    t: Text,
    search: SearchBand,
    place: String,
    groups: Vec<Worklist>,
    nothing: Option<Empty>,
    /// What whoever only reads can do, in place of the lists.
    reads: Option<Vec<Reading>>,
}

/// Something to read, and where.
struct Reading {
    text: String,
    link: Option<Link>,
}

/// `GET /id-admin`: the start, or for whoever is not logged in the way to log in.
pub(super) async fn show(
    request: HttpRequest,
    session: Result<IdAdminSession, Fault>,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let session = match session {
        Ok(session) => session,
        Err(fault) => return entrance(&request, Portal::IdAdmin, fault),
    };
    let call = session.call(None);
    let work = move |app: &App, link: &mut cards_app::Link| {
        Ok((app.start_page(link, &call)?, app.missing_night(link)?))
    };
    let ((page, missing), moment) = ask(&app, work).await?;
    let setting = Setting::new(&session, &request, moment);
    let mut view = view(&setting, &page);
    if let Some(day) = missing {
        view.frame = view.frame.banner(nightly::missing_elsewhere(&setting, day));
    }
    ok(&view)
}

pub(super) fn view(s: &Setting, page: &StartPage) -> StartView {
    let t = s.t;
    let reads = only_reads(&s.actor).then(|| readings(s));
    let groups = if reads.is_none() {
        groups(s, page)
    } else {
        Vec::new()
    };
    StartView {
        frame: s.frame(t.nav_start()).without_search(),
        t,
        search: band(s, page),
        place: page
            .office
            .as_ref()
            .map_or_else(|| t.whole_branch(), |office| office.name.clone()),
        nothing: (groups.is_empty() && reads.is_none()).then(|| nothing(t)),
        groups,
        reads,
    }
}

fn band(s: &Setting, page: &StartPage) -> SearchBand {
    let t = s.t;
    let band = SearchBand::new(t, t.whom(), "/id-admin/sok", s.hidden.clone());
    match &page.office {
        Some(office) => {
            let hours = t.open_today_is(hours_today(t, office, s.now));
            band.beside(Icon::Home, office.name.clone(), hours)
        }
        None if only_reads(&s.actor) => band,
        None => band.beside(Icon::Home, t.no_office(), t.no_office_means()),
    }
}

/// What there is for whoever reviews and does nothing at a counter.
fn readings(s: &Setting) -> Vec<Reading> {
    let t = s.t;
    let plain = |text: String| Reading { text, link: None };
    let mut readings = vec![plain(t.start_reads_persons())];
    if s.has(Function::ReadLog) {
        readings.push(plain(t.start_reads_events()));
        readings.push(Reading {
            text: t.start_reads_log(),
            link: Some(Link::new(t.log_title(), "/id-admin/handelser")),
        });
        readings.push(Reading {
            text: t.start_reads_nights(),
            link: Some(Link::new(t.nav_night(), "/id-admin/nattkorning")),
        });
    }
    readings
}

fn nothing(t: Text) -> Empty {
    Empty::new(t.nothing_waits(), t.nothing_waits_means()).drawn(CardDrawing::Whole)
}

/// When something is due: the group on the start page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Today,
    ThisWeek,
    Later,
}

fn when(at: DateTime<Utc>, now: DateTime<Utc>) -> When {
    let today = business_day(now);
    if at <= night_after(today) {
        When::Today
    } else if at <= night_after(today + Duration::days(7)) {
        When::ThisWeek
    } else {
        When::Later
    }
}

fn night_after(day: NaiveDate) -> DateTime<Utc> {
    start_of_day(day.succ_opt().unwrap_or(day)) + NIGHT_ENDS
}

fn groups(s: &Setting, page: &StartPage) -> Vec<Worklist> {
    let t = s.t;
    let titled = [
        (When::Today, t.today(), t.close_day(business_day(s.now))),
        (When::ThisWeek, t.this_week(), String::new()),
        (When::Later, t.later(), String::new()),
    ];
    titled
        .into_iter()
        .filter_map(|(time, title, note)| {
            let mut rows: Vec<_> = page
                .worklists
                .iter()
                .filter_map(|list| row(s, list, time))
                .collect();
            if time == When::Today {
                rows.extend(questions(t, page));
                rows.extend(failed(t, page));
            }
            (!rows.is_empty()).then(|| Worklist::new(t, title, note, rows))
        })
        .collect()
}

fn row(s: &Setting, list: &Waits, time: When) -> Option<WorklistRow> {
    if group(list, s.now) != time {
        return None;
    }
    let row = WorklistRow::new(
        list.count,
        title(s.t, list.kind),
        address(list.kind),
        meaning(s.t, list.kind),
    );
    let row = row.or_more(list.count >= COUNTED);
    Some(row.due(due(s, list, time)))
}

/// What happens of itself is grouped by when it happens. What only waits is today's work; a card
/// that has not come is this week's, since nothing is lost meanwhile.
fn group(list: &Waits, now: DateTime<Utc>) -> When {
    match list.kind {
        WorklistKind::Unsigned | WorklistKind::ToActivate | WorklistKind::AtOffice => {
            when(list.nearest.due, now)
        }
        WorklistKind::Callback
        | WorklistKind::OpenSteps
        | WorklistKind::PukRequests
        | WorklistKind::ProductionFailed => When::Today,
        WorklistKind::AwaitingPhoto
        | WorklistKind::AwaitingPrerequisites
        | WorklistKind::ToCut
        | WorklistKind::NotArrived => When::ThisWeek,
    }
}

fn due(s: &Setting, list: &Waits, time: When) -> Due {
    let t = s.t;
    let nearest = &list.nearest;
    let whom = nearest.name.clone().unwrap_or_else(|| t.protected_data());
    let is_later = time == When::Later;
    let what = due_text(s, list.kind, nearest, is_later);
    match (list.kind, time) {
        (
            WorklistKind::Unsigned | WorklistKind::ToActivate | WorklistKind::AtOffice,
            When::Today,
        ) => Due::tonight(what, whom),
        (WorklistKind::NotArrived, _) | (_, When::Later) => Due::new(what, whom),
        (_, When::Today | When::ThisWeek) => Due::waiting(what, whom),
    }
}

/// When something is due, or since when it waits.
pub(super) fn due_text(s: &Setting, kind: WorklistKind, one: &Waiting, is_later: bool) -> String {
    let t = s.t;
    match kind {
        WorklistKind::Unsigned | WorklistKind::ToActivate | WorklistKind::AtOffice if is_later => {
            t.revoked_at(t.day(one.day))
        }
        WorklistKind::Unsigned => t.revoked_at(t.day_and_clock(one.due)),
        WorklistKind::ToActivate | WorklistKind::AtOffice => t.revoked_at(t.day_and_clock(one.due)),
        WorklistKind::Callback => t.call_back_before(t.day_and_clock(one.due)),
        WorklistKind::NotArrived => t.may_be_ordered_since(t.day_of(one.due)),
        // The day by which the holder has promised to do it.
        WorklistKind::OpenSteps if one.due > s.now => t.promised_before(t.day_of(one.due)),
        WorklistKind::OpenSteps
        | WorklistKind::PukRequests
        | WorklistKind::ProductionFailed
        | WorklistKind::AwaitingPhoto
        | WorklistKind::AwaitingPrerequisites
        | WorklistKind::ToCut => t.waits_since(t.day_and_clock(one.due)),
    }
}

fn questions(t: Text, page: &StartPage) -> Option<WorklistRow> {
    let row = || {
        WorklistRow::new(
            page.questions,
            t.dir_questions(),
            "/id-admin/katalog",
            t.dir_questions_means(),
        )
    };
    (page.questions > 0).then(row)
}

fn failed(t: Text, page: &StartPage) -> Option<WorklistRow> {
    let count = page.buried_errands.filter(|count| *count > 0)?;
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Some(WorklistRow::new(
        count,
        t.errands_failed(),
        "/id-admin/utgaende",
        t.errands_failed_means(),
    ))
}

/// The name of a list.
pub(super) fn title(t: Text, kind: WorklistKind) -> String {
    match kind {
        WorklistKind::Callback => t.worklist_callback(),
        WorklistKind::OpenSteps => t.worklist_open_steps(),
        WorklistKind::Unsigned => t.worklist_unsigned(),
        WorklistKind::PukRequests => t.worklist_puk_requests(),
        WorklistKind::AtOffice => t.worklist_at_office(),
        WorklistKind::ProductionFailed => t.worklist_production_failed(),
        WorklistKind::AwaitingPhoto => t.worklist_awaiting_photo(),
        WorklistKind::AwaitingPrerequisites => t.worklist_awaiting_prerequisites(),
        WorklistKind::NotArrived => t.worklist_not_arrived(),
        WorklistKind::ToCut => t.worklist_to_cut(),
        WorklistKind::ToActivate => t.worklist_to_activate(),
    }
}

/// What happens if nobody does anything.
pub(super) fn meaning(t: Text, kind: WorklistKind) -> String {
    match kind {
        WorklistKind::Callback => t.worklist_callback_means(),
        WorklistKind::OpenSteps => t.worklist_open_steps_means(),
        WorklistKind::Unsigned => t.worklist_unsigned_means(),
        WorklistKind::PukRequests => t.worklist_puk_requests_means(),
        WorklistKind::AtOffice => t.worklist_at_office_means(),
        WorklistKind::ProductionFailed => t.worklist_production_failed_means(),
        WorklistKind::AwaitingPhoto => t.worklist_awaiting_photo_means(),
        WorklistKind::AwaitingPrerequisites => t.worklist_awaiting_prerequisites_means(),
        WorklistKind::NotArrived => t.worklist_not_arrived_means(),
        WorklistKind::ToCut => t.worklist_to_cut_means(),
        WorklistKind::ToActivate => t.worklist_to_activate_means(),
    }
}

fn address(kind: WorklistKind) -> String {
    format!("/id-admin/att-gora/{}", slug(kind))
}

/// The list's part of its address.
pub(super) fn slug(kind: WorklistKind) -> &'static str {
    match kind {
        WorklistKind::Callback => "ring-upp",
        WorklistKind::OpenSteps => "oppna-steg",
        WorklistKind::Unsigned => "ej-kvitterade",
        WorklistKind::PukRequests => "puk-brev",
        WorklistKind::AtOffice => "pa-kontoret",
        WorklistKind::ProductionFailed => "tillverkningen-stannade",
        WorklistKind::AwaitingPhoto => "vantar-pa-foto",
        WorklistKind::AwaitingPrerequisites => "vantar-pa-underlag",
        WorklistKind::NotArrived => "inte-framme",
        WorklistKind::ToCut => "att-klippa",
        WorklistKind::ToActivate => "att-aktivera",
    }
}

#[cfg(test)]
mod tests {
    use cards_domain::access::Role;
    use strum::IntoEnumIterator as _;

    use super::*;
    use crate::id_admin::samples::setting;
    use crate::id_admin::tests::assert_sound;
    use crate::text::Lang;

    fn start_of(lang: Lang, role: Role) -> String {
        let page = StartPage {
            office: None,
            worklists: Vec::new(),
            questions: 0,
            buried_errands: None,
        };
        let view = view(&setting(lang, Portal::IdAdmin, role), &page);
        view.render().unwrap()
    }

    #[test]
    fn whoever_only_reviews_is_told_what_there_is_to_read_and_offered_no_work() {
        for lang in [Lang::Sv, Lang::En] {
            assert_sound("start", &start_of(lang, Role::Auditor));
        }
        let page = start_of(Lang::Sv, Role::Auditor);
        assert!(page.contains("Det här kan du läsa") && page.contains("/id-admin/nattkorning"));
        for untrue in ["Att göra", "kvitterade", "kan inte aktivera kort"] {
            assert!(!page.contains(untrue), "{untrue}");
        }
        let page = start_of(Lang::Sv, Role::IdAdmin);
        assert!(page.contains("Att göra") && !page.contains("Det här kan du läsa"));
    }

    #[test]
    fn only_those_roles_that_change_nothing_are_without_work() {
        let reads = |role: &Role| {
            let s = setting(Lang::Sv, Portal::IdAdmin, *role);
            only_reads(&s.actor)
        };
        let readers: Vec<Role> = Role::iter().filter(reads).collect();
        // The two that only widen another role give nothing to do by themselves.
        assert_eq!(
            readers,
            [
                Role::IdAdminReserveLoa3,
                Role::IdAdminProtected,
                Role::SecurityOfficer,
                Role::Auditor
            ]
        );
    }

    #[test]
    fn what_is_lost_tonight_is_due_today_and_what_is_lost_next_month_is_later() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-11-23T08:42:00Z");
        assert!(
            when(at("2026-11-23T23:00:00Z"), now) == When::Today,
            "the run of the night"
        );
        assert!(when(at("2026-11-25T11:00:00Z"), now) == When::ThisWeek);
        assert!(when(at("2026-12-20T23:00:00Z"), now) == When::Later);
        assert!(
            when(at("2026-11-22T23:00:00Z"), now) == When::Today,
            "late is today's work"
        );
    }
}
