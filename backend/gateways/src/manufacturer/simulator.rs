//! The factory at the other end of the folders: takes batches, makes and posts cards that nobody
//! can hold, and reports them. For demonstrations and tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cards_app::ports::{
    CardCertificate, CardJob, Clock, KeyRequest, ManufacturerNews, ManufacturerReport,
};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::chip::{self, ChipKey};
use super::exchange::{BATCH, CERTIFICATE, Folders, REPORT};
use super::factory::{Factory, SERIES, Stage};
use super::keys::{OwnKey, PublicKey};
use super::letters::Letter;
use super::signed;
use crate::Demonstration;
use crate::files::{self, FileError};
use crate::switches::SwitchFile;

/// How long the factory takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From taking a job until the card is made.
    pub produce_after: Duration,
    /// From making the card until it is posted.
    pub dispatch_after: Duration,
}

/// What is to go wrong. Kept in a small file that the demonstration's page edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// How many of the next cards cannot be made.
    pub fail_next: u32,
    /// How many of the next letters are lost in the post.
    pub lose_next: u32,
    /// The factory stands still.
    pub pause: bool,
}

/// The factory could not do its turn.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Card numbers or letter ids have run out.
    #[error("the simulated factory has run out of numbers")]
    NumbersGone,
}

/// What the factory is built from.
pub struct SimulatorParts {
    /// The folders, named from our side: the factory reads the outbox.
    pub folders: Folders,
    /// The factory's own folder, for its memory and its switches.
    pub home: PathBuf,
    /// The factory's key; signs reports.
    pub own: OwnKey,
    /// Our key; verifies batches.
    pub theirs: PublicKey,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How long it takes.
    pub pace: Pace,
}

/// The simulated factory. Its memory is a file, so it can be stopped and built anew at any time.
pub struct Simulator {
    parts: SimulatorParts,
    turn: Mutex<()>,
}

/// One turn: the factory's memory, the switches and the time it happens at.
struct Turn<'a> {
    parts: &'a SimulatorParts,
    factory: Factory,
    switches: Switches,
    now: DateTime<Utc>,
    written: usize,
}

impl Simulator {
    /// A factory over these folders.
    ///
    /// # Errors
    /// The folders cannot be made.
    pub fn open(_: Demonstration, parts: SimulatorParts) -> Result<Self, SimulatorError> {
        parts.folders.make()?;
        files::make_folder(&parts.home)?;
        Ok(Self {
            parts,
            turn: Mutex::new(()),
        })
    }

    /// The file with the switches of the factory whose folder is `home`.
    #[must_use]
    pub fn switches(home: &Path) -> SwitchFile<Switches> {
        SwitchFile::at(&home.join("faults.json"))
    }

    /// One turn: takes new batches, makes and posts what is due. Gives the number of reports
    /// written. A batch that is not to be believed is set aside in the factory's folder.
    ///
    /// # Errors
    /// [`SimulatorError`]. The turn can be repeated; nothing is made twice.
    pub fn tick(&self) -> Result<usize, SimulatorError> {
        let _alone = self.alone();
        let file = Self::switches(&self.parts.home);
        let before = file.read()?;
        if before.pause {
            return Ok(0);
        }
        let mut turn = Turn {
            parts: &self.parts,
            factory: self.load()?,
            switches: before,
            now: self.parts.clock.now(),
            written: 0,
        };
        turn.take_batches()?;
        turn.take_certificates()?;
        turn.work()?;
        if turn.written > 0 {
            turn.factory.save(&self.memory())?;
        }
        if turn.switches != before {
            file.write(&turn.switches)?;
        }
        Ok(turn.written)
    }

    /// What has been posted, newest first.
    ///
    /// # Errors
    /// The factory's memory cannot be read.
    pub fn letters(&self) -> Result<Vec<Letter>, SimulatorError> {
        let _alone = self.alone();
        let factory = self.load()?;
        let mut letters: Vec<Letter> = factory.jobs.iter().rev().filter_map(Letter::of).collect();
        letters.sort_by_key(|letter| std::cmp::Reverse(letter.posted_at));
        Ok(letters)
    }

