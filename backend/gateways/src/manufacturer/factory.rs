//! What the simulated factory remembers between its turns, and how it numbers what it makes.

use std::collections::HashSet;
use std::path::Path;

use cards_app::ports::CardJob;
use cards_domain::calendar;
use cards_domain::order::MadeCard;
use cards_domain::values::{CardNumber, RekId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chip::ChipKey;
use crate::files::{self, FileError};

/// The longest name that fits on a card, in characters.
const PRINTED_NAME: usize = 26;
/// How many series of card numbers there are: six digits.
pub(super) const SERIES: u64 = 1_000_000;
/// How many bodies the id of a registered letter can have: eight digits.
const LETTER_BODIES: u64 = 100_000_000;
/// The first body, and the step to the next; the step has no factor of ten, so none comes twice.
const FIRST_LETTER: u64 = 48_291_736;
const LETTER_STEP: u64 = 7_919;

/// Everything the factory knows. Kept in one file.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Factory {
    /// The middle of this factory's card numbers: that of another factory differs.
    pub series: u64,
    /// Cards made so far.
    pub cards: u64,
    /// Registered letters posted so far.
    pub letters: u64,
    /// Reports written so far.
    pub reports: u64,
    /// Every job ever taken, in order.
    pub jobs: Vec<Work>,
}

/// A job and how far it has come.
#[derive(Serialize, Deserialize)]
pub(super) struct Work {
    /// What is to be made.
    pub job: CardJob,
    /// When the factory took it.
    pub taken_at: DateTime<Utc>,
    /// Where it stands.
    pub stage: Stage,
    /// The keys on the card's chip.
    #[serde(default)]
    pub keys: Vec<ChipKey>,
    /// The number on the card, once it is made.
    #[serde(default)]
    pub number: Option<CardNumber>,
}

/// Where a job stands.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub(super) enum Stage {
    /// To be made.
    Waiting,
    /// Could not be made.
    Failed,
    /// Made, to be posted.
    Made { at: DateTime<Utc> },
    /// Posted.
    Posted {
        at: DateTime<Utc>,
        rek_id: Option<RekId>,
        lost: bool,
    },
}

impl Work {
    /// Whether everything that is to be on the card is on it.
    pub(super) fn is_written(&self) -> bool {
        self.keys.iter().all(ChipKey::is_written)
    }

    /// Comes to this stage. Once the card is made, that it has a photo is remembered, not the
    /// photo: it is not the factory's to keep.
    pub(super) fn reach(&mut self, stage: Stage) {
        if !matches!(stage, Stage::Waiting) {
            self.job.photo = self.job.photo.as_ref().map(|_| Vec::new());
        }
        self.stage = stage;
    }
}

impl Factory {
    /// The factory as `path` remembers it, or a new one.
    pub(super) fn load(path: &Path, series: u64) -> Result<Self, FileError> {
        match files::read_if_there(path)? {
            None => Ok(Self {
                series,
                ..Self::default()
            }),
            Some(content) => serde_json::from_slice(&content)
                .map_err(|_| FileError::content(path, "not a factory's memory")),
        }
    }

    pub(super) fn save(&self, path: &Path) -> Result<(), FileError> {
        let content = serde_json::to_vec(self)
            .map_err(|_| FileError::content(path, "cannot be written as JSON"))?;
        files::write_whole(path, &content)
    }

    /// Takes the jobs that it has not had before, and makes the keys of their chips; tells how many.
    pub(super) fn take(&mut self, jobs: Vec<CardJob>, now: DateTime<Utc>) -> usize {
        let mut known: HashSet<Uuid> = self.jobs.iter().map(|work| work.job.job).collect();
        let before = self.jobs.len();
        let new = jobs.into_iter().filter(|job| known.insert(job.job));
        self.jobs.extend(new.map(|job| Work {
            taken_at: now,
            stage: Stage::Waiting,
            keys: job.keys.iter().copied().filter_map(ChipKey::make).collect(),
            number: None,
            job,
        }));
        self.jobs.len() - before
    }

    /// The next card, as it is printed on the day `now` falls on in Sweden. `None` when the
    /// factory has run out of numbers.
    pub(super) fn make(&mut self, job: &CardJob, now: DateTime<Utc>) -> Option<MadeCard> {
        self.cards += 1;
        let digits = format!("9752{:06}{:09}", self.series, self.cards);
        Some(MadeCard {
            number: CardNumber::parse(&digits).ok()?,
            product_number: job.product_number.clone(),
            printed_name: printed_name(&job.name.full()),
            valid_to: last_day(calendar::business_day(now), job.validity_months),
        })
    }

    /// The id of the next registered letter.
    pub(super) fn next_rek_id(&mut self) -> Option<RekId> {
        let offset = self.series.checked_add(self.letters)?;
        self.letters += 1;
        let body = offset.checked_mul(LETTER_STEP)?.checked_add(FIRST_LETTER)? % LETTER_BODIES;
        (0..10)
            .filter_map(|check| RekId::parse(&format!("RR{body:08}{check}SE")).ok())
            .find(|rek_id| !rek_id.s10_warning())
    }
}

fn printed_name(full: &str) -> String {
    full.chars().take(PRINTED_NAME).collect()
}

/// A card made today that is valid for sixty months is valid to the day before that day.
fn last_day(made_on: NaiveDate, months: u32) -> NaiveDate {
    let end = calendar::add_months(made_on, months);
    end.pred_opt().unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_registered_letter_has_its_own_id_with_the_right_check_digit() {
        let mut factory = Factory::default();
        assert_eq!(factory.next_rek_id().unwrap().as_str(), "RR482917367SE");
        let ids: HashSet<RekId> = (0..2000).filter_map(|_| factory.next_rek_id()).collect();
        assert_eq!(ids.len(), 2000);
        assert!(ids.iter().all(|id| !id.s10_warning()));
    }

    #[test]
    fn a_card_is_valid_to_the_day_before_the_day_it_was_made_on() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(last_day(day("2026-11-20"), 60), day("2031-11-19"));
        assert_eq!(last_day(day("2028-02-29"), 12), day("2029-02-27"));
    }

    #[test]
    fn a_long_name_is_cut_to_twenty_six_characters_not_bytes() {
        let name = "Åsa-Örjana Ängström Öhlundåäö";
        assert_eq!(printed_name(name), "Åsa-Örjana Ängström Öhlund");
        assert_eq!(printed_name("Li Å"), "Li Å");
    }
}
