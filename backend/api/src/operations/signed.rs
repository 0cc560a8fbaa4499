//! What is done with a signature: a card is activated or opened, a receipt on paper registered, a
//! receipt signed. The signature is used up with the act, in its transaction: a refusal
//! leaves it.

use cards_app::queries::CardPage;
use cards_app::sessions::{SignatureUse, UsedSignature};
use cards_app::{App, Call, Channel, Link};
use cards_domain::access::{Function, permit};
use cards_domain::card::{Card, CardAction, CodeProof};
use cards_domain::chip_code::ChipCode;
use cards_domain::ids::CardId;
use cards_domain::product::CodeDelivery;
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::signature::{Signature, SignatureKind};
use cards_http::Language;
use cards_http::api_person::{SignedTexts, sha256_hex};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::card_changes::{OF_CARD, now, unchanged};
use super::my_changes::{self, OF_MINE};
use super::seen;
use crate::asked::Asked;
use crate::fields::Fields;
use crate::kind::Kind;
use crate::operation::{Change, Content, Operation, Run, Success, Verb};
use crate::reply::{Reply, Wrong};
use crate::shapes::signature;

/// What signatures are for. Those of the portals have other names: neither can be used for the
/// other.
pub(super) const ACTIVATION: &str = "api_activation";
pub(super) const UNLOCK: &str = "api_unlock";
pub(super) const PAPER: &str = "api_receipt_on_paper";
pub(super) const RECEIPT: &str = "api_receipt";

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "activateCard",
        path: "/cards/{id}/activation",
        summary: "Unlock a card for its holder, with the signed check; the receipt comes next",
        run: Run::Officer(activate),
        body: Some(signature::activation),
        problems: &[Kind::SignatureGone],
        ..OF_CARD
    },
    Operation {
        id: "unlockCard",
        path: "/cards/{id}/visit-unlocks",
        summary: "Open a locked card at a visit, with the signed check",
        run: Run::Officer(unlock),
        body: Some(signature::used),
        problems: &[Kind::SignatureGone],
        ..OF_CARD
    },
    Operation {
        id: "paperReceipt",
        verb: Verb::Get,
        path: "/cards/{id}/paper-receipt",
        summary: "The terms that the holder signs with ink: the whole text, in Swedish",
        run: Run::Officer(print_paper),
        change: Change::None,
        success: Success {
            status: 200,
            meaning: "The text. That somebody looked is written down.",
            content: Content::Json("PaperReceipt"),
        },
        versioned: false,
        ..OF_CARD
    },
    Operation {
        id: "registerPaperReceipt",
        path: "/cards/{id}/paper-receipts",
        summary: "Register a receipt that the holder has signed with ink: the card becomes active",
        run: Run::Officer(register_paper),
        body: Some(signature::used),
        problems: &[Kind::SignatureGone],
        ..OF_CARD
    },
    Operation {
        id: "signMyReceipt",
        path: "/me/cards/{id}/receipt",
        summary: "Sign for one's own card: it becomes active",
        run: Run::Holder(sign_receipt),
        body: Some(signature::used),
        problems: &[Kind::SignatureGone],
        ..OF_MINE
    },
];

/// A signature that waits to be used for this card. `purpose` is what it was asked for.
fn waiting(
    link: &mut Link,
    asked: &Asked,
    (id, portal, purpose): (Uuid, Channel, &str),
) -> Result<UsedSignature, Wrong> {
    let (card, signer) = (asked.named::<CardId>("id")?, asked.caller.person);
    let found = link.waiting_signature(id, signer, portal, purpose)?;
    let of_card =
        |signed: &UsedSignature| Fields::of(&signed.payload).needed::<CardId>("card") == Some(card);
    let found = found.filter(of_card);
    found.ok_or(Wrong::Kind(Kind::SignatureGone))
}

/// The call of the act, which uses the signature up.
fn with(call: Call, asked: &Asked, (id, portal, purpose): (Uuid, Channel, &'static str)) -> Call {
    call.signed(SignatureUse {
        id,
        person: asked.caller.person,
        portal,
        purpose,
    })
}

fn named(asked: &Asked) -> Result<Uuid, Wrong> {
    let mut body = asked.body();
    let id = body.id("signature");
    body.done(id)
}

fn activate(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let read = body.id("signature").zip(body.flag("code_works"));
    let (id, code_works) = body.done(read)?;
    let call = asked.changing();
    if app.ledger.repeated::<Card>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let of = (id, Channel::IdAdmin, ACTIVATION);
        let (signed, call) = (waiting(link, asked, of)?, with(call, asked, of));
        let check = seen::counter(&mut Fields::of(&signed.payload), signed.signature.at);
        let mut check = check.ok_or(Wrong::Kind(Kind::SignatureGone))?;
        check.code = code_works.then(|| proof_of(page.card.sheet.product.code_delivery));
        check.signature = Some(signed.signature);
        let (card, action) = (page.card.sheet.card.id, CardAction::Unlock(check));
        app.ledger.act::<Card>(link, &call, card.0, &action)?;
    }
    now(app, link, asked)
}

