//! The questions, where to find the number, and the way on for whoever has lost the card.

use askama::Template;
use cards_domain::unlock::TELIA_REVOCATION_PHONE;

use super::parts::OfficeRow;
use super::{ADDRESS, Around, LOST, Servicedesk};
use crate::components::{Button, CardBack, CardSide, Choice, Choices, ErrorSummary, Icon, Link};
use crate::layout::{Frame, Portal};
use crate::mina_sidor::office::tel;
use crate::text::Text;

/// The field of the question, also the anchor of the form.
const FIELD: &str = "nummer";

#[derive(Template)]
#[template(path = "open/locked.html")]
pub(super) struct QuestionsPage {
    frame: Frame,
    t: Text,
    back: Link,
    errors: ErrorSummary,
    right: Icon,
    down: &'static str,
    lost: &'static str,
    card: CardBack,
    sis: CardBack,
    action: &'static str,
    question: Choices,
    button: Button,
}

/// What is wrong with the answer.
pub(super) fn error(t: Text, is_unreadable: bool) -> String {
    if is_unreadable {
        t.locked_unreadable()
    } else {
        t.locked_missing()
    }
}

/// The questions, again with an error when they were not answered.
pub(super) fn questions(frame: Frame, error: Option<String>) -> QuestionsPage {
    let t = frame.texts();
    QuestionsPage {
        frame: frame.titled(t.locked_title()),
        t,
        back: Link::new(t.locked_to_start(), "/"),
        errors: ErrorSummary::new(t, error.iter().map(|text| (FIELD, text.as_str()))),
        right: Icon::Right,
        down: "#produktnummer",
        lost: LOST,
        card: back_of_card(t),
        sis: front_of_card(t),
        action: ADDRESS,
        question: Choices::new(FIELD, t.locked_question(), choices(t)).error(error),
        button: Button::submit(t.locked_show())
            .sending("visa", "ja")
            .large()
            .full(),
    }
}

fn choices(t: Text) -> Vec<Choice> {
    vec![
        Choice::explained("7", t.locked_seven(), t.locked_seven_hint()),
        Choice::explained("6", t.locked_six(), t.locked_six_hint()),
        Choice::explained("5", t.locked_five(), t.locked_five_hint()),
        Choice::answer("inget", t.locked_none()),
        Choice::explained("annan", t.locked_other(), t.locked_other_hint()),
        Choice::answer("osaker", t.locked_unsure()),
    ]
}

fn back_of_card(t: Text) -> CardBack {
    CardBack::new(t, CardSide::Back).note(t.locked_where_note())
}

fn front_of_card(t: Text) -> CardBack {
    CardBack::new(t, CardSide::SisFront).note(t.locked_sis_note())
}

#[derive(Template)]
#[template(path = "open/locked_unsure.html")]
pub(super) struct UnsurePage {
    frame: Frame,
    t: Text,
    back: Link,
    card: CardBack,
    sis: CardBack,
    found: Button,
}

/// Where the number is to be found, and whom to ask.
pub(super) fn unsure(frame: Frame) -> UnsurePage {
    let t = frame.texts();
    UnsurePage {
        frame: frame.titled(t.locked_unsure_title()),
        t,
        back: Link::new(t.locked_change(), ADDRESS),
        card: back_of_card(t),
        sis: front_of_card(t),
        found: Button::link(t.locked_unsure_back(), ADDRESS).full(),
    }
}

#[derive(Template)]
#[template(path = "open/locked_lost.html")]
pub(super) struct LostPage {
    frame: Frame,
    t: Text,
    back: Link,
    only_locked: Link,
    log_in: Button,
    telia_text: String,
    telia: Button,
    sis: CardBack,
    servicedesk: Servicedesk,
    offices: Vec<OfficeRow>,
    no_offices: Option<String>,
}

/// What to do with a lost card.
pub(super) fn lost(frame: Frame, around: &Option<Around>, servicedesk: Servicedesk) -> LostPage {
    let t = frame.texts();
    let (offices, no_offices) = rows(t, around);
    let call = format!("Telia {TELIA_REVOCATION_PHONE}");
    LostPage {
        frame: frame.titled(t.locked_lost_title()),
        t,
        back: Link::new(t.locked_change(), ADDRESS),
        only_locked: Link::new(t.locked_title(), ADDRESS),
        log_in: Button::link(t.locked_lost_log_in(), Portal::MinaSidor.home()).full(),
        telia_text: t.locked_lost_telia_text(TELIA_REVOCATION_PHONE),
        telia: Button::link(call, tel(TELIA_REVOCATION_PHONE))
            .secondary()
            .full(),
        sis: CardBack::new(t, CardSide::SisFront),
        servicedesk,
        offices,
        no_offices,
    }
}

#[derive(Template)]
#[template(path = "open/locked_offices.html")]
pub(super) struct OfficesPage {
    frame: Frame,
    t: Text,
    back: Link,
    servicedesk: Servicedesk,
    offices: Vec<OfficeRow>,
    no_offices: Option<String>,
}

/// The card offices, those that are open first.
pub(super) fn offices(
    frame: Frame,
    around: &Option<Around>,
    servicedesk: Servicedesk,
) -> OfficesPage {
    let t = frame.texts();
    let (offices, no_offices) = rows(t, around);
    OfficesPage {
        frame: frame.titled(t.locked_offices_title()),
        t,
        back: Link::new(t.locked_title(), ADDRESS),
        servicedesk,
        offices,
        no_offices,
    }
}

/// All offices, or that they cannot be shown.
fn rows(t: Text, around: &Option<Around>) -> (Vec<OfficeRow>, Option<String>) {
    let rows = around.as_ref().map(|around| around.rows(t, false));
    let rows = rows.unwrap_or_default();
    let none = rows.is_empty().then(|| t.locked_no_offices());
    (rows, none)
}
