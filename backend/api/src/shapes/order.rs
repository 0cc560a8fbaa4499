//! Orders.

use cards_app::queries::{OrderAndOffers, OrderSheet};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::{OrderStage, Told};
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{at, offers, on_if, reference, word};
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, object_with, text, text_like,
    word as words,
};

/// An order, without what can be done with it.
pub(crate) fn sheet(sheet: &OrderSheet) -> Value {
    let order = &sheet.order;
    let recipient = &order.recipient;
    json!({
        "id": order.id,
        "version": order.version,
        "number": order.number,
        "person": order.person,
        "stage": word(order.stage),
        "since": at(order.since),
        "method": word(order.method),
        "product": reference(sheet.product.id, &sheet.product.name),
        "office": reference(sheet.office.id, &sheet.office.name),
        "organisation": reference(order.organisation, &sheet.organisation_name),
        "recipient": {
            "name": recipient.name.full(),
            // The address of a forwarding says where a protected person is looked for.
            "address": (!recipient.forwarded).then(|| recipient.address.lines()),
            "forwarded": recipient.forwarded,
        },
        "photo": order.photo,
        "photo_on": on_if(order.photo_on),
        "submitted_on": on_if(order.submitted_on),
        "replaces": order.replaces,
        "card": order.card,
        "delivery": order.delivery,
    })
}

/// An order with what can be done with it.
pub(crate) fn order(order: &OrderAndOffers) -> Value {
    let mut told = sheet(&order.sheet);
    if let Some(members) = told.as_object_mut() {
        members.insert("actions".to_owned(), json!(offers(&order.offers)));
    }
    told
}

/// What the post or the holder says of a sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Says {
    /// It has not come.
    Missing,
    /// The post has answered that it is lost.
    Lost,
    /// It came after all.
    Late,
}

/// What is sent of a sending.
pub(crate) fn said() -> Value {
    object(&[("says", words::<Says>())])
}

/// What is sent to order a card.
pub(crate) fn wanted() -> Value {
    object(&[
        ("person", id()),
        ("organisation", id()),
        ("product", id()),
        ("office", id()),
        ("method", words::<DeliveryMethod>()),
        ("routine_confirmed", flag()),
    ])
}

/// What is sent to order a card anew.
pub(crate) fn wanted_anew() -> Value {
    object(&[
        ("told", words::<Told>()),
        ("method", words::<DeliveryMethod>()),
        ("routine_confirmed", flag()),
    ])
}

/// What is sent to stop an order: the last four digits of the card, where there is one.
pub(crate) fn confirmed() -> Value {
    object_with(&[("last_four", nullable(&text_like("^[0-9]{4}$")))], &[])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let offered = [members(), vec![("actions", list(&named("Action")))]].concat();
    vec![
        ("Order", object(&offered)),
        ("OwnOrder", object(&members())),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    let recipient = object(&[
        ("name", text()),
        ("address", nullable(&list(&text()))),
        ("forwarded", flag()),
    ]);
    vec![
        ("id", id()),
        ("version", number()),
        ("number", text()),
        ("person", id()),
        ("stage", words::<OrderStage>()),
        ("since", moment()),
        ("method", words::<DeliveryMethod>()),
        ("product", named("Reference")),
        ("office", named("Reference")),
        ("organisation", named("Reference")),
        ("recipient", recipient),
        ("photo", nullable(&id())),
        ("photo_on", nullable(&day())),
        ("submitted_on", nullable(&day())),
        ("replaces", nullable(&id())),
        ("card", nullable(&id())),
        ("delivery", nullable(&id())),
    ]
}
