//! Taking in a directory feed: the whole file in one transaction, with one line in the log and the
//! report kept.

mod decide;
mod ending;
mod page;
mod reading;
mod records;
mod report;
mod tree;
mod upload;

use std::collections::HashSet;
use std::sync::Arc;

use cards_domain::access::{Actor, Function, Scope, permit};
use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::person::Subject;
use cards_domain::refusal::Refusal;
use cards_store::directory::{Claim, ImportRun};
use cards_store::journal::Line;
use cards_store::{Link, Recorded, StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use crate::feed::{DirectoryFeed, FeedFormat};
use crate::{Call, Failure};
pub use cards_store::directory::Alteration;
pub use cards_store::directory::{
    Decision, EndingStop, Flaws, ImportRun as KeptImport, Proposal, ProposalKind, ProposedEntry,
    StopReason, UPLOAD_PART,
};
pub use decide::{EndingSheet, ProposalSheet};
use ending::Founded;
pub use page::{AskedSheet, DirectoryPage, ImportSheet};
use reading::Terms;
pub use report::{Change, FileFlaws, ImportReport, Leaving, RejectedEntry, SafetyStop};
pub use upload::{ChangeSheet, NewUpload, PreviewSheet, UploadedFile, forget_uploads};

/// What the configuration says of directory feeds.
#[derive(Clone)]
pub struct DirectorySettings {
    /// Reads the files.
    pub format: Arc<dyn FeedFormat>,
    /// The longest file that is taken from a page, in bytes.
    pub most_upload: u64,
}

/// How to take in a file.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The file's name, without its folder.
    pub file_name: String,
    /// The file's hash.
    pub file_hash: Vec<u8>,
    /// The file holds only what has changed: nobody is ended for not being in it.
    pub delta: bool,
    /// Do everything, report it, and leave no trace.
    pub dry_run: bool,
    /// There is no file: what waits is tried again, and no report is kept.
    pub only_waiting: bool,
    /// The file lies in the database as this upload: it is taken in once.
    pub upload: Option<Uuid>,
}

/// Takes in a feed. An entry that cannot be used is reported and the rest goes in; taking in the
/// same file again changes nothing. A full feed ends the persons it no longer holds, of the
/// organisations it holds and unless they are too many; see [`SafetyStop`]. An officer changes no
/// organisation that is known and not in the officer's branch.
///
/// # Errors
/// [`Failure::Refused`] when the caller may not, [`Failure::Unavailable`] when the feed could not
/// be read to its end, and faults of the store. Nothing has gone in then.
pub fn import_directory(
    link: &mut Link,
    call: &Call,
    feed: impl DirectoryFeed,
    options: ImportOptions,
) -> Result<ImportReport, Failure> {
    import_as(link, call, feed, options).map(|(report, _)| report)
}

/// As [`import_directory`]; gives the id of the import as well, which a rehearsal throws away.
fn import_as(
    link: &mut Link,
    call: &Call,
    feed: impl DirectoryFeed,
    options: ImportOptions,
) -> Result<(ImportReport, Uuid), Failure> {
    let branch = allow(call)?;
    import_within(link, call, branch, feed, options)
}

/// As [`import_directory`], into these organisations alone; `None` for all of them.
fn import_within(
    link: &mut Link,
    call: &Call,
    branch: Option<Vec<OrganisationId>>,
    feed: impl DirectoryFeed,
    options: ImportOptions,
) -> Result<(ImportReport, Uuid), Failure> {
    let dry_run = options.dry_run;
    #[expect(
        clippy::disallowed_methods,
        reason = "one line for the whole batch is its record"
    )]
    let done = link.write(|tx| {
        let upload = options.upload.filter(|_| !dry_run);
        claim(tx, upload)?;
        let founded = Founded {
            import: tx.new_id(),
            by: call.actor.person().map(|person| person.0),
            today: calendar::business_day(tx.now),
        };
        let terms = Terms {
            founded,
            delta: options.delta,
            closed: closed(tx, branch)?,
            keeps_waiting: matches!(call.actor, Actor::System(_)),
            told: (!dry_run).then(|| line(tx.new_id(), call, ("person", "change_name"))),
        };
        let report = reading::read(tx, feed, terms)?;
        if dry_run {
            Err(Stop::Rehearsed(Box::new((report, founded.import))))
        } else {
            let recorded = record(tx, call, options, founded, report)?;
            if let Some(upload) = upload {
                tx.close_upload(upload, founded.import)?;
            }
            Ok(recorded)
        }
    });
    match done {
        Ok(done) => Ok(done),
        Err(Stop::Rehearsed(done)) => Ok(*done),
        Err(Stop::TakenIn(import)) => Ok((ImportReport::default(), import)),
        Err(Stop::Failed(failure)) => Err(failure),
    }
}

