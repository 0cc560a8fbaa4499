//! Deliveries as rows.

use cards_domain::access::Actor;
use cards_domain::calendar;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::delivery::{Delivery, DeliveryFacts, DeliveryRequest};
use cards_domain::ids::{CardId, DeliveryId, OrderId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::around::Around;
use super::{Kept, KeptBegin, guard_table, in_order};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::delivery;
use crate::tx::Tx;

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = delivery)]
pub(crate) struct DeliveryRow {
    id: Uuid,
    order_id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    method: String,
    forwarded: bool,
    rek_id: Option<String>,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for DeliveryRow {
    const TABLE: &'static str = "delivery";
    const CHANGES: &'static [&'static str] = &["rek_id", "stage", "since"];
}

impl From<&Delivery> for DeliveryRow {
    fn from(thing: &Delivery) -> Self {
        Self {
            id: thing.id.0,
            order_id: thing.order.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            method: <&str>::from(thing.method).to_owned(),
            forwarded: thing.forwarded,
            rek_id: thing
                .rek_id
                .as_ref()
                .map(|rek_id| rek_id.as_str().to_owned()),
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        }
    }
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("delivery", what);
        Ok(Self {
            id: DeliveryId(row.id),
            order: OrderId(row.order_id),
            card: CardId(row.card_id),
            person: PersonId(row.person_id),
            method: row.method.parse().map_err(bad("method"))?,
            forwarded: row.forwarded,
            rek_id: row
                .rek_id
                .map(|rek_id| rek_id.parse().map_err(|_| unreadable("delivery", "rek_id")))
                .transpose()?,
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
        })
    }
}

impl Kept for Delivery {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "delivery", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        if let Some(known) = tx.memory.deliveries(ids) {
            return Ok(known);
        }
        let rows: Vec<DeliveryRow> = delivery::table
            .filter(delivery::id.eq_any(ids))
            .select(DeliveryRow::as_select())
            .load(tx.conn)?;
        let things = rows
            .into_iter()
            .map(Self::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(in_order(ids, things, |thing| thing.id.0))
    }

    fn facts(
        tx: &mut Tx<'_>,
        _: &Actor,
        things: &[Self],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<DeliveryFacts>, StoreError> {
        tx.see_cards(things.iter().map(|thing| thing.card))?;
        things
            .iter()
            .map(|thing| Ok(delivery_facts(tx.around_known(thing.card)?, lengths)))
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(DeliveryRow::from).collect();
        rows::save(tx.conn, &rows)?;
        tx.memory.deliveries_changed(things);
        Ok(())
    }
}

impl KeptBegin for Delivery {
    fn holder(request: &DeliveryRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[DeliveryRequest],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Option<DeliveryFacts>>, StoreError> {
        tx.see_cards(requests.iter().map(|request| request.card))?;
        Ok(requests
            .iter()
            .map(|request| Some(delivery_facts(tx.around(request.card)?, lengths)))
            .collect())
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(DeliveryRow::from).collect();
        rows::insert(tx.conn, &rows)?;
        tx.memory.deliveries_changed(things);
        Ok(())
    }
}

fn delivery_facts(around: &Around, lengths: &DeadlineLengths) -> DeliveryFacts {
    DeliveryFacts {
        subject: around.subject(),
        missing_from: around
            .waited_from
            .map(|base| calendar::add_days(base, lengths.undelivered_days)),
    }
}
