//! A card in the officer's hand: one that came back or came to the office, and one that is cut. Its
//! number is read from the card, not from the screen.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CardPage;
use cards_app::{App, Failure, Link as Db};
use cards_domain::card::{Card, CardAction, CardActionName};
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_domain::values::CardNumber;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;

use super::parts;
use crate::components::{Breadcrumbs, Button, ErrorSummary, Field, Hidden, Link};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::refusals;
use crate::text::Text;

/// The number as it was typed or scanned.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    kortnummer: String,
}

/// What is done to the card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Receive,
    Destroy,
}

#[derive(Template)]
#[template(path = "id_admin/in_hand.html")]
pub(super) struct InHandView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    text: String,
    action: String,
    hidden: Hidden,
    number: Field,
    send: Button,
    back: Link,
}

pub(super) async fn receive(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    page(request, session, app, *id, Act::Receive).await
}

pub(super) async fn destroy(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
) -> Result<HttpResponse, Fault> {
    page(request, session, app, *id, Act::Destroy).await
}

async fn page(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: CardId,
    act: Act,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (page, moment) = ask(&app, move |app, link| app.card_page(link, &call, id)).await?;
    verdict(&page, act)?;
    ok(&view(
        &Setting::new(&session, &request, moment),
        &page,
        act,
        "",
        None,
    ))
}

pub(super) async fn received(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Typed>,
) -> Result<HttpResponse, Fault> {
    send(request, session, app, *id, form, Act::Receive).await
}

pub(super) async fn destroyed(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Typed>,
) -> Result<HttpResponse, Fault> {
    send(request, session, app, *id, form, Act::Destroy).await
}

async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: CardId,
    form: SignedForm<Typed>,
    act: Act,
) -> Result<HttpResponse, Fault> {
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let (typed, t) = (form.fields.kortnummer, crate::pages::text(session.language));
    let number = CardNumber::parse(&typed);
    let work = move |app: &App, link: &mut Db| {
        let page = app.card_page(link, &look, id)?;
        let Ok(number) = number else {
            return Ok((page, Err(t.card_number_unreadable())));
        };
        if act == Act::Destroy && page.card.sheet.card.number.as_ref() != Some(&number) {
            return Ok((page, Err(refusals::sentence(t, &Refusal::WrongCard))));
        }
        let action = match act {
            Act::Receive => CardAction::ReceiveAtOffice { number },
            Act::Destroy => CardAction::Destroy,
        };
        match app.ledger.act::<Card>(link, &call, id.0, &action) {
            Ok(card) => Ok((page, Ok(card.person))),
            Err(Failure::Refused(Refusal::WrongCard)) => {
                Ok((page, Err(refusals::sentence(t, &Refusal::WrongCard))))
            }
            Err(other) => Err(other),
        }
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    match outcome {
        Ok(person) => Ok(see_other(format!("/id-admin/person/{person}"))),
        Err(error) => {
            let s = Setting::new(&session, &request, moment);
            verdict(&page, act)?;
            show_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &view(&s, &page, act, &typed, Some(error)),
            )
        }
    }
}

fn verdict(page: &CardPage, act: Act) -> Result<(), Fault> {
    let name = match act {
        Act::Receive => CardActionName::ReceiveAtOffice,
        Act::Destroy => CardActionName::Destroy,
    };
    let mut offers = page.card.offers.iter();
    match offers.find(|offer| offer.action == name) {
        Some(offer) => match &offer.verdict {
            Ok(()) => Ok(()),
            Err(refusal) => Err(Notice::Refused(refusal.clone()).into()),
        },
        None => Err(Notice::Refused(Refusal::NotYourRole).into()),
    }
}

fn view(s: &Setting, page: &CardPage, act: Act, typed: &str, error: Option<String>) -> InHandView {
    let t = s.t;
    let card = &page.card.sheet.card;
    let (title, text, label, part) = match act {
        Act::Receive => (
            t.receive_title(),
            t.receive_means(&page.card.sheet.office.name),
            t.receive_card(),
            "ta-emot",
        ),
        Act::Destroy => (
            t.destroy_title(),
            t.destroy_means(),
            t.card_is_cut(),
            "makulera",
        ),
    };
    let back = parts::back_to(t, &page.person);
    InHandView {
        path: Breadcrumbs::new(t, vec![back.clone()], title.as_str()),
        frame: s.frame(title),
        t,
        errors: ErrorSummary::new(t, error.clone().map(|text| ("kortnummer", text))),
        text,
        action: format!("/id-admin/kort/{}/{part}", card.id),
        hidden: s.hidden.clone(),
        number: Field::digits(t, "kortnummer", t.number_on_the_card(), 20)
            .hint(t.number_on_the_card_hint())
            .value(typed)
            .error(error),
        send: Button::submit(label).large(),
        back,
    }
}
