//! The lifecycles as data: every action tried at every stage. From it come the tables that people
//! review, the rows of `allowed_step` that the database enforces, and the words of the CHECKs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use strum::IntoEnumIterator;

use crate::access::Actor;
use crate::lifecycle::Lifecycle;

/// A lifecycle that can be laid out as a table.
pub trait Tabled: Lifecycle {
    /// The stages at which a thing may come into being.
    const FIRST: &'static [Self::Stage];

    /// A thing that stands at `stage`.
    fn specimen(stage: Self::Stage) -> Self;

    /// Every action, with the circumstances worth telling apart; each action at least once.
    fn trials() -> Vec<Trial<Self>>;
}

/// An action in given circumstances.
pub struct Trial<L: Lifecycle> {
    /// What tells it from other trials of the same action; empty for the ordinary case.
    pub when: &'static str,
    /// Who acts.
    pub by: Actor,
    /// What is done.
    pub action: L::Action,
    /// What the rules are told.
    pub facts: L::Facts,
    /// At what time.
    pub now: DateTime<Utc>,
}

/// One row: an action tried at a stage.
pub struct Row {
    /// Where the thing stood.
    pub from: &'static str,
    /// What was done.
    pub action: &'static str,
    /// In which circumstances.
    pub when: &'static str,
    /// The new stage, or the code of the refusal.
    pub result: Result<&'static str, &'static str>,
}

/// Every action of every trial at every stage.
#[must_use]
pub fn rows<L: Tabled>() -> Vec<Row> {
    let trials = L::trials();
    L::Stage::iter()
        .flat_map(|stage| trials.iter().map(move |trial| row::<L>(stage, trial)))
        .collect()
}

fn row<L: Tabled>(stage: L::Stage, trial: &Trial<L>) -> Row {
    let thing = L::specimen(stage);
    let result = thing
        .decide(&trial.by, &trial.action, &trial.facts, trial.now)
        .map(|event| thing.evolve(&event, trial.now).stage().into())
        .map_err(|refusal| refusal.code());
    Row {
        from: stage.into(),
        action: L::action_name(&trial.action).into(),
        when: trial.when,
        result,
    }
}

/// The steps from one stage to another that some action makes. A thing's first stage is a step
/// from nowhere, written as the empty string.
#[must_use]
pub fn steps<L: Tabled>() -> BTreeSet<(&'static str, &'static str)> {
    let begun = L::FIRST.iter().map(|stage| ("", (*stage).into()));
    let moved = rows::<L>()
        .into_iter()
        .filter_map(|row| row.result.ok().map(|to| (row.from, to)))
        .filter(|(from, to)| from != to);
    begun.chain(moved).collect()
}

/// The table as text, one line a row.
#[must_use]
pub fn print<L: Tabled>() -> String {
    let mut text = format!("{}\n", <&str>::from(L::KIND));
    for row in rows::<L>() {
        let action = match row.when {
            "" => row.action.to_owned(),
            when => format!("{} ({when})", row.action),
        };
        let result = match row.result {
            Ok(stage) => format!("-> {stage}"),
            Err(code) => format!("no: {code}"),
        };
        let _ = writeln!(text, "{:<22} {action:<46} {result}", row.from);
    }
    text
}

/// The lifecycle as a Mermaid state diagram.
#[must_use]
pub fn diagram<L: Tabled>() -> String {
    let mut text = String::from("stateDiagram-v2\n");
    for (from, to) in steps::<L>() {
        let from = if from.is_empty() { "[*]" } else { from };
        let _ = writeln!(text, "    {from} --> {to}");
    }
    text
}
