//! An order that waits for a photo: where and when the holder has it taken.

use cards_app::queries::OrderSheet;
use cards_domain::order::OrderStage;
use chrono::{DateTime, Utc};

use super::office;
use crate::components::{Button, CardDrawing, TodoCard, Tone};
use crate::text::Text;

/// What the office calls the service of coming without an appointment.
const DROP_IN: &str = "drop_in";

/// The duty to come and have a photo taken.
pub(super) fn duty(t: Text, sheet: &OrderSheet, now: DateTime<Utc>) -> Option<(TodoCard, Button)> {
    if sheet.order.stage != OrderStage::AwaitingPhoto {
        return None;
    }
    let place = &sheet.office;
    let hours = office::near_hours(t, place, now);
    let text = if place.services.iter().any(|service| service == DROP_IN) {
        t.ms_photo_drop_in(&sheet.organisation_name, &place.name, &place.address, hours)
    } else {
        t.ms_photo_text(&sheet.organisation_name, &place.name, &place.address, hours)
    };
    let card = TodoCard::new(Tone::Warning, t.ms_photo_by(), t.ms_photo_title(), text)
        .drawn(CardDrawing::Dashed.portrayed(sheet.product.has_photo));
    let contact = Button::link(t.ms_photo_button(), "/mina-sidor/kontakt");
    Some((card, contact))
}
