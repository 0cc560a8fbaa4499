//! Cards, for officers.

use cards_app::queries::CardPage;
use cards_app::{App, Call, Link};
use cards_domain::values::CardNumber;

use super::revocations::REVOKE_CARD;
use super::{ID, lines, sees_rek_id};
use crate::asked::Asked;
use crate::operation::{Content, Operation, Parameter, Place, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::schema::text;
use crate::shapes::{card, event};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "cardByNumber",
        path: "/cards",
        subject: Subject::Cards,
        summary: "The card with this number and its holder, as quickly as can be",
        run: Run::Officer(numbered),
        searches: true,
        parameters: &[Parameter {
            name: "number",
            place: Place::Query { needed: true },
            meaning: "The number on the card.",
            schema: text,
        }],
        success: Success {
            status: 200,
            meaning: "The card. That somebody looked is written down, and the holder can see it.",
            content: Content::Json("NumberedCard"),
        },
        versioned: true,
        problems: &[crate::kind::Kind::NotFound],
        ..Operation::READ
    },
    Operation {
        id: "card",
        path: "/cards/{id}",
        subject: Subject::Cards,
        summary: "A card and what can be done with it",
        run: Run::Officer(one),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "The card. That somebody looked is written down, and the holder can see it.",
            content: Content::Json("Card"),
        },
        versioned: true,
        ..Operation::READ
    },
    Operation {
        id: "eventsOfCard",
        path: "/cards/{id}/events",
        subject: Subject::Cards,
        summary: "What has happened to a card and what belongs to it, newest first",
        run: Run::Officer(events),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "A page.",
            content: Content::Page("Event"),
        },
        ..Operation::READ
    },
    Operation {
        id: "callBackNumbers",
        path: "/cards/{id}/call-back-numbers",
        subject: Subject::Cards,
        summary: "The directory's numbers on which somebody who tells of a loss is called back",
        run: Run::Officer(numbers),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "All of them.",
            content: Content::List("CallBackNumbers"),
        },
        ..Operation::READ
    },
    Operation {
        id: "misprint",
        path: "/cards/{id}/misprint",
        subject: Subject::Cards,
        summary: "After a card with a wrong photo: orders whose photos may have been mixed up with it",
        run: Run::Officer(misprint),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "The orders in scope, and how many others there are.",
            content: Content::Json("Misprint"),
        },
        ..Operation::READ
    },
    REVOKE_CARD,
];

fn numbered(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let number = asked.query("number").map(CardNumber::parse);
    let Some(Ok(number)) = number else {
        return Err(Wrong::Parameter("number"));
    };
    let (found, person) = app.card_numbered(link, &asked.call(), &number)?;
    let version = found.card.version;
    Ok(Reply::json(card::numbered(&found, &person)).version(version))
}

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let call = asked.call();
    let page = app.card_page(link, &call, asked.named("id")?)?;
    Ok(shown(&call, &page))
}

pub(super) fn shown(call: &Call, page: &CardPage) -> Reply {
    let sees = sees_rek_id(call, &page.facts.subject);
    let version = page.card.sheet.card.version;
    Reply::json(card::card(&page.card, sees)).version(version)
}

fn events(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let found = app.card_event_page(link, &asked.call(), asked.named("id")?, lines(asked)?)?;
    Ok(Reply::page(asked, found, event::cursor, event::event))
}

fn numbers(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.loss_page(link, &asked.call(), asked.named("id")?)?;
    let numbers = page.numbers.iter().map(card::call_back_numbers);
    Ok(Reply::list(numbers.collect()))
}

fn misprint(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let found = app.misprint(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(card::misprint(&found.neighbours)))
}
