//! Card tasks as rows.

use cards_domain::access::Actor;
use cards_domain::card::Card;
use cards_domain::card_task::{
    CardTask, CardTaskFacts, CardTaskRequest, Hashed, TaskCause, TaskCodes, TaskKind, TaskOwner,
    TaskStage,
};
use cards_domain::chip_code::{ChipCode, CodeName, VisitCheck};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{CardId, CardTaskId, CertificateId, PairId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::certificate::living;
use super::visit_check::SealedCheck;
use super::{Kept, KeptBegin, guard_table, in_order};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::card_task;
use crate::seal::Seal;
use crate::tx::Tx;

/// The columns' names, to which their contents are bound.
const TEXT: &str = "card_task.text";
const VISIT_CHECK: &str = "card_task.visit_check";

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = card_task)]
pub(crate) struct CardTaskRow {
    id: Uuid,
    card_id: Uuid,
    person_id: Uuid,
    kind: String,
    owner_id: Uuid,
    owner_side: String,
    owner_loa: String,
    language: String,
    pair_id: Option<Uuid>,
    #[serde(serialize_with = "rows::optional_bytea")]
    text: Option<Vec<u8>>,
    #[serde(serialize_with = "rows::optional_bytea")]
    visit_check: Option<Vec<u8>>,
    #[serde(serialize_with = "rows::bytea")]
    challenge: Vec<u8>,
    #[serde(serialize_with = "rows::optional_bytea")]
    code_hash: Option<Vec<u8>>,
    #[serde(serialize_with = "rows::optional_bytea")]
    token_hash: Option<Vec<u8>>,
    code_until: Option<DateTime<Utc>>,
    #[serde(serialize_with = "rows::optional_bytea")]
    secret_hash: Option<Vec<u8>>,
    client: Option<String>,
    offered_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    proved_at: Option<DateTime<Utc>>,
    proved_with: Option<Uuid>,
    answers: i32,
    cause: Option<String>,
    stage: String,
    since: DateTime<Utc>,
    version: i64,
}

impl Row for CardTaskRow {
    const TABLE: &'static str = "card_task";
    const CHANGES: &'static [&'static str] = &[
        "owner_id",
        "owner_side",
        "owner_loa",
        "language",
        "pair_id",
        "text",
        "visit_check",
        "challenge",
        "code_hash",
        "token_hash",
        "code_until",
        "secret_hash",
        "client",
        "expires_at",
        "proved_at",
        "proved_with",
        "answers",
        "cause",
        "stage",
        "since",
    ];
}

impl CardTaskRow {
    fn of(tx: &Tx<'_>, thing: &CardTask) -> Result<Self, StoreError> {
        let text = thing.text.as_ref();
        let text = text.map(|text| tx.seal.close_bytes(tx.entropy, TEXT, text.as_bytes()));
        let check = thing.check.as_ref().map(SealedCheck::from);
        let check = check.map(|check| tx.seal.close(tx.entropy, VISIT_CHECK, &check));
        let codes = thing.codes.as_ref();
        Ok(Self {
            id: thing.id.0,
            card_id: thing.card.0,
            person_id: thing.person.0,
            kind: <&str>::from(thing.kind).to_owned(),
            owner_id: thing.owner.person.0,
            owner_side: <&str>::from(thing.owner.side).to_owned(),
            owner_loa: <&str>::from(thing.owner.loa).to_owned(),
            language: thing.language.clone(),
            pair_id: thing.pair.map(|pair| pair.0),
            text: text.transpose()?,
            visit_check: check.transpose()?,
            challenge: thing.challenge.to_vec(),
            code_hash: codes.map(|codes| codes.code.to_vec()),
            token_hash: codes.map(|codes| codes.token.to_vec()),
            code_until: codes.map(|codes| codes.until),
            secret_hash: thing.secret.map(|secret| secret.0.to_vec()),
            client: thing.client.clone(),
            offered_at: thing.offered_at,
            expires_at: thing.expires_at,
            proved_at: thing.proved_at,
            proved_with: thing.proved_with.map(|certificate| certificate.0),
            answers: i32::from(thing.answers),
            cause: thing.cause.as_ref().map(|cause| cause.as_str().to_owned()),
            stage: <&str>::from(thing.stage).to_owned(),
            since: thing.since,
            version: thing.version,
        })
    }

    pub(crate) fn read(self, seal: &Seal) -> Result<CardTask, StoreError> {
        let bad = |what| move |_| unreadable("card_task", what);
        let text = self.text.map(|text| seal.open_bytes(TEXT, &text));
        let text = text.transpose()?.map(String::from_utf8).transpose();
        let check = self.visit_check.map(|check| seal.open(VISIT_CHECK, &check));
        let check: Option<SealedCheck> = check.transpose()?;
        let codes = match (self.code_hash, self.token_hash, self.code_until) {
            (Some(code), Some(token), Some(until)) => Some(TaskCodes {
                code: hash(code)?,
                token: hash(token)?,
                until,
            }),
            _ => None,
        };
        let cause = self.cause.as_deref().map(TaskCause::parse).transpose();
        Ok(CardTask {
            id: CardTaskId(self.id),
            card: CardId(self.card_id),
            person: PersonId(self.person_id),
            kind: self.kind.parse().map_err(bad("kind"))?,
            owner: TaskOwner {
                person: PersonId(self.owner_id),
                side: self.owner_side.parse().map_err(bad("owner_side"))?,
                loa: self.owner_loa.parse().map_err(bad("owner_loa"))?,
            },
            language: self.language,
            pair: self.pair_id.map(PairId),
            text: text.map_err(|_| unreadable("card_task", "text"))?,
            check: check.map(VisitCheck::from),
            challenge: hash(self.challenge)?,
            codes,
            secret: self.secret_hash.map(hash).transpose()?.map(Hashed),
            client: self.client,
            offered_at: self.offered_at,
            expires_at: self.expires_at,
            proved_at: self.proved_at,
            proved_with: self.proved_with.map(CertificateId),
            answers: u8::try_from(self.answers).map_err(|_| unreadable("card_task", "answers"))?,
            cause: cause.map_err(|_| unreadable("card_task", "cause"))?,
            stage: self.stage.parse().map_err(bad("stage"))?,
            since: self.since,
            version: self.version,
        })
    }
}

