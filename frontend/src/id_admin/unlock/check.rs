//! What the officer has seen to before a card is opened: typed, read, and kept with the signature.

use cards_domain::access::Actor;
use cards_domain::chip_code::{ChipCode, ChipCodeAction, ChipCodeFacts, VisitCheck};
use cards_domain::ids::CardId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::signature::Signature;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::identity::{
    self, CARD, DOCUMENT, FOUR, Faults, NUMBER, Right, STEPS, Seen, Typed, VALID,
};
use crate::locked_card::refusal_sentence;
use crate::text::Text;

/// The field that is not about the document.
pub(super) const CHOSEN: &str = "vald";
/// What the button sends by which the code is chosen in the card program after the signature.
pub(super) const WAY: &str = "vag";
pub(super) const BY_CARD: &str = "kort";

/// The check as it is kept, sealed, beside the officer's signature.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) card: CardId,
    #[serde(flatten)]
    seen: Seen,
    code_chosen: bool,
    /// The code is chosen in the card program once this is signed, and the card shows it.
    #[serde(default)]
    pub(super) by_card: bool,
}

impl Draft {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Every field that cannot be read, with what to do.
    pub(super) fn read(
        t: Text,
        card: CardId,
        typed: &Typed,
        now: DateTime<Utc>,
    ) -> Result<Self, Faults> {
        match Seen::read(t, typed, now, t.ul_choose_document()) {
            Ok(seen) => Ok(Self {
                card,
                seen,
                code_chosen: typed.is_ticked(CHOSEN),
                by_card: is_by_card(typed),
            }),
            Err(mut faults) => {
                faults.extend(not_ticked(t, typed));
                Err(in_order(&faults))
            }
        }
    }

    /// The form as it was filled in, for an officer whose signature was not made.
    pub(super) fn typed(&self) -> Typed {
        self.seen.typed().ticked(CHOSEN, self.code_chosen)
    }

    /// The check as the rules want it; the signature comes last. What the card is to show is judged
    /// once it has had the time to.
    pub(super) fn check(&self, signature: Option<Signature>) -> VisitCheck {
        let is_early = self.by_card && signature.is_none();
        VisitCheck {
            identity: self.seen.check(),
            number_on_card: self.seen.number_on_card.clone(),
            code_chosen: self.code_chosen || is_early,
            signature,
        }
    }

    /// The rest of what the rules would refuse once `refusal` is mended.
    pub(super) fn faults_beside(
        &self,
        t: Text,
        refusal: &Refusal,
        right: Right<'_>,
        examine: impl Fn(&VisitCheck) -> Result<(), Refusal>,
    ) -> Faults {
        let faults = identity::faults_beside(
            self.check(None),
            refusal,
            |refusal| at_field(t, refusal),
            |check, refusal| mend(check, refusal, right),
            examine,
        );
        in_order(&faults)
    }

