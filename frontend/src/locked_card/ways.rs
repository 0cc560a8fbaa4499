//! The ways to open a locked card, by its product number, as they stand on a desk's pages: what the
//! caller is told, and the buttons for what can be done now.

use askama::Template;
use cards_app::queries::{CardSheet, LockedPage};
use cards_domain::chip_code::ChipCodeActionName;
use cards_domain::refusal::Refusal;
use cards_domain::unlock::{PukSource, UnlockWays, unlock_ways};

use super::{card_address, codes, home, refusal_sentence};
use crate::components::{Button, Hidden, Icon, Message, finished_html};
use crate::layout::Portal;
use crate::pages::Setting;
use crate::text::Text;

/// A form that is one button.
struct Act {
    action: String,
    hidden: Hidden,
    button: Button,
}

/// One way: what it takes, what can be pressed, and why something cannot.
struct Way {
    title: String,
    lines: Vec<String>,
    link: Option<Button>,
    acts: Vec<Act>,
    refused: Option<String>,
}

/// All ways for one card.
#[derive(Template)]
#[template(path = "locked_card/ways.html")]
pub(crate) struct Ways {
    message: Option<Message>,
    ways: Vec<Way>,
    /// What else is locked: what that means, and the button that says so.
    also: Vec<(String, Act)>,
}

finished_html!(Ways);

impl Ways {
    /// The ways for the card; `with_visit` unless the visit's own form stands on the page.
    pub(crate) fn new(s: &Setting, page: &LockedPage, with_visit: bool) -> Self {
        let sheet = &page.page.card.sheet;
        let ways = unlock_ways(sheet.card.product_number.as_ref());
        let visit = with_visit.then(|| visit(s, page, ways));
        Self {
            message: message(s, sheet, ways),
            ways: visit.into_iter().chain([puk(s, page, ways)]).collect(),
            also: lock_other(s, page)
                .into_iter()
                .chain(lock_puk(s, page))
                .collect(),
        }
    }
}

/// What comes before all ways: the PUK is locked too, or nobody knows the number.
fn message(s: &Setting, sheet: &CardSheet, ways: UnlockWays) -> Option<Message> {
    let t = s.t;
    if sheet.parts.is_puk_locked() {
        let replace = Button::link(
            t.ul_replace(),
            format!("{}/sparra", card_address(home(s), sheet)),
        );
        let message = Message::danger(
            t.ul_puk_is_locked(),
            if ways.is_replaced_when_puk_is_locked() {
                t.ul_puk_locked_replace()
            } else {
                t.ul_puk_locked_visit()
            },
        );
        return Some(
            message
                .with_icon(Icon::Padlock)
                .actions(vec![replace.secondary()]),
        );
    }
    ways.is_flagged
        .then(|| Message::info(t.ul_unknown_number(), t.ul_unknown_number_means()))
}

fn visit(s: &Setting, page: &LockedPage, ways: UnlockWays) -> Way {
    let t = s.t;
    let office = &page.page.card.sheet.office.name;
    let card = &page.page.card;
    let offer = card.code_verdict(ChipCodeActionName::UnlockAtVisit);
    let is_desk = s.frame("").portal() == Portal::IdAdmin;
    let refused = offer.err().filter(|refusal| {
        // Of the servicedesk nobody expects it, and the lines say where to go.
        is_desk && ways.visit && *refusal != Refusal::NotYourRole
    });
    let lines = if ways.visit {
        vec![t.ul_visit_text(office), t.ul_visit_bring()]
    } else {
        vec![t.ul_no_visit(number(t, &page.page.card.sheet))]
    };
    Way {
        title: t.ul_visit_title(),
        lines,
        link: None,
        acts: Vec::new(),
        refused: refused.map(|refusal| refusal_sentence(t, &refusal)),
    }
}

/// How the product number is named in a sentence.
fn number(t: Text, sheet: &CardSheet) -> String {
    match &sheet.card.product_number {
        Some(number) => t.ul_number_is(number),
        None => t.ul_number_missing(),
    }
}

fn puk(s: &Setting, page: &LockedPage, ways: UnlockWays) -> Way {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let source = match ways.puk {
        PukSource::OrderedLetter => t.ul_puk_ordered(),
        PukSource::TeliaCodeLetter => t.ul_puk_telia(),
    };
    let buttons = codes::opened_buttons(t, &page.page.card, &t.ul_opened_with_puk());
    let home = card_address(home(s), sheet);
    let (link, refused) = letter(s, page);
    Way {
        title: t.ul_puk_title(),
        lines: vec![source, t.ul_puk_how()],
        link,
        acts: buttons
            .into_iter()
            .map(|button| Act {
                action: format!("{home}/upplast"),
                hidden: s.hidden.clone(),
                button,
            })
            .collect(),
        refused,
    }
}

/// The letter that is on its way, or the way to ask for one, or why not.
fn letter(s: &Setting, page: &LockedPage) -> (Option<Button>, Option<String>) {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    if let Some(letter) = sheet.parts.open_letter() {
        let to = format!("{}/puk-brev/{}", home(s), letter.id);
        return (Some(Button::link(t.ul_see_letter(), to).secondary()), None);
    }
    if sheet.parts.is_puk_locked() {
        return (None, None);
    }
    let to = format!("{}/puk-brev", card_address(home(s), sheet));
    match &page.page.card.letter {
        Some(Ok(())) => (Some(Button::link(t.ul_ask_letter(), to).secondary()), None),
        Some(Err(refusal)) => (None, Some(refusal_sentence(t, refusal))),
        None => (None, None),
    }
}

/// That the other code of the holder's is locked too.
fn lock_other(s: &Setting, page: &LockedPage) -> Option<(String, Act)> {
    let t = s.t;
    let sheet = &page.page.card.sheet;
    let act = Act {
        action: format!("{}/last", card_address(home(s), sheet)),
        hidden: s.hidden.clone(),
        button: codes::also_locked(t, &page.page.card)?,
    };
    Some((t.codes_also_means(), act))
}

/// That the PUK is locked too can be stated where its codes are followed up.
fn lock_puk(s: &Setting, page: &LockedPage) -> Option<(String, Act)> {
    let t = s.t;
    let puk = page.puk.as_ref();
    let may = s.frame("").portal() == Portal::IdAdmin
        && puk.is_some_and(|puk| puk.is_open(ChipCodeActionName::Lock));
    let act = may.then(|| Act {
        action: format!("{}/puk-last", card_address(home(s), &page.page.card.sheet)),
        hidden: s.hidden.clone(),
        button: Button::submit(t.ul_lock_puk()).tertiary(),
    });
    Some((t.ul_lock_puk_means(), act?))
}
