//! What the tests said: read from cargo's output line by line, kept in a file, summed up.

use crate::failure::{Failure, at};
use std::fs;
use std::path::Path;

/// How one test ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It was not run.
    Ignored,
}

/// One test of one test program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tested {
    /// The test program, as cargo names its file, without the hash.
    pub program: String,
    /// The path of the test in it.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// Everything read so far.
#[derive(Default)]
pub struct Results {
    /// Each test in the order it ended.
    pub tests: Vec<Tested>,
    /// The sum of all `test result:` lines.
    pub passed: u64,
    /// The sum of all `test result:` lines.
    pub failed: u64,
    program: String,
}

impl Results {
    /// Reads one line of what `cargo test` writes.
    pub fn read_line(&mut self, line: &str) {
        if let Some(program) = program(line) {
            self.program = program;
        } else if let Some((name, outcome)) = tested(line) {
            self.tests.push(Tested {
                program: self.program.clone(),
                name,
                outcome,
            });
        } else if let Some(rest) = line.trim().strip_prefix("test result: ") {
            self.passed += count(rest, "passed");
            self.failed += count(rest, "failed");
        }
    }

    /// The line that sums up.
    pub fn sentence(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }

    /// Writes one line a test: program, test, outcome, parted by tabs.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let lines: String = self
            .tests
            .iter()
            .map(|test| format!("{}\t{}\t{}\n", test.program, test.name, word(test.outcome)))
            .collect();
        fs::write(path, lines).map_err(at(path))
    }
}

/// Reads the file that [`Results::write`] wrote.
pub fn read(path: &Path) -> Result<Vec<Tested>, Failure> {
    let text = fs::read_to_string(path).map_err(at(path))?;
    Ok(text.lines().filter_map(recorded).collect())
}

fn recorded(line: &str) -> Option<Tested> {
    let mut fields = line.split('\t');
    let (program, name) = (fields.next()?.to_owned(), fields.next()?.to_owned());
    Some(Tested {
        program,
        name,
        outcome: outcome(fields.next()?)?,
    })
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "ok",
        Outcome::Failed => "FAILED",
        Outcome::Ignored => "ignored",
    }
}

fn outcome(word: &str) -> Option<Outcome> {
    match word {
        "ok" => Some(Outcome::Passed),
        "FAILED" => Some(Outcome::Failed),
        // A reason may follow.
        _ if word.starts_with("ignored") => Some(Outcome::Ignored),
        _ => None,
    }
}

/// The test program out of `Running tests/job.rs (target/debug/deps/job-0123abcd)`.
fn program(line: &str) -> Option<String> {
    if line.trim().starts_with("Doc-tests ") {
        return Some("doc".to_owned());
    }
    let rest = line.trim().strip_prefix("Running ")?;
    let (_, file) = rest.strip_suffix(')')?.rsplit_once('(')?;
    let (_, name) = file.rsplit_once('/')?;
    name.rsplit_once('-').map(|(program, _)| program.to_owned())
}

/// The test and its outcome out of `test path::name - should panic ... ok`.
fn tested(line: &str) -> Option<(String, Outcome)> {
    let (name, word) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let name = name.strip_suffix(" - should panic").unwrap_or(name);
    Some((name.to_owned(), outcome(word.trim_end())?))
}

/// The number before a word in `ok. 5 passed; 0 failed; ...`.
fn count(text: &str, word: &str) -> u64 {
    let mut before = "";
    for part in text.split([' ', ';', '.']) {
        if part == word {
            return before.parse().unwrap_or(0);
        }
        before = part;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "     Running unittests src/lib.rs (target/debug/deps/cards_domain-0a1b)

running 3 tests
test card::a_card_is_locked ... ok
test card::it_panics - should panic ... ok
test card::slow ... ignored, needs an hour
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

     Running tests/main_job.rs (/x/target/debug/deps/main_job-77)
test the_whole_job ... FAILED
test result: FAILED. 11 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1.20s
";

    fn output() -> Results {
        let mut results = Results::default();
        OUTPUT.lines().for_each(|line| results.read_line(line));
        results
    }

    #[test]
    fn tests_are_read_with_their_program_and_outcome() {
        let found: Vec<(String, String, Outcome)> = output()
            .tests
            .into_iter()
            .map(|test| (test.program, test.name, test.outcome))
            .collect();
        let wanted = [
            ("cards_domain", "card::a_card_is_locked", Outcome::Passed),
            ("cards_domain", "card::it_panics", Outcome::Passed),
            ("cards_domain", "card::slow", Outcome::Ignored),
            ("main_job", "the_whole_job", Outcome::Failed),
        ];
        let wanted: Vec<_> = wanted
            .map(|(one, two, end)| (one.to_owned(), two.to_owned(), end))
            .into();
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_result_lines_are_summed() {
        assert_eq!(output().sentence(), "13 passed, 1 failed");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let path = std::env::temp_dir().join(format!("kortkontor-results-{}", std::process::id()));
        output().write(&path).unwrap();
        assert_eq!(read(&path).unwrap(), output().tests);
        fs::remove_file(&path).unwrap();
    }
}
