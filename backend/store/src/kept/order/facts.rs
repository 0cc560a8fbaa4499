//! What the rules of an order ask for.

use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, DeliveryId, OrderId, OrganisationId, PersonId, ProductId, RevocationId,
};
use cards_domain::order::{OrderFacts, RegisterFacts, ReplacedFacts};
use diesel::prelude::*;

use super::is_open;
use super::placed::Placed;
use crate::error::StoreError;
use crate::prepared::prepared;
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
    let numbers = read_what_they_ask(tx, asked)?;
    asked
        .iter()
        .enumerate()
        .map(|(place, asked)| {
            let number = numbers.get(place).copied().unwrap_or_default();
            facts_of(tx, asked, lengths, number)
        })
        .collect()
}

/// Reads everything the facts are made of, and takes a number for each new order.
fn read_what_they_ask(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<Vec<i64>, StoreError> {
    let begin: Vec<PersonId> = asked
        .iter()
        .filter(|asked| asked.begins)
        .map(|asked| asked.person)
        .collect();
    tx.see_orders_of(begin.iter().copied())?;
    let orders = asked.iter().flat_map(|asked| [asked.order, asked.replaces]);
    tx.see_orders(orders.flatten())?;
    tx.people(asked.iter().map(|asked| asked.person))?;
    tx.products(asked.iter().map(|asked| asked.product))?;
    let waiting = asked.iter().filter(|asked| asked.awaits_photo);
    tx.approved_photos(waiting.map(|asked| asked.person))?;
    // A page that asks whether an order would be accepted uses no number up.
    if begin.is_empty() || tx.only_reads {
        return Ok(Vec::new());
    }
    next_numbers(tx, asked.len())
}

fn facts_of(
    tx: &Tx<'_>,
    asked: &Asked,
    lengths: &DeadlineLengths,
    next_number: i64,
) -> Result<Option<OrderFacts>, StoreError> {
    let known = tx.memory.people.get(&asked.person);
    let Some((person, product)) = known.zip(tx.memory.products.get(&asked.product)) else {
        return Ok(None);
    };
    let own = asked.order.and_then(|order| tx.placed(order));
    // What exists is judged in its own organisation; what is to be, where the person works.
    let organisations = if asked.begins {
        person.organisations.clone()
    } else {
        vec![asked.organisation]
    };
    let photo = tx.memory.photos.get(&asked.person).and_then(Option::as_ref);
    Ok(Some(OrderFacts {
        subject: person.subject(asked.person, organisations),
        number: person.number.clone(),
        name: person.name.clone(),
        register: if asked.begins {
            person.register(tx.seal)?
        } else {
            RegisterFacts::Silent
        },
        product: product.clone(),
        open_order: open_order(tx, asked),
        sending: own.and_then(|own| own.sending.clone()),
        card_number: own.and_then(|own| own.card_number.clone()),
        replaced: asked
            .replaces
            .and_then(|order| tx.placed(order))
            .map(|placed| Box::new(replaced(placed))),
        stored_photo: photo
            .filter(|_| asked.awaits_photo)
            .map(|photo| photo.photo),
        prerequisites_missing: asked.is_draft && own.is_some_and(|own| own.owes),
        lengths: lengths.clone(),
        next_number,
        new_card: CardId(tx.new_id()),
        new_delivery: DeliveryId(tx.new_id()),
        new_revocation: RevocationId(tx.new_id()),
    }))
}

fn replaced(placed: &Placed) -> ReplacedFacts {
    ReplacedFacts {
        sending: placed.sending.clone(),
        card_number: placed.card_number.clone(),
        order: placed.sheet.order.clone(),
    }
}

/// The number of another order under way, where a new one asks. The order that is replaced is not in
/// the way of the one that replaces it.
fn open_order(tx: &Tx<'_>, asked: &Asked) -> Option<String> {
    if !asked.begins {
        return None;
    }
    tx.orders_read_of(asked.person)
        .into_iter()
        .map(|placed| &placed.sheet.order)
        .find(|order| {
            is_open(order.stage.into())
                && order.organisation == asked.organisation
                && Some(order.id) != asked.replaces
        })
        .map(|order| order.number.clone())
}

fn next_numbers(tx: &mut Tx<'_>, count: usize) -> Result<Vec<i64>, StoreError> {
    #[derive(QueryableByName)]
    struct Next {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        number: i64,
    }
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let rows: Vec<Next> =
        prepared("SELECT nextval('order_number_seq') AS number FROM generate_series(1, $1)")
            .bind::<diesel::sql_types::Integer, _>(count)
            .load(tx.conn)?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}
