//! Whom a certificate is about, and the number of the card. Both are personal data: masked where
//! they are printed, and refused rather than mended where they do not fit a certificate.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::profile::Identity;

/// RFC 5280 A.1: ub-common-name, ub-organization-name, ub-title and ub-serial-number.
pub(crate) const LONGEST_TEXT: usize = 64;
/// An HSA-id has at most 31 characters.
const LONGEST_HSA_ID: usize = 31;

/// What a certificate says about its holder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectFields {
    /// Given names, as registered.
    pub given_name: String,
    /// Surname, as registered.
    pub surname: String,
    /// Title at work, in certificates of the employment.
    pub title: Option<String>,
    /// HSA-id, or the personal number of 12 digits, after the kind of the certificate.
    pub identifier: String,
    /// Employer; without one the profiles' organisation stands there.
    pub organisation: Option<String>,
}

/// A holder whose fields fit a certificate.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SubjectFields", into = "SubjectFields")]
pub struct Subject(SubjectFields);

/// The number printed on a card: 9–20 digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardNumber(String);

/// Why a holder or a card number does not fit a certificate. Names the field, never its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SubjectFault {
    /// A field is empty or blank.
    #[error("the field {0} is empty")]
    Empty(&'static str),
    /// A field has more characters than a certificate takes.
    #[error("the field {0} is too long")]
    TooLong(&'static str),
    /// A field holds a control character.
    #[error("the field {0} holds a control character")]
    Control(&'static str),
    /// The identifier is neither an HSA-id nor 12 digits.
    #[error("the identifier is neither an HSA-id nor a personal number of 12 digits")]
    Identifier,
    /// The card number is not 9–20 digits.
    #[error("a card number has 9 to 20 digits")]
    CardNumber,
}

impl SubjectFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty(_) => "subject_field_empty",
            Self::TooLong(_) => "subject_field_too_long",
            Self::Control(_) => "subject_field_control",
            Self::Identifier => "subject_identifier",
            Self::CardNumber => "card_number",
        }
    }
}

impl Subject {
    /// Takes the fields if each fits. A full name above 64 characters is cut in the common name
    /// alone; given names and surname stay whole.
    ///
    /// # Errors
    /// The first field that does not fit.
    pub fn new(fields: SubjectFields) -> Result<Self, SubjectFault> {
        fits("given_name", &fields.given_name)?;
        fits("surname", &fields.surname)?;
        if let Some(title) = &fields.title {
            fits("title", title)?;
        }
        if let Some(organisation) = &fields.organisation {
            fits("organisation", organisation)?;
        }
        if !is_hsa_id(&fields.identifier) && !is_person_number(&fields.identifier) {
            return Err(SubjectFault::Identifier);
        }
        Ok(Self(fields))
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &SubjectFields {
        &self.0
    }

    /// Given names and surname, cut to 64 characters.
    #[must_use]
    pub fn common_name(&self) -> String {
        let whole = format!("{} {}", self.0.given_name, self.0.surname);
        whole.chars().take(LONGEST_TEXT).collect()
    }

    /// Whether the identifier is of the kind that the certificate carries.
    #[must_use]
    pub fn is_for(&self, identity: Identity) -> bool {
        identifier_fits(identity, &self.0.identifier)
    }
}

/// Whether a text is an identifier of that kind.
pub(crate) fn identifier_fits(identity: Identity, text: &str) -> bool {
    match identity {
        Identity::HsaId => is_hsa_id(text),
        Identity::PersonId => is_person_number(text),
    }
}

fn fits(field: &'static str, text: &str) -> Result<(), SubjectFault> {
    if text.trim().is_empty() {
        return Err(SubjectFault::Empty(field));
    }
    if text.chars().any(char::is_control) {
        return Err(SubjectFault::Control(field));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(SubjectFault::TooLong(field));
    }
    Ok(())
}

fn is_hsa_id(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.len() <= LONGEST_HSA_ID
        && text.bytes().all(known)
        && text.strip_prefix("SE").is_some_and(|rest| rest.len() > 10)
}

fn is_person_number(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl TryFrom<SubjectFields> for Subject {
    type Error = SubjectFault;
    fn try_from(fields: SubjectFields) -> Result<Self, SubjectFault> {
        Self::new(fields)
    }
}

impl From<Subject> for SubjectFields {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Subject(…)")
    }
}

impl fmt::Debug for SubjectFields {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SubjectFields(…)")
    }
}

impl CardNumber {
    /// Reads a card number; white space in it is ignored.
    ///
    /// # Errors
    /// [`SubjectFault::CardNumber`].
    pub fn new(text: &str) -> Result<Self, SubjectFault> {
        let digits: String = text.split_whitespace().collect();
        if !is_card_number(&digits) {
            return Err(SubjectFault::CardNumber);
        }
        Ok(Self(digits))
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is a card number without spaces.
pub(crate) fn is_card_number(text: &str) -> bool {
    (9..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl TryFrom<String> for CardNumber {
    type Error = SubjectFault;
    fn try_from(text: String) -> Result<Self, SubjectFault> {
        Self::new(&text)
    }
}

impl From<CardNumber> for String {
    fn from(number: CardNumber) -> Self {
        number.0
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CardNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> SubjectFields {
        SubjectFields {
            given_name: "Åsa Maria".into(),
            surname: "Öberg".into(),
            title: None,
            identifier: "SE2321000016-A1B2".into(),
            organisation: None,
        }
    }

    #[test]
    fn nothing_personal_is_printed() {
        let subject = Subject::new(fields()).unwrap();
        let number = CardNumber::new("9752 2690 0123 4567 890").unwrap();
        let printed = format!("{subject:?}{:?}{number:?}", fields());
        for secret in ["Åsa", "Öberg", "A1B2", "9752"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }

    #[test]
    fn a_long_name_is_cut_in_the_common_name_alone() {
        let mut long = fields();
        long.given_name = "Å".repeat(64);
        let subject = Subject::new(long).unwrap();
        assert_eq!(subject.common_name(), "Å".repeat(64));
        assert_eq!(subject.fields().surname, "Öberg");
    }

    #[test]
    fn a_field_that_does_not_fit_is_refused_by_name() {
        let with = |change: fn(&mut SubjectFields)| {
            let mut fields = fields();
            change(&mut fields);
            Subject::new(fields).unwrap_err()
        };
        assert_eq!(
            with(|one| one.surname = " ".into()),
            SubjectFault::Empty("surname")
        );
        assert_eq!(
            with(|one| one.title = Some("a\nb".into())),
            SubjectFault::Control("title")
        );
        assert_eq!(
            with(|one| one.organisation = Some("x".repeat(65))),
            SubjectFault::TooLong("organisation")
        );
        assert_eq!(
            with(|one| one.identifier = "19".into()),
            SubjectFault::Identifier
        );
    }

    #[test]
    fn an_identifier_is_of_one_kind_only() {
        let subject = Subject::new(fields()).unwrap();
        assert!(subject.is_for(Identity::HsaId));
        assert!(!subject.is_for(Identity::PersonId));
    }

    #[test]
    fn a_card_number_has_digits_only_and_enough_of_them() {
        assert_eq!(CardNumber::new("12345678"), Err(SubjectFault::CardNumber));
        assert_eq!(
            CardNumber::new("97522690012345A"),
            Err(SubjectFault::CardNumber)
        );
    }
}
