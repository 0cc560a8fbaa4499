//! Photos around the photo of an order: what waits for the officer's eyes, and the orders whose
//! photos were approved at the same office at about the same time.

use cards_domain::access::Scope;
use cards_domain::ids::{OrderId, OrganisationId, PersonId, PhotoId};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::kept::people::IdentityRow;
use crate::schema::{card_order, person, photo};

/// More are not looked through by hand.
const MOST: i64 = 200;

/// An order beside another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearOrder {
    /// Which.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// For whom.
    pub person: PersonId,
    /// The name; `None` for a protected person.
    pub name: Option<String>,
    /// When its photo was approved.
    pub approved_at: DateTime<Utc>,
    /// It has the very same photo.
    pub same_photo: bool,
}

/// The orders beside another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Those in scope, in the order in which their photos were approved.
    pub orders: Vec<NearOrder>,
    /// How many others there are.
    pub others: usize,
}

type Near = (Uuid, String, Uuid, Uuid, DateTime<Utc>, IdentityRow);

impl Link {
    /// The newest photo of an order that nobody has approved or rejected.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn undecided_photo(&mut self, order: OrderId) -> Result<Option<PhotoId>, StoreError> {
        let id: Option<Uuid> = photo::table
            .filter(photo::order_id.eq(order.0))
            .filter(photo::stage.eq("captured"))
            .order(photo::since.desc())
            .select(photo::id)
            .first(&mut self.conn)
            .optional()?;
        Ok(id.map(PhotoId))
    }

    /// The other orders whose photos were approved at the same office within `reach` before or
    /// after the photo of `order`, and those that have the same photo whenever.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn neighbours_of(
        &mut self,
        scope: &Scope,
        order: OrderId,
        reach: Duration,
    ) -> Result<Neighbours, StoreError> {
        let own: Option<(Uuid, Uuid, DateTime<Utc>)> = card_order::table
            .inner_join(photo::table.on(photo::id.nullable().eq(card_order::photo_id)))
            .filter(card_order::id.eq(order.0))
            .select((photo::id, photo::office_id, photo::since))
            .first(&mut self.conn)
            .optional()?;
        let Some((own, office, at)) = own else {
            return Ok(Neighbours::default());
        };
        let about_then = photo::office_id
            .eq(office)
            .and(photo::since.between(at - reach, at + reach));
        let rows: Vec<Near> = card_order::table
            .inner_join(photo::table.on(photo::id.nullable().eq(card_order::photo_id)))
            .inner_join(person::table.on(person::id.eq(card_order::person_id)))
            .filter(card_order::id.ne(order.0))
            .filter(photo::id.eq(own).or(about_then))
            .order((photo::since, card_order::id))
            .limit(MOST)
            .select((
                card_order::id,
                card_order::number,
                card_order::organisation_id,
                photo::id,
                photo::since,
                IdentityRow::as_select(),
            ))
            .load(&mut self.conn)?;
        let mut found = Neighbours::default();
        for row in rows {
            match self.neighbour(scope, own, row)? {
                Some(near) => found.orders.push(near),
                None => found.others += 1,
            }
        }
        Ok(found)
    }

    fn neighbour(
        &self,
        scope: &Scope,
        own: Uuid,
        (order, number, organisation, photo, approved_at, row): Near,
    ) -> Result<Option<NearOrder>, StoreError> {
        let identity = row.read(self.seal())?;
        let is_protected = identity.protection.is_protected();
        let in_branch = scope
            .organisations()
            .contains(&OrganisationId(organisation));
        if !in_branch || (is_protected && !scope.protected_too()) {
            return Ok(None);
        }
        Ok(Some(NearOrder {
            order: OrderId(order),
            number,
            person: PersonId(row.id),
            name: (!is_protected).then(|| identity.name.full()),
            approved_at,
            same_photo: photo == own,
        }))
    }
}
