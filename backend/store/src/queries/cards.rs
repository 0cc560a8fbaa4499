//! Cards and orders with what stands around them.

use std::collections::HashMap;

use cards_domain::access::Scope;
use cards_domain::card::Card;
use cards_domain::delivery::Delivery;
use cards_domain::ids::{CardId, OrderId, OrganisationId, PersonId, ReceiptId};
use cards_domain::order::Order;
use cards_domain::product::Product;
use diesel::pg::Pg;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::kept::card::CardRow;
use crate::kept::delivery::DeliveryRow;
use crate::kept::order::OrderRow;
use crate::plain::{Office, OfficeRow, ProductRow};
use crate::schema::{card, card_order, delivery, office, organisation, product, receipt};

/// A card with product, office, order and sending.
#[derive(Clone, Debug)]
pub struct CardSheet {
    /// The card.
    pub card: Card,
    /// What it is.
    pub product: Product,
    /// The office at which it is activated.
    pub office: Office,
    /// The issuing organisation's name.
    pub organisation_name: String,
    /// The number of the order it was made for.
    pub order_number: String,
    /// Its sending.
    pub delivery: Option<Delivery>,
    /// The receipt that waits for a signature.
    pub receipt: Option<ReceiptId>,
}

/// An order with product and office.
#[derive(Clone, Debug)]
pub struct OrderSheet {
    /// The order.
    pub order: Order,
    /// What is ordered.
    pub product: Product,
    /// The office at which the card will be activated.
    pub office: Office,
    /// The ordering organisation's name.
    pub organisation_name: String,
}

type CardQuery<'a> = card::BoxedQuery<'a, Pg>;