/// Why the transaction does not commit.
enum Stop {
    Rehearsed(Box<(ImportReport, Uuid)>),
    /// Somebody's other click has taken the upload in.
    TakenIn(Uuid),
    Failed(Failure),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Nobody else takes the upload in meanwhile.
fn claim(tx: &mut Tx<'_>, upload: Option<Uuid>) -> Result<(), Stop> {
    let Some(upload) = upload else {
        return Ok(());
    };
    match tx.claim_upload(upload)? {
        Claim::Free => Ok(()),
        Claim::Done(import) => Err(Stop::TakenIn(import)),
        Claim::Gone => Err(Stop::Failed(Failure::NotFound)),
    }
}

/// The organisations that the importer may change; `None` for all of them.
fn allow(call: &Call) -> Result<Option<Vec<OrganisationId>>, Failure> {
    let organisations = match &call.actor {
        Actor::System(_) => Vec::new(),
        Actor::Officer(_) | Actor::Holder(_) | Actor::Client(_) => {
            let scope = Scope::of(&call.actor, Function::ImportDirectory);
            if scope.organisations().is_empty() {
                return Err(Failure::Refused(Refusal::NotYourRole));
            }
            scope.organisations().to_vec()
        }
    };
    let nobody = Subject {
        person: PersonId(Uuid::nil()),
        protected: false,
        organisations: organisations.clone(),
    };
    permit(&call.actor, Function::ImportDirectory, &nobody)?;
    let is_system = matches!(call.actor, Actor::System(_));
    Ok((!is_system).then_some(organisations))
}

/// Organisations that are known and none of the importer's.
fn closed(
    tx: &mut Tx<'_>,
    branch: Option<Vec<OrganisationId>>,
) -> Result<HashSet<OrganisationId>, StoreError> {
    let Some(branch) = branch else {
        return Ok(HashSet::new());
    };
    let known = tx.known_tree()?.organisations;
    Ok(known
        .into_iter()
        .map(|(id, _, _)| id)
        .filter(|id| !branch.contains(id))
        .collect())
}

/// A line about nobody in particular.
fn line(line_id: Uuid, call: &Call, (kind, action): (&'static str, &str)) -> Line {
    Line {
        line_id,
        channel: call.channel,
        actor: call.actor.clone(),
        kind,
        action: action.to_owned(),
        subject: None,
        person: None,
        organisation: None,
        from_stage: None,
        to_stage: None,
        outcome: "done".to_owned(),
        event: serde_json::Value::Null,
        protected: false,
        correlation: call.correlation.clone(),
        caused_by: None,
    }
}

fn record(
    tx: &mut Tx<'_>,
    call: &Call,
    options: ImportOptions,
    founded: Founded,
    report: ImportReport,
) -> Result<Recorded<(ImportReport, Uuid)>, Failure> {
    let kept = serde_json::to_value(report.without_names())
        .map_err(|_| Failure::Broken("the report cannot be written".to_owned()))?;
    tx.line(Line {
        event: json!({
            "import": founded.import,
            "file_name": options.file_name,
            "delta": options.delta,
            "organisations": report.organisations,
            "units": report.units,
            "persons": report.persons,
            "hsa_ids": report.hsa_ids,
            "assignments": report.assignments,
            "rejected": report.rejected.len(),
            "waiting": report.waiting.len(),
            "ended": report.ended,
            "changed": report.changed,
            "safety_stop": report.safety_stop,
            "proposed": report.proposed,
            "came_in": report.came_in,
        }),
        ..line(tx.new_id(), call, ("batch", "import_directory"))
    });
    if !options.only_waiting {
        tx.keep_import(&ImportRun {
            id: founded.import,
            at: tx.now,
            file_name: options.file_name,
            file_hash: options.file_hash,
            delta: options.delta,
            by_person: founded.by,
            report: kept,
        })?;
    }
    Ok(tx.record((report, founded.import))?)
}
