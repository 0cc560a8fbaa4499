//! What the log says of each kind of change.

use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::refusal::Refusal;
use cards_store::Tx;
use cards_store::journal::Line;
use cards_store::kept::{Kept, KeptBegin};
use cards_store::plain::Plain;
use cards_store::queries::PersonSheet;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Step, organisation};
use crate::Call;

const DONE: &str = "done";

/// A look that the holder can see.
#[derive(Clone, Debug)]
pub struct Look {
    /// `person`, `card`, `order`, `search`.
    pub kind: &'static str,
    /// What was looked at; `None` for a search.
    pub subject: Option<Uuid>,
    /// Whose data.
    pub person: Option<PersonId>,
    /// In which organisation.
    pub organisation: Option<OrganisationId>,
    /// The person has protected personal data.
    pub protected: bool,
    /// Ids only: for a search those of the hits. Never what was typed.
    pub details: Value,
}

fn blank(tx: &Tx<'_>, call: &Call, kind: &'static str, action: &str) -> Line {
    Line {
        line_id: tx.new_id(),
        channel: call.channel,
        actor: call.actor.clone(),
        kind,
        action: action.to_owned(),
        subject: None,
        person: None,
        organisation: None,
        from_stage: None,
        to_stage: None,
        outcome: DONE.to_owned(),
        event: Value::Null,
        protected: false,
        correlation: call.correlation.clone(),
        caused_by: None,
    }
}

fn about<K: Lifecycle>(tx: &Tx<'_>, step: &Step<'_>, action: &str, facts: &K::Facts) -> Line {
    let subject = K::subject(facts);
    Line {
        actor: step.by.clone(),
        person: Some(subject.person),
        organisation: organisation(subject),
        protected: subject.protected,
        ..blank(tx, step.call, K::KIND.into(), action)
    }
}

/// A change that the rules have accepted.
pub(super) struct Change<'a, K: Lifecycle> {
    /// The line whose consequence this is.
    pub caused_by: Option<Uuid>,
    /// What was done.
    pub action: &'static str,
    /// The thing as it was; nothing when it began.
    pub before: Option<&'a K>,
    /// The thing as it is.
    pub after: &'a K,
    /// What the rules were told.
    pub facts: &'a K::Facts,
    /// What has happened.
    pub event: &'a K::Event,
}

pub(super) fn of_change<K: Kept>(tx: &Tx<'_>, step: &Step<'_>, change: &Change<'_, K>) -> Line {
    Line {
        subject: Some(change.after.id()),
        from_stage: change.before.map(|thing| name(thing.stage())),
        to_stage: Some(name(change.after.stage())),
        event: serde_json::to_value(change.event).unwrap_or(Value::Null),
        caused_by: change.caused_by,
        ..about::<K>(tx, step, change.action, change.facts)
    }
}

fn name(stage: impl Into<&'static str>) -> String {
    let name: &'static str = stage.into();
    name.to_owned()
}

pub(super) fn of_refusal<K: Kept>(
    tx: &Tx<'_>,
    step: &Step<'_>,
    action: &str,
    (thing, facts): (&K, &K::Facts),
    refusal: &Refusal,
) -> Line {
    Line {
        subject: Some(thing.id()),
        from_stage: Some(name(thing.stage())),
        outcome: refusal.code().to_owned(),
        event: serde_json::to_value(refusal).unwrap_or(Value::Null),
        ..about::<K>(tx, step, action, facts)
    }
}

pub(super) fn of_refused_beginning<K: KeptBegin>(
    tx: &Tx<'_>,
    step: &Step<'_>,
    facts: &K::Facts,
    refusal: &Refusal,
) -> Line {
    Line {
        outcome: refusal.code().to_owned(),
        event: serde_json::to_value(refusal).unwrap_or(Value::Null),
        ..about::<K>(tx, step, "begin", facts)
    }
}

pub(super) fn of_edit<P: Plain>(tx: &Tx<'_>, call: &Call, before: Option<&P>, after: &P) -> Line {
    Line {
        subject: Some(after.id()),
        organisation: Some(after.organisation()),
        event: json!({ "changed": changed(before, after) }),
        ..blank(
            tx,
            call,
            P::KIND,
            if before.is_some() { "edit" } else { "add" },
        )
    }
}

/// What somebody was not allowed to change; not what it would have become.
pub(super) fn of_refused_edit<P: Plain>(
    tx: &Tx<'_>,
    call: &Call,
    after: &P,
    refusal: &Refusal,
) -> Line {
    Line {
        subject: Some(after.id()),
        organisation: Some(after.organisation()),
        outcome: refusal.code().to_owned(),
        ..blank(tx, call, P::KIND, "edit")
    }
}

/// The fields that differ, with their new values.
fn changed<P: Plain>(before: Option<&P>, after: &P) -> Value {
    let fields = |thing: &P| match serde_json::to_value(thing) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let old = before.map(fields).unwrap_or_default();
    fields(after)
        .into_iter()
        .filter(|(name, value)| name != "version" && old.get(name) != Some(value))
        .collect()
}

pub(super) fn of_look(tx: &Tx<'_>, call: &Call, look: Look) -> Line {
    Line {
        subject: look.subject,
        person: look.person,
        organisation: look.organisation,
        protected: look.protected,
        event: look.details,
        ..blank(tx, call, look.kind, "look")
    }
}

/// That the register was asked; what it said is kept elsewhere.
pub(super) fn of_register_answer(tx: &Tx<'_>, call: &Call, about: &PersonSheet) -> Line {
    Line {
        subject: Some(about.person.0),
        person: Some(about.person),
        organisation: organisation(&about.subject()),
        protected: about.protection.is_protected(),
        ..blank(tx, call, "person", "ask_register")
    }
}
