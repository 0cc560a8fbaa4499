//! The rest of a form: choices, the seven steps, questions to a caller, what went wrong, hidden
//! fields.

use askama::Template;

use super::field::described_by;
use super::{Component, Icon, finished_html};
use crate::text::Text;

/// The hidden fields every form carries: CSRF token, idempotency key, version read.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/hidden.html")]
pub struct Hidden {
    fields: Vec<(String, String)>,
}

impl Hidden {
    /// Fields as `(name, value)`.
    pub fn new<N: Into<String>, V: Into<String>>(fields: impl IntoIterator<Item = (N, V)>) -> Self {
        Self {
            fields: fields
                .into_iter()
                .map(|(n, v)| (n.into(), v.into()))
                .collect(),
        }
    }

    /// One more field.
    #[must_use]
    pub fn and(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }
}

impl Component for Hidden {
    const NAME: &'static str = "Hidden";

    fn examples(_: Text) -> Vec<Self> {
        vec![Self::new([("csrf", "exempel")]).and("key", "exempel")]
    }
}

/// A row of [`Choices`].
#[derive(Clone, Debug)]
pub enum Choice {
    /// An answer that can be chosen.
    Answer {
        /// Value sent.
        value: String,
        /// What stands beside the button.
        label: String,
        /// A second, smaller line.
        hint: Option<String>,
    },
    /// An answer people try but which is not accepted: dashed, without input, with the reason.
    Rejected {
        /// The answer.
        label: String,
        /// Why not.
        why: String,
    },
}

impl Choice {
    /// An answer.
    pub fn answer(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self::Answer {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// An answer with a second line.
    pub fn explained(
        value: impl Into<String>,
        label: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Answer {
            value: value.into(),
            label: label.into(),
            hint: Some(hint.into()),
        }
    }

    /// An answer that is not accepted.
    pub fn rejected(label: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Rejected {
            label: label.into(),
            why: why.into(),
        }
    }
}

/// Up to seven answers of which one is chosen.
#[derive(Clone, Debug, Template)]
#[template(path = "components/choices.html")]
pub struct Choices {
    name: String,
    legend: String,
    rows: Vec<Choice>,
    chosen: String,
    hint: Option<String>,
    error: Option<String>,
    is_in_two_columns: bool,
}

impl Choices {
    /// A question with its answers.
    pub fn new(name: impl Into<String>, legend: impl Into<String>, rows: Vec<Choice>) -> Self {
        Self {
            name: name.into(),
            legend: legend.into(),
            rows,
            chosen: String::new(),
            hint: None,
            error: None,
            is_in_two_columns: false,
        }
    }

    /// The value chosen now.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<String>) -> Self {
        self.chosen = value.into();
        self
    }

    /// One sentence under the question.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong and what to do, if anything.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// Short answers side by side on wide screens.
    #[must_use]
    pub fn in_two_columns(mut self) -> Self {
        self.is_in_two_columns = true;
        self
    }

    fn described_by(&self) -> Option<String> {
        described_by(&self.name, self.hint.is_some(), self.error.is_some())
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.chosen == value
    }

    /// The error summary's link leads to the first answer, which gets the question's name as id.
    fn row_id(&self, at: usize) -> String {
        let mut before = self.rows.iter().take(at);
        if before.all(|row| matches!(row, Choice::Rejected { .. })) {
            self.name.clone()
        } else {
            format!("{}-{}", self.name, at + 1)
        }
    }
}

impl Component for Choices {
    const NAME: &'static str = "Choices";

    fn examples(_: Text) -> Vec<Self> {
        let documents = vec![
            Choice::answer("korkort", "Körkort"),
            Choice::answer("pass", "Pass"),
            Choice::answer("nationellt", "Nationellt id-kort"),
            Choice::answer("sis", "SIS-märkt id-kort"),
            Choice::answer("skatteverket", "Skatteverkets id-kort"),
            Choice::rejected("Bank-id eller Freja", "Digitala id-kort godtas inte"),
        ];
        let reasons = vec![
            Choice::explained(
                "tappat",
                "Tappat eller stulet",
                "Innehavaren vet inte var kortet är",
            ),
            Choice::explained("kod", "Någon annan kan koden", "Kortet finns kvar"),
        ];
        vec![
            Self::new("exempel-handling", "Fysisk svensk id-handling", documents)
                .chosen("pass")
                .in_two_columns(),
            Self::new("exempel-orsak", "Varför ska kortet spärras?", reasons)
                .hint("Orsaken avgör vad som händer sedan.")
                .error(Some("Välj en orsak.".into())),
        ]
    }
}

/// One box of [`Checkboxes`].
#[derive(Clone, Debug)]
pub struct Check {
    name: String,
    label: String,
    is_checked: bool,
}

impl Check {
    /// A box that sends `name=ja` when ticked.
    pub fn new(name: impl Into<String>, label: impl Into<String>, is_checked: bool) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            is_checked,
        }
    }
}

