//! What a card client tells on its way: steps, a report of card and reader, and why it gave up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::chip_code::CodeName;

/// A step that a card client has come to.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaskStepName {
    /// No card is in the reader yet.
    WaitingForCard,
    /// The card of the task is in the reader.
    CardFound,
    /// The holder is asked for a code.
    CodeAsked,
    /// The holder has chosen a code.
    CodeChosen,
    /// A key was made on the card.
    KeyMade,
    /// A certificate was asked for.
    RequestSent,
    /// A certificate is on the card.
    CertificateWritten,
    /// An old certificate has left the card.
    OldRemoved,
}

/// A step, and when it was first told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskStep {
    /// Which.
    pub step: TaskStepName,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a card client gave up: one of the numbered causes of its manual, as `K203`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskCause(String);

/// The text is no cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a cause is K and three digits")]
pub struct CauseError;

impl TaskCause {
    /// The cause that `text` names.
    ///
    /// # Errors
    /// It is not `K` and three digits.
    pub fn parse(text: &str) -> Result<Self, CauseError> {
        let digits = text.strip_prefix('K').ok_or(CauseError)?;
        let is_number = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(text.to_owned())).ok_or(CauseError)
    }

    /// `K203`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for TaskCause {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for TaskCause {
    type Error = CauseError;

    fn try_from(text: String) -> Result<Self, CauseError> {
        Self::parse(&text)
    }
}

impl From<TaskCause> for String {
    fn from(cause: TaskCause) -> Self {
        cause.0
    }
}

/// How many tries each code has left, where the card tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskTries {
    /// The code for authentication.
    pub pin1: Option<u8>,
    /// The code for signing.
    pub pin2: Option<u8>,
    /// The code that unlocks them.
    pub puk: Option<u8>,
}

impl TaskTries {
    /// How many tries one of the codes has left, where the card tells it.
    #[must_use]
    pub fn of(&self, name: CodeName) -> Option<u8> {
        match name {
            CodeName::Pin1 => self.pin1,
            CodeName::Pin2 => self.pin2,
            CodeName::Puk => self.puk,
        }
    }
}

/// What a card client has found of card and reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskReport {
    /// What is wrong; nothing when all is well.
    pub cause: Option<TaskCause>,
    /// Readers seen.
    pub readers: u16,
    /// Cards seen in them.
    pub cards: u16,
    /// The PKCS #11 module that was used, without its folder.
    pub module: Option<String>,
    /// Tries left.
    #[serde(default)]
    pub tries: TaskTries,
    /// Codes that the card says are locked.
    #[serde(default)]
    pub locked: Vec<CodeName>,
}

#[cfg(test)]
mod tests {
    use super::TaskCause;

    #[test]
    fn a_cause_is_k_and_three_digits_and_nothing_else() {
        assert_eq!(TaskCause::parse("K203").unwrap().as_str(), "K203");
        for text in ["", "K", "K20", "K2034", "k203", "K20x", "X203", "K２０３"] {
            assert!(TaskCause::parse(text).is_err(), "{text}");
        }
    }
}
