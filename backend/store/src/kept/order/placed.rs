//! Orders with what stands around them: asked for by their rules and shown on their pages. One
//! statement reads all of it.

use cards_domain::calendar;
use cards_domain::ids::{OrderId, PersonId};
use cards_domain::order::{Order, Sending};
use cards_domain::product::Product;
use cards_domain::values::CardNumber;
use diesel::pg::Pg;
use diesel::prelude::*;
use uuid::Uuid;

use super::super::around::Wanted;
use super::super::people::{IdentityRow, live_organisations};
use super::OrderRow;
use crate::directory::AnswerRow;
use crate::error::{StoreError, unreadable};
use crate::plain::{Office, OfficeRow, ProductRow};
use crate::schema::{
    card, card_order, delivery, office, organisation, person, product, register_answer,
};
use crate::tx::Tx;

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

/// An order and its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub sheet: OrderSheet,
    pub sending: Option<Sending>,
    pub card_number: Option<CardNumber>,
    /// The organisation owes an agreement, a form or a payment.
    pub owes: bool,
}

type Joined = (
    OrderRow,
    ProductRow,
    OfficeRow,
    (String, String, Uuid, bool),
    IdentityRow,
    Option<AnswerRow>,
    Vec<Uuid>,
    Option<(String, Option<String>)>,
    Option<String>,
);

impl Tx<'_> {
    /// Reads what stands around those of the orders that are not known yet.
    pub(crate) fn see_orders(
        &mut self,
        orders: impl IntoIterator<Item = OrderId>,
    ) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = orders
            .into_iter()
            .filter(|order| !self.memory.orders.contains_key(order))
            .map(|order| order.0)
            .collect();
        if ids.is_empty() {
            return Ok(());
        }
        self.read_orders(Wanted::Ids(ids))
    }

    /// Reads every order of those of the persons for whom that has not been done.
    pub(crate) fn see_orders_of(
        &mut self,
        people: impl IntoIterator<Item = PersonId>,
    ) -> Result<(), StoreError> {
        let missing: Vec<PersonId> = people
            .into_iter()
            .filter(|person| !self.memory.every_order_of.contains(person))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        self.read_orders(Wanted::Of(missing.clone()))?;
        self.memory.every_order_of.extend(missing);
        Ok(())
    }

    /// What stands around each of the orders of a person that have been read, newest first.
    pub(crate) fn orders_read_of(&self, person: PersonId) -> Vec<&Placed> {
        let orders = self.memory.orders.values();
        let mut own: Vec<_> = orders
            .filter(|placed| placed.sheet.order.person == person)
            .collect();
        own.sort_by_key(|placed| std::cmp::Reverse(placed.sheet.order.id));
        own
    }

    /// What stands around an order, once it has been read.
    pub(crate) fn placed(&self, order: OrderId) -> Option<&Placed> {
        self.memory.orders.get(&order)
    }

    fn read_orders(&mut self, wanted: Wanted) -> Result<(), StoreError> {
        let today = calendar::business_day(self.now);
        let mut query = card_order::table
            .inner_join(product::table.on(product::id.eq(card_order::product_id)))
            .inner_join(office::table.on(office::id.eq(card_order::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card_order::organisation_id)))
            .inner_join(person::table.on(person::id.eq(card_order::person_id)))
            .left_join(register_answer::table.on(register_answer::person_id.eq(person::id)))
            .left_join(delivery::table.on(delivery::id.nullable().eq(card_order::delivery_id)))
            .left_join(card::table.on(card::id.nullable().eq(card_order::card_id)))
            .select((
                OrderRow::as_select(),
                ProductRow::as_select(),
                OfficeRow::as_select(),
                (
                    organisation::name,
                    organisation::activation_place,
                    organisation::issuer_id,
                    organisation::prerequisites_missing,
                ),
                IdentityRow::as_select(),
                Option::<AnswerRow>::as_select(),
                live_organisations(today),
                (delivery::stage, delivery::rek_id).nullable(),
                card::number.nullable(),
            ))
            .into_boxed::<Pg>();
        query = match wanted {
            Wanted::Ids(ids) => query.filter(card_order::id.eq_any(ids)),
            Wanted::Of(people) => {
                let people = people.into_iter().map(|person| person.0);
                query.filter(card_order::person_id.eq_any(people))
            }
        };
        let rows: Vec<Joined> = query.load(self.conn)?;
        rows.into_iter().try_for_each(|row| self.take_in_order(row))
    }

    fn take_in_order(&mut self, row: Joined) -> Result<(), StoreError> {
        let (order, product, office, policy, who, answer, live, sending, card_number) = row;
        let (organisation_name, place, issuer, owes) = policy;
        let order = order.read(self.seal)?;
        self.memory
            .keep_policy(order.organisation, &place, issuer)?;
        self.keep_person((who, answer, live))?;
        let placed = Placed {
            sending: sending.map(read_sending).transpose()?,
            card_number: card_number
                .map(|number| number.parse())
                .transpose()
                .map_err(|_| unreadable("card", "number"))?,
            owes,
            sheet: OrderSheet {
                product: self.memory.keep_product(product)?,
                office: self.memory.keep_office(office)?,
                organisation_name,
                order,
            },
        };
        self.memory.orders.insert(placed.sheet.order.id, placed);
        Ok(())
    }
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
