//! Our side of the exchange: hands batches over and reads reports.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cards_app::ports::{
    CardCertificate, CardJob, Clock, GatewayError, Manufacturer, ManufacturerReport,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::keys::{OwnKey, PublicKey};
use super::signed::{self, Unsound};
use crate::files::{self, FileError};

/// How the names of batches begin.
pub(super) const BATCH: &str = "batch-";
/// How the names of certificates for cards begin.
pub(super) const CERTIFICATE: &str = "certificate-";
/// How the names of reports begin.
pub(super) const REPORT: &str = "report-";
/// Where files go that are not to be believed.
const REJECTED: &str = "rejected";
/// Where reports go that have been taken care of.
const DONE: &str = "done";

/// The two folders between us and the manufacturer, named from our side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Batches, to the manufacturer.
    pub outbox: PathBuf,
    /// Reports, from the manufacturer.
    pub inbox: PathBuf,
}

impl Folders {
    /// `outbox` and `inbox` in `folder`.
    #[must_use]
    pub fn within(folder: &Path) -> Self {
        Self {
            outbox: folder.join("outbox"),
            inbox: folder.join("inbox"),
        }
    }

    pub(super) fn make(&self) -> Result<(), FileError> {
        files::make_folder(&self.outbox)?;
        files::make_folder(&self.inbox)
    }
}

/// The manufacturer behind two folders, which something else (SFTP, a shared disk, the simulator)
/// empties and fills.
pub struct FileExchange {
    folders: Folders,
    own: OwnKey,
    theirs: PublicKey,
    clock: Arc<dyn Clock>,
}

impl FileExchange {
    /// The exchange over these folders, which are made if missing. `own` signs the batches,
    /// `theirs` verifies the reports.
    ///
    /// # Errors
    /// The folders cannot be made.
    pub fn open(
        folders: Folders,
        own: OwnKey,
        theirs: PublicKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, FileError> {
        folders.make()?;
        Ok(Self {
            folders,
            own,
            theirs,
            clock,
        })
    }

    /// The name to hand these jobs over under, or `None` when they lie there already. After a crash
    /// the same batch can come with more jobs: it then goes beside the first, since the manufacturer
    /// knows the jobs, not the batch, and none may be left out.
    fn free_stem(&self, batch: Uuid, jobs: &[CardJob]) -> Result<Option<String>, FileError> {
        let mut stem = format!("{BATCH}{batch}");
        let mut number = 1;
        while let Some(there) = self.jobs_there(&stem)? {
            if jobs.iter().all(|job| there.contains(&job.job)) {
                return Ok(None);
            }
            number += 1;
            stem = format!("{BATCH}{batch}-{number}");
        }
        Ok(Some(stem))
    }

    /// The ids of the jobs that lie there under this name, if it has been published.
    fn jobs_there(&self, stem: &str) -> Result<Option<HashSet<Uuid>>, FileError> {
        let outbox = &self.folders.outbox;
        if files::read_if_there(&signed::manifest_path(outbox, stem))?.is_none() {
            return Ok(None);
        }
        let content = files::read_if_there(&signed::content_path(outbox, stem))?;
        let there = content.map(|content| -> Vec<CardJob> {
            serde_json::from_slice(&content).unwrap_or_default()
        });
        Ok(there.map(|jobs| jobs.iter().map(|job| job.job).collect()))
    }

    /// Reads one report; one that is not to be believed is set aside and its name given back.
    fn read_one(&self, stem: &str) -> Result<Result<Dated, String>, FileError> {
        let inbox = &self.folders.inbox;
        let unsound = match signed::read(inbox, stem, &self.theirs)? {
            Ok((manifest, content)) => match parse(stem, &content) {
                Ok(report) => return Ok(Ok((manifest.made_at, stem.to_owned(), report))),
                Err(unsound) => unsound,
            },
            Err(unsound) => unsound,
        };
        signed::move_pair(inbox, stem, &inbox.join(REJECTED))?;
        Ok(Err(format!("{stem} ({unsound})")))
    }

    /// Moves on what a crash left: a manifest whose content has been taken care of already.
    fn finish_acknowledgement(&self, stem: &str) -> Result<bool, FileError> {
        let inbox = &self.folders.inbox;
        let done = inbox.join(DONE);
        let interrupted = signed::content_path(&done, stem).exists()
            && !signed::content_path(inbox, stem).exists();
        if interrupted {
            signed::move_pair(inbox, stem, &done)?;
        }
        Ok(interrupted)
    }

    fn read_all(&self) -> Result<(Vec<Dated>, Vec<String>), FileError> {
        let (mut reports, mut set_aside) = (Vec::new(), Vec::new());
        for stem in signed::published(&self.folders.inbox, REPORT)? {
            if self.finish_acknowledgement(&stem)? {
                continue;
            }
            match self.read_one(&stem)? {
                Ok(report) => reports.push(report),
                Err(name) => set_aside.push(name),
            }
        }
        Ok((reports, set_aside))
    }
}

/// A report with what it is ordered by: when its manifest was made, then the name of its file.
type Dated = (DateTime<Utc>, String, ManufacturerReport);

/// A report whose file is named after its id, so that it can be found again by it.
fn parse(stem: &str, content: &[u8]) -> Result<ManufacturerReport, Unsound> {
    let report: ManufacturerReport =
        serde_json::from_slice(content).map_err(|_| Unsound::Unreadable)?;
    if stem.ends_with(&format!("-{}", report.id)) {
        Ok(report)
    } else {
        Err(Unsound::Unreadable)
    }
}

fn retry(error: FileError) -> GatewayError {
    let FileError { path, source } = error;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    GatewayError::Retry(format!("the exchange, {name}: {}", source.kind()))
}

impl Manufacturer for FileExchange {
    fn submit(&self, batch: Uuid, jobs: &[CardJob]) -> Result<(), GatewayError> {
        let Some(stem) = self.free_stem(batch, jobs).map_err(retry)? else {
            return Ok(());
        };
        let content = serde_json::to_vec(jobs)
            .map_err(|_| GatewayError::GiveUp(format!("{stem} cannot be written as JSON")))?;
        let about = (jobs.len(), self.clock.now());
        signed::publish(&self.folders.outbox, &stem, &content, about, &self.own).map_err(retry)
    }

