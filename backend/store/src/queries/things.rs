//! What people call the things that the log knows by id: a card by the end of its number, an order by
//! its number.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    card: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    card_order: Option<String>,
}

/// Each of the ids `$1` as card or order; what belongs to a card by that card.
const NAMED: &str = "\
    SELECT s.id, right(c.number, 4) AS card, o.number AS card_order \
    FROM unnest($1) AS s(id) \
    LEFT JOIN LATERAL ( \
        SELECT id AS card_id FROM card WHERE id = s.id \
        UNION ALL SELECT card_id FROM receipt WHERE id = s.id \
        UNION ALL SELECT card_id FROM chip_code WHERE id = s.id \
        UNION ALL SELECT card_id FROM delivery WHERE id = s.id \
        UNION ALL SELECT card_id FROM certificate WHERE id = s.id \
        UNION ALL SELECT card_id FROM card_task WHERE id = s.id \
        UNION ALL SELECT card_id FROM puk_letter WHERE id = s.id \
        UNION ALL SELECT card_id FROM revocation WHERE id = s.id) AS k ON true \
    LEFT JOIN card AS c ON c.id = k.card_id \
    LEFT JOIN card_order AS o ON o.id = s.id";

/// What something is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThingName {
    /// The last four digits of a card's number.
    Card(String),
    /// An order's number.
    Order(String),
}

impl Link {
    /// The names of cards, of what belongs to a card, and of orders; what has none is left out. One
    /// statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn names_of_things(
        &mut self,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, ThingName>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<Row> = diesel::sql_query(NAMED)
            .bind::<Array<SqlUuid>, _>(ids)
            .load(&mut self.conn)?;
        let named = rows.into_iter().filter_map(|row| {
            let card = row.card.map(ThingName::Card);
            Some((row.id, card.or(row.card_order.map(ThingName::Order))?))
        });
        Ok(named.collect())
    }
}
