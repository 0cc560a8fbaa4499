//! The caller's own: who they are, their cards and orders, who has looked.

use cards_app::{App, Link};

use super::{ID, revocations};
use crate::asked::Asked;
use crate::operation::{Change, Content, Operation, Run, Subject, Success, Verb};
use crate::reply::{Reply, Wrong};
use crate::shapes::{card, case, event, order, own};

use super::revocations::{report, told};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "me",
        path: "/me",
        subject: Subject::Me,
        summary: "Who calls, and what they are appointed to now",
        run: Run::Holder(me),
        ..Operation::READ
    },
    Operation {
        id: "myCards",
        path: "/me/cards",
        subject: Subject::Me,
        summary: "The caller's own cards, whoever issued them, newest first",
        run: Run::Holder(cards),
        success: Success {
            status: 200,
            meaning: "All of them.",
            content: Content::List("OwnCard"),
        },
        ..Operation::READ
    },
    Operation {
        id: "myOrders",
        path: "/me/orders",
        subject: Subject::Me,
        summary: "The orders for the caller, newest first",
        run: Run::Holder(orders),
        success: Success {
            status: 200,
            meaning: "All of them.",
            content: Content::List("OwnOrder"),
        },
        ..Operation::READ
    },
    Operation {
        id: "myEvents",
        path: "/me/events",
        subject: Subject::Me,
        summary: "Who has looked at the caller, newest first",
        run: Run::Holder(looks),
        success: Success {
            status: 200,
            meaning: "A page.",
            content: Content::Page("Event"),
        },
        ..Operation::READ
    },
    Operation {
        id: "revokeMyCard",
        verb: Verb::Post,
        path: "/me/cards/{id}/revocations",
        subject: Subject::Me,
        summary: "Revoke one of the caller's own cards, for ever",
        run: Run::Holder(revoke),
        parameters: &[ID],
        body: Some(case::report),
        change: Change::Existing,
        success: Success {
            status: 201,
            meaning: "The case.",
            content: Content::Json("RevocationCase"),
        },
        versioned: true,
        refuses: true,
        ..Operation::READ
    },
    Operation {
        id: "myRevocation",
        path: "/me/revocations/{id}",
        subject: Subject::Me,
        summary: "A case about one of the caller's own cards, and what is left to do outside",
        run: Run::Holder(revocations::one),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "The case.",
            content: Content::Json("RevocationCasePage"),
        },
        versioned: true,
        ..Operation::READ
    },
];

fn me(_: &App, _: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    Ok(Reply::json(own::me(&asked.caller)))
}

fn cards(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.holder_page(link, &asked.call())?;
    // A holder may see the tracking number of their own letter.
    let cards = page.cards.iter().map(|sheet| card::sheet(sheet, true));
    Ok(Reply::list(cards.collect()))
}

fn orders(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.holder_page(link, &asked.call())?;
    Ok(Reply::list(page.orders.iter().map(order::sheet).collect()))
}

fn looks(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let after = asked.after(|text| text.parse().ok())?;
    let found = app.own_look_page(link, &asked.call(), (after, asked.one_more()))?;
    Ok(Reply::page(asked, found, event::cursor, event::event))
}

fn revoke(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let id = asked.named("id")?;
    report(app, link, asked, (id, told(asked)?, "/me/revocations"))
}
