//! `cargo xtask behaviours`: for each behaviour row, whether a passing test proves it. A test
//! names rows; only a run in which it passed makes them proven.

use crate::bench::Bench;
use crate::failure::{Failure, at, say, warn};
use crate::licences::Metadata;
use crate::naming::{self, Naming};
use crate::prepare::{Needs, prepare};
use crate::process::Stop;
use crate::project::Project;
use crate::results::{self, Outcome, Results, Tested};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const ROWS: &str = "tests/coverage/behaviours.txt";
const PROVEN: &str = "tests/coverage/proven.txt";
const PACKAGE: &str = "cards-acceptance";

/// What `behaviours` can be told.
#[derive(clap::Args)]
pub struct Options {
    /// Fail when a row listed in tests/coverage/proven.txt is not proven
    #[arg(long)]
    check: bool,
}

/// As the test run asks for it.
pub const CHECKED: Options = Options { check: true };

/// One row with the passing tests that name it.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: String,
    tests: Vec<String>,
}

/// Prints one line a row, from the last results when no source is newer, else from a run of the
/// naming tests.
pub fn behaviours(project: &Project, options: &Options, stop: &Stop) -> Result<(), Failure> {
    let namings = naming::find(project)?;
    let tested = match last_results(project)? {
        Some(file) => results::read(&file)?,
        None => run_naming_tests(project, &namings, stop)?,
    };
    let rows = rows(project, &namings, &tested)?;
    for row in &rows {
        match row.tests.is_empty() {
            true => say(&format!("{} open", row.id)),
            false => say(&format!("{} proven {}", row.id, row.tests.join(" "))),
        }
    }
    match options.check {
        true => compare(&rows, &project.read(Path::new(PROVEN))?),
        false => Ok(()),
    }
}

/// Fails when a row that must be proven is not proven by these results.
pub fn check(project: &Project, tested: &[Tested]) -> Result<(), Failure> {
    let rows = rows(project, &naming::find(project)?, tested)?;
    compare(&rows, &project.read(Path::new(PROVEN))?)
}

/// Keeps the results of a run that began at `started`.
pub fn keep(
    project: &Project,
    name: &str,
    results: &Results,
    started: SystemTime,
) -> Result<(), Failure> {
    let path = project.state("test")?.join(name);
    results.write(&path)?;
    // A source saved while the tests ran is newer than what they tested.
    File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_modified(started))
        .map_err(at(&path))
}

fn last_results(project: &Project) -> Result<Option<PathBuf>, Failure> {
    let folder = project.state("test")?;
    let newest = newest_source(project)?;
    let kept = ["results.txt", "proofs.txt"].map(|name| folder.join(name));
    Ok(kept
        .into_iter()
        .find(|path| changed(path).is_some_and(|time| time > newest)))
}

fn newest_source(project: &Project) -> Result<SystemTime, Failure> {
    let files = project.files()?;
    let matters = |file: &&PathBuf| {
        file.extension().is_none_or(|kind| kind != "md") && !file.starts_with("tests/coverage")
    };
    let times = files
        .iter()
        .filter(matters)
        .map(|file| project.path(&file.to_string_lossy()));
    Ok(times
        .filter_map(|path| changed(&path))
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH))
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}

fn run_naming_tests(
    project: &Project,
    namings: &[Naming],
    stop: &Stop,
) -> Result<Vec<Tested>, Failure> {
    if namings.is_empty() {
        return Ok(Vec::new());
    }
    warn("No results newer than the sources: running the tests that name rows.");
    let started = SystemTime::now();
    let needs = Needs {
        server: true,
        browser: true,
        cards: true,
        token: true,
        checks: false,
    };
    let tools = prepare(project, needs, stop)?;
    let bench = Bench::set_up(project, &tools, stop)?;
    let mut arguments = vec!["--package", PACKAGE, "--no-fail-fast", "--"];
    arguments.extend(namings.iter().map(|naming| naming.function.as_str()));
    let (_, results) = bench.run(&arguments, stop, warn)?;
    keep(project, "proofs.txt", &results, started)?;
    Ok(results.tests)
}

fn rows(project: &Project, namings: &[Naming], tested: &[Tested]) -> Result<Vec<Row>, Failure> {
    let ids = ids(&project.read(Path::new(ROWS))?)?;
    let unknown = namings
        .iter()
        .flat_map(|naming| &naming.rows)
        .find(|row| !ids.contains(row));
    if let Some(row) = unknown {
        return Err(Failure::said(format!(
            "A test names the row {row}, which {ROWS} lacks."
        )));
    }
    let programs = Metadata::read(project)?.targets(PACKAGE);
    Ok(prove(ids, namings, tested, &programs))
}

