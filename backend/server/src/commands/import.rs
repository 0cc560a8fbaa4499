//! `kortkontor import`.

use std::fs::File;
use std::path::{Path, PathBuf};

use cards_app::import::{ImportOptions, ImportReport, import_directory};
use cards_app::{Call, Failure, Lane, Link};
use cards_gateways::directory::{Mapping, file_hash, open, read_feed};
use clap::Subcommand;

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
    let report = take_in(&mut link, &call, &file, dry_run, delta)?;
    if json {
        say(&serde_json::to_string_pretty(&report)?);
    } else {
        tell(&report, dry_run);
    }
    Ok(())
}

/// Takes in one file.
///
/// # Errors
/// The file cannot be read, or the gate says no.
pub fn take_in(
    link: &mut Link,
    call: &Call,
    path: &Path,
    dry_run: bool,
    delta: bool,
) -> Result<ImportReport, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::Unavailable(format!("{}: {error}", path.display()))
    };
    let hash = file_hash(path).map_err(|error| unreadable(&error))?;
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let reader = open(file).map_err(|error| unreadable(&error))?;
    let mapping = Mapping::default();
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let options = ImportOptions {
        file_name: name.unwrap_or_default(),
        file_hash: hash,
        delta,
        dry_run,
    };
    import_directory(link, call, read_feed(reader, &mapping), options)
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
            "safety stop: {} of {} persons would have ended",
            stop.would_end, stop.of
        ));
    }
}
