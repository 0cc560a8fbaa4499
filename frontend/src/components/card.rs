//! The card: its state as box and word, its drawing, its row with actions and refusals.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Button, Component, Fact, Facts, Icon, Link, Tone, finished_html, states};
use crate::text::Text;

/// A state: icon box and word. Make it from the vocabulary in [`states`] wherever there is one.
#[derive(Clone, Debug, Template)]
#[template(path = "components/state_badge.html")]
pub struct StateBadge {
    icon: Icon,
    tone: Tone,
    word: String,
    is_outlined: bool,
    is_big: bool,
}

impl StateBadge {
    /// A filled box with the word.
    pub fn new(tone: Tone, icon: Icon, word: impl Into<String>) -> Self {
        Self {
            icon,
            tone,
            word: word.into(),
            is_outlined: false,
            is_big: false,
        }
    }

    /// Outlined: a property beside the state, such as *Låst* beside *Aktiv*.
    #[must_use]
    pub fn outlined(mut self) -> Self {
        self.is_outlined = true;
        self
    }

    /// The size for the head of a card row or a case.
    #[must_use]
    pub fn big(mut self) -> Self {
        self.is_big = true;
        self
    }

    /// Says more than the vocabulary's word: *Låst sedan 09:41*.
    #[must_use]
    pub fn saying(mut self, word: impl Into<String>) -> Self {
        self.word = word.into();
        self
    }
}

impl Component for StateBadge {
    const NAME: &'static str = "StateBadge";

    fn examples(t: Text) -> Vec<Self> {
        let mut all: Vec<Self> = states::ALL.iter().map(|state| state.badge(t)).collect();
        all.push(states::card::ACTIVE.badge(t).big());
        all.push(
            states::codes::PIN_LOCKED
                .badge(t)
                .saying("Låst sedan 09:41"),
        );
        all
    }
}

/// How a card is drawn in its state. Decoration: the word stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardDrawing {
    /// Works.
    Whole,
    /// On its way.
    Envelope,
    /// Not signed for.
    SignatureLine,
    /// Revoked, and nobody has cut it yet: whole, with a ban.
    Banned,
    /// Cut in two, as somebody has done or is told to do.
    Cut,
    /// Not made yet.
    Dashed,
    /// Expired, or a reserve card in stock.
    Grey,
    /// Whole with a padlock: wrong PIN three times.
    Locked,
}

/// The picture of a card: its state, and whether there is a portrait on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPicture {
    drawing: CardDrawing,
    has_portrait: bool,
}

impl CardDrawing {
    /// The picture of a card of a product with a photo, or without one.
    #[must_use]
    pub fn portrayed(self, has_portrait: bool) -> CardPicture {
        CardPicture {
            drawing: self,
            has_portrait,
        }
    }
}

/// Where the product is not known, a card has a portrait.
impl From<CardDrawing> for CardPicture {
    fn from(drawing: CardDrawing) -> Self {
        drawing.portrayed(true)
    }
}

const CHIP: &str = r#"<rect class="chip" x="12" y="22" width="22" height="17" rx="3.5"/><path class="cl" d="M12 28h7v5h-7M34 28h-7v5h7M23 22v4M23 39v-4"/>"#;
const PORTRAIT: &str = r#"<rect class="p" x="88" y="12" width="27" height="35" rx="2.5"/><circle class="h" cx="101.5" cy="25" r="6"/><path class="h" d="M91 46.5c0-9 4-13 10.5-13s10.5 4 10.5 13z"/>"#;
const BODY: &str = r#"<rect class="b" x="2" y="2" width="124" height="78" rx="7"/>"#;
const LINES: &str = r#"<path class="l" d="M14 56h46M14 65h30"/>"#;
const DULL_BODY: &str = r#"<rect class="g" x="2" y="2" width="124" height="78" rx="7"/><rect class="chip dull" x="12" y="22" width="22" height="17" rx="3.5"/><path class="lg" d="M14 56h46M14 65h30"/>"#;
const DULL_PORTRAIT: &str = r#"<rect class="gp" x="88" y="12" width="27" height="35" rx="2.5"/><circle class="gh" cx="101.5" cy="25" r="6"/><path class="gh" d="M91 46.5c0-9 4-13 10.5-13s10.5 4 10.5 13z"/>"#;
const DASHED_BODY: &str = r#"<rect class="d" x="2" y="2" width="124" height="78" rx="7"/><rect class="d" x="12" y="22" width="22" height="17" rx="3.5"/><path class="d" d="M14 57h46M14 66h30"/>"#;
const DASHED_PORTRAIT: &str = r#"<rect class="d" x="88" y="12" width="27" height="35" rx="2.5"/>"#;
const PADLOCK: &str = r#"<circle class="bw" cx="112" cy="66" r="16"/><path class="bwi" d="M105 65h14v9h-14zM108 65v-3.5a4 4 0 018 0V65"/>"#;
const BAN: &str = r#"<circle class="bd" cx="112" cy="66" r="16"/><path class="bdi" d="M104 66a8 8 0 1016 0 8 8 0 10-16 0M106.4 60.4l11.2 11.2"/>"#;
const LEFT_HALF: &str = r#"<g transform="rotate(-4 40 41) translate(-3 0)"><path class="g" d="M9 2h44l-6 12 7 13-7 13 7 14-7 13 5 13H9a7 7 0 01-7-7V9a7 7 0 017-7z"/><rect class="chip" x="12" y="22" width="22" height="17" rx="3.5"/><path class="lg" d="M14 56h26M14 65h18"/></g>"#;
const RIGHT_HALF: &str =
    r#"<path class="g" d="M60 2h59a7 7 0 017 7v64a7 7 0 01-7 7H59l-5-13 7-13-7-14 7-13-7-13z"/>"#;
