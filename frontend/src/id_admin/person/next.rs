//! The one best act on a person's page. What runs out comes first, then what somebody waits for;
//! where the act is another's, it says whose.

use cards_app::queries::{CardAndOffers, OrderAndOffers, PersonPage};
use cards_domain::access::Function;
use cards_domain::calendar::business_day;
use cards_domain::card::{CardActionName, CardStage};
use cards_domain::chip_code::ChipCodeActionName;
use cards_domain::delivery::DeliveryStage;
use cards_domain::order::{OrderActionName, OrderStage};
use cards_domain::puk_letter::PukLetterStage;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Revocation, RevocationStage};

use super::super::{cards, order_rows, parts};
use super::{may_order, order_address};
use crate::components::{Button, NextStep};
use crate::locked_card::refusal_sentence;
use crate::pages::Setting;
use crate::refusals::refusal_text;

/// What to do next about the person; nothing where all is as it should be.
pub(super) fn next_step(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    receipt(s, page)
        .or_else(|| case(s, page))
        .or_else(|| photo(s, page))
        .or_else(|| gone(s, page))
        .or_else(|| activation(s, page))
        .or_else(|| locked(s, page))
        .or_else(|| elsewhere(s, page))
        .or_else(|| order(s, page))
        .or_else(|| first_card(s, page))
}

fn receipt(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let mut cards = page.cards.iter();
    let card = cards.find(|card| cards::waits_for_receipt(s, &page.sheet, &card.sheet))?;
    let go = Button::link(t.take_receipt(), cards::receipt_address(&card.sheet));
    Some(NextStep::new(t.next_receipt(), t.next_receipt_means(), go))
}

/// A case that is open: a report whose caller is to be called back revokes nothing until then.
fn case(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let mut cards = page.cards.iter();
    let (card, case) = cards.find_map(|card| Some((card, card.sheet.parts.open_case()?)))?;
    let go = Button::link(t.open_case(), cards::case_address(case));
    let is_revoked = matches!(card.sheet.card.stage, CardStage::Revoked { .. });
    Some(match (case.stage, is_revoked) {
        (RevocationStage::Reported, false) => {
            let by = call_back_by(s, page, case);
            NextStep::new(t.next_call_back(by), t.next_call_back_means(), go)
        }
        (RevocationStage::Reported, true) => {
            NextStep::new(t.next_close_report(), t.next_close_report_means(), go)
        }
        (
            RevocationStage::ExternalStepsPending
            | RevocationStage::Closed
            | RevocationStage::Withdrawn,
            _,
        ) => NextStep::new(t.next_case(), t.next_case_means(), go),
    })
}

/// Until when the caller is to be called back; the day is said where it is not today's.
fn call_back_by(s: &Setting, page: &PersonPage, case: &Revocation) -> String {
    let mut clocks = page.clocks.iter();
    let clock = clocks.find(|clock| clock.thing == case.id.0);
    let at = clock.map_or(case.reported_at, |clock| clock.acts_at);
    if business_day(at) == business_day(s.now) {
        s.t.clock(at)
    } else {
        s.t.day_and_clock(at)
    }
}

fn photo(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let order = page.orders.iter().find(|order| {
        order.sheet.order.stage == OrderStage::AwaitingPhoto && s.has(Function::ApprovePhoto)
    })?;
    let to = format!("{}/foto", order_rows::address(&order.sheet.order));
    let go = Button::link(t.take_photo(), to);
    Some(NextStep::new(t.next_photo(), t.next_photo_means(), go))
}

/// A card that the post has lost, or the holder misses: it could still turn up and be activated,
/// but nobody should wait for that.
fn gone(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let is_gone = |order: &&OrderAndOffers| {
        let mut cards = page.cards.iter();
        let card = cards.find(|card| Some(card.sheet.card.id) == order.sheet.order.card);
        let delivery = card.and_then(|card| card.sheet.delivery.as_ref());
        delivery.is_some_and(|delivery| {
            matches!(
                delivery.stage,
                DeliveryStage::Lost | DeliveryStage::ReportedMissing
            )
        })
    };
    anew(s, page.orders.iter().filter(is_gone))
}

fn anew<'a>(s: &Setting, mut orders: impl Iterator<Item = &'a OrderAndOffers>) -> Option<NextStep> {
    let t = s.t;
    let order = orders.find(|order| is_open(order, OrderActionName::ReplaceUndelivered))?;
    let to = format!("{}/bestall-nytt", order_rows::address(&order.sheet.order));
    let go = Button::link(t.order_anew(), to);
    Some(NextStep::new(t.next_anew(), t.next_anew_means(), go))
}

