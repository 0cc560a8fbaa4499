//! Lines in the log: one that stands for each batch, and what happened last to each card. Made as
//! the store makes them, leaf hash included.

use cards_domain::card::CardEvent;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Scene;
use super::kind;
use super::rows::{Batch, LineRow};
use super::sealed::{random, sha256};

/// The line without which the database takes no change.
pub fn of_batch(scene: &Scene, first: u32, batch: &Batch) -> LineRow {
    let event = json!({ "persons": batch.persons.len(), "cards": batch.cards.len() });
    of_operator(scene, super::id(kind::BATCH_LINE, first), event)
}

/// A line of the operator's about many things at once.
pub fn of_operator(scene: &Scene, line_id: Uuid, event: Value) -> LineRow {
    let mut row = empty(line_id, scene.now, &event);
    (row.actor_kind, row.actor_system) = ("system", Some("operator"));
    row.event = Some(event);
    finished(row)
}

/// What an officer did to a card last.
pub struct Done<'a> {
    /// The line's id.
    pub line_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The officer and the office.
    pub by: (Uuid, Uuid),
    /// The card, its holder and its organisation.
    pub card: (Uuid, Uuid, Uuid),
    /// What was done, from which stage to which.
    pub action: (&'static str, &'static str, &'static str),
    /// What happened.
    pub event: &'a CardEvent,
    /// The holder has protected personal data.
    pub is_protected: bool,
}

/// A line about a card.
pub fn of_card(scene: &Scene, done: &Done<'_>) -> LineRow {
    let event = serde_json::to_value(done.event).unwrap();
    let mut row = empty(done.line_id, done.at, &event);
    let (action, from, to) = done.action;
    let (card, person, organisation) = done.card;
    (row.channel, row.kind, row.action) = ("id_admin", "card", action);
    row.actor_person = Some(done.by.0);
    row.office_id = Some(done.by.1);
    row.subject_id = Some(card);
    row.person_id = Some(person);
    row.organisation_id = Some(organisation);
    (row.from_stage, row.to_stage) = (Some(from), Some(to));
    if done.is_protected {
        row.sealed = Some(scene.seal.close("journal.sealed", &event));
    } else {
        row.event = Some(event);
    }
    finished(row)
}

fn empty(line_id: Uuid, at: DateTime<Utc>, event: &Value) -> LineRow {
    let salt: [u8; 16] = random();
    LineRow {
        line_id,
        at,
        schema_version: cards_store::journal::SCHEMA_VERSION,
        channel: "command_line",
        actor_kind: "officer",
        actor_person: None,
        actor_system: None,
        office_id: None,
        kind: "batch",
        action: "seed",
        subject_id: None,
        person_id: None,
        organisation_id: None,
        from_stage: None,
        to_stage: None,
        outcome: "done",
        event: None,
        sealed: None,
        commitment: sha256(&[&salt, event.to_string().as_bytes()]),
        salt: Some(salt.to_vec()),
        leaf_hash: Vec::new(),
        correlation: "SEED-01".to_owned(),
    }
}

/// The line with the hash of its canonical text.
fn finished(mut row: LineRow) -> LineRow {
    let hex: String = row.commitment.iter().map(|b| format!("{b:02x}")).collect();
    let canonical = json!({
        "v": row.schema_version,
        "line": row.line_id,
        "at": row.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        "channel": row.channel,
        "actor_kind": row.actor_kind,
        "actor_person": row.actor_person,
        "actor_client": null,
        "actor_system": row.actor_system,
        "office": row.office_id,
        "kind": row.kind,
        "action": row.action,
        "subject": row.subject_id,
        "person": row.person_id,
        "organisation": row.organisation_id,
        "from": row.from_stage,
        "to": row.to_stage,
        "outcome": row.outcome,
        "commitment": hex,
        "correlation": row.correlation,
        "caused_by": null,
    });
    row.leaf_hash = sha256(&[&[0], canonical.to_string().as_bytes()]);
    row
}
