//! An order on its way: where it is, and what can be done with it.

use std::cmp::Ordering;

use cards_app::queries::{CardSheet, OrderAndOffers, OrderSheet};
use cards_domain::access::Function;
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryStage;
use cards_domain::order::{Order, OrderActionName, OrderStage};
use cards_domain::refusal::Refusal;

use crate::components::{self, Fact, Facts, Icon, Stage, StateBadge, Stop, Tone, Tracking};
use crate::pages::Setting;
use crate::text::Text;
use crate::{refusals, states};

/// From the order to the active card.
const STOPS: u8 = 5;

/// An order as the person's page shows it.
pub(super) struct OrderRow {
    pub(super) number: String,
    pub(super) address: String,
    pub(super) state: StateBadge,
    pub(super) facts: Facts,
    pub(super) tracking: Tracking,
}

impl OrderRow {
    pub(super) fn new(t: Text, sheet: &OrderSheet, card: Option<&CardSheet>) -> Self {
        Self {
            number: sheet.order.number.clone(),
            address: address(&sheet.order),
            state: state(t, &sheet.order, card),
            facts: facts(t, sheet),
            tracking: tracking(t, &sheet.order, card),
        }
    }
}

/// Whether the manufacturer could not make the card: it has been sent there, and stands to be sent
/// again. The manufacturer gives no reason.
pub(super) fn has_stopped(order: &Order) -> bool {
    order.stage == OrderStage::ReadyToSend && order.card.is_some()
}

/// Where the order stands, in one badge: what has stopped or gone wrong on the way is not called
/// ready or sent.
pub(super) fn state(t: Text, order: &Order, card: Option<&CardSheet>) -> StateBadge {
    if has_stopped(order) {
        return StateBadge::new(Tone::Danger, Icon::Warning, t.order_stopped());
    }
    let delivery = card.and_then(|sheet| sheet.delivery.as_ref());
    match (order.stage, delivery.map(|delivery| delivery.stage)) {
        (
            OrderStage::Dispatched,
            Some(
                stage @ (DeliveryStage::Lost
                | DeliveryStage::ReportedMissing
                | DeliveryStage::ReturnedToSender),
            ),
        ) => states::delivery(t, stage),
        (stage, _) => states::order(stage).badge(t),
    }
}

pub(super) fn address(order: &Order) -> String {
    format!("/id-admin/bestallning/{}", order.id)
}

pub(crate) fn facts(t: Text, sheet: &OrderSheet) -> Facts {
    Facts::new(vec![
        Fact::plain(t.organisation(), &sheet.organisation_name),
        Fact::plain(t.card_kind(), &sheet.product.name),
        Fact::plain(t.sent_by(), states::method(t, sheet.order.method)),
        Fact::plain(t.activated_at(), &sheet.office.name),
    ])
}

/// From the order to the active card. Days stand where they are known.
pub(crate) fn tracking(t: Text, order: &Order, card: Option<&CardSheet>) -> Tracking {
    let reached = reached(order, card);
    let sent = card.and_then(|sheet| sent_on(t, sheet));
    let ordered = order.submitted_on.map(|day| t.day(day)).unwrap_or_default();
    let stops = [
        (t.stop_ordered(), ordered),
        (t.stop_at_manufacturer(), String::new()),
        (t.stop_made(), String::new()),
        (t.stop_sent(), sent.unwrap_or_default()),
        (t.stop_active(), active_on(t, card)),
    ];
    let stops = stops.into_iter().zip(1..).map(|((title, note), at)| {
        let stage = stage(at, reached);
        let is_bare = stage == Stage::Here && note.is_empty();
        let since = t.day_of(order.since);
        let note = match is_bare {
            true if has_stopped(order) => t.stopped_since(since),
            true => t.since(since),
            false => note,
        };
        Stop::new(title, note, stage)
    });
    Tracking::new(stops.collect())
}

/// The last stop is no place to wait at: whoever has come there is done.
fn stage(at: u8, reached: u8) -> Stage {
    match at.cmp(&reached) {
        Ordering::Less => Stage::Done,
        Ordering::Equal if at == STOPS => Stage::Done,
        Ordering::Equal => Stage::Here,
        Ordering::Greater => Stage::Coming,
    }
}

/// How many stops the order has come to, from 1.
fn reached(order: &Order, card: Option<&CardSheet>) -> u8 {
    let is_made = card.is_some_and(|sheet| sheet.card.number.is_some());
    let is_sent = card.is_some_and(|sheet| !matches!(sheet.card.stage, CardStage::Ordered));
    match order.stage {
        // What could not be made is at the manufacturer, where it stopped.
        OrderStage::ReadyToSend if order.card.is_some() => 2,
        OrderStage::Draft
        | OrderStage::AwaitingPrerequisites
        | OrderStage::AwaitingPhoto
        | OrderStage::ReadyToSend => 1,
        OrderStage::SentToManufacturer => 2,
        OrderStage::Produced => 3,
        OrderStage::Dispatched => 4,
        OrderStage::Fulfilled => STOPS,
        OrderStage::Cancelled
        | OrderStage::Rejected
        | OrderStage::ReplacedUndelivered
        | OrderStage::ActivationExpired => match (is_made, is_sent) {
            (_, true) => 4,
            (true, false) => 3,
            (false, false) => 1,
        },
    }
}

fn sent_on(t: Text, sheet: &CardSheet) -> Option<String> {
    match &sheet.card.stage {
        CardStage::Sent { at } => Some(t.day_of(*at)),
        CardStage::Ordered
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => None,
    }
}

fn active_on(t: Text, card: Option<&CardSheet>) -> String {
    match card.map(|sheet| &sheet.card.stage) {
        Some(CardStage::Active { at }) => t.day_of(*at),
        Some(_) | None => String::new(),
    }
}

/// What an officer could expect to do with the order but may not.
pub(super) fn refused(s: &Setting, order: &OrderAndOffers) -> Vec<components::Refusal> {
    if order.sheet.order.is_over() {
        return Vec::new();
    }
    let rows = order.offers.iter().filter_map(|offer| {
        let refusal = shown(s, offer.verdict.as_ref().err()?);
        if is_expected(&refusal) {
            return None;
        }
        let what = match offer.action {
            OrderActionName::ReplaceUndelivered => s.t.order_anew_missing(),
            OrderActionName::Cancel => s.t.cancel_order(),
            _ => return None,
        };
        Some(refusals::line(s.t, what, &refusal))
    });
    rows.collect()
}

/// Nobody misses a card that has not been sent to be made.
fn is_expected(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::OrderNotSent | Refusal::PrerequisitesMissing | Refusal::PhotoNeeded
    )
}

/// A refusal without the number to trace by, for those who may not see it.
fn shown(s: &Setting, refusal: &Refusal) -> Refusal {
    match refusal {
        Refusal::UndeliveredTraceable { .. } if !s.has(Function::SeeRekId) => {
            Refusal::UndeliveredTraceable { rek_id: None }
        }
        other => other.clone(),
    }
}
