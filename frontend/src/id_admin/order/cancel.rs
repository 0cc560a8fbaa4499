//! Stopping an order: what is lost, and the last four digits of the card, where there is one.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::OrderPage;
use cards_domain::card::CardStage;
use cards_domain::ids::OrderId;
use cards_domain::order::{OrderAction, OrderActionName};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;

use super::super::order_rows;
use super::asked::{Asked, act};
use crate::components::{Button, ErrorSummary, Field, Hidden, Icon, Link};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

/// The second step of stopping an order: the last four digits of the card, where there is one.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::id_admin) struct Confirmed {
    fyra: Option<String>,
}

#[derive(Template)]
#[template(path = "id_admin/order_cancel.html")]
pub(in crate::id_admin) struct CancelView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    hidden: Hidden,
    action: String,
    losses: Vec<(Icon, String)>,
    four: Option<Field>,
    stop: Button,
    back: Link,
}

pub(in crate::id_admin) async fn confirm(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.order_page(link, &call, id)).await?;
    verdict(&page)?;
    ok(&view(
        &Setting::new(&session, &request, moment),
        &page,
        None,
    ))
}

fn verdict(page: &OrderPage) -> Result<(), Fault> {
    let offer = page
        .order
        .offers
        .iter()
        .find(|offer| offer.action == OrderActionName::Cancel);
    match offer.map(|offer| &offer.verdict) {
        Some(Ok(())) => Ok(()),
        Some(Err(refusal)) => Err(Notice::Refused(refusal.clone()).into()),
        None => Err(Notice::Refused(cards_domain::refusal::Refusal::NotYourRole).into()),
    }
}

pub(in crate::id_admin) fn view(s: &Setting, page: &OrderPage, typed: Option<&str>) -> CancelView {
    let t = s.t;
    let order = &page.order.sheet.order;
    let error = typed.map(|_| t.four_digits_wrong());
    let four = last_four(page).map(|_| {
        Field::digits(t, "fyra", t.four_digits(), 4)
            .hint(t.four_digits_hint())
            .max_length(4)
            .value(typed.unwrap_or_default())
            .error(error.clone())
    });
    CancelView {
        frame: s.frame(t.cancel_order_title(&order.number)),
        t,
        errors: ErrorSummary::new(t, error.map(|text| ("fyra", text))),
        hidden: s.hidden.clone(),
        action: format!("{}/avbryt", order_rows::address(order)),
        losses: losses(t, page),
        four,
        stop: Button::submit(t.cancel_the_order()).large().irreversible(),
        back: Link::new(t.keep_the_order(), order_rows::address(order)),
    }
}

fn losses(t: Text, page: &OrderPage) -> Vec<(Icon, String)> {
    let card = page.card.as_ref().map(|sheet| &sheet.card);
    let mut losses = match card.map(|card| &card.stage) {
        None => vec![(Icon::Box, t.cancel_nothing_made())],
        Some(CardStage::Ordered) => vec![(Icon::Ban, t.cancel_while_made())],
        Some(_) => vec![
            (Icon::Ban, t.cancel_revokes()),
            (Icon::Envelope, t.cancel_letter_comes()),
        ],
    };
    losses.push((Icon::Card, t.cancel_old_card()));
    losses
}

fn last_four(page: &OrderPage) -> Option<&str> {
    page.card
        .as_ref()?
        .card
        .number
        .as_ref()
        .map(|number| number.last_four())
}

pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<Confirmed>,
) -> Result<HttpResponse, Fault> {
    let typed = form.fields.fyra.unwrap_or_default();
    let given = typed.trim().to_owned();
    let is_another = move |page: &OrderPage| last_four(page).is_some_and(|four| four != given);
    let asked = Asked {
        order: *id,
        action: OrderAction::Cancel,
        sent: form.fingerprint,
        lacks: Some(move |page: &OrderPage| verdict(page).is_ok() && is_another(page)),
    };
    let again = |s: &Setting, page: &OrderPage| view(s, page, Some(&typed));
    act((&request, &*session), &app, asked, again).await
}
