//! Letters with the PUK of a card, for officers. The code itself is never told.

use cards_app::{App, Link};
use cards_domain::ids::CardId;
use cards_domain::puk_letter::{PukLetter, PukLetterAction};

use super::ID;
use super::card_changes::unchanged;
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::letter;

/// Something done to the letter that the path names.
const OF_LETTER: Operation = Operation {
    subject: Subject::Letters,
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The letter as it stands now.",
        content: Content::Json("PukLetterPage"),
    },
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "askForPukLetter",
        path: "/cards/{id}/puk-letters",
        summary: "Ask for a letter with the PUK of a card; it goes to the registered address",
        run: Run::Officer(ask),
        body: Some(letter::wanted),
        success: Success {
            status: 201,
            meaning: "The letter, which waits to be approved.",
            content: Content::Json("PukLetter"),
        },
        ..OF_LETTER
    },
    Operation {
        id: "pukLetter",
        path: "/puk-letters/{id}",
        subject: Subject::Letters,
        summary: "A letter with a PUK and what can be done with it",
        run: Run::Officer(one),
        parameters: &[ID],
        success: Success {
            status: 200,
            meaning: "The letter. That somebody looked is written down.",
            content: Content::Json("PukLetterPage"),
        },
        versioned: true,
        ..Operation::READ
    },
    Operation {
        id: "approvePukLetter",
        path: "/puk-letters/{id}/approval",
        summary: "Approve a letter with a PUK: it will be printed and sent",
        run: Run::Officer(approve),
        ..OF_LETTER
    },
    Operation {
        id: "rejectPukLetter",
        path: "/puk-letters/{id}/rejection",
        summary: "Turn a letter with a PUK down",
        run: Run::Officer(reject),
        body: Some(letter::rejection),
        ..OF_LETTER
    },
    Operation {
        id: "cancelPukLetter",
        path: "/puk-letters/{id}/cancellation",
        summary: "Take back a letter with a PUK that was asked for",
        run: Run::Officer(cancel),
        ..OF_LETTER
    },
];

fn ask(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let how = body.needed("reason").zip(body.flag("caller_identified"));
    let how = body.done(how)?;
    let call = asked.changing();
    let letter = match app.ledger.repeated::<PukLetter>(link, &call)? {
        Some(letter) => app.letter_page(link, &asked.call(), letter.id)?.letter,
        None => {
            let (page, call) = unchanged(app, link, asked)?;
            let card: CardId = page.card.sheet.card.id;
            app.ask_for_letter(link, &call, card, how)?
        }
    };
    let address = format!("{}/puk-letters/{}", crate::BASE, letter.id);
    Ok(Reply::json(letter::letter(&letter))
        .version(letter.version)
        .at(address))
}

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.letter_page(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(letter::page(&page)).version(page.letter.version))
}

fn act(
    app: &App,
    link: &mut Link,
    asked: &Asked,
    action: &PukLetterAction,
) -> Result<Reply, Wrong> {
    let call = asked.changing();
    if app.ledger.repeated::<PukLetter>(link, &call)?.is_none() {
        let page = app.letter_page(link, &asked.call(), asked.named("id")?)?;
        let call = asked.changing_as_read(&page.letter)?;
        let id = page.letter.id;
        app.ledger.act::<PukLetter>(link, &call, id.0, action)?;
    }
    one(app, link, asked)
}

fn approve(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    act(app, link, asked, &PukLetterAction::Approve)
}

fn reject(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let why = body.needed("why");
    let why = body.done(why)?;
    act(app, link, asked, &PukLetterAction::Reject { why })
}

fn cancel(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    act(app, link, asked, &PukLetterAction::Cancel)
}
