//! Orders, for officers.

use cards_app::queries::OrderPage;
use cards_app::{App, Link};

use super::ID;
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::order;

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "order",
    path: "/orders/{id}",
    subject: Subject::Orders,
    summary: "An order and what can be done with it",
    run: Run::Officer(one),
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The order. That somebody looked is written down, and the person can see it.",
        content: Content::Json("Order"),
    },
    versioned: true,
    ..Operation::READ
}];

pub(super) fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.order_page(link, &asked.call(), asked.named("id")?)?;
    Ok(told(&page))
}

pub(super) fn told(page: &OrderPage) -> Reply {
    let version = page.order.sheet.order.version;
    Reply::json(order::order(&page.order)).version(version)
}
