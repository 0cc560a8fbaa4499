//! Cases of revocation. [`revoke`] is the pattern of every change: what was sent is read, a
//! repetition gets the first answer, the version is held against what the caller has read, and the
//! gate decides.

use cards_app::queries::Told;
use cards_app::{App, Link};
use cards_domain::access::Actor;
use cards_domain::ids::CardId;
use cards_domain::revocation::Revocation;

use super::ID;
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::case;

/// The beginning of a case about the card that the path names.
const BEGIN: Operation = Operation {
    run: Run::Officer(revoke),
    parameters: &[ID],
    body: Some(case::report),
    success: Success {
        status: 201,
        meaning: "The case.",
        content: Content::Json("RevocationCase"),
    },
    ..Operation::CHANGE
};

pub(super) const REVOKE_CARD: Operation = Operation {
    id: "revokeCard",
    path: "/cards/{id}/revocations",
    subject: Subject::Cards,
    summary: "Begin a case of revocation: revokes the card for ever, unless the caller is not known",
    ..BEGIN
};

pub(super) const REVOKE_MY_CARD: Operation = Operation {
    id: "revokeMyCard",
    path: "/me/cards/{id}/revocations",
    subject: Subject::Me,
    summary: "Revoke one of the caller's own cards, for ever",
    run: Run::Holder(revoke),
    ..BEGIN
};

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "revocation",
    path: "/revocations/{id}",
    subject: Subject::Revocations,
    summary: "A case of revocation, what is left to do outside, and what can be done with it",
    run: Run::Officer(one),
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The case.",
        content: Content::Json("RevocationCasePage"),
    },
    versioned: true,
    ..Operation::READ
}];

pub(super) fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.case_page(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(case::page(&page)).version(page.case.version))
}

/// What was told, as it was sent.
fn told(asked: &Asked) -> Result<Told, Wrong> {
    let mut body = asked.body();
    let (reason, reporter) = (body.needed("reason"), body.needed("reporter"));
    let last_four = body.text("last_four").map(str::to_owned);
    let wrong_in = body.optional("wrong_in");
    let read = match (reason, reporter, last_four) {
        (Some(reason), Some(reporter), Some(last_four)) => Some(Told {
            reason,
            reporter,
            last_four,
            wrong_in,
        }),
        _ => None,
    };
    body.done(read)
}

/// Opens a case about a card: an officer about one in scope, a holder about one of their own.
fn revoke(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (card, told) = (asked.named::<CardId>("id")?, told(asked)?);
    let call = asked.changing();
    let cases = match &call.actor {
        Actor::Holder(_) => "/me/revocations",
        Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => "/revocations",
    };
    if let Some(case) = app.ledger.repeated::<Revocation>(link, &call)? {
        // Who may no longer see it is not told how it went on.
        app.case_page(link, &asked.call(), case.id)?;
        return Ok(begun(&case, cases));
    }
    let seen = app.loss_page(link, &asked.call(), card)?;
    let call = asked.changing_as_read(&seen.card.card)?;
    let case = app.report_loss(link, &call, card, &told)?;
    Ok(begun(&case, cases))
}

fn begun(case: &Revocation, cases: &str) -> Reply {
    let address = format!("{}{cases}/{}", crate::BASE, case.id);
    Reply::json(case::case(case))
        .version(case.version)
        .at(address)
}
