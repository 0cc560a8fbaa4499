//! What the holder has to do, the most urgent first, each with its day and its one button.

use cards_app::queries::{CardSheet, Clock, HolderPage};
use cards_domain::card::CardStage;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use chrono::{DateTime, Utc};

use super::situation::{self, Situation};
use super::{locked, lost, office, photo, start};
use crate::components::{Button, CardDrawing, Icon, TodoCard, Tone};
use crate::text::Text;
use crate::{clocks, locked_card};

/// Where a registered letter is traced.
const TRACKING: &str = "https://tracking.postnord.com/se/?id=";

/// The duties; only the first has a filled button.
pub(super) fn of(t: Text, page: &HolderPage, now: DateTime<Utc>) -> Vec<TodoCard> {
    let cards = || page.cards.iter();
    let duties = cards()
        .filter_map(|sheet| lost::reported(t, sheet))
        .chain(cards().filter_map(|sheet| sign(t, page, sheet, now)))
        .chain(cards().filter_map(|sheet| unlock(t, sheet)))
        .chain(cards().filter_map(|sheet| collect(t, sheet)))
        .chain(cards().filter_map(|sheet| activate(t, page, sheet, now)))
        .chain(cards().filter_map(|sheet| lost::left(t, sheet)))
        .chain(
            page.orders
                .iter()
                .filter_map(|sheet| photo::duty(t, sheet, now)),
        );
    let duties = duties.enumerate();
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
    let text = if clock.is_held {
        t.ms_too_late_held()
    } else {
        t.ms_too_late_text()
    };
    let card = TodoCard::new(Tone::Danger, by, t.ms_too_late_title(), text);
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
    .drawn(CardDrawing::SignatureLine.portrayed(sheet.product.has_photo));
    let address = format!("{}/kvittens", start::card_address(sheet));
    Some((card, Button::link(t.ms_sign_button(), address)))
}

/// A locked card, or one that logs in and does not sign: how it is opened, or what stands of the
/// letter that opens it.
fn unlock(t: Text, sheet: &CardSheet) -> Option<(TodoCard, Button)> {
    let organisation = &sheet.organisation_name;
    let (title, means) = match Situation::of(sheet) {
        Situation::Locked => (t.ms_unlock_title(organisation), t.ms_unlock_text()),
        Situation::Works | Situation::Unsigned => (
            t.codes_ms_signing_title(organisation),
            t.codes_ms_signing_text(),
        ),
        Situation::Ordered
        | Situation::Sent
        | Situation::Missing
        | Situation::AtOffice
        | Situation::Ended => return None,
    };
    let since = situation::locked_since(sheet)?;
    let text = match sheet.parts.open_letter() {
        Some(letter) => locked::standing(t, letter.stage),
        None if sheet.parts.is_puk_locked() => locked::puk_is_locked(t, sheet),
        None => means,
    };
    let card = TodoCard::new(
        Tone::Warning,
        t.ms_locked_since(t.day_of(since)),
        title,
        text,
    )
    .drawn(locked_card::picture(sheet));
    let button = Button::link(t.ms_unlock_button(), locked::address(sheet));
    Some((card, button))
}

/// A registered letter that has not been collected. Whether it was is known only from the post.
fn collect(t: Text, sheet: &CardSheet) -> Option<(TodoCard, Button)> {
    let CardStage::Sent { at } = sheet.card.stage else {
        return None;
    };
    if Situation::of(sheet) != Situation::Sent {
        return None;
    }
    let delivery = sheet
        .delivery
        .as_ref()
        .filter(|sent| sent.method == DeliveryMethod::Rek)?;
    let rek_id = delivery.rek_id.as_ref()?.to_string();
    let text = collecting(t, sheet, delivery, at)?;
    let card = TodoCard::new(Tone::Info, t.ms_collect_by(), t.ms_collect_title(), text)
        .drawn(CardDrawing::Envelope.portrayed(sheet.product.has_photo))
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

/// Activating a card that has come, or that lies at the office. What has not come cannot be
/// activated.
fn activate(
    t: Text,
    page: &HolderPage,
    sheet: &CardSheet,
    now: DateTime<Utc>,
) -> Option<(TodoCard, Button)> {
    let is_at_office = match Situation::of(sheet) {
        Situation::Sent => false,
        Situation::AtOffice => true,
        Situation::Works
        | Situation::Locked
        | Situation::Unsigned
        | Situation::Ordered
        | Situation::Missing
        | Situation::Ended => return None,
    };
    let clock = clock_of(page, sheet, DeadlineRule::Activation);
    if let Some(clock) = clock.filter(|clock| clocks::is_over(clock, now)) {
        return Some(too_late(t, clock, now));
    }
    let hours = office::near_hours(t, &sheet.office, now);
    let (name, address) = (&sheet.office.name, &sheet.office.address);
    let (by, title, text) = if is_at_office {
        let text = t.ms_fetch_text(name, address, hours);
        (t.ms_fetch_by(), t.ms_fetch_title(), text)
    } else {
        let text = t.ms_activate_text(name, address, hours);
        (t.ms_activate_by(), t.ms_activate_title(), text)
    };
    let by = clock.map_or(by, |clock| clocks::by(t, clock, now));
    let card = TodoCard::new(Tone::Warning, by, title, text);
    let address = start::card_address(sheet);
    Some((card, Button::link(t.ms_activate_button(), address)))
}
