//! A letter with the PUK: where it is, and approving it, turning it down or taking it back. The
//! code itself is never shown.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::LetterPage;
use cards_app::{App, Failure, Link as Db};
use cards_domain::ids::PukLetterId;
use cards_domain::puk_letter::{
    LetterRejection, PukLetter, PukLetterAction, PukLetterActionName, PukLetterStage,
};
use cards_domain::refusal::Refusal;
use cards_domain::unlock::unlock_ways;
use cards_http::{Fault, Session, SignedForm};
use serde::Deserialize;
use strum::IntoEnumIterator;

use super::{home, letter_form};
use crate::components::{
    Breadcrumbs, Button, Choice, Choices, ErrorSummary, Fact, Facts, Hidden, Icon, Link, Message,
    Refusals, StateBadge,
};
use crate::desk::Desk;
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;
use crate::{refusals, states};

const WHY: &str = "skal";

/// Why it is turned down.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Answers {
    skal: Option<String>,
}

/// What a desk does to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Approve,
    Reject,
    Cancel,
}

#[derive(Template)]
#[template(path = "locked_card/letter.html")]
pub(crate) struct LetterView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    state: StateBadge,
    message: Message,
    facts: Facts,
    approve: Option<Form>,
    reject: Option<(Choices, Form)>,
    cancel: Option<Form>,
    refusals: Refusals,
    back: Link,
}

struct Form {
    action: String,
    hidden: Hidden,
    button: Button,
}

pub(crate) async fn show<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.letter_page(link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    ok(&view(&s, &page, None))
}

pub(crate) async fn approve<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<Answers>,
) -> Result<HttpResponse, Fault> {
    send((&request, &session), &app, *id, (Act::Approve, form)).await
}

pub(crate) async fn reject<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<Answers>,
) -> Result<HttpResponse, Fault> {
    send((&request, &session), &app, *id, (Act::Reject, form)).await
}

pub(crate) async fn cancel<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<PukLetterId>,
    form: SignedForm<Answers>,
) -> Result<HttpResponse, Fault> {
    send((&request, &session), &app, *id, (Act::Cancel, form)).await
}

async fn send(
    (request, session): (&HttpRequest, &Session),
    app: &App,
    id: PukLetterId,
    (act, form): (Act, SignedForm<Answers>),
) -> Result<HttpResponse, Fault> {
    let why = form.fields.skal.as_deref().and_then(|why| why.parse().ok());
    let action = match (act, why) {
        (Act::Approve, _) => PukLetterAction::Approve,
        (Act::Cancel, _) => PukLetterAction::Cancel,
        (Act::Reject, Some(why)) => PukLetterAction::Reject { why },
        (Act::Reject, None) => return without_reason(request, session, app, id).await,
    };
    let call = session.call(Some(form.fingerprint));
    let work =
        move |app: &App, link: &mut Db| app.ledger.act::<PukLetter>(link, &call, id.0, &action);
    ask(app, work).await?;
    let home = session.portal.path();
    Ok(see_other(format!("{home}/puk-brev/{id}")))
}

async fn without_reason(
    request: &HttpRequest,
    session: &Session,
    app: &App,
    id: PukLetterId,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (page, moment) = ask(app, move |app, link| app.letter_page(link, &call, id)).await?;
    may_reject(&page)?;
    let s = Setting::new(session, request, moment);
    let error = s.t.ul_choose_rejection();
    show_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(&s, &page, Some(error)),
    )
}

fn may_reject(page: &LetterPage) -> Result<(), Failure> {
    verdict(page, PukLetterActionName::Reject).map_err(Failure::from)
}

fn verdict(page: &LetterPage, action: PukLetterActionName) -> Result<(), Refusal> {
    let mut offers = page.offers.iter();
    let offer = offers.find(|offer| offer.action == action);
    offer.map_or(Err(Refusal::NotYourRole), |offer| offer.verdict.clone())
}

