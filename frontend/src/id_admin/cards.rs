//! A person's cards as rows: state, facts, what can be done and what cannot.

use cards_app::queries::{CardAndOffers, CardSheet, PersonSheet};
use cards_domain::access::Function;
use cards_domain::card::{CardActionName, CardStage, CardStageName};
use cards_domain::refusal::Refusal;

use super::parts;
use crate::components::{Button, CardRow, Fact, Facts, Link, Refusals};
use crate::pages::Setting;
use crate::text::Text;
use crate::{refusals, states};

/// One card as a row.
pub(super) fn row(s: &Setting, person: &PersonSheet, card: &CardAndOffers) -> CardRow {
    let t = s.t;
    let sheet = &card.sheet;
    let stage = &sheet.card.stage;
    let badge = states::card(stage).badge(t);
    let row = CardRow::new(
        states::drawing(stage),
        vec![badge],
        parts::card_number(&sheet.card),
    );
    match stage {
        CardStage::Revoked { .. } | CardStage::Expired { .. } => {
            row.note(ended(t, sheet), Some(order_link(t, sheet)))
        }
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => row
            .facts(facts(t, sheet))
            .actions(actions(s, person, card))
            .refusals(Refusals::new(t, refused(t, card))),
    }
}

/// What is known of a living card.
pub(crate) fn facts(t: Text, sheet: &CardSheet) -> Facts {
    let card = &sheet.card;
    let sent = sheet
        .delivery
        .as_ref()
        .map(|delivery| states::method(t, delivery.method));
    let rows = [
        (t.product_number(), Some(parts::product(sheet))),
        (since_term(t, &card.stage), since(t, &card.stage)),
        (t.sent_by(), sent),
        (t.printed_name(), card.printed_name.clone()),
        (t.valid_to(), card.valid_to.map(|day| t.day(day))),
        (t.activated_at(), Some(sheet.office.name.clone())),
        (t.order(), Some(sheet.order_number.clone())),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    Facts::new(rows.collect())
}

fn since_term(t: Text, stage: &CardStage) -> String {
    match CardStageName::from(stage) {
        CardStageName::Sent => t.sent_on(),
        CardStageName::UnlockedUnsigned => t.unlocked_on(),
        CardStageName::Active => t.active_since(),
        CardStageName::Ordered | CardStageName::Revoked | CardStageName::Expired => String::new(),
    }
}

fn since(t: Text, stage: &CardStage) -> Option<String> {
    match stage {
        CardStage::Sent { at } | CardStage::Active { at } => Some(t.day_of(*at)),
        CardStage::UnlockedUnsigned { at } => Some(t.day_and_clock(*at)),
        CardStage::Ordered | CardStage::Revoked { .. } | CardStage::Expired { .. } => None,
    }
}

/// An ended card in one line.
pub(crate) fn ended(t: Text, sheet: &CardSheet) -> String {
    let product = t.product_number_is(parts::product(sheet));
    match &sheet.card.stage {
        CardStage::Revoked { at, reason } => {
            let why = states::revocation_reason(t, *reason);
            format!("{product} · {why}, {}", t.revoked_on(t.day_of(*at)))
        }
        CardStage::Expired { .. } => {
            let day = sheet
                .card
                .valid_to
                .map(|day| t.day(day))
                .unwrap_or_default();
            format!("{product} · {}", t.expired_on(day))
        }
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => product,
    }
}

fn order_link(t: Text, sheet: &CardSheet) -> Link {
    Link::new(
        t.order_is(&sheet.order_number),
        format!("/id-admin/bestallning/{}", sheet.card.order),
    )
}

fn actions(s: &Setting, person: &PersonSheet, card: &CardAndOffers) -> Vec<Button> {
    let mut actions = Vec::new();
    if can_activate(card) {
        actions.push(Button::link(s.t.activate(), activate_address(&card.sheet)));
    }
    if waits_for_receipt(s, person, &card.sheet) {
        actions.push(Button::link(
            s.t.take_receipt(),
            receipt_address(&card.sheet),
        ));
    }
    actions.push(Button::link(
        s.t.show_order(),
        format!("/id-admin/bestallning/{}", card.sheet.card.order),
    ));
    actions
}

/// Whether the reader may activate the card here and now.
pub(super) fn can_activate(card: &CardAndOffers) -> bool {
    card.offers
        .iter()
        .any(|offer| offer.action == CardActionName::Unlock && offer.is_open())
}

/// Whether the card waits for a signature that the reader may receive.
pub(super) fn waits_for_receipt(s: &Setting, person: &PersonSheet, sheet: &CardSheet) -> bool {
    let is_unsigned = matches!(sheet.card.stage, CardStage::UnlockedUnsigned { .. });
    is_unsigned && parts::may(s, Function::RecordPaperReceipt, person, &sheet.card)
}

pub(super) fn activate_address(sheet: &CardSheet) -> String {
    format!("/id-admin/kort/{}/aktivera", sheet.card.id)
}

pub(super) fn receipt_address(sheet: &CardSheet) -> String {
    format!("/id-admin/kort/{}/kvittens", sheet.card.id)
}

/// What an officer could expect to do with the card but may not. That an active card cannot be
/// activated again nobody expects.
fn refused(t: Text, card: &CardAndOffers) -> Vec<crate::components::Refusal> {
    let refused = card
        .offers
        .iter()
        .filter_map(|offer| offer.verdict.as_ref().err());
    refused
        .filter(|refusal| {
            !matches!(
                refusal,
                Refusal::CardAlreadyActive
                    | Refusal::ReceiptNotSigned
                    | Refusal::CardRevoked
                    | Refusal::CardExpired
            )
        })
        .map(|refusal| refusals::line(t, t.activate(), refusal))
        .collect()
}
