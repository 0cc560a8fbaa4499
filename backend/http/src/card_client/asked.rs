//! What card clients send. Fields that are not known are passed over: a newer card client may have
//! more to say.

use actix_web::web;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_app::card_tasks::{ClientReport, Presented};
use cards_app::ports::QUESTION_BYTES;
use cards_domain::card_task::{TaskCause, TaskStepName, TaskTries};
use cards_domain::certificate::Profile;
use cards_domain::chip_code::CodeName;
use cards_domain::ids::CertificateId;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use super::problem::{Problem, Told};
use crate::body::{BodyFault, LONGEST_WAIT, read_body};

/// The longest body: a request of an RSA key in Base64 is some two thousand bytes.
const LONGEST: usize = 32 * 1024;
/// The longest name and version of a card client, and of a module.
const LONGEST_NAME: usize = 100;
/// No step is taken so often in one task.
const MOST_TIMES: u8 = 99;

/// Reads a body.
pub(super) async fn read<T: DeserializeOwned>(payload: web::Payload) -> Result<T, Problem> {
    let body = read_body(payload, LONGEST, LONGEST_WAIT).await;
    let body = body.map_err(|fault| match fault {
        BodyFault::TooLarge => Problem::told(Told::TooLarge),
        BodyFault::TooSlow | BodyFault::Broken => Problem::told(Told::Unreadable),
    })?;
    serde_json::from_slice(&body).map_err(|_| Problem::told(Told::Unreadable))
}

/// Bytes in Base64.
pub(super) struct Bytes(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = STANDARD.decode(text);
        bytes.map(Self).map_err(|_| D::Error::custom("no Base64"))
    }
}

/// What a task is fetched with: one of the two.
#[derive(Deserialize)]
pub(super) struct Fetch {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    client: String,
}

impl Fetch {
    pub(super) fn presented(&self) -> Result<Presented, Problem> {
        match (&self.code, &self.token) {
            (Some(code), None) => Ok(Presented::Code(code.clone())),
            (None, Some(token)) => Ok(Presented::Token(token.clone())),
            (None, None) | (Some(_), Some(_)) => Err(Problem::told(Told::Unreadable)),
        }
    }

    pub(super) fn is_typed(&self) -> bool {
        self.code.is_some()
    }

    pub(super) fn client(&self) -> String {
        plain(&self.client)
    }
}

/// What may stand in a table and on a page.
fn plain(text: &str) -> String {
    let shown = text.chars().filter(|sign| !sign.is_control());
    shown.take(LONGEST_NAME).collect()
}

#[derive(Deserialize)]
pub(super) struct Step {
    step: TaskStepName,
    #[serde(default)]
    number: u8,
}

impl Step {
    pub(super) fn read(&self) -> Result<(TaskStepName, u8), Problem> {
        if self.number > MOST_TIMES {
            return Err(Problem::told(Told::Unreadable));
        }
        Ok((self.step, self.number))
    }
}

/// A chip's question.
#[derive(Deserialize)]
pub(super) struct Challenge {
    challenge: String,
}

impl Challenge {
    pub(super) fn read(&self) -> Result<[u8; QUESTION_BYTES], Problem> {
        let digits = &self.challenge;
        let is_whole = digits.len() == 2 * QUESTION_BYTES && digits.is_ascii();
        let number = is_whole.then(|| u64::from_str_radix(digits, 16).ok());
        // A sign is no digit, however it is read elsewhere.
        let number = number.flatten().filter(|_| !digits.starts_with('+'));
        let number = number.ok_or(Problem::told(Told::Unreadable))?;
        Ok(number.to_be_bytes())
    }
}

#[derive(Deserialize)]
pub(super) struct Proof {
    pub(super) certificate: Bytes,
    pub(super) signature: Bytes,
}

#[derive(Deserialize)]
pub(super) struct Request {
    pub(super) profile: Profile,
    pub(super) request: Bytes,
}

#[derive(Deserialize)]
pub(super) struct Written {
    pub(super) certificate: CertificateId,
    pub(super) signature: Bytes,
}

#[derive(Deserialize)]
pub(super) struct Certificate {
    pub(super) certificate: CertificateId,
}

#[derive(Deserialize)]
pub(super) struct GivenUp {
    pub(super) cause: TaskCause,
}

#[derive(Deserialize)]
pub(super) struct Report {
    cause: Option<TaskCause>,
    readers: u16,
    cards: u16,
    #[serde(default)]
    module: Option<String>,
    #[serde(default)]
    tries: TaskTries,
    #[serde(default)]
    locked: Vec<CodeName>,
}

impl Report {
    pub(super) fn read(self) -> Result<ClientReport, Problem> {
        let mut locked = self.locked;
        locked.dedup();
        // There are three codes on a chip.
        if locked.len() > 3 {
            return Err(Problem::told(Told::Unreadable));
        }
        Ok(ClientReport {
            cause: self.cause,
            readers: self.readers,
            cards: self.cards,
            module: self.module.as_deref().map(plain),
            tries: self.tries,
            locked,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_of_eight_bytes_in_hexadecimal_digits() {
        let read = |text: &str| {
            Challenge {
                challenge: text.to_owned(),
            }
            .read()
        };
        assert_eq!(read("0102030405060708").unwrap(), [1, 2, 3, 4, 5, 6, 7, 8]);
        for text in [
            "",
            "01",
            "+102030405060708",
            "010203040506070g",
            "010203040506070809",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_task_is_fetched_with_a_code_or_a_token_and_not_with_both() {
        let read = |text: &str| serde_json::from_str::<Fetch>(text).unwrap().presented();
        assert!(read(r#"{"code": "K7QFM2PX"}"#).is_ok());
        assert!(read(r#"{"token": "abc", "client": "kortklient 0.1.0"}"#).is_ok());
        assert!(read("{}").is_err());
        assert!(read(r#"{"code": "K7QFM2PX", "token": "abc"}"#).is_err());
    }
}
