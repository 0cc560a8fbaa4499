//! An order's page: where it is, how it is sent, and what can be done with it.

mod asked;
pub(super) mod cancel;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::OrderPage;
use cards_app::{App, Failure};
use cards_domain::access::{Function, permit};
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod, DeliveryStage};
use cards_domain::ids::OrderId;
use cards_domain::order::{Order, OrderAction, OrderActionName, OrderStage};
use cards_http::signed_form::NoFields;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;

use super::parts::Tick;
use super::{order_rows, parts};
use crate::clocks::{Reader, bar};
use crate::components::{
    Breadcrumbs, Button, DeadlineBar, ErrorSummary, Facts, Hidden, Refusals, StateBadge, Tracking,
};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::states;
use crate::text::Text;
use asked::{Asked, act};

/// The box that says what the officer has seen.
const SEEN: &str = "underlag";

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
    errors: ErrorSummary,
    complete: Option<Complete>,
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

/// That what the order waited for is there. Which paper lacks is not written down anywhere, so the
/// officer says what they have seen.
pub(super) struct Complete {
    action: String,
    hidden: Hidden,
    seen: Tick,
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
    view_with(s, page, None)
}

/// The page; `unseen` is said where the officer has not said that the papers are there.
fn view_with(s: &Setting, page: &OrderPage, unseen: Option<String>) -> OrderView {
    let t = s.t;
    let sheet = &page.order.sheet;
    let order = &sheet.order;
    let title = t.order_is(&order.number);
    let errors = unseen.clone().map(|text| (SEEN, text));
    let complete = is_open(page, OrderActionName::CompletePrerequisites).then(|| Complete {
        action: format!("{}/komplettera", order_rows::address(order)),
        hidden: s.hidden.clone(),
        seen: Tick::new(
            SEEN,
            t.complete_order_which(),
            t.complete_order_seen(),
            false,
        )
        .error(unseen),
    });
    OrderView {
        frame: s.frame(&title),
        t,
        path: Breadcrumbs::new(t, vec![parts::back_to(t, &page.person)], title),
        errors: ErrorSummary::new(t, errors),
        state: order_rows::state(t, order, page.card.as_ref()).big(),
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
    let anew = may_be_anew(page);
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

/// Whether some answer to what has happened would let the card be ordered anew: one that has been
/// sent may have come open or damaged, which does not wait for the thirty days. From when on a card
/// that has not come may be ordered anew stands among what cannot be done yet.
fn may_be_anew(page: &OrderPage) -> bool {
    let action = OrderActionName::ReplaceUndelivered;
    let is_sent = page.order.sheet.order.stage == OrderStage::Dispatched;
    is_open(page, action) || (is_sent && may_ask(page, action))
}

/// Whether the action is this reader's to ask about, allowed now or not.
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

/// The envelope; there is none of a card that could not be made.
fn delivery(s: &Setting, page: &OrderPage) -> Option<DeliveryView> {
    let t = s.t;
    let card = page.card.as_ref()?;
    if order_rows::has_stopped(&page.order.sheet.order) {
        return None;
    }
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

/// That the officer has seen the papers.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Completed {
    #[serde(default)]
    underlag: cards_http::Tick,
}

pub(super) async fn complete(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<Completed>,
) -> Result<HttpResponse, Fault> {
    let action = OrderActionName::CompletePrerequisites;
    let is_seen = form.fields.underlag.is_set();
    let lacks = (!is_seen).then_some(move |page: &OrderPage| is_open(page, action));
    let asked = Asked {
        order: *id,
        action: OrderAction::CompletePrerequisites,
        sent: form.fingerprint,
        lacks,
    };
    let again =
        |s: &Setting, page: &OrderPage| view_with(s, page, Some(s.t.complete_order_unseen()));
    act((&request, &*session), &app, asked, again).await
}
