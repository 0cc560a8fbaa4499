//! The caller's own: who they are, their cards and orders, who has looked.

use cards_app::{App, Link};
use cards_domain::ids::OfficeId;

use super::revocations::{self, REVOKE_MY_CARD};
use super::{ID, lines};
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::{card, employment, event, order, own};

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
        id: "myEmployments",
        path: "/me/employments",
        subject: Subject::Me,
        summary: "What the directory says of the caller's work, and what systems of care will miss",
        run: Run::Holder(employments),
        success: Success {
            status: 200,
            meaning: "All of them.",
            content: Content::List("Employment"),
        },
        ..Operation::READ
    },
    Operation {
        id: "myContacts",
        path: "/me/contacts",
        subject: Subject::Me,
        summary: "Whom to ask: the contact persons of the caller's organisations, and the card offices",
        run: Run::Holder(contacts),
        success: Success {
            status: 200,
            meaning: "As asked.",
            content: Content::Json("Contacts"),
        },
        ..Operation::READ
    },
    REVOKE_MY_CARD,
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
    let found = app.own_look_page(link, &asked.call(), lines(asked)?)?;
    Ok(Reply::page(asked, found, event::cursor, event::event))
}

fn employments(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let own = app.own_employments(link, &asked.call())?;
    let told = own.employments.iter().map(employment::employment);
    Ok(Reply::list(told.collect()))
}

/// The organisations of the caller's cards, orders and posts, each once; the offices of the cards,
/// or for somebody without any, all.
fn contacts(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.holder_page(link, &asked.call())?;
    let cards = page.cards.iter().map(|sheet| sheet.card.organisation);
    let orders = page.orders.iter().map(|sheet| sheet.order.organisation);
    let posts = page.person.posts.iter().map(|post| post.organisation);
    let mut sheets = Vec::new();
    let mut known = Vec::new();
    for id in cards.chain(orders).chain(posts) {
        if !known.contains(&id) {
            known.push(id);
            sheets.extend(link.organisation(id)?);
        }
    }
    let mut offices = link.offices()?;
    let own = |office: &OfficeId| page.cards.iter().any(|sheet| sheet.office.id == *office);
    offices.retain(|office| page.cards.is_empty() || own(&office.id));
    Ok(Reply::json(own::contacts(&sheets, &offices)))
}
