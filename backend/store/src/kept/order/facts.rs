//! What the rules of an order ask for.

use std::collections::HashMap;

use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, DeliveryId, OrderId, OrganisationId, PersonId, ProductId, RevocationId,
};
use cards_domain::order::{Order, OrderFacts, RegisterFacts, ReplacedFacts, Sending};
use cards_domain::photo::KeptPhoto;
use cards_domain::product::Product;
use cards_domain::values::CardNumber;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::Kept;
use super::super::photo::kept_photos;
use super::OPEN;
use crate::directory::register_facts;
use crate::error::{StoreError, unreadable};
use crate::plain::products_by_id;
use crate::schema::{card, card_order, delivery, organisation};
use crate::tx::Tx;

/// An order, there or yet to be made, about which the rules ask.
pub(super) struct Asked {
    pub(super) person: PersonId,
    pub(super) organisation: OrganisationId,
    pub(super) product: ProductId,
    pub(super) begins: bool,
    /// The order itself, when it is there.
    pub(super) order: Option<OrderId>,
    pub(super) awaits_photo: bool,
    /// It is about to be placed.
    pub(super) is_draft: bool,
    /// The order that a new one is to replace.
    pub(super) replaces: Option<OrderId>,
}

pub(super) fn order_facts(
    tx: &mut Tx<'_>,
    asked: &[Asked],
    lengths: &DeadlineLengths,
) -> Result<Vec<Option<OrderFacts>>, StoreError> {
    let people = tx.people(asked.iter().map(|asked| asked.person))?;
    let products = products_by_id(tx, asked.iter().map(|asked| asked.product))?;
    let begins = asked.iter().any(|asked| asked.begins);
    let (registers, open) = if begins {
        to_begin(tx, asked)?
    } else {
        Default::default()
    };
    let owing = owing(tx, asked)?;
    // A page that asks whether an order would be accepted uses no number up.
    let numbers = if begins && !tx.only_reads {
        next_numbers(tx, asked.len())?
    } else {
        Vec::new()
    };
    let sendings = sendings(tx, asked)?;
    let mut replaced = replaced_orders(tx, asked, &sendings)?;
    let photos = photos(tx, asked)?;
    let facts = |(place, asked): (usize, &Asked)| {
        let own = asked.order.and_then(|order| sendings.get(&order));
        let person = people.get(&asked.person)?;
        let product: &Product = products.get(&asked.product)?;
        // What exists is judged in its own organisation; what is to be, where the person works.
        let organisations = if asked.begins {
            person.organisations.clone()
        } else {
            vec![asked.organisation]
        };
        Some(OrderFacts {
            subject: person.subject(asked.person, organisations),
            number: person.number.clone(),
            register: registers
                .get(&asked.person)
                .cloned()
                .unwrap_or(RegisterFacts::Silent),
            product: product.clone(),
            // The order that is replaced is not in the way of the one that replaces it.
            open_order: open
                .iter()
                .find(|order| {
                    (order.person, order.organisation) == (asked.person, asked.organisation)
                        && Some(order.id) != asked.replaces
                })
                .map(|order| order.number.clone()),
            sending: own.and_then(|own| own.sending.clone()),
            card_number: own.and_then(|own| own.card_number.clone()),
            replaced: asked
                .replaces
                .and_then(|order| replaced.remove(&order))
                .map(Box::new),
            stored_photo: photos.get(&asked.person).copied(),
            prerequisites_missing: owing.contains(&asked.organisation),
            lengths: lengths.clone(),
            next_number: numbers.get(place).copied().unwrap_or_default(),
            new_card: CardId(tx.new_id()),
            new_delivery: DeliveryId(tx.new_id()),
            new_revocation: RevocationId(tx.new_id()),
        })
    };
    Ok(asked.iter().enumerate().map(facts).collect())
}

/// An order that is under way.
struct OpenOrder {
    id: OrderId,
    person: PersonId,
    organisation: OrganisationId,
    number: String,
}

/// The sending and the card of an order.
struct OwnCard {
    sending: Option<Sending>,
    card_number: Option<CardNumber>,
}

