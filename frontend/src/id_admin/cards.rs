//! A person's cards as rows: state, facts, what can be done and what cannot.

use cards_app::queries::{CardAndOffers, CardSheet, PersonSheet};
use cards_domain::access::Function;
use cards_domain::card::{CardActionName, CardStage, CardStageName, Custody};
use cards_domain::chip_code::ChipCodeActionName;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::puk_letter::PukLetter;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Revocation;

use super::parts;
use crate::components::{Button, CardRow, Fact, Facts, Icon, Link, Refusals, StateBadge, Tone};
use crate::pages::Setting;
use crate::text::Text;
use crate::{locked_card, refusals, states};

/// One card as a row; `hidden` leaves out the name of a protected person.
pub(super) fn row(
    s: &Setting,
    person: &PersonSheet,
    card: &CardAndOffers,
    hidden: bool,
) -> CardRow {
    let t = s.t;
    let sheet = &card.sheet;
    let stage = &sheet.card.stage;
    let row = CardRow::new(
        crate::locked_card::picture(sheet),
        badges(t, sheet),
        parts::card_number(&sheet.card),
    );
    match stage {
        CardStage::Revoked { .. } | CardStage::Expired { .. } => {
            row.note(ended(t, sheet), Some(after_end(t, card)))
        }
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => row
            .facts(facts(t, sheet, hidden))
            .actions(actions(s, person, card))
            .refusals(Refusals::new(t, refused(t, card))),
    }
}

