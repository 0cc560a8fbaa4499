//! Letters with a PUK as rows.

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, PersonId, PukLetterId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::puk_letter::{PukLetter, PukLetterFacts, PukLetterRequest};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::around::Around;
use super::{Kept, KeptBegin, guard_table, in_order};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::puk_letter;
use crate::tx::Tx;

#[derive(Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = puk_letter)]
pub(crate) struct PukLetterRow {
    id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    reason: String,
    requested_by: Uuid,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for PukLetterRow {
    const TABLE: &'static str = "puk_letter";
    const CHANGES: &'static [&'static str] = &["stage", "since"];
}

impl From<&PukLetter> for PukLetterRow {
    fn from(thing: &PukLetter) -> Self {
        Self {
            id: thing.id.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            reason: <&str>::from(thing.reason).to_owned(),
            requested_by: thing.requested_by.0,
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        }
    }
}

impl TryFrom<PukLetterRow> for PukLetter {
    type Error = StoreError;

    fn try_from(row: PukLetterRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("puk_letter", what);
        Ok(Self {
            id: PukLetterId(row.id),
            card: CardId(row.card_id),
            person: PersonId(row.person_id),
            reason: row.reason.parse().map_err(bad("reason"))?,
            requested_by: PersonId(row.requested_by),
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
        })
    }
}

impl Kept for PukLetter {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "puk_letter", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        if let Some(known) = tx.memory.letters(ids) {
            return Ok(known);
        }
        let rows: Vec<PukLetterRow> = puk_letter::table
            .filter(puk_letter::id.eq_any(ids))
            .select(PukLetterRow::as_select())
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
        _: &DeadlineLengths,
    ) -> Result<Vec<PukLetterFacts>, StoreError> {
        let asked: Vec<_> = things
            .iter()
            .map(|thing| (thing.card, thing.person))
            .collect();
        letter_facts(tx, &asked)?
            .into_iter()
            .map(|facts| facts.ok_or(unreadable("puk_letter", "card_id")))
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(PukLetterRow::from).collect();
        rows::save(tx.conn, &rows)?;
        tx.memory.letters_changed(things);
        Ok(())
    }
}

impl KeptBegin for PukLetter {
    fn holder(request: &PukLetterRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[PukLetterRequest],
        _: &DeadlineLengths,
    ) -> Result<Vec<Option<PukLetterFacts>>, StoreError> {
        let asked: Vec<_> = requests
            .iter()
            .map(|request| (request.card, request.person))
            .collect();
        letter_facts(tx, &asked)
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(PukLetterRow::from).collect();
        rows::insert(tx.conn, &rows)?;
        tx.memory.letters_changed(things);
        Ok(())
    }
}

/// Whose card it is, the card says: `None` where the request names another person.
fn letter_facts(
    tx: &mut Tx<'_>,
    asked: &[(CardId, PersonId)],
) -> Result<Vec<Option<PukLetterFacts>>, StoreError> {
    tx.see_cards(asked.iter().map(|(card, _)| *card))?;
    asked
        .iter()
        .map(|(card, person)| {
            let around = tx.around(*card);
            around
                .filter(|around| around.sheet.card.person == *person)
                .map(|around| facts(tx, around))
                .transpose()
        })
        .collect()
}

fn facts(tx: &Tx<'_>, around: &Around) -> Result<PukLetterFacts, StoreError> {
    let sheet = &around.sheet;
    Ok(PukLetterFacts {
        subject: around.subject(),
        card: sheet.card.stage(),
        valid_to: sheet.card.valid_to,
        code_delivery: sheet.product.code_delivery,
        open_letter: sheet.parts.open_letter().is_some(),
        puk_locked: sheet.parts.is_puk_locked(),
        register: around.person.register(tx.seal)?,
    })
}