/// What became of the cards of orders that are there, and of those that are to be replaced.
fn sendings(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<HashMap<OrderId, OwnCard>, StoreError> {
    let ids: Vec<Uuid> = asked
        .iter()
        .flat_map(|asked| asked.order.into_iter().chain(asked.replaces))
        .map(|order| order.0)
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    type Found = (Uuid, Option<(String, Option<String>)>, Option<String>);
    let rows: Vec<Found> = card_order::table
        .left_join(delivery::table.on(delivery::id.nullable().eq(card_order::delivery_id)))
        .left_join(card::table.on(card::id.nullable().eq(card_order::card_id)))
        .filter(card_order::id.eq_any(ids))
        .select((
            card_order::id,
            (delivery::stage, delivery::rek_id).nullable(),
            card::number.nullable(),
        ))
        .load(tx.conn)?;
    rows.into_iter()
        .map(|(id, sending, number)| {
            let sending = sending.map(read_sending).transpose()?;
            let card_number = number
                .map(|number| number.parse())
                .transpose()
                .map_err(|_| unreadable("card", "number"))?;
            let own = OwnCard {
                sending,
                card_number,
            };
            Ok((OrderId(id), own))
        })
        .collect()
}

fn read_sending((stage, rek_id): (String, Option<String>)) -> Result<Sending, StoreError> {
    Ok(Sending {
        stage: stage.parse().map_err(|_| unreadable("delivery", "stage"))?,
        rek_id: rek_id
            .map(|rek_id| rek_id.parse())
            .transpose()
            .map_err(|_| unreadable("delivery", "rek_id"))?,
    })
}

/// The orders that the requests want to replace.
fn replaced_orders(
    tx: &mut Tx<'_>,
    asked: &[Asked],
    sendings: &HashMap<OrderId, OwnCard>,
) -> Result<HashMap<OrderId, ReplacedFacts>, StoreError> {
    let ids: Vec<Uuid> = asked
        .iter()
        .filter_map(|asked| asked.replaces.map(|order| order.0))
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(Order::load(tx, &ids)?
        .into_iter()
        .map(|order| {
            let own = sendings.get(&order.id);
            let facts = ReplacedFacts {
                sending: own.and_then(|own| own.sending.clone()),
                card_number: own.and_then(|own| own.card_number.clone()),
                order,
            };
            (facts.order.id, facts)
        })
        .collect())
}

/// The photos kept of those whose orders wait for one.
fn photos(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<HashMap<PersonId, KeptPhoto>, StoreError> {
    let waiting: Vec<PersonId> = asked
        .iter()
        .filter(|asked| asked.awaits_photo)
        .map(|asked| asked.person)
        .collect();
    if waiting.is_empty() {
        return Ok(HashMap::new());
    }
    kept_photos(tx, &waiting)
}

/// The organisations that owe an agreement, a form or a payment: asked when an order is placed.
fn owing(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<Vec<OrganisationId>, StoreError> {
    let placing: Vec<Uuid> = asked
        .iter()
        .filter(|asked| asked.is_draft)
        .map(|asked| asked.organisation.0)
        .collect();
    if placing.is_empty() {
        return Ok(Vec::new());
    }
    let owing: Vec<Uuid> = organisation::table
        .filter(organisation::id.eq_any(&placing))
        .filter(organisation::prerequisites_missing)
        .select(organisation::id)
        .load(tx.conn)?;
    Ok(owing.into_iter().map(OrganisationId).collect())
}

type ToBegin = (HashMap<PersonId, RegisterFacts>, Vec<OpenOrder>);

/// What only a new order asks for: the register's answers and other orders under way.
fn to_begin(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<ToBegin, StoreError> {
    let people: Vec<Uuid> = asked.iter().map(|asked| asked.person.0).collect();
    let registers = register_facts(tx, &people)?;
    let open: Vec<(Uuid, Uuid, Uuid, String)> = card_order::table
        .filter(card_order::person_id.eq_any(&people))
        .filter(card_order::stage.eq_any(OPEN))
        .select((
            card_order::id,
            card_order::person_id,
            card_order::organisation_id,
            card_order::number,
        ))
        .load(tx.conn)?;
    let open = open
        .into_iter()
        .map(|(id, person, organisation, number)| OpenOrder {
            id: OrderId(id),
            person: PersonId(person),
            organisation: OrganisationId(organisation),
            number,
        })
        .collect();
    Ok((registers, open))
}

fn next_numbers(tx: &mut Tx<'_>, count: usize) -> Result<Vec<i64>, StoreError> {
    #[derive(QueryableByName)]
    struct Next {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        number: i64,
    }
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let rows: Vec<Next> = diesel::sql_query(
        "SELECT nextval('order_number_seq') AS number FROM generate_series(1, $1)",
    )
    .bind::<diesel::sql_types::Integer, _>(count)
    .load(tx.conn)?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}
