//! The check of an identity document and of the number on the card, as it is typed at the counter:
//! the same for an activation and for opening a locked card.

use std::collections::HashMap;

use actix_web::HttpRequest;
use cards_domain::calendar::business_day;
use cards_domain::identity_check::{self, CheckStep, DocumentKind, IdentityCheck, LastDayError};
use cards_domain::refusal::Refusal;
use cards_domain::values::{CardNumber, PersonNumber, PersonNumberError};
use cards_http::{Fault, Session, signing};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::components::{Check, Checkboxes, Choice, Choices, Field, Message};
use crate::states;
use crate::text::Text;

/// Names of the fields, which are the ids of their places on the page.
pub(super) const CARD: &str = "kortnummer";
pub(super) const DOCUMENT: &str = "handling";
pub(super) const NUMBER: &str = "nummer";
pub(super) const FOUR: &str = "fyra";
pub(super) const VALID: &str = "giltig";
pub(super) const STEPS: &str = "stegen";

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
        cards_http::Tick::of(self.0.get(name).map(String::as_str)).is_set()
    }

    /// With a box ticked, if it was.
    pub(super) fn ticked(mut self, name: &str, was_ticked: bool) -> Self {
        if was_ticked {
            self.0
                .insert(name.to_owned(), cards_http::TICKED.to_owned());
        }
        self
    }

    /// With a text in a field.
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.to_owned());
        self
    }

    #[cfg(test)]
    pub(super) fn of(pairs: &[(&str, &str)]) -> Self {
        let empty = Self::default();
        pairs
            .iter()
            .fold(empty, |typed, (name, text)| typed.with(name, text))
    }
}

/// The answers of a form whose signature was not made, if the browser came back with one: the
/// officer goes on from them instead of typing everything anew. `D` is what was to be signed.
pub(super) async fn before<D: DeserializeOwned>(
    request: &HttpRequest,
    session: &Session,
    unsigned: Option<Uuid>,
    purpose: &'static str,
) -> Result<Option<D>, Fault> {
    let Some(id) = unsigned else {
        return Ok(None);
    };
    let payload = signing::unsigned(request, session, id, purpose).await?;
    Ok(payload.and_then(|payload| serde_json::from_value(payload).ok()))
}

/// What stands over a form that is filled in with the answers from before.
pub(super) fn kept(t: Text) -> Message {
    Message::info(t.answers_kept(), t.answers_kept_means())
}

/// What is wrong, and at which field.
pub(super) type Faults = Vec<(&'static str, String)>;

/// The name of a step's box.
pub(super) fn step_name(step: CheckStep) -> String {
    format!("steg-{}", <&str>::from(step))
}

/// What was read from the document and the card, as it is kept, sealed, with a signature.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) document: DocumentKind,
    pub(super) document_last_four: String,
    pub(super) valid_to: NaiveDate,
    pub(super) number_on_document: PersonNumber,
    pub(super) steps: Vec<CheckStep>,
    pub(super) number_on_card: CardNumber,
}

impl Seen {
    /// Reads what was typed. `unknown` is said of a document that is none of the accepted kinds.
    ///
    /// # Errors
    /// Every field that cannot be read, with what to do.
    pub(super) fn read(
        t: Text,
        typed: &Typed,
        now: DateTime<Utc>,
        unknown: String,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let number_on_card = note(&mut faults, CARD, card_number(t, typed.text(CARD)));
        let document = typed.text(DOCUMENT).parse::<DocumentKind>();
        let document = note(&mut faults, DOCUMENT, document.map_err(|_| unknown));
        let number = person_number(t, typed.text(NUMBER), now);
        let number = note(&mut faults, NUMBER, number);
        let four = note(&mut faults, FOUR, last_four(t, typed.text(FOUR)));
        let valid_to = note(&mut faults, VALID, last_day(t, typed.text(VALID), now));
        match (number_on_card, document, number, four, valid_to) {
            (
                Some(number_on_card),
                Some(document),
                Some(number_on_document),
                Some(document_last_four),
                Some(valid_to),
            ) => Ok(Self {
                document,
                document_last_four,
                valid_to,
                number_on_document,
                steps: ticked_steps(typed),
                number_on_card,
            }),
            _ => Err(faults),
        }
    }

    /// The check as the rules want it.
    pub(super) fn check(&self) -> IdentityCheck {
        IdentityCheck {
            document: self.document,
            document_last_four: self.document_last_four.clone(),
            valid_to: self.valid_to,
            number_on_document: self.number_on_document.clone(),
            steps: self.steps.clone(),
        }
    }

    /// The form as it was filled in.
    pub(super) fn typed(&self) -> Typed {
        let typed = Typed::default()
            .with(CARD, self.number_on_card.as_str())
            .with(DOCUMENT, self.document.into())
            .with(NUMBER, self.number_on_document.as_str())
            .with(FOUR, &self.document_last_four)
            .with(VALID, &self.valid_to.to_string());
        let steps = self.steps.iter();
        steps.fold(typed, |typed, step| typed.ticked(&step_name(*step), true))
    }

    /// The document in the text that is signed: its kind, four signs and last day.
    pub(super) fn document_to_sign(&self, t: Text) -> String {
        let document = states::document(t, self.document).to_lowercase();
        t.sign_check_document(document, &self.document_last_four, t.day(self.valid_to))
    }

    /// The seven steps in the text that is signed, numbered.
    pub(super) fn steps_to_sign(&self, t: Text) -> impl Iterator<Item = String> {
        let steps = self.steps.iter().zip(1..);
        steps.map(move |(step, at)| format!("{at}. {}", states::check_step(t, *step)))
    }
}

