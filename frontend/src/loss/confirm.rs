//! The second step at a desk: the card's number, what is lost for ever, and the last four digits.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::{CardSheet, LossPage};
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::ids::{CardId, RevocationId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::WrongIn;
use cards_http::{Fault, SignedForm};
use strum::IntoEnumIterator as _;

use super::asked::{Answer, Asked, FOUR, PLACE, Teller};
use super::losses::{Losses, losses};
use super::{Faults, case_address, fault_at, home, numbers, question, question_address, teller};
use crate::components::{
    Button, CardPicture, Choice, Choices, ErrorSummary, Field, Hidden, Icon, Link, Message,
};
use crate::desk::Desk;
use crate::id_admin::parts;
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::states;
use crate::text::Text;

#[derive(Template)]
#[template(path = "loss/confirm.html")]
pub(crate) struct ConfirmView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    number: (String, String),
    about: String,
    drawing: CardPicture,
    losses: Losses,
    warning: Option<Message>,
    action: String,
    hidden: Hidden,
    place: Option<Choices>,
    four: Field,
    go: Button,
    back: Link,
}

/// What is to be confirmed, or the questions again where an answer lacks.
pub(crate) async fn show<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.loss_page(link, &call, id)).await?;
    let s = Setting::new(&session, &request, moment);
    if let Err(refusal) = &page.verdict {
        return question::refused(&s, &page, refusal);
    }
    match asked.read(s.t, teller(&s), !page.numbers.is_empty()) {
        Ok(answer) => ok(&view(&s, &page, &asked, answer, &Faults::new())),
        Err(faults) => again(&s, &page, &asked, &faults),
    }
}

fn again(
    s: &Setting,
    page: &LossPage,
    asked: &Asked,
    faults: &[(String, String)],
) -> Result<HttpResponse, Fault> {
    show_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &question::view(s, page, asked, faults),
    )
}

/// What came of it.
pub(crate) enum Outcome {
    Told(RevocationId),
    Unanswered(Faults),
    Unconfirmed(Answer, Faults),
    Refused(Refusal),
}

/// Opens the case, unless something lacks or the rules say no. The page is read again after a
/// refusal: what stands in the way may have happened meanwhile.
pub(crate) fn tell(
    app: &App,
    link: &mut Db,
    (look, call): (&Call, &Call),
    id: CardId,
    asked: &Asked,
    (t, teller): (Text, Teller),
) -> Result<(LossPage, Outcome), Failure> {
    let page = app.loss_page(link, look, id)?;
    let answer = match asked.read(
        t,
        teller,
        teller == Teller::Holder || !page.numbers.is_empty(),
    ) {
        Ok(answer) => answer,
        Err(faults) => return Ok((page, Outcome::Unanswered(faults))),
    };
    let wrong_in = asked.var.parse::<WrongIn>().ok();
    let is_asked = asks_where(answer);
    if is_asked && wrong_in.is_none() {
        let faults = vec![(PLACE.to_owned(), t.loss_place_missing())];
        return Ok((page, Outcome::Unconfirmed(answer, faults)));
    }
    let told = asked.told(answer, wrong_in.filter(|_| is_asked));
    let outcome = match app.report_loss(link, call, id, &told) {
        Ok(case) => Outcome::Told(case.id),
        Err(Failure::Refused(Refusal::LastFourWrong)) => {
            let faults = vec![(FOUR.to_owned(), t.loss_four_wrong())];
            Outcome::Unconfirmed(answer, faults)
        }
        Err(Failure::Refused(refusal)) => Outcome::Refused(refusal),
        Err(other) => return Err(other),
    };
    let page = match outcome {
        Outcome::Refused(_) => app.loss_page(link, look, id)?,
        Outcome::Told(_) | Outcome::Unanswered(_) | Outcome::Unconfirmed(..) => page,
    };
    Ok((page, outcome))
}

/// Whether the case must say whose data were wrong.
fn asks_where(answer: Answer) -> bool {
    answer.reason == RevocationReason::DataWrong
}

/// Revokes the card, or takes the report of a caller who is not known.
pub(crate) async fn send<D: Desk>(
    request: HttpRequest,
    session: D,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Asked>,
) -> Result<HttpResponse, Fault> {
    let (calls, id) = (
        (session.call(None), session.call(Some(form.fingerprint))),
        *id,
    );
    let (asked, t) = (form.fields.clone(), crate::pages::text(session.language));
    let who = Teller::of(session.portal);
    let work =
        move |app: &App, link: &mut Db| tell(app, link, (&calls.0, &calls.1), id, &asked, (t, who));
    let ((page, outcome), moment) = ask(&app, work).await?;
    let (s, asked) = (Setting::new(&session, &request, moment), form.fields);
    match outcome {
        Outcome::Told(case) => Ok(see_other(after(home(&s), case, &asked))),
        Outcome::Unanswered(faults) => again(&s, &page, &asked, &faults),
        Outcome::Unconfirmed(answer, faults) => show_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&s, &page, &asked, answer, &faults),
        ),
        Outcome::Refused(refusal) => question::refused(&s, &page, &refusal),
    }
}

