//! The officer's start: the large search and the work that waits, by time.

use askama::Template;

use super::{Component, Hidden, Icon, Tone, finished_html};
use crate::text::Text;

/// The nearest case of a row and when it is due.
#[derive(Clone, Debug)]
pub struct Due {
    icon: Option<Icon>,
    tone: Tone,
    what: String,
    whom: String,
}

impl Due {
    /// Without colour: *Nästa 10:00*.
    pub fn new(what: impl Into<String>, whom: impl Into<String>) -> Self {
        Self {
            icon: None,
            tone: Tone::Neutral,
            what: what.into(),
            whom: whom.into(),
        }
    }

    /// Lost tonight: red. Nothing else is.
    pub fn tonight(what: impl Into<String>, whom: impl Into<String>) -> Self {
        Self {
            icon: Some(Icon::Clock),
            tone: Tone::Danger,
            ..Self::new(what, whom)
        }
    }

    /// Somebody waits.
    pub fn waiting(what: impl Into<String>, whom: impl Into<String>) -> Self {
        Self {
            icon: Some(Icon::Clock),
            tone: Tone::Warning,
            ..Self::new(what, whom)
        }
    }
}

/// One kind of work: how many, what it is, what happens otherwise, the nearest one.
#[derive(Clone, Debug)]
pub struct WorklistRow {
    count: i64,
    or_more: bool,
    title: String,
    href: String,
    text: String,
    due: Option<Due>,
}

impl WorklistRow {
    /// `text` says what happens if nobody does it.
    pub fn new(
        count: i64,
        title: impl Into<String>,
        href: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            count,
            or_more: false,
            title: title.into(),
            href: href.into(),
            text: text.into(),
            due: None,
        }
    }

    /// There may be more: the counting stopped there.
    #[must_use]
    pub fn or_more(mut self, or_more: bool) -> Self {
        self.or_more = or_more;
        self
    }

    fn number(&self) -> String {
        let plus = if self.or_more { "+" } else { "" };
        format!("{}{plus}", self.count)
    }

    fn said(&self, t: Text) -> String {
        if self.or_more {
            t.cases_or_more(self.count)
        } else {
            t.cases(self.count)
        }
    }

    /// The nearest case.
    #[must_use]
    pub fn due(mut self, due: Due) -> Self {
        self.due = Some(due);
        self
    }
}

/// The work of one time: *I dag*, *Den här veckan*, *Längre fram*.
#[derive(Clone, Debug, Template)]
#[template(path = "components/worklist.html")]
pub struct Worklist {
    t: Text,
    title: String,
    note: String,
    rows: Vec<WorklistRow>,
}

impl Worklist {
    /// `note` stands beside the title, such as the date; it may be empty.
    pub fn new(
        t: Text,
        title: impl Into<String>,
        note: impl Into<String>,
        rows: Vec<WorklistRow>,
    ) -> Self {
        Self {
            t,
            title: title.into(),
            note: note.into(),
            rows,
        }
    }
}

impl Component for Worklist {
    const NAME: &'static str = "Worklist";

    fn examples(t: Text) -> Vec<Self> {
        vec![
            Self::new(
                t,
                "I dag",
                "måndag 23 november",
                vec![
                    WorklistRow::new(
                        4,
                        "Ej kvitterade",
                        "#ej-kvitterade",
                        "Kortet är upplåst men innehavaren har inte kvitterat. Spärras efter fem \
                         dagar.",
                    )
                    .due(Due::tonight("Spärras i natt", "Oskar Wikander")),
                    WorklistRow::new(
                        2,
                        "Godkännanden",
                        "#godkannanden",
                        "Reservkort LoA3 som väntar på en andra id-administratör.",
                    )
                    .due(Due::waiting("Begärt 08:55", "Nadja Holm, akuten")),
                    WorklistRow::new(
                        7,
                        "Att aktivera i dag",
                        "#aktivera-i-dag",
                        "Kortet är skickat och besöket är bokat.",
                    )
                    .due(Due::new("Nästa 10:00", "Maja Lindqvist")),
                ],
            ),
            Self::new(
                t,
                "Längre fram",
                "",
                vec![
                    WorklistRow::new(
                        38,
                        "Går ut inom 8 veckor",
                        "#gar-ut",
                        "21 har nytt kort på väg, 17 saknar beställning.",
                    )
                    .due(Due::new("2026-11-30", "Första kortet går ut")),
                ],
            ),
        ]
    }
}

/// The spruce field with the question *Vem gäller det?*, the `h1` of the start page. It goes into
/// the frame's block `top`.
#[derive(Clone, Debug, Template)]
#[template(path = "components/search_band.html")]
pub struct SearchBand {
    title: String,
    action: String,
    label: String,
    example: String,
    hint: String,
    shortcut: String,
    button: String,
    beside: Vec<(Icon, String, String)>,
    fields: Hidden,
    value: String,
    error: Option<String>,
}

impl SearchBand {
    /// A search posted to `action` as `q`, so that no number gets into an address or a log of
    /// addresses. `fields` are the hidden ones of the form.
    pub fn new(
        t: Text,
        title: impl Into<String>,
        action: impl Into<String>,
        fields: Hidden,
    ) -> Self {
        Self {
            title: title.into(),
            action: action.into(),
            label: t.search_label(),
            example: t.search_example(),
            hint: t.search_hint(),
            shortcut: t.search_shortcut(),
            button: t.search(),
            beside: Vec::new(),
            fields,
            value: String::new(),
            error: None,
        }
    }

    /// What was typed, and what is wrong with it.
    #[must_use]
    pub fn refused(mut self, value: impl Into<String>, error: impl Into<String>) -> Self {
        self.value = value.into();
        self.error = Some(error.into());
        self
    }

    /// A line beside the search, such as a card reader: icon, what, more.
    #[must_use]
    pub fn beside(mut self, icon: Icon, what: impl Into<String>, more: impl Into<String>) -> Self {
        self.beside.push((icon, what.into(), more.into()));
        self
    }
}

impl Component for SearchBand {
    const NAME: &'static str = "SearchBand";

    fn examples(t: Text) -> Vec<Self> {
        vec![
            Self::new(
                t,
                "Vem gäller det?",
                "#sok",
                Hidden::new([("csrf", "exempel")]),
            )
            .beside(
                Icon::Reader,
                "Läsare 1: ditt kort",
                "LoA3, inloggad till 17:00",
            )
            .beside(
                Icon::Reader,
                "Läsare 2: tom",
                "Sätt i innehavarens kort så öppnas personen här.",
            ),
        ]
    }
}

finished_html!(Worklist, SearchBand);