    fn hand_over(&self, handing: Uuid, certificate: &CardCertificate) -> Result<(), GatewayError> {
        let outbox = &self.folders.outbox;
        let stem = format!("{CERTIFICATE}{handing}");
        let there = files::read_if_there(&signed::manifest_path(outbox, &stem));
        if there.map_err(retry)?.is_some() {
            return Ok(());
        }
        let content = serde_json::to_vec(certificate)
            .map_err(|_| GatewayError::GiveUp(format!("{stem} cannot be written as JSON")))?;
        let about = (1, self.clock.now());
        signed::publish(outbox, &stem, &content, about, &self.own).map_err(retry)
    }

    /// When files were set aside, the error says *try again*: the next call gives the others.
    fn reports(&self) -> Result<Vec<ManufacturerReport>, GatewayError> {
        let (mut reports, set_aside) = self.read_all().map_err(retry)?;
        if !set_aside.is_empty() {
            let names = set_aside.join(", ");
            return Err(GatewayError::Retry(format!("set aside: {names}")));
        }
        reports.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        Ok(reports.into_iter().map(|(_, _, report)| report).collect())
    }

    fn acknowledge(&self, report: Uuid) -> Result<(), GatewayError> {
        let inbox = &self.folders.inbox;
        let done = inbox.join(DONE);
        let named = format!("-{report}");
        signed::published(inbox, REPORT)
            .and_then(|stems| {
                stems
                    .iter()
                    .filter(|stem| stem.ends_with(&named))
                    .try_for_each(|stem| signed::move_pair(inbox, stem, &done))
            })
            .map_err(retry)
    }
}
