//! The catalogue: every component with its examples, in the language of the page.

pub mod samples;
#[cfg(test)]
mod tests;

use askama::Template;
use strum::IntoEnumIterator;

use crate::components::{
    Breadcrumbs, Button, CardBack, CardRow, Checkboxes, Choices, Component, Copyable, DayList,
    DeadlineBar, DecisionBar, Empty, ErrorSummary, EventList, Facts, Field, Hidden, Icon, LinkList,
    Message, MyCard, NextStep, Pagination, PersonHeader, PhotoField, PhotoFrame, Questions,
    Refusals, SearchBand, Select, StateBadge, StepBar, Table, TaskList, TodoList, Tracking,
    Worklist,
};
use crate::layout::Frame;
use crate::text::Text;

/// A component's name and its rendered examples.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name of the struct.
    pub name: &'static str,
    /// The examples as HTML.
    pub examples: Vec<String>,
}

/// The page with all components.
#[derive(Clone, Debug, Template)]
#[template(path = "catalogue/components.html")]
pub struct Catalogue {
    frame: Frame,
    t: Text,
    entries: Vec<Entry>,
}

impl Catalogue {
    /// The catalogue in the frame's language.
    ///
    /// # Errors
    /// When a component's template cannot be rendered.
    pub fn new(frame: Frame) -> Result<Self, askama::Error> {
        let t = frame.texts();
        Ok(Self {
            frame: frame.titled(t.catalogue_title()),
            t,
            entries: entries(t)?,
        })
    }

    fn icons(&self) -> Vec<(Icon, &'static str)> {
        Icon::iter().map(|icon| (icon, icon.into())).collect()
    }
}

fn entry<C: Component>(t: Text) -> Result<Entry, askama::Error> {
    let examples: Result<Vec<String>, _> = C::examples(t).iter().map(Template::render).collect();
    Ok(Entry {
        name: C::NAME,
        examples: examples?,
    })
}

/// All components with their examples.
///
/// # Errors
/// When a component's template cannot be rendered.
pub fn entries(t: Text) -> Result<Vec<Entry>, askama::Error> {
    let makers = [
        entry::<SearchBand>,
        entry::<PersonHeader>,
        entry::<NextStep>,
        entry::<CardRow>,
        entry::<CardBack>,
        entry::<Refusals>,
        entry::<StateBadge>,
        entry::<DeadlineBar>,
        entry::<EventList>,
        entry::<Worklist>,
        entry::<DayList>,
        entry::<TaskList>,
        entry::<Table>,
        entry::<Pagination>,
        entry::<Breadcrumbs>,
        entry::<Message>,
        entry::<Empty>,
        entry::<ErrorSummary>,
        entry::<Field>,
        entry::<Select>,
        entry::<Choices>,
        entry::<Checkboxes>,
        entry::<Questions>,
        entry::<Hidden>,
        entry::<StepBar>,
        entry::<DecisionBar>,
        entry::<Button>,
        entry::<Facts>,
        entry::<Copyable>,
        entry::<TodoList>,
        entry::<MyCard>,
        entry::<Tracking>,
        entry::<LinkList>,
        entry::<PhotoField>,
        entry::<PhotoFrame>,
    ];
    makers.iter().map(|make| make(t)).collect()
}
