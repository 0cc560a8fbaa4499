//! An order's page: where it is, how it is sent, and stopping it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::OrderPage;
use cards_app::{App, Failure};
use cards_domain::access::{Function, permit};
use cards_domain::card::CardStage;
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod, DeliveryStage};
use cards_domain::ids::OrderId;
use cards_domain::order::{Order, OrderAction, OrderActionName, OrderStage};
use cards_http::signed_form::NoFields;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;

use super::{order_rows, parts};
use crate::clocks::{Reader, bar};
use crate::components::{
    Breadcrumbs, Button, DeadlineBar, ErrorSummary, Facts, Field, Hidden, Icon, Link, Refusals,
    StateBadge, Tracking,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::states;
use crate::text::Text;

#[derive(Template)]
#[template(path = "id_admin/order.html")]
pub(super) struct OrderView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    state: StateBadge,
    facts: Facts,
    tracking: Tracking,
    delivery: Option<DeliveryView>,
    complete: Option<(String, Hidden)>,
    cancel: Option<Button>,
    /// A new card in place of this one, or the photo that it waits for.
    ways_on: Vec<Button>,
    again: Option<(String, Hidden)>,
    post: Option<PostView>,
    refusals: Refusals,
    deadlines: Vec<DeadlineBar>,
    office: Facts,
    waits: Option<String>,
}

/// What the post or the holder says of the envelope, to be recorded.
pub(super) struct PostView {
    action: String,
    hidden: Hidden,
    says: Vec<(&'static str, String)>,
    late: Option<String>,
}

/// The envelope on its way.
pub(super) struct DeliveryView {
    state: StateBadge,
    facts: Facts,
    track: Option<Button>,
    note: String,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.order_page(link, &call, id)).await?;
    ok(&view(&Setting::new(&session, &request, moment), &page))
}

pub(super) fn view(s: &Setting, page: &OrderPage) -> OrderView {
    let t = s.t;
    let sheet = &page.order.sheet;
    let order = &sheet.order;
    let title = t.order_is(&order.number);
    let complete = is_open(page, OrderActionName::CompletePrerequisites).then(|| {
        (
            format!("{}/komplettera", order_rows::address(order)),
            s.hidden.clone(),
        )
    });
    OrderView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, vec![parts::back_to(t, &page.person)], title),
        state: states::order(order.stage).badge(t).big(),
        facts: order_rows::facts(t, sheet),
        tracking: order_rows::tracking(t, order, page.card.as_ref()),
        delivery: delivery(s, page),
        complete,
        cancel: is_open(page, OrderActionName::Cancel).then(|| {
            Button::link(
                t.cancel_order(),
                format!("{}/avbryt", order_rows::address(order)),
            )
            .secondary()
        }),
        ways_on: ways_on(t, page),
        again: is_open(page, OrderActionName::Send).then(|| {
            let to = format!("{}/skicka", order_rows::address(order));
            (to, s.hidden.clone())
        }),
        post: post(s, page),
        refusals: Refusals::new(t, order_rows::refused(s, &page.order)),
        deadlines: page
            .clocks
            .iter()
            .map(|clock| bar(t, Reader::Officer, clock, s.now))
            .collect(),
        office: parts::office_facts(t, &sheet.office, s.now),
        waits: (!has_left(page)).then(|| t.order_waits()),
    }
}

/// Ordering anew where it is allowed, and the photo where it is waited for.
fn ways_on(t: Text, page: &OrderPage) -> Vec<Button> {
    let home = order_rows::address(&page.order.sheet.order);
    let offers = |action| is_open(page, action);
    let waits = page.order.sheet.order.stage == OrderStage::AwaitingPhoto;
    let has_been_sent = page.card.is_some() && !page.order.sheet.order.is_over();
    let anew = has_been_sent && may_ask(page, OrderActionName::ReplaceUndelivered);
    let photo = waits && may_ask(page, OrderActionName::UseStoredPhoto);
    [
        (photo, t.take_photo(), format!("{home}/foto")),
        (anew, t.order_anew(), format!("{home}/bestall-nytt")),
    ]
    .into_iter()
    .filter(|(is_shown, _, _)| *is_shown)
    .map(|(_, label, to)| {
        let button = Button::link(label, to);
        if offers(OrderActionName::ReplaceUndelivered) || waits {
            button
        } else {
            button.secondary()
        }
    })
    .collect()
}

/// Whether the action is this reader's to ask about, allowed now or not: an envelope that was open
/// does not wait for the thirty days.
fn may_ask(page: &OrderPage, action: OrderActionName) -> bool {
    page.order.offers.iter().any(|offer| offer.action == action)
}

/// What can be recorded of the sending by this reader now.
fn post(s: &Setting, page: &OrderPage) -> Option<PostView> {
    let t = s.t;
    let card = page.card.as_ref()?;
    let delivery = card.delivery.as_ref()?;
    let subject = parts::subject(&page.person, &card.card);
    let may = |function| permit(&s.actor, function, &subject).is_ok();
    let under_way = matches!(
        delivery.stage,
        DeliveryStage::Posted
            | DeliveryStage::NoticeSent
            | DeliveryStage::AtServicePoint
            | DeliveryStage::ReportedMissing
    );
    let is_over = page.order.sheet.order.is_over();
    let missing = matches!(
        delivery.stage,
        DeliveryStage::ReportedMissing | DeliveryStage::Lost
    );
    let says: Vec<_> = [
        (
            "saknas",
            delivery.stage == DeliveryStage::Posted
                && delivery.method != DeliveryMethod::Rek
                && !is_over
                && may(Function::ReportDelivery),
            t.sending_missing(),
        ),
        (
            "borta",
            under_way
                && delivery.method == DeliveryMethod::Rek
                && !is_over
                && may(Function::ReceiveCard),
            t.sending_lost(),
        ),
        (
            "sent",
            missing && may(Function::ReportDelivery),
            t.sending_late(),
        ),
    ]
    .into_iter()
    .filter(|(_, is_shown, _)| *is_shown)
    .map(|(value, _, label)| (value, label))
    .collect();
    let late = (delivery.stage == DeliveryStage::LateArrival && is_over).then(|| t.late_means());
    if says.is_empty() && late.is_none() {
        return None;
    }
    Some(PostView {
        action: format!("{}/sandning", order_rows::address(&page.order.sheet.order)),
        hidden: s.hidden.clone(),
        says,
        late,
    })
}