    fn alone(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn memory(&self) -> PathBuf {
        memory(&self.parts.home)
    }

    fn load(&self) -> Result<Factory, FileError> {
        Factory::load(&self.memory(), self.parts.own.number_below(SERIES))
    }
}

fn memory(home: &Path) -> PathBuf {
    home.join("factory.json")
}

/// When a batch was made, and its jobs.
type Batch = (DateTime<Utc>, Vec<CardJob>);

/// One step of one job: where it stands then, and what is told.
type Step<T> = fn(&mut T, &CardJob) -> Result<(Stage, ManufacturerNews), SimulatorError>;

impl Turn<'_> {
    /// Takes every batch: remembered first, removed after that, so that none is lost on the way.
    fn take_batches(&mut self) -> Result<(), SimulatorError> {
        let outbox = &self.parts.folders.outbox;
        let mut taken = Vec::new();
        for stem in signed::published(outbox, BATCH)? {
            match self.read_batch(&stem)? {
                Some((made_at, jobs)) => taken.push((made_at, stem, jobs)),
                None => signed::move_pair(outbox, &stem, &self.parts.home.join("rejected"))?,
            }
        }
        if taken.is_empty() {
            return Ok(());
        }
        taken.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        let mut stems = Vec::new();
        for (_, stem, jobs) in taken {
            self.factory.take(jobs, self.now);
            stems.push(stem);
        }
        self.factory.save(&memory(&self.parts.home))?;
        for stem in stems {
            files::remove(&signed::manifest_path(outbox, &stem))?;
            files::remove(&signed::content_path(outbox, &stem))?;
        }
        Ok(())
    }

    /// Writes every certificate to its card: told first, removed after that. One for a card that is
    /// not here, or for a key that is not on it, is set aside.
    fn take_certificates(&mut self) -> Result<(), SimulatorError> {
        let outbox = &self.parts.folders.outbox;
        for stem in signed::published(outbox, CERTIFICATE)? {
            let read = signed::read(outbox, &stem, &self.parts.theirs)?.ok();
            let handed = read
                .and_then(|(_, content)| serde_json::from_slice::<CardCertificate>(&content).ok());
            let job = match &handed {
                Some(handed) => self.write_to_card(handed)?,
                None => None,
            };
            match job.zip(handed) {
                Some((job, handed)) => {
                    let news = ManufacturerNews::Written {
                        certificate: handed.certificate,
                        number: handed.number,
                    };
                    self.report(&job, news, Vec::new())?;
                    self.factory.save(&memory(&self.parts.home))?;
                    files::remove(&signed::manifest_path(outbox, &stem))?;
                    files::remove(&signed::content_path(outbox, &stem))?;
                }
                None => signed::move_pair(outbox, &stem, &self.parts.home.join("rejected"))?,
            }
        }
        Ok(())
    }

    /// The job whose card has the certificate now.
    fn write_to_card(
        &mut self,
        handed: &CardCertificate,
    ) -> Result<Option<CardJob>, SimulatorError> {
        let mut jobs = self.factory.jobs.iter_mut();
        // An order whose first card could not be made has two jobs.
        let work = jobs.rfind(|work| {
            work.job.order == handed.order && matches!(work.stage, Stage::Made { .. })
        });
        let Some(work) = work else {
            return Ok(None);
        };
        let mut keys = work.keys.iter_mut();
        let wanted = (handed.profile, handed.usage);
        let key = keys.find(|key| (key.profile, key.usage) == wanted);
        if !key.is_some_and(|key| key.write(&handed.der)) {
            return Ok(None);
        }
        chip::keep(&self.parts.home, work)?;
        Ok(Some(work.job.clone()))
    }

    fn read_batch(&self, stem: &str) -> Result<Option<Batch>, FileError> {
        let read = signed::read(&self.parts.folders.outbox, stem, &self.parts.theirs)?;
        let batch = match read {
            Ok((manifest, content)) => serde_json::from_slice(&content)
                .map_err(|_| signed::Unsound::Unreadable)
                .map(|jobs| (manifest.made_at, jobs)),
            Err(unsound) => Err(unsound),
        };
        if let Err(unsound) = &batch {
            tracing::warn!(batch = stem, why = %unsound, "the simulated factory set a batch aside");
        }
        Ok(batch.ok())
    }

    /// Everything that is due, job by job in the order they came.
    fn work(&mut self) -> Result<(), SimulatorError> {
        for index in 0..self.factory.jobs.len() {
            while self.advance(index)? {}
        }
        Ok(())
    }

