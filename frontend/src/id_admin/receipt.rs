//! Activation, step 4: the holder signs the receipt, in Mina sidor or on paper. Until then the
//! holder must not leave; leaving shows what will happen and when.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{CardPage, Clock};
use cards_domain::access::Function;
use cards_domain::card::CardStage;
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, Notice};
use serde::Deserialize;

use super::activate::steps;
use super::{cards, parts, refuse};
use crate::components::{Button, CardPicture, Icon, Link, Message, StateBadge, StepBar};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::states;
use crate::text::Text;

/// Seconds between two looks at whether the holder has signed.
const LOOK_EVERY: &str = "10";
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// `vanta=1`: the page looks again by itself; a link on it stops that.
#[derive(Deserialize)]
pub(super) struct Waiting {
    vanta: Option<String>,
}

#[derive(Template)]
#[template(path = "id_admin/receipt.html")]
pub(super) struct ReceiptView {
    frame: Frame,
    t: Text,
    steps: StepBar,
    warning: Message,
    drawing: CardPicture,
    state: StateBadge,
    number: String,
    chosen: String,
    reload: Link,
    waiting: Link,
    paper: Button,
    refuse: Link,
    leave: Link,
}

#[derive(Template)]
#[template(path = "id_admin/receipt_leave.html")]
pub(super) struct LeaveView {
    frame: Frame,
    t: Text,
    steps: StepBar,
    drawing: CardPicture,
    state: StateBadge,
    number: String,
    chosen: String,
    losses: Vec<(Icon, String)>,
    back: Button,
    person: Link,
    paper: Link,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    waiting: web::Query<Waiting>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.card_page_again(link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    if let Some(elsewhere) = elsewhere(&page) {
        return Ok(see_other(elsewhere));
    }
    may_receive(&setting, &page)?;
    let waits = waiting.vanta.as_deref() == Some("1");
    let mut response = ok(&view(&setting, &page, waits))?;
    if waits {
        response
            .headers_mut()
            .insert(REFRESH, HeaderValue::from_static(LOOK_EVERY));
    }
    Ok(response)
}

/// Where the card stands decides which step is now.
pub(super) fn elsewhere(page: &CardPage) -> Option<String> {
    let id = page.card.sheet.card.id;
    match page.card.sheet.card.stage {
        CardStage::UnlockedUnsigned { .. } => None,
        CardStage::Active { .. } => Some(format!("/id-admin/kort/{id}/klart")),
        CardStage::Sent { .. } => Some(format!("/id-admin/kort/{id}/aktivera")),
        CardStage::Ordered | CardStage::Revoked { .. } | CardStage::Expired { .. } => {
            Some(parts::person_address(&page.person))
        }
    }
}

pub(super) fn may_receive(s: &Setting, page: &CardPage) -> Result<(), Fault> {
    let card = &page.card.sheet.card;
    if parts::may(s, Function::RecordPaperReceipt, &page.person, card) {
        Ok(())
    } else {
        Err(Notice::Refused(Refusal::NotYourRole).into())
    }
}

/// The day and time the card is revoked without a signature.
fn revoked_at(t: Text, clocks: &[Clock]) -> String {
    let clock = clocks
        .iter()
        .find(|clock| clock.rule == DeadlineRule::ReceiptSignature);
    clock
        .map(|clock| t.day_and_clock(clock.acts_at))
        .unwrap_or_default()
}

fn chosen(t: Text, page: &CardPage) -> String {
    match page.card.sheet.card.stage {
        CardStage::UnlockedUnsigned { at } => t.code_chosen_at(t.day_and_clock(at)),
        _ => String::new(),
    }
}

pub(super) fn view(s: &Setting, page: &CardPage, waits: bool) -> ReceiptView {
    let t = s.t;
    let sheet = &page.card.sheet;
    let here = cards::receipt_address(sheet);
    let on = format!("{here}?vanta=1");
    let waiting = if waits {
        Link::new(t.stop_reloading(), &here)
    } else {
        Link::new(t.reload_by_itself(), &on)
    };
    let warning = Message::warning(
        t.do_not_let_go_now(),
        t.do_not_let_go_until(revoked_at(t, &page.clocks)),
    );
    ReceiptView {
        frame: s.frame(t.receipt_title()).focus(t.activate_the_card()),
        t,
        steps: steps(t, 4),
        warning: warning.with_icon(Icon::Pen),
        drawing: crate::locked_card::picture(sheet),
        state: states::card(&sheet.card.stage).badge(t).big(),
        number: parts::card_number(&sheet.card),
        chosen: chosen(t, page),
        reload: Link::new(t.reload(), if waits { on.clone() } else { here.clone() }),
        waiting,
        paper: Button::link(t.receipt_on_paper(), format!("{here}/papper")).secondary(),
        refuse: Link::new(t.refuse_title(), refuse::address(&here)),
        leave: Link::new(t.leave_unsigned(), format!("{here}/lamna")),
    }
}

pub(super) async fn leave(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.card_page(link, &call, id)).await?;
    let setting = Setting::new(&session, &request, moment);
    if let Some(elsewhere) = elsewhere(&page) {
        return Ok(see_other(elsewhere));
    }
    may_receive(&setting, &page)?;
    ok(&leave_view(&setting, &page))
}

pub(super) fn leave_view(s: &Setting, page: &CardPage) -> LeaveView {
    let t = s.t;
    let sheet = &page.card.sheet;
    let here = cards::receipt_address(sheet);
    LeaveView {
        frame: s.frame(t.leave_title()).focus(t.activate_the_card()),
        t,
        steps: steps(t, 4),
        drawing: crate::locked_card::picture(sheet),
        state: states::card(&sheet.card.stage).badge(t).big(),
        number: parts::card_number(&sheet.card),
        chosen: chosen(t, page),
        losses: vec![
            (Icon::Clock, t.leave_revoked(revoked_at(t, &page.clocks))),
            (Icon::Ban, t.leave_final()),
            (Icon::Card, t.leave_old_card()),
        ],
        back: Button::link(t.back_to_receipt(), format!("{here}?vanta=1")).large(),
        person: Link::new(t.holder_has_left(), parts::person_address(&page.person)),
        paper: Link::new(t.print_receipt(), format!("{here}/utskrift")),
    }
}