/// The case's page; it remembers that no identity document is left.
pub(crate) fn after(home: &str, case: RevocationId, asked: &Asked) -> String {
    let address = case_address(home, case);
    if asked.is_without_id() {
        format!("{address}?id={}", super::asked::NO_ID)
    } else {
        address
    }
}

pub(crate) fn view(
    s: &Setting,
    page: &LossPage,
    asked: &Asked,
    answer: Answer,
    faults: &[(String, String)],
) -> ConfirmView {
    let (t, sheet) = (s.t, &page.card);
    let home = question_address(home(s), sheet);
    let executes = answer.executes();
    let title = if executes {
        t.loss_confirm_title_plain()
    } else {
        t.loss_confirm_receive()
    };
    ConfirmView {
        frame: s.frame(title).focus(t.loss_focus()),
        t,
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        number: number(page),
        about: about(t, page, answer),
        drawing: crate::locked_card::picture(sheet),
        losses: if executes {
            losses(t, teller(s), sheet, answer.reason)
        } else {
            waits(t, page)
        },
        warning: executes.then(|| irreversible(s, page)),
        action: format!("{home}/bekrafta"),
        hidden: asked.carried(&s.hidden),
        place: asks_where(answer).then(|| place(t, asked).error(fault_at(faults, PLACE))),
        four: four(t, t.four_digits(), asked, faults),
        go: go(t, executes),
        back: Link::new(
            t.loss_change(),
            format!("{home}?{}", asked.query(teller(s))),
        ),
    }
}

fn go(t: Text, executes: bool) -> Button {
    if executes {
        Button::submit(t.loss_yes()).large().irreversible()
    } else {
        Button::submit(t.loss_receive()).large()
    }
}

/// The field of the last four digits.
pub(crate) fn four(t: Text, label: String, asked: &Asked, faults: &[(String, String)]) -> Field {
    Field::digits(t, FOUR, label, 4)
        .hint(t.loss_four_hint())
        .max_length(4)
        .value(asked.fyra.as_str())
        .error(fault_at(faults, FOUR))
}

/// The card's number as it is printed, its last four digits apart; they need not be a group of
/// their own.
pub(crate) fn number(page: &LossPage) -> (String, String) {
    split_number(&page.card)
}

/// As [`number()`], of any card.
pub(crate) fn split_number(sheet: &CardSheet) -> (String, String) {
    let whole = parts::card_number(&sheet.card);
    let digits = whole
        .char_indices()
        .filter(|(_, sign)| !sign.is_whitespace());
    let (at, _) = digits.rev().nth(3).unwrap_or_default();
    let (first, last) = whole.split_at_checked(at).unwrap_or_default();
    (first.to_owned(), last.to_owned())
}

/// Whose card, why, and who says so.
fn about(t: Text, page: &LossPage, answer: Answer) -> String {
    let mut said = vec![parts::shown_name(t, &page.person)];
    if !page.person.protection.is_protected() {
        said.push(page.person.number.to_string());
    }
    said.push(states::revocation_reason(t, answer.reason));
    said.push(states::reporter(t, answer.reporter));
    said.join(" · ")
}

/// A report of a caller who is not known revokes nothing yet.
fn waits(t: Text, page: &LossPage) -> Losses {
    let whom = if page.numbers.is_empty() {
        t.loss_no_number()
    } else {
        t.loss_waits_numbers(numbers(t, &page.numbers))
    };
    vec![
        (Icon::Clock, t.loss_waits()),
        (Icon::Phone, whom),
        (Icon::Return, t.loss_waits_back()),
    ]
}

/// The last words before what cannot be undone: a card in use may only be locked, one in the post
/// only late.
fn irreversible(s: &Setting, page: &LossPage) -> Message {
    let t = s.t;
    if page.card.card.stage() == CardStageName::Sent {
        return Message::warning(t.loss_irreversible(), t.loss_irreversible_late());
    }
    let to = question::unlock_address(home(s), &page.card);
    Message::warning(t.loss_irreversible(), t.loss_irreversible_locked())
        .link(Link::new(t.loss_unlock_instead(), to))
}

fn place(t: Text, asked: &Asked) -> Choices {
    let rows = WrongIn::iter()
        .map(|place| Choice::answer(<&str>::from(place), states::wrong_in_answer(t, place)));
    Choices::new(PLACE, t.wrong_in_question(), rows.collect())
        .hint(t.wrong_in_hint())
        .chosen(asked.var.as_str())
}