/// The ids of the rows in the order of the file.
fn ids(text: &str) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for line in text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let id = line
            .split_once('\t')
            .map(|(id, _)| id.to_owned())
            .filter(|id| is_id(id));
        let id = id.ok_or_else(|| Failure::said(format!("{ROWS}: no row: {line}")))?;
        if ids.contains(&id) {
            return Err(Failure::said(format!("{ROWS}: {id} is there twice.")));
        }
        ids.push(id);
    }
    Ok(ids)
}

/// Two numbers joined by a hyphen.
fn is_id(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('-')
        .is_some_and(|(group, row)| number(group) && number(row))
}

fn prove(
    ids: Vec<String>,
    namings: &[Naming],
    tested: &[Tested],
    programs: &BTreeSet<String>,
) -> Vec<Row> {
    let programs: BTreeSet<String> = programs.iter().map(|name| name.replace('-', "_")).collect();
    let ours: Vec<&Tested> = tested
        .iter()
        .filter(|test| programs.contains(&test.program.replace('-', "_")))
        .collect();
    let passing: Vec<&Naming> = namings
        .iter()
        .filter(|naming| passed(&naming.function, &ours))
        .collect();
    let row = |id: String| {
        let naming = passing.iter().filter(|naming| naming.rows.contains(&id));
        let tests = naming.map(|naming| naming.function.clone()).collect();
        Row { id, tests }
    };
    ids.into_iter().map(row).collect()
}

/// Whether a function was run as a test and passed each time.
fn passed(function: &str, tested: &[&Tested]) -> bool {
    let is_it = |test: &&&Tested| test.name.rsplit("::").next() == Some(function);
    let mut runs = tested.iter().filter(is_it).peekable();
    runs.peek().is_some() && runs.all(|test| test.outcome == Outcome::Passed)
}

fn compare(rows: &[Row], must: &str) -> Result<(), Failure> {
    let proven = |id: &str| rows.iter().any(|row| row.id == id && !row.tests.is_empty());
    let wanted = must.split_whitespace();
    let lost: Vec<&str> = wanted.filter(|id| !proven(id)).collect();
    match lost.is_empty() {
        true => Ok(()),
        false => Err(Failure::said(format!(
            "Listed in {PROVEN} but proven by no passing test: {}.",
            lost.join(" ")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "3-1\tAn officer orders a card\n3-2\tThe card comes\n3-10\tMore\n";

    fn tested(program: &str, name: &str, outcome: Outcome) -> Tested {
        Tested {
            program: program.to_owned(),
            name: name.to_owned(),
            outcome,
        }
    }

    fn rows_after(tests: &[Tested]) -> Vec<Row> {
        let rows = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let namings = [
            Naming {
                function: "whole_job".to_owned(),
                rows: rows(&["3-1", "3-2"]),
            },
            Naming {
                function: "by_hand".to_owned(),
                rows: rows(&["3-2"]),
            },
        ];
        let programs = BTreeSet::from(["main-job".to_owned()]);
        prove(ids(TEXT).unwrap(), &namings, tests, &programs)
    }

    fn proven(tests: &[Tested]) -> Vec<String> {
        let rows = rows_after(tests)
            .into_iter()
            .filter(|row| !row.tests.is_empty());
        rows.map(|row| format!("{} {}", row.id, row.tests.join(" ")))
            .collect()
    }

    #[test]
    fn a_row_is_proven_by_each_passing_test_that_names_it() {
        let both = [
            tested("main_job", "walk::whole_job", Outcome::Passed),
            tested("main_job", "by_hand", Outcome::Passed),
        ];
        assert_eq!(proven(&both), ["3-1 whole_job", "3-2 whole_job by_hand"]);
    }

    #[test]
    fn a_failed_ignored_missing_or_foreign_test_proves_nothing() {
        assert!(proven(&[tested("main_job", "whole_job", Outcome::Failed)]).is_empty());
        assert!(proven(&[tested("main_job", "whole_job", Outcome::Ignored)]).is_empty());
        assert!(proven(&[tested("other", "whole_job", Outcome::Passed)]).is_empty());
        assert!(proven(&[tested("main_job", "the_whole_job", Outcome::Passed)]).is_empty());
        assert!(proven(&[]).is_empty());
    }

    #[test]
    fn a_row_that_must_be_proven_and_is_not_is_told() {
        let rows = rows_after(&[tested("main_job", "by_hand", Outcome::Passed)]);
        assert_eq!(compare(&rows, "3-2\n"), Ok(()));
        let Err(Failure::Said(sentence)) = compare(&rows, "3-1\n3-2\n9-9\n") else {
            panic!("3-1 is open");
        };
        assert!(sentence.contains("3-1 9-9"), "{sentence}");
    }

    #[test]
    fn a_row_that_cannot_be_read_or_comes_twice_is_an_error() {
        assert!(ids("3-1 no tab\n").is_err());
        assert!(ids("three\tOne\n").is_err());
        assert!(ids("3-1\tOne\n3-1\tAgain\n").is_err());
        assert_eq!(ids(TEXT).unwrap(), ["3-1", "3-2", "3-10"]);
    }
}