/// The fields of a form.
pub(super) struct Fields {
    pub(super) card: Field,
    pub(super) documents: Choices,
    pub(super) number: Field,
    pub(super) last_four: Field,
    pub(super) valid_to: Field,
    pub(super) checks: Checkboxes,
}

/// The fields with what was typed and what is wrong with it. `rejected` are documents that people
/// try beside a digital one.
pub(super) fn fields(
    t: Text,
    typed: &Typed,
    faults: &[(&'static str, String)],
    rejected: Vec<Choice>,
) -> Fields {
    let error = |field: &str| error_at(faults, field);
    let text = |field: Field, name: &str| field.value(typed.text(name)).error(error(name));
    let card = Field::digits(t, CARD, t.number_on_the_card(), 20);
    let number = Field::digits(t, NUMBER, t.number_on_document(), 13);
    let last_four = Field::text(t, FOUR, t.document_last_four()).max_length(4);
    Fields {
        card: text(card.hint(t.number_on_the_card_hint()), CARD),
        documents: documents(t, rejected)
            .chosen(typed.text(DOCUMENT))
            .error(error(DOCUMENT)),
        number: text(number.hint(t.number_on_document_hint()), NUMBER),
        last_four: text(last_four, FOUR),
        valid_to: text(Field::date(t, VALID, t.document_valid_to()), VALID),
        checks: checks(t, typed).error(error(STEPS)),
    }
}

/// What is wrong at a field.
pub(super) fn error_at(faults: &[(&'static str, String)], field: &str) -> Option<String> {
    let mut found = faults.iter().filter(|(at, _)| *at == field);
    found.next().map(|(_, text)| text.clone())
}

fn documents(t: Text, rejected: Vec<Choice>) -> Choices {
    let accepted = DocumentKind::iter()
        .map(|kind| Choice::answer(<&str>::from(kind), states::document(t, kind)));
    let digital = Choice::rejected(t.digital_id(), t.digital_id_not_accepted());
    let rows = accepted.chain(rejected).chain([digital]).collect();
    Choices::new(DOCUMENT, t.physical_document(), rows)
        .hint(t.physical_document_hint())
        .in_two_columns()
}

fn checks(t: Text, typed: &Typed) -> Checkboxes {
    let rows = CheckStep::iter().map(|step| {
        let name = step_name(step);
        let is_ticked = typed.is_ticked(&name);
        Check::new(name, states::check_step(t, step), is_ticked)
    });
    Checkboxes::new(t, STEPS, t.seven_steps(), rows.collect())
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

/// The document's last day.
fn last_day(t: Text, text: &str, now: DateTime<Utc>) -> Result<NaiveDate, String> {
    identity_check::last_day(text, business_day(now)).map_err(|error| match error {
        LastDayError::NotADay => t.write_a_date(),
        LastDayError::TooFarAway => t.document_valid_too_long(),
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

fn ticked_steps(typed: &Typed) -> Vec<CheckStep> {
    CheckStep::iter()
        .filter(|step| typed.is_ticked(&step_name(*step)))
        .collect()
}

/// Whether all of the seven steps are ticked.
pub(super) fn all_ticked(typed: &Typed) -> bool {
    ticked_steps(typed).len() == CheckStep::iter().count()
}

/// The field at which a refusal of the document or the card can be mended.
pub(super) fn field_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::WrongCard => Some(CARD),
        Refusal::DocumentOfAnotherPerson => Some(NUMBER),
        Refusal::DocumentExpired { .. } => Some(VALID),
        Refusal::CheckIncomplete => Some(STEPS),
        _ => None,
    }
}

/// The numbers that should have been read.
pub(super) type Right<'a> = (Option<&'a CardNumber>, &'a PersonNumber);

/// Makes good what was refused of the document or the card; false for anything else, or what has
/// been mended before.
pub(super) fn mend(
    (identity, number): (&mut IdentityCheck, &mut CardNumber),
    refusal: &Refusal,
    (card, person): Right<'_>,
) -> bool {
    match refusal {
        Refusal::WrongCard => match card.filter(|card| *card != number) {
            Some(card) => *number = card.clone(),
            None => return false,
        },
        Refusal::DocumentOfAnotherPerson if identity.number_on_document != *person => {
            identity.number_on_document = person.clone();
        }
        Refusal::DocumentExpired { .. } if identity.valid_to < NaiveDate::MAX => {
            identity.valid_to = NaiveDate::MAX;
        }
        Refusal::CheckIncomplete if identity.steps.len() < CheckStep::iter().count() => {
            identity.steps = CheckStep::iter().collect();
        }
        _ => return false,
    }
    true
}

/// What the rules would refuse once `refusal` is mended, and so on: told with it, so that the
/// officer mends everything in one go.
pub(super) fn faults_beside<C>(
    mut check: C,
    refusal: &Refusal,
    at_field: impl Fn(&Refusal) -> Faults,
    mend: impl Fn(&mut C, &Refusal) -> bool,
    examine: impl Fn(&C) -> Result<(), Refusal>,
) -> Faults {
    let mut faults = at_field(refusal);
    let mut refusal = refusal.clone();
    // Every round mends one of the fields, so it ends.
    while mend(&mut check, &refusal) {
        match examine(&check) {
            Ok(()) => break,
            Err(next) => {
                faults.extend(at_field(&next));
                refusal = next;
            }
        }
    }
    faults
}
