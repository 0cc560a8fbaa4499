//! The holder's two codes, one beside the other: how each stands, which one a form is about, and the
//! buttons that name it. Desks and Mina sidor say the same.

use cards_app::queries::{CardAndOffers, CardSheet};
use cards_domain::chip_code::{ChipCode, ChipCodeActionName, CodeName, CodeStage};
use serde::Deserialize;

use crate::components::{Button, Fact};
use crate::text::Text;

/// The field that names the code.
const FIELD: &str = "kod";

/// Which of the holder's codes a form is about.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct WhichCode {
    kod: Option<String>,
}

impl WhichCode {
    /// The code that was named. Whoever does not know which one is locked means the one to log in
    /// with: that is the one that keeps the card from being used at all.
    pub(crate) fn name(&self) -> CodeName {
        match self.kod.as_deref() {
            Some("pin2") => CodeName::Pin2,
            Some(_) | None => CodeName::Pin1,
        }
    }
}

/// A code as it is called on screens.
fn called(t: Text, name: CodeName) -> String {
    match name {
        CodeName::Pin1 => t.codes_pin1(),
        CodeName::Pin2 => t.codes_pin2(),
        CodeName::Puk => t.codes_puk(),
    }
}

fn stands(t: Text, stage: CodeStage) -> Option<String> {
    match stage {
        CodeStage::NotSet => Some(t.codes_not_set()),
        CodeStage::Ok => Some(t.codes_set()),
        CodeStage::Locked => Some(t.codes_locked()),
        CodeStage::Gone => None,
    }
}

/// How both codes of a living card stand. Where codes are chosen there is none for signing before the
/// first certificate for it.
pub(crate) fn facts(t: Text, sheet: &CardSheet) -> Vec<Fact> {
    let state = |code: &ChipCode| stands(t, code.stage);
    let Some(pin1) = sheet.parts.code(CodeName::Pin1).and_then(state) else {
        return Vec::new();
    };
    let pin2 = match sheet.parts.code(CodeName::Pin2) {
        Some(code) => state(code),
        None => Some(t.codes_none()),
    };
    let pin2 = pin2.map(|pin2| Fact::plain(called(t, CodeName::Pin2), pin2));
    let pin1 = Fact::plain(called(t, CodeName::Pin1), pin1);
    [Some(pin1), pin2].into_iter().flatten().collect()
}

/// The codes that work, and can be stated as locked.
fn working(card: &CardAndOffers) -> impl Iterator<Item = CodeName> {
    card.codes_open(ChipCodeActionName::Lock)
}

fn naming(button: Button, name: CodeName) -> Button {
    button.sending(FIELD, <&str>::from(name))
}

/// Whether it must be asked which code is locked.
pub(crate) fn are_two(card: &CardAndOffers) -> bool {
    working(card).any(|name| name == CodeName::Pin2)
}

/// The buttons that state a code as locked; `only` where there is one code.
pub(crate) fn lock_buttons(t: Text, card: &CardAndOffers, only: String) -> Vec<Button> {
    if !are_two(card) {
        return vec![Button::submit(only)];
    }
    vec![
        naming(Button::submit(t.codes_is_pin1()), CodeName::Pin1),
        naming(Button::submit(t.codes_is_pin2()), CodeName::Pin2).secondary(),
        Button::submit(t.codes_is_unsure()).secondary(),
    ]
}

/// For a card of which one code is locked and the other works: that the other is locked as well.
pub(crate) fn also_locked(t: Text, card: &CardAndOffers) -> Option<Button> {
    let other = working(card).next()?;
    let is_locked = card.sheet.parts.has_locked_pin();
    let button = Button::submit(t.codes_also(called(t, other))).tertiary();
    is_locked.then(|| naming(button, other))
}

/// The buttons that say which code was opened with the PUK; `only` where one can be.
pub(crate) fn opened_buttons(t: Text, card: &CardAndOffers, only: &str) -> Vec<Button> {
    let locked = card.codes_open(ChipCodeActionName::UnlockWithPuk);
    let locked: Vec<CodeName> = locked.collect();
    let label = |name| match locked.as_slice() {
        [_, _, ..] => t.codes_opened(called(t, name)),
        _ => only.to_owned(),
    };
    let button = |name: &CodeName| naming(Button::submit(label(*name)).secondary(), *name);
    locked.iter().map(button).collect()
}

/// Which codes are chosen anew at a visit, where that is not the one to log in with alone.
pub(crate) fn chosen_anew(t: Text, sheet: &CardSheet) -> Option<String> {
    match (sheet.parts.is_locked(), sheet.parts.is_signing_locked()) {
        (true, true) => Some(t.codes_choose_both()),
        (false, true) => Some(t.codes_choose_pin2()),
        (true | false, false) => None,
    }
}