/// What has been said, by how the product's codes reach the holder.
fn proof_of(delivery: CodeDelivery) -> CodeProof {
    match delivery {
        CodeDelivery::ChosenAtActivation => CodeProof::ChosenInSoftware,
        CodeDelivery::CodeLetter | CodeDelivery::Envelope => CodeProof::LetterCodeWorks,
    }
}

fn unlock(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (id, call) = (named(asked)?, asked.changing());
    if app.ledger.repeated::<ChipCode>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let of = (id, Channel::IdAdmin, UNLOCK);
        let (signed, call) = (waiting(link, asked, of)?, with(call, asked, of));
        let check = seen::visit(&mut Fields::of(&signed.payload), signed.signature.at);
        let mut check = check.ok_or(Wrong::Kind(Kind::SignatureGone))?;
        check.signature = Some(signed.signature);
        app.open_at_visit(link, &call, page.card.sheet.card.id, check)?;
    }
    now(app, link, asked)
}

/// The holder's ink. The evidence that it is there is the officer's own signature. The paper is in
/// Swedish, whatever language the officer reads.
pub(super) fn paper(
    texts: &dyn SignedTexts,
    page: &CardPage,
    terms_version: &str,
    (at, evidence): (DateTime<Utc>, Option<Uuid>),
) -> ReceiptAction {
    let text = texts.receipt(Language::Sv, &page.card.sheet);
    ReceiptAction::RegisterPaper {
        terms_version: terms_version.to_owned(),
        signature: Signature {
            kind: SignatureKind::Paper,
            at,
            text_hash: sha256_hex(&text),
            evidence,
        },
    }
}

/// Also for a card whose receipt has been signed: a paper that was lost is printed anew.
fn print_paper(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let call = asked.call();
    let page = app.card_page(link, &call, asked.named("id")?)?;
    let about = &page.facts.subject;
    permit(&call.actor, Function::RecordPaperReceipt, about).map_err(Wrong::Refused)?;
    let (texts, _) = asked.texts()?;
    let text = texts.receipt(Language::Sv, &page.card.sheet);
    Ok(Reply::json(signature::paper(TERMS_VERSION, &text)))
}

fn register_paper(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (id, call) = (named(asked)?, asked.changing());
    if app.ledger.repeated::<Receipt>(link, &call)?.is_none() {
        let (page, call) = unchanged(app, link, asked)?;
        let of = (id, Channel::IdAdmin, PAPER);
        let (signed, call) = (waiting(link, asked, of)?, with(call, asked, of));
        let receipt = page.card.sheet.receipt;
        let receipt = receipt.ok_or_else(|| Wrong::Refused(page.card.sheet.card.stands()))?;
        let version = Fields::of(&signed.payload).text("terms_version");
        let version = version.ok_or(Wrong::Kind(Kind::SignatureGone))?.to_owned();
        let (texts, _) = asked.texts()?;
        let ink = (link.now(), signed.signature.evidence);
        let action = paper(texts, &page, &version, ink);
        let calls = (&asked.call(), &call);
        app.register_paper(link, calls, (&page, receipt), &action)?;
    }
    now(app, link, asked)
}

fn sign_receipt(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (id, call) = (named(asked)?, asked.changing());
    if app.ledger.repeated::<Receipt>(link, &call)?.is_none() {
        let (sheet, call) = my_changes::unchanged(app, link, asked)?;
        let of = (id, Channel::MinaSidor, RECEIPT);
        let (signed, call) = (waiting(link, asked, of)?, with(call, asked, of));
        let receipt = sheet.receipt;
        let receipt = receipt.ok_or_else(|| Wrong::Refused(my_changes::nothing_to_sign(&sheet)))?;
        let mut payload = Fields::of(&signed.payload);
        let same = payload.needed::<Uuid>("receipt") == Some(receipt.0);
        let version = payload.text("terms_version").filter(|_| same);
        let terms_version = version.ok_or(Wrong::Kind(Kind::SignatureGone))?.to_owned();
        let action = ReceiptAction::Sign {
            terms_version,
            signature: signed.signature,
        };
        app.ledger.act::<Receipt>(link, &call, receipt.0, &action)?;
    }
    my_changes::one(app, link, asked)
}
