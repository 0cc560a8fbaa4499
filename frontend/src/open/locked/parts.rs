//! What several pages of the advice share: the offices, and what helps when it is urgent.

use cards_app::plain::Office;
use chrono::{DateTime, Utc};

use crate::mina_sidor::office::OfficeView;
use crate::open::opening::Opening;
use crate::text::Text;

/// The service of an office that unlocks cards.
const UNLOCK: &str = "unlock";
/// What the services of an office that hands out reserve cards begin with.
const RESERVE: &str = "reserve_";

/// The offices at a moment.
#[derive(Clone, Debug)]
pub(in crate::open) struct Around {
    pub(in crate::open) offices: Vec<Office>,
    pub(in crate::open) now: DateTime<Utc>,
}

/// An office, and whether it is open.
pub(super) struct OfficeRow {
    pub(super) office: OfficeView,
    pub(super) state: String,
}

impl Around {
    /// The offices that can help soonest first; of several, only those that unlock cards.
    pub(super) fn rows(&self, t: Text, unlocking_only: bool) -> Vec<OfficeRow> {
        let mut found: Vec<(Opening, &Office)> = self
            .offices
            .iter()
            .filter(|office| !unlocking_only || does(office, UNLOCK))
            .map(|office| (Opening::of(office, self.now), office))
            .collect();
        found.sort_by_key(|(opening, office)| (*opening, &office.name));
        let row = |(opening, office): (Opening, &Office)| OfficeRow {
            office: OfficeView::new(t, office, self.now),
            state: opening.sentence(t, self.now),
        };
        found.into_iter().map(row).collect()
    }

    /// That none of the offices that unlock cards is open, and which one opens first.
    pub(super) fn all_closed(&self, t: Text) -> Option<String> {
        let mut unlocking = self.offices.iter().filter(|office| does(office, UNLOCK));
        let is_open = unlocking.any(|office| Opening::of(office, self.now).is_open());
        (!is_open).then(|| self.soonest(t, UNLOCK)).flatten()
    }

    /// The office that can do this soonest, in a sentence.
    fn soonest(&self, t: Text, service: &str) -> Option<String> {
        let doing = self.offices.iter().filter(|office| does(office, service));
        let standing = doing.map(|office| (Opening::of(office, self.now), &office.name));
        let (opening, name) = standing.min()?;
        Some(opening.soonest(t, name, self.now))
    }
}

/// Whether a service of the office begins so.
fn does(office: &Office, service: &str) -> bool {
    office.services.iter().any(|one| one.starts_with(service))
}

/// What helps when somebody must get into a system now: what opens with what, and when.
pub(super) struct Urgent {
    pub(super) ways: Vec<UrgentWay>,
}

/// What helps, how far, and which office gives it soonest.
pub(super) struct UrgentWay {
    pub(super) what: String,
    pub(super) text: String,
    pub(super) soonest: Option<String>,
}

impl Urgent {
    /// For a card that a visit opens, or one that only the PUK opens.
    pub(super) fn new(t: Text, visit: bool, around: Option<&Around>) -> Self {
        let soonest = |service| around.and_then(|around| around.soonest(t, service));
        let way = |what, text, soonest| UrgentWay {
            what,
            text,
            soonest,
        };
        let unlocking = if visit {
            let (what, text) = (t.locked_now_visit(), t.locked_now_visit_text());
            way(what, text, soonest(UNLOCK))
        } else {
            way(t.locked_now_puk(), t.locked_now_puk_text(), None)
        };
        let (reserve, reserve_text) = (t.locked_now_reserve(), t.locked_now_reserve_text());
        Self {
            ways: vec![
                unlocking,
                way(reserve, reserve_text, soonest(RESERVE)),
                way(t.locked_now_eid(), t.locked_now_eid_text(), None),
                way(t.locked_now_routine(), t.locked_now_routine_text(), None),
            ],
        }
    }
}
