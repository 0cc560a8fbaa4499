//! Persons, for officers.

use cards_app::queries::PictureSize;
use cards_app::{App, Failure, Link};
use cards_domain::ids::PersonId;

use super::{ID, lines, sees_rek_id};
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success, Verb};
use crate::reply::{Reply, Wrong};
use crate::shapes::{card, employment, event, order, person};

const fn listed(name: &'static str) -> Success {
    Success {
        status: 200,
        meaning: "All of them.",
        content: Content::List(name),
    }
}

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        // Names and numbers are sent in the body: addresses end up in logs.
        id: "searchPersons",
        verb: Verb::Post,
        path: "/persons/searches",
        subject: Subject::Persons,
        summary: "Persons in scope by name or any number: the best thirty",
        run: Run::Officer(search),
        searches: true,
        body: Some(person::search),
        success: listed("Hit"),
        ..Operation::READ
    },
    Operation {
        id: "person",
        path: "/persons/{id}",
        subject: Subject::Persons,
        summary: "A person, with the clocks that run and whether a card may be ordered",
        run: Run::Officer(one),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "The person. That somebody looked is written down, and the person can see it.",
            content: Content::Json("Person"),
        },
        ..Operation::READ
    },
    Operation {
        id: "cardsOfPerson",
        path: "/persons/{id}/cards",
        subject: Subject::Persons,
        summary: "A person's cards in scope, newest first, and what can be done with each",
        run: Run::Officer(cards),
        parameters: &[ID],
        success: listed("Card"),
        ..Operation::READ
    },
    Operation {
        id: "ordersOfPerson",
        path: "/persons/{id}/orders",
        subject: Subject::Persons,
        summary: "The orders in scope for a person, newest first, and what can be done with each",
        run: Run::Officer(orders),
        parameters: &[ID],
        success: listed("Order"),
        ..Operation::READ
    },
    Operation {
        id: "employmentsOfPerson",
        path: "/persons/{id}/employments",
        subject: Subject::Persons,
        summary: "A person's work in scope as the directory has it, and what systems of care will miss",
        run: Run::Officer(employments),
        parameters: &[ID],
        success: listed("Employment"),
        ..Operation::READ
    },
    Operation {
        id: "eventsOfPerson",
        path: "/persons/{id}/events",
        subject: Subject::Persons,
        summary: "What has happened to a person's things and who has looked, newest first",
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
        id: "photoOfPerson",
        path: "/persons/{id}/photo",
        subject: Subject::Persons,
        summary: "The newest photo of a person that was approved",
        run: Run::Officer(photo),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "The photo.",
            content: Content::Jpeg,
        },
        ..Operation::READ
    },
];

fn search(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let text = body.text("text");
    let text = body.done(text)?;
    let answer = app.search(link, &asked.call(), text)?;
    if answer.understood.is_none() {
        let what = "neither a name nor a number";
        return Err(Wrong::Body(vec![("/text".to_owned(), what)]));
    }
    Ok(Reply::list(answer.hits.iter().map(person::hit).collect()))
}

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.person_page(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(person::page(&page)))
}

fn cards(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let call = asked.call();
    let page = app.person_page(link, &call, asked.named("id")?)?;
    let sees = sees_rek_id(&call, &page.sheet.subject());
    let cards = page.cards.iter().map(|one| card::card(one, sees));
    Ok(Reply::list(cards.collect()))
}

fn orders(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.person_page(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::list(page.orders.iter().map(order::order).collect()))
}

fn employments(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.person_page(link, &asked.call(), asked.named("id")?)?;
    let told = page.employments.iter().map(employment::employment);
    Ok(Reply::list(told.collect()))
}

fn events(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let found = app.person_event_page(link, &asked.call(), asked.named("id")?, lines(asked)?)?;
    Ok(Reply::page(asked, found, event::cursor, event::event))
}

fn photo(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (call, id) = (asked.call(), asked.named::<PersonId>("id")?);
    let kept = link.kept_photo(id)?.ok_or(Failure::NotFound)?;
    // Looks at the person, and is not found for anybody who may not.
    let picture = app.picture(link, &call, kept.id, PictureSize::Full)?;
    Ok(Reply::jpeg(picture))
}
