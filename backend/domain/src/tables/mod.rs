//! The lifecycles as data: every action tried at every stage. From it come the tables that people
//! review, the rows of `allowed_step` that the database enforces, and the words of the CHECKs.

mod card;
mod card_task;
mod certificate;
mod chip_code;
mod delivery;
mod order;
pub mod permissions;
mod photo;
mod puk_letter;
mod receipt;
mod revocation;
mod specimens;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use strum::IntoEnumIterator;

use crate::access::Actor;
use crate::card::Card;
use crate::card_task::CardTask;
use crate::certificate::Certificate;
use crate::chip_code::ChipCode;
use crate::delivery::Delivery;
use crate::lifecycle::{Lifecycle, ThingKind};
use crate::order::Order;
use crate::photo::Photo;
use crate::puk_letter::PukLetter;
use crate::receipt::Receipt;
use crate::revocation::Revocation;

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
    /// How the thing differs from the specimen.
    pub on: fn(L) -> L,
    /// Who acts.
    pub by: Actor,
    /// What is done.
    pub action: L::Action,
    /// What the rules are told.
    pub facts: L::Facts,
    /// At what time.
    pub now: DateTime<Utc>,
}

impl<L: Lifecycle> Trial<L> {
    /// An ordinary trial: the specimen as it is, on an ordinary day.
    fn new(by: Actor, action: L::Action, facts: L::Facts) -> Self {
        Self {
            when: "",
            on: |thing| thing,
            by,
            action,
            facts,
            now: specimens::now(),
        }
    }

    fn when(self, when: &'static str) -> Self {
        Self { when, ..self }
    }

    fn on(self, on: fn(L) -> L) -> Self {
        Self { on, ..self }
    }

    fn at(self, now: DateTime<Utc>) -> Self {
        Self { now, ..self }
    }
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
    let trials = by_action::<L>();
    L::Stage::iter()
        .flat_map(|stage| trials.iter().map(move |trial| row::<L>(stage, trial)))
        .collect()
}

/// The trials with those of one action together, otherwise in the order in which they are given.
fn by_action<L: Tabled>() -> Vec<Trial<L>> {
    let mut trials = L::trials();
    let name = |trial: &Trial<L>| L::action_name(&trial.action);
    let names: Vec<L::ActionName> = trials.iter().map(name).collect();
    trials.sort_by_key(|trial| names.iter().position(|one| *one == name(trial)));
    trials
}

fn row<L: Tabled>(stage: L::Stage, trial: &Trial<L>) -> Row {
    let thing = (trial.on)(L::specimen(stage));
    let result = thing
        .permitted(&trial.by, &trial.action, &trial.facts)
        .and_then(|()| thing.decide(&trial.by, &trial.action, &trial.facts, trial.now))
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

/// The table as text, one line a row. What is refused in the same way at every stage stands first,
/// once; where the circumstances make no difference, the action stands on one line without them.
#[must_use]
pub fn print<L: Tabled>() -> String {
    let mut text = format!("{}\n", <&str>::from(L::KIND));
    let (everywhere, here): (Vec<Row>, Vec<Row>) = {
        let rows = rows::<L>();
        let refused: Vec<_> = rows
            .iter()
            .map(|row| refused_everywhere(row, &rows))
            .collect();
        let mut refused = refused.into_iter();
        rows.into_iter().partition(|_| refused.next() == Some(true))
    };
    let stages = L::Stage::iter().count().max(1);
    for row in everywhere.iter().take(everywhere.len() / stages) {
        line(&mut text, "(everywhere)", row, row.when);
    }
    for trials in here.chunk_by(|one, next| (one.from, one.action) == (next.from, next.action)) {
        let mut results = trials.iter().map(|row| row.result);
        let first = results.next();
        if results.all(|result| Some(result) == first) {
            for row in trials.iter().take(1) {
                line(&mut text, row.from, row, "");
            }
        } else {
            for row in trials {
                line(&mut text, row.from, row, row.when);
            }
        }
    }
    text
}

fn refused_everywhere(row: &Row, rows: &[Row]) -> bool {
    row.result.is_err()
        && rows
            .iter()
            .filter(|other| (other.action, other.when) == (row.action, row.when))
            .all(|other| other.result == row.result)
}

fn line(text: &mut String, from: &str, row: &Row, when: &str) {
    let action = match when {
        "" => row.action.to_owned(),
        when => format!("{} ({when})", row.action),
    };
    let result = match row.result {
        Ok(stage) => format!("-> {stage}"),
        Err(code) => format!("no: {code}"),
    };
    let _ = writeln!(text, "{from:<22} {action:<52} {result}");
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

/// The steps of every lifecycle, `""` for nowhere: what the database's table `allowed_step` holds.
#[must_use]
pub fn all_steps() -> Vec<(ThingKind, &'static str, &'static str)> {
    ThingKind::iter()
        .flat_map(|kind| {
            steps_of(kind)
                .into_iter()
                .map(move |(from, to)| (kind, from, to))
        })
        .collect()
}

fn steps_of(kind: ThingKind) -> BTreeSet<(&'static str, &'static str)> {
    match kind {
        ThingKind::CardOrder => steps::<Order>(),
        ThingKind::Delivery => steps::<Delivery>(),
        ThingKind::Card => steps::<Card>(),
        ThingKind::ChipCode => steps::<ChipCode>(),
        ThingKind::Receipt => steps::<Receipt>(),
        ThingKind::Certificate => steps::<Certificate>(),
        ThingKind::PukLetter => steps::<PukLetter>(),
        ThingKind::Photo => steps::<Photo>(),
        ThingKind::Revocation => steps::<Revocation>(),
        ThingKind::CardTask => steps::<CardTask>(),
    }
}

/// [`print()`] for a kind that is known only when the program runs.
#[must_use]
pub fn print_of(kind: ThingKind) -> String {
    match kind {
        ThingKind::CardOrder => print::<Order>(),
        ThingKind::Delivery => print::<Delivery>(),
        ThingKind::Card => print::<Card>(),
        ThingKind::ChipCode => print::<ChipCode>(),
        ThingKind::Receipt => print::<Receipt>(),
        ThingKind::Certificate => print::<Certificate>(),
        ThingKind::PukLetter => print::<PukLetter>(),
        ThingKind::Photo => print::<Photo>(),
        ThingKind::Revocation => print::<Revocation>(),
        ThingKind::CardTask => print::<CardTask>(),
    }
}

/// [`diagram`] for a kind that is known only when the program runs.
#[must_use]
pub fn diagram_of(kind: ThingKind) -> String {
    match kind {
        ThingKind::CardOrder => diagram::<Order>(),
        ThingKind::Delivery => diagram::<Delivery>(),
        ThingKind::Card => diagram::<Card>(),
        ThingKind::ChipCode => diagram::<ChipCode>(),
        ThingKind::Receipt => diagram::<Receipt>(),
        ThingKind::Certificate => diagram::<Certificate>(),
        ThingKind::PukLetter => diagram::<PukLetter>(),
        ThingKind::Photo => diagram::<Photo>(),
        ThingKind::Revocation => diagram::<Revocation>(),
        ThingKind::CardTask => diagram::<CardTask>(),
    }
}
