//! Fields: text, date, number, long text, and a list to pick from. Each ties its label, hint and
//! error to the input.

use askama::Template;

use super::{Component, Icon, finished_html};
use crate::text::Text;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// A date as `ÅÅÅÅ-MM-DD`; typed, because officers copy dates from documents.
    Date,
    /// Digits only, such as four last digits or a personnummer.
    Digits,
    /// Several lines; the number is the height in rows.
    Lines(u8),
}

/// A labelled field. Its id is its name, so names must not repeat on a page.
#[derive(Clone, Debug, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    t: Text,
    name: String,
    label: String,
    kind: FieldKind,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    size: Option<u8>,
    max_length: Option<u16>,
    autocomplete: &'static str,
    is_optional: bool,
}

impl Field {
    fn new(t: Text, kind: FieldKind, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            t,
            name: name.into(),
            label: label.into(),
            kind,
            value: String::new(),
            hint: None,
            error: None,
            size: None,
            max_length: None,
            autocomplete: "off",
            is_optional: false,
        }
    }

    /// One line of text.
    pub fn text(t: Text, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(t, FieldKind::Text, name, label)
    }

    /// A date; the hint says the form.
    pub fn date(t: Text, name: impl Into<String>, label: impl Into<String>) -> Self {
        let field = Self::new(t, FieldKind::Date, name, label);
        Self {
            hint: Some(t.date_hint()),
            size: Some(12),
            max_length: Some(10),
            ..field
        }
    }

    /// Digits, shown as wide as `digits` are.
    pub fn digits(t: Text, name: impl Into<String>, label: impl Into<String>, digits: u8) -> Self {
        let field = Self::new(t, FieldKind::Digits, name, label);
        Self {
            size: Some(digits.saturating_add(2)),
            ..field
        }
    }

    /// Several lines of text.
    pub fn lines(t: Text, name: impl Into<String>, label: impl Into<String>, rows: u8) -> Self {
        Self::new(t, FieldKind::Lines(rows), name, label)
    }

    /// What stands in it now; after a refusal, what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// One sentence before the input: the form, an example, where to find it.
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

    /// At most this many characters.
    #[must_use]
    pub fn max_length(mut self, characters: u16) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// The value of `autocomplete` for data about the reader (*name*, *email*, *tel*).
    #[must_use]
    pub fn autocomplete(mut self, purpose: &'static str) -> Self {
        self.autocomplete = purpose;
        self
    }

    /// May be left empty; the label says so. Fields are otherwise required.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    fn is_numeric(&self) -> bool {
        matches!(self.kind, FieldKind::Date | FieldKind::Digits)
    }

    fn described_by(&self) -> Option<String> {
        described_by(&self.name, self.hint.is_some(), self.error.is_some())
    }
}

/// The ids of the hint and the error of a control, for `aria-describedby`.
pub(super) fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (true, true) => Some(format!("{name}-hint {name}-error")),
    }
}

impl Component for Field {
    const NAME: &'static str = "Field";

    fn examples(t: Text) -> Vec<Self> {
        vec![
            Self::digits(t, "exempel-personnummer", "Personnummer", 13)
                .hint("Tolv siffror, till exempel 19900106-9815")
                .value("19870412-9805")
                .error(Some(
                    "Kontrollsiffran stämmer inte. Jämför med id-handlingen.".into(),
                )),
            Self::date(t, "exempel-giltig", "Id-handlingen giltig till och med")
                .value("2029-05-30"),
            Self::digits(t, "exempel-fyra", "Skriv kortnumrets fyra sista siffror", 4)
                .hint("Markerade ovan. Så vet vi att det är rätt kort.")
                .max_length(4),
            Self::text(t, "exempel-referens", "Telias referens").optional(),
            Self::lines(t, "exempel-anteckning", "Ny anteckning", 2)
                .hint("Skriv inga koder och inga uppgifter om patienter."),
        ]
    }
}

/// One choice of a [`Select`].
#[derive(Clone, Debug)]
pub struct SelectOption {
    value: String,
    label: String,
}

/// A list to pick one from: more than seven answers. Fewer are [`super::Choices`].
#[derive(Clone, Debug, Template)]
#[template(path = "components/select.html")]
pub struct Select {
    name: String,
    label: String,
    options: Vec<SelectOption>,
    chosen: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Select {
    /// A list with `(value, label)` pairs.
    pub fn new<V: Into<String>, L: Into<String>>(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = (V, L)>,
    ) -> Self {
        let option = |(value, label): (V, L)| SelectOption {
            value: value.into(),
            label: label.into(),
        };
        Self {
            name: name.into(),
            label: label.into(),
            options: options.into_iter().map(option).collect(),
            chosen: String::new(),
            hint: None,
            error: None,
        }
    }

    /// The value chosen now.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<String>) -> Self {
        self.chosen = value.into();
        self
    }

    /// One sentence before the list.
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

    fn described_by(&self) -> Option<String> {
        described_by(&self.name, self.hint.is_some(), self.error.is_some())
    }
}

impl Component for Select {
    const NAME: &'static str = "Select";

    fn examples(_: Text) -> Vec<Self> {
        let offices = [
            ("", "Välj kontor"),
            ("1", "Björkvallen"),
            ("2", "Tallhöjden"),
        ];
        vec![
            Self::new("exempel-kontor", "Kortkontor", offices).chosen("1"),
            Self::new("exempel-kontor-fel", "Kontor för leverans", offices)
                .hint("Kortet aktiveras på samma kontor.")
                .error(Some("Välj ett kontor.".into())),
        ]
    }
}

finished_html!(Field, Select);
