//! Taking in a directory feed: the whole file in one transaction, with one line in the log and the
//! report kept.

mod ending;
mod reading;
mod records;
mod report;
mod tree;

use cards_domain::access::{Function, permit};
use cards_domain::ids::PersonId;
use cards_domain::person::Subject;
use cards_store::directory::ImportRun;
use cards_store::journal::Line;
use cards_store::{Link, Recorded, StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use crate::feed::DirectoryFeed;
use crate::{Call, Failure};
pub use report::{ImportReport, RejectedEntry, SafetyStop};

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
}

/// Takes in a feed. An entry that cannot be used is reported and the rest goes in; taking in the
/// same file again changes nothing. A full feed ends the persons it no longer holds, of the
/// organisations it holds and unless they are too many; see [`SafetyStop`].
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
    allow(call)?;
    let dry_run = options.dry_run;
    #[expect(
        clippy::disallowed_methods,
        reason = "one line for the whole batch is its record"
    )]
    let done = link.write(|tx| {
        let report = reading::read(tx, feed, options.delta)?;
        if dry_run {
            Err(Stop::Rehearsed(Box::new(report)))
        } else {
            Ok(record(tx, call, options, report)?)
        }
    });
    match done {
        Ok(report) => Ok(report),
        Err(Stop::Rehearsed(report)) => Ok(*report),
        Err(Stop::Failed(failure)) => Err(failure),
    }
}

/// Why the transaction does not commit.
enum Stop {
    Rehearsed(Box<ImportReport>),
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

/// No officer has this function, so whom it is about does not matter.
fn allow(call: &Call) -> Result<(), Failure> {
    let nobody = Subject {
        person: PersonId(Uuid::nil()),
        protected: false,
        organisations: Vec::new(),
    };
    Ok(permit(&call.actor, Function::ImportDirectory, &nobody)?)
}

fn record(
    tx: &mut Tx<'_>,
    call: &Call,
    options: ImportOptions,
    report: ImportReport,
) -> Result<Recorded<ImportReport>, Failure> {
    let kept = serde_json::to_value(report.without_names())
        .map_err(|_| Failure::Broken("the report cannot be written".to_owned()))?;
    tx.line(Line {
        line_id: tx.new_id(),
        channel: call.channel,
        actor: call.actor.clone(),
        kind: "batch",
        action: "import_directory".to_owned(),
        subject: None,
        person: None,
        organisation: None,
        from_stage: None,
        to_stage: None,
        outcome: "done".to_owned(),
        event: json!({
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
        }),
        protected: false,
        correlation: call.correlation.clone(),
        caused_by: None,
    });
    let ImportOptions {
        file_name,
        file_hash,
        ..
    } = options;
    tx.keep_import(&ImportRun {
        file_name,
        file_hash,
        report: kept,
    })?;
    Ok(tx.record(report)?)
}
