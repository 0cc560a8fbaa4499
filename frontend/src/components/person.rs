//! A person at the head of her page, and facts about anything.

use askama::Template;

use super::{Button, Component, Icon, Link, Message, finished_html, states};
use crate::text::Text;

/// An identifier that is often copied. Plain text; the script adds the button.
#[derive(Clone, Debug, Template)]
#[template(path = "components/copyable.html")]
pub struct Copyable {
    value: String,
    label: String,
}

impl Copyable {
    /// `label` is the button's name: *Kopiera HSA-id för Region Mälarvik*.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

impl Component for Copyable {
    const NAME: &'static str = "Copyable";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new("SE2321009918-4K7Q", t.copy("HSA-id"))]
    }
}

/// A term and its value.
#[derive(Clone, Debug)]
pub struct Fact {
    term: String,
    value: String,
    copy: Option<String>,
}

impl Fact {
    /// A value to read.
    pub fn plain(term: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            value: value.into(),
            copy: None,
        }
    }

    /// An identifier to copy; the button is named after the term.
    pub fn copyable(t: Text, term: impl Into<String>, value: impl Into<String>) -> Self {
        let term = term.into();
        Self {
            copy: Some(t.copy(&term)),
            term,
            value: value.into(),
        }
    }
}

/// Facts side by side, as a description list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/facts.html")]
pub struct Facts {
    rows: Vec<Fact>,
}

impl Facts {
    /// The facts in order of importance.
    #[must_use]
    pub fn new(rows: Vec<Fact>) -> Self {
        Self { rows }
    }
}

impl Component for Facts {
    const NAME: &'static str = "Facts";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new(vec![
            Fact::copyable(t, "Personnummer", "19870412-9801"),
            Fact::copyable(t, "HSA-id, Region Mälarvik", "SE2321009918-4K7Q"),
            Fact::plain("Folkbokförd", "Ja, adress finns"),
        ])]
    }
}

/// The photo beside the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Photo {
    /// An approved photo: address and text alternative (*Foto på …, taget 2026-11-04*).
    Taken {
        /// Address of the picture.
        src: String,
        /// Text alternative.
        alt: String,
    },
    /// None yet.
    Missing,
    /// Not shown: the person's data are protected.
    Protected,
}

/// The head of every page about one person; its name is the page's `h1`.
#[derive(Clone, Debug, Template)]
#[template(path = "components/person_header.html")]
pub struct PersonHeader {
    t: Text,
    photo: Photo,
    over: String,
    name: String,
    note: Option<String>,
    facts: Facts,
    links: Vec<Link>,
    reveal: Option<Button>,
    warning: Option<Message>,
}

impl PersonHeader {
    /// A person by name; `over` says role and workplace.
    pub fn new(t: Text, name: impl Into<String>, over: impl Into<String>) -> Self {
        Self {
            t,
            photo: Photo::Missing,
            over: over.into(),
            name: name.into(),
            note: None,
            facts: Facts::default(),
            links: Vec::new(),
            reveal: None,
            warning: None,
        }
    }

    /// A person with protected data: only the HSA-id is shown, and `reveal` leads to giving a
    /// reason for seeing more.
    pub fn protected(t: Text, hsa_id: impl Into<String>, reveal: Option<Button>) -> Self {
        Self {
            photo: Photo::Protected,
            note: Some(t.protected_person_note()),
            reveal: reveal.map(Button::secondary),
            ..Self::new(t, hsa_id, "")
        }
    }

    /// The photo.
    #[must_use]
    pub fn photo(mut self, photo: Photo) -> Self {
        self.photo = photo;
        self
    }

    /// One line under the name, such as an earlier name.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Identifiers and what else is known.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// Acts on the person rather than on a card.
    #[must_use]
    pub fn links(mut self, links: Vec<Link>) -> Self {
        self.links = links;
        self
    }

    /// Another person has the same name or nearly the same number: look twice.
    #[must_use]
    pub fn look_alike(mut self, warning: Message) -> Self {
        self.warning = Some(warning);
        self
    }

    fn is_protected(&self) -> bool {
        self.photo == Photo::Protected
    }

    fn protected_badge(&self) -> super::StateBadge {
        states::person::PROTECTED.badge(self.t)
    }
}

impl Component for PersonHeader {
    const NAME: &'static str = "PersonHeader";

    fn examples(t: Text) -> Vec<Self> {
        let work = "Sjuksköterska, akutmottagningen · Björkvallens sjukhus";
        let look_alike = Self::new(t, "Maja Lindquist", work);
        vec![
            Self::new(t, "Maja Lindqvist", work)
                .note("Hette Sundin till 2026-09-11 enligt folkbokföringen")
                .facts(Facts::examples(t).remove(0))
                .links(vec![
                    Link::new("Beställ kort", "#bestall"),
                    Link::new("Ge ut reservkort", "#reservkort"),
                    Link::new("Boka besök", "#boka"),
                ]),
            look_alike.facts(Facts::examples(t).remove(0)).look_alike(
                Message::warning(
                    "Det finns också en Maja Lindqvist på Björkvallen",
                    "Jämför de fyra sista siffrorna med id-handlingen: 9801, inte 9827.",
                )
                .with_icon(Icon::Person),
            ),
            Self::protected(
                t,
                "SE2321009918-1K7F",
                Some(Button::link("Visa uppgifter", "#visa")),
            ),
        ]
    }
}

finished_html!(Copyable, Facts, PersonHeader);
