//! Cards.

use cards_app::queries::{
    CallBackNumbers, CardAndOffers, CardParts, CardSheet, Neighbours, NumberedCard, PersonSheet,
};
use cards_domain::card::{Card, CardStage, CardStageName, Custody, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeActionName, CodeName, CodeStage};
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::offer::Offered as _;
use cards_domain::product::Product;
use cards_domain::puk_letter::{LetterReason, PukLetterStage};
use cards_domain::revocation::RevocationStage;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{at, at_if, moment_if, offers, on_if, reference, verdict, word};
use crate::schema::{
    day, flag, id, list, moment, named, nullable, number, object, object_with, text, word as words,
};

/// What every shape of a card begins with.
fn basics(card: &Card, product: &Product, office: &Value, organisation: &Value) -> Value {
    let (since, reason) = since(&card.stage);
    json!({
        "id": card.id,
        "version": card.version,
        "number": card.number.as_ref().map(|number| number.as_str()),
        "product_number": card.product_number.as_ref().map(|number| number.as_str()),
        "stage": word(card.stage()),
        "since": at_if(since),
        "reason": reason.map(<&str>::from),
        "custody": word(card.custody),
        "valid_to": on_if(card.valid_to),
        "keep_until": on_if(card.keep_until),
        "printed_name": card.printed_name,
        "person": card.person,
        "product": reference(product.id, &product.name),
        "office": office,
        "organisation": organisation,
        "order": card.order,
    })
}

fn since(stage: &CardStage) -> (Option<DateTime<Utc>>, Option<RevocationReason>) {
    match stage {
        CardStage::Ordered => (None, None),
        CardStage::Sent { at }
        | CardStage::UnlockedUnsigned { at }
        | CardStage::Active { at }
        | CardStage::Expired { at } => (Some(*at), None),
        CardStage::Revoked { at, reason } => (Some(*at), Some(*reason)),
    }
}

fn with(mut told: Value, members: Value) -> Value {
    if let (Some(told), Value::Object(members)) = (told.as_object_mut(), members) {
        told.extend(members);
    }
    told
}

/// A card without what can be done with it. `sees_rek_id`: the reader may see the tracking number.
pub(crate) fn sheet(sheet: &CardSheet, sees_rek_id: bool) -> Value {
    let card = basics(
        &sheet.card,
        &sheet.product,
        &reference(sheet.office.id, &sheet.office.name),
        &reference(sheet.card.organisation, &sheet.organisation_name),
    );
    let delivery = sheet.delivery.as_ref();
    let parts = json!({
        "order_number": sheet.order_number,
        "delivery": delivery.map(|delivery| self::delivery(delivery, sees_rek_id)),
        "receipt": sheet.receipt,
    });
    with(with(card, parts), self::parts(&sheet.parts))
}

fn delivery(delivery: &Delivery, sees_rek_id: bool) -> Value {
    let rek_id = delivery.rek_id.as_ref().filter(|_| sees_rek_id);
    json!({
        "id": delivery.id,
        "version": delivery.version,
        "method": word(delivery.method),
        "stage": word(delivery.stage),
        "since": at(delivery.since),
        "rek_id": rek_id.map(|rek_id| rek_id.as_str()),
    })
}

fn parts(parts: &CardParts) -> Value {
    let codes = parts.codes.iter().map(|code| {
        json!({ "id": code.id, "version": code.version, "name": word(code.name),
            "stage": word(code.stage), "since": at(code.since) })
    });
    let letters = parts.letters.iter().map(|letter| {
        json!({ "id": letter.id, "version": letter.version, "reason": word(letter.reason),
            "stage": word(letter.stage), "since": at(letter.since) })
    });
    let cases = parts.cases.iter().map(|case| {
        json!({ "id": case.id, "version": case.version, "reason": word(case.reason),
            "stage": word(case.stage), "since": at(case.since) })
    });
    json!({
        "codes": codes.collect::<Vec<_>>(),
        "letters": letters.collect::<Vec<_>>(),
        "cases": cases.collect::<Vec<_>>(),
    })
}

/// A card with what can be done with it.
pub(crate) fn card(card: &CardAndOffers, sees_rek_id: bool) -> Value {
    let mut code_actions = of_any_code(card);
    let letter = card.letter.as_ref();
    code_actions.extend(letter.map(|letter| verdict("request_letter", letter)));
    let told = json!({ "actions": offers(&card.offers), "code_actions": code_actions });
    with(sheet(&card.sheet, sees_rek_id), told)
}

/// What can be done with one of the holder's codes, or with both; which one, its state tells.
fn of_any_code(card: &CardAndOffers) -> Vec<Value> {
    let is_offered = |action: &ChipCodeActionName| {
        let mut codes = card.codes.iter();
        codes.any(|code| code.verdict(*action).is_some())
    };
    let actions = ChipCode::for_people().into_iter().filter(is_offered);
    actions
        .map(|action| verdict(action.into(), &card.code_verdict(action)))
        .collect()
}

