//! Where the product number stands on a card. Unlike the pictures of cards in their states this
//! drawing is content, so it says in words all that it shows.

use askama::Template;

use super::{Component, finished_html};
use crate::text::Text;

/// Which side is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSide {
    /// The back, which has the product number on most cards.
    Back,
    /// The front of a SIS-marked card, with the mark: these have the product number there.
    SisFront,
}

impl CardSide {
    /// A product number that stands on this side.
    fn example(self) -> &'static str {
        match self {
            Self::Back => "723",
            Self::SisFront => "752",
        }
    }
}

/// The drawing, with the product number's place marked and a sentence below.
#[derive(Clone, Debug, Template)]
#[template(path = "components/card_back.html")]
pub struct CardBack {
    t: Text,
    side: CardSide,
    /// The number that stands in the ring.
    product: String,
    /// The number of the card, on the back.
    number: String,
    note: Option<String>,
}

impl CardBack {
    /// The drawing of a side.
    #[must_use]
    pub fn new(t: Text, side: CardSide) -> Self {
        Self {
            t,
            side,
            product: side.example().to_owned(),
            number: "9752 2699 0041 6120".to_owned(),
            note: None,
        }
    }

    /// The drawing of a card that is known: its own numbers stand there.
    #[must_use]
    pub fn of(mut self, product: impl Into<String>, number: impl Into<String>) -> Self {
        self.product = product.into();
        self.number = number.into();
        self
    }

    /// A sentence below the drawing.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

impl Component for CardBack {
    const NAME: &'static str = "CardBack";

    fn examples(t: Text) -> Vec<Self> {
        vec![
            Self::new(t, CardSide::Back)
                .note("Vänd på kortet. Siffrorna kan sitta på ett annat ställe på just ditt kort."),
            Self::new(t, CardSide::SisFront),
        ]
    }
}

finished_html!(CardBack);