/// What is known of a living card; `hidden` leaves out the name on it.
pub(crate) fn facts(t: Text, sheet: &CardSheet, hidden: bool) -> Facts {
    let card = &sheet.card;
    let sent = sheet
        .delivery
        .as_ref()
        .map(|delivery| states::method(t, delivery.method));
    let rows = [
        (t.product_number(), Some(parts::product(sheet))),
        (since_term(t, &card.stage), since(t, &card.stage)),
        (sent_term(t, &card.stage), sent),
        (
            t.printed_name(),
            card.printed_name.clone().filter(|_| !hidden),
        ),
        (t.valid_to(), card.valid_to.map(|day| t.day(day))),
        (place_term(t, &card.stage), Some(sheet.office.name.clone())),
        (t.order(), Some(sheet.order_number.clone())),
        (t.certs_fact(), crate::certificates::in_short(t, sheet)),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    let codes = locked_card::codes::facts(t, sheet);
    Facts::new(rows.chain(codes).collect())
}

/// What has been sent is told as what was.
fn sent_term(t: Text, stage: &CardStage) -> String {
    match stage {
        CardStage::Ordered => t.sent_by(),
        CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => t.was_sent_by(),
    }
}

fn place_term(t: Text, stage: &CardStage) -> String {
    match stage {
        CardStage::Active { .. } => t.was_activated_at(),
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => t.activated_at(),
    }
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

fn badges(t: Text, sheet: &CardSheet) -> Vec<StateBadge> {
    let mut badges = vec![states::card(&sheet.card.stage).badge(t)];
    if lives(&sheet.card.stage) {
        badges.extend(locked_card::code_badges(t, sheet));
        if sheet.card.custody == Custody::Office {
            let word = t.card_at_office(&sheet.office.name);
            badges.push(StateBadge::new(Tone::Neutral, Icon::Box, word).outlined());
        }
    }
    badges
}

/// Whether the card can still be used, now or later.
pub(super) fn lives(stage: &CardStage) -> bool {
    match stage {
        CardStage::Ordered
        | CardStage::Sent { .. }
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. } => true,
        CardStage::Revoked { .. } | CardStage::Expired { .. } => false,
    }
}

/// What is left to do with an ended card: the open case first, then that it is cut, else its order.
fn after_end(t: Text, card: &CardAndOffers) -> Link {
    let sheet = &card.sheet;
    if let Some(case) = sheet.parts.open_case() {
        return Link::new(t.open_case(), case_address(case));
    }
    if is_open(card, CardActionName::Destroy) {
        return Link::new(t.card_is_cut(), format!("{}/makulera", address(sheet)));
    }
    order_link(t, sheet)
}

/// A card's pages.
pub(super) fn address(sheet: &CardSheet) -> String {
    format!("/id-admin/kort/{}", sheet.card.id)
}

/// The page of a letter with the PUK.
pub(super) fn letter_address(letter: &PukLetter) -> String {
    format!("/id-admin/puk-brev/{}", letter.id)
}

/// The page of a case.
pub(super) fn case_address(case: &Revocation) -> String {
    format!("/id-admin/sparr/{}", case.id)
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
    actions.extend(ways_on(s.t, card));
    if !card.sheet.parts.certificates.is_empty() {
        let to = crate::certificates::address("/id-admin", &card.sheet);
        actions.push(Button::link(s.t.certs_link(), to));
    }
    actions.push(Button::link(
        s.t.show_order(),
        format!("/id-admin/bestallning/{}", card.sheet.card.order),
    ));
    actions
}

/// What can be done when something went wrong with a living card.
fn ways_on(t: Text, card: &CardAndOffers) -> Vec<Button> {
    let home = address(&card.sheet);
    let is_locked = card.sheet.parts.has_locked_pin();
    let waits_for_letter = card.sheet.card.stage() == CardStageName::Sent;
    let may_ask = matches!(card.letter, Some(Ok(()))) && (is_locked || waits_for_letter);
    let open_case = card.sheet.parts.open_case();
    let can = |action| card.code_verdict(action).is_ok();
    let all = [
        (
            can(ChipCodeActionName::UnlockAtVisit),
            t.unlock(),
            format!("{home}/las-upp"),
        ),
        (
            // That the other code is locked as well is said where the first is opened.
            !is_locked && can(ChipCodeActionName::Lock),
            t.card_is_locked(),
            format!("{home}/last"),
        ),
        (may_ask, t.order_puk_letter(), format!("{home}/puk-brev")),
        (
            is_open(card, CardActionName::ReceiveAtOffice),
            t.receive_card(),
            format!("{home}/ta-emot"),
        ),
        (
            is_open(card, CardActionName::Revoke) && open_case.is_none(),
            t.revoke_card(),
            format!("{home}/sparra"),
        ),
    ];
    let case = open_case.map(|case| Button::link(t.open_case(), case_address(case)));
    let letter = card.sheet.parts.open_letter();
    let letter = letter.map(|letter| Button::link(t.ul_see_letter(), letter_address(letter)));
    all.into_iter()
        .filter(|(is_offered, _, _)| *is_offered)
        .map(|(_, label, to)| Button::link(label, to))
        .chain(letter)
        .chain(case)
        .collect()
}

fn is_open(card: &CardAndOffers, action: CardActionName) -> bool {
    let mut offers = card.offers.iter();
    offers.any(|offer| offer.action == action && offer.is_open())
}

/// Whether the reader may activate the card here and now.
pub(super) fn can_activate(card: &CardAndOffers) -> bool {
    is_open(card, CardActionName::Unlock)
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
/// activated again nobody expects, nor that a card that works is unlocked.
fn refused(t: Text, card: &CardAndOffers) -> Vec<crate::components::Refusal> {
    let unlock = card
        .offers
        .iter()
        .filter(|offer| offer.action == CardActionName::Unlock)
        .filter_map(|offer| offer.verdict.as_ref().err())
        .filter(|refusal| {
            !matches!(
                refusal,
                Refusal::CardAlreadyActive
                    | Refusal::ReceiptNotSigned
                    | Refusal::CardRevoked
                    | Refusal::CardExpired
            )
        })
        .map(|refusal| refusals::line(t, t.activate(), refusal));
    let is_locked = card.sheet.parts.has_locked_pin();
    let open_locked = card
        .code_verdict(ChipCodeActionName::UnlockAtVisit)
        .err()
        .filter(|refusal| is_locked && *refusal != Refusal::NotYourRole)
        .map(|refusal| crate::locked_card::refusal_line(t, t.unlock(), &refusal));
    let letter = card
        .letter
        .as_ref()
        .filter(|_| is_locked)
        .and_then(|verdict| verdict.as_ref().err())
        // The letter itself is linked beside the card.
        .filter(|refusal| **refusal != Refusal::LetterAlreadyOpen)
        .map(|refusal| refusals::line(t, t.order_puk_letter(), refusal));
    unlock.chain(open_locked).chain(letter).collect()
}
