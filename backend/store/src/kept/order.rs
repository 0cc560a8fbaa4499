//! Orders as rows, and what the rules of an order ask for.

use std::collections::HashMap;

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, DeliveryId, OfficeId, OrderId, OrganisationId, PersonId, ProductId,
};
use cards_domain::order::{Order, OrderFacts, OrderRequest, RegisterFacts};
use cards_domain::product::Product;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::{Kept, KeptBegin, guard_table, in_order};
use crate::directory::register_facts;
use crate::error::{StoreError, unreadable};
use crate::plain::products_by_id;
use crate::rows::{self, Row, bytea};
use crate::schema::{card_order, organisation};
use crate::seal::Seal;
use crate::tx::Tx;

/// Stages at which an order is still under way.
const OPEN: [&str; 7] = [
    "draft",
    "awaiting_prerequisites",
    "awaiting_photo",
    "ready_to_send",
    "sent_to_manufacturer",
    "produced",
    "dispatched",
];

/// Whether an order at this stage is still under way.
pub(super) fn is_open(stage: &str) -> bool {
    OPEN.contains(&stage)
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = card_order)]
pub(crate) struct OrderRow {
    id: Uuid,
    number: String,
    person_id: Uuid,
    organisation_id: Uuid,
    product_id: Uuid,
    office_id: Uuid,
    method: String,
    ordered_by: Uuid,
    photographed_by: Option<Uuid>,
    photo_on: Option<NaiveDate>,
    submitted_on: Option<NaiveDate>,
    #[serde(serialize_with = "bytea")]
    recipient: Vec<u8>,
    card_id: Option<Uuid>,
    delivery_id: Option<Uuid>,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for OrderRow {
    const TABLE: &'static str = "card_order";
    const CHANGES: &'static [&'static str] = &[
        "photographed_by",
        "photo_on",
        "submitted_on",
        "card_id",
        "delivery_id",
        "stage",
        "since",
    ];
}

impl OrderRow {
    fn of(tx: &Tx<'_>, thing: &Order) -> Result<Self, StoreError> {
        Ok(Self {
            id: thing.id.0,
            number: thing.number.clone(),
            person_id: thing.person.0,
            organisation_id: thing.organisation.0,
            product_id: thing.product.0,
            office_id: thing.office.0,
            method: <&str>::from(thing.method).to_owned(),
            ordered_by: thing.ordered_by.0,
            photographed_by: thing.photographed_by.map(|person| person.0),
            photo_on: thing.photo_on,
            submitted_on: thing.submitted_on,
            recipient: tx
                .seal
                .close(tx.entropy, "card_order.recipient", &thing.recipient)?,
            card_id: thing.card.map(|card| card.0),
            delivery_id: thing.delivery.map(|delivery| delivery.0),
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        })
    }

    pub(crate) fn read(self, seal: &Seal) -> Result<Order, StoreError> {
        let bad = |what| move |_| unreadable("card_order", what);
        Ok(Order {
            id: OrderId(self.id),
            number: self.number,
            person: PersonId(self.person_id),
            organisation: OrganisationId(self.organisation_id),
            product: ProductId(self.product_id),
            office: OfficeId(self.office_id),
            method: self.method.parse().map_err(bad("method"))?,
            ordered_by: PersonId(self.ordered_by),
            photographed_by: self.photographed_by.map(PersonId),
            photo_on: self.photo_on,
            submitted_on: self.submitted_on,
            recipient: seal.open("card_order.recipient", &self.recipient)?,
            card: self.card_id.map(CardId),
            delivery: self.delivery_id.map(DeliveryId),
            stage: self.stage.parse().map_err(bad("stage"))?,
            since: self.since,
            version: self.version,
        })
    }
}

