//! Names of persons, and the folded form in which names are searched for.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::text::{has_unseen, tidy};

/// The longest part of a name, in characters.
const MAX_PART: usize = 100;

/// Why a name cannot be used. Never carries the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameError {
    /// There is no surname, which every person in the directory must have.
    #[error("a person must have a surname")]
    NoSurname,
    /// A part of the name is longer than 100 characters.
    #[error("a part of a name has at most 100 characters")]
    TooLong,
    /// A part of the name holds characters that nobody sees, such as marks of direction.
    #[error("a name cannot hold characters that are not seen")]
    ControlCharacter,
}

/// A person's name in any script; a person with a single name has it as surname.
///
/// Each part is 1–100 characters, composed (Unicode NFC), trimmed, without double spaces.
/// Serialised as an object with `given`, `middle` and `surname`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct PersonName {
    given: Option<String>,
    middle: Option<String>,
    surname: String,
}

#[derive(Deserialize)]
struct Parts {
    given: Option<String>,
    middle: Option<String>,
    surname: String,
}

impl TryFrom<Parts> for PersonName {
    type Error = PersonNameError;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::new(
            parts.given.as_deref(),
            parts.middle.as_deref(),
            &parts.surname,
        )
    }
}

impl PersonName {
    /// A name of these parts, each tidied; a blank given or middle name is none.
    ///
    /// # Errors
    /// What is wrong with the name.
    pub fn new(
        given: Option<&str>,
        middle: Option<&str>,
        surname: &str,
    ) -> Result<Self, PersonNameError> {
        Ok(Self {
            given: given.map(part).transpose()?.flatten(),
            middle: middle.map(part).transpose()?.flatten(),
            surname: part(surname)?.ok_or(PersonNameError::NoSurname)?,
        })
    }

    /// The given names.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.given.as_deref()
    }

    /// The middle name.
    #[must_use]
    pub fn middle(&self) -> Option<&str> {
        self.middle.as_deref()
    }

    /// The surname, or the only name.
    #[must_use]
    pub fn surname(&self) -> &str {
        &self.surname
    }

    /// Given, middle and surname with spaces between.
    #[must_use]
    pub fn full(&self) -> String {
        let parts = [self.given(), self.middle(), Some(self.surname())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The full name folded for searching, see [`search_key`].
    #[must_use]
    pub fn search_key(&self) -> String {
        search_key(&self.full())
    }
}

fn part(text: &str) -> Result<Option<String>, PersonNameError> {
    let text = tidy(text);
    if has_unseen(&text) {
        return Err(PersonNameError::ControlCharacter);
    }
    if text.chars().count() > MAX_PART {
        return Err(PersonNameError::TooLong);
    }
    Ok(if text.is_empty() { None } else { Some(text) })
}

/// `text` folded so that a search finds a name however it was typed: composed, lower case, single
/// spaces, å, ä and ö kept, Danish and Norwegian ø and æ read as ö and ä, other accents dropped.
#[must_use]
pub fn search_key(text: &str) -> String {
    let lower = tidy(text).to_lowercase();
    let mut key = String::with_capacity(lower.len());
    for letter in lower.nfc() {
        fold(letter, &mut key);
    }
    tidy(&key)
}

fn fold(letter: char, key: &mut String) {
    match letter {
        'å' | 'ä' | 'ö' => key.push(letter),
        'ø' => key.push('ö'),
        'æ' => key.push('ä'),
        'ł' => key.push('l'),
        'đ' | 'ð' => key.push('d'),
        'þ' => key.push_str("th"),
        'ß' => key.push_str("ss"),
        _ => key.extend(
            [letter]
                .into_iter()
                .nfd()
                .filter(|part| canonical_combining_class(*part) == 0),
        ),
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.full())
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PersonName(****)")
    }
}
