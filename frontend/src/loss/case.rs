//! A case at a desk: what is done, what is left outside, and how the holder works on.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CasePage;
use cards_app::{App, Failure, Link as Db};
use cards_domain::access::Function;
use cards_domain::calendar;
use cards_domain::card::{CardStage, CardStageName, RevocationReason};
use cards_domain::ids::RevocationId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Revocation, RevocationAction, RevocationStage};
use cards_http::{Fault, SignedForm};

use super::asked::{Asked, Teller};
use super::help::{self, Own};
use super::record::{Recorded, at_field};
use super::tasks::{self, Filled};
use super::{Faults, case_address, confirm, home, numbers, question, teller};
use crate::components::{
    Breadcrumbs, Button, CardPicture, ErrorSummary, Facts, Field, Hidden, Icon, Link, Message,
    StateBadge, TaskList,
};
use crate::desk::Desk;
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, see_other, show as show_with};
use crate::states;
use crate::text::Text;

#[derive(Template)]
#[template(path = "loss/case.html")]
pub(crate) struct CaseView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    lead: String,
    /// What comes before everything else: that the caller waits, or that an act came too late.
    waiting: Option<Message>,
    acts: Vec<Act>,
    tasks: Option<TaskList>,
    advice: Vec<(Icon, String)>,
    drawing: CardPicture,
    badge: StateBadge,
    about: String,
    onwards: Option<Onwards>,
    without_id: Option<bool>,
    own: Own,
    own_facts: Facts,
    office: Facts,
    back: Link,
}

/// A form that is one button, with what it means. What revokes asks for the card's last four digits
/// first, as everywhere else.
struct Act {
    action: String,
    hidden: Hidden,
    means: String,
    four: Option<Field>,
    button: Button,
}

/// How the work goes on without the card.
struct Onwards {
    order: Option<Button>,
    order_means: String,
}

/// The case.
pub(crate) async fn show<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.case_page(link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    let nothing = (&Recorded::default(), &Faults::new()[..]);
    answer(
        StatusCode::OK,
        view(&s, &page, nothing, asked.is_without_id()),
    )
}

/// A page whose parts could not be written is a fault of ours.
pub(crate) fn answer<V: Template>(
    status: StatusCode,
    view: Result<V, askama::Error>,
) -> Result<HttpResponse, Fault> {
    let view = view.map_err(|error| Failure::Broken(error.to_string()))?;
    show_with(status, &view)
}

/// The case as it is, with what was not done above it.
pub(super) fn told_view(
    s: &Setting,
    page: &CasePage,
    told: Message,
) -> Result<CaseView, askama::Error> {
    let nothing = (&Recorded::default(), &Faults::new()[..]);
    let mut shown = view(s, page, nothing, false)?;
    shown.waiting = Some(told);
    Ok(shown)
}

/// What came of a step's form.
pub(crate) enum Outcome {
    Recorded,
    Incomplete(Faults),
}

/// Writes down how a step outside ended or stands.
pub(crate) fn record(
    app: &App,
    link: &mut Db,
    (look, call): (&cards_app::Call, &cards_app::Call),
    id: RevocationId,
    recorded: &Recorded,
    (t, teller): (Text, Teller),
) -> Result<(CasePage, Outcome), Failure> {
    let page = app.case_page(link, look, id)?;
    let step = recorded.step().ok_or(Refusal::StepNotAsked)?;
    let today = calendar::business_day(link.now());
    let outcome = match recorded.outcome(t, teller, step, today) {
        Ok(outcome) => outcome,
        Err(faults) => return Ok((page, Outcome::Incomplete(faults))),
    };
    let action = RevocationAction::Record { step, outcome };
    match app.ledger.act::<Revocation>(link, call, id.0, &action) {
        // Somebody else has settled the last step: the page shows it.
        Ok(_) | Err(Failure::Refused(Refusal::CaseEnded)) => Ok((page, Outcome::Recorded)),
        Err(Failure::Refused(refusal)) => match at_field(t, step, &refusal) {
            Some(faults) => Ok((page, Outcome::Incomplete(faults))),
            None => Err(refusal.into()),
        },
        Err(other) => Err(other),
    }
}