fn hash(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    let whole = <[u8; 32]>::try_from(bytes);
    whole.map_err(|_| unreadable("card_task", "a hash"))
}

/// What is read of the tasks of a card with the card itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TaskTrace {
    pub id: Uuid,
    pub kind: String,
    pub stage: String,
    pub proved_at: Option<DateTime<Utc>>,
}

impl From<&CardTask> for TaskTrace {
    fn from(task: &CardTask) -> Self {
        Self {
            id: task.id.0,
            kind: <&str>::from(task.kind).to_owned(),
            stage: <&str>::from(task.stage).to_owned(),
            proved_at: task.proved_at,
        }
    }
}

impl TaskTrace {
    /// The tasks that wait for a card client or are in one.
    pub(crate) fn living(traces: &[Self]) -> Vec<CardTaskId> {
        let live = |trace: &&Self| trace.stage.parse().is_ok_and(TaskStage::is_live);
        let living = traces.iter().filter(live);
        living.map(|trace| CardTaskId(trace.id)).collect()
    }

    /// When a task of the kind last ended with the proof of the card.
    pub(crate) fn shown(traces: &[Self], kind: TaskKind) -> Option<DateTime<Utc>> {
        let (kind, done) = (<&str>::from(kind), <&str>::from(TaskStage::Done));
        let ended = traces.iter();
        let ended = ended.filter(|trace| trace.kind == kind && trace.stage == done);
        ended.filter_map(|trace| trace.proved_at).max()
    }

    /// When the card first proved itself.
    pub(crate) fn first_proof(traces: &[Self]) -> Option<DateTime<Utc>> {
        traces.iter().filter_map(|trace| trace.proved_at).min()
    }
}

impl Kept for CardTask {
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError> {
        guard_table(tx, "card_task", ids)
    }

    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<CardTaskRow> = card_task::table
            .filter(card_task::id.eq_any(ids))
            .select(CardTaskRow::as_select())
            .load(tx.conn)?;
        let things = rows
            .into_iter()
            .map(|row| row.read(tx.seal))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(in_order(ids, things, |thing| thing.id.0))
    }

    fn facts(
        tx: &mut Tx<'_>,
        by: &Actor,
        things: &[Self],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<CardTaskFacts>, StoreError> {
        let cards: Vec<CardId> = things.iter().map(|thing| thing.card).collect();
        let facts = facts_of(tx, by, &cards, lengths)?;
        let all = facts.into_iter().collect::<Option<Vec<_>>>();
        all.ok_or(unreadable("card_task", "card_id"))
    }

    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = rows_of(tx, things)?;
        rows::save(tx.conn, &rows)?;
        tx.memory.tasks_changed(things);
        Ok(())
    }
}

impl KeptBegin for CardTask {
    fn holder(request: &CardTaskRequest) -> PersonId {
        request.person
    }

    fn facts_to_begin(
        tx: &mut Tx<'_>,
        by: &Actor,
        requests: &[CardTaskRequest],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Option<CardTaskFacts>>, StoreError> {
        let cards: Vec<CardId> = requests.iter().map(|request| request.card).collect();
        let facts = facts_of(tx, by, &cards, lengths)?;
        let own = facts.into_iter().zip(requests);
        // A card of somebody else is no card for this request.
        let own =
            own.map(|(facts, request)| facts.filter(|facts| facts.card.person == request.person));
        Ok(own.collect())
    }

    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError> {
        let rows = rows_of(tx, things)?;
        rows::insert(tx.conn, &rows)?;
        tx.memory.tasks_changed(things);
        Ok(())
    }
}

fn rows_of(tx: &Tx<'_>, things: &[CardTask]) -> Result<Vec<CardTaskRow>, StoreError> {
    things
        .iter()
        .map(|thing| CardTaskRow::of(tx, thing))
        .collect()
}

/// What the rules of tasks are told about each of the cards; `None` for one that is not there.
///
/// # Errors
/// The database cannot be asked, or a row is not what it must be.
pub fn facts_of(
    tx: &mut Tx<'_>,
    by: &Actor,
    cards: &[CardId],
    lengths: &DeadlineLengths,
) -> Result<Vec<Option<CardTaskFacts>>, StoreError> {
    tx.see_cards(cards.iter().copied())?;
    let mut all = Vec::with_capacity(cards.len());
    for id in cards {
        let Some(around) = tx.around(*id) else {
            all.push(None);
            continue;
        };
        let card = around.sheet.card.clone();
        let code = around.sheet.parts.pin_to_open().cloned();
        let signing_code = around.sheet.parts.code(CodeName::Pin2);
        let signing_code = signing_code.map(|code| (code.id, code.stage));
        let certificates = living(around).cloned().collect();
        let registered = TaskTrace::first_proof(&around.tasks).is_some();
        let about_card = Card::facts(tx, by, std::slice::from_ref(&card), lengths)?;
        let about_code = ChipCode::facts(tx, by, code.as_slice(), lengths)?;
        let about_card = about_card.into_iter().next();
        all.push(about_card.map(|about_card| CardTaskFacts {
            card,
            about_card,
            code: code.zip(about_code.into_iter().next()),
            signing_code,
            certificates,
            registered,
        }));
    }
    Ok(all)
}
