//! HSA-id: what the national health-care directory calls a person, a unit or an organisation.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::text::{all_alphanumeric, all_digits, plain};

/// The longest HSA-id, in characters.
const MAX_LENGTH: usize = 31;
/// Digits of an organisation number without anything before it.
const OWNER: usize = 10;

/// Why a text is not an HSA-id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HsaIdError {
    /// Longer than 31 characters.
    #[error("an HSA-id has at most 31 characters")]
    TooLong,
    /// Does not begin with `SE` and an organisation number of 10 digits (or 12, beginning `16`).
    #[error("an HSA-id begins with SE and an organisation number")]
    WrongPrefix,
    /// No hyphen after the organisation number. Only an import may leave it out.
    #[error("an HSA-id has a hyphen after the organisation number")]
    NoHyphen,
    /// The part after the organisation number is empty or has other than letters a–z and digits.
    #[error("an HSA-id ends with letters a-z and digits")]
    WrongSuffix,
}

/// An HSA-id, kept as it was given and compared without regard to case.
///
/// `SE`, the directory owner's organisation number (10 digits, or 12 beginning `16`), a hyphen,
/// letters and digits; 31 characters at most. Old ids without the hyphen come in by import only.
/// An id with and one without the hyphen are two ids here: the sources say that case does not count
/// when ids are compared, and of the hyphen nothing but that an import must accept its absence; and
/// 12 digits beginning `16` may be an owner of 12 digits or one of 10 with more behind, so the hyphen
/// tells whose id it is. Whoever looks for one finds either, see [`HsaId::spellings`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HsaId(String);

// The store may hold imported ids, so reading back takes what an import takes.
stored_as_string!(HsaId, HsaIdError, parse_import);

impl HsaId {
    /// Reads an id that a person has typed or a service has sent: the hyphen is required.
    ///
    /// # Errors
    /// What is wrong with the id.
    pub fn parse(input: &str) -> Result<Self, HsaIdError> {
        let text = plain(input);
        let text = Self::prefixed(&text)?;
        let (head, suffix) = text.split_once('-').ok_or(HsaIdError::NoHyphen)?;
        let owner = without_country(head).ok_or(HsaIdError::WrongPrefix)?;
        let known_owner = owner.len() == OWNER || (owner.len() == 12 && owner.starts_with("16"));
        if !known_owner || !all_digits(owner) {
            return Err(HsaIdError::WrongPrefix);
        }
        Self::with_suffix(text, suffix)
    }

    /// Reads an id out of a directory file or our own store, where the hyphen may be missing.
    ///
    /// # Errors
    /// What is wrong with the id.
    pub fn parse_import(input: &str) -> Result<Self, HsaIdError> {
        let text = plain(input);
        let text = Self::prefixed(&text)?;
        if text.contains('-') {
            return Self::parse(text);
        }
        let (owner, suffix) = without_country(text)
            .and_then(|rest| rest.split_at_checked(OWNER))
            .ok_or(HsaIdError::WrongPrefix)?;
        if !all_digits(owner) {
            return Err(HsaIdError::WrongPrefix);
        }
        Self::with_suffix(text, suffix)
    }

    fn prefixed(input: &str) -> Result<&str, HsaIdError> {
        let text = input.trim();
        if text.chars().count() > MAX_LENGTH {
            return Err(HsaIdError::TooLong);
        }
        without_country(text)
            .map(|_| text)
            .ok_or(HsaIdError::WrongPrefix)
    }

    fn with_suffix(text: &str, suffix: &str) -> Result<Self, HsaIdError> {
        if suffix.is_empty() || !all_alphanumeric(suffix) {
            return Err(HsaIdError::WrongSuffix);
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id in upper case; equal for ids that are equal.
    #[must_use]
    pub fn search_key(&self) -> String {
        self.0.to_ascii_uppercase()
    }

    /// The ways in which the id may have come in, each as [`Self::search_key`] writes it: as it is,
    /// and with or without the hyphen. They are two ids to the store, which holds what directories
    /// say; but whoever looks for one means either.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        let key = self.search_key();
        let other = match key.split_once('-') {
            Some((owner, suffix)) => Some(format!("{owner}{suffix}")),
            None => key
                .split_at_checked("SE".len() + OWNER)
                .map(|(owner, suffix)| format!("{owner}-{suffix}")),
        };
        std::iter::once(key).chain(other).collect()
    }

    fn folded(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.bytes().map(|byte| byte.to_ascii_uppercase())
    }
}

fn without_country(text: &str) -> Option<&str> {
    let (country, rest) = text.split_at_checked(2)?;
    country.eq_ignore_ascii_case("SE").then_some(rest)
}

impl PartialEq for HsaId {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for HsaId {}

impl PartialOrd for HsaId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for HsaId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl Hash for HsaId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.search_key().hash(state);
    }
}

impl fmt::Display for HsaId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for HsaId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HsaId({})", self.0)
    }
}
