//! Whether a certificate is good: asked of the certificates themselves with every question, so that
//! an answer is never older than the revocation.

use cards_store::Link;
use cards_store::certificates::SerialStatus;

use crate::ports::{StatusAnswer, StatusQuestion};
use crate::{App, Failure};

impl App {
    /// The answer (DER) to a question to an authority's status service.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when there is no authority of the name that issues to persons;
    /// otherwise the database or the key cannot be reached, which the caller tells as *try later*.
    pub fn certificate_status(
        &self,
        link: &mut Link,
        authority: &str,
        question: StatusQuestion<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let port = self.ports.authority.clone().ok_or(Failure::NotFound)?;
        let mut sheets = port.authorities().into_iter();
        if !sheets.any(|sheet| sheet.name == authority && sheet.issues.is_some()) {
            return Err(Failure::NotFound);
        }
        let asked = match port.read_question(authority, question) {
            Ok(asked) => asked,
            Err(refusal) => return Ok(refusal),
        };
        let serials: Vec<String> = asked.iter().flatten().cloned().collect();
        let known = link.serial_statuses(authority, &serials)?;
        let answers: Vec<StatusAnswer> = asked
            .iter()
            .map(|serial| {
                let status = serial.as_ref().and_then(|serial| known.get(serial));
                answer(status.copied())
            })
            .collect();
        let now = link.now();
        let told = port.answer_question(authority, question, &answers, now)?;
        answers.iter().for_each(|one| self.counts.told(one));
        Ok(told)
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
