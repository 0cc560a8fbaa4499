//! What officers do to orders: order, order anew, stop, go on, and write down what the post says.

use cards_app::queries::OrderPage;
use cards_app::{App, Call, Failure, Link};
use cards_domain::delivery::{Delivery, DeliveryAction};
use cards_domain::ids::OrderId;
use cards_domain::order::{Order, OrderAction, OrderActionName, OrderRequest, Replacement};
use cards_domain::refusal::Refusal;

use super::{ID, orders};
use crate::asked::Asked;
use crate::kind::Kind;
use crate::operation::{Change, Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::order::{self, Says};

const CREATED: Success = Success {
    status: 201,
    meaning: "The new order.",
    content: Content::Json("Order"),
};

/// Something done to the order that the path names.
const OF_ORDER: Operation = Operation {
    subject: Subject::Orders,
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The order as it stands now.",
        content: Content::Json("Order"),
    },
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "orderCard",
        path: "/orders",
        summary: "Order a card for a person; the address comes from the population register",
        run: Run::Officer(place),
        parameters: &[],
        body: Some(order::wanted),
        change: Change::New,
        success: CREATED,
        problems: &[Kind::NotFound],
        ..OF_ORDER
    },
    Operation {
        id: "orderAnew",
        path: "/orders/{id}/replacements",
        summary: "Order a new card in place of one that did not come as it should",
        run: Run::Officer(replace),
        body: Some(order::wanted_anew),
        success: CREATED,
        ..OF_ORDER
    },
    Operation {
        id: "cancelOrder",
        path: "/orders/{id}/cancellation",
        summary: "Stop an order; a card that has been made for it is revoked",
        run: Run::Officer(cancel),
        body: Some(order::confirmed),
        ..OF_ORDER
    },
    Operation {
        id: "completePrerequisites",
        path: "/orders/{id}/prerequisites",
        summary: "Write down that agreement, form or payment is there: the order goes on",
        run: Run::Officer(complete),
        ..OF_ORDER
    },
    Operation {
        id: "sendOrderAgain",
        path: "/orders/{id}/sending",
        summary: "Send an order to the manufacturer again, after the card could not be made",
        run: Run::Officer(send),
        ..OF_ORDER
    },
    Operation {
        id: "reportDelivery",
        path: "/orders/{id}/delivery-reports",
        summary: "Write down what the post or the holder says of the sending",
        run: Run::Officer(report),
        body: Some(order::said),
        ..OF_ORDER
    },
    Operation {
        id: "useStoredPhoto",
        path: "/orders/{id}/stored-photo",
        summary: "Print the photo that is kept since an earlier order",
        run: Run::Officer(use_stored),
        ..OF_ORDER
    },
];

fn place(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let request = request(link, asked)?;
    let call = asked.changing();
    let order = match app.ledger.repeated::<Order>(link, &call)? {
        Some(order) => order,
        None => app.place_order(link, &call, &request)?,
    };
    made(app, link, asked, order.id)
}

fn request(link: &mut Link, asked: &Asked) -> Result<OrderRequest, Wrong> {
    let mut body = asked.body();
    let whose = (body.id("person"), body.id("organisation"));
    let which = (body.id("product"), body.id("office"));
    let how = (body.needed("method"), body.flag("routine_confirmed"));
    let read = match (whose, which, how) {
        (
            (Some(person), Some(organisation)),
            (Some(product), Some(office)),
            (Some(method), Some(routine_confirmed)),
        ) => Some(OrderRequest {
            id: OrderId(link.new_id()),
            person,
            organisation,
            product,
            office,
            method,
            routine_confirmed,
            replaces: None,
        }),
        _ => None,
    };
    body.done(read)
}

fn made(app: &App, link: &mut Link, asked: &Asked, id: OrderId) -> Result<Reply, Wrong> {
    let page = app.order_page(link, &asked.call(), id)?;
    Ok(orders::told(&page).at(format!("{}/orders/{id}", crate::BASE)))
}

/// The order as the caller has read it, and the call of a change that holds only while it is so.
fn unchanged(app: &App, link: &mut Link, asked: &Asked) -> Result<(OrderPage, Call), Wrong> {
    let page = app.order_page(link, &asked.call(), asked.named("id")?)?;
    let call = asked.changing_as_read(&page.order.sheet.order)?;
    Ok((page, call))
}

fn replace(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let what = (body.needed("told"), body.needed("method"));
    let read = match (what, body.flag("routine_confirmed")) {
        ((Some(told), Some(method)), Some(confirmed)) => Some((told, method, confirmed)),
        _ => None,
    };
    let (told, method, routine_confirmed) = body.done(read)?;
    let call = asked.changing();
    if let Some(order) = app.ledger.repeated::<Order>(link, &call)? {
        return made(app, link, asked, order.id);
    }
    let (page, call) = unchanged(app, link, asked)?;
    let old = &page.order.sheet.order;
    let request = OrderRequest {
        id: OrderId(link.new_id()),
        person: old.person,
        organisation: old.organisation,
        product: old.product,
        office: old.office,
        method,
        routine_confirmed,
        replaces: Some(Replacement {
            order: old.id,
            told,
        }),
    };
    let order = app.place_order(link, &call, &request)?;
    made(app, link, asked, order.id)
}

/// Does something to the order that the path names.
fn act(
    app: &App,
    link: &mut Link,
    asked: &Asked,
    action: &OrderAction,
    judged: impl FnOnce(&OrderPage) -> Result<(), Refusal>,
) -> Result<Reply, Wrong> {
    let call = asked.changing();
    if app.ledger.repeated::<Order>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        judged(&page).map_err(Wrong::Refused)?;
        let id = page.order.sheet.order.id;
        app.ledger.act::<Order>(link, &call, id.0, action)?;
    }
    orders::one(app, link, asked)
}

fn cancel(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let four = body.optional::<String>("last_four");
    let four = body.done(Some(four.unwrap_or_default()))?;
    act(app, link, asked, &OrderAction::Cancel, |page| {
        let offers = &page.order.offers;
        let may = offers
            .iter()
            .any(|offer| offer.action == OrderActionName::Cancel && offer.is_open());
        let card = page.card.as_ref();
        let number = card.and_then(|sheet| sheet.card.number.as_ref());
        // Who may not cancel is told so by the gate, whatever was typed.
        match number {
            Some(number) if may && number.last_four() != four => Err(Refusal::LastFourWrong),
            Some(_) | None => Ok(()),
        }
    })
}

fn complete(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let action = OrderAction::CompletePrerequisites;
    act(app, link, asked, &action, |_| Ok(()))
}

fn send(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    act(app, link, asked, &OrderAction::Send, |_| Ok(()))
}

fn use_stored(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    act(app, link, asked, &OrderAction::UseStoredPhoto, |_| Ok(()))
}

/// What is said of a sending, as the rules have it.
pub(super) fn of_sending(asked: &Asked) -> Result<DeliveryAction, Wrong> {
    let mut body = asked.body();
    let says = body.needed::<Says>("says");
    Ok(match body.done(says)? {
        Says::Missing => DeliveryAction::ReportMissing,
        Says::Lost => DeliveryAction::Lose,
        Says::Late => DeliveryAction::ReportLateArrival,
    })
}

fn report(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let action = of_sending(asked)?;
    let call = asked.changing();
    if app.ledger.repeated::<Delivery>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let sending = page.order.sheet.order.delivery.ok_or(Failure::NotFound)?;
        app.ledger
            .act::<Delivery>(link, &call, sending.0, &action)?;
    }
    orders::one(app, link, asked)
}
