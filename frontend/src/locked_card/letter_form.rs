//! A letter with the PUK is asked for: why, who asks, and where it goes. The address is the
//! registered one and is never typed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::LetterForm;
use cards_app::{App, Failure, Link as Db};
use cards_domain::ids::{CardId, PukLetterId};
use cards_domain::puk_letter::LetterReason;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, SignedForm};
use serde::Deserialize;

use super::{card_address, home};
use crate::components::{
    Breadcrumbs, Button, Choice, Choices, ErrorSummary, Fact, Facts, Hidden, Link, Message,
};
use crate::desk::Desk;
use crate::id_admin::parts::{self, Tick};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;
use crate::{refusals, states};

const REASON: &str = "skal";
const CALLER: &str = "kontrollerad";

/// What was answered.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Answers {
    pub(crate) skal: Option<String>,
    #[serde(default)]
    pub(crate) kontrollerad: cards_http::Tick,
}

type Errors = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "locked_card/letter_form.html")]
pub(crate) struct LetterFormView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    refusal: Option<Message>,
    form: Option<FormView>,
    back: Link,
}

struct FormView {
    action: String,
    hidden: Hidden,
    reasons: Choices,
    caller: Tick,
    address: Vec<String>,
    facts: Facts,
    send: Button,
}

pub(crate) async fn show<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.letter_form(link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    let answers = Answers::default();
    match &page.verdict {
        Ok(()) => ok(&view(&s, &page, &answers, &[], None)),
        Err(refusal) => show_with(
            StatusCode::CONFLICT,
            &view(&s, &page, &answers, &[], Some(refusal)),
        ),
    }
}

/// What came of the request.
enum Outcome {
    Asked(PukLetterId),
    Incomplete(Errors),
    Refused(Refusal),
}

pub(crate) async fn send<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Answers>,
) -> Result<HttpResponse, Fault> {
    let (look, call, id) = (
        session.call(None),
        session.call(Some(form.fingerprint)),
        *id,
    );
    let (answers, t) = (form.fields.clone(), crate::pages::text(session.language));
    let work = move |app: &App, link: &mut Db| {
        let outcome = match reason(&answers) {
            Some(reason) => {
                let how = (reason, answers.kontrollerad.is_set());
                match app.ask_for_letter(link, &call, id, how) {
                    Ok(letter) => Outcome::Asked(letter.id),
                    Err(Failure::Refused(refusal)) => refused(t, refusal),
                    Err(other) => return Err(other),
                }
            }
            None => Outcome::Incomplete(incomplete(t, &answers)),
        };
        Ok((app.letter_form(link, &look, id)?, outcome))
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    let again = |status, errors: &[(&'static str, String)], refusal: Option<&Refusal>| {
        show_with(status, &view(&s, &page, &form.fields, errors, refusal))
    };
    match outcome {
        Outcome::Asked(letter) => Ok(see_other(format!("{}/puk-brev/{letter}", home(&s)))),
        Outcome::Incomplete(errors) => again(StatusCode::UNPROCESSABLE_ENTITY, &errors, None),
        Outcome::Refused(refusal) => again(StatusCode::CONFLICT, &[], Some(&refusal)),
    }
}

fn reason(answers: &Answers) -> Option<LetterReason> {
    answers.skal.as_deref()?.parse().ok()
}

/// Everything that is missing, told at once.
fn incomplete(t: Text, answers: &Answers) -> Errors {
    let caller = !answers.kontrollerad.is_set();
    let missing = [
        Some((REASON, t.ul_choose_reason())),
        caller.then(|| (CALLER, refusals::sentence(t, &Refusal::CallerNotIdentified))),
    ];
    missing.into_iter().flatten().collect()
}

fn refused(t: Text, refusal: Refusal) -> Outcome {
    if refusal == Refusal::CallerNotIdentified {
        Outcome::Incomplete(vec![(CALLER, refusals::sentence(t, &refusal))])
    } else {
        Outcome::Refused(refusal)
    }
}

pub(crate) fn view(
    s: &Setting,
    page: &LetterForm,
    answers: &Answers,
    errors: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> LetterFormView {
    let t = s.t;
    let title = t.ul_letter_title(parts::card_name(&page.page.card.sheet));
    let back = super::back(s, &page.page.person);
    LetterFormView {
        path: Breadcrumbs::new(t, vec![back.clone()], title.as_str()),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, errors.iter().cloned()),
        refusal: refusal.map(|refusal| refused_message(s, page, refusal)),
        form: refusal.is_none().then(|| form(s, page, answers, errors)),
        back,
    }
}

/// Why no letter can be asked for; the one that stands in the way is linked.
fn refused_message(s: &Setting, page: &LetterForm, refusal: &Refusal) -> Message {
    let message = refusals::message(s.t, refusal).alert();
    match page.page.card.sheet.parts.open_letter() {
        Some(letter) if *refusal == Refusal::LetterAlreadyOpen => {
            let to = format!("{}/puk-brev/{}", home(s), letter.id);
            message.link(Link::new(s.t.ul_see_letter(), to))
        }
        Some(_) | None => message,
    }
}

fn form(
    s: &Setting,
    page: &LetterForm,
    answers: &Answers,
    errors: &[(&'static str, String)],
) -> FormView {
    let t = s.t;
    let error = |field: &str| {
        let mut found = errors.iter().filter(|(at, _)| *at == field);
        found.next().map(|(_, text)| text.clone())
    };
    let is_ticked = answers.kontrollerad.is_set();
    FormView {
        action: format!("{}/puk-brev", card_address(home(s), &page.page.card.sheet)),
        hidden: s.hidden.clone(),
        reasons: reasons(t, page, answers).error(error(REASON)),
        caller: Tick::new(CALLER, t.ul_caller(), t.ul_caller_is_known(), is_ticked)
            .error(error(CALLER)),
        address: address(t, page),
        facts: Facts::new(vec![
            Fact::plain(t.ul_letter_comes(), t.ul_letter_about_three_days()),
            Fact::plain(t.ul_fee(), t.ul_fee_none()),
        ]),
        send: Button::submit(t.ul_ask_letter()).large(),
    }
}

fn reasons(t: Text, page: &LetterForm, answers: &Answers) -> Choices {
    let rows = page.reasons.iter().map(|reason| {
        let value: &'static str = reason.into();
        let label = match reason {
            LetterReason::Locked => t.ul_because_locked(),
            LetterReason::LostCodes => t.ul_because_lost_codes(),
            LetterReason::NeverReceived => t.ul_because_never_came(),
        };
        Choice::answer(value, label)
    });
    let choices = Choices::new(REASON, t.ul_why(), rows.collect());
    let only = match page.reasons.as_slice() {
        [reason] => Some(<&str>::from(reason).to_owned()),
        _ => None,
    };
    match answers.skal.clone().or(only) {
        Some(chosen) => choices.chosen(chosen),
        None => choices,
    }
}

/// Where the letter goes; a protected person's address is not shown.
fn address(t: Text, page: &LetterForm) -> Vec<String> {
    if page.page.person.protection.is_protected() {
        return vec![t.address_forwarded()];
    }
    let answer = page.register.as_ref();
    answer
        .and_then(|answer| answer.address.as_ref())
        .map(|address| address.lines())
        .unwrap_or_default()
}

/// Why a letter was asked for, as it stands on the letter's own page.
pub(super) fn why(t: Text, reason: LetterReason) -> String {
    states::letter_reason(t, reason)
}