/// A step's form at a desk.
pub(crate) async fn send<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<RevocationId>,
    form: SignedForm<Recorded>,
) -> Result<HttpResponse, Fault> {
    let (calls, id) = (
        (session.call(None), session.call(Some(form.fingerprint))),
        *id,
    );
    let (recorded, t) = (form.fields.clone(), crate::pages::text(session.language));
    let who = Teller::of(session.portal);
    let work = move |app: &App, link: &mut Db| {
        record(app, link, (&calls.0, &calls.1), id, &recorded, (t, who))
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    match outcome {
        Outcome::Recorded => Ok(see_other(case_address(home(&s), id))),
        Outcome::Incomplete(faults) => answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            view(&s, &page, (&form.fields, &faults), false),
        ),
    }
}

pub(crate) fn view(
    s: &Setting,
    page: &CasePage,
    (recorded, faults): (&Recorded, &[(String, String)]),
    is_without_id: bool,
) -> Result<CaseView, askama::Error> {
    let t = s.t;
    let (title, lead) = situation(t, page);
    let address = case_address(home(s), page.case.id);
    let back = question::back(s, &page.loss);
    let filled = Filled {
        hidden: &s.hidden,
        action: format!("{address}/steg"),
        recorded,
        faults,
    };
    let own = Own::of(t, &page.loss);
    Ok(CaseView {
        path: Breadcrumbs::new(t, vec![back.clone()], t.loss_case()),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        lead,
        waiting: waiting(s, page),
        acts: acts(s, page, &address, faults),
        tasks: tasks::list(t, teller(s), page, &filled, s.now)?,
        advice: advice(t, page),
        drawing: crate::locked_card::picture(&page.loss.card),
        badge: badge(t, page),
        about: about(t, page),
        onwards: onwards(s, page),
        without_id: is_loss(page.case.reason).then_some(is_without_id),
        own_facts: own.facts(t),
        own,
        office: help::office(t, &page.loss, s.now),
        back,
    })
}

/// Whether documents may have gone with the card.
fn is_loss(reason: RevocationReason) -> bool {
    matches!(reason, RevocationReason::Lost | RevocationReason::Stolen)
}

/// What has happened, as title and first sentence.
fn situation(t: Text, page: &CasePage) -> (String, String) {
    let told = t.day_and_clock(page.case.reported_at);
    let ended = page.case.executed_at.unwrap_or(page.case.reported_at);
    let ended = t.day_and_clock(ended);
    match page.case.stage {
        RevocationStage::Reported if is_revoked(page) => {
            (t.loss_other_case(), t.loss_other_case_means())
        }
        RevocationStage::Reported => (t.loss_reported_title(), t.loss_received_at(told)),
        RevocationStage::ExternalStepsPending => {
            (t.loss_left_title(tasks::left(page)), t.loss_ended_at(ended))
        }
        RevocationStage::Closed => (t.loss_left_title(0), t.loss_closed_at(ended)),
        RevocationStage::Withdrawn if is_overtaken(page) && is_revoked(page) => {
            (t.loss_other_case(), t.loss_overtaken_means())
        }
        RevocationStage::Withdrawn if is_overtaken(page) => {
            (t.loss_expired_title(), t.loss_expired_means())
        }
        RevocationStage::Withdrawn => (t.loss_withdrawn_title(), t.loss_withdrawn_means()),
    }
}

/// Whether the report was closed because the card ended: both happened in one moment.
fn is_overtaken(page: &CasePage) -> bool {
    let ended = match page.loss.card.card.stage {
        CardStage::Revoked { at, .. } | CardStage::Expired { at } => Some(at),
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => None,
    };
    page.case.stage == RevocationStage::Withdrawn && ended == Some(page.case.since)
}

/// Where the case stands; one that nobody took back is closed.
fn badge(t: Text, page: &CasePage) -> StateBadge {
    let badge = states::revocation(page.case.stage).badge(t).big();
    if is_overtaken(page) {
        badge.saying(t.loss_overtaken())
    } else {
        badge
    }
}

/// Whether the card is revoked, by this case or by something else.
fn is_revoked(page: &CasePage) -> bool {
    page.loss.card.card.stage() == CardStageName::Revoked
}

