//! What the officer has seen to at the counter: typed, read, kept with the signature, and used
//! once the holder has a code.

use cards_domain::card::{CodeProof, CounterCheck};
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_domain::signature::Signature;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::identity::{self, Right, Seen};
pub(super) use super::identity::{CARD, DOCUMENT, FOUR, Faults, NUMBER, STEPS, Typed, VALID};
use crate::refusals;
use crate::text::Text;

/// Names of the fields beside those of the document, which are the ids of their places on the page.
pub(super) const NAME: &str = "namn";
pub(super) const FACE: &str = "ansikte";
pub(super) const EXCEPTION: &str = "undantag";

/// The check as it is kept, sealed, beside the officer's signature.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) card: CardId,
    #[serde(flatten)]
    seen: Seen,
    printed_name_confirmed: bool,
    face_compared: bool,
    #[serde(default)]
    exception: Option<String>,
}

/// What the signed text says of the place and the card beside what the officer has typed.
pub(super) struct Circumstances<'a> {
    /// The holder's HSA-id.
    pub(super) hsa_id: &'a str,
    /// The office of the officer.
    pub(super) here: &'a str,
    /// The card's own office, which is closed, where the officer's stands in for it.
    pub(super) closed: Option<&'a str>,
    /// The card has a photo.
    pub(super) has_photo: bool,
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
        match Seen::read(t, typed, now, t.choose_document()) {
            Ok(seen) => Ok(Self {
                card,
                seen,
                printed_name_confirmed: typed.is_ticked(NAME),
                face_compared: typed.is_ticked(FACE),
                exception: None,
            }),
            Err(mut faults) => {
                faults.extend(not_ticked(t, typed));
                Err(faults)
            }
        }
    }

    /// With the reason why the card is activated here although its own office is another.
    pub(super) fn excepted(mut self, typed: &Typed) -> Self {
        self.exception = Some(typed.text(EXCEPTION).to_owned());
        self
    }

    /// The form as it was filled in, for an officer whose signature was not made.
    pub(super) fn typed(&self) -> Typed {
        let typed = self.seen.typed();
        let typed = typed.ticked(NAME, self.printed_name_confirmed);
        let typed = typed.ticked(FACE, self.face_compared);
        match &self.exception {
            Some(reason) => typed.with(EXCEPTION, reason),
            None => typed,
        }
    }

    /// The check as the rules want it; code and signature come later.
    pub(super) fn check(
        &self,
        code: Option<CodeProof>,
        signature: Option<Signature>,
    ) -> CounterCheck {
        CounterCheck {
            identity: self.seen.check(),
            number_on_card: self.seen.number_on_card.clone(),
            printed_name_confirmed: self.printed_name_confirmed,
            face_compared: self.face_compared,
            code,
            signature,
            exception: self.exception.clone(),
        }
    }

    /// The rest of what the rules would refuse once `refusal` is mended: told with it, so that the
    /// officer mends everything in one go. `right` are the numbers that should have been read.
    pub(super) fn faults_beside(
        &self,
        t: Text,
        refusal: &Refusal,
        right: Right<'_>,
        examine: impl Fn(&CounterCheck) -> Result<(), Refusal>,
    ) -> Faults {
        let faults = identity::faults_beside(
            self.check(None, None),
            refusal,
            |refusal| at_field(t, refusal),
            |check, refusal| mend(check, refusal, right),
            examine,
        );
        in_order(&faults)
    }

    /// What the officer signs. The holder is named by HSA-id, the document by kind and four signs.
    pub(super) fn text_to_sign(&self, t: Text, so: &Circumstances<'_>) -> String {
        let excepted = so.closed.zip(self.exception.as_ref());
        let lines = [
            Some(t.sign_check_title()),
            Some(t.sign_check_card(self.seen.number_on_card.short(), so.here)),
            excepted.map(|(office, reason)| t.sign_check_exception(office, reason)),
            Some(t.sign_check_holder(so.hsa_id)),
            Some(self.seen.document_to_sign(t)),
            Some(if so.has_photo {
                t.sign_check_photo()
            } else {
                t.sign_check_face()
            }),
            Some(t.sign_check_steps()),
        ];
        let lines = lines.into_iter().flatten();
        let lines = lines.chain(self.seen.steps_to_sign(t));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The boxes that the rules will ask for, told together with what cannot be read: the officer mends
/// everything in one go.
fn not_ticked(t: Text, typed: &Typed) -> Faults {
    let boxes = [
        (typed.is_ticked(NAME), Refusal::PrintedNameNotConfirmed),
        (identity::all_ticked(typed), Refusal::CheckIncomplete),
        (typed.is_ticked(FACE), Refusal::PhotoNotCompared),
    ];
    let missing = boxes.into_iter().filter(|(is_ticked, _)| !is_ticked);
    missing
        .flat_map(|(_, refusal)| at_field(t, &refusal))
        .collect()
}

/// The faults in the order of their fields, one at each.
pub(super) fn in_order(faults: &Faults) -> Faults {
    let order = [
        EXCEPTION, CARD, NAME, DOCUMENT, NUMBER, FOUR, VALID, STEPS, FACE,
    ];
    let first = |field| faults.iter().find(|(at, _)| *at == field).cloned();
    order.into_iter().filter_map(first).collect()
}

/// The place of a refusal that something at the counter can mend.
pub(super) fn at_field(t: Text, refusal: &Refusal) -> Faults {
    let field = match refusal {
        Refusal::PrintedNameNotConfirmed => Some(NAME),
        Refusal::PhotoNotCompared => Some(FACE),
        Refusal::CardIsItsOwnProof => Some(DOCUMENT),
        Refusal::ExceptionReasonNeeded { .. } => Some(EXCEPTION),
        other => identity::field_of(other),
    };
    field
        .map(|field| (field, refusals::sentence(t, refusal)))
        .into_iter()
        .collect()
}

/// Makes good what was refused; false for what nothing at the counter can mend, or what has been
/// mended before.
fn mend(check: &mut CounterCheck, refusal: &Refusal, right: Right<'_>) -> bool {
    match refusal {
        Refusal::PrintedNameNotConfirmed if !check.printed_name_confirmed => {
            check.printed_name_confirmed = true;
        }
        Refusal::PhotoNotCompared if !check.face_compared => check.face_compared = true,
        Refusal::ExceptionReasonNeeded { office } if check.exception.as_ref() != Some(office) => {
            check.exception = Some(office.clone());
        }
        other => {
            let seen = (&mut check.identity, &mut check.number_on_card);
            return identity::mend(seen, other, right);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use cards_domain::values::{CardNumber, PersonNumber};
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::text::Lang;

    const NOW: &str = "2026-11-23T09:00:00Z";

    fn filled(changes: &[(&str, &str)]) -> Typed {
        let mut pairs = vec![
            (CARD, "9752 2699 0041 7738"),
            (NAME, "ja"),
            (DOCUMENT, "passport"),
            (NUMBER, "19900101-9802"),
            (FOUR, "44a7"),
            (VALID, "2029-05-30"),
            (FACE, "ja"),
        ];
        pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        pairs.extend(changes);
        Typed::of(&pairs)
    }

    fn read(typed: &Typed) -> Result<Draft, Faults> {
        Draft::read(
            Text::of(Lang::Sv),
            CardId(Uuid::nil()),
            typed,
            NOW.parse().unwrap(),
        )
    }

    #[test]
    fn every_field_that_cannot_be_read_is_named_at_once() {
        let faults = read(&Typed::default()).err().unwrap();
        let fields: Vec<&str> = faults.iter().map(|(field, _)| *field).collect();
        assert_eq!(
            fields,
            [CARD, DOCUMENT, NUMBER, FOUR, VALID, NAME, STEPS, FACE]
        );
        let in_order: Vec<&str> = in_order(&faults).iter().map(|(field, _)| *field).collect();
        assert_eq!(
            in_order,
            [CARD, NAME, DOCUMENT, NUMBER, FOUR, VALID, STEPS, FACE]
        );
    }

    #[test]
    fn what_was_filled_in_stands_in_the_form_again_when_the_signature_was_not_made() {
        let typed = filled(&[
            ("steg-accepted_kind", "ja"),
            ("steg-unaltered", "ja"),
            (EXCEPTION, "Kontoret är stängt hela juli."),
        ]);
        let draft = read(&typed).unwrap().excepted(&typed);
        let kept: Draft = serde_json::from_value(serde_json::to_value(&draft).unwrap()).unwrap();
        let again = kept.typed();
        for field in [CARD, DOCUMENT, NUMBER, FOUR, VALID, EXCEPTION] {
            assert!(!again.text(field).is_empty(), "{field}");
        }
        assert_eq!(again.text(VALID), "2029-05-30");
        let same = read(&again).unwrap().excepted(&again);
        assert_eq!(same.check(None, None), draft.check(None, None));
    }

    #[test]
    fn a_year_of_two_digits_is_told_at_the_date() {
        let faults = read(&filled(&[(VALID, "24-05-01")])).err().unwrap();
        let (field, sentence) = faults.first().unwrap();
        assert_eq!(*field, VALID);
        assert!(sentence.contains("ÅÅÅÅ-MM-DD"), "{sentence}");
    }

    #[test]
    fn a_last_day_more_than_eleven_years_away_is_a_mistyped_year() {
        assert!(read(&filled(&[(VALID, "2037-11-23")])).is_ok());
        let faults = read(&filled(&[(VALID, "2037-11-24")])).err().unwrap();
        let (field, sentence) = faults.first().unwrap();
        assert_eq!(*field, VALID);
        assert!(sentence.contains("årtalet"), "{sentence}");
    }

    #[test]
    fn everything_the_rules_refuse_is_told_at_once() {
        let draft = read(&filled(&[])).unwrap();
        let refuse = |check: &CounterCheck| {
            if check.identity.valid_to < NaiveDate::MAX {
                let on = check.identity.valid_to;
                return Err(Refusal::DocumentExpired { on });
            }
            if check.identity.steps.is_empty() {
                return Err(Refusal::CheckIncomplete);
            }
            Ok(())
        };
        let t = Text::of(Lang::Sv);
        let (card, person) = ("9752 1480 0058 1093", "199001019802");
        let right = (
            CardNumber::parse(card).unwrap(),
            PersonNumber::parse(person),
        );
        let right = (Some(&right.0), right.1.as_ref().unwrap());
        let faults = draft.faults_beside(t, &Refusal::WrongCard, right, refuse);
        let fields: Vec<&str> = faults.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [CARD, VALID, STEPS]);
        let other = draft.faults_beside(t, &Refusal::OwnCard, right, refuse);
        assert!(other.is_empty());
    }

    #[test]
    fn a_digital_identity_card_cannot_be_recorded() {
        let faults = read(&filled(&[(DOCUMENT, "bank_id")])).err().unwrap();
        assert_eq!(faults.first().unwrap().0, DOCUMENT);
    }

    /// R52: the card's own office has closed.
    #[test]
    fn the_reason_for_an_exception_is_kept_and_signed() {
        let t = Text::of(Lang::Sv);
        let typed = filled(&[(EXCEPTION, " Kontoret är stängt hela juli. ")]);
        let plain = read(&typed).unwrap();
        assert_eq!(plain.check(None, None).exception, None, "nobody asked");
        let draft = read(&typed).unwrap().excepted(&typed);
        let reason = "Kontoret är stängt hela juli.";
        assert_eq!(draft.check(None, None).exception.as_deref(), Some(reason));
        let so = |closed, has_photo| Circumstances {
            hsa_id: "SE2399000013-1008",
            here: "Björkvallen",
            closed,
            has_photo,
        };
        let text = draft.text_to_sign(t, &so(Some("Tallhöjden"), true));
        assert!(
            text.contains(reason) && text.contains("Tallhöjden"),
            "{text}"
        );
        assert!(
            text.contains("på Björkvallen") && text.contains("fotot på kortet"),
            "{text}"
        );
        assert!(
            !plain
                .text_to_sign(t, &so(None, false))
                .contains("fotot på kortet")
        );
        let kept: Draft = serde_json::from_value(serde_json::to_value(&draft).unwrap()).unwrap();
        assert_eq!(kept.exception, draft.exception);
    }

    #[test]
    fn only_four_signs_of_the_documents_number_are_taken() {
        for wrong in ["441", "44175", "44-7", ""] {
            let faults = read(&filled(&[(FOUR, wrong)])).err().unwrap();
            assert_eq!(faults.first().unwrap().0, FOUR, "{wrong}");
        }
    }

    #[test]
    fn refusals_stand_at_the_field_that_can_mend_them() {
        let t = Text::of(Lang::Sv);
        let on = "2026-11-02".parse().unwrap();
        assert_eq!(at_field(t, &Refusal::DocumentExpired { on })[0].0, VALID);
        assert_eq!(at_field(t, &Refusal::WrongCard)[0].0, CARD);
        assert_eq!(at_field(t, &Refusal::CheckIncomplete)[0].0, STEPS);
        assert!(at_field(t, &Refusal::OwnCard).is_empty());
    }
}
