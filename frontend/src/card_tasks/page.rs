//! The page of a task: the code to type and the link that opens the card program, how far it has
//! come, and in the end what came of it. It looks again by itself: with script without a jump,
//! without script when the reader asks for it.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::card_tasks::TaskPage;
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::ids::CardTaskId;
use cards_http::{Fault, HolderSession, Notice, PortalName, Session, Site};
use serde::Deserialize;
use uuid::Uuid;

use super::opening::{self, Opening};
use super::pass::{self, Pass};
use super::{buttons, counter, offer, report, steps, words};
use crate::assets::{Asset, asset_url};
use crate::causes;
use crate::certificates::{self, Pair, Reader};
use crate::components::{Button, Facts, Hidden, Icon, Link, Message, StepBar, Tracking};
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, fields, ok};
use crate::text::Text;

/// Seconds between two looks where no script looks.
const LOOK_EVERY: u8 = 10;
/// How many looks are taken by themselves: ten minutes' worth. Each is a use of the session, which would
/// never end otherwise.
const LOOKS: u8 = 60;
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// What the address says beside the task.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    kontroll: Option<Uuid>,
    vanta: Option<String>,
}

/// A form that is one button.
pub(super) struct Act {
    pub(super) action: String,
    pub(super) hidden: Hidden,
    pub(super) button: Button,
}

/// What both portals show.
pub(super) struct Shown {
    lead: String,
    card: String,
    stage: &'static str,
    message: Option<Message>,
    report: Option<Facts>,
    waits_to_be_fetched: bool,
    opening: Option<Opening>,
    way: Tracking,
    certificates: Vec<Pair>,
    /// The page on which a locked card is opened, where that is what it failed of.
    unlock: Option<Button>,
    /// What failed, once more.
    again: Option<Act>,
    renew: Option<Act>,
    cancel: Option<Act>,
    go_on: Option<Act>,
    on: Vec<Button>,
    reload: Option<(Link, Link)>,
    scripts: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "card_tasks/holder.html")]
pub(super) struct PageOfHolder {
    pub(super) frame: Frame,
    pub(super) t: Text,
    pub(super) back: Link,
    pub(super) shown: Shown,
}

#[derive(Template)]
#[template(path = "card_tasks/officer.html")]
pub(super) struct PageOfOfficer {
    pub(super) frame: Frame,
    pub(super) t: Text,
    pub(super) back: Link,
    pub(super) shown: Shown,
    /// The steps of the counter, and what the officer must not do before they are done.
    pub(super) counter: Option<(StepBar, Message)>,
}

/// Everything around the task that the page is made of.
pub(super) struct Around {
    pub(super) home: &'static str,
    pub(super) check: Option<Uuid>,
    /// How many looks are still taken by themselves; none where somebody looks by hand.
    pub(super) looks: Option<u8>,
    pub(super) pass: Option<Pass>,
    pub(super) server: Option<String>,
    pub(super) is_phone: bool,
    pub(super) forms: (Hidden, Hidden),
}