/// An unknown caller is called back before anything is revoked.
fn waiting(s: &Setting, page: &CasePage) -> Option<Message> {
    let t = s.t;
    if page.case.stage != RevocationStage::Reported || is_revoked(page) {
        return None;
    }
    let by = page.call_back.as_ref().map(|clock| clock.acts_at);
    let by = by.unwrap_or(page.case.reported_at);
    let numbers = match page.loss.numbers.as_slice() {
        [] => t.loss_no_number(),
        known => numbers(t, known),
    };
    let message = Message::danger(t.loss_call_back(), t.loss_call_back_by(t.clock(by)));
    Some(message.and(numbers).with_icon(Icon::Phone))
}

fn acts(s: &Setting, page: &CasePage, address: &str, faults: &[(String, String)]) -> Vec<Act> {
    let t = s.t;
    let act = |part: &str, means: String, four: Option<Field>, button: Button| Act {
        action: format!("{address}/{part}"),
        hidden: s.hidden.clone(),
        means,
        four,
        button,
    };
    let why = match teller(s) {
        Teller::Servicedesk => t.loss_execute_desk(),
        Teller::Officer | Teller::Holder => t.loss_execute_officer(),
    };
    let may_execute = page.execute.is_ok() && !is_revoked(page);
    let execute = may_execute.then(|| {
        let button = Button::submit(t.loss_execute()).large().irreversible();
        let means = format!("{why} {}", t.loss_execute_final());
        let four = confirm::four(t, t.four_digits(), &Asked::default(), faults);
        let four = four.hint(t.four_digits_hint());
        act("verkstall", means, Some(four), button)
    });
    let withdraw = page.withdraw.is_ok().then(|| {
        let (label, means) = if is_revoked(page) {
            (t.loss_close(), t.loss_close_means())
        } else {
            (t.loss_withdraw(), t.loss_withdraw_means())
        };
        act("aterta", means, None, Button::submit(label).secondary())
    });
    execute.into_iter().chain(withdraw).collect()
}

/// What source text S3 does not ask for, but helps.
fn advice(t: Text, page: &CasePage) -> Vec<(Icon, String)> {
    use cards_domain::revocation::ExternalStep;
    use cards_domain::unlock::{TELIA_REVOCATION_PHONE, unlock_ways};
    let asks = |step| page.case.steps.iter().any(|own| own.step == step);
    let number = page.loss.card.card.product_number.as_ref();
    let is_older = unlock_ways(number).telia_step;
    let is_stolen = page.case.reason == RevocationReason::Stolen;
    let telia = page.case.executed_at.is_some() && is_older && !asks(ExternalStep::Telia);
    let police = is_stolen && !asks(ExternalStep::Police);
    let telia = telia.then(|| (Icon::Phone, t.loss_maybe_telia(TELIA_REVOCATION_PHONE)));
    let police = police.then(|| (Icon::Shield, t.loss_maybe_police()));
    telia.into_iter().chain(police).collect()
}

fn about(t: Text, page: &CasePage) -> String {
    let said = [
        parts::shown_name(t, &page.loss.person),
        parts::card_name(&page.loss.card),
        states::revocation_reason(t, page.case.reason),
        states::reporter(t, page.case.reporter),
    ];
    said.join(" · ")
}

/// A new card; who has died needs none.
fn onwards(s: &Setting, page: &CasePage) -> Option<Onwards> {
    let t = s.t;
    if !is_revoked(page) || page.case.reason == RevocationReason::PersonDeceased {
        return None;
    }
    let sheet = &page.loss.card;
    let may_order = parts::may(s, Function::OrderCard, &page.loss.person, &sheet.card);
    let to = format!("/id-admin/person/{}/bestall", page.loss.person.person);
    let order_means = if may_order {
        match &page.photo {
            Some(photo) => t.loss_photo_usable(t.day(photo.taken_on), t.day(photo.last_day)),
            None => t.loss_photo_none(),
        }
    } else {
        t.loss_order_by_manager()
    };
    Some(Onwards {
        order: may_order.then(|| Button::link(t.loss_order_new(), to).secondary().full()),
        order_means,
    })
}
