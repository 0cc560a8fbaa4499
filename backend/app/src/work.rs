//! Errands: claimed from the outbox, done outside any transaction, finished, put back or buried.
//! And the manufacturer's reports, taken care of in sets.

mod backoff;
mod handlers;
mod reports;
mod retry;

use std::time::Duration as Wait;

use cards_domain::consequences::Errand;
use cards_store::outbox::Claimed;
use cards_store::{Lane, Link};
use chrono::Duration;

use crate::ports::GatewayError;
use crate::{App, Failure};

const CLAIM: i64 = 100;
const LEASE_MINUTES: i64 = 5;

/// How long a worker waits when there was nothing to do.
pub const PAUSE: Wait = Wait::from_millis(500);

/// A worker is taken to be gone when it has given no sign of life for this long.
pub const SILENT_SECONDS: i64 = 30;

pub use cards_store::outbox::KnownErrand;

impl App {
    /// One round of work: a sign of life, the manufacturer's reports, then errands until none is
    /// due. Gives how much was done.
    ///
    /// # Errors
    /// The database cannot be reached. What fails outside is put back or buried instead.
    pub fn work_once(&self, worker: &str) -> Result<usize, Failure> {
        let mut link = self.db.link(Lane::Short)?;
        link.worker_is_alive(worker)?;
        let mut done = self.take_reports(&mut link)?;
        loop {
            let claimed = link.claim_errands(CLAIM, Duration::minutes(LEASE_MINUTES))?;
            if claimed.is_empty() {
                return Ok(done);
            }
            done += claimed.len();
            self.run_errands(&mut link, &claimed)?;
        }
    }

    /// Removes what nobody needs any more: sessions that have been over for a day, and files of the
    /// directory that nobody took in within the hour. Ends card tasks whose hour is over.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub fn sweep(&self) -> Result<(), Failure> {
        let mut link = self.db.link(Lane::Long)?;
        crate::import::forget_uploads(&mut link)?;
        self.lapse_tasks(&mut link)?;
        let removed = link.purge_sessions()?;
        if removed > 0 {
            tracing::info!(removed, "old sessions");
        }
        Ok(())
    }

    /// Orders go to the manufacturer as one batch, certificates are issued as one set, and a list of
    /// revoked ones is built once for all that it must name; everything else goes one by one.
    fn run_errands(&self, link: &mut Link, claimed: &[Claimed]) -> Result<(), Failure> {
        let (orders, others): (Vec<_>, Vec<_>) = claimed
            .iter()
            .partition(|claimed| matches!(claimed.errand, Errand::SendToManufacturer { .. }));
        self.send_batch(link, &orders)?;
        let (revocations, others): (Vec<_>, Vec<_>) = others
            .into_iter()
            .partition(|claimed| matches!(claimed.errand, Errand::PublishRevocation { .. }));
        self.publish_revocations(link, &revocations)?;
        let (certificates, others): (Vec<_>, Vec<_>) = others
            .into_iter()
            .partition(|claimed| matches!(claimed.errand, Errand::IssueCertificate { .. }));
        self.issue_certificates(link, &certificates)?;
        for claimed in others {
            let outcome = self.run_errand(link, claimed);
            Self::settle(link, claimed, outcome)?;
        }
        Ok(())
    }

    fn run_errand(&self, link: &mut Link, claimed: &Claimed) -> Result<(), Failure> {
        match &claimed.errand {
            Errand::Notify {
                person,
                mail,
                about,
            } => self.notify(link, claimed.id, *person, *mail, *about),
            Errand::HandOverCertificate { certificate } => {
                self.hand_over(link, claimed.id, *certificate)
            }
            Errand::SendToManufacturer { .. }
            | Errand::PublishRevocation { .. }
            | Errand::IssueCertificate { .. } => Ok(()),
        }
    }

    fn issue_certificates(&self, link: &mut Link, claimed: &[&Claimed]) -> Result<(), Failure> {
        let ids = claimed.iter().filter_map(|claimed| match &claimed.errand {
            Errand::IssueCertificate { certificate } => Some(*certificate),
            Errand::Notify { .. }
            | Errand::SendToManufacturer { .. }
            | Errand::PublishRevocation { .. }
            | Errand::HandOverCertificate { .. } => None,
        });
        let ids: Vec<_> = ids.collect();
        if ids.is_empty() {
            return Ok(());
        }
        let mut done = Vec::with_capacity(claimed.len());
        for (claimed, outcome) in claimed.iter().zip(self.issue(link, &ids)) {
            match outcome {
                Ok(_) => done.push(claimed.id),
                Err(failure) => Self::settle(link, claimed, Err(failure))?,
            }
        }
        Ok(link.finish_errands(&done)?)
    }

    pub(crate) fn settle(
        link: &mut Link,
        claimed: &Claimed,
        outcome: Result<(), Failure>,
    ) -> Result<(), Failure> {
        match outcome {
            Ok(()) => link.finish_errands(&[claimed.id])?,
            Err(failure) => {
                let again = backoff::again_at(link.now(), claimed.attempts, &failure);
                tracing::warn!(errand = %claimed.id, %failure, buried = again.is_none(), "errand failed");
                link.put_back_errand(claimed.id, again, &failure.to_string())?;
            }
        }
        Ok(())
    }

    /// Whether some worker has given a sign of life lately.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn is_working(&self, link: &mut Link) -> Result<bool, Failure> {
        let now = link.now();
        let seen = link.worker_seen_at()?;
        Ok(seen.is_some_and(|at| now - at < Duration::seconds(SILENT_SECONDS)))
    }
}

/// What an outside party cannot do at all is told apart from what it cannot do now.
pub(crate) fn give_up(error: &GatewayError) -> Failure {
    match error {
        GatewayError::Retry(text) => Failure::Unavailable(text.clone()),
        GatewayError::GiveUp(text) => Failure::Broken(text.clone()),
    }
}