impl Kept for Order {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "card_order", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<OrderRow> = card_order::table
            .filter(card_order::id.eq_any(ids))
            .select(OrderRow::as_select())
            .load(tx.conn)?;
        let things = rows
            .into_iter()
            .map(|row| row.read(tx.seal))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(in_order(ids, things, |thing| thing.id.0))
    }

    fn facts(
        tx: &mut Tx<'_>,
        _: &Actor,
        things: &[Self],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<OrderFacts>, StoreError> {
        let asked = things
            .iter()
            .map(|thing| Asked {
                person: thing.person,
                organisation: thing.organisation,
                product: thing.product,
                begins: false,
            })
            .collect::<Vec<_>>();
        order_facts(tx, &asked, lengths)?
            .into_iter()
            .map(|facts| facts.ok_or(unreadable("card_order", "product_id")))
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(|thing| OrderRow::of(tx, thing))
            .collect::<Result<Vec<_>, _>>()?;
        rows::save(tx.conn, &rows)
    }
}

impl KeptBegin for Order {
    fn holder(request: &OrderRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[OrderRequest],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Option<OrderFacts>>, StoreError> {
        let asked = requests
            .iter()
            .map(|request| Asked {
                person: request.person,
                organisation: request.organisation,
                product: request.product,
                begins: true,
            })
            .collect::<Vec<_>>();
        order_facts(tx, &asked, lengths)
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(|thing| OrderRow::of(tx, thing))
            .collect::<Result<Vec<_>, _>>()?;
        rows::insert(tx.conn, &rows)
    }
}

struct Asked {
    person: PersonId,
    organisation: OrganisationId,
    product: ProductId,
    begins: bool,
}

fn order_facts(
    tx: &mut Tx<'_>,
    asked: &[Asked],
    lengths: &DeadlineLengths,
) -> Result<Vec<Option<OrderFacts>>, StoreError> {
    let people = tx.people(asked.iter().map(|asked| asked.person))?;
    let products = products_by_id(tx, asked.iter().map(|asked| asked.product))?;
    let begins = asked.iter().any(|asked| asked.begins);
    let (registers, open, missing) = if begins {
        to_begin(tx, asked)?
    } else {
        Default::default()
    };
    // A page that asks whether an order would be accepted uses no number up.
    let numbers = if begins && !tx.only_reads {
        next_numbers(tx, asked.len())?
    } else {
        Vec::new()
    };
    let facts = |(place, asked): (usize, &Asked)| {
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
            open_order: open.get(&(asked.person, asked.organisation)).cloned(),
            prerequisites_missing: missing.contains(&asked.organisation),
            lengths: lengths.clone(),
            next_number: numbers.get(place).copied().unwrap_or_default(),
            new_card: CardId(tx.new_id()),
            new_delivery: DeliveryId(tx.new_id()),
        })
    };
    Ok(asked.iter().enumerate().map(facts).collect())
}

type ToBegin = (
    HashMap<PersonId, RegisterFacts>,
    HashMap<(PersonId, OrganisationId), String>,
    Vec<OrganisationId>,
);

/// What only a new order asks for: the register's answers, other orders under way, and which
/// organisations owe something.
fn to_begin(tx: &mut Tx<'_>, asked: &[Asked]) -> Result<ToBegin, StoreError> {
    let people: Vec<Uuid> = asked.iter().map(|asked| asked.person.0).collect();
    let organisations: Vec<Uuid> = asked.iter().map(|asked| asked.organisation.0).collect();
    let registers = register_facts(tx, &people)?;
    let open: Vec<(Uuid, Uuid, String)> = card_order::table
        .filter(card_order::person_id.eq_any(&people))
        .filter(card_order::stage.eq_any(OPEN))
        .select((
            card_order::person_id,
            card_order::organisation_id,
            card_order::number,
        ))
        .load(tx.conn)?;
    let open = open
        .into_iter()
        .map(|(person, organisation, number)| {
            ((PersonId(person), OrganisationId(organisation)), number)
        })
        .collect();
    let missing: Vec<Uuid> = organisation::table
        .filter(organisation::id.eq_any(&organisations))
        .filter(organisation::prerequisites_missing)
        .select(organisation::id)
        .load(tx.conn)?;
    Ok((
        registers,
        open,
        missing.into_iter().map(OrganisationId).collect(),
    ))
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
