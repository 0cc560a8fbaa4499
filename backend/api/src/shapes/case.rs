//! Cases of revocation.

use cards_app::queries::CasePage;
use cards_domain::card::RevocationReason;
use cards_domain::revocation::{
    CaseStep, ExternalStep, NotApplicable, Reporter, Revocation, RevocationStage, StepOutcome,
    StepOutcomeName, WrongIn,
};
use cards_domain::values::LONGEST_REFERENCE;
use serde_json::{Value, json};

use super::{at, at_if, moment_if, verdict, word};
use crate::schema::{
    day, id, list, moment, named, nullable, number, object, object_with, open, text_like, text_of,
    word as words,
};

/// A case, without what can be done with it.
pub(crate) fn case(case: &Revocation) -> Value {
    json!({
        "id": case.id,
        "version": case.version,
        "card": case.card,
        "person": case.person,
        "reason": word(case.reason),
        "reporter": word(case.reporter),
        "stage": word(case.stage),
        "since": at(case.since),
        "reported_at": at(case.reported_at),
        "executed_at": at_if(case.executed_at),
        "steps": case.steps.iter().map(step).collect::<Vec<_>>(),
    })
}

fn step(step: &CaseStep) -> Value {
    let outcome = step.outcome.as_ref();
    json!({
        "step": word(step.step),
        "outcome": outcome.map(|outcome| <&str>::from(StepOutcomeName::from(outcome))),
        "facts": outcome.map_or_else(|| json!({}), facts),
    })
}

fn facts(outcome: &StepOutcome) -> Value {
    let mut facts = serde_json::to_value(outcome).unwrap_or_else(|_| json!({}));
    if let Some(members) = facts.as_object_mut() {
        members.remove("outcome");
    }
    facts
}

/// A case with what can be done with it.
pub(crate) fn page(page: &CasePage) -> Value {
    let actions = [
        verdict("execute", &page.execute),
        verdict("withdraw", &page.withdraw),
        verdict("record", &page.record),
    ];
    let mut told = case(&page.case);
    if let Some(members) = told.as_object_mut() {
        members.insert("actions".to_owned(), json!(actions));
    }
    told
}

/// What is sent to revoke a card.
pub(crate) fn report() -> Value {
    let members = [
        ("reason", words::<RevocationReason>()),
        ("reporter", words::<Reporter>()),
        ("last_four", text_like("^[0-9]{4}$")),
        ("wrong_in", nullable(&words::<WrongIn>())),
    ];
    object_with(&members, &["reason", "reporter", "last_four"])
}

/// What is sent to carry out a report: the last four digits of the card's number, as for every
/// revocation by a person.
pub(crate) fn executed() -> Value {
    object(&[("last_four", text_like("^[0-9]{4}$"))])
}

/// What is sent of a step outside. Beside the first two it holds what the outcome asks for.
pub(crate) fn recorded() -> Value {
    let members = [
        ("step", words::<ExternalStep>()),
        ("outcome", words::<StepOutcomeName>()),
        ("on", day()),
        ("reference", nullable(&text_of(LONGEST_REFERENCE))),
        ("by", day()),
        ("why", words::<NotApplicable>()),
    ];
    object_with(&members, &["step", "outcome"])
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let offered = [members(), vec![("actions", list(&named("Action")))]].concat();
    vec![
        ("RevocationCase", object(&members())),
        ("RevocationCasePage", object(&offered)),
    ]
}

fn members() -> Vec<(&'static str, Value)> {
    let step = object(&[
        ("step", words::<ExternalStep>()),
        ("outcome", nullable(&words::<StepOutcomeName>())),
        ("facts", open()),
    ]);
    vec![
        ("id", id()),
        ("version", number()),
        ("card", id()),
        ("person", id()),
        ("reason", words::<RevocationReason>()),
        ("reporter", words::<Reporter>()),
        ("stage", words::<RevocationStage>()),
        ("since", moment()),
        ("reported_at", moment()),
        ("executed_at", moment_if()),
        ("steps", list(&step)),
    ]
}
