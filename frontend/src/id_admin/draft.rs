//! What the officer has seen to at the counter: typed, read, kept with the signature, and used
//! once the holder has a code.

use std::collections::HashMap;

use cards_domain::calendar::business_day;
use cards_domain::card::{CodeProof, CounterCheck};
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_domain::signature::Signature;
use cards_domain::values::{CardNumber, PersonNumber, PersonNumberError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use crate::refusals;
use crate::states;
use crate::text::Text;

/// Names of the fields, which are the ids of their places on the page.
pub(super) const CARD: &str = "kortnummer";
pub(super) const NAME: &str = "namn";
pub(super) const DOCUMENT: &str = "handling";
pub(super) const NUMBER: &str = "nummer";
pub(super) const FOUR: &str = "fyra";
pub(super) const VALID: &str = "giltig";
pub(super) const STEPS: &str = "stegen";
pub(super) const FACE: &str = "ansikte";

/// How many characters of the document's own number are kept.
const KEPT: usize = 4;

/// What was typed and ticked.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Typed(HashMap<String, String>);

impl Typed {
    /// What stands in a field.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub(super) fn is_ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    #[cfg(test)]
    pub(super) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        )
    }
}

/// The name of a step's box.
pub(super) fn step_name(step: CheckStep) -> String {
    format!("steg-{}", <&str>::from(step))
}

/// What is wrong, and at which field.
pub(super) type Faults = Vec<(&'static str, String)>;

/// The check as it is kept, sealed, beside the officer's signature.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) card: CardId,
    document: DocumentKind,
    document_last_four: String,
    valid_to: NaiveDate,
    number_on_document: PersonNumber,
    steps: Vec<CheckStep>,
    number_on_card: CardNumber,
    printed_name_confirmed: bool,
    face_compared: bool,
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
        let mut faults = Faults::new();
        let number_on_card = note(&mut faults, CARD, card_number(t, typed.text(CARD)));
        let document = typed.text(DOCUMENT).parse::<DocumentKind>();
        let document = note(
            &mut faults,
            DOCUMENT,
            document.map_err(|_| t.choose_document()),
        );
        let number = note(
            &mut faults,
            NUMBER,
            person_number(t, typed.text(NUMBER), now),
        );
        let four = note(&mut faults, FOUR, last_four(t, typed.text(FOUR)));
        let valid_to = typed.text(VALID).parse::<NaiveDate>();
        let valid_to = note(&mut faults, VALID, valid_to.map_err(|_| t.write_a_date()));
        match (number_on_card, document, number, four, valid_to) {
            (
                Some(number_on_card),
                Some(document),
                Some(number_on_document),
                Some(four),
                Some(valid_to),
            ) => Ok(Self {
                card,
                document,
                document_last_four: four,
                valid_to,
                number_on_document,
                steps: CheckStep::iter()
                    .filter(|step| typed.is_ticked(&step_name(*step)))
                    .collect(),
                number_on_card,
                printed_name_confirmed: typed.is_ticked(NAME),
                face_compared: typed.is_ticked(FACE),
            }),
            _ => Err(faults),
        }
    }

    /// The check as the rules want it; code and signature come later.
    pub(super) fn check(
        &self,
        code: Option<CodeProof>,
        signature: Option<Signature>,
    ) -> CounterCheck {
        CounterCheck {
            identity: IdentityCheck {
                document: self.document,
                document_last_four: self.document_last_four.clone(),
                valid_to: self.valid_to,
                number_on_document: self.number_on_document.clone(),
                steps: self.steps.clone(),
            },
            number_on_card: self.number_on_card.clone(),
            printed_name_confirmed: self.printed_name_confirmed,
            face_compared: self.face_compared,
            code,
            signature,
        }
    }

    /// What the officer signs. The holder is named by HSA-id, the document by kind and four signs.
    pub(super) fn text_to_sign(&self, t: Text, hsa_id: &str, office: &str) -> String {
        let document = states::document(t, self.document).to_lowercase();
        let steps = self.steps.iter().zip(1..);
        let steps = steps.map(|(step, at)| format!("{at}. {}", states::check_step(t, *step)));
        let lines = [
            t.sign_check_title(),
            t.sign_check_card(self.number_on_card.short(), office),
            t.sign_check_holder(hsa_id),
            t.sign_check_document(document, &self.document_last_four, t.day(self.valid_to)),
            t.sign_check_face(),
            t.sign_check_steps(),
        ];
        lines
            .into_iter()
            .chain(steps)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn note<T>(faults: &mut Faults, field: &'static str, read: Result<T, String>) -> Option<T> {
    read.map_err(|text| faults.push((field, text))).ok()
}

fn card_number(t: Text, text: &str) -> Result<CardNumber, String> {
    CardNumber::parse(text).map_err(|_| t.write_card_number())
}

fn person_number(t: Text, text: &str, now: DateTime<Utc>) -> Result<PersonNumber, String> {
    PersonNumber::parse_at(text, business_day(now)).map_err(|error| match error {
        PersonNumberError::WrongCheckDigit => t.wrong_check_digit(),
        PersonNumberError::NoSuchDate => t.no_such_date(),
        PersonNumberError::InFuture => t.date_in_future(),
        PersonNumberError::WrongLength | PersonNumberError::NotANumber => t.write_person_number(),
    })
}

fn last_four(t: Text, text: &str) -> Result<String, String> {
    let is_right = text.chars().count() == KEPT && text.chars().all(char::is_alphanumeric);
    if is_right {
        Ok(text.to_uppercase())
    } else {
        Err(t.write_last_four())
    }
}

/// The place of a refusal that something at the counter can mend.
pub(super) fn at_field(t: Text, refusal: &Refusal) -> Faults {
    let field = match refusal {
        Refusal::WrongCard => CARD,
        Refusal::PrintedNameNotConfirmed => NAME,
        Refusal::DocumentOfAnotherPerson => NUMBER,
        Refusal::DocumentExpired { .. } => VALID,
        Refusal::CheckIncomplete => STEPS,
        Refusal::PhotoNotCompared => FACE,
        _ => return Faults::new(),
    };
    vec![(field, refusals::sentence(t, refusal))]
}

#[cfg(test)]
mod tests {
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
        assert_eq!(fields, [CARD, DOCUMENT, NUMBER, FOUR, VALID]);
    }

    #[test]
    fn a_digital_identity_card_cannot_be_recorded() {
        let faults = read(&filled(&[(DOCUMENT, "bank_id")])).err().unwrap();
        assert_eq!(faults.first().unwrap().0, DOCUMENT);
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
