//! `cargo xtask test`: the stages one after the other until one fails, and what each took.

use crate::failure::{Failure, say};
use crate::process::Stop;
use crate::project::Project;
use crate::stages::{Run, Stage};
use clap::ValueEnum;
use std::time::{Duration, Instant};

/// What `test` can be told.
#[derive(clap::Args)]
pub struct Options {
    /// Go through this stage only, and what it needs
    #[arg(long, value_name = "STAGE")]
    only: Option<Stage>,
    /// Run only the tests whose name contains this
    filter: Option<String>,
}

struct Timed {
    stage: Stage,
    took: Duration,
    succeeded: bool,
}

/// Goes through the stages; prints what each took, which tests failed and their sum at the end.
pub fn test(project: &Project, options: &Options, stop: &Stop) -> Result<(), Failure> {
    let mut run = Run::new(project, options.filter.as_deref(), stop)?;
    let mut timed = Vec::new();
    let mut ended = Ok(());
    for stage in stages(options.only, options.filter.is_some()) {
        say(&format!("== {}", stage.name()));
        let started = Instant::now();
        ended = run.go_through(stage);
        timed.push(Timed {
            stage,
            took: started.elapsed(),
            succeeded: ended.is_ok(),
        });
        if ended.is_err() {
            break;
        }
    }
    say(&table(&timed));
    if let Some(results) = &run.results {
        // A long log is cut in its middle: what failed is named once more at its end.
        results.failures().iter().for_each(|line| say(line));
        say(&results.sentence());
    }
    ended
}

/// A name of a test asks for the tests alone.
fn stages(only: Option<Stage>, filtered: bool) -> Vec<Stage> {
    match only.or(filtered.then_some(Stage::Tests)) {
        None => Stage::value_variants().to_vec(),
        Some(stage) if stage.needs_preparation() => vec![Stage::Prepare, stage],
        Some(stage) => vec![stage],
    }
}

fn table(timed: &[Timed]) -> String {
    let line = |name: &str, took: Duration, end: &str| {
        format!("{name:<12}{:>8.1} min  {end}\n", took.as_secs_f64() / 60.0)
    };
    let mut text = String::from("\n");
    for stage in timed {
        let end = if stage.succeeded { "ok" } else { "failed" };
        text += &line(&stage.stage.name(), stage.took, end);
    }
    text + &line("together", timed.iter().map(|stage| stage.took).sum(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_run_goes_through_every_stage_and_a_name_through_the_tests_alone() {
        assert_eq!(stages(None, false), Stage::value_variants());
        assert_eq!(stages(None, true), [Stage::Prepare, Stage::Tests]);
        assert_eq!(
            stages(Some(Stage::Clippy), false),
            [Stage::Prepare, Stage::Clippy]
        );
        assert_eq!(stages(Some(Stage::Budgets), false), [Stage::Budgets]);
    }

    #[test]
    fn the_table_tells_minutes_and_what_failed() {
        let timed = |stage, seconds, succeeded| Timed {
            stage,
            took: Duration::from_secs(seconds),
            succeeded,
        };
        let text = table(&[timed(Stage::Fmt, 6, true), timed(Stage::Clippy, 90, false)]);
        assert!(text.contains("fmt              0.1 min  ok"), "{text}");
        assert!(text.contains("clippy           1.5 min  failed"), "{text}");
        assert!(text.contains("together         1.6 min"), "{text}");
    }
}
