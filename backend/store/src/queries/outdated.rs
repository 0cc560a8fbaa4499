//! Orders that went to the manufacturer before the person's name or number was changed: what is
//! printed on their cards may be the old one.

use cards_domain::ids::{OrderId, PersonId};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;

/// An order whose card may be printed with what no longer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// Which.
    pub order: OrderId,
    /// The name was changed after it had been sent.
    pub name: bool,
    /// The number was.
    pub number: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    order_id: Uuid,
    #[diesel(sql_type = Bool)]
    name: bool,
    #[diesel(sql_type = Bool)]
    number: bool,
}

/// The last sending of each order of the person `$1` against every later change.
const LATER_CHANGES: &str = "\
    WITH sent AS ( \
        SELECT subject_id, max(at) AS at FROM journal \
        WHERE person_id = $1 AND kind = 'card_order' AND action = 'send' AND outcome = 'done' \
        GROUP BY subject_id) \
    SELECT sent.subject_id AS order_id, bool_or(c.action = 'change_name') AS name, \
        bool_or(c.action = 'change_number') AS number \
    FROM journal AS c JOIN sent ON sent.at < c.at \
    WHERE c.person_id = $1 AND c.kind = 'person' AND c.outcome = 'done' \
      AND c.action IN ('change_name', 'change_number') \
    GROUP BY sent.subject_id";

impl Link {
    /// The person's orders that were sent before a change of name or number. One statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn sent_before_a_change(&mut self, of: PersonId) -> Result<Vec<Outdated>, StoreError> {
        let rows: Vec<Row> = diesel::sql_query(LATER_CHANGES)
            .bind::<SqlUuid, _>(of.0)
            .load(&mut self.conn)?;
        let rows = rows.into_iter().map(|row| Outdated {
            order: OrderId(row.order_id),
            name: row.name,
            number: row.number,
        });
        Ok(rows.collect())
    }
}
