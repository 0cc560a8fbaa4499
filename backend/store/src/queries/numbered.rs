//! A card by the number on it, for whoever holds it in the hand or answers a call about it.

use cards_domain::access::Scope;
use cards_domain::card::Card;
use cards_domain::product::Product;
use cards_domain::values::CardNumber;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::kept::card::CardRow;
use crate::plain::{Office, OfficeRow, ProductRow};
use crate::schema::{card, office, organisation, product};

/// A card with product and office, without what lies deeper.
#[derive(Clone, Debug)]
pub struct NumberedCard {
    /// The card.
    pub card: Card,
    /// What it is.
    pub product: Product,
    /// The office at which it is activated.
    pub office: Office,
    /// The issuing organisation's name.
    pub organisation_name: String,
}

impl Link {
    /// The card with this number, if it is in `scope`. One statement. Whose it is must be looked up
    /// with a look.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card_numbered(
        &mut self,
        scope: &Scope,
        number: &CardNumber,
    ) -> Result<Option<NumberedCard>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let mut query = card::table
            .inner_join(product::table.on(product::id.eq(card::product_id)))
            .inner_join(office::table.on(office::id.eq(card::office_id)))
            .inner_join(organisation::table.on(organisation::id.eq(card::organisation_id)))
            .filter(card::number.eq(number.as_str().to_owned()))
            .into_boxed();
        query = match scope.own() {
            Some(own) => query.filter(card::person_id.eq(own.0)),
            None => query.filter(card::organisation_id.eq_any(organisations)),
        };
        let row: Option<(CardRow, ProductRow, OfficeRow, String)> = query
            .select((
                CardRow::as_select(),
                ProductRow::as_select(),
                OfficeRow::as_select(),
                organisation::name,
            ))
            .first(&mut self.conn)
            .optional()?;
        row.map(|(card, product, office, organisation_name)| {
            Ok(NumberedCard {
                card: card.read(self.seal())?,
                product: product.read()?,
                office: office.read()?,
                organisation_name,
            })
        })
        .transpose()
    }
}