/// What is recorded of a sending.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Said {
    hant: String,
}

/// Records what the post or the holder says. What came late for a card that is already replaced is
/// cut and thrown away.
pub(super) async fn said(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<Said>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let action = match form.fields.hant.as_str() {
        "saknas" => DeliveryAction::ReportMissing,
        "borta" => DeliveryAction::Lose,
        "sent" => DeliveryAction::ReportLateArrival,
        _ => return Err(Notice::NotFound.into()),
    };
    let look = session.call(None);
    let (order, _) = ask(&app, move |app, link| {
        let page = app.order_page(link, &look, id)?;
        let order = page.order.sheet.order;
        let delivery = order.delivery.ok_or(Failure::NotFound)?;
        app.ledger
            .act::<Delivery>(link, &call, delivery.0, &action)?;
        Ok(order)
    })
    .await?;
    Ok(see_other(order_rows::address(&order)))
}

/// After a failed production the order is sent again.
pub(super) async fn send_again(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let (order, _) = ask(&app, move |app, link| {
        app.ledger
            .act::<Order>(link, &call, id.0, &OrderAction::Send)
    })
    .await?;
    Ok(see_other(order_rows::address(&order)))
}

fn has_left(page: &OrderPage) -> bool {
    page.card.is_some() || page.order.sheet.order.is_over()
}

fn is_open(page: &OrderPage, action: OrderActionName) -> bool {
    page.order
        .offers
        .iter()
        .any(|offer| offer.action == action && offer.is_open())
}

fn delivery(s: &Setting, page: &OrderPage) -> Option<DeliveryView> {
    let t = s.t;
    let card = page.card.as_ref()?;
    let delivery = card.delivery.as_ref()?;
    let sees = permit(
        &s.actor,
        Function::SeeRekId,
        &parts::subject(&page.person, &card.card),
    )
    .is_ok();
    Some(DeliveryView {
        state: states::delivery(t, delivery.stage),
        facts: delivery_facts(t, delivery, sees),
        track: delivery
            .rek_id
            .as_ref()
            .filter(|_| sees)
            .map(|rek_id| parts::postnord(t, rek_id).secondary()),
        note: delivery_note(t, delivery),
    })
}

/// How it is sent, with the number to trace it by for those who may give it out.
pub(crate) fn delivery_facts(t: Text, delivery: &Delivery, sees_rek_id: bool) -> Facts {
    use crate::components::Fact;
    let mut facts = vec![
        Fact::plain(t.sent_by(), states::method(t, delivery.method)),
        Fact::plain(t.since_when(), t.day_of(delivery.since)),
    ];
    if let Some(rek_id) = delivery.rek_id.as_ref().filter(|_| sees_rek_id) {
        facts.push(Fact::copyable(t, t.rek_id(), rek_id.to_string()));
    }
    Facts::new(facts)
}

/// What can be known about the envelope.
pub(crate) fn delivery_note(t: Text, delivery: &Delivery) -> String {
    match (delivery.method, delivery.rek_id.is_some()) {
        (DeliveryMethod::APost, _) => t.a_post_not_traceable(),
        (DeliveryMethod::Rek, false) => t.rek_id_comes(),
        (DeliveryMethod::Rek, true) => t.rek_id_give(),
        (DeliveryMethod::ToOffice, _) => t.to_office_note(),
    }
}

pub(super) async fn complete(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let (order, _) = ask(&app, move |app, link| {
        app.ledger
            .act::<Order>(link, &call, id.0, &OrderAction::CompletePrerequisites)
    })
    .await?;
    Ok(see_other(order_rows::address(&order)))
}

/// The second step of stopping an order: the last four digits of the card, where there is one.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Confirmed {
    fyra: Option<String>,
}

#[derive(Template)]
#[template(path = "id_admin/order_cancel.html")]
pub(super) struct CancelView {
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

pub(super) async fn confirm_cancel(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.order_page(link, &call, id)).await?;
    verdict(&page)?;
    ok(&cancel_view(
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

pub(super) fn cancel_view(s: &Setting, page: &OrderPage, typed: Option<&str>) -> CancelView {
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

pub(super) async fn cancel(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<Confirmed>,
) -> Result<HttpResponse, Fault> {
    let (look, call, id) = (
        session.call(None),
        session.call(Some(form.fingerprint)),
        *id,
    );
    let typed = form.fields.fyra.unwrap_or_default();
    let given = typed.trim().to_owned();
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.order_page(link, &look, id)?;
        // Who may not cancel is told so, whatever they have typed.
        let may = verdict(&page).is_ok();
        if may && last_four(&page).is_some_and(|four| four != given) {
            return Ok(Err(Box::new(page)));
        }
        Ok(Ok(app.ledger.act::<Order>(
            link,
            &call,
            id.0,
            &OrderAction::Cancel,
        )?))
    };
    let (outcome, moment) = ask(&app, work).await?;
    match outcome {
        Ok(order) => Ok(see_other(order_rows::address(&order))),
        Err(page) => {
            let view = cancel_view(
                &Setting::new(&session, &request, moment),
                &page,
                Some(&typed),
            );
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}