/// `GET …/kortuppgift/{id}`.
pub(super) async fn show<S: Reader>(
    request: HttpRequest,
    session: S,
    app: web::Data<App>,
    id: web::Path<CardTaskId>,
    query: web::Query<Query>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.task_page(link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    let around = around::<S>(&request, &session, (&page, &s), &query);
    let mut answer = answer::<S>(&s, &page, &around, request.path())?;
    let looks = around.looks.filter(|_| page.task.stage.is_live());
    if let Some(left) = looks {
        let address = offer::at(S::HOME, id, around.check);
        let next = waiting(&address, left.saturating_sub(1));
        let next = HeaderValue::from_str(&format!("{LOOK_EVERY}; url={next}"));
        let next = next.map_err(|_| Notice::Broken)?;
        answer.headers_mut().insert(REFRESH, next);
    }
    Ok(answer)
}

fn around<S: Reader>(
    request: &HttpRequest,
    session: &Session,
    (page, s): (&TaskPage, &Setting),
    query: &Query,
) -> Around {
    let site = request.app_data::<web::Data<Site>>();
    Around {
        home: S::HOME,
        check: query
            .kontroll
            .filter(|_| session.portal == PortalName::IdAdmin),
        looks: looks(query),
        pass: pass::of(request, page.task.id, s.now),
        server: site.map(|site| site.card_client_address().to_owned()),
        is_phone: opening::is_phone(request),
        forms: (fields(session), fields(session)),
    }
}

fn looks(query: &Query) -> Option<u8> {
    let left = query.vanta.as_deref()?.parse::<u8>().ok()?;
    (left > 0).then_some(left.min(LOOKS))
}

fn answer<S: Reader>(
    s: &Setting,
    page: &TaskPage,
    around: &Around,
    path: &str,
) -> Result<HttpResponse, Fault> {
    let (t, stage) = (s.t, stage(page, s));
    let frame = S::framed(s, title(t, page, stage), path);
    let back = S::back(t, &page.card);
    let shown = shown(s, page, stage, around);
    if S::HOME == HolderSession::HOME {
        ok(&PageOfHolder {
            frame,
            t,
            back,
            shown,
        })
    } else {
        let focus = words::title(t, page.task.kind);
        let frame = frame.focus(focus);
        ok(&PageOfOfficer {
            frame,
            t,
            back,
            shown,
            counter: counter::steps(t, page.task.kind),
        })
    }
}

/// Where the task stands for the reader: its time may be over before that is noted.
fn stage(page: &TaskPage, s: &Setting) -> TaskStage {
    if page.task.is_overdue(s.now) {
        TaskStage::Lapsed
    } else {
        page.task.stage
    }
}

pub(super) fn title(t: Text, page: &TaskPage, stage: TaskStage) -> String {
    match stage {
        TaskStage::Offered | TaskStage::Begun => words::title(t, page.task.kind),
        TaskStage::Done if report::came_to_no_card(page) => t.task_test_not_done(),
        TaskStage::Done => words::result_of(t, page).0,
        TaskStage::Failed => t.task_failed(),
        TaskStage::Cancelled => t.task_cancelled(),
        TaskStage::Lapsed => t.task_lapsed(),
    }
}

pub(super) fn shown(s: &Setting, page: &TaskPage, stage: TaskStage, around: &Around) -> Shown {
    let (t, task) = (s.t, &page.task);
    let is_live = stage.is_live();
    let address = offer::at(around.home, task.id, around.check);
    let reach = &page.reach;
    let waits_to_be_fetched = stage == TaskStage::Offered && reach.is_own;
    let pass = around.pass.as_ref().filter(|_| waits_to_be_fetched);
    let (server, is_phone) = (around.server.as_deref(), around.is_phone);
    let opening = pass.map(|pass| opening::of(t, pass, server, is_phone));
    let (renewing, cancelling) = around.forms.clone();
    let form = |what: &str, hidden: Hidden, button: Button| Act {
        action: format!("{}/{what}", super::address(around.home, task.id)),
        hidden: keeping(hidden, around.check),
        button,
    };
    // What was found before a test was asked for again says nothing of this one.
    let found = page.report.as_ref().filter(|_| !is_live);
    let unlock = buttons::unlock(t, page, stage, around.home);
    let again = buttons::again_as(t, stage, found).filter(|_| reach.may_renew);
    let again = again.map(|label| {
        let button = buttons::again(label, around.home, unlock.is_some());
        form("ny-kod", renewing.clone(), button)
    });
    let needs_code = waits_to_be_fetched && opening.is_none();
    Shown {
        lead: lead(t, page, stage, around.home),
        card: parts::card_number(&page.card.card),
        stage: stage.into(),
        message: message(t, page, stage, opening.is_some()),
        report: found.map(|report| report::facts(t, report)),
        unlock,
        again,
        renew: (is_live && reach.may_renew)
            .then(|| form("ny-kod", renewing, buttons::renew(t, needs_code))),
        cancel: (is_live && reach.may_cancel).then(|| {
            let button = Button::submit(t.task_cancel()).tertiary();
            form("avbryt", cancelling, button)
        }),
        scripts: scripts(is_live, pass.is_some_and(|pass| pass.opens)),
        waits_to_be_fetched,
        opening,
        way: steps::way(t, page),
        certificates: certificates_of(t, page, stage, around.home),
        go_on: counter::go_on(t, page, stage, around),
        on: on(t, page, stage, around),
        reload: is_live.then(|| reload(t, &address, around.looks.is_some())),
    }
}

fn scripts(is_live: bool, opens: bool) -> Vec<&'static str> {
    let opens = opens.then_some(Asset::OpenProgram);
    let follows = is_live.then_some(Asset::Follow);
    opens.into_iter().chain(follows).map(asset_url).collect()
}