const CUT_PORTRAIT: &str = r#"<rect class="p" x="88" y="14" width="27" height="35" rx="2.5"/><circle class="h" cx="101.5" cy="27" r="6"/><path class="h" d="M91 48.5c0-9 4-13 10.5-13s10.5 4 10.5 13z"/>"#;

impl fmt::Display for CardPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with = |portrait| if self.has_portrait { portrait } else { "" };
        let (face, dull) = (with(PORTRAIT), with(DULL_PORTRAIT));
        f.write_str(r#"<svg class="pic" viewBox="0 0 128 82" aria-hidden="true">"#)?;
        match self.drawing {
            CardDrawing::Whole => write!(f, "{BODY}{CHIP}{face}{LINES}")?,
            CardDrawing::Locked => write!(f, "{BODY}{CHIP}{face}{LINES}{PADLOCK}")?,
            CardDrawing::Envelope => write!(
                f,
                r#"<g transform="translate(12 -3) scale(.82)">{BODY}{CHIP}{face}{LINES}</g><path class="env" d="M2 30h124v44a6 6 0 01-6 6H8a6 6 0 01-6-6z"/><path class="env" d="M2 30l56 30a12 12 0 0012 0l56-30" fill="none"/>"#
            )?,
            CardDrawing::SignatureLine => write!(
                f,
                r#"{BODY}<g transform="translate(0 -8)">{CHIP}</g>{face}<path class="l" d="M14 44h40"/><path class="sig" d="M14 68h98M20 62c6-12 10-10 8-2s6 3 9-3 5-2 5 2 6 1 10-2"/>"#
            )?,
            CardDrawing::Banned => write!(f, "{DULL_BODY}{dull}{BAN}")?,
            CardDrawing::Cut => write!(
                f,
                r#"{LEFT_HALF}<g transform="rotate(5 96 41) translate(3 0)">{RIGHT_HALF}{}</g>"#,
                with(CUT_PORTRAIT)
            )?,
            CardDrawing::Dashed => write!(f, "{DASHED_BODY}{}", with(DASHED_PORTRAIT))?,
            CardDrawing::Grey => write!(f, "{DULL_BODY}{dull}")?,
        }
        f.write_str("</svg>")
    }
}

impl fmt::Display for CardDrawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        CardPicture::from(*self).fmt(f)
    }
}

impl HtmlSafe for CardDrawing {}
impl HtmlSafe for CardPicture {}

/// An act the reader could expect but may not do now: what, why, and the lawful way instead.
#[derive(Clone, Debug)]
pub struct Refusal {
    what: String,
    why: String,
    instead: Option<Link>,
}

impl Refusal {
    /// `what` as on the button that is missing, `why` with the rule and its dates.
    pub fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            instead: None,
        }
    }

    /// The shortest lawful way.
    #[must_use]
    pub fn instead(mut self, link: Link) -> Self {
        self.instead = Some(link);
        self
    }
}

/// The refusals of one thing, under *Går inte just nu*. Writes nothing when there are none.
#[derive(Clone, Debug, Template)]
#[template(path = "components/refusals.html")]
pub struct Refusals {
    t: Text,
    rows: Vec<Refusal>,
}

impl Refusals {
    /// The refusals in the order an officer would look for the acts.
    #[must_use]
    pub fn new(t: Text, rows: Vec<Refusal>) -> Self {
        Self { t, rows }
    }
}

impl Component for Refusals {
    const NAME: &'static str = "Refusals";

    fn examples(t: Text) -> Vec<Self> {
        vec![Self::new(
            t,
            vec![
                Refusal::new(
                    "Beställ på nytt",
                    "Kortet skickades med A-post. Nytt kort får beställas 30 dagar efter \
                     fototillfället, från 2026-12-04.",
                ),
                Refusal::new(
                    "Hämta underskriftscertifikat",
                    "Det gör innehavaren själv när kortet är aktivt.",
                )
                .instead(Link::new("Skicka instruktion", "#instruktion")),
            ],
        )]
    }
}

/// One of a person's cards: drawing, state, facts, what can be done and what cannot.
#[derive(Clone, Debug, Template)]
#[template(path = "components/card_row.html")]
pub struct CardRow {
    drawing: CardPicture,
    states: Vec<StateBadge>,
    number: String,
    facts: Option<Facts>,
    note: Option<(String, Option<Link>)>,
    actions: Vec<Button>,
    refusals: Option<Refusals>,
}

