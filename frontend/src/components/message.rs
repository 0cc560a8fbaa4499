//! What the reader must know before acting, and what an empty list means.

use askama::Template;

use super::{Button, CardDrawing, Component, Icon, Link, Tone, finished_html};
use crate::text::Text;

/// A message with a coloured edge. At most one per view beside an error summary; never for praise.
#[derive(Clone, Debug, Template)]
#[template(path = "components/message.html")]
pub struct Message {
    tone: Tone,
    icon: Icon,
    title: String,
    paragraphs: Vec<String>,
    actions: Vec<Button>,
    links: Vec<Link>,
    is_alert: bool,
}

impl Message {
    fn new(tone: Tone, icon: Icon, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            tone,
            icon,
            title: title.into(),
            paragraphs: vec![text.into()],
            actions: Vec::new(),
            links: Vec::new(),
            is_alert: false,
        }
    }

    /// Good to know.
    pub fn info(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(Tone::Info, Icon::Info, title, text)
    }

    /// Something is lost unless somebody acts.
    pub fn warning(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(Tone::Warning, Icon::Warning, title, text)
    }

    /// Lost tonight, cannot be undone, or went wrong on our side.
    pub fn danger(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(Tone::Danger, Icon::Warning, title, text)
    }

    /// A rule that stands in the way.
    pub fn neutral(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(Tone::Neutral, Icon::Ban, title, text)
    }

    /// Another icon.
    #[must_use]
    pub fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }

    /// One more paragraph.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.paragraphs.push(text.into());
        self
    }

    /// Buttons under the text.
    #[must_use]
    pub fn actions(mut self, actions: Vec<Button>) -> Self {
        self.actions = actions;
        self
    }

    /// A link under the text.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }

    /// Read out at once by screen readers: for what this very request caused.
    #[must_use]
    pub fn alert(mut self) -> Self {
        self.is_alert = true;
        self
    }
}

impl Component for Message {
    const NAME: &'static str = "Message";

    fn examples(_: Text) -> Vec<Self> {
        vec![
            Self::info(
                "Du ser detta som granskare",
                "Du kan läsa allt men inte ändra.",
            ),
            Self::warning(
                "Släpp inte iväg Maja före steg 4",
                "När pin-koden är vald är kortet upplåst. Utan kvittens spärras det efter fem \
                 dagar, och då behövs ett nytt kort.",
            )
            .with_icon(Icon::Pen),
            Self::warning(
                "Tove Hallgren hann före",
                "Beställning K-2611-0482 ändrades 09:51, medan du hade sidan öppen. Din ändring \
                 är inte sparad.",
            )
            .with_icon(Icon::Arrows)
            .actions(vec![
                Button::submit("Behåll Toves ändring"),
                Button::link("Gör min ändring igen", "#igen").secondary(),
            ]),
            Self::danger(
                "Spärren är mottagen men inte utförd",
                "Utfärdaren svarar inte just nu. Begäran från 09:58 är sparad och skickas så \
                 snart det går. Du behöver inte göra om den.",
            )
            .alert(),
            Self::neutral(
                "Du kan inte låsa upp ditt eget kort",
                "Den som låser upp får inte vara samma person som äger kortet.",
            )
            .link(Link::new("Be en kollega", "#kollega")),
        ]
    }
}

/// What an empty list means and when it is checked next; never *inga poster*.
#[derive(Clone, Debug, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    drawing: Option<CardDrawing>,
    title: String,
    text: String,
    links: Vec<Link>,
}

impl Empty {
    /// `title` says the situation, `text` what it means.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            drawing: None,
            title: title.into(),
            text: text.into(),
            links: Vec::new(),
        }
    }

    /// With a drawing, when the list is of cards.
    #[must_use]
    pub fn drawn(mut self, drawing: CardDrawing) -> Self {
        self.drawing = Some(drawing);
        self
    }

    /// Where to go from here.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }
}

impl Component for Empty {
    const NAME: &'static str = "Empty";

    fn examples(_: Text) -> Vec<Self> {
        vec![
            Self::new(
                "Alla har kvitterat",
                "Ingen har ett upplåst kort utan kvittens. Nästa kontroll görs i natt 02:00.",
            )
            .drawn(CardDrawing::Whole)
            .link(Link::new("Till Att göra", "#att-gora"))
            .link(Link::new(
                "Visa avslutade, senaste 30 dagarna",
                "#avslutade",
            )),
        ]
    }
}

finished_html!(Message, Empty);