/// Boxes to tick one by one, such as the seven steps of looking at an identity document. With a
/// script the keys 1–9 tick them, and a switch turns the keys off.
#[derive(Clone, Debug, Template)]
#[template(path = "components/checkboxes.html")]
pub struct Checkboxes {
    t: Text,
    id: String,
    legend: String,
    rows: Vec<Check>,
    error: Option<String>,
}

impl Checkboxes {
    /// A list of boxes; `id` is the place the error summary links to.
    pub fn new(
        t: Text,
        id: impl Into<String>,
        legend: impl Into<String>,
        rows: Vec<Check>,
    ) -> Self {
        Self {
            t,
            id: id.into(),
            legend: legend.into(),
            rows,
            error: None,
        }
    }

    /// What is missing, if anything.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }
}

impl Component for Checkboxes {
    const NAME: &'static str = "Checkboxes";

    fn examples(t: Text) -> Vec<Self> {
        let steps = [
            "Handlingen är av en typ vi godtar",
            "Giltig i dag och inte anmäld förlorad",
            "Hel, utan spår av ändring",
            "Säkerhetsdetaljer syns när den lutas",
            "Fotot liknar personen",
            "Ålder och kön stämmer med personnumret",
            "Namnteckningen liknar den på handlingen",
        ];
        let rows = steps.iter().enumerate();
        let rows = rows.map(|(at, s)| Check::new(format!("exempel-steg-{at}"), *s, at < 4));
        vec![Self::new(
            t,
            "exempel-stegen",
            "De sju stegen",
            rows.collect(),
        )]
    }
}

/// A question answered right or wrong, such as what a caller says about herself.
#[derive(Clone, Debug)]
pub struct Question {
    /// Name of the field; it sends `ratt` or `fel`.
    pub name: String,
    /// What is asked.
    pub question: String,
    /// The right answer, which the officer sees.
    pub answer: String,
    /// How it was judged, if it was.
    pub is_right: Option<bool>,
}

/// The questions by which the servicedesk makes sure who is calling.
#[derive(Clone, Debug, Template)]
#[template(path = "components/questions.html")]
pub struct Questions {
    /// Words.
    pub t: Text,
    /// The questions in the order to ask them.
    pub rows: Vec<Question>,
}

impl Component for Questions {
    const NAME: &'static str = "Questions";

    fn examples(t: Text) -> Vec<Self> {
        let row = |name: &str, question: &str, answer: &str, is_right| Question {
            name: name.into(),
            question: question.into(),
            answer: answer.into(),
            is_right,
        };
        vec![Self {
            t,
            rows: vec![
                row("exempel-namn", "Vad heter du?", "Jonas Ekholm", Some(true)),
                row(
                    "exempel-siffror",
                    "Kortnumrets fyra sista siffror?",
                    "…3307",
                    None,
                ),
            ],
        }]
    }
}

/// A field that must be corrected.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// Id of the field, which is its name.
    pub field: String,
    /// The same sentence as at the field.
    pub text: String,
}

/// What must be corrected, above the form, on every 422. Gets focus with the script.
#[derive(Clone, Debug, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    t: Text,
    errors: Vec<FieldError>,
}

impl ErrorSummary {
    /// A summary of `(field, sentence)` pairs; writes nothing when there are none.
    pub fn new<F: Into<String>, S: Into<String>>(
        t: Text,
        errors: impl IntoIterator<Item = (F, S)>,
    ) -> Self {
        let error = |(field, text): (F, S)| FieldError {
            field: field.into(),
            text: text.into(),
        };
        Self {
            t,
            errors: errors.into_iter().map(error).collect(),
        }
    }

    fn count(&self) -> i64 {
        i64::try_from(self.errors.len()).unwrap_or(i64::MAX)
    }
}

impl Component for ErrorSummary {
    const NAME: &'static str = "ErrorSummary";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new(
            t,
            [
                (
                    "exempel-personnummer",
                    "Kontrollsiffran i personnumret stämmer inte",
                ),
                ("exempel-giltig", "Id-handlingen gick ut 2026-11-02"),
            ],
        )]
    }
}

finished_html!(Hidden, Choices, Checkboxes, Questions, ErrorSummary);