impl Link {
    /// A person's cards that are in `scope`, newest first, and how many others there are.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn cards_of(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<(Vec<CardSheet>, usize), StoreError> {
        let sheets = self.card_sheets(&|query| query.filter(card::person_id.eq(person.0)))?;
        let (mine, others): (Vec<_>, Vec<_>) = sheets
            .into_iter()
            .partition(|sheet| in_scope(scope, person, sheet.card.organisation));
        Ok((mine, others.len()))
    }

    /// One card, if it is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card(&mut self, scope: &Scope, id: CardId) -> Result<Option<CardSheet>, StoreError> {
        let sheet = self.card_for_errand(id)?;
        Ok(sheet.filter(|sheet| in_scope(scope, sheet.card.person, sheet.card.organisation)))
    }

    /// One card for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card_for_errand(&mut self, id: CardId) -> Result<Option<CardSheet>, StoreError> {
        Ok(self
            .card_sheets(&|query| query.filter(card::id.eq(id.0)))?
            .pop())
    }

    fn card_sheets(
        &mut self,
        which: &dyn for<'a> Fn(CardQuery<'a>) -> CardQuery<'a>,
    ) -> Result<Vec<CardSheet>, StoreError> {
        let rows: Vec<CardRow> = which(card::table.into_boxed())
            .order(card::id.desc())
            .select(CardRow::as_select())
            .load(&mut self.conn)?;
        let cards = rows
            .into_iter()
            .map(|row| row.read(self.seal()))
            .collect::<Result<Vec<_>, _>>()?;
        let mut around = self.around(&cards)?;
        Ok(cards
            .into_iter()
            .filter_map(|card| {
                let (product, office, organisation_name, order_number, delivery, receipt) =
                    around.remove(&card.id)?;
                Some(CardSheet {
                    card,
                    product,
                    office,
                    organisation_name,
                    order_number,
                    delivery,
                    receipt,
                })
            })
            .collect())
    }

    /// What stands around each card, in one statement.
    fn around(&mut self, cards: &[Card]) -> Result<HashMap<CardId, Around>, StoreError> {
        let ids: Vec<Uuid> = cards.iter().map(|card| card.id.0).collect();
        let rows: Vec<AroundRow> = card::table
            .inner_join(product::table.on(product::id.eq(card::product_id)))
            .inner_join(office::table.on(office::id.eq(card::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card::organisation_id)))
            .inner_join(card_order::table.on(card_order::id.eq(card::order_id)))
            .left_join(delivery::table.on(delivery::card_id.eq(card::id)))
            .left_join(
                receipt::table.on(receipt::card_id
                    .eq(card::id)
                    .and(receipt::stage.eq("pending"))),
            )
            .filter(card::id.eq_any(ids))
            .select((
                card::id,
                ProductRow::as_select(),
                OfficeRow::as_select(),
                organisation::name,
                card_order::number,
                Option::<DeliveryRow>::as_select(),
                receipt::id.nullable(),
            ))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(
                |(card, product, office, organisation, number, delivery, receipt)| {
                    let delivery = delivery.map(Delivery::try_from).transpose()?;
                    let around = (
                        product.read()?,
                        office.read()?,
                        organisation,
                        number,
                        delivery,
                        receipt.map(ReceiptId),
                    );
                    Ok((CardId(card), around))
                },
            )
            .collect()
    }

    /// A person's orders that are in `scope`, newest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn orders_of(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<Vec<OrderSheet>, StoreError> {
        let sheets = self.order_sheets(
            card_order::table
                .filter(card_order::person_id.eq(person.0))
                .into_boxed(),
        )?;
        Ok(sheets
            .into_iter()
            .filter(|sheet| in_scope(scope, person, sheet.order.organisation))
            .collect())
    }

    /// One order, if it is in `scope`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn order(&mut self, scope: &Scope, id: OrderId) -> Result<Option<OrderSheet>, StoreError> {
        let sheet = self.order_for_errand(id)?;
        Ok(sheet.filter(|sheet| in_scope(scope, sheet.order.person, sheet.order.organisation)))
    }

    /// One order for the system's own errands, which have no scope.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn order_for_errand(&mut self, id: OrderId) -> Result<Option<OrderSheet>, StoreError> {
        let query = card_order::table
            .filter(card_order::id.eq(id.0))
            .into_boxed();
        Ok(self.order_sheets(query)?.pop())
    }

    fn order_sheets(
        &mut self,
        query: card_order::BoxedQuery<'_, Pg>,
    ) -> Result<Vec<OrderSheet>, StoreError> {
        let rows: Vec<OrderRow> = query
            .order(card_order::id.desc())
            .select(OrderRow::as_select())
            .load(&mut self.conn)?;
        let orders = rows
            .into_iter()
            .map(|row| row.read(self.seal()))
            .collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<Uuid> = orders.iter().map(|order| order.id.0).collect();
        let around: Vec<(Uuid, ProductRow, OfficeRow, String)> = card_order::table
            .inner_join(product::table.on(product::id.eq(card_order::product_id)))
            .inner_join(office::table.on(office::id.eq(card_order::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card_order::organisation_id)))
            .filter(card_order::id.eq_any(ids))
            .select((
                card_order::id,
                ProductRow::as_select(),
                OfficeRow::as_select(),
                organisation::name,
            ))
            .load(&mut self.conn)?;
        let mut around: HashMap<Uuid, _> = around
            .into_iter()
            .map(|(id, product, office, name)| (id, (product, office, name)))
            .collect();
        orders
            .into_iter()
            .filter_map(|order| around.remove(&order.id.0).map(|parts| (order, parts)))
            .map(|(order, (product, office, organisation_name))| {
                let (product, office) = (product.read()?, office.read()?);
                Ok(OrderSheet {
                    order,
                    product,
                    office,
                    organisation_name,
                })
            })
            .collect()
    }
}

type Around = (
    Product,
    Office,
    String,
    String,
    Option<Delivery>,
    Option<ReceiptId>,
);
type AroundRow = (
    Uuid,
    ProductRow,
    OfficeRow,
    String,
    String,
    Option<DeliveryRow>,
    Option<Uuid>,
);

fn in_scope(scope: &Scope, person: PersonId, organisation: OrganisationId) -> bool {
    match scope.own() {
        Some(own) => own == person,
        None => scope.organisations().contains(&organisation),
    }
}
