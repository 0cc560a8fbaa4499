//! What holders do to their own: a locked card, a letter with the PUK, a card that has not come, a
//! step outside after a loss. Whoever is logged in has shown who they are.

use cards_app::queries::CardSheet;
use cards_app::{App, Call, Failure, Link};
use cards_domain::card::CardStage;
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource};
use cards_domain::delivery::Delivery;
use cards_domain::ids::CardId;
use cards_domain::puk_letter::{LetterReason, PukLetter};
use cards_domain::refusal::Refusal;

use super::{ID, order_changes};
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::{card, letter, order};

const TOLD: Success = Success {
    status: 200,
    meaning: "The card as it stands now.",
    content: Content::Json("OwnCard"),
};

/// Something done to the caller's card that the path names.
pub(super) const OF_MINE: Operation = Operation {
    subject: Subject::Me,
    parameters: &[ID],
    success: TOLD,
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "myCard",
        path: "/me/cards/{id}",
        subject: Subject::Me,
        summary: "One of the caller's own cards",
        run: Run::Holder(one),
        parameters: &[ID],
        success: TOLD,
        versioned: true,
        ..Operation::READ
    },
    Operation {
        id: "stateMyCardLocked",
        path: "/me/cards/{id}/locks",
        summary: "Say that one's own card is locked, which does not revoke it: the code for authentication, or the one named",
        run: Run::Holder(lock),
        body: Some(card::which_code),
        ..OF_MINE
    },
    Operation {
        id: "stateMyCardOpened",
        path: "/me/cards/{id}/puk-unlocks",
        summary: "Say that one has opened one's own card with its PUK: the code that is locked, or the one named",
        run: Run::Holder(opened),
        body: Some(card::which_code),
        ..OF_MINE
    },
    Operation {
        id: "askForMyPukLetter",
        path: "/me/cards/{id}/puk-letters",
        summary: "Ask for a letter with the PUK; it goes to the registered address",
        run: Run::Holder(ask_letter),
        success: Success {
            status: 201,
            meaning: "The letter, which waits to be approved.",
            content: Content::Json("PukLetter"),
        },
        ..OF_MINE
    },
    Operation {
        id: "reportMyDelivery",
        path: "/me/cards/{id}/delivery-reports",
        summary: "Say that one's own card has not come, or came late after all",
        run: Run::Holder(report),
        body: Some(order::said),
        ..OF_MINE
    },
];

/// One of the caller's own cards.
pub(super) fn own(app: &App, link: &mut Link, asked: &Asked) -> Result<CardSheet, Wrong> {
    let id: CardId = asked.named("id")?;
    let page = app.holder_page(link, &asked.call())?;
    let mut cards = page.cards.into_iter();
    let sheet = cards.find(|sheet| sheet.card.id == id);
    Ok(sheet.ok_or(Failure::NotFound)?)
}

/// As the caller has read it, and the call of a change that holds only while it is so.
pub(super) fn unchanged(
    app: &App,
    link: &mut Link,
    asked: &Asked,
) -> Result<(CardSheet, Call), Wrong> {
    let sheet = own(app, link, asked)?;
    let call = asked.changing_as_read(&sheet.card)?;
    Ok((sheet, call))
}

pub(super) fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let sheet = own(app, link, asked)?;
    Ok(Reply::json(card::sheet(&sheet, true)).version(sheet.card.version))
}

fn lock(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let source = CodeSource::Stated;
    let mut body = asked.body();
    let code = body.optional("code").unwrap_or(CodeName::Pin1);
    let code = body.done(Some(code))?;
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
        let (sheet, call) = unchanged(app, link, asked)?;
        let code = code.unwrap_or_else(|| to_open(&sheet));
        app.act_on_code(link, &call, (sheet.card.id, code), action)?;
    }
    one(app, link, asked)
}

/// The code that is locked, that for authentication first.
pub(super) fn to_open(sheet: &CardSheet) -> CodeName {
    let code = sheet.parts.pin_to_open();
    code.map_or(CodeName::Pin1, |code| code.name)
}

fn ask_letter(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let call = asked.changing();
    let letter = match app.ledger.repeated::<PukLetter>(link, &call)? {
        Some(letter) => letter,
        None => {
            let (sheet, call) = unchanged(app, link, asked)?;
            let reason = if sheet.parts.has_locked_pin() {
                LetterReason::Locked
            } else {
                LetterReason::NeverReceived
            };
            app.ask_for_letter(link, &call, sheet.card.id, (reason, true))?
        }
    };
    let address = format!("{}/me/cards/{}", crate::BASE, letter.card);
    Ok(Reply::json(letter::letter(&letter))
        .version(letter.version)
        .at(address))
}

fn report(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let action = order_changes::of_sending(asked)?;
    let call = asked.changing();
    if app.ledger.repeated::<Delivery>(link, &call)?.is_none() {
        let (sheet, call) = unchanged(app, link, asked)?;
        let sending = sheet.delivery.as_ref().ok_or(Failure::NotFound)?;
        app.ledger
            .act::<Delivery>(link, &call, sending.id.0, &action)?;
    }
    one(app, link, asked)
}

/// Why a card has no receipt that waits.
pub(super) fn nothing_to_sign(sheet: &CardSheet) -> Refusal {
    match sheet.card.stage {
        CardStage::Ordered => Refusal::CardNotSentYet,
        CardStage::Sent { .. } => Refusal::CardNotActivated,
        CardStage::UnlockedUnsigned { .. } => Refusal::ReceiptEnded,
        CardStage::Active { .. } => Refusal::ReceiptSigned,
        CardStage::Revoked { .. } => Refusal::CardRevoked,
        CardStage::Expired { .. } => Refusal::CardExpired,
    }
}
