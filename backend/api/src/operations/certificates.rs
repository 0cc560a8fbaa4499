//! Certificates on cards: those of cards in scope for officers, of one's own for holders.

use cards_app::{App, Failure, Link};
use cards_domain::card::RevocationReason;
use cards_domain::certificate::Certificate;
use cards_domain::ids::{CardId, CertificateId};

use super::ID;
use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::certificate;

const LIST: Operation = Operation {
    run: Run::Officer(of_card),
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "All of them, also those that are over.",
        content: Content::List("Certificate"),
    },
    ..Operation::READ
};

const ONE: Operation = Operation {
    run: Run::Officer(one),
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The certificate.",
        content: Content::Json("CertificatePage"),
    },
    versioned: true,
    ..Operation::READ
};

const REVOKE: Operation = Operation {
    run: Run::Officer(revoke),
    parameters: &[ID],
    body: Some(certificate::revoking),
    success: Success {
        status: 200,
        meaning: "The certificate as it stands now.",
        content: Content::Json("CertificatePage"),
    },
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "certificatesOfCard",
        path: "/cards/{id}/certificates",
        subject: Subject::Cards,
        summary: "The certificates of a card",
        ..LIST
    },
    Operation {
        id: "certificate",
        path: "/certificates/{id}",
        subject: Subject::Cards,
        summary: "A certificate, and whether it can be revoked",
        ..ONE
    },
    Operation {
        id: "revokeCertificate",
        path: "/certificates/{id}/revocations",
        subject: Subject::Cards,
        summary: "Revoke a certificate and the other one of its pair, for ever; the card stays",
        ..REVOKE
    },
    Operation {
        id: "certificatesOfMyCard",
        path: "/me/cards/{id}/certificates",
        subject: Subject::Me,
        summary: "The certificates of one of the caller's own cards",
        run: Run::Holder(of_card),
        ..LIST
    },
    Operation {
        id: "myCertificate",
        path: "/me/certificates/{id}",
        subject: Subject::Me,
        summary: "A certificate on one of the caller's own cards, and whether it can be revoked",
        run: Run::Holder(one),
        ..ONE
    },
    Operation {
        id: "revokeMyCertificate",
        path: "/me/certificates/{id}/revocations",
        subject: Subject::Me,
        summary: "Revoke one of the caller's own certificates and the other one of its pair, for ever",
        run: Run::Holder(revoke),
        ..REVOKE
    },
];

fn of_card(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = app.certificates_page(link, &asked.call(), asked.named::<CardId>("id")?)?;
    let certificates = page.card.parts.certificates.iter();
    let told = certificates.map(|one| certificate::listed(one, &page.revocable));
    Ok(Reply::list(told.collect()))
}

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let id: CertificateId = asked.named("id")?;
    let page = app.pair_page(link, &asked.call(), id)?;
    let mut all = page.pair.iter();
    let one = all.find(|one| one.id == id).ok_or(Failure::NotFound)?;
    Ok(Reply::json(certificate::page(one, &page)).version(one.version))
}

fn revoke(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let id: CertificateId = asked.named("id")?;
    let (reason, last_four) = why(asked)?;
    let call = asked.changing();
    if app.ledger.repeated::<Certificate>(link, &call)?.is_none() {
        let page = app.pair_page(link, &asked.call(), id)?;
        let mut all = page.pair.iter();
        let as_read = all.find(|one| one.id == id).ok_or(Failure::NotFound)?;
        let call = asked.changing_as_read(as_read)?;
        app.revoke_pair(link, &call, id, (reason, &last_four))?;
    }
    one(app, link, asked)
}

/// Why, as it was sent, with the last four digits of the card's number: for ever is not said by
/// mistake.
fn why(asked: &Asked) -> Result<(RevocationReason, String), Wrong> {
    let mut body = asked.body();
    let reason = body.needed("reason");
    let last_four = body.text("last_four").map(str::to_owned);
    body.done(reason.zip(last_four))
}
