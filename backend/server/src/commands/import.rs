//! `kortkontor import`.

use std::fs::File;
use std::path::{Path, PathBuf};

use cards_app::feed::FeedFormat as _;
use cards_app::import::{
    ImportOptions, ImportReport, RejectedEntry, SafetyStop, StopReason, import_directory,
};
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
        say(&text(&report, dry_run));
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
        ..ImportOptions::default()
    };
    import_directory(link, call, feed, options)
}

/// The report as text. The operator's screen is seen by others than the operator, so nobody is named
/// in it whose data is or may be protected.
fn text(report: &ImportReport, dry_run: bool) -> String {
    let shown = report.shown();
    let mut lines = Vec::new();
    if dry_run {
        lines
            .push("Provkörning: ingenting har ändrats. (Dry run: nothing has changed.)".to_owned());
    }
    lines.push(format!(
        "organisations {} · units {} · persons {} · HSA-ids {} · assignments {}",
        shown.organisations, shown.units, shown.persons, shown.hsa_ids, shown.assignments
    ));
    lines.extend(shown.rejected.iter().map(|rejected| {
        let attribute = rejected.attribute.as_deref().unwrap_or("-");
        format!(
            "rejected: line {} · {} · {attribute} · {}",
            rejected.line, rejected.dn, rejected.reason
        )
    }));
    lines.extend(shown.waiting.iter().map(|dn| format!("waiting: {dn}")));
    lines.extend(shown.safety_stop.iter().map(stop));
    lines.extend(counts(&shown));
    lines.join("\n")
}

fn stop(stop: &SafetyStop) -> String {
    let why = match stop.why {
        StopReason::TooMany => "they are too many",
        StopReason::UnreadableEntry => "a rejected entry may be about any of them",
        StopReason::EndLost => "the file seems to have lost its end",
    };
    format!(
        "safety stop: {} · {} of {} persons would have ended · {why}; nobody has, until a second \
         person releases it on the page Katalogen",
        stop.organisation, stop.would_end, stop.of
    )
}

/// The counts that are not always there, and what the entries lack.
fn counts(report: &ImportReport) -> Vec<String> {
    let flaws = report.flaws;
    let some = [
        (report.ended, "ended", "persons"),
        (
            report.proposed,
            "to decide",
            "entries with another number, on the page Katalogen",
        ),
        (report.came_in, "came in", "entries that had waited"),
        (
            flaws.same_number,
            "to check",
            "organisations with the organisation number of another one",
        ),
    ];
    let some = some.into_iter().filter(|(count, ..)| *count > 0);
    let mut lines: Vec<String> = some
        .map(|(count, what, of)| format!("{what}: {count} {of}"))
        .collect();
    lines.push(format!(
        "lacking: organisation number {} · unit mail {} · workplace code {}",
        flaws.without_number, flaws.without_mail, flaws.without_code
    ));
    lines
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

    #[test]
    fn the_report_as_text_says_everything_and_names_nobody_who_is_protected() {
        let entry = |line, dn: &str, attribute: Option<&str>, reason: &str| RejectedEntry {
            line,
            dn: dn.to_owned(),
            attribute: attribute.map(str::to_owned),
            reason: reason.to_owned(),
        };
        let report = ImportReport {
            persons: 2,
            rejected: vec![
                entry(
                    7,
                    "cn=Ylva Sandin,ou=A,c=SE",
                    Some("sn"),
                    "missing_attribute",
                ),
                entry(9, "cn=Elin Berg,ou=A,c=SE", None, "not_yours"),
            ],
            waiting: vec![
                "cn=Bo Ek,ou=B,c=SE".to_owned(),
                "cn=Ida Al,ou=B,c=SE".to_owned(),
            ],
            hidden: [
                "cn=Ylva Sandin,ou=A,c=SE".to_owned(),
                "cn=Ida Al,ou=B,c=SE".to_owned(),
            ]
            .into(),
            safety_stop: vec![SafetyStop {
                organisation: "SE2399000013-0001".to_owned(),
                would_end: 1,
                of: 200,
                why: StopReason::EndLost,
            }],
            came_in: 3,
            ..ImportReport::default()
        };
        let expected = "\
Provkörning: ingenting har ändrats. (Dry run: nothing has changed.)
organisations 0 · units 0 · persons 2 · HSA-ids 0 · assignments 0
rejected: line 7 · …,ou=A,c=SE · sn · missing_attribute
rejected: line 9 · cn=Elin Berg,ou=A,c=SE · - · not_yours
waiting: cn=Bo Ek,ou=B,c=SE
waiting: …,ou=B,c=SE
safety stop: SE2399000013-0001 · 1 of 200 persons would have ended · the file seems to have lost its \
end; nobody has, until a second person releases it on the page Katalogen
came in: 3 entries that had waited
lacking: organisation number 0 · unit mail 0 · workplace code 0";
        assert_eq!(text(&report, true), expected);
        let whole = serde_json::to_string(&Told::of(&report)).unwrap();
        assert!(whole.contains("Ylva Sandin") && whole.contains("Ida Al"));
    }
}
