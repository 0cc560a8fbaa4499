//! What people write in their own words and the log keeps: reasons, and other parties' references.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::person_number::{PersonNumber, PersonNumberKind};
use super::text::{has_unseen, is_unseen, tidy};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;
/// The longest reference, in characters.
pub const LONGEST_REFERENCE: usize = 60;

/// Why a text that somebody has written cannot be kept. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FreeTextError {
    /// Too many characters. It is never cut: what was written is what somebody meant.
    #[error("the text is too long")]
    TooLong,
    /// It holds characters that nobody sees.
    #[error("the text holds characters that cannot be seen")]
    Unseen,
    /// It is the number of a person, which would stay in the log.
    #[error("a person's number is no reference")]
    PersonsNumber,
}

/// A reason as it was typed in a field of several lines: trimmed, with line breaks as `\n`; `None`
/// when nothing was written.
///
/// # Errors
/// It is longer than [`LONGEST_REASON`], or holds characters that nobody sees.
pub fn reason(typed: &str) -> Result<Option<String>, FreeTextError> {
    let text = typed.replace("\r\n", "\n").replace('\t', " ");
    let text = text.trim();
    if text.chars().any(|one| one != '\n' && is_unseen(one)) {
        return Err(FreeTextError::Unseen);
    }
    if text.chars().count() > LONGEST_REASON {
        return Err(FreeTextError::TooLong);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Another party's reference, such as the case number of the police: one line of 1–60 characters
/// that can all be seen. It stays in the log, so it is no person's number.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Reference(String);

impl Reference {
    /// Reads a reference as it was typed on `today`; `None` when nothing was written.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str, today: NaiveDate) -> Result<Option<Self>, FreeTextError> {
        use PersonNumberKind as K;
        let text = tidy(typed);
        if has_unseen(&text) {
            return Err(FreeTextError::Unseen);
        }
        if text.chars().count() > LONGEST_REFERENCE {
            return Err(FreeTextError::TooLong);
        }
        let number = PersonNumber::parse_at(&text, today);
        if number.is_ok_and(|one| matches!(one.kind(), K::Personnummer | K::Samordningsnummer)) {
            return Err(FreeTextError::PersonsNumber);
        }
        Ok((!text.is_empty()).then_some(Self(text)))
    }

    /// The reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What has been kept is a reference, whatever the rules are now; nothing in it stays unseen.
impl From<String> for Reference {
    fn from(kept: String) -> Self {
        Self(kept.chars().filter(|one| !is_unseen(*one)).collect())
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Reference({})", self.0)
    }
}
