//! Tables of things, the path to a page, and the pages of a long list.

use askama::Template;

use super::{Component, Icon, Link, StateBadge, finished_html, states};
use crate::text::Text;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    head: String,
    is_number: bool,
}

impl Column {
    /// Text, at the left.
    pub fn text(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            is_number: false,
        }
    }

    /// Numbers, at the right.
    pub fn number(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            is_number: true,
        }
    }
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A link, usually the first cell of a row.
    Link(Link),
    /// A state.
    State(StateBadge),
    /// An identifier or a date that never breaks.
    Code(String),
    /// A number, at the right.
    Number(String),
    /// A small photo, where there is one.
    Face(Option<Face>),
}

/// A small photo of a person, 3 by 4.
#[derive(Clone, Debug)]
pub struct Face {
    /// Its address.
    pub src: String,
    /// Whom it shows.
    pub alt: String,
}

/// Search hits, exports, all cards of an organisation: at most seven columns. Three rows or fewer
/// are not a table.
#[derive(Clone, Debug, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    caption: String,
    is_headed: bool,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// `caption` says what the rows are and how many.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self {
            caption: caption.into(),
            is_headed: false,
            columns,
            rows,
        }
    }

    /// The heading right above says the same: the caption is left to those who do not see it.
    #[must_use]
    pub fn headed_above(mut self) -> Self {
        self.is_headed = true;
        self
    }
}

impl Component for Table {
    const NAME: &'static str = "Table";

    fn examples(t: Text) -> Vec<Self> {
        let row = |number: &str, name: &str, state: StateBadge, until: &str, looks: &str| {
            vec![
                Cell::Link(Link::new(name, format!("#kort-{number}"))),
                Cell::Code(format!("…{number}")),
                Cell::State(state),
                Cell::Code(until.into()),
                Cell::Number(looks.into()),
            ]
        };
        vec![Self::new(
            "Fyra kort på vårdcentralen Tallhöjden",
            vec![
                Column::text("Namn"),
                Column::text("Kortnummer"),
                Column::text("Läge"),
                Column::text("Giltigt till"),
                Column::number("Visningar"),
            ],
            vec![
                row(
                    "7738",
                    "Maja Lindqvist",
                    states::card::SENT.badge(t),
                    "2031-11-12",
                    "3",
                ),
                row(
                    "3307",
                    "Jonas Ekholm",
                    states::card::ACTIVE.badge(t),
                    "2029-03-02",
                    "12",
                ),
                row(
                    "5584",
                    "Per-Olof Sandén",
                    states::card::REVOKED.badge(t),
                    "2027-05-30",
                    "7",
                ),
                row(
                    "5501",
                    "Leyla Demir",
                    states::card::EXPIRED.badge(t),
                    "2026-10-31",
                    "1",
                ),
            ],
        )]
    }
}

/// The path to the page: where it lies, with the page itself last.
#[derive(Clone, Debug, Template)]
#[template(path = "components/breadcrumbs.html")]
pub struct Breadcrumbs {
    t: Text,
    links: Vec<Link>,
    here: String,
}

impl Breadcrumbs {
    /// The links above the page, outermost first, and the page's own name.
    pub fn new(t: Text, links: Vec<Link>, here: impl Into<String>) -> Self {
        Self {
            t,
            links,
            here: here.into(),
        }
    }
}

impl Component for Breadcrumbs {
    const NAME: &'static str = "Breadcrumbs";

    fn examples(t: Text) -> Vec<Self> {
        let links = vec![
            Link::new("Beställningar", "#bestallningar"),
            Link::new("Väntar på foto", "#foto"),
        ];
        vec![Self::new(t, links, "K-2611-0482")]
    }
}

/// The pages of a long list: before, where one is, after.
#[derive(Clone, Debug, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    t: Text,
    before: Option<String>,
    position: String,
    after: Option<String>,
}

impl Pagination {
    /// Addresses of the page before and the page after; `position` as *51–100 av 312*.
    pub fn new(
        t: Text,
        before: Option<String>,
        position: impl Into<String>,
        after: Option<String>,
    ) -> Self {
        Self {
            t,
            before,
            position: position.into(),
            after,
        }
    }
}

impl Component for Pagination {
    const NAME: &'static str = "Pagination";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new(
            t,
            Some("#sida-1".into()),
            "51–100 av 312",
            Some("#sida-3".into()),
        )]
    }
}

finished_html!(Table, Breadcrumbs, Pagination);
