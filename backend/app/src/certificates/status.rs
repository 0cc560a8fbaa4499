//! Whether a certificate is good: asked of the certificates themselves with every question, so that
//! an answer is never older than the revocation. Questions that come at once are read together; what
//! was signed for a question is used again for a minute, as long as the certificates stand as they
//! did.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cards_store::certificates::SerialStatus;
use cards_store::{Gathered, Lane, Link};
use chrono::{DateTime, Duration, Utc};

use crate::measures::Counts;
use crate::ports::{CertificateAuthority, ReadQuestion, StatusAnswer, StatusQuestion};
use crate::{App, Failure};

/// How long a signed answer is used again. What it says has been found true again each time; only the
/// moment that it names grows older.
const KEPT_SECONDS: i64 = 60;
/// With more answers of an authority than this, all of them are forgotten.
const MANY: usize = 20_000;

type Answered = Result<Vec<u8>, Failure>;
/// Where the certificates with an authority's serials stand.
type Known = BTreeMap<String, HashMap<String, SerialStatus>>;

/// Where questions about certificates wait, and what was answered a moment ago.
pub struct StatusDesk {
    line: Arc<Gathered<Asked, Answered>>,
    kept: Mutex<KeptAnswers>,
}

/// By authority and question (DER).
type KeptAnswers = HashMap<String, HashMap<Vec<u8>, Kept>>;

impl Default for StatusDesk {
    fn default() -> Self {
        Self {
            line: Gathered::new(Lane::Status, answer_together),
            kept: Mutex::default(),
        }
    }
}

/// A question that waits.
struct Asked {
    counts: Arc<Counts>,
    desk: Arc<StatusDesk>,
    port: Arc<dyn CertificateAuthority>,
    authority: String,
    question: ReadQuestion,
}

/// A signed answer.
struct Kept {
    says: Vec<StatusAnswer>,
    at: DateTime<Utc>,
    der: Vec<u8>,
}

impl App {
    /// The answer (DER) to a question to an authority's status service.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no authority of the name that issues to persons;
    /// otherwise too many ask, or the database or the key cannot be reached, which the caller tells
    /// as *try later*.
    pub async fn certificate_status(
        &self,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Answered {
        match self.asked(authority, question)? {
            Ok(asked) => self.statuses.line.ask(&self.db, asked).await?,
            Err(refusal) => Ok(refusal),
        }
    }

    /// The same for whoever has a connection already.
    ///
    /// # Errors
    /// As for a relying party.
    pub(super) fn certificate_status_over(
        &self,
        link: &mut Link,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Answered {
        match self.asked(authority, question)? {
            Ok(asked) => {
                let answer = answer_together(link, &[asked]).pop();
                answer.ok_or_else(|| Failure::Broken("nothing is answered".to_owned()))?
            }
            Err(refusal) => Ok(refusal),
        }
    }

    /// A question as it waits, or the answer to one that cannot be read.
    fn asked(
        &self,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Result<Result<Asked, Vec<u8>>, Failure> {
        let port = self.ports.authority.clone().ok_or(Failure::NotFound)?;
        if !port.answers_for(authority) {
            return Err(Failure::NotFound);
        }
        let read = port.read_question(authority, question);
        Ok(read.map(|question| Asked {
            counts: Arc::clone(&self.counts),
            desk: Arc::clone(&self.statuses),
            port,
            authority: authority.to_owned(),
            question,
        }))
    }
}

/// Answers questions with what the certificates are now. Where something stops all of them, each is
/// asked for itself.
fn answer_together(link: &mut Link, asked: &[Asked]) -> Vec<Answered> {
    match look_up(link, asked) {
        Ok(known) => {
            let now = link.now();
            asked.iter().map(|one| one.answer(&known, now)).collect()
        }
        Err(failure) if asked.len() <= 1 => vec![Err(failure)],
        Err(_) => {
            let each = asked.chunks(1);
            each.flat_map(|one| answer_together(link, one)).collect()
        }
    }
}

/// One statement for each authority that is asked.
fn look_up(link: &mut Link, asked: &[Asked]) -> Result<Known, Failure> {
    let mut serials: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in asked {
        let own = one.question.serials.iter().flatten().cloned();
        serials.entry(&one.authority).or_default().extend(own);
    }
    let mut known = Known::new();
    for (authority, serials) in serials {
        let statuses = link.serial_statuses(authority, &serials)?;
        known.insert(authority.to_owned(), statuses);
    }
    Ok(known)
}

impl Asked {
    fn answer(&self, known: &Known, now: DateTime<Utc>) -> Answered {
        let known = known.get(&self.authority);
        let says = self.question.serials.iter().map(|serial| {
            let known = serial.as_ref().zip(known);
            answer(known.and_then(|(serial, known)| known.get(serial).copied()))
        });
        let says: Vec<StatusAnswer> = says.collect();
        let told = self.signed(&says, now)?;
        says.iter().for_each(|one| self.counts.told(one));
        Ok(told)
    }

    /// What says so, signed a moment ago or now.
    fn signed(&self, says: &[StatusAnswer], now: DateTime<Utc>) -> Answered {
        if self.question.has_nonce {
            return self.sign(says, now);
        }
        let der = &self.question.der;
        let known = |kept: &KeptAnswers| kept.get(&self.authority)?.get(der)?.still(says, now);
        if let Some(kept) = known(&self.kept()) {
            return Ok(kept);
        }
        let signed = self.sign(says, now)?;
        let fresh = Kept {
            says: says.to_vec(),
            at: now,
            der: signed.clone(),
        };
        let mut kept = self.kept();
        let own = kept.entry(self.authority.clone()).or_default();
        if own.len() >= MANY {
            own.clear();
        }
        own.insert(der.clone(), fresh);
        Ok(signed)
    }

    fn sign(&self, says: &[StatusAnswer], now: DateTime<Utc>) -> Answered {
        let Self {
            port,
            authority,
            question,
            ..
        } = self;
        Ok(port.answer_question(authority, question, says, now)?)
    }

    fn kept(&self) -> MutexGuard<'_, KeptAnswers> {
        let kept = self.desk.kept.lock();
        kept.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn still(&self, says: &[StatusAnswer], now: DateTime<Utc>) -> Option<Vec<u8>> {
        let age = now - self.at;
        let fits = self.says == says && age >= Duration::zero();
        (fits && age < Duration::seconds(KEPT_SECONDS)).then(|| self.der.clone())
    }
}

/// Nobody is told that a certificate is good before it has been signed.
fn answer(status: Option<SerialStatus>) -> StatusAnswer {
    match status {
        Some(SerialStatus::Good) => StatusAnswer::Good,
        Some(SerialStatus::Revoked { at, reason }) => StatusAnswer::Revoked {
            at,
            reason: reason.for_lists(),
        },
        Some(SerialStatus::Reserved) | None => StatusAnswer::Unknown,
    }
}
