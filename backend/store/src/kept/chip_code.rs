//! Codes on chips as rows.

use cards_domain::access::Actor;
use cards_domain::card_task::TaskKind;
use cards_domain::chip_code::{ChipCode, ChipCodeFacts, ChipCodeRequest};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, ChipCodeId, PersonId};
use cards_domain::puk_letter::{LetterReason, PukLetterStage};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::around::Around;
use super::card_task::TaskTrace;
use super::{Kept, KeptBegin, guard_table, in_order};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::chip_code;
use crate::tx::Tx;

#[derive(Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = chip_code)]
pub(crate) struct ChipCodeRow {
    id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    name: String,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for ChipCodeRow {
    const TABLE: &'static str = "chip_code";
    const CHANGES: &'static [&'static str] = &["stage", "since"];
}

impl From<&ChipCode> for ChipCodeRow {
    fn from(thing: &ChipCode) -> Self {
        Self {
            id: thing.id.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            name: <&str>::from(thing.name).to_owned(),
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        }
    }
}

impl TryFrom<ChipCodeRow> for ChipCode {
    type Error = StoreError;

    fn try_from(row: ChipCodeRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("chip_code", what);
        Ok(Self {
            id: ChipCodeId(row.id),
            card: CardId(row.card_id),
            person: PersonId(row.person_id),
            name: row.name.parse().map_err(bad("name"))?,
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
        })
    }
}

impl Kept for ChipCode {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "chip_code", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        if let Some(known) = tx.memory.codes(ids) {
            return Ok(known);
        }
        let rows: Vec<ChipCodeRow> = chip_code::table
            .filter(chip_code::id.eq_any(ids))
            .select(ChipCodeRow::as_select())
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
    ) -> Result<Vec<ChipCodeFacts>, StoreError> {
        tx.see_cards(things.iter().map(|thing| thing.card))?;
        things
            .iter()
            .map(|thing| {
                let around = tx.around_known(thing.card)?;
                let mut locked = around.sheet.parts.locked_pins();
                let locked_beside = locked.find(|code| code.id != thing.id);
                Ok(ChipCodeFacts {
                    locked_beside: locked_beside.map(|code| code.id),
                    ..code_facts(around)
                })
            })
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(ChipCodeRow::from).collect();
        rows::save(tx.conn, &rows)?;
        tx.memory.codes_changed(things);
        Ok(())
    }
}

impl KeptBegin for ChipCode {
    fn holder(request: &ChipCodeRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[ChipCodeRequest],
        _: &DeadlineLengths,
    ) -> Result<Vec<Option<ChipCodeFacts>>, StoreError> {
        tx.see_cards(requests.iter().map(|request| request.card))?;
        Ok(requests
            .iter()
            .map(|request| tx.around(request.card).map(code_facts))
            .collect())
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows: Vec<_> = things.iter().map(ChipCodeRow::from).collect();
        rows::insert(tx.conn, &rows)?;
        tx.memory.codes_changed(things);
        Ok(())
    }
}

fn code_facts(around: &Around) -> ChipCodeFacts {
    let sheet = &around.sheet;
    let card = &sheet.card;
    // One that was asked for because the card was locked, and has not been sent.
    let mut letters = sheet.parts.letters.iter();
    let locked_letter = letters.find(|letter| {
        letter.reason == LetterReason::Locked
            && matches!(
                letter.stage,
                PukLetterStage::Requested | PukLetterStage::Approved
            )
    });
    ChipCodeFacts {
        subject: around.subject(),
        number: around.person.number.clone(),
        card_number: card.number.clone(),
        product_number: card.product_number.clone(),
        valid_to: card.valid_to,
        office: card.office,
        office_name: sheet.office.name.clone(),
        holder_organisations: around.person.organisations.clone(),
        puk_locked: sheet.parts.is_puk_locked(),
        locked_beside: None,
        code_shown: TaskTrace::shown(&around.tasks, TaskKind::UnlockVisit),
        letter: locked_letter.map(|letter| letter.id),
    }
}
