//! The parts pages are made of. Each is a struct with a template in `templates/components` and
//! examples for the catalogue; in a template `{{ part }}` writes it, already safe HTML.

mod actions;
mod card;
mod card_back;
mod case;
mod events;
mod field;
mod flow;
mod form;
mod holder;
mod icon;
mod message;
mod person;
mod photo;
mod signing;
pub mod states;
mod table;
mod visit;
mod worklist;

pub use actions::{Button, Link, NextStep, Variant};
pub use card::{CardDrawing, CardPicture, CardRow, Refusal, Refusals, StateBadge};
pub use card_back::{CardBack, CardSide};
pub use case::{Task, TaskList};
pub use events::{Deadline, DeadlineBar, Event, EventList};
pub use field::{Field, FieldKind, Select, SelectOption};
pub use flow::{DecisionBar, Stage, Step, StepBar};
pub use form::{
    Check, Checkboxes, Choice, Choices, ErrorSummary, FieldError, Hidden, Question, Questions,
};
pub use holder::{LinkList, MyCard, Stop, TodoCard, TodoList, Tracking};
pub use icon::{Icon, Sprite};
pub use message::{Empty, Message};
pub use person::{Copyable, Fact, Facts, PersonHeader, Photo};
pub use photo::{PhotoField, PhotoFrame, photo_fault, upload_fault};
pub use signing::SigningWay;
pub use table::{Breadcrumbs, Cell, Column, Face, Pagination, Table};
pub use visit::{DayList, Visit};
pub use worklist::{Due, SearchBand, Worklist, WorklistRow};

use askama::Template;

use crate::text::Text;

/// Colour family of a state or a message. The word and the icon carry the meaning too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do; ended things.
    #[default]
    Neutral,
    /// Our own spruce: buttons and the next step.
    Accent,
    /// Under way.
    Info,
    /// Works, done.
    Success,
    /// Somebody must act before a date.
    Warning,
    /// Lost tonight, or cannot be undone.
    Danger,
    /// Protected persons only.
    Brass,
}

impl Tone {
    /// Value of the attribute `data-color`.
    #[must_use]
    pub fn color(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Brass => "brand1",
        }
    }
}

/// A part with examples, shown in the catalogue and checked by its tests.
pub trait Component: Template + Sized {
    /// Name in the catalogue, as the struct.
    const NAME: &'static str;

    /// One example of every variant that looks different. Ids must not repeat.
    fn examples(t: Text) -> Vec<Self>;
}

/// Marks components as finished HTML, so that templates write them with plain `{{ part }}`.
/// Right for them because askama has escaped every value inside.
macro_rules! finished_html {
    ($($part:ty),+ $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}
pub(crate) use finished_html;
