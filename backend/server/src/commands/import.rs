//! `kortkontor import`.

use std::fs::File;
use std::path::{Path, PathBuf};

use cards_app::feed::FeedFormat as _;
use cards_app::import::{ImportOptions, ImportReport, RejectedEntry, import_directory};
use cards_app::{Call, Failure, Lane, Link};
use cards_gateways::directory::{Ldif, file_hash};
use clap::Subcommand;
use serde::Serialize;

use super::{Done, say};
use crate::{Config, System, demo};

/// What is taken in.
#[derive(Subcommand)]
pub enum What {
    /// A directory feed (LDIF, RFC 2849).
    Directory {
        /// The file.
        file: PathBuf,
        /// Report what would happen and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// The file holds only what has changed: nobody is ended for not being in it.
        #[arg(long)]
        delta: bool,
        /// The report as JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(config: &Config, what: What) -> Done {
    let What::Directory {
        file,
        dry_run,
        delta,
        json,
    } = what;
    let system = System::build(config, "")?;
    let mut link = system.app.db.link(Lane::Long)?;
    let call = demo::operator_call(&system.app);
    let format = Ldif::new(config.directory.mapping.clone());
    let report = take_in_by(&format, (&mut link, &call), &file, (dry_run, delta))?;
    if json {
        say(&serde_json::to_string_pretty(&Told::of(&report))?);
    } else {
        tell(&report, dry_run);
    }
    Ok(())
}

/// What `--json` prints: these keys and no others, the same for a rehearsal. What the import left
/// to people stands on the page *Katalogen* and in the report without `--json`.
#[derive(Serialize)]
struct Told<'a> {
    organisations: usize,
    units: usize,
    persons: usize,
    hsa_ids: usize,
    assignments: usize,
    rejected: &'a [RejectedEntry],
    waiting: &'a [String],
}

impl<'a> Told<'a> {
    fn of(report: &'a ImportReport) -> Self {
        Self {
            organisations: report.organisations,
            units: report.units,
            persons: report.persons,
            hsa_ids: report.hsa_ids,
            assignments: report.assignments,
            rejected: &report.rejected,
            waiting: &report.waiting,
        }
    }
}

/// Takes in one file by the mapping that is built in.
///
/// # Errors
/// As [`take_in_by`].
pub fn take_in(
    link: &mut Link,
    call: &Call,
    path: &Path,
    dry_run: bool,
    delta: bool,
) -> Result<ImportReport, Failure> {
    take_in_by(&Ldif::default(), (link, call), path, (dry_run, delta))
}

/// Takes in one file.
///
/// # Errors
/// The file cannot be read, or the gate says no.
pub fn take_in_by(
    format: &Ldif,
    (link, call): (&mut Link, &Call),
    path: &Path,
    (dry_run, delta): (bool, bool),
) -> Result<ImportReport, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::Unavailable(format!("{}: {error}", path.display()))
    };
    let hash = file_hash(path).map_err(|error| unreadable(&error))?;
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let feed = format
        .open(Box::new(file))
        .map_err(|error| unreadable(&error))?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let options = ImportOptions {
        file_name: name.unwrap_or_default(),
        file_hash: hash,
        delta,
        dry_run,
        only_waiting: false,
    };
    import_directory(link, call, feed, options)
}

fn tell(report: &ImportReport, dry_run: bool) {
    if dry_run {
        say("Provkörning: ingenting har ändrats. (Dry run: nothing has changed.)");
    }
    say(&format!(
        "organisations {} · units {} · persons {} · HSA-ids {} · assignments {}",
        report.organisations, report.units, report.persons, report.hsa_ids, report.assignments
    ));
    for rejected in &report.rejected {
        let attribute = rejected.attribute.as_deref().unwrap_or("-");
        say(&format!(
            "rejected: line {} · {attribute} · {}",
            rejected.line, rejected.reason
        ));
    }
    for waiting in &report.waiting {
        say(&format!("waiting: {waiting}"));
    }
    for stop in &report.safety_stop {
        say(&format!(
            "safety stop: {} of {} persons would have ended; nobody has, until a second person \
             releases it on the page Katalogen",
            stop.would_end, stop.of
        ));
    }
    if report.ended > 0 {
        say(&format!("ended: {} persons", report.ended));
    }
    if report.proposed > 0 {
        say(&format!(
            "to decide: {} entries with another number, on the page Katalogen",
            report.proposed
        ));
    }
    if report.came_in > 0 {
        say(&format!(
            "came in: {} entries that had waited",
            report.came_in
        ));
    }
    let flaws = report.flaws;
    say(&format!(
        "lacking: organisation number {} · unit mail {} · workplace code {}",
        flaws.without_number, flaws.without_mail, flaws.without_code
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_as_json_has_these_seven_keys_and_no_others() {
        let report = ImportReport {
            rejected: vec![RejectedEntry {
                line: 7,
                dn: "cn=A".to_owned(),
                attribute: None,
                reason: "cycle".to_owned(),
            }],
            waiting: vec!["cn=B".to_owned()],
            ended: 3,
            ..ImportReport::default()
        };
        let told = serde_json::to_value(Told::of(&report)).unwrap();
        let expected = serde_json::json!({
            "organisations": 0, "units": 0, "persons": 0, "hsa_ids": 0, "assignments": 0,
            "rejected": [{"line": 7, "dn": "cn=A", "attribute": null, "reason": "cycle"}],
            "waiting": ["cn=B"],
        });
        assert_eq!(told, expected);
    }
}
