//! The first step at a desk: is the card only locked, why is it to be revoked, and who says so.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::{CardSheet, LossPage};
use cards_domain::card::CardStageName;
use cards_domain::ids::CardId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Reporter;
use cards_http::{Fault, Notice};

use super::asked::{self, Asked, REASON, REPORTER, Teller};
use super::reasons::Reasons;
use super::{Faults, case_address, fault_at, home, newest_case, numbers, question_address, teller};
use crate::components::{
    Breadcrumbs, Button, CardPicture, Choice, Choices, ErrorSummary, Fact, Facts, Link, Message,
};
use crate::desk::Desk;
use crate::id_admin::parts;
use crate::layout::{Frame, Portal};
use crate::pages::{Setting, ask, ok, show as show_with};
use crate::refusals;
use crate::text::Text;

#[derive(Template)]
#[template(path = "loss/question.html")]
pub(crate) struct QuestionView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    first: Option<Message>,
    refusal: Option<Message>,
    form: Option<Form>,
    drawing: CardPicture,
    facts: Facts,
    back: Link,
}

struct Form {
    action: String,
    reasons: Reasons,
    reporters: Choices,
    has_id: Choices,
    go: Button,
}

/// The questions, or why the card cannot be revoked.
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
    match &page.verdict {
        Ok(()) => ok(&view(&s, &page, &asked, &Faults::new())),
        Err(refusal) => refused(&s, &page, refusal),
    }
}

/// The page of a card that cannot be revoked, with the way to the case where there is one.
pub(crate) fn refused(
    s: &Setting,
    page: &LossPage,
    refusal: &Refusal,
) -> Result<HttpResponse, Fault> {
    match refusal {
        Refusal::NotYourRole | Refusal::OutOfScope => Err(Notice::Refused(refusal.clone()).into()),
        refusal => show_with(StatusCode::CONFLICT, &refused_view(s, page, refusal)),
    }
}

pub(crate) fn refused_view(s: &Setting, page: &LossPage, refusal: &Refusal) -> QuestionView {
    let t = s.t;
    let title = match refusal {
        Refusal::CardRevoked => t.loss_already_title(),
        Refusal::AlreadyReported => t.loss_waiting_title(),
        _ => t.loss_cannot_title(),
    };
    let message = refusals::message(t, refusal).alert();
    let case = newest_case(page).map(|case| case_address(home(s), case));
    QuestionView {
        refusal: Some(match case {
            Some(case) => message.link(Link::new(t.open_case(), case)),
            None => message,
        }),
        first: None,
        form: None,
        ..around(s, page, title)
    }
}

pub(crate) fn view(
    s: &Setting,
    page: &LossPage,
    asked: &Asked,
    faults: &[(String, String)],
) -> QuestionView {
    let t = s.t;
    let teller = teller(s);
    let faults_in_order = faults.iter().cloned();
    QuestionView {
        errors: ErrorSummary::new(t, faults_in_order),
        first: first(s, page),
        form: Some(Form {
            action: format!("{}/bekrafta", question_address(home(s), &page.card)),
            reasons: Reasons::new(t, teller, &asked.orsak, fault_at(faults, REASON)),
            reporters: reporters(t, teller, page, asked).error(fault_at(faults, REPORTER)),
            has_id: asked::has_id(t, teller, &asked.id).in_two_columns(),
            go: Button::submit(t.loss_continue()).large(),
        }),
        ..around(s, page, t.loss_title())
    }
}

/// The page without its question.
fn around(s: &Setting, page: &LossPage, title: String) -> QuestionView {
    let t = s.t;
    let back = back(s, page);
    QuestionView {
        path: Breadcrumbs::new(t, vec![back.clone()], title.as_str()),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, Faults::new()),
        first: None,
        refusal: None,
        form: None,
        drawing: crate::locked_card::picture(&page.card),
        facts: card_facts(t, page),
        back,
    }
}

/// The way back to the person.
pub(super) fn back(s: &Setting, page: &LossPage) -> Link {
    let to = format!("{}/person/{}", home(s), page.person.person);
    Link::new(parts::shown_name(s.t, &page.person), to)
}

/// Which card it is. A protected person's number is not shown.
fn card_facts(t: Text, page: &LossPage) -> Facts {
    let is_open = !page.person.protection.is_protected();
    let number = is_open.then(|| page.person.number.to_string());
    let rows = [
        (t.loss_holder(), Some(parts::shown_name(t, &page.person))),
        (t.personnummer(), number),
        (t.card_number(), Some(parts::card_number(&page.card.card))),
        (t.product_number(), Some(product(t, &page.card))),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    Facts::new(rows.collect())
}

fn product(t: Text, sheet: &CardSheet) -> String {
    let product = parts::product(sheet);
    if sheet.product.sis_marked {
        t.loss_sis_marked(product)
    } else {
        product
    }
}

/// What must be asked before anything irreversible: a card in use may only be locked, one in the
/// post may only be late.
fn first(s: &Setting, page: &LossPage) -> Option<Message> {
    let t = s.t;
    let sheet = &page.card;
    match sheet.card.stage() {
        CardStageName::Sent => {
            let message = Message::info(t.loss_not_come(), t.loss_not_come_means());
            let is_officer = teller(s) == Teller::Officer;
            let order = format!("{}/bestallning/{}", home(s), sheet.card.order);
            Some(if is_officer {
                message.link(Link::new(t.loss_not_come_instead(), order))
            } else {
                message
            })
        }
        CardStageName::UnlockedUnsigned | CardStageName::Active => {
            let message = Message::info(t.loss_only_locked(), t.loss_only_locked_means());
            let to = unlock_address(home(s), sheet);
            Some(message.link(Link::new(t.loss_unlock_instead(), to)))
        }
        CardStageName::Ordered | CardStageName::Revoked | CardStageName::Expired => None,
    }
}

/// Where a locked card is opened, or advised on.
pub(crate) fn unlock_address(home: &str, sheet: &CardSheet) -> String {
    let act = if home == Portal::IdAdmin.home() {
        "las-upp"
    } else {
        "last"
    };
    format!("{home}/kort/{}/{act}", sheet.card.id)
}

fn reporters(t: Text, teller: Teller, page: &LossPage, asked: &Asked) -> Choices {
    let answer =
        |reporter: Reporter, label: String| Choice::answer(<&'static str>::from(reporter), label);
    let explained = |reporter: Reporter, label: String, hint: String| {
        Choice::explained(<&'static str>::from(reporter), label, hint)
    };
    let called = match page.numbers.as_slice() {
        [] => Choice::rejected(t.loss_called_back(), t.loss_no_numbers()),
        known => explained(
            Reporter::CalledBack,
            t.loss_called_back(),
            t.loss_called_back_means(numbers(t, known)),
        ),
    };
    let caller = explained(
        Reporter::UnverifiedCaller,
        t.loss_unverified(),
        t.loss_unverified_means(),
    );
    let (legend, rows) = match teller {
        Teller::Officer | Teller::Holder => (
            t.loss_who(),
            vec![
                answer(Reporter::HolderInPerson, t.loss_in_person()),
                called,
                answer(Reporter::KnownManager, t.loss_manager()),
                caller,
                explained(Reporter::Office, t.loss_office(), t.loss_office_means()),
            ],
        ),
        Teller::Servicedesk => (t.loss_who_caller(), vec![called, caller]),
    };
    Choices::new(REPORTER, legend, rows)
        .in_two_columns()
        .chosen(asked.anmalare.as_str())
}
