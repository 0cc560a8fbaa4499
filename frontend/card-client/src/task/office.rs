//! The office as the flows know it: the calls of the protocol, and what can be the matter.

use super::request::{from_hexadecimal, hexadecimal};
use super::sheet::{Profile, Sheet};
use super::ticket::Ticket;
use super::wire::{Call, Reply, Wire, WireFault};
use crate::cause::Cause;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// Where the protocol begins.
const BASE: &str = "/card-client/v1/tasks";

/// The longest text of the server's that is shown.
const LONGEST_TEXT: usize = 400;

/// Why the office did not do as it was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// No answer: it may have heard, and may be asked again.
    NoContact,
    /// The server has not proved itself.
    Untrusted,
    /// The code or token is wrong, used or too old.
    NoSuchTask,
    /// Too many codes were tried from here.
    TooManyTries,
    /// The task is done, cancelled or too old.
    TaskOver,
    /// Not a certificate of the task's card.
    WrongCard,
    /// The signature does not hold.
    ProofRefused,
    /// The certificate is revoked.
    CertificateRevoked,
    /// Something else; what the server says of it.
    Refused(String),
}

impl Problem {
    /// Its cause.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Self::NoContact => Cause::NoContact,
            Self::Untrusted => Cause::Untrusted,
            Self::NoSuchTask => Cause::NoSuchTask,
            Self::TooManyTries => Cause::TooManyTries,
            Self::TaskOver => Cause::TaskOver,
            Self::WrongCard => Cause::WrongCard,
            Self::ProofRefused => Cause::ProofRefused,
            Self::CertificateRevoked => Cause::CertificateRevoked,
            Self::Refused(_) => Cause::OfficeRefused,
        }
    }
}

impl From<WireFault> for Problem {
    fn from(fault: WireFault) -> Self {
        match fault {
            WireFault::NoContact => Self::NoContact,
            WireFault::Untrusted => Self::Untrusted,
        }
    }
}

/// RFC 9457, what of it is looked at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    code: String,
    title: String,
    detail: String,
}

fn problem(reply: &Reply) -> Problem {
    let told: Told = serde_json::from_slice(&reply.body).unwrap_or_default();
    match (told.code.as_str(), reply.status) {
        ("no_such_task", _) => Problem::NoSuchTask,
        ("too_many_tries", _) => Problem::TooManyTries,
        ("task_over", _) => Problem::TaskOver,
        ("wrong_card", _) => Problem::WrongCard,
        ("proof_does_not_hold", _) => Problem::ProofRefused,
        ("certificate_revoked", _) => Problem::CertificateRevoked,
        // Whoever stands before the server says so while it starts anew.
        (_, 502..=504) => Problem::NoContact,
        _ => {
            let text = if told.detail.is_empty() {
                told.title
            } else {
                told.detail
            };
            Problem::Refused(plain(&text))
        }
    }
}

/// A text of the server's as a terminal may show it.
fn plain(text: &str) -> String {
    let shown = text.chars().filter(|sign| !sign.is_control());
    shown.take(LONGEST_TEXT).collect()
}

/// A step that is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// No card of the task is in a reader.
    WaitingForCard,
    /// It is.
    CardFound,
    /// The holder is asked for a code.
    CodeAsked,
    /// The holder has chosen one.
    CodeChosen,
    /// A key is on the card.
    KeyMade,
    /// Its certificate was asked for.
    RequestSent,
    /// It is on the card.
    CertificateWritten,
    /// An old one has left.
    OldRemoved,
}

/// Tries left, where the card tells.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Tries {
    /// PIN1.
    pub pin1: Option<u8>,
    /// PIN2.
    pub pin2: Option<u8>,
    /// PUK.
    pub puk: Option<u8>,
}

/// What was found of card and reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Report {
    /// What is wrong, by its number.
    pub cause: Option<&'static str>,
    /// Readers seen.
    pub readers: usize,
    /// Cards seen in them.
    pub cards: usize,
    /// The PKCS#11 module, without its folder.
    pub module: Option<String>,
    /// Tries left.
    pub tries: Tries,
    /// Codes that are locked.
    pub locked: Vec<&'static str>,
}

/// An office that tasks are fetched from.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    /// What carries the calls.
    pub wire: &'a dyn Wire,
    /// What people call it: the host.
    pub host: &'a str,
    /// Whether it was set for this computer; otherwise the holder confirms it.
    pub known: bool,
}

impl<'a> Office<'a> {
    /// Fetches the task of a code or token, which is used up by it.
    ///
    /// # Errors
    /// [`Problem::NoSuchTask`], [`Problem::TooManyTries`], and what can always be.
    pub fn fetch(&self, ticket: &Ticket) -> Result<(Held<'a>, Sheet), Problem> {
        let (name, value) = ticket.named();
        let client = concat!("kortklient ", env!("CARGO_PKG_VERSION"));
        let body = json!({ name: value, "client": client });
        let path = format!("{BASE}/fetch");
        let mut sheet: Sheet = read(&send(self.wire, &path, None, Some(&body))?)?;
        let secret = sheet.secret.take().ok_or_else(unreadable)?;
        let (wire, task) = (self.wire, sheet.task);
        Ok((Held { wire, task, secret }, sheet))
    }
}

/// A task that was fetched: its secret goes with every call.
#[derive(Clone)]
pub struct Held<'a> {
    wire: &'a dyn Wire,
    task: Uuid,
    secret: SecretString,
}

