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

/// One test program, by what it printed.
#[derive(Default)]
struct Program {
    name: String,
    /// Its `test` lines.
    seen: Counted,
    /// Its `test result:` lines; without one it did not reach its end.
    told: Option<Counted>,
}

/// How many passed and failed.
#[derive(Clone, Copy, Default)]
struct Counted {
    passed: u64,
    failed: u64,
}

impl Program {
    /// What it printed may have come broken or not at all: the greater of lines and sum is true. One
    /// that never came to its sum has failed, whatever its lines say.
    fn counted(&self) -> Counted {
        let told = self.told.unwrap_or(Counted {
            passed: 0,
            failed: 1,
        });
        Counted {
            passed: told.passed.max(self.seen.passed),
            failed: told.failed.max(self.seen.failed),
        }
    }
}

/// Everything read so far.
#[derive(Default)]
pub struct Results {
    /// Each test in the order it ended.
    pub tests: Vec<Tested>,
    ended: Vec<Program>,
    running: Program,
}

impl Results {
    /// Reads one line of what `cargo test` writes.
    pub fn read_line(&mut self, line: &str) {
        if let Some(name) = program(line) {
            let begun = Program {
                name,
                ..Program::default()
            };
            self.ended.push(std::mem::replace(&mut self.running, begun));
        } else if let Some((name, outcome)) = tested(line) {
            self.tested(name, outcome);
        } else if let Some(rest) = line.trim().strip_prefix("test result: ") {
            // The documentation's tests may come in several parts.
            let told = self.running.told.get_or_insert_default();
            told.passed += count(rest, "passed");
            told.failed += count(rest, "failed");
        }
    }

    fn tested(&mut self, name: String, outcome: Outcome) {
        let program = &mut self.running;
        match outcome {
            Outcome::Passed => program.seen.passed += 1,
            Outcome::Failed => program.seen.failed += 1,
            Outcome::Ignored => {}
        }
        let program = program.name.clone();
        self.tests.push(Tested {
            program,
            name,
            outcome,
        });
    }

    /// Every program that has begun.
    fn programs(&self) -> impl Iterator<Item = &Program> {
        let all = self.ended.iter().chain([&self.running]);
        all.filter(|program| !program.name.is_empty())
    }

    /// How many passed.
    pub fn passed(&self) -> u64 {
        self.programs().map(|one| one.counted().passed).sum()
    }

    /// How many failed.
    pub fn failed(&self) -> u64 {
        self.programs().map(|one| one.counted().failed).sum()
    }

    /// One line for each test that failed, and for each program that did not reach its end.
    pub fn failures(&self) -> Vec<String> {
        let failed = self
            .tests
            .iter()
            .filter(|one| one.outcome == Outcome::Failed);
        let failed = failed.map(|one| format!("failed: {} {}", one.program, one.name));
        let broken = self.programs().filter(|one| one.told.is_none());
        let broken = broken.map(|one| format!("no result: {}", one.name));
        failed.chain(broken).collect()
    }

    /// The line that sums up.
    pub fn sentence(&self) -> String {
        format!("{} passed, {} failed", self.passed(), self.failed())
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
        read_from(OUTPUT)
    }

    fn read_from(text: &str) -> Results {
        let mut results = Results::default();
        text.lines().for_each(|line| results.read_line(line));
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
    fn a_failed_program_whose_sum_never_came_is_counted_by_its_lines_and_named() {
        // As it came on a day when the pipe was full before the sum was written.
        let text = "     Running unittests src/lib.rs (target/debug/deps/cards_gateways-317a047d)

running 3 tests
test switches::tests::a_broken_file_is_told_by_its_name ... ok
test directory::tests::round_trip::any_person_survives_writing_and_reading ... FAILED
test oidc::tests::a_provider_that_does_not_answer_is_down ... ok

failures:

---- directory::tests::round_trip::any_person_survives_writing_and_reading stdout ----

thread 'directory::tests::round_trip::any_person_survives_writing_and_reading' (760) panicked at backend/gateways/src/directory/tests.rs:33:18:
not one person: [Err(Rejection { line: 1, attribute: Some(\"sn\"), reason: MalformedName, .. })]
     Running unittests src/lib.rs (target/debug/deps/cards_http-0a1b)

running 1 test
test limits::tests::one ... ok

test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

error: 1 target failed:
    `-p cards-gateways --lib`
";
        let results = read_from(text);
        assert_eq!(results.sentence(), "3 passed, 1 failed");
        let wanted = [
            "failed: cards_gateways directory::tests::round_trip::any_person_survives_writing_and_reading",
            "no result: cards_gateways",
        ];
        assert_eq!(results.failures(), wanted);
    }

    #[test]
    fn a_program_that_was_killed_has_failed_though_no_line_says_so() {
        let text = "     Running tests/main.rs (target/debug/deps/card-0a1b)

running 2 tests
test one ... ok
";
        let results = read_from(text);
        assert_eq!(results.sentence(), "1 passed, 1 failed");
        assert_eq!(results.failures(), ["no result: card"]);
    }

    #[test]
    fn a_sum_counts_what_broken_lines_do_not_tell() {
        let real = "test result: FAILED. 26 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 10.44s";
        let text = format!(
            "     Running tests/import.rs (target/debug/deps/import-0a1b)\ntest a ... ok\n\
             test b ... test c ... FAILED\nok\n{real}\n"
        );
        let results = read_from(&text);
        assert_eq!(results.sentence(), "26 passed, 1 failed");
    }

    #[test]
    fn the_parts_of_the_documentations_tests_are_summed() {
        let part = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        let text = format!("   Doc-tests cards_pki\n{part}\n{part}\n");
        assert_eq!(read_from(&text).sentence(), "4 passed, 0 failed");
        assert!(read_from(&text).failures().is_empty());
    }

    #[test]
    fn failed_tests_are_named_with_their_program() {
        assert_eq!(output().failures(), ["failed: main_job the_whole_job"]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let path = std::env::temp_dir().join(format!("kortkontor-results-{}", std::process::id()));
        output().write(&path).unwrap();
        assert_eq!(read(&path).unwrap(), output().tests);
        fs::remove_file(&path).unwrap();
    }
}