    /// What the officer signs. The holder is named by HSA-id, the document by kind and four signs.
    pub(super) fn text_to_sign(&self, t: Text, hsa_id: &str, here: &str) -> String {
        let lines = [
            t.ul_sign_title(),
            t.ul_sign_card(self.seen.number_on_card.short(), here),
            t.sign_check_holder(hsa_id),
            self.seen.document_to_sign(t),
            if self.by_card {
                t.unlock_sign_by_card()
            } else {
                t.ul_sign_chosen()
            },
            t.sign_check_steps(),
        ];
        let lines = lines.into_iter().chain(self.seen.steps_to_sign(t));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// What the rules say of a check without its signature.
pub(super) fn still(
    code: &ChipCode,
    by: &Actor,
    check: &VisitCheck,
    facts: &ChipCodeFacts,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let action = ChipCodeAction::UnlockAtVisit(check.clone());
    match code.decide(by, &action, facts, now) {
        Ok(_) | Err(Refusal::SignatureNeeded) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

fn is_by_card(typed: &Typed) -> bool {
    typed.text(WAY) == BY_CARD
}

/// The boxes that the rules will ask for, told together with what cannot be read.
fn not_ticked(t: Text, typed: &Typed) -> Faults {
    let boxes = [
        (identity::all_ticked(typed), Refusal::CheckIncomplete),
        (
            typed.is_ticked(CHOSEN) || is_by_card(typed),
            Refusal::CodeNotChosen,
        ),
    ];
    let missing = boxes.into_iter().filter(|(is_ticked, _)| !is_ticked);
    missing
        .flat_map(|(_, refusal)| at_field(t, &refusal))
        .collect()
}

/// The place of a refusal that something at the counter can mend.
fn at_field(t: Text, refusal: &Refusal) -> Faults {
    let field = match refusal {
        Refusal::CodeNotChosen => Some(CHOSEN),
        other => identity::field_of(other),
    };
    field
        .map(|field| (field, refusal_sentence(t, refusal)))
        .into_iter()
        .collect()
}

fn mend(check: &mut VisitCheck, refusal: &Refusal, right: Right<'_>) -> bool {
    match refusal {
        Refusal::CodeNotChosen if !check.code_chosen => {
            check.code_chosen = true;
            true
        }
        other => {
            let seen = (&mut check.identity, &mut check.number_on_card);
            identity::mend(seen, other, right)
        }
    }
}

/// The faults in the order of their fields, one at each.
fn in_order(faults: &Faults) -> Faults {
    let order = [CARD, DOCUMENT, NUMBER, FOUR, VALID, STEPS, CHOSEN];
    let first = |field| faults.iter().find(|(at, _)| *at == field).cloned();
    order.into_iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::text::Lang;

    fn read(changes: &[(&str, &str)]) -> Result<Draft, Faults> {
        let mut pairs = vec![
            (CARD, "9752 2699 0041 7738"),
            (DOCUMENT, "passport"),
            (NUMBER, "19900101-9802"),
            (FOUR, "44a7"),
            (VALID, "2029-05-30"),
            (CHOSEN, "ja"),
        ];
        pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        pairs.extend(changes);
        Draft::read(
            Text::of(Lang::Sv),
            CardId(Uuid::nil()),
            &Typed::of(&pairs),
            "2026-11-23T09:00:00Z".parse().unwrap(),
        )
    }

    #[test]
    fn a_foreign_passport_cannot_be_recorded_and_the_reason_is_told() {
        for kind in ["foreign_passport", "bank_id", ""] {
            let faults = read(&[(DOCUMENT, kind)]).err().unwrap();
            let (field, sentence) = faults.first().unwrap();
            assert_eq!(*field, DOCUMENT);
            assert!(sentence.contains("svensk"), "{sentence}");
        }
    }

    #[test]
    fn everything_that_cannot_be_read_or_is_not_ticked_is_told_at_once() {
        let faults = Draft::read(
            Text::of(Lang::Sv),
            CardId(Uuid::nil()),
            &Typed::default(),
            "2026-11-23T09:00:00Z".parse().unwrap(),
        );
        let fields: Vec<&str> = faults.err().unwrap().iter().map(|(at, _)| *at).collect();
        assert_eq!(fields, [CARD, DOCUMENT, NUMBER, FOUR, VALID, STEPS, CHOSEN]);
    }

    #[test]
    fn what_is_signed_names_the_card_the_place_and_that_the_holder_chose() {
        let draft = read(&[]).unwrap();
        let text = draft.text_to_sign(Text::of(Lang::Sv), "SE2399000013-1008", "Björkvallen");
        for said in [
            "…7738",
            "Björkvallen",
            "SE2399000013-1008",
            "44A7",
            "själv valt",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("9802"), "no personal number");
        let kept: Draft = serde_json::from_value(serde_json::to_value(&draft).unwrap()).unwrap();
        assert_eq!(kept.check(None), draft.check(None));
        let (t, now) = (Text::of(Lang::Sv), "2026-11-23T09:00:00Z".parse().unwrap());
        let again = Draft::read(t, draft.card, &kept.typed(), now).unwrap();
        assert_eq!(again.check(None), draft.check(None), "the form again");
    }

    #[test]
    fn a_code_that_the_card_will_show_is_not_ticked_and_counts_only_until_the_signature() {
        let draft = read(&[(CHOSEN, ""), (WAY, BY_CARD)]).unwrap();
        assert!(draft.check(None).code_chosen, "nothing to complain of yet");
        let t = Text::of(Lang::Sv);
        let text = draft.text_to_sign(t, "SE2399000013-1008", "Björkvallen");
        assert!(!text.contains("har själv valt"), "{text}");
        let kept: Draft = serde_json::from_value(serde_json::to_value(&draft).unwrap()).unwrap();
        assert!(kept.by_card);
    }
}