impl Held<'_> {
    /// The sheet as it is now.
    ///
    /// # Errors
    /// As all calls: [`Problem::TaskOver`], [`Problem::NoContact`] …
    pub fn sheet(&self) -> Result<Sheet, Problem> {
        let path = format!("{BASE}/{}", self.task);
        read(&send(self.wire, &path, Some(&self.secret), None)?)
    }

    /// Tells a step. Telling it again does no harm.
    ///
    /// # Errors
    /// As [`Held::sheet`].
    pub fn step(&self, step: Step) -> Result<(), Problem> {
        self.post("steps", &json!({ "step": step })).map(drop)
    }

    /// The office's answer to the card's question.
    ///
    /// # Errors
    /// As [`Held::sheet`].
    pub fn card_challenge(&self, challenge: &[u8]) -> Result<Vec<u8>, Problem> {
        #[derive(Deserialize)]
        struct Answer {
            response: String,
        }
        let asked = json!({ "challenge": hexadecimal(challenge) });
        let answer: Answer = read(&self.post("card-challenge", &asked)?)?;
        from_hexadecimal(&answer.response).ok_or_else(unreadable)
    }

    /// The proof of the card's key for *legitimering*.
    ///
    /// # Errors
    /// [`Problem::WrongCard`], [`Problem::ProofRefused`], [`Problem::CertificateRevoked`], and as
    /// [`Held::sheet`].
    pub fn proof(&self, certificate: &[u8], signature: &[u8]) -> Result<(), Problem> {
        let certificate = BASE64.encode(certificate);
        let proof = json!({ "certificate": certificate, "signature": BASE64.encode(signature) });
        self.post("proof", &proof).map(drop)
    }

    /// Asks for a certificate (PKCS#10, DER); its number. The same key gets the same certificate.
    ///
    /// # Errors
    /// As [`Held::sheet`].
    pub fn request(&self, profile: Profile, request: &[u8]) -> Result<Uuid, Problem> {
        #[derive(Deserialize)]
        struct Asked {
            certificate: Uuid,
        }
        let request = json!({ "profile": profile.name(), "request": BASE64.encode(request) });
        let asked: Asked = read(&self.post("requests", &request)?)?;
        Ok(asked.certificate)
    }

    /// Tells that a certificate is on the card, proved by its key.
    ///
    /// # Errors
    /// [`Problem::ProofRefused`], and as [`Held::sheet`].
    pub fn written(&self, certificate: Uuid, signature: &[u8]) -> Result<(), Problem> {
        let signature = BASE64.encode(signature);
        let written = json!({ "certificate": certificate, "signature": signature });
        self.post("written", &written).map(drop)
    }

    /// Tells that a certificate has left the card.
    ///
    /// # Errors
    /// As [`Held::sheet`].
    pub fn deleted(&self, certificate: Uuid) -> Result<(), Problem> {
        self.post("deleted", &json!({ "certificate": certificate }))
            .map(drop)
    }

    /// Tells what was found of card and reader.
    ///
    /// # Errors
    /// As [`Held::sheet`].
    pub fn report(&self, report: &Report) -> Result<(), Problem> {
        self.post("report", &json!(report)).map(drop)
    }

    /// Tells why the task is not gone on with.
    ///
    /// # Errors
    /// As [`Held::sheet`].
    pub fn given_up(&self, cause: Cause) -> Result<(), Problem> {
        self.post("given-up", &json!({ "cause": cause.code() }))
            .map(drop)
    }

    fn post(&self, what: &str, body: &Value) -> Result<Reply, Problem> {
        let path = format!("{BASE}/{}/{what}", self.task);
        send(self.wire, &path, Some(&self.secret), Some(body))
    }
}

fn send(
    wire: &dyn Wire,
    path: &str,
    bearer: Option<&SecretString>,
    body: Option<&Value>,
) -> Result<Reply, Problem> {
    let body = body.map(|body| body.to_string().into_bytes());
    let reply = wire.send(&Call { path, bearer, body })?;
    match reply.status {
        200..=299 => Ok(reply),
        _ => Err(problem(&reply)),
    }
}

fn read<T: for<'de> Deserialize<'de>>(reply: &Reply) -> Result<T, Problem> {
    serde_json::from_slice(&reply.body).map_err(|_| unreadable())
}

/// An answer that is not the protocol's.
fn unreadable() -> Problem {
    Problem::Refused(String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, body: &str) -> Problem {
        let body = body.as_bytes().to_vec();
        problem(&Reply { status, body })
    }

    #[test]
    fn a_problem_is_known_by_its_code() {
        let coded = |code: &str| of(422, &format!(r#"{{"status": 422, "code": "{code}"}}"#));
        assert_eq!(coded("wrong_card"), Problem::WrongCard);
        assert_eq!(coded("proof_does_not_hold"), Problem::ProofRefused);
        assert_eq!(coded("certificate_revoked"), Problem::CertificateRevoked);
        assert_eq!(coded("task_over"), Problem::TaskOver);
        assert_eq!(of(503, "<html>"), Problem::NoContact);
    }

    #[test]
    fn a_problem_that_is_not_known_is_told_in_the_servers_words_without_control_characters() {
        let told = of(
            422,
            r#"{"code": "other", "title": "Nej", "detail": "Det\u001b[31m går inte."}"#,
        );
        assert_eq!(told, Problem::Refused("Det[31m går inte.".into()));
        assert_eq!(told.cause(), Cause::OfficeRefused);
        assert_eq!(of(500, "nothing"), Problem::Refused(String::new()));
    }
}