/// The signed check goes from page to page in the form's own fields.
fn keeping(hidden: Hidden, check: Option<Uuid>) -> Hidden {
    match check {
        Some(check) => hidden.and(offer::CHECK, check.to_string()),
        None => hidden,
    }
}

/// What the reader does, or, of what somebody else has begun, who does it.
fn lead(t: Text, page: &TaskPage, stage: TaskStage, home: &str) -> String {
    match stage {
        TaskStage::Offered | TaskStage::Begun | TaskStage::Failed | TaskStage::Lapsed
            if !page.reach.is_own =>
        {
            words::whose(t, page, home == HolderSession::HOME)
        }
        TaskStage::Offered | TaskStage::Begun => words::lead(t, page.task.kind, &page.card),
        TaskStage::Done if report::came_to_no_card(page) => t.task_test_not_done_means(),
        TaskStage::Done => words::result_of(t, page).1,
        TaskStage::Failed => t.task_failed_means(),
        TaskStage::Cancelled => t.task_cancelled_means(),
        TaskStage::Lapsed => t.task_lapsed_means(),
    }
}

/// What must be known now: at most one message.
fn message(t: Text, page: &TaskPage, stage: TaskStage, has_pass: bool) -> Option<Message> {
    match (stage, &page.report, &page.task.cause) {
        (TaskStage::Done, Some(report), _) if page.task.kind == TaskKind::TestCard => {
            Some(report::message(t, report).link(report::more(t)))
        }
        (TaskStage::Failed, _, Some(cause)) => {
            let (says, step) = causes::told(t, cause.as_str());
            let message = Message::warning(says, step).and(t.task_desk_code(cause));
            Some(message.link(report::more(t)))
        }
        (TaskStage::Begun, _, _) if steps::waits_for_card(page) => Some(
            Message::warning(t.task_put_back(), t.task_put_back_means()).with_icon(Icon::Reader),
        ),
        (TaskStage::Offered, _, _) if !has_pass && page.reach.is_own => {
            Some(Message::info(t.task_no_code(), t.task_no_code_means()).with_icon(Icon::Clock))
        }
        _ => None,
    }
}

/// What stands on the card when certificates were fetched or taken off it.
fn certificates_of(t: Text, page: &TaskPage, stage: TaskStage, home: &str) -> Vec<Pair> {
    let kinds = [TaskKind::FetchSigning, TaskKind::DeleteCertificate];
    if stage == TaskStage::Done && kinds.contains(&page.task.kind) {
        certificates::pairs(t, home, &page.card, &[])
    } else {
        Vec::new()
    }
}

/// Where the reader goes from here.
fn on(t: Text, page: &TaskPage, stage: TaskStage, around: &Around) -> Vec<Button> {
    let card = format!("{}/kort/{}", around.home, page.task.card);
    if around.home != HolderSession::HOME {
        return counter::after_the_visit(t, page, stage, &card);
    }
    if stage.is_live() {
        return Vec::new();
    }
    let to_card = Button::link(t.task_to_card(), card.as_str()).full();
    match (stage, page.task.kind) {
        (TaskStage::Failed, TaskKind::TestCard) | (TaskStage::Done, TaskKind::TestCard) => {
            let report = format!("{card}/testa?papper=1");
            let print = Button::link(t.test_print(), report).secondary().full();
            vec![to_card.secondary(), print]
        }
        (TaskStage::Failed, _) => vec![to_card.secondary()],
        _ => vec![to_card],
    }
}

/// To look again by hand, and to have it done without script for a while.
fn reload(t: Text, address: &str, waits: bool) -> (Link, Link) {
    let waiting = waiting(address, LOOKS);
    if waits {
        let stop = Link::new(t.stop_reloading(), address);
        (Link::new(t.reload(), waiting), stop)
    } else {
        let wait = Link::new(t.reload_by_itself(), waiting);
        (Link::new(t.reload(), address), wait)
    }
}

/// The page that looks by itself as many times; not at all with none left.
fn waiting(address: &str, looks: u8) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}vanta={looks}")
}
