//! What sixteen threads do to the cards of one person.

use cards_app::{Failure, Link};
use cards_domain::access::SystemActor;
use cards_domain::card::{Card, CardAction, CardStageName, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource, VisitCheck};
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod};
use cards_domain::ids::{CardId, OrderId, PukLetterId, RevocationId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::{Order, OrderAction, OrderRequest, Replacement, Told};
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterAction, PukLetterRequest};
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::revocation::{
    Reporter, Revocation, RevocationAction, RevocationRequest, RevocationStage,
};
use cards_domain::signature::SignatureKind;
use cards_store::queries::CardSheet;

use super::{Pair, keyed};

type Act = fn(&Pair<'_>, &mut Link, CardId, usize) -> Result<(), Failure>;

/// The acts, one for each thread.
pub const ACTS: [(&str, Act); 16] = [
    ("unlock", unlock),
    ("sign", sign),
    ("refuse to sign", refuse),
    ("report a loss", report),
    ("tell of a loss as a stranger", tell),
    ("carry out the report", execute),
    ("lock", lock),
    ("unlock at a visit", visit),
    ("ask for a letter", ask),
    ("approve the letter", approve),
    ("replace", replace),
    ("cancel", cancel),
    ("receive", receive),
    ("say that it is missing", missing),
    ("run out of time", time_out),
    ("the whole night at once", night),
];

/// The card as it stands outside any transaction: by the time of the act it may be something else.
fn sheet(link: &mut Link, card: CardId) -> Result<CardSheet, Failure> {
    link.card_for_errand(card)?.ok_or(Failure::NotFound)
}

fn unlock(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let card = sheet(link, card)?.card;
    let action = CardAction::Unlock(pair.world.check(&card, &pair.holder));
    let call = keyed(pair.tove.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<Card>(link, &call, card.id.0, &action)
        .map(drop)
}

fn sign(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let action = ReceiptAction::Sign {
        terms_version: TERMS_VERSION.to_owned(),
        signature: pair.world.signature(SignatureKind::ReauthenticatedSession),
    };
    let receipt = sheet(link, card)?.receipt.ok_or(Failure::NotFound)?;
    let call = keyed(pair.holder.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<Receipt>(link, &call, receipt.0, &action)
        .map(drop)
}

fn refuse(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let receipt = sheet(link, card)?.receipt.ok_or(Failure::NotFound)?;
    let call = keyed(pair.karin.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<Receipt>(link, &call, receipt.0, &ReceiptAction::Refuse)
        .map(drop)
}

fn loss(link: &mut Link, card: CardId, reporter: Reporter) -> Result<RevocationRequest, Failure> {
    let card = sheet(link, card)?.card;
    Ok(RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason: RevocationReason::Lost,
        reporter,
        last_four: card
            .number
            .map(|number| number.last_four().to_owned())
            .unwrap_or_default(),
        wrong_in: None,
    })
}

fn report(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let request = loss(link, card, Reporter::HolderLoggedIn)?;
    let call = keyed(pair.holder.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger.begin::<Revocation>(link, &call, &request).map(drop)
}

fn tell(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let request = loss(link, card, Reporter::UnverifiedCaller)?;
    let call = keyed(pair.karin.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger.begin::<Revocation>(link, &call, &request).map(drop)
}

fn execute(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let sheet = sheet(link, card)?;
    let number = sheet.card.number.ok_or(Failure::NotFound)?;
    let last_four = number.last_four().to_owned();
    let cases = sheet.parts.cases;
    let case = cases
        .iter()
        .find(|case| case.stage == RevocationStage::Reported)
        .ok_or(Failure::NotFound)?;
    let call = keyed(pair.tove.call(), key);
    let ledger = &pair.world.app().ledger;
    let action = RevocationAction::Execute { last_four };
    ledger
        .act::<Revocation>(link, &call, case.id.0, &action)
        .map(drop)
}

fn on_code(
    pair: &Pair<'_>,
    link: &mut Link,
    card: CardId,
    key: usize,
    action: &ChipCodeAction,
) -> Result<(), Failure> {
    let parts = sheet(link, card)?.parts;
    let code = parts.code(CodeName::Pin1).ok_or(Failure::NotFound)?.id;
    let call = keyed(pair.karin.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<ChipCode>(link, &call, code.0, action)
        .map(drop)
}

fn lock(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let source = CodeSource::Stated;
    on_code(pair, link, card, key, &ChipCodeAction::Lock { source })
}

fn visit(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let in_hand = sheet(link, card)?.card;
    let seen = pair.world.check(&in_hand, &pair.holder);
    let check = VisitCheck {
        identity: seen.identity,
        number_on_card: seen.number_on_card,
        code_chosen: true,
        signature: seen.signature,
    };
    on_code(pair, link, card, key, &ChipCodeAction::UnlockAtVisit(check))
}

fn ask(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let request = PukLetterRequest {
        id: PukLetterId(link.new_id()),
        card,
        person: pair.holder.id,
        reason: LetterReason::Locked,
        caller_identified: true,
    };
    let call = keyed(pair.holder.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger.begin::<PukLetter>(link, &call, &request).map(drop)
}

fn approve(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let parts = sheet(link, card)?.parts;
    let letter = parts.open_letter().ok_or(Failure::NotFound)?.id;
    let call = keyed(pair.karin.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<PukLetter>(link, &call, letter.0, &PukLetterAction::Approve)
        .map(drop)
}

fn replace(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let card = sheet(link, card)?.card;
    let request = OrderRequest {
        id: OrderId(link.new_id()),
        person: card.person,
        organisation: card.organisation,
        product: card.product,
        office: card.office,
        method: DeliveryMethod::Rek,
        routine_confirmed: true,
        replaces: Some(Replacement {
            order: card.order,
            told: Told::EnvelopeOpened,
        }),
    };
    let call = keyed(pair.tove.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger.begin::<Order>(link, &call, &request).map(drop)
}

fn cancel(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let order = sheet(link, card)?.card.order;
    let call = keyed(pair.karin.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<Order>(link, &call, order.0, &OrderAction::Cancel)
        .map(drop)
}

fn receive(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let number = sheet(link, card)?.card.number.ok_or(Failure::NotFound)?;
    let call = keyed(pair.karin.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<Card>(link, &call, card.0, &CardAction::ReceiveAtOffice { number })
        .map(drop)
}

fn missing(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let delivery = sheet(link, card)?.delivery.ok_or(Failure::NotFound)?.id;
    let call = keyed(pair.holder.call(), key);
    let ledger = &pair.world.app().ledger;
    ledger
        .act::<Delivery>(link, &call, delivery.0, &DeliveryAction::ReportMissing)
        .map(drop)
}

fn scheduler() -> cards_app::Call {
    cards_app::Call::by_system(SystemActor::Scheduler, "NATT-RACE".to_owned())
}

/// The clock of one card, by what it waits for.
fn time_out(pair: &Pair<'_>, link: &mut Link, card: CardId, key: usize) -> Result<(), Failure> {
    let sheet = sheet(link, card)?;
    let call = keyed(scheduler(), key);
    let ledger = &pair.world.app().ledger;
    match (sheet.card.stage(), sheet.receipt) {
        (CardStageName::UnlockedUnsigned, Some(receipt)) => ledger
            .act::<Receipt>(link, &call, receipt.0, &ReceiptAction::TimeOut)
            .map(drop),
        (CardStageName::Sent, _) => ledger
            .act::<Card>(link, &call, card.0, &CardAction::EndUnactivated)
            .map(drop),
        _ => ledger
            .act::<Card>(link, &call, card.0, &CardAction::Expire)
            .map(drop),
    }
}

/// Both cards and both orders, in the order that is not the other threads'.
fn night(pair: &Pair<'_>, link: &mut Link, _: CardId, _: usize) -> Result<(), Failure> {
    let ledger = &pair.world.app().ledger;
    let [one, other] = pair.cards;
    let orders = [sheet(link, other)?.card.order, sheet(link, one)?.card.order];
    let asked = orders.map(|order| (order.0, OrderAction::AskArrival));
    let asked = ledger.act_many::<Order>(link, &scheduler(), &asked)?;
    let cards = [other, one].map(|card| (card.0, CardAction::EndUnactivated));
    let ended = ledger.act_many::<Card>(link, &scheduler(), &cards)?;
    let is_done =
        asked.iter().flatten().any(Result::is_ok) || ended.iter().flatten().any(Result::is_ok);
    is_done.then_some(()).ok_or(Failure::NotFound)
}