    /// Brings one job one step on if that is due; tells whether it did.
    fn advance(&mut self, index: usize) -> Result<bool, SimulatorError> {
        let Some(work) = self.factory.jobs.get(index) else {
            return Ok(false);
        };
        let step: Step<Self> = match work.stage {
            Stage::Waiting if self.due(work.taken_at, self.parts.pace.produce_after) => {
                Self::produce
            }
            Stage::Made { at }
                if work.is_written() && self.due(at, self.parts.pace.dispatch_after) =>
            {
                Self::dispatch
            }
            _ => return Ok(false),
        };
        let (job, keys) = (work.job.clone(), work.keys.clone());
        let (stage, news) = step(self, &job)?;
        let (requests, number) = match &news {
            ManufacturerNews::Produced(made) => (
                keys.iter().filter_map(ChipKey::request).collect(),
                Some(made.number.clone()),
            ),
            _ => (Vec::new(), None),
        };
        self.report(&job, news, requests)?;
        if let Some(work) = self.factory.jobs.get_mut(index) {
            work.reach(stage);
            if number.is_some() {
                work.number = number;
                chip::keep(&self.parts.home, work)?;
            }
        }
        Ok(true)
    }

    fn due(&self, since: DateTime<Utc>, wait: Duration) -> bool {
        self.now.signed_duration_since(since) >= wait
    }

    fn produce(&mut self, job: &CardJob) -> Result<(Stage, ManufacturerNews), SimulatorError> {
        if use_up(&mut self.switches.fail_next) {
            return Ok((Stage::Failed, ManufacturerNews::Failed));
        }
        let made = self.factory.make(job, self.now);
        let made = made.ok_or(SimulatorError::NumbersGone)?;
        let printed = job.photo.as_ref().map_or("none", |_| "printed");
        tracing::debug!(order = job.order_number, photo = printed, "a card was made");
        Ok((
            Stage::Made { at: self.now },
            ManufacturerNews::Produced(made),
        ))
    }

    fn dispatch(&mut self, job: &CardJob) -> Result<(Stage, ManufacturerNews), SimulatorError> {
        let rek_id = if job.registered_mail {
            let id = self.factory.next_rek_id();
            Some(id.ok_or(SimulatorError::NumbersGone)?)
        } else {
            None
        };
        let stage = Stage::Posted {
            at: self.now,
            rek_id: rek_id.clone(),
            lost: use_up(&mut self.switches.lose_next),
        };
        Ok((stage, ManufacturerNews::Dispatched { rek_id }))
    }

    fn report(
        &mut self,
        job: &CardJob,
        news: ManufacturerNews,
        requests: Vec<KeyRequest>,
    ) -> Result<(), SimulatorError> {
        let report = ManufacturerReport {
            id: report_id(job.job, &news),
            order: job.order,
            news,
            requests,
        };
        self.factory.reports += 1;
        let stem = format!("{REPORT}{:010}-{}", self.factory.reports, report.id);
        let inbox = &self.parts.folders.inbox;
        let content = serde_json::to_vec(&report)
            .map_err(|_| FileError::content(inbox, "a report cannot be written as JSON"))?;
        signed::publish(inbox, &stem, &content, (1, self.now), &self.parts.own)?;
        self.written += 1;
        Ok(())
    }
}

/// Counts a switch down; tells whether it was on.
fn use_up(count: &mut u32) -> bool {
    let on = *count > 0;
    *count = count.saturating_sub(1);
    on
}

/// The same job and sort of news always give the same id, so that a turn repeated after a crash
/// tells nothing new.
fn report_id(job: Uuid, news: &ManufacturerNews) -> Uuid {
    let (sort, of): (&[u8], Uuid) = match news {
        ManufacturerNews::Produced(_) => (b"produced", job),
        ManufacturerNews::Failed => (b"failed", job),
        ManufacturerNews::Written { certificate, .. } => (b"written", certificate.0),
        ManufacturerNews::Dispatched { .. } => (b"dispatched", job),
    };
    let digest = Sha256::new().chain_update(of).chain_update(sort).finalize();
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = from;
    }
    Builder::from_custom_bytes(bytes).into_uuid()
}