fn is_open(order: &OrderAndOffers, action: OrderActionName) -> bool {
    let mut offers = order.offers.iter();
    offers.any(|offer| offer.action == action && offer.is_open())
}

fn activation(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let card = page.cards.iter().find(|card| cards::can_activate(card))?;
    let label = t.activate_card(parts::card_name(&card.sheet));
    let go = Button::link(label, cards::activate_address(&card.sheet));
    Some(NextStep::new(
        t.next_activate(),
        t.next_activate_means(),
        go,
    ))
}

/// A locked card: here at a visit, with the letter that is under way or is to be asked for, or where
/// the rules say.
fn locked(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let is_locked = |card: &&CardAndOffers| {
        cards::lives(&card.sheet.card.stage) && card.sheet.parts.has_locked_pin()
    };
    let card = page.cards.iter().find(is_locked)?;
    let home = cards::address(&card.sheet);
    if card.code_verdict(ChipCodeActionName::UnlockAtVisit).is_ok() {
        let go = Button::link(t.unlock(), format!("{home}/las-upp"));
        return Some(NextStep::new(t.next_unlock(), t.next_unlock_means(), go));
    }
    if let Some(letter) = card.sheet.parts.open_letter() {
        let go = Button::link(t.ul_see_letter(), cards::letter_address(letter));
        return Some(if letter.stage == PukLetterStage::Requested {
            NextStep::new(t.next_letter(), t.next_letter_means(), go)
        } else {
            NextStep::new(t.next_letter_waits(), t.next_letter_waits_means(), go)
        });
    }
    if matches!(card.letter, Some(Ok(()))) {
        let go = Button::link(t.order_puk_letter(), format!("{home}/puk-brev"));
        return Some(NextStep::new(t.next_unlock(), t.next_unlock_by_puk(), go));
    }
    let visit = card.code_verdict(ChipCodeActionName::UnlockAtVisit);
    let refusal = visit.err()?;
    let is_theirs = refusal != Refusal::NotYourRole;
    is_theirs.then(|| NextStep::words(t.next_unlock(), refusal_sentence(t, &refusal)))
}

/// A card that somebody else, or another office, is to activate.
fn elsewhere(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let refused = |card: &CardAndOffers| {
        let mut offers = card.offers.iter();
        let unlock = offers.find(|offer| offer.action == CardActionName::Unlock)?;
        unlock.verdict.clone().err()
    };
    let refusal = page.cards.iter().filter_map(refused).find(|refusal| {
        matches!(
            refusal,
            Refusal::SecondPersonNeeded | Refusal::WrongOffice { .. } | Refusal::NoOffice
        )
    })?;
    let (why, instead) = refusal_text(t, &refusal);
    Some(if refusal == Refusal::SecondPersonNeeded {
        NextStep::words(t.next_colleague(), why)
    } else {
        NextStep::words(t.next_activate(), format!("{why} {instead}"))
    })
}

/// An order that stands still until somebody does something with it.
fn order(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let stopped = |order: &&OrderAndOffers| is_open(order, OrderActionName::Send);
    let lacking = |order: &&OrderAndOffers| is_open(order, OrderActionName::CompletePrerequisites);
    let go = |order: &OrderAndOffers| {
        Button::link(t.show_order(), order_rows::address(&order.sheet.order))
    };
    let stopped = page.orders.iter().find(stopped);
    let lacking = page.orders.iter().find(lacking);
    stopped
        .map(|order| NextStep::new(t.next_send_again(), t.failed_means(), go(order)))
        .or_else(|| {
            let order = lacking?;
            let means = t.complete_order_means();
            Some(NextStep::new(t.complete_order(), means, go(order)))
        })
        .or_else(|| anew(s, page.orders.iter()))
}

fn first_card(s: &Setting, page: &PersonPage) -> Option<NextStep> {
    let t = s.t;
    let mut cards = page.cards.iter();
    let has_living = cards.any(|card| cards::lives(&card.sheet.card.stage));
    if has_living || !may_order(page) {
        return None;
    }
    let go = Button::link(t.order_card(), order_address(page));
    Some(NextStep::new(t.next_order(), t.next_order_means(), go))
}
