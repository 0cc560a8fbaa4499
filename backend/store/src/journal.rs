//! Writing and reading the log.
//!
//! A line's leaf hash is `SHA-256(0x00 || canonical text)` as in RFC 6962. The canonical text is
//! the JSON object of the line's open fields with sorted keys and without spaces; what happened
//! (`event`) enters only through `commitment = SHA-256(salt || event)`, so that the event and its
//! salt can lawfully be erased while the proof stays whole.

use cards_domain::access::Actor;
use cards_domain::ids::{OfficeId, OrganisationId, PersonId};
use chrono::{DateTime, SecondsFormat, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Jsonb, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::ports::Entropy;
use crate::prepared::Part;
use crate::rows;
use crate::schema::journal;
use crate::seal::{Seal, sha256};
use crate::tx::Tx;

mod look;

pub(crate) use look::Looking;

/// The shape of `event` and of the canonical text.
pub const SCHEMA_VERSION: i32 = 1;
const SALT_LEN: usize = 16;

/// Through which door somebody acted.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The officers' portal.
    IdAdmin,
    /// The holders' portal.
    MinaSidor,
    /// The servicedesk's pages.
    Servicedesk,
    /// The JSON API.
    Api,
    /// A command on the server.
    CommandLine,
    /// Errands and nightly runs.
    Work,
    /// A card client, in the name of whoever offered its task.
    CardClient,
}

/// A line to be written.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its own id, made by the caller so that others can refer to it.
    pub line_id: Uuid,
    /// Through which door.
    pub channel: Channel,
    /// Who.
    pub actor: Actor,
    /// The kind of the thing it is about, or `batch`, `person`, `search` and the like.
    pub kind: &'static str,
    /// What was done.
    pub action: String,
    /// The thing.
    pub subject: Option<Uuid>,
    /// Whose thing.
    pub person: Option<PersonId>,
    /// In which organisation.
    pub organisation: Option<OrganisationId>,
    /// The stage before.
    pub from_stage: Option<String>,
    /// The stage after.
    pub to_stage: Option<String>,
    /// `done`, or the code of the refusal.
    pub outcome: String,
    /// What happened. Hidden when the person is protected.
    pub event: Value,
    /// The person has protected personal data.
    pub protected: bool,
    /// The code that error pages show.
    pub correlation: String,
    /// The line whose consequence this is.
    pub caused_by: Option<Uuid>,
}

/// A JSON null in a row would be no event at all.
const ADD: &str = "INSERT INTO journal (line_id, at, schema_version, channel, actor_kind, \
    actor_person, actor_client, actor_system, office_id, kind, action, subject_id, person_id, \
    organisation_id, from_stage, to_stage, outcome, event, sealed, salt, commitment, leaf_hash, \
    correlation, caused_by) \
    SELECT line_id, at, schema_version, channel, actor_kind, actor_person, actor_client, \
    actor_system, office_id, kind, action, subject_id, person_id, organisation_id, from_stage, \
    to_stage, outcome, CASE WHEN sealed IS NULL THEN COALESCE(event, 'null') END, sealed, salt, \
    commitment, leaf_hash, correlation, caused_by FROM jsonb_populate_recordset(NULL::journal, $1)";

#[derive(Insertable, Serialize)]
#[diesel(table_name = journal)]
struct NewRow {
    line_id: Uuid,
    at: DateTime<Utc>,
    schema_version: i32,
    channel: &'static str,
    actor_kind: &'static str,
    actor_person: Option<Uuid>,
    actor_client: Option<Uuid>,
    actor_system: Option<&'static str>,
    office_id: Option<Uuid>,
    kind: &'static str,
    action: String,
    subject_id: Option<Uuid>,
    person_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    from_stage: Option<String>,
    to_stage: Option<String>,
    outcome: String,
    event: Option<Value>,
    #[serde(serialize_with = "rows::optional_bytea")]
    sealed: Option<Vec<u8>>,
    #[serde(serialize_with = "rows::optional_bytea")]
    salt: Option<Vec<u8>>,
    #[serde(serialize_with = "rows::bytea")]
    commitment: Vec<u8>,
    #[serde(serialize_with = "rows::bytea")]
    leaf_hash: Vec<u8>,
    correlation: String,
    caused_by: Option<Uuid>,
}

pub(crate) fn write(tx: &mut Tx<'_>, lines: Vec<Line>) -> Result<(), StoreError> {
    let rows = lines
        .into_iter()
        .map(|line| row((tx.entropy, tx.seal), tx.now, line))
        .collect::<Result<Vec<_>, _>>()?;
    rows::append(tx.conn, ("journal", ADD), &rows)
}

