//! The stages of a whole test run, in their order.

use crate::bench::Bench;
use crate::failure::{Failure, say};
use crate::generated::{self, Snapshot};
use crate::prepare::{Needs, Tools, prepare};
use crate::process::{self, Stop};
use crate::project::Project;
use crate::results::Results;
use crate::{behaviours, budgets, licences};
use clap::ValueEnum;
use std::time::SystemTime;

/// One stage.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum Stage {
    /// Fetch what is missing
    Prepare,
    /// Formatting
    Fmt,
    /// Lints, warnings denied
    Clippy,
    /// Documentation, warnings denied
    Docs,
    /// Licences and origins of everything built in
    Licences,
    /// Compile every test
    Build,
    /// Run every test
    Tests,
    /// Rows that must be proven are
    Behaviours,
    /// Generated files are unchanged
    Generated,
    /// Lengths of source files
    Budgets,
}

impl Stage {
    /// Its name, as on the command line.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// Whether anything has to be fetched before it.
    pub fn needs_preparation(self) -> bool {
        !matches!(self, Self::Prepare | Self::Behaviours | Self::Budgets)
    }
}

/// A run through the stages.
pub struct Run<'a> {
    project: &'a Project,
    stop: &'a Stop,
    filter: Option<&'a str>,
    tools: Option<Tools>,
    before: Snapshot,
    /// What the tests said, once they have been run.
    pub results: Option<Results>,
}

impl<'a> Run<'a> {
    /// A run that has not begun.
    pub fn new(
        project: &'a Project,
        filter: Option<&'a str>,
        stop: &'a Stop,
    ) -> Result<Self, Failure> {
        let before = Snapshot::take(project)?;
        Ok(Self {
            project,
            stop,
            filter,
            tools: None,
            before,
            results: None,
        })
    }

    /// Goes through one stage.
    pub fn go_through(&mut self, stage: Stage) -> Result<(), Failure> {
        match stage {
            Stage::Prepare => self.prepare(),
            Stage::Fmt => self.cargo(&["fmt", "--all", "--check"], &[]),
            Stage::Clippy => self.cargo(
                &[
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ],
                &[],
            ),
            Stage::Docs => self.cargo(
                &[
                    "doc",
                    "--workspace",
                    "--no-deps",
                    "--document-private-items",
                ],
                &[("RUSTDOCFLAGS", "-D warnings")],
            ),
            Stage::Licences => licences::check(self.project),
            Stage::Build => self.cargo(&["test", "--workspace", "--no-run"], &[]),
            Stage::Tests => self.tests(),
            Stage::Behaviours => self.behaviours(),
            Stage::Generated => generated::check(self.project, &self.before, self.stop),
            Stage::Budgets => budgets::check(self.project),
        }
    }

    fn prepare(&mut self) -> Result<(), Failure> {
        let needs = Needs {
            server: true,
            browser: true,
            cards: true,
            token: true,
            checks: true,
        };
        self.tools = Some(prepare(self.project, needs, self.stop)?);
        Ok(())
    }

    fn cargo(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), Failure> {
        let sentence = format!("`cargo {}` failed.", arguments.join(" "));
        let mut cargo = self.project.cargo();
        cargo.args(arguments).envs(environment.iter().copied());
        process::must(&mut cargo, self.stop, &sentence)
    }

    fn tests(&mut self) -> Result<(), Failure> {
        let tools = self
            .tools
            .as_ref()
            .ok_or_else(|| Failure::said("Nothing is prepared."))?;
        let started = SystemTime::now();
        let bench = Bench::set_up(self.project, tools, self.stop)?;
        let mut arguments = vec!["--workspace", "--no-fail-fast"];
        if let Some(filter) = self.filter {
            arguments.extend(["--", filter]);
        }
        let (succeeded, results) = bench.run(&arguments, self.stop, say)?;
        // A part of the tests tells nothing about the rest.
        if self.filter.is_none() {
            behaviours::keep(self.project, "results.txt", &results, started)?;
        }
        let ran = results.passed() + results.failed() > 0;
        self.results = Some(results);
        match (succeeded, ran) {
            (true, true) => Ok(()),
            (true, false) => Err(Failure::said("No test has such a name.")),
            (false, _) => Err(Failure::said("Tests failed: what they said stands above.")),
        }
    }

    fn behaviours(&self) -> Result<(), Failure> {
        match &self.results {
            Some(results) => behaviours::check(self.project, &results.tests),
            None => behaviours::behaviours(self.project, &behaviours::CHECKED, self.stop),
        }
    }
}
