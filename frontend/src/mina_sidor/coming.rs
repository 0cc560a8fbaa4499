//! Cards on their way: where they are, and what can be done when they do not come.

use cards_app::queries::{CardSheet, HolderPage, OrderSheet};
use cards_domain::card::CardStage;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use cards_domain::order::{Order, OrderStage};
use chrono::{DateTime, Utc};

use super::duties::clock_of;
use super::start::{Panel, card_address, numbers, picture};
use super::{locked, missing};
use crate::components::{CardDrawing, Fact, Facts, Link, LinkList, MyCard, Stage, Stop, Tracking};
use crate::states;
use crate::text::Text;

/// A card that has been ordered or sent.
pub(super) fn card(t: Text, page: &HolderPage, sheet: &CardSheet) -> Panel {
    let order = order_of(page, sheet);
    let method = method(sheet, order);
    let mut facts = numbers(t, sheet);
    facts.push(Fact::plain(
        t.ms_order_number(),
        sheet.order_number.as_str(),
    ));
    let note = method
        .map(|method| states::method(t, method))
        .unwrap_or_default();
    Panel {
        card: picture(t, sheet, note).facts(Facts::new(facts)),
        tracking: Some(tracking(t, sheet, order)),
        notes: notes(t, page, sheet, method),
        links: Some(LinkList::new(
            [Link::new(t.ms_open_coming(), card_address(sheet))]
                .into_iter()
                .chain(missing::link(t, sheet))
                .chain(can_be_lost(sheet).then(|| locked::lost(t, sheet)))
                .collect(),
        )),
    }
}

/// A card that has been posted can be lost, also before it is activated.
fn can_be_lost(sheet: &CardSheet) -> bool {
    matches!(sheet.card.stage, CardStage::Sent { .. })
}

/// An order that no card has been begun for.
pub(super) fn order(t: Text, sheet: &OrderSheet) -> Panel {
    let state = states::order(sheet.order.stage);
    let drawing = state.drawing.unwrap_or(CardDrawing::Dashed);
    let method = states::method(t, sheet.order.method);
    let facts = vec![Fact::plain(
        t.ms_order_number(),
        sheet.order.number.as_str(),
    )];
    Panel {
        card: MyCard::new(drawing, state.badge(t), &sheet.organisation_name, method)
            .facts(Facts::new(facts)),
        tracking: None,
        notes: vec![t.ms_waits()],
        links: None,
    }
}

fn order_of<'a>(page: &'a HolderPage, sheet: &CardSheet) -> Option<&'a Order> {
    let found = page
        .orders
        .iter()
        .find(|order| order.order.id == sheet.card.order);
    found.map(|order| &order.order)
}

fn method(sheet: &CardSheet, order: Option<&Order>) -> Option<DeliveryMethod> {
    let sent = sheet.delivery.as_ref().map(|delivery| delivery.method);
    sent.or_else(|| order.map(|order| order.method))
}

/// What to know about the way it comes.
pub(super) fn notes(
    t: Text,
    page: &HolderPage,
    sheet: &CardSheet,
    method: Option<DeliveryMethod>,
) -> Vec<String> {
    let is_sent = matches!(sheet.card.stage, CardStage::Sent { .. });
    match method {
        Some(DeliveryMethod::APost) => {
            let clock = clock_of(page, sheet, DeadlineRule::Undelivered);
            let again = clock.map(|clock| t.ms_reorder_note(t.day(clock.day)));
            [Some(t.ms_apost_note()), again]
                .into_iter()
                .flatten()
                .collect()
        }
        Some(DeliveryMethod::Rek) if !is_sent => vec![t.ms_rek_note()],
        Some(DeliveryMethod::ToOffice) => vec![t.ms_to_office_note()],
        Some(DeliveryMethod::Rek) | None => Vec::new(),
    }
}

/// The stops of a card from its order to the office.
pub(super) fn tracking(t: Text, sheet: &CardSheet, order: Option<&Order>) -> Tracking {
    let sent = match sheet.card.stage {
        CardStage::Sent { at } => Some(at),
        CardStage::Ordered
        | CardStage::UnlockedUnsigned { .. }
        | CardStage::Active { .. }
        | CardStage::Revoked { .. }
        | CardStage::Expired { .. } => None,
    };
    let ordered = order
        .and_then(|order| order.submitted_on)
        .map(|day| t.day(day));
    let mut stops = vec![Stop::new(
        t.ms_stop_ordered(),
        ordered.unwrap_or_default(),
        Stage::Done,
    )];
    stops.push(at_manufacturer(t, order, sent));
    stops.extend(on_the_way(t, sheet.delivery.as_ref(), sent));
    let office = t.ms_stop_activate(&sheet.office.name);
    stops.push(Stop::new(office, t.ms_stop_activate_note(), Stage::Coming));
    Tracking::new(stops)
}

/// When the order went there is known only while it stands there.
fn at_manufacturer(t: Text, order: Option<&Order>, sent: Option<DateTime<Utc>>) -> Stop {
    let title = t.ms_stop_manufacturer();
    if sent.is_some() {
        return Stop::new(title, "", Stage::Done);
    }
    let since = order
        .filter(|order| order.stage == OrderStage::SentToManufacturer)
        .map(|order| t.ms_since(t.day_of(order.since)));
    Stop::new(title, since.unwrap_or_default(), Stage::Here)
}

fn on_the_way(t: Text, delivery: Option<&Delivery>, sent: Option<DateTime<Utc>>) -> Vec<Stop> {
    let Some(sent) = sent else {
        return vec![Stop::new(t.ms_stop_sent(), "", Stage::Coming)];
    };
    let later = delivery.and_then(|delivery| later_stop(t, delivery));
    let stage = if later.is_some() {
        Stage::Done
    } else {
        Stage::Here
    };
    let mut stops = vec![Stop::new(t.ms_stop_sent(), t.day_of(sent), stage)];
    stops.extend(later);
    stops
}

/// What has happened after the posting.
fn later_stop(t: Text, delivery: &Delivery) -> Option<Stop> {
    let (title, stage) = match delivery.stage {
        DeliveryStage::NoticeSent => (t.ms_stop_notice(), Stage::Here),
        DeliveryStage::AtServicePoint => (t.ms_stop_service_point(), Stage::Here),
        DeliveryStage::Collected => (t.ms_stop_collected(), Stage::Done),
        DeliveryStage::ReturnedToSender => (t.ms_stop_returned(), Stage::Here),
        DeliveryStage::Lost | DeliveryStage::ReportedMissing => (t.ms_stop_lost(), Stage::Here),
        DeliveryStage::Prepared
        | DeliveryStage::Posted
        | DeliveryStage::AssumedDelivered
        | DeliveryStage::LateArrival => return None,
    };
    Some(Stop::new(
        title,
        t.ms_since(t.day_of(delivery.since)),
        stage,
    ))
}