/// A card by its number, with its holder.
pub(crate) fn numbered(card: &NumberedCard, person: &PersonSheet) -> Value {
    let holder = json!({
        "id": person.person,
        "name": person.name.full(),
        "number": person.number.as_str(),
        "protection": word(person.protection),
    });
    let told = basics(
        &card.card,
        &card.product,
        &reference(card.office.id, &card.office.name),
        &reference(card.card.organisation, &card.organisation_name),
    );
    with(told, json!({ "holder": holder }))
}

/// The numbers of one post.
pub(crate) fn call_back_numbers(one: &CallBackNumbers) -> Value {
    json!({ "organisation": one.organisation_name, "phone": one.phone, "mobile": one.mobile })
}

/// Orders whose photos lay near that of a card.
pub(crate) fn misprint(near: &Neighbours) -> Value {
    let orders = near.orders.iter().map(|one| {
        json!({
            "order": one.order, "number": one.number, "person": one.person, "name": one.name,
            "approved_at": at(one.approved_at), "same_photo": one.same_photo,
        })
    });
    json!({ "orders": orders.collect::<Vec<_>>(), "others": near.others })
}

/// What is sent of a card in the hand: the number read from it.
pub(crate) fn in_hand() -> Value {
    object(&[("number", text())])
}

/// For what somebody stands at the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Visit {
    /// A card is to be activated.
    Activation,
    /// A locked card is to be opened.
    Unlock,
}

/// What is sent when the officer has stopped.
pub(crate) fn doubted() -> Value {
    object(&[("stopped", words::<Visit>())])
}

/// What is sent of a code that is locked.
pub(crate) fn locked() -> Value {
    object(&[("code", words::<CodeName>())])
}

/// What is sent of one's own code that is locked, or of one that was opened with the PUK: which, where
/// it is not the one that the operation means without it.
pub(crate) fn which_code() -> Value {
    object_with(&[("code", words::<CodeName>())], &[])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let with_actions = [
        sheet_members(),
        vec![
            ("actions", list(&named("Action"))),
            ("code_actions", list(&named("Action"))),
        ],
    ]
    .concat();
    let holder = object(&[
        ("id", id()),
        ("name", text()),
        ("number", text()),
        ("protection", words::<cards_domain::person::Protection>()),
    ]);
    let numbered = [members(), vec![("holder", holder)]].concat();
    vec![
        ("Card", object(&with_actions)),
        ("OwnCard", object(&sheet_members())),
        ("NumberedCard", object(&numbered)),
        ("Delivery", object(&delivery_members())),
        ("CallBackNumbers", call_back_schema()),
        ("Misprint", misprint_schema()),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("version", number()),
        ("number", nullable(&text())),
        ("product_number", nullable(&text())),
        ("stage", words::<CardStageName>()),
        ("since", moment_if()),
        ("reason", nullable(&words::<RevocationReason>())),
        ("custody", words::<Custody>()),
        ("valid_to", nullable(&day())),
        ("keep_until", nullable(&day())),
        ("printed_name", nullable(&text())),
        ("person", id()),
        ("product", named("Reference")),
        ("office", named("Reference")),
        ("organisation", named("Reference")),
        ("order", id()),
    ]
}

fn sheet_members() -> Vec<(&'static str, Value)> {
    let part = |own: Vec<(&'static str, Value)>| {
        let first = vec![("id", id()), ("version", number()), ("since", moment())];
        list(&object(&[first, own].concat()))
    };
    let code = vec![
        ("name", words::<CodeName>()),
        ("stage", words::<CodeStage>()),
    ];
    let letter = vec![
        ("reason", words::<LetterReason>()),
        ("stage", words::<PukLetterStage>()),
    ];
    let case = vec![
        ("reason", words::<RevocationReason>()),
        ("stage", words::<RevocationStage>()),
    ];
    let own = vec![
        ("order_number", text()),
        ("delivery", nullable(&named("Delivery"))),
        ("receipt", nullable(&id())),
        ("codes", part(code)),
        ("letters", part(letter)),
        ("cases", part(case)),
    ];
    [members(), own].concat()
}

fn delivery_members() -> Vec<(&'static str, Value)> {
    vec![
        ("id", id()),
        ("version", number()),
        ("method", words::<DeliveryMethod>()),
        ("stage", words::<DeliveryStage>()),
        ("since", moment()),
        ("rek_id", nullable(&text())),
    ]
}

fn call_back_schema() -> Value {
    object(&[
        ("organisation", text()),
        ("phone", nullable(&text())),
        ("mobile", nullable(&text())),
    ])
}

fn misprint_schema() -> Value {
    let order = object(&[
        ("order", id()),
        ("number", text()),
        ("person", id()),
        ("name", nullable(&text())),
        ("approved_at", moment()),
        ("same_photo", flag()),
    ]);
    object(&[("orders", list(&order)), ("others", number())])
}
