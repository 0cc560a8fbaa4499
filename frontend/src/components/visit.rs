//! The visits of a day; a line divides what has been from what comes.

use askama::Template;

use super::{Component, Icon, Link, Tone, finished_html};
use crate::text::Text;

/// A booked time, or a gap.
#[derive(Clone, Debug)]
pub enum Visit {
    /// Somebody comes.
    Booked {
        /// `09:30`.
        time: String,
        /// What for: *Aktivera*.
        purpose: String,
        /// Who, linked to the person's page.
        who: Link,
        /// How it stands, with a warning when the visit cannot help.
        note: Option<(Icon, Tone, String)>,
        /// True when it is over.
        is_past: bool,
    },
    /// Nobody comes: time and *Ledigt till 13:00*.
    Free {
        /// `11:00`.
        time: String,
        /// Until when.
        until: String,
    },
    /// The line *Nu 09:42*.
    Now(String),
}

/// The visits of today at one office, in order.
#[derive(Clone, Debug, Template)]
#[template(path = "components/day_list.html")]
pub struct DayList {
    visits: Vec<Visit>,
}

impl DayList {
    /// The visits in order of time.
    #[must_use]
    pub fn new(visits: Vec<Visit>) -> Self {
        Self { visits }
    }
}

impl Component for DayList {
    const NAME: &'static str = "DayList";

    fn examples(_: Text) -> Vec<Self> {
        let booked = |time: &str, purpose: &str, who: &str, note, is_past| Visit::Booked {
            time: time.into(),
            purpose: purpose.into(),
            who: Link::new(who, format!("#besok-{time}")),
            note,
            is_past,
        };
        let note = |icon, tone, text: &str| Some((icon, tone, text.to_owned()));
        let done = note(Icon::Check, Tone::Success, "Klart 09:07");
        let vain = note(
            Icon::Warning,
            Tone::Danger,
            "Produktnummer 641: besök hjälper inte.",
        );
        let rek = note(
            Icon::Warning,
            Tone::Warning,
            "Rek inte hämtat. Ring före besöket.",
        );
        vec![Self::new(vec![
            booked("09:00", "Foto", "Viktor Ahlström", done, true),
            Visit::Now("Nu 09:42".into()),
            booked("10:30", "Aktivera", "Farid Nazari", rek, false),
            Visit::Free {
                time: "11:00".into(),
                until: "Ledigt till 13:00".into(),
            },
            booked("13:30", "Lås upp", "Leyla Demir", vain, false),
        ])]
    }
}

finished_html!(DayList);
