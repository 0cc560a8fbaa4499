//! Cases of revocation as rows.

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, OrganisationId, PersonId, RevocationId};
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::revocation::{Revocation, RevocationFacts, RevocationRequest};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::around::Around;
use super::{Kept, KeptBegin, guard_table, in_order};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::revocation;
use crate::tx::Tx;

#[derive(Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = revocation)]
pub(crate) struct RevocationRow {
    id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    organisation_id: Uuid,
    reason: String,
    reporter: String,
    steps: serde_json::Value,
    reported_at: DateTime<Utc>,
    executed_at: Option<DateTime<Utc>>,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for RevocationRow {
    const TABLE: &'static str = "revocation";
    const CHANGES: &'static [&'static str] = &["steps", "executed_at", "stage", "since"];
}

impl RevocationRow {
    fn of(thing: &Revocation) -> Result<Self, StoreError> {
        Ok(Self {
            id: thing.id.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            organisation_id: thing.organisation.0,
            reason: <&str>::from(thing.reason).to_owned(),
            reporter: <&str>::from(thing.reporter).to_owned(),
            steps: serde_json::to_value(&thing.steps)
                .map_err(|_| unreadable("revocation", "steps"))?,
            reported_at: thing.reported_at,
            executed_at: thing.executed_at,
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        })
    }
}

impl TryFrom<RevocationRow> for Revocation {
    type Error = StoreError;

    fn try_from(row: RevocationRow) -> Result<Self, StoreError> {
        let bad = |what| move |_| unreadable("revocation", what);
        Ok(Self {
            id: RevocationId(row.id),
            card: CardId(row.card_id),
            person: PersonId(row.person_id),
            organisation: OrganisationId(row.organisation_id),
            reason: row.reason.parse().map_err(bad("reason"))?,
            reporter: row.reporter.parse().map_err(bad("reporter"))?,
            steps: serde_json::from_value(row.steps)
                .map_err(|_| unreadable("revocation", "steps"))?,
            reported_at: row.reported_at,
            executed_at: row.executed_at,
            stage: row.stage.parse().map_err(bad("stage"))?,
            since: row.since,
            version: row.version,
        })
    }
}

impl Kept for Revocation {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "revocation", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        if let Some(known) = tx.memory.cases(ids) {
            return Ok(known);
        }
        let rows: Vec<RevocationRow> = revocation::table
            .filter(revocation::id.eq_any(ids))
            .select(RevocationRow::as_select())
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
    ) -> Result<Vec<RevocationFacts>, StoreError> {
        let cards: Vec<_> = things.iter().map(|thing| thing.card).collect();
        revocation_facts(tx, &cards)?
            .into_iter()
            .map(|facts| facts.ok_or(unreadable("revocation", "card_id")))
            .collect()
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(RevocationRow::of)
            .collect::<Result<Vec<_>, _>>()?;
        rows::save(tx.conn, &rows)?;
        tx.memory.cases_changed(things);
        Ok(())
    }
}

impl KeptBegin for Revocation {
    fn holder(request: &RevocationRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        _: &Actor,
        requests: &[RevocationRequest],
        _: &DeadlineLengths,
    ) -> Result<Vec<Option<RevocationFacts>>, StoreError> {
        let cards: Vec<_> = requests.iter().map(|request| request.card).collect();
        let facts = revocation_facts(tx, &cards)?;
        // Whose card it is, the card says, and not the request.
        Ok(facts
            .into_iter()
            .zip(requests)
            .map(|(facts, request)| facts.filter(|facts| facts.subject.person == request.person))
            .collect())
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = things
            .iter()
            .map(RevocationRow::of)
            .collect::<Result<Vec<_>, _>>()?;
        rows::insert(tx.conn, &rows)?;
        tx.memory.cases_changed(things);
        Ok(())
    }
}

fn revocation_facts(
    tx: &mut Tx<'_>,
    cards: &[CardId],
) -> Result<Vec<Option<RevocationFacts>>, StoreError> {
    tx.see_cards(cards.iter().copied())?;
    Ok(cards
        .iter()
        .map(|card| tx.around(*card).map(facts))
        .collect())
}

fn facts(around: &Around) -> RevocationFacts {
    let card = &around.sheet.card;
    RevocationFacts {
        subject: around.subject(),
        organisation: card.organisation,
        card: card.stage(),
        card_number: card.number.clone(),
        product_number: card.product_number.clone(),
        product: around.sheet.product.clone(),
        already_reported: around.reported().is_some(),
    }
}
