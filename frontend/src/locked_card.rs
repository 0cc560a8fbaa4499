//! A locked card, for those who sit at a desk: it is stated as locked, opened with the PUK, and a
//! letter with the PUK is asked for and approved. The officers' portal and the servicedesk have the
//! same pages; only an officer opens a card at a visit. *Låst* is never *spärrad*.

pub(crate) mod codes;
pub(crate) mod letter;
pub(crate) mod letter_form;
pub(crate) mod state;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod ways;

use cards_app::queries::{CardSheet, LockedPage};
use cards_domain::card::{CardStage, Custody};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;

use crate::components::{self, CardDrawing, CardPicture, Link, StateBadge, states};
use crate::id_admin::parts;
use crate::pages::Setting;
use crate::text::Text;
use crate::{refusals, states as words};

/// The address of a card in the portal whose start is `home`.
fn card_address(home: &str, sheet: &CardSheet) -> String {
    format!("{home}/kort/{}", sheet.card.id)
}

/// The address of a person in the portal whose start is `home`.
fn person_address(home: &str, person: PersonId) -> String {
    format!("{home}/person/{person}")
}

/// The start of the portal in which a page is read.
fn home(s: &Setting) -> &'static str {
    s.frame("").portal().home()
}

/// The way back to the person, in the portal in which the page is read.
fn back(s: &Setting, page: &cards_app::queries::PersonSheet) -> Link {
    let to = person_address(home(s), page.person);
    Link::new(parts::shown_name(s.t, page), to)
}

/// Whether one of the holder's codes is locked, or both.
pub(crate) fn is_locked(page: &LockedPage) -> bool {
    page.page.card.sheet.parts.has_locked_pin()
}

/// The heading of a card that is to be opened: a code for signing alone does not lock the card.
pub(crate) fn locked_title(t: Text, sheet: &CardSheet) -> String {
    if sheet.parts.is_locked() {
        t.ul_is_locked()
    } else {
        t.ul_signing_is_locked()
    }
}

/// What being locked means, and what the ways to open it stand under: of the code for signing where it
/// is the one that is locked, else of the card.
pub(crate) fn locked_means(t: Text, page: &LockedPage) -> (String, String) {
    if is_locked(page) && !page.page.card.sheet.parts.is_locked() {
        (t.ul_signing_means(), t.ul_signing_ways())
    } else {
        (t.ul_state_means(), t.ul_ways())
    }
}

/// The picture of a card: cut only when somebody has cut it, with a padlock while it lives and one
/// of its PINs is locked (*låst* is not *spärrat*), and without a portrait where the product has none.
pub(crate) fn picture(sheet: &CardSheet) -> CardPicture {
    let stage = &sheet.card.stage;
    let has_ended = matches!(stage, CardStage::Revoked { .. } | CardStage::Expired { .. });
    let of_stage = words::card(stage).drawing;
    let drawing = match sheet.card.custody {
        Custody::Destroyed => CardDrawing::Cut,
        _ if sheet.parts.has_locked_pin() && !has_ended => CardDrawing::Locked,
        _ => of_stage.unwrap_or(CardDrawing::Whole),
    };
    drawing.portrayed(sheet.product.has_photo)
}

/// The state of the card and, beside it, of its codes.
pub(crate) fn badges(t: Text, sheet: &CardSheet) -> Vec<StateBadge> {
    let state = words::card(&sheet.card.stage).badge(t);
    [vec![state], code_badges(t, sheet)].concat()
}

/// The codes that are locked.
pub(crate) fn code_badges(t: Text, sheet: &CardSheet) -> Vec<StateBadge> {
    let parts = &sheet.parts;
    let locked = [
        (parts.is_locked(), states::codes::PIN_LOCKED),
        (parts.is_signing_locked(), states::codes::SIGNING_LOCKED),
        (parts.is_puk_locked(), states::codes::PUK_LOCKED),
    ];
    let locked = locked.into_iter().filter(|(is_locked, _)| *is_locked);
    locked.map(|(_, state)| state.badge(t)).collect()
}

/// Why a card cannot be opened, and what to do instead. The rules' refusals were worded for the
/// activation where both acts share one.
pub(crate) fn refusal_text(t: Text, refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::WrongOffice { office } => (t.ul_wrong_office(office), t.ul_wrong_office_instead()),
        Refusal::WrongCard => (t.ul_wrong_card(), t.ul_wrong_card_instead()),
        Refusal::DocumentOfAnotherPerson => (t.ul_other_person(), t.ul_other_person_instead()),
        Refusal::CheckIncomplete => (t.ul_steps_left(), t.ul_steps_left_instead()),
        Refusal::CodeNotChosen => (t.ul_not_chosen(), t.ul_not_chosen_instead()),
        other => refusals::refusal_text(t, other),
    }
}

/// Both sentences after each other.
pub(crate) fn refusal_sentence(t: Text, refusal: &Refusal) -> String {
    let (why, instead) = refusal_text(t, refusal);
    format!("{why} {instead}")
}

/// A line under *Går inte just nu*.
pub(crate) fn refusal_line(
    t: Text,
    what: impl Into<String>,
    refusal: &Refusal,
) -> components::Refusal {
    components::Refusal::new(what, refusal_sentence(t, refusal))
}