impl CardRow {
    /// A card with its drawing, its state first among `states`, and its number in groups
    /// of four (empty while there is none).
    #[must_use]
    pub fn new(
        drawing: impl Into<CardPicture>,
        states: Vec<StateBadge>,
        number: impl Into<String>,
    ) -> Self {
        let states = states.into_iter().enumerate();
        Self {
            drawing: drawing.into(),
            states: states
                .map(|(at, s)| if at == 0 { s.big() } else { s })
                .collect(),
            number: number.into(),
            facts: None,
            note: None,
            actions: Vec::new(),
            refusals: None,
        }
    }

    /// What is known about it.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Self {
        self.facts = Some(facts);
        self
    }

    /// One line for an ended card, instead of facts.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>, link: Option<Link>) -> Self {
        self.note = Some((text.into(), link));
        self
    }

    /// What can be done; the buttons become outlined.
    #[must_use]
    pub fn actions(mut self, actions: Vec<Button>) -> Self {
        self.actions = actions.into_iter().map(Button::secondary).collect();
        self
    }

    /// What cannot be done, and why.
    #[must_use]
    pub fn refusals(mut self, refusals: Refusals) -> Self {
        self.refusals = Some(refusals);
        self
    }
}

fn example_facts(product: &str) -> Facts {
    Facts::new(vec![
        Fact::plain("Produktnummer", product),
        Fact::plain("Giltigt till", "2031-11-12"),
        Fact::plain("Beställning", "K-2611-0482"),
    ])
}

fn living_examples(t: Text) -> Vec<CardRow> {
    let locked = states::codes::PIN_LOCKED
        .badge(t)
        .saying("Låst: fel pin-kod tre gånger");
    let sent = vec![states::card::SENT.badge(t)];
    let unsigned = vec![states::card::UNLOCKED_UNSIGNED.badge(t)];
    vec![
        CardRow::new(CardDrawing::Envelope, sent, "9752 2699 0041 7738")
            .facts(example_facts("723"))
            .actions(vec![
                Button::link("Aktivera", "#k1"),
                Button::link("Spärra", "#k2"),
            ])
            .refusals(Refusals::examples(t).remove(0)),
        CardRow::new(
            CardDrawing::Locked,
            vec![states::card::ACTIVE.badge(t), locked],
            "9752 1480 0093 2216",
        )
        .facts(example_facts("641"))
        .actions(vec![
            Button::link("Beställ puk-brev", "#k3"),
            Button::link("Spärra", "#k4"),
        ]),
        CardRow::new(CardDrawing::SignatureLine, unsigned, "9752 2699 0041 7740")
            .facts(example_facts("723"))
            .actions(vec![Button::link("Ta emot kvittens", "#k5")]),
    ]
}

impl Component for CardRow {
    const NAME: &'static str = "CardRow";

    fn examples(t: Text) -> Vec<Self> {
        let mut all = living_examples(t);
        let ended = vec![states::card::EXPIRED.badge(t)];
        let revoked = vec![states::card::REVOKED.badge(t)];
        all.push(Self::new(
            CardDrawing::Dashed,
            vec![states::card::ORDERED.badge(t)],
            "",
        ));
        all.push(Self::new(
            CardDrawing::Grey.portrayed(false),
            ended,
            "9752 1480 0012 5501",
        ));
        let destroyed = vec![
            states::card::REVOKED.badge(t),
            states::custody::DESTROYED.badge(t),
        ];
        all.push(Self::new(
            CardDrawing::Cut,
            destroyed,
            "9752 1480 0044 7120",
        ));
        all.push(
            Self::new(CardDrawing::Banned, revoked, "9752 1480 0058 1093").note(
                "Produktnummer 512 · tappat, spärrat 2022-01-17 · Telia klart samma dag",
                Some(Link::new("Visa spärrärendet", "#arende")),
            ),
        );
        all
    }
}

finished_html!(StateBadge, Refusals, CardRow);

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [CardDrawing; 8] = [
        CardDrawing::Whole,
        CardDrawing::Envelope,
        CardDrawing::SignatureLine,
        CardDrawing::Banned,
        CardDrawing::Cut,
        CardDrawing::Dashed,
        CardDrawing::Grey,
        CardDrawing::Locked,
    ];

    #[test]
    fn a_card_without_a_photo_is_drawn_without_a_portrait_in_every_state() {
        for drawing in ALL {
            let with = drawing.portrayed(true).to_string();
            let without = drawing.portrayed(false).to_string();
            assert!(with.len() > without.len(), "{drawing:?}");
            for portrait in [r#"class="p""#, r#"class="h""#, r#"class="gp""#, r#"x="88""#] {
                assert!(!without.contains(portrait), "{drawing:?}: {without}");
            }
            assert_eq!(with, drawing.to_string(), "{drawing:?}");
        }
    }
}