pub(crate) fn view(s: &Setting, page: &LetterPage, error: Option<String>) -> LetterView {
    let t = s.t;
    let title = t.ul_letter_of(parts::card_name(&page.card));
    let back = super::back(s, &page.person);
    let form = |part: &str, button: Button, action: PukLetterActionName| {
        verdict(page, action).is_ok().then(|| Form {
            action: format!("{}/puk-brev/{}/{part}", home(s), page.letter.id),
            hidden: s.hidden.clone(),
            button,
        })
    };
    let approve = Button::submit(t.ul_approve()).large();
    let reject = Button::submit(t.ul_reject()).secondary();
    let cancel = Button::submit(t.ul_cancel_letter()).tertiary();
    LetterView {
        path: Breadcrumbs::new(t, vec![back.clone()], title.as_str()),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| (WHY, text))),
        state: states::puk_letter(page.letter.stage).badge(t).big(),
        message: message(t, page.letter.stage),
        facts: facts(t, page),
        approve: form("godkann", approve, PukLetterActionName::Approve),
        reject: form("avsla", reject, PukLetterActionName::Reject)
            .map(|form| (rejections(t, page).error(error), form)),
        cancel: form("avbryt", cancel, PukLetterActionName::Cancel),
        refusals: Refusals::new(t, refused(t, page)),
        back,
    }
}

/// Where the letter is and what comes next. It says nothing that is not so: the letter bureau is
/// not connected.
fn message(t: Text, stage: PukLetterStage) -> Message {
    match stage {
        PukLetterStage::Requested => {
            Message::info(t.ul_requested(), t.ul_requested_means()).with_icon(Icon::Clock)
        }
        PukLetterStage::Approved => {
            Message::info(t.ul_approved(), t.ul_approved_means()).with_icon(Icon::Clock)
        }
        PukLetterStage::Rejected => Message::neutral(t.ul_rejected(), t.ul_rejected_means()),
        PukLetterStage::Cancelled => Message::neutral(t.ul_cancelled(), t.ul_cancelled_means()),
        PukLetterStage::Used => Message::neutral(t.ul_used(), t.ul_used_means()),
        PukLetterStage::Printing
        | PukLetterStage::Mailed
        | PukLetterStage::AtServicePoint
        | PukLetterStage::Collected => Message::info(t.ul_on_its_way(), t.ul_on_its_way_means()),
        PukLetterStage::ReturnedToSender | PukLetterStage::Failed | PukLetterStage::Closed => {
            Message::neutral(t.ul_letter_over(), t.ul_letter_over_means())
        }
    }
}

fn facts(t: Text, page: &LetterPage) -> Facts {
    let to = page.register.as_ref().and_then(|answer| {
        let address = answer.address.as_ref()?;
        Some(address.lines().join(", "))
    });
    let to = if page.person.protection.is_protected() {
        Some(t.address_forwarded())
    } else {
        to
    };
    let letter = &page.letter;
    let rows = [
        (t.ul_why(), Some(letter_form::why(t, letter.reason))),
        (t.ul_requested_by(), Some(requester(t, page))),
        (t.ul_since(), Some(t.day_and_clock(letter.since))),
        (t.sent_to(), to),
        (t.product_number(), Some(parts::product(&page.card))),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    Facts::new(rows.collect())
}

/// Who asked, and how it is known that the holder wants it.
fn requester(t: Text, page: &LetterPage) -> String {
    if page.letter.requested_by == page.letter.person {
        return t.ul_requested_by_holder();
    }
    let name = page.requested_by.clone();
    t.ul_requested_and_checked_by(name.unwrap_or_else(|| t.event_by_officer()))
}

/// The reasons to turn it down. That a visit is sooner is none for a card that no visit opens.
fn rejections(t: Text, page: &LetterPage) -> Choices {
    let visit = unlock_ways(page.card.card.product_number.as_ref()).visit;
    let reasons =
        LetterRejection::iter().filter(|why| visit || *why != LetterRejection::VisitInstead);
    let rows = reasons.map(|why| {
        let value: &'static str = why.into();
        let label = match why {
            LetterRejection::CallerUnsure => t.ul_reject_unsure(),
            LetterRejection::CardToBeReplaced => t.ul_reject_replaced(),
            LetterRejection::VisitInstead => t.ul_reject_visit(),
        };
        Choice::answer(value, label)
    });
    Choices::new(WHY, t.ul_reject_why(), rows.collect()).hint(t.ul_reject_hint())
}

/// Why the reader may not decide on a letter that waits for somebody.
fn refused(t: Text, page: &LetterPage) -> Vec<crate::components::Refusal> {
    let waits = page.letter.stage == PukLetterStage::Requested;
    let refusal = verdict(page, PukLetterActionName::Approve).err();
    refusal
        .filter(|_| waits)
        .map(|refusal| refusals::line(t, t.ul_approve(), &refusal))
        .into_iter()
        .collect()
}
