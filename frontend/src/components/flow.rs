//! The steps of a counter flow, and the bar at its bottom where it is decided.

use askama::Template;

use super::{Button, Component, finished_html};
use crate::text::Text;

/// How far a step or a stop has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Behind.
    Done,
    /// Now.
    Here,
    /// Later.
    Coming,
}

impl Stage {
    /// Class of the list item; empty when it is still to come.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Coming => "",
        }
    }
}

/// A step of a counter flow.
#[derive(Clone, Debug)]
pub struct Step {
    title: String,
    note: String,
    stage: Stage,
    is_must: bool,
}

impl Step {
    /// A step with a short title and who does what.
    pub fn new(title: impl Into<String>, note: impl Into<String>, stage: Stage) -> Self {
        Self {
            title: title.into(),
            note: note.into(),
            stage,
            is_must: false,
        }
    }

    /// Dashed: it must not be left undone once the step before is done.
    #[must_use]
    pub fn must(mut self) -> Self {
        self.is_must = true;
        self
    }
}

/// Three to six steps of a counter flow. For two steps write *Steg 1 av 2* instead.
#[derive(Clone, Debug, Template)]
#[template(path = "components/step_bar.html")]
pub struct StepBar {
    t: Text,
    steps: Vec<Step>,
}

impl StepBar {
    /// The steps in order.
    #[must_use]
    pub fn new(t: Text, steps: Vec<Step>) -> Self {
        Self { t, steps }
    }
}

impl Component for StepBar {
    const NAME: &'static str = "StepBar";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new(
            t,
            vec![
                Step::new("Kortet", "Klart", Stage::Done),
                Step::new("Id-handling", "Kontrollera vem det är", Stage::Here),
                Step::new("Pin-kod", "Innehavaren väljer", Stage::Coming),
                Step::new("Kvittens", "Innehavaren skriver under", Stage::Coming).must(),
                Step::new("Klart", "Kortet är aktivt", Stage::Coming),
            ],
        )]
    }
}

/// The bar at the bottom of a long Fokus page: stop to the left, go on to the right.
#[derive(Clone, Debug, Template)]
#[template(path = "components/decision_bar.html")]
pub struct DecisionBar {
    note: String,
    stop: Option<Button>,
    go: Button,
}

impl DecisionBar {
    /// `note` says what is signed and stored. `go` submits the form by `of_form`.
    pub fn new(note: impl Into<String>, stop: Option<Button>, go: Button) -> Self {
        Self {
            note: note.into(),
            stop: stop.map(Button::secondary),
            go,
        }
    }
}

impl Component for DecisionBar {
    const NAME: &'static str = "DecisionBar";

    fn examples(_: Text) -> Vec<Self> {
        vec![Self::new(
            "Du signerar kontrollen med ditt eget kort. Typ av handling och fyra siffror sparas, \
             inte numret.",
            Some(Button::link("Jag är osäker, stoppa", "#stopp")),
            Button::submit("Godkänn, 4 av 7 klara").of_form("exempel-form"),
        )]
    }
}

finished_html!(StepBar, DecisionBar);
