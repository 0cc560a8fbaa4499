//! What officers do to cards without signing: one in the hand, a code that is locked or opened, a
//! receipt that the holder does not want to sign.

use cards_app::queries::CardPage;
use cards_app::{App, Call, Failure, Link, Stopped};
use cards_domain::access::{Function, permit};
use cards_domain::card::{Card, CardAction};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource};
use cards_domain::receipt::{Receipt, ReceiptAction};
use cards_domain::refusal::Refusal;
use cards_domain::values::CardNumber;

use super::{ID, cards, my_changes};
use crate::asked::Asked;
use crate::operation::{Change, Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::card::{self, Visit};

/// Something done to the card that the path names.
pub(super) const OF_CARD: Operation = Operation {
    subject: Subject::Cards,
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The card as it stands now.",
        content: Content::Json("Card"),
    },
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "receiveCard",
        path: "/cards/{id}/reception",
        summary: "Write down that the card lies at the office, with the number read from it",
        run: Run::Officer(receive),
        body: Some(card::in_hand),
        ..OF_CARD
    },
    Operation {
        id: "destroyCard",
        path: "/cards/{id}/destruction",
        summary: "Write down that the card was cut through, with the number read from it",
        run: Run::Officer(destroy),
        body: Some(card::in_hand),
        ..OF_CARD
    },
    Operation {
        id: "stateLocked",
        path: "/cards/{id}/locks",
        summary: "Write down that a code of the card is locked, which does not revoke it",
        run: Run::Officer(lock),
        body: Some(card::locked),
        ..OF_CARD
    },
    Operation {
        id: "stateOpenedWithPuk",
        path: "/cards/{id}/puk-unlocks",
        summary: "Write down that the holder has opened the card with its PUK: the code that is locked, or the one named",
        run: Run::Officer(opened),
        body: Some(card::which_code),
        ..OF_CARD
    },
    Operation {
        id: "doubtAtCounter",
        path: "/cards/{id}/doubts",
        summary: "Write down that the officer was not sure who stood at the counter, and stopped",
        run: Run::Officer(doubt),
        body: Some(card::doubted),
        change: Change::New,
        ..OF_CARD
    },
    Operation {
        id: "refuseReceipt",
        path: "/cards/{id}/receipt-refusals",
        summary: "The holder does not want to sign the receipt: the card is revoked at once",
        run: Run::Officer(refuse),
        ..OF_CARD
    },
];

/// The card as the caller has read it, and the call of a change that holds only while it is so.
pub(super) fn unchanged(
    app: &App,
    link: &mut Link,
    asked: &Asked,
) -> Result<(CardPage, Call), Wrong> {
    let page = app.card_page_again(link, &asked.call(), asked.named("id")?)?;
    let call = asked.changing_as_read(&page.card.sheet.card)?;
    Ok((page, call))
}

/// The card afterwards.
pub(super) fn now(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let call = asked.call();
    let page = app.card_page_again(link, &call, asked.named("id")?)?;
    Ok(cards::shown(&call, &page))
}

fn number(asked: &Asked) -> Result<CardNumber, Wrong> {
    let mut body = asked.body();
    let text = body.text("number");
    let number = text.and_then(|text| CardNumber::parse(text).ok());
    if text.is_some() && number.is_none() {
        body.note("number", "a card number has 9 to 20 digits");
    }
    body.done(number)
}

fn receive(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let number = number(asked)?;
    let call = asked.changing();
    if app.ledger.repeated::<Card>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let action = CardAction::ReceiveAtOffice { number };
        act(app, link, &call, &page, &action)?;
    }
    now(app, link, asked)
}

fn destroy(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let number = number(asked)?;
    let call = asked.changing();
    if app.ledger.repeated::<Card>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        if page.card.sheet.card.number.as_ref() != Some(&number) {
            return Err(Wrong::Refused(Refusal::WrongCard));
        }
        act(app, link, &call, &page, &CardAction::Destroy)?;
    }
    now(app, link, asked)
}

fn act(
    app: &App,
    link: &mut Link,
    call: &Call,
    page: &CardPage,
    action: &CardAction,
) -> Result<Card, Failure> {
    let id = page.card.sheet.card.id;
    app.ledger.act::<Card>(link, call, id.0, action)
}

fn lock(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let code = body.needed::<CodeName>("code");
    let (code, source) = (body.done(code)?, CodeSource::Stated);
    of_code(
        app,
        link,
        asked,
        (Some(code), &ChipCodeAction::Lock { source }),
    )
}

fn opened(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let action = ChipCodeAction::UnlockWithPuk;
    let mut body = asked.body();
    let code = body.optional("code");
    let code = body.done(Some(code))?;
    of_code(app, link, asked, (code, &action))
}

fn of_code(
    app: &App,
    link: &mut Link,
    asked: &Asked,
    (code, action): (Option<CodeName>, &ChipCodeAction),
) -> Result<Reply, Wrong> {
    let call = asked.changing();
    if app.ledger.repeated::<ChipCode>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let code = code.unwrap_or_else(|| my_changes::to_open(&page.card.sheet));
        let code = (page.card.sheet.card.id, code);
        app.act_on_code(link, &call, code, action)?;
    }
    now(app, link, asked)
}

fn doubt(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let stopped = body.needed::<Visit>("stopped");
    let stopped = match body.done(stopped)? {
        Visit::Activation => Stopped::Activation,
        Visit::Unlock => Stopped::Unlock,
    };
    app.doubt(link, &asked.changing(), asked.named("id")?, stopped)?;
    now(app, link, asked)
}

fn refuse(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let call = asked.changing();
    if app.ledger.repeated::<Receipt>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let Some(receipt) = page.card.sheet.receipt else {
            let may = permit(
                &call.actor,
                Function::RecordPaperReceipt,
                &page.facts.subject,
            );
            return Err(
                Failure::from(may.err().unwrap_or_else(|| page.card.sheet.card.stands())).into(),
            );
        };
        let action = ReceiptAction::Refuse;
        app.ledger.act::<Receipt>(link, &call, receipt.0, &action)?;
    }
    now(app, link, asked)
}
