//! Which entries of a feed are about somebody whose personal data is protected, so that a report
//! does not name them.

use cards_domain::values::PersonNumber;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Text};

use crate::error::StoreError;
use crate::tx::Tx;

/// Whose `place` among the entries is known, by HSA-id or number, former numbers among them.
const KNOWN: &str = "WITH w AS (SELECT * FROM unnest($1, $2) AS u (place, hsa_key)), \
     n AS (SELECT * FROM unnest($3, $4) AS u (place, number_index)) \
     SELECT k.place, bool_or(h.protection <> 'none') AS protected FROM \
       (SELECT w.place, p.person_id FROM w JOIN post AS p ON p.hsa_key = w.hsa_key \
        UNION ALL SELECT n.place, h.id FROM n JOIN person AS h ON h.number_index = n.number_index \
        UNION ALL SELECT n.place, f.person_id FROM n \
          JOIN former_number AS f ON f.number_index = n.number_index) AS k \
     JOIN person AS h ON h.id = k.person_id GROUP BY k.place";

/// What is known of whom an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shielded {
    /// Nobody here has its HSA-ids or its number.
    Unknown,
    /// Somebody with open data.
    No,
    /// Somebody with protected personal data.
    Yes,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Bool)]
    protected: bool,
}

impl Tx<'_> {
    /// What is known of entries, each given by its HSA-ids in upper case and its number; in their
    /// order.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn shielded(
        &mut self,
        entries: &[(Vec<String>, Option<PersonNumber>)],
    ) -> Result<Vec<Shielded>, StoreError> {
        let mut known = vec![Shielded::Unknown; entries.len()];
        if entries.is_empty() {
            return Ok(known);
        }
        let (mut by_id, mut by_number) = ((vec![], vec![]), (vec![], vec![]));
        for (place, (keys, number)) in (0_i64..).zip(entries) {
            for key in keys {
                by_id.0.push(place);
                by_id.1.push(key.as_str());
            }
            if let Some(number) = number {
                by_number.0.push(place);
                by_number.1.push(self.seal.index(number.as_str()));
            }
        }
        let rows: Vec<Row> = diesel::sql_query(KNOWN)
            .bind::<Array<BigInt>, _>(by_id.0)
            .bind::<Array<Text>, _>(by_id.1)
            .bind::<Array<BigInt>, _>(by_number.0)
            .bind::<Array<Binary>, _>(by_number.1)
            .load(self.conn)?;
        for row in rows {
            let place = usize::try_from(row.place).ok();
            if let Some(one) = place.and_then(|place| known.get_mut(place)) {
                *one = if row.protected {
                    Shielded::Yes
                } else {
                    Shielded::No
                };
            }
        }
        Ok(known)
    }
}
