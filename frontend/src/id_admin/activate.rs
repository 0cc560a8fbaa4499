//! Activation, steps 1 and 2: is it this card, and is it this person? Nothing is filled in
//! beforehand: every number is read from the thing itself.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CardPage;
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::card::{CardActionName, CounterCheck};
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_http::signing::{self, Wanted};
use cards_http::{Fault, IdAdminSession, SignedForm};
use serde::Deserialize;
use uuid::Uuid;

use super::doubt::{self, DoubtForm};
use super::draft::{self, Circumstances, Draft, EXCEPTION, FACE, Faults, NAME, Typed, at_field};
use super::identity;
use super::parts::{self, Tick};
use super::{photo, signed_check};
use crate::components::{
    Button, Checkboxes, Choices, DecisionBar, ErrorSummary, Field, Hidden, Icon, Link, Message,
    Photo, Stage, Step, StepBar,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::text::Text;

/// What the officer's signature is for.
pub(super) const PURPOSE: &str = "activation";

#[derive(Template)]
#[template(path = "id_admin/activate.html")]
pub(super) struct ActivateView {
    frame: Frame,
    t: Text,
    steps: StepBar,
    errors: ErrorSummary,
    refusal: Option<Message>,
    /// That the answers from before stand in the form.
    kept: Option<Message>,
    /// Somebody was not sure who this is.
    doubt: Option<Message>,
    form: Option<FormView>,
    unsure: Option<DoubtForm>,
    photo: Photo,
    who: Vec<String>,
    compare: String,
    wrong: Vec<Link>,
    stop: Link,
    warning: Message,
}

struct FormView {
    hidden: Hidden,
    action: String,
    closed: Option<(Message, Field)>,
    card: Field,
    printed_name: String,
    name: Tick,
    documents: Choices,
    number: Field,
    last_four: Field,
    valid_to: Field,
    checks: Checkboxes,
    face: Tick,
    decision: DecisionBar,
}

/// A signature that was asked for and not made.
#[derive(Deserialize)]
pub(super) struct Returned {
    utkast: Option<Uuid>,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    returned: web::Query<Returned>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut Db| {
        let page = app.card_page(link, &call, id)?;
        // The form shows the name that is to be held against the card.
        if verdict(&page).is_ok() {
            app.reveal_on_card(link, &call, &page)?;
        }
        let signed = signed_check::waiting(link, &call, [&page.card])?;
        let doubt = app.open_doubt(link, page.person.person)?;
        Ok((page, signed, doubt))
    };
    let ((page, signed, doubt), moment) = ask(&app, work).await?;
    let setting = Setting::new(&session, &request, moment);
    match verdict(&page) {
        Ok(()) => {
            let before = identity::before(&request, &session, returned.utkast, PURPOSE).await?;
            let mut form = opened(&setting, &page, before);
            form.kept = form.kept.or_else(|| Some(signed?.message(setting.t)));
            form.doubt = doubt::notice(&setting, page.person.person, doubt.as_ref());
            ok(&form)
        }
        // Checked and unlocked, here or at another workstation: what is left is the receipt.
        Err(Refusal::ReceiptNotSigned) => Ok(see_other(format!("/id-admin/kort/{id}/kvittens"))),
        Err(refusal) => show_with(
            StatusCode::CONFLICT,
            &view(&setting, &page, &Typed::default(), &[], Some(&refusal)),
        ),
    }
}

/// The form, empty, or with the answers that the officer gave before a signature that was not made.
pub(super) fn opened(s: &Setting, page: &CardPage, before: Option<Draft>) -> ActivateView {
    let before = before.filter(|draft| draft.card == page.card.sheet.card.id);
    let kept = before.is_some().then(|| identity::kept(s.t));
    let typed = before.map(|draft| draft.typed()).unwrap_or_default();
    ActivateView {
        kept,
        ..view(s, page, &typed, &[], None)
    }
}

/// What came of the check.
enum Outcome {
    Holds(Box<Draft>),
    Faults(Faults),
    Refused(Refusal),
}

pub(super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Typed>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (typed, t) = (form.fields.clone(), crate::pages::text(session.language));
    let work = move |app: &App, link: &mut Db| {
        let page = app.card_page(link, &call, id)?;
        let outcome = examine(app, link, &call, &page, &typed, t)?;
        let doubt = app.open_doubt(link, page.person.person)?;
        Ok::<_, Failure>((page, outcome, doubt))
    };
    let ((page, outcome, doubt), moment) = ask(&app, work).await?;
    let setting = Setting::new(&session, &request, moment);
    let show_again = |status, faults: &[(&'static str, String)], refusal: Option<&Refusal>| {
        let mut again = view(&setting, &page, &form.fields, faults, refusal);
        again.doubt = doubt::notice(&setting, page.person.person, doubt.as_ref());
        show_with(status, &again)
    };
    match outcome {
        Outcome::Holds(draft) => {
            signing::request(&request, &session, wanted(t, &page, &draft)?).await
        }
        Outcome::Faults(faults) => show_again(StatusCode::UNPROCESSABLE_ENTITY, &faults, None),
        Outcome::Refused(refusal) => show_again(StatusCode::CONFLICT, &[], Some(&refusal)),
    }
}

/// Whether the reader may activate the card here and now, before anything is checked.
pub(super) fn verdict(page: &CardPage) -> Result<(), Refusal> {
    let offer = page
        .card
        .offers
        .iter()
        .find(|offer| offer.action == CardActionName::Unlock);
    offer.map_or(Err(Refusal::NotYourRole), |offer| offer.verdict.clone())
}

fn examine(
    app: &App,
    link: &mut Db,
    call: &Call,
    page: &CardPage,
    typed: &Typed,
    t: Text,
) -> Result<Outcome, Failure> {
    let card = &page.card.sheet.card;
    let draft = match Draft::read(t, card.id, typed, link.now()) {
        Ok(draft) if page.closed.is_some() => draft.excepted(typed),
        Ok(draft) => draft,
        Err(mut faults) => {
            faults.extend(no_reason(t, page, typed));
            let faults = draft::in_order(&faults);
            return Ok(verdict(page).map_or_else(Outcome::Refused, |()| Outcome::Faults(faults)));
        }
    };
    match app.examine_card(link, call, page, &draft.check(None, None)) {
        Ok(()) => Ok(Outcome::Holds(Box::new(draft))),
        Err(Failure::Refused(refusal)) => {
            let (now, right) = (link.now(), (card.number.as_ref(), &page.facts.number));
            let examine = |check: &CounterCheck| {
                let examined = card.examine(&call.actor, check, &page.facts, now);
                examined.map(|_| ())
            };
            Ok(match draft.faults_beside(t, &refusal, right, examine) {
                faults if faults.is_empty() => Outcome::Refused(refusal),
                faults => Outcome::Faults(faults),
            })
        }
        Err(other) => Err(other),
    }
}

/// A reason that was not given, told together with what cannot be read.
fn no_reason(t: Text, page: &CardPage, typed: &Typed) -> Faults {
    match &page.closed {
        Some(closed) if typed.text(EXCEPTION).is_empty() => {
            let office = closed.name.clone();
            at_field(t, &Refusal::ExceptionReasonNeeded { office })
        }
        Some(_) | None => Faults::new(),
    }
}

fn wanted(t: Text, page: &CardPage, draft: &Draft) -> Result<Wanted, Fault> {
    let sheet = &page.card.sheet;
    let payload =
        serde_json::to_value(draft).map_err(|error| Failure::Broken(error.to_string()))?;
    let here = page.facts.here.as_ref();
    let so = Circumstances {
        hsa_id: &hsa_id(page),
        here: here.map_or(&sheet.office.name, |office| &office.name),
        closed: page.closed.as_ref().map(|closed| closed.name.as_str()),
        has_photo: sheet.product.has_photo,
    };
    Ok(Wanted {
        purpose: PURPOSE,
        text: draft.text_to_sign(t, &so),
        payload,
        return_to: format!("/id-admin/kort/{}/aktivera/kod", sheet.card.id),
    })
}

/// The holder's HSA-id with the issuer, or any other, or the word that there is none.
pub(super) fn hsa_id(page: &CardPage) -> String {
    let posts = &page.person.posts;
    let own = posts
        .iter()
        .find(|post| post.organisation == page.card.sheet.card.organisation);
    own.or_else(|| posts.first())
        .map_or_else(|| "–".to_owned(), |post| post.hsa_id.to_string())
}

/// The five steps, with the one that is now.
pub(crate) fn steps(t: Text, here: u8) -> StepBar {
    let stage = |at: u8| match at.cmp(&here) {
        std::cmp::Ordering::Less => Stage::Done,
        std::cmp::Ordering::Equal => Stage::Here,
        std::cmp::Ordering::Greater => Stage::Coming,
    };
    let note = |at: u8, note: String| if at < here { t.step_done() } else { note };
    let receipt = Step::new(t.step_receipt(), note(4, t.step_receipt_note()), stage(4));
    StepBar::new(
        t,
        vec![
            Step::new(t.step_card(), note(1, t.step_card_note()), stage(1)),
            Step::new(t.step_document(), note(2, t.step_document_note()), stage(2)),
            Step::new(t.step_code(), note(3, t.step_code_note()), stage(3)),
            if here < 4 { receipt.must() } else { receipt },
            Step::new(t.step_active(), note(5, t.step_active_note()), stage(5)),
        ],
    )
}

pub(super) fn view(
    s: &Setting,
    page: &CardPage,
    typed: &Typed,
    faults: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> ActivateView {
    let t = s.t;
    ActivateView {
        frame: s.frame(t.activate_title()).focus(t.activate_the_card()),
        t,
        steps: steps(t, 2),
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        refusal: refusal.map(|refusal| {
            refusals::message(t, refusal)
                .alert()
                .link(parts::back_to(t, &page.person))
        }),
        kept: None,
        doubt: None,
        form: refusal.is_none().then(|| form(s, page, typed, faults)),
        unsure: refusal
            .is_none()
            .then(|| DoubtForm::new(s, page.card.sheet.card.id, parts::STOPPED_ACTIVATION)),
        photo: page.photo.as_ref().map_or(Photo::Missing, |shown| {
            photo::picture_of(t, &page.person, shown)
        }),
        who: who(t, page),
        compare: if page.photo.is_some() {
            t.compare_the_photo()
        } else {
            t.same_person_hint()
        },
        wrong: photo::misprint::links(t, page),
        stop: Link::new(t.stop_activation(), parts::person_address(&page.person)),
        warning: Message::warning(t.do_not_let_go(), t.do_not_let_go_means()).with_icon(Icon::Pen),
    }
}

fn who(t: Text, page: &CardPage) -> Vec<String> {
    let taken = page.photo.as_ref().map(|shown| photo::taken(t, shown));
    [
        Some(parts::shown_name(t, &page.person)),
        Some(parts::work(&page.person.posts)),
        taken,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn form(
    s: &Setting,
    page: &CardPage,
    typed: &Typed,
    faults: &[(&'static str, String)],
) -> FormView {
    let t = s.t;
    let sheet = &page.card.sheet;
    let error = |field: &str| identity::error_at(faults, field);
    let seen = identity::fields(t, typed, faults, Vec::new());
    let face = if sheet.product.has_photo {
        t.face_with_photo()
    } else {
        t.face_without_photo()
    };
    let reason = Field::lines(t, EXCEPTION, t.exception_reason(), 2)
        .hint(t.exception_reason_hint())
        .max_length(500);
    let closed = page.closed.as_ref().map(|closed| {
        let reason = reason.value(typed.text(EXCEPTION)).error(error(EXCEPTION));
        (photo::closed(t, closed), reason)
    });
    FormView {
        hidden: s.hidden.clone(),
        action: format!("/id-admin/kort/{}/aktivera", sheet.card.id),
        closed,
        card: seen.card,
        printed_name: sheet.card.printed_name.clone().unwrap_or_default(),
        name: Tick::new(
            NAME,
            t.printed_name_question(),
            t.printed_name_is_so(),
            typed.is_ticked(NAME),
        )
        .error(error(NAME)),
        documents: seen.documents,
        number: seen.number,
        last_four: seen.last_four,
        valid_to: seen.valid_to,
        checks: seen.checks,
        face: Tick::new(FACE, t.face_question(), face, typed.is_ticked(FACE)).error(error(FACE)),
        decision: DecisionBar::new(
            t.activate_decision(),
            Some(DoubtForm::button(s)),
            Button::submit(t.sign_the_check()).of_form("kontroll"),
        ),
    }
}
