//! Cards and orders that went to the manufacturer before the directory changed the holder's name or
//! number: said as an advice, since only the card itself shows what is printed on it.

use cards_app::queries::{Outdated, PersonPage};
use cards_domain::card::CardStage;

use crate::components::{Icon, Message};
use crate::id_admin::parts;
use crate::text::Text;

/// The advice about the cards that are in use or on their way; none where nothing was changed.
pub(crate) fn advice(t: Text, page: &PersonPage) -> Option<Message> {
    let found: Vec<(&Outdated, String)> = page
        .outdated
        .iter()
        .filter_map(|one| Some((one, named(t, page, one)?)))
        .collect();
    let names: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
    let is_name = found.iter().any(|(one, _)| one.name);
    let is_number = found.iter().any(|(one, _)| one.number);
    let title = match (is_name, is_number) {
        (true, true) => t.outdated_both(),
        (true, false) => t.outdated_name(),
        (false, true) => t.outdated_number(),
        (false, false) => return None,
    };
    let text = t.outdated_text(names.join(", "));
    Some(Message::warning(title, text).with_icon(Icon::Card))
}

/// The card of the order, or the order while no card is made; nothing for what is over.
fn named(t: Text, page: &PersonPage, one: &Outdated) -> Option<String> {
    let cards = page.cards.iter().map(|card| &card.sheet);
    let mut cards = cards.filter(|sheet| sheet.card.order == one.order);
    if let Some(sheet) = cards.next() {
        let is_over = matches!(
            sheet.card.stage,
            CardStage::Revoked { .. } | CardStage::Expired { .. }
        );
        return (!is_over).then(|| t.outdated_card(parts::card_name(sheet)));
    }
    let mut orders = page.orders.iter().map(|order| &order.sheet.order);
    let order = orders.find(|order| order.id == one.order && !order.is_over())?;
    Some(t.outdated_order(&order.number))
}
