//! Orders as rows, and what the rules of an order ask for.

mod facts;
mod placed;

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{
    CardId, DeliveryId, OfficeId, OrderId, OrganisationId, PersonId, PhotoId, ProductId,
};
use cards_domain::order::{Order, OrderFacts, OrderRequest, OrderStage};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::{Kept, KeptBegin, guard_table};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row, bytea};
use crate::schema::card_order;
use crate::seal::Seal;
use crate::tx::Tx;
use facts::{Asked, order_facts};
pub use placed::OrderSheet;
pub(crate) use placed::Placed;

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
    photo_id: Option<Uuid>,
    photo_on: Option<NaiveDate>,
    submitted_on: Option<NaiveDate>,
    #[serde(serialize_with = "bytea")]
    recipient: Vec<u8>,
    replaces: Option<Uuid>,
    card_id: Option<Uuid>,
    delivery_id: Option<Uuid>,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for OrderRow {
    const TABLE: &'static str = "card_order";
    const CHANGES: &'static [&'static str] = &[
        "office_id",
        "photographed_by",
        "photo_id",
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
            photo_id: thing.photo.map(|photo| photo.0),
            photo_on: thing.photo_on,
            submitted_on: thing.submitted_on,
            recipient: tx
                .seal
                .close(tx.entropy, "card_order.recipient", &thing.recipient)?,
            replaces: thing.replaces.map(|order| order.0),
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
            photo: self.photo_id.map(PhotoId),
            photo_on: self.photo_on,
            submitted_on: self.submitted_on,
            recipient: seal.open("card_order.recipient", &self.recipient)?,
            replaces: self.replaces.map(OrderId),
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
        tx.see_orders(ids.iter().copied().map(OrderId))?;
        let known = ids.iter().filter_map(|id| tx.placed(OrderId(*id)));
        Ok(known.map(|placed| placed.sheet.order.clone()).collect())
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
                order: Some(thing.id),
                awaits_photo: thing.stage == OrderStage::AwaitingPhoto
                    || (thing.replaces.is_some()
                        && matches!(
                            thing.stage,
                            OrderStage::Draft | OrderStage::AwaitingPrerequisites
                        )),
                is_draft: thing.stage == OrderStage::Draft,
                replaces: None,
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
        rows::save(tx.conn, &rows)?;
        tx.memory.orders_changed(things);
        Ok(())
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
                order: None,
                awaits_photo: false,
                is_draft: false,
                replaces: request.replaces.map(|replacement| replacement.order),
            })
            .collect::<Vec<_>>();
        order_facts(tx, &asked, lengths)
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(|thing| OrderRow::of(tx, thing))
            .collect::<Result<Vec<_>, _>>()?;
        rows::insert(tx.conn, &rows)?;
        tx.memory.orders_added(things);
        Ok(())
    }
}
