//! Receipts as rows.

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, PersonId, ReceiptId};
use cards_domain::receipt::{Receipt, ReceiptFacts, ReceiptRequest, ReceiptStage};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::{Kept, KeptBegin, guard_table, in_order};
use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::receipt;
use crate::tx::Tx;

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = receipt)]
pub(crate) struct ReceiptRow {
    id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    terms_version: String,
    signature: Option<serde_json::Value>,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for ReceiptRow {
    const TABLE: &'static str = "receipt";
    const CHANGES: &'static [&'static str] = &["signature", "stage", "since"];
}

impl From<&Receipt> for ReceiptRow {
    fn from(thing: &Receipt) -> Self {
        Self {
            id: thing.id.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            terms_version: thing.terms_version.clone(),
            signature: thing
                .signature
                .as_ref()
                .and_then(|s| serde_json::to_value(s).ok()),
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        }
    }
}

impl TryFrom<ReceiptRow> for Receipt {
    type Error = StoreError;

    fn try_from(row: ReceiptRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("receipt", what);
        Ok(Self {
            id: ReceiptId(row.id),
            card: CardId(row.card_id),
            person: PersonId(row.person_id),
            terms_version: row.terms_version,
            signature: row
                .signature
                .map(|signature| {
                    serde_json::from_value(signature)
                        .map_err(|_| unreadable("receipt", "signature"))
                })
                .transpose()?,
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
        })
    }
}

impl Link {
    /// The receipt with which a card was made active. Whose it is must be looked up with a look.
    ///
    /// # Errors
    /// The database cannot be asked, or the row is not what it must be.
    pub fn signed_receipt(&mut self, card: CardId) -> Result<Option<Receipt>, StoreError> {
        self.read(|tx| {
            let row: Option<ReceiptRow> = receipt::table
                .filter(receipt::card_id.eq(card.0))
                .filter(receipt::stage.eq(<&str>::from(ReceiptStage::Signed)))
                .select(ReceiptRow::as_select())
                .first(tx.conn)
                .optional()?;
            row.map(Receipt::try_from).transpose()
        })
    }
}

impl Kept for Receipt {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "receipt", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<ReceiptRow> = receipt::table
            .filter(receipt::id.eq_any(ids))
            .select(ReceiptRow::as_select())
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
    ) -> Result<Vec<ReceiptFacts>, StoreError> {
        let time = Duration::hours(i64::from(lengths.receipt_hours));
        tx.see_cards(things.iter().map(|thing| thing.card))?;
        things
            .iter()
            .map(|thing| {
                Ok(ReceiptFacts {
                    subject: tx.around_known(thing.card)?.subject(),
                    times_out_at: thing.since + time,
                })
            })
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(ReceiptRow::from).collect();
        rows::save(tx.conn, &rows)?;
        tx.memory.receipts_changed(things);
        Ok(())
    }
}

impl KeptBegin for Receipt {
    fn holder(request: &ReceiptRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[ReceiptRequest],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Option<ReceiptFacts>>, StoreError> {
        let times_out_at = tx.now + Duration::hours(i64::from(lengths.receipt_hours));
        tx.see_cards(requests.iter().map(|request| request.card))?;
        Ok(requests
            .iter()
            .map(|request| {
                Some(ReceiptFacts {
                    subject: tx.around(request.card)?.subject(),
                    times_out_at,
                })
            })
            .collect())
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(ReceiptRow::from).collect();
        rows::insert(tx.conn, &rows)?;
        tx.memory.receipts_changed(things);
        Ok(())
    }
}
