//! Cards on their way: where they are, and what can be done when they do not come.

use cards_app::queries::{CardSheet, HolderPage, OrderSheet};
use cards_domain::card::CardStage;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use cards_domain::order::{Order, OrderStage};
use chrono::{DateTime, Utc};

use super::duties::clock_of;
use super::situation::Situation;
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
    Panel {
        card: picture(t, sheet, note(t, sheet, method)).facts(Facts::new(facts)),
        tracking: Some(tracking(t, sheet, order)),
        notes: told(t, sheet)
            .into_iter()
            .chain(notes(t, page, sheet, method))
            .collect(),
        links: Some(LinkList::new(links(t, sheet))),
    }
}

/// What becomes of a card that did not come.
fn told(t: Text, sheet: &CardSheet) -> Option<String> {
    (Situation::of(sheet) == Situation::Missing).then(|| t.ms_missing_told())
}

/// Where it lies, or how it comes.
fn note(t: Text, sheet: &CardSheet, method: Option<DeliveryMethod>) -> String {
    match Situation::of(sheet) {
        Situation::AtOffice => t.ms_at_office_note(&sheet.office.name),
        _ => method
            .map(|method| states::method(t, method))
            .unwrap_or_default(),
    }
}

fn links(t: Text, sheet: &CardSheet) -> Vec<Link> {
    let label = match Situation::of(sheet) {
        Situation::AtOffice => t.ms_open_at_office(),
        Situation::Missing => t.ms_open_missing(),
        _ => t.ms_open_coming(),
    };
    [Link::new(label, card_address(sheet))]
        .into_iter()
        .chain(missing::link(t, sheet))
        .chain(can_be_lost(sheet).then(|| locked::lost(t, sheet)))
        .collect()
}

/// A card that has been posted can be lost, also before it is activated. One that lies at the
/// office cannot.
pub(super) fn can_be_lost(sheet: &CardSheet) -> bool {
    matches!(Situation::of(sheet), Situation::Sent | Situation::Missing)
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
        card: MyCard::new(
            drawing.portrayed(sheet.product.has_photo),
            state.badge(t),
            &sheet.organisation_name,
            method,
        )
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

/// What to know about the way it comes, and what stands of the letter with its codes.
pub(super) fn notes(
    t: Text,
    page: &HolderPage,
    sheet: &CardSheet,
    method: Option<DeliveryMethod>,
) -> Vec<String> {
    let mut notes = match Situation::of(sheet) {
        // It has come, or never will: nothing of its way matters any more.
        Situation::AtOffice | Situation::Missing => Vec::new(),
        _ => of_the_way(t, page, sheet, method),
    };
    let letter = sheet.parts.open_letter();
    notes.extend(letter.map(|letter| locked::standing(t, letter.stage)));
    notes
}

fn of_the_way(
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
    stops.extend(on_the_way(t, sheet, sent));
    stops.extend(at_the_office(t, sheet));
    Tracking::new(stops)
}

/// The last stop; what has not come leads nowhere.
fn at_the_office(t: Text, sheet: &CardSheet) -> Option<Stop> {
    let bring = match Situation::of(sheet) {
        Situation::Missing => return None,
        Situation::AtOffice => t.ms_stop_fetch_note(),
        _ => t.ms_stop_activate_note(),
    };
    let office = t.ms_stop_activate(&sheet.office.name);
    Some(Stop::new(office, bring, Stage::Coming))
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

fn on_the_way(t: Text, sheet: &CardSheet, sent: Option<DateTime<Utc>>) -> Vec<Stop> {
    let Some(sent) = sent else {
        return vec![Stop::new(t.ms_stop_sent(), "", Stage::Coming)];
    };
    let later = if Situation::of(sheet) == Situation::AtOffice {
        Some(arrived(t, sheet))
    } else {
        let delivery = sheet.delivery.as_ref();
        delivery.and_then(|delivery| later_stop(t, delivery))
    };
    let stage = if later.is_some() {
        Stage::Done
    } else {
        Stage::Here
    };
    let mut stops = vec![Stop::new(t.ms_stop_sent(), t.day_of(sent), stage)];
    stops.extend(later);
    stops
}

/// The card lies at the office, however it came there.
fn arrived(t: Text, sheet: &CardSheet) -> Stop {
    let since = sheet.delivery.as_ref().map(|delivery| delivery.since);
    let since = since.map(|since| t.ms_since(t.day_of(since)));
    Stop::new(
        t.ms_stop_at_office(&sheet.office.name),
        since.unwrap_or_default(),
        Stage::Here,
    )
}

/// What has happened after the posting.
fn later_stop(t: Text, delivery: &Delivery) -> Option<Stop> {
    let (title, stage) = match delivery.stage {
        DeliveryStage::NoticeSent => (t.ms_stop_notice(), Stage::Here),
        DeliveryStage::AtServicePoint => (t.ms_stop_service_point(), Stage::Here),
        DeliveryStage::Collected => (t.ms_stop_collected(), Stage::Done),
        DeliveryStage::ReturnedToSender => (t.ms_stop_returned(), Stage::Here),
        DeliveryStage::Lost => (t.ms_stop_lost(), Stage::Here),
        DeliveryStage::ReportedMissing => (t.ms_stop_missing(), Stage::Here),
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
