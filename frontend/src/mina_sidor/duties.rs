//! What the holder has to do, the most urgent first, each with its day and its one button.

use cards_app::queries::{CardSheet, Clock, HolderPage};
use cards_domain::card::CardStage;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use chrono::{DateTime, Utc};

use super::{office, photo, start};
use crate::clocks;
use crate::components::{Button, CardDrawing, Icon, TodoCard, Tone};
use crate::text::Text;

/// Where a registered letter is traced.
const TRACKING: &str = "https://tracking.postnord.com/se/?id=";

/// The duties; only the first has a filled button.
pub(super) fn of(t: Text, page: &HolderPage, now: DateTime<Utc>) -> Vec<TodoCard> {
    let sign = page
        .cards
        .iter()
        .filter_map(|sheet| sign(t, page, sheet, now));
    let collect = page.cards.iter().filter_map(|sheet| collect(t, sheet));
    let activate = page
        .cards
        .iter()
        .filter_map(|sheet| activate(t, page, sheet, now));
    let photo = page
        .orders
        .iter()
        .filter_map(|sheet| photo::duty(t, sheet, now));
    let duties = sign.chain(collect).chain(activate).chain(photo).enumerate();
    duties
        .map(|(at, (card, button))| card.action(if at == 0 { button } else { button.secondary() }))
        .collect()
}

/// The clock of this rule that runs for the card.
pub(super) fn clock_of<'a>(
    page: &'a HolderPage,
    sheet: &CardSheet,
    rule: DeadlineRule,
) -> Option<&'a Clock> {
    let things = [sheet.card.id.0, sheet.card.order.0];
    page.clocks
        .iter()
        .find(|clock| clock.rule == rule && things.contains(&clock.thing))
}

/// A duty whose time has run out: what happens, and who helps with a new card.
fn too_late(t: Text, clock: &Clock, now: DateTime<Utc>) -> (TodoCard, Button) {
    let by = clocks::by(t, clock, now);
    let card = TodoCard::new(
        Tone::Danger,
        by,
        t.ms_too_late_title(),
        t.ms_too_late_text(),
    );
    (
        card,
        Button::link(t.ms_too_late_button(), "/mina-sidor/kontakt"),
    )
}

fn sign(
    t: Text,
    page: &HolderPage,
    sheet: &CardSheet,
    now: DateTime<Utc>,
) -> Option<(TodoCard, Button)> {
    let CardStage::UnlockedUnsigned { .. } = sheet.card.stage else {
        return None;
    };
    sheet.receipt?;
    let clock = clock_of(page, sheet, DeadlineRule::ReceiptSignature);
    if let Some(clock) = clock.filter(|clock| clocks::is_over(clock, now)) {
        return Some(too_late(t, clock, now));
    }
    let by = clock.map(|clock| clocks::by(t, clock, now));
    let number = sheet
        .card
        .number
        .as_ref()
        .map(|number| number.short())
        .unwrap_or_default();
    let text = t.ms_sign_text(number, &sheet.organisation_name);
    let card = TodoCard::new(
        Tone::Warning,
        by.unwrap_or_default(),
        t.ms_sign_title(),
        text,
    )
    .drawn(CardDrawing::SignatureLine);
    let address = format!("{}/kvittens", start::card_address(sheet));
    Some((card, Button::link(t.ms_sign_button(), address)))
}

/// A registered letter that has not been collected. Whether it was is known only from the post.
fn collect(t: Text, sheet: &CardSheet) -> Option<(TodoCard, Button)> {
    let CardStage::Sent { at } = sheet.card.stage else {
        return None;
    };
    let delivery = sheet
        .delivery
        .as_ref()
        .filter(|sent| sent.method == DeliveryMethod::Rek)?;
    let rek_id = delivery.rek_id.as_ref()?.to_string();
    let text = collecting(t, sheet, delivery, at)?;
    let card = TodoCard::new(Tone::Info, t.ms_collect_by(), t.ms_collect_title(), text)
        .drawn(CardDrawing::Envelope)
        .identifier(t, t.ms_rek_id(), rek_id.as_str());
    Some((card, tracing_button(t, &rek_id)))
}

/// The button that opens Postnord's page of a letter.
pub(super) fn tracing_button(t: Text, rek_id: &str) -> Button {
    Button::link(t.ms_track(), format!("{TRACKING}{rek_id}")).with_icon(Icon::Outside)
}

fn collecting(
    t: Text,
    sheet: &CardSheet,
    delivery: &Delivery,
    sent: DateTime<Utc>,
) -> Option<String> {
    let organisation = &sheet.organisation_name;
    match delivery.stage {
        DeliveryStage::Posted => Some(t.ms_collect_posted(organisation, t.day_of(sent))),
        DeliveryStage::NoticeSent => Some(t.ms_collect_noticed(organisation)),
        DeliveryStage::AtServicePoint => {
            Some(t.ms_collect_waiting(organisation, t.day_of(delivery.since)))
        }
        DeliveryStage::Prepared
        | DeliveryStage::Collected
        | DeliveryStage::AssumedDelivered
        | DeliveryStage::ReturnedToSender
        | DeliveryStage::Lost
        | DeliveryStage::ReportedMissing
        | DeliveryStage::LateArrival => None,
    }
}

fn activate(
    t: Text,
    page: &HolderPage,
    sheet: &CardSheet,
    now: DateTime<Utc>,
) -> Option<(TodoCard, Button)> {
    let CardStage::Sent { .. } = sheet.card.stage else {
        return None;
    };
    let clock = clock_of(page, sheet, DeadlineRule::Activation);
    if let Some(clock) = clock.filter(|clock| clocks::is_over(clock, now)) {
        return Some(too_late(t, clock, now));
    }
    let by = clock.map_or_else(|| t.ms_activate_by(), |clock| clocks::by(t, clock, now));
    let hours = office::near_hours(t, &sheet.office, now);
    let text = t.ms_activate_text(&sheet.office.name, &sheet.office.address, hours);
    let card = TodoCard::new(Tone::Warning, by, t.ms_activate_title(), text);
    let address = start::card_address(sheet);
    Some((card, Button::link(t.ms_activate_button(), address)))
}
