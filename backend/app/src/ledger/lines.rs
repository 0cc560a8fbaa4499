//! What the log says of each kind of change.

use cards_domain::access::Loa;
use cards_domain::ids::{CardId, OrganisationId, PersonId};
use cards_domain::lifecycle::Lifecycle;
use cards_domain::person::Subject;
use cards_domain::refusal::Refusal;
use cards_store::Tx;
use cards_store::clients::CardState;
use cards_store::journal::Line;
use cards_store::kept::{Kept, KeptBegin};
use cards_store::plain::Plain;
use cards_store::queries::{LookedAt, PersonSheet};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Step, organisation};
use crate::Call;

const DONE: &str = "done";

fn blank(line_id: Uuid, call: &Call, kind: &'static str, action: &str) -> Line {
    Line {
        line_id,
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
        ..blank(tx.new_id(), step.call, K::KIND.into(), action)
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
            tx.new_id(),
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
        ..blank(tx.new_id(), call, P::KIND, "edit")
    }
}

/// What somebody was not allowed to change, of a kind and not of any one thing.
pub(super) fn of_refused_kind(
    line_id: Uuid,
    call: &Call,
    kind: &'static str,
    refusal: &Refusal,
) -> Line {
    Line {
        outcome: refusal.code().to_owned(),
        ..blank(line_id, call, kind, "edit")
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

/// That an errand which was given up is to be tried anew.
pub(super) fn of_errand(tx: &Tx<'_>, call: &Call, id: Uuid) -> Line {
    Line {
        subject: Some(id),
        ..blank(tx.new_id(), call, "errand", "retry")
    }
}

/// That an officer was not sure who stood at the counter, and stopped; the card stays as it is.
pub(super) fn of_doubt(
    tx: &Tx<'_>,
    call: &Call,
    (about, card): (&Subject, CardId),
    event: Value,
) -> Line {
    Line {
        subject: Some(card.0),
        person: Some(about.person),
        organisation: organisation(about),
        protected: about.protected,
        event,
        ..blank(tx.new_id(), call, "card", "doubt")
    }
}

/// A look; whose data it was the statement that reads them puts in.
pub(super) fn of_look(line_id: Uuid, call: &Call, at: LookedAt) -> Line {
    Line {
        subject: Some(at.id()),
        ..blank(line_id, call, at.kind(), "look")
    }
}

/// That a protected person's data were shown; whose the statement puts in.
pub(super) fn of_reveal(line_id: Uuid, call: &Call, at: LookedAt) -> Line {
    Line {
        subject: Some(at.id()),
        ..blank(line_id, call, at.kind(), "reveal")
    }
}

/// A search, with ids only; never what was typed.
pub(super) fn of_search(
    line_id: Uuid,
    call: &Call,
    organisation: Option<OrganisationId>,
    found: Value,
) -> Line {
    Line {
        organisation,
        event: found,
        ..blank(line_id, call, "search", "look")
    }
}

/// That a system client has asked whether a card is valid. Names the card, never its holder.
pub(super) fn of_card_check(
    line_id: Uuid,
    call: &Call,
    card: Option<&CardState>,
    outcome: &str,
) -> Line {
    Line {
        subject: card.map(|card| card.card.0),
        organisation: card.map(|card| card.organisation),
        outcome: outcome.to_owned(),
        ..blank(line_id, call, "card_status", "look")
    }
}

/// A log-in or log-out: who, through which door, on which level. The level is no personal datum,
/// so it is hidden for nobody.
pub(super) fn of_session(line_id: Uuid, call: &Call, action: &str, loa: Loa) -> Line {
    Line {
        person: call.actor.person(),
        event: json!({ "level": loa }),
        ..blank(line_id, call, "session", action)
    }
}

/// The same line with another outcome than *done*.
pub(super) fn with_outcome(line: Line, outcome: &'static str) -> Line {
    Line {
        outcome: outcome.to_owned(),
        ..line
    }
}

/// That the register was asked; what it said is kept elsewhere.
pub(super) fn of_register_answer(tx: &Tx<'_>, call: &Call, about: &PersonSheet) -> Line {
    Line {
        subject: Some(about.person.0),
        person: Some(about.person),
        organisation: organisation(&about.subject()),
        protected: about.protection.is_protected(),
        ..blank(tx.new_id(), call, "person", "ask_register")
    }
}

/// What a change of plain data changes about a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// Who.
    pub person: PersonId,
    /// With protected personal data.
    pub protected: bool,
    /// What was done.
    pub action: &'static str,
}

/// The person's own line about it; what it became is in none.
pub(super) fn of_person(tx: &Tx<'_>, call: &Call, told: Told, because: &Line) -> Line {
    Line {
        subject: Some(told.person.0),
        person: Some(told.person),
        organisation: because.organisation,
        protected: told.protected,
        caused_by: Some(because.line_id),
        ..blank(tx.new_id(), call, "person", told.action)
    }
}
