//! What an operator watches: what this process has done, and how the work of all processes stands.
//! Numbers only: nothing here tells of a person or a card.

use std::sync::atomic::{AtomicU64, Ordering};

use cards_store::Link;
use chrono::{DateTime, NaiveDate, Utc};

use crate::certificates::CheckRun;
use crate::ports::StatusAnswer;
use crate::{App, Failure};

pub use cards_store::outbox::ErrandMeasures;

/// What this process has done since it began.
#[derive(Debug, Default)]
pub struct Counts {
    certificates: AtomicU64,
    good: AtomicU64,
    revoked: AtomicU64,
    unknown: AtomicU64,
    later: AtomicU64,
}

impl Counts {
    /// A certificate was issued.
    pub(crate) fn certificate_issued(&self) {
        self.certificates.fetch_add(1, Ordering::Relaxed);
    }

    /// The status of a certificate was told.
    pub(crate) fn told(&self, answer: &StatusAnswer) {
        let count = match answer {
            StatusAnswer::Good => &self.good,
            StatusAnswer::Revoked { .. } => &self.revoked,
            StatusAnswer::Unknown => &self.unknown,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody who asked for the status of a certificate was told to ask again later.
    pub fn told_later(&self) {
        self.later.fetch_add(1, Ordering::Relaxed);
    }

    /// How many certificates were issued.
    #[must_use]
    pub fn certificates(&self) -> u64 {
        self.certificates.load(Ordering::Relaxed)
    }

    /// What was answered about the status of certificates, and how often.
    #[must_use]
    pub fn status_answers(&self) -> [(&'static str, u64); 4] {
        [
            ("good", &self.good),
            ("revoked", &self.revoked),
            ("unknown", &self.unknown),
            ("try_later", &self.later),
        ]
        .map(|(name, count)| (name, count.load(Ordering::Relaxed)))
    }
}

/// How the work of all processes stands.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Now.
    pub now: DateTime<Utc>,
    /// Errands to the outside.
    pub errands: ErrandMeasures,
    /// When a worker last gave a sign of life.
    pub worker_seen: Option<DateTime<Utc>>,
    /// When a nightly run last reached its end.
    pub night_finished: Option<DateTime<Utc>>,
    /// The night whose run is missing.
    pub night_missing: Option<NaiveDate>,
    /// The latest examination of certificates that reached its end.
    pub check: Option<CheckRun>,
    /// The lists of revoked certificates.
    pub lists: ListMeasures,
}

/// How the lists of revoked certificates stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListMeasures {
    /// How many there are.
    pub count: usize,
    /// When the one was built that was built longest ago.
    pub oldest: Option<DateTime<Utc>>,
    /// When the first of them goes out of date.
    pub next_update: Option<DateTime<Utc>>,
}

/// How many nights back the last one that was finished is looked for.
const NIGHTS: i64 = 7;

impl App {
    /// How the work of all processes stands: a few small questions, for whoever asks each quarter of
    /// a minute.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn measures(&self, link: &mut Link) -> Result<Measures, Failure> {
        let nights = link.nights(NIGHTS)?;
        let checks = link.checks(NIGHTS)?.into_iter();
        let lists = link.list_ages()?;
        Ok(Measures {
            now: link.now(),
            errands: link.errand_measures()?,
            worker_seen: link.worker_seen_at()?,
            night_finished: nights.iter().filter_map(|night| night.finished_at).max(),
            night_missing: self.missing_night(link)?,
            check: checks
                .filter(|check| check.finished_at.is_some())
                .max_by_key(|check| check.day),
            lists: ListMeasures {
                count: lists.len(),
                oldest: lists.iter().map(|list| list.this_update).min(),
                next_update: lists.iter().map(|list| list.next_update).min(),
            },
        })
    }
}