fn row(
    (entropy, seal): (&dyn Entropy, &Seal),
    now: DateTime<Utc>,
    line: Line,
) -> Result<NewRow, StoreError> {
    let (actor_kind, actor_client, actor_system) = match &line.actor {
        Actor::Officer(_) => ("officer", None, None),
        Actor::Holder(_) => ("holder", None, None),
        Actor::Client(client) => ("client", Some(client.id.0), None),
        Actor::System(system) => ("system", None, Some((*system).into())),
    };
    let mut salt = vec![0; SALT_LEN];
    entropy.fill(&mut salt);
    let commitment = sha256(&[&salt, line.event.to_string().as_bytes()]);
    let at = whole_micros(now);
    let mut row = NewRow {
        line_id: line.line_id,
        at,
        schema_version: SCHEMA_VERSION,
        channel: line.channel.into(),
        actor_kind,
        actor_person: line.actor.person().map(|person| person.0),
        actor_client,
        actor_system,
        office_id: line.actor.office().map(|office: OfficeId| office.0),
        kind: line.kind,
        action: line.action,
        subject_id: line.subject,
        person_id: line.person.map(|person| person.0),
        organisation_id: line.organisation.map(|organisation| organisation.0),
        from_stage: line.from_stage,
        to_stage: line.to_stage,
        outcome: line.outcome,
        event: None,
        sealed: None,
        salt: Some(salt),
        commitment,
        leaf_hash: Vec::new(),
        correlation: line.correlation,
        caused_by: line.caused_by,
    };
    if line.protected {
        row.sealed = Some(seal.close(entropy, "journal.sealed", &line.event)?);
    } else {
        row.event = Some(line.event);
    }
    row.leaf_hash = sha256(&[&[0], canonical(&row).to_string().as_bytes()]);
    Ok(row)
}

impl Link {
    /// Writes a line that no change goes with. One statement, which does not wait for the disk: a
    /// look must not make an answer slow, and losing the last ones in a power cut is accepted.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn note(&mut self, line: Line) -> Result<(), StoreError> {
        let row = row((self.entropy(), self.seal()), self.now(), line)?;
        let quick = Part::<Text>::of("set_config('synchronous_commit', 'off', true)");
        let _: String = diesel::insert_into(journal::table)
            .values(row)
            .returning(quick)
            .get_result(&mut self.conn)?;
        Ok(())
    }
}

impl Link {
    /// Whether a line since `since` says that a search has shown `actor` all of these persons.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn were_found(
        &mut self,
        actor: PersonId,
        found: &Value,
        since: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let holds = Part::<Bool>::of("event @> ").with::<Jsonb, _>(found.clone(), "");
        let lines = journal::table
            .filter(journal::actor_person.eq(actor.0))
            .filter(journal::kind.eq("search"))
            .filter(journal::at.ge(since))
            .filter(holds);
        Ok(diesel::select(diesel::dsl::exists(lines)).get_result(&mut self.conn)?)
    }
}

/// PostgreSQL keeps microseconds; the hash must be of what is kept.
fn whole_micros(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

fn canonical(row: &NewRow) -> Value {
    json!({
        "v": row.schema_version,
        "line": row.line_id,
        "at": row.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        "channel": row.channel,
        "actor_kind": row.actor_kind,
        "actor_person": row.actor_person,
        "actor_client": row.actor_client,
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
        "commitment": hex(&row.commitment),
        "correlation": row.correlation,
        "caused_by": row.caused_by,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A line that was read, as pages show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its own id.
    pub line_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Through which door.
    pub channel: Channel,
    /// Which officer or holder; `None` for the system.
    pub actor_person: Option<PersonId>,
    /// Which part of the system.
    pub actor_system: Option<String>,
    /// The kind of thing.
    pub kind: String,
    /// What was done.
    pub action: String,
    /// The thing.
    pub subject: Option<Uuid>,
    /// Whose thing.
    pub person: Option<PersonId>,
    /// The stage before.
    pub from_stage: Option<String>,
    /// The stage after.
    pub to_stage: Option<String>,
    /// `done`, or the code of a refusal.
    pub outcome: String,
    /// What happened; `Null` after a lawful erasure.
    pub event: Value,
    /// The code that error pages show.
    pub correlation: String,
}

/// Columns of an [`Entry`] as they are read.
#[derive(Queryable, Selectable)]
#[diesel(table_name = journal)]
pub(crate) struct EntryRow {
    line_id: Uuid,
    at: DateTime<Utc>,
    channel: String,
    actor_person: Option<Uuid>,
    actor_system: Option<String>,
    kind: String,
    action: String,
    subject_id: Option<Uuid>,
    person_id: Option<Uuid>,
    from_stage: Option<String>,
    to_stage: Option<String>,
    outcome: String,
    event: Option<Value>,
    sealed: Option<Vec<u8>>,
    correlation: String,
}

impl EntryRow {
    pub(crate) fn read(self, seal: &crate::seal::Seal) -> Result<Entry, StoreError> {
        let event = match (self.event, self.sealed) {
            (Some(event), _) => event,
            (None, Some(sealed)) => seal.open("journal.sealed", &sealed)?,
            (None, None) => Value::Null,
        };
        Ok(Entry {
            line_id: self.line_id,
            at: self.at,
            channel: self
                .channel
                .parse()
                .map_err(|_| unreadable("journal", "channel"))?,
            actor_person: self.actor_person.map(PersonId),
            actor_system: self.actor_system,
            kind: self.kind,
            action: self.action,
            subject: self.subject_id,
            person: self.person_id.map(PersonId),
            from_stage: self.from_stage,
            to_stage: self.to_stage,
            outcome: self.outcome,
            event,
            correlation: self.correlation,
        })
    }
}
