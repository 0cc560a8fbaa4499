//! The steps of a case that are done outside this system, such as the Telia revocation step.

use askama::Template;

use super::{Component, Icon, StateBadge, finished_html, states};
use crate::text::Text;

/// A mandatory step. Its form or button is HTML of another component or template.
#[derive(Clone, Debug)]
pub struct Task {
    title: String,
    text: String,
    is_done: bool,
    badge: Option<StateBadge>,
    body: Option<String>,
}

impl Task {
    /// A step still to be done, with the badge of how it stands.
    pub fn open(title: impl Into<String>, text: impl Into<String>, badge: StateBadge) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            is_done: false,
            badge: Some(badge),
            body: None,
        }
    }

    /// A step done; `text` says when and by whom.
    pub fn done(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            is_done: true,
            badge: None,
            body: None,
        }
    }

    /// What stands under the text: a rendered template, such as the form that reports the step.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn with(mut self, part: &impl Template) -> Result<Self, askama::Error> {
        self.body = Some(part.render()?);
        Ok(self)
    }
}

/// Numbered steps with their status at the right.
#[derive(Clone, Debug, Template)]
#[template(path = "components/task_list.html")]
pub struct TaskList {
    tasks: Vec<Task>,
}

impl TaskList {
    /// The steps in the order to take them.
    #[must_use]
    pub fn new(tasks: Vec<Task>) -> Self {
        Self { tasks }
    }
}

impl Component for TaskList {
    const NAME: &'static str = "TaskList";

    fn examples(t: Text) -> Vec<Self> {
        let left = states::revocation::STEPS_LEFT
            .badge(t)
            .saying("Kvar att göra");
        vec![Self::new(vec![
            Task::done(
                "Spärrat hos utfärdaren",
                "09:58:04, kort och tre certifikat.",
            ),
            Task::open(
                "Spärra även hos Telia",
                "Kort utan produktnummer eller med 5xx och 6xx finns kvar i Telias register tills \
                 de spärras där.",
                left.clone(),
            ),
            Task::open(
                "Polisanmälan av innehavaren",
                "Kortet är SIS-märkt och gäller som id-kort.",
                left,
            ),
        ])]
    }
}

finished_html!(TaskList);
