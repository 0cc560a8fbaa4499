//! Cards of older products. No page orders them any more, so they are made of newer ones.

use cards_domain::card::Card;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};

use crate::World;

impl World {
    /// The card, made one of the product with this number, SIS-marked or not. An empty number is
    /// a card without product number.
    ///
    /// # Panics
    /// There is no such product.
    #[must_use]
    pub fn made_older(&self, card: &Card, number: &str, is_sis_marked: bool) -> Card {
        let product = if number.is_empty() { "512" } else { number };
        let mut conn = self.database.connect();
        // The database takes no change that stands in no log.
        diesel::sql_query("SET session_replication_role = replica")
            .execute(&mut conn)
            .unwrap();
        let marked = diesel::sql_query("UPDATE product SET sis_marked = $2 WHERE number = $1")
            .bind::<Text, _>(product)
            .bind::<Bool, _>(is_sis_marked)
            .execute(&mut conn);
        assert_eq!(marked, Ok(1), "no product {product}");
        diesel::sql_query(
            "UPDATE card SET product_number = nullif($2, ''), \
               product_id = (SELECT id FROM product WHERE number = $3) WHERE id = $1",
        )
        .bind::<SqlUuid, _>(card.id.0)
        .bind::<Text, _>(number)
        .bind::<Text, _>(product)
        .execute(&mut conn)
        .unwrap();
        self.card(card.id)
    }
}
