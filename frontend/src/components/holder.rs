//! Parts of Mina sidor: what the holder has to do, her card, and where a thing is on its way.

use askama::Template;

use super::{
    Button, CardDrawing, CardPicture, Component, Fact, Facts, Icon, Link, Stage, StateBadge, Tone,
    finished_html, states,
};
use crate::text::Text;

/// A duty with a date and its one button.
#[derive(Clone, Debug)]
pub struct TodoCard {
    tone: Tone,
    by: String,
    title: String,
    text: String,
    drawing: Option<CardPicture>,
    identifier: Option<(String, String, String)>,
    action: Option<Button>,
}

impl TodoCard {
    /// `by` says until when (*Senast fredag 4 december*), `title` what to do, `text` how.
    pub fn new(
        tone: Tone,
        by: impl Into<String>,
        title: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            tone,
            by: by.into(),
            title: title.into(),
            text: text.into(),
            drawing: None,
            identifier: None,
            action: None,
        }
    }

    /// With a drawing of the card.
    #[must_use]
    pub fn drawn(mut self, drawing: impl Into<CardPicture>) -> Self {
        self.drawing = Some(drawing.into());
        self
    }

    /// An identifier needed for the act, such as the Rek-id, large and to copy.
    #[must_use]
    pub fn identifier(
        mut self,
        t: Text,
        term: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        let term = term.into();
        self.identifier = Some((t.copy(&term), term, value.into()));
        self
    }

    /// The one button.
    #[must_use]
    pub fn action(mut self, action: Button) -> Self {
        self.action = Some(action.full());
        self
    }
}

/// What the holder has to do, the most urgent first.
#[derive(Clone, Debug, Template)]
#[template(path = "components/todo_list.html")]
pub struct TodoList {
    cards: Vec<TodoCard>,
}

impl TodoList {
    /// The duties; only the first should have a filled button.
    #[must_use]
    pub fn new(cards: Vec<TodoCard>) -> Self {
        Self { cards }
    }
}

impl Component for TodoList {
    const NAME: &'static str = "TodoList";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new(vec![
            TodoCard::new(
                Tone::Warning,
                "Senast fredag 4 december",
                "Hämta ditt nya kort hos ombudet",
                "Det ligger hos Tallhöjdens livs. Ta med giltig id-handling.",
            )
            .drawn(CardDrawing::Envelope)
            .identifier(t, "Rek-id", "RR482917367SE")
            .action(Button::link("Spåra hos Postnord", "#spara").with_icon(Icon::Outside)),
            TodoCard::new(
                Tone::Info,
                "Helst nu, senast 18 januari",
                "Be din chef beställa nästa kort",
                "Kortet från Björkvallen går ut 2027-01-18, om åtta veckor. Ett nytt kort tar \
                 två till tre veckor.",
            )
            .action(Button::link("Skicka frågan till Anders Holm", "#fraga").secondary()),
        ])]
    }
}

/// The holder's own card: drawing, state and whose it is.
#[derive(Clone, Debug, Template)]
#[template(path = "components/my_card.html")]
pub struct MyCard {
    drawing: CardPicture,
    states: Vec<StateBadge>,
    organisation: String,
    note: String,
    facts: Option<Facts>,
}

impl MyCard {
    /// A card of `organisation`; `note` says until when or how it comes.
    pub fn new(
        drawing: impl Into<CardPicture>,
        state: StateBadge,
        organisation: impl Into<String>,
        note: impl Into<String>,
    ) -> Self {
        Self {
            drawing: drawing.into(),
            states: vec![state.big()],
            organisation: organisation.into(),
            note: note.into(),
            facts: None,
        }
    }

    /// Another state beside the card's own, such as that of its codes.
    #[must_use]
    pub fn beside(mut self, state: StateBadge) -> Self {
        self.states.push(state);
        self
    }

    /// Numbers the holder may need on the telephone.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Self {
        self.facts = Some(facts);
        self
    }
}

impl Component for MyCard {
    const NAME: &'static str = "MyCard";

    fn examples(t: Text) -> Vec<Self> {
        vec![
            Self::new(
                CardDrawing::Whole,
                states::card::ACTIVE.badge(t),
                "Björkvallens sjukhus",
                "till och med 2027-01-18",
            )
            .facts(Facts::new(vec![
                Fact::plain("Kortnummer", "…6120"),
                Fact::plain("Produktnummer", "723"),
                Fact::copyable(t, "Ditt HSA-id", "SE2321009918-3T5B"),
            ])),
        ]
    }
}

/// A stop on the way of an order, a letter or a card.
#[derive(Clone, Debug)]
pub struct Stop {
    title: String,
    note: String,
    link: Option<Link>,
    stage: Stage,
}

impl Stop {
    /// `note` says when, or what to do there.
    pub fn new(title: impl Into<String>, note: impl Into<String>, stage: Stage) -> Self {
        Self {
            title: title.into(),
            note: note.into(),
            link: None,
            stage,
        }
    }

    /// What can be done at this stop.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}

/// Where a thing is on its way, as a vertical line.
#[derive(Clone, Debug, Template)]
#[template(path = "components/tracking.html")]
pub struct Tracking {
    stops: Vec<Stop>,
}

impl Tracking {
    /// The stops, the first first.
    #[must_use]
    pub fn new(stops: Vec<Stop>) -> Self {
        Self { stops }
    }
}

impl Component for Tracking {
    const NAME: &'static str = "Tracking";

    fn examples(_: Text) -> Vec<Self> {
        vec![Self::new(vec![
            Stop::new("Beställt", "2026-11-05", Stage::Done),
            Stop::new(
                "Foto godkänt",
                "2026-11-09, kortkontoret Björkvallen",
                Stage::Done,
            ),
            Stop::new("Skickat", "2026-11-17", Stage::Done),
            Stop::new(
                "Hos ombudet",
                "sedan 2026-11-20, ligger kvar till 2026-12-04",
                Stage::Here,
            ),
            Stop::new(
                "Aktivera på kortkontoret Björkvallen",
                "Ta med kortet och fysisk id-handling.",
                Stage::Coming,
            )
            .link(Link::new("Boka tid", "#tid")),
        ])]
    }
}

/// Links below each other with arrows: what one can do with a thing in Mina sidor.
#[derive(Clone, Debug, Template)]
#[template(path = "components/link_list.html")]
pub struct LinkList {
    links: Vec<Link>,
}

impl LinkList {
    /// The links, the most used first.
    #[must_use]
    pub fn new(links: Vec<Link>) -> Self {
        Self { links }
    }
}

impl Component for LinkList {
    const NAME: &'static str = "LinkList";

    fn examples(_: Text) -> Vec<Self> {
        vec![Self::new(vec![
            Link::new("Kortet är låst", "#last"),
            Link::new("Tappat kort eller någon kan min kod", "#tappat"),
        ])]
    }
}

finished_html!(TodoList, MyCard, Tracking, LinkList);
