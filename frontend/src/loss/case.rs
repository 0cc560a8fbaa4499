//! A case at a desk: what is done, what is left outside, and how the holder works on. A report that
//! has not been checked is carried out or taken back here.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::queries::CasePage;
use cards_app::{App, Failure, Fingerprint, Link as Db};
use cards_domain::access::Function;
use cards_domain::calendar;
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::ids::RevocationId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Revocation, RevocationAction, RevocationStage};
use cards_http::{Fault, Notice, Session, SignedForm};

use super::asked::{NO_ID, Teller};
use super::help::{self, Own};
use super::record::{Recorded, at_field};
use super::tasks::{self, Filled};
use super::{Faults, case_address, home, numbers, question, teller};
use crate::components::{
    Breadcrumbs, Button, CardDrawing, ErrorSummary, Facts, Hidden, Icon, Link, Message, StateBadge,
    TaskList,
};
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
    waiting: Option<Message>,
    acts: Vec<Act>,
    tasks: Option<TaskList>,
    advice: Vec<(Icon, String)>,
    drawing: CardDrawing,
    badge: StateBadge,
    about: String,
    onwards: Option<Onwards>,
    without_id: Option<bool>,
    own: Own,
    own_facts: Facts,
    office: Facts,
    back: Link,
}

/// A form that is one button, with what it means.
struct Act {
    action: String,
    hidden: Hidden,
    means: String,
    button: Button,
}

/// How the work goes on without the card.
struct Onwards {
    order: Option<Button>,
    order_means: String,
}

/// The case.
pub(crate) async fn show(
    request: &HttpRequest,
    session: &Session,
    app: &App,
    id: RevocationId,
    has_id: &str,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (page, moment) = ask(app, move |app, link| app.case_page(link, &call, id)).await?;
    let s = Setting::new(session, request, moment);
    let nothing = (&Recorded::default(), &Faults::new()[..]);
    answer(StatusCode::OK, view(&s, &page, nothing, has_id == NO_ID))
}

/// A page whose parts could not be written is a fault of ours.
pub(crate) fn answer<V: Template>(
    status: StatusCode,
    view: Result<V, askama::Error>,
) -> Result<HttpResponse, Fault> {
    let view = view.map_err(|error| Failure::Broken(error.to_string()))?;
    show_with(status, &view)
}

/// Carries the report out, or takes it back. Whoever comes second sees what the first has done.
pub(crate) async fn judge(
    session: &Session,
    app: &App,
    id: RevocationId,
    action: RevocationAction,
    sent: Fingerprint,
) -> Result<HttpResponse, Fault> {
    let (look, call) = (session.call(None), session.call(Some(sent)));
    let work = move |app: &App, link: &mut Db| {
        app.case_page(link, &look, id)?;
        app.ledger.act::<Revocation>(link, &call, id.0, &action)
    };
    match ask(app, work).await {
        Ok(_) | Err(Fault::Notice(Notice::Refused(Refusal::CardRevoked | Refusal::CaseEnded))) => {
            Ok(see_other(case_address(session.portal.path(), id)))
        }
        Err(fault) => Err(fault),
    }
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
pub(crate) async fn send(
    request: &HttpRequest,
    session: &Session,
    app: &App,
    id: RevocationId,
    form: SignedForm<Recorded>,
) -> Result<HttpResponse, Fault> {
    let calls = (session.call(None), session.call(Some(form.fingerprint)));
    let (recorded, t) = (form.fields.clone(), crate::pages::text(session.language));
    let who = Teller::of(session.portal);
    let work = move |app: &App, link: &mut Db| {
        record(app, link, (&calls.0, &calls.1), id, &recorded, (t, who))
    };
    let ((page, outcome), moment) = ask(app, work).await?;
    let s = Setting::new(session, request, moment);
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
        acts: acts(s, page, &address),
        tasks: tasks::list(t, teller(s), page, &filled, s.now)?,
        advice: advice(t, page),
        drawing: states::drawing(&page.loss.card.card.stage),
        badge: states::revocation(page.case.stage).badge(t).big(),
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
        RevocationStage::Withdrawn => (t.loss_withdrawn_title(), t.loss_withdrawn_means()),
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

fn acts(s: &Setting, page: &CasePage, address: &str) -> Vec<Act> {
    let t = s.t;
    let act = |part: &str, means: String, button: Button| Act {
        action: format!("{address}/{part}"),
        hidden: s.hidden.clone(),
        means,
        button,
    };
    let why = match teller(s) {
        Teller::Servicedesk => t.loss_execute_desk(),
        Teller::Officer | Teller::Holder => t.loss_execute_officer(),
    };
    let may_execute = page.execute.is_ok() && !is_revoked(page);
    let execute = may_execute.then(|| {
        let button = Button::submit(t.loss_execute()).large().irreversible();
        act(
            "verkstall",
            format!("{why} {}", t.loss_execute_final()),
            button,
        )
    });
    let withdraw = page.withdraw.is_ok().then(|| {
        let button = Button::submit(t.loss_withdraw()).secondary();
        act("aterta", t.loss_withdraw_means(), button)
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
