//! What happened, and what will happen on which day and why.

use askama::Template;

use super::{Component, Icon, Link, Tone, finished_html};
use crate::text::Text;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    icon: Icon,
    tone: Option<Tone>,
    text: String,
    note: String,
    about: Option<(String, Link)>,
}

impl Event {
    /// `text` says what happened, `note` when and by whom.
    pub fn new(icon: Icon, text: impl Into<String>, note: impl Into<String>) -> Self {
        Self {
            icon,
            tone: None,
            text: text.into(),
            note: note.into(),
            about: None,
        }
    }

    /// What happened, without when and by whom.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Which thing of whose, in a list about several persons.
    #[must_use]
    pub fn about(mut self, thing: impl Into<String>, person: Link) -> Self {
        self.about = Some((thing.into(), person));
        self
    }

    /// Coloured, when the event changed what the reader must do.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }
}

/// Events, newest first. On screens it is called *händelser*.
#[derive(Clone, Debug, Template)]
#[template(path = "components/event_list.html")]
pub struct EventList {
    rows: Vec<Event>,
}

impl EventList {
    /// The events, newest first; a page shows the last five and a link to all.
    #[must_use]
    pub fn new(rows: Vec<Event>) -> Self {
        Self { rows }
    }
}

impl Component for EventList {
    const NAME: &'static str = "EventList";

    fn examples(_: Text) -> Vec<Self> {
        vec![Self::new(vec![
            Event::new(
                Icon::Eye,
                "Du öppnade personen",
                "2026-11-23 09:42 · Maja kan se det i Mina sidor",
            ),
            Event::new(
                Icon::Padlock,
                "Fel pin-kod tre gånger, kort …2216 låstes",
                "2026-11-20 07:52 · uppgift från innehavaren",
            )
            .toned(Tone::Warning),
            Event::new(
                Icon::Envelope,
                "Kort …7738 skickat med A-post",
                "2026-11-13 14:10 · tillverkaren",
            )
            .toned(Tone::Info),
            Event::new(
                Icon::Camera,
                "Foto godkänt, id kontrollerat: svenskt pass",
                "2026-11-04 10:20 · Tove Hallgren, Björkvallen",
            ),
        ])]
    }
}

/// A day on which something happens unless somebody acts.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Colour: warning when somebody must act, info otherwise, danger for tonight.
    pub tone: Tone,
    /// What happens and when: *Gamla kortet spärras 2026-12-11*.
    pub title: String,
    /// How long there is: *Om 18 dagar, på grund av namnbytet*.
    pub note: String,
    /// Where the time began: *2026-09-11 namnbyte*.
    pub from: String,
    /// Where it ends: *2026-12-11*.
    pub to: String,
    /// How much of the time has passed, 0 to 100.
    pub passed_percent: u8,
    /// The arithmetic, in sentences.
    pub why: Vec<String>,
    /// What stops it.
    pub stopped_by: Option<String>,
}

/// A deadline with its bar from the source to the end and, on request, why it is that day.
#[derive(Clone, Debug, Template)]
#[template(path = "components/deadline_bar.html")]
pub struct DeadlineBar {
    t: Text,
    deadline: Deadline,
}

impl DeadlineBar {
    /// The bar of a deadline.
    #[must_use]
    pub fn new(t: Text, deadline: Deadline) -> Self {
        Self { t, deadline }
    }

    fn percent(&self) -> u8 {
        self.deadline.passed_percent.min(100)
    }
}

impl Component for DeadlineBar {
    const NAME: &'static str = "DeadlineBar";

    fn examples(t: Text) -> Vec<Self> {
        let name_change = Deadline {
            tone: Tone::Warning,
            title: "Gamla kortet spärras 2026-12-11".into(),
            note: "Om 18 dagar, på grund av namnbytet".into(),
            from: "2026-09-11 namnbyte".into(),
            to: "2026-12-11".into(),
            passed_percent: 80,
            why: vec![
                "Namnbyte i folkbokföringen 2026-09-11 + 3 månader = 2026-12-11, till och med \
                 dagens slut."
                    .into(),
            ],
            stopped_by: Some("att ett kort med rätt namn aktiveras.".into()),
        };
        let activation = Deadline {
            tone: Tone::Info,
            title: "Nya kortet spärras 2027-02-13".into(),
            note: "Om 82 dagar, om det inte aktiveras".into(),
            from: "2026-11-13 skickat".into(),
            to: "2027-02-13".into(),
            passed_percent: 11,
            why: vec!["Skickat 2026-11-13 + 3 månader = 2027-02-13.".into()],
            stopped_by: Some("aktivering med kvittens.".into()),
        };
        vec![Self::new(t, name_change), Self::new(t, activation)]
    }
}

finished_html!(EventList, DeadlineBar);
