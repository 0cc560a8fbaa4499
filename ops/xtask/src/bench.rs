//! The surroundings of the tests: a database cluster of their own, the built binary, a browser
//! and Node, told to them through the environment.

use crate::failure::{Failure, warn};
use crate::lock;
use crate::postgres::{self, Cluster, Purpose};
use crate::prepare::Tools;
use crate::process::{self, Stop};
use crate::project::Project;
use crate::results::Results;
use crate::server;
use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

/// Everything tests need, until it is dropped.
pub struct Bench<'a> {
    project: &'a Project,
    tools: &'a Tools,
    cluster: Cluster,
    binary: PathBuf,
    _alone: File,
}

impl<'a> Bench<'a> {
    /// Builds the binary and starts the cluster; waits for another test run of this checkout.
    pub fn set_up(project: &'a Project, tools: &'a Tools, stop: &Stop) -> Result<Self, Failure> {
        let path = project.state("")?.join("test.lock");
        let alone = match lock::try_take(&path)? {
            Some(file) => file,
            None => {
                warn("Waiting for another test run of this checkout ...");
                lock::take(&path, stop)?
            }
        };
        let binary = server::build(project, stop)?;
        let cluster = Cluster::at(&project.state("test")?.join("pg"), Purpose::Tests)?;
        let bench = Self {
            project,
            tools,
            cluster,
            binary,
            _alone: alone,
        };
        bench.cluster.start(stop)?;
        Ok(bench)
    }

    /// Runs `cargo test` with these arguments and shows every line as it comes.
    pub fn run(
        &self,
        arguments: &[&str],
        stop: &Stop,
        show: fn(&str),
    ) -> Result<(bool, Results), Failure> {
        let mut cargo = self.project.cargo();
        cargo.arg("test").args(arguments);
        self.tell(&mut cargo);
        let mut results = Results::default();
        let ended = process::run_lines(&mut cargo, stop, |line| {
            show(line);
            results.read_line(line);
        })?;
        Ok((ended.success(), results))
    }

    fn tell(&self, command: &mut Command) {
        postgres::without_settings(command);
        command.env(
            "KORTKONTOR_TEST_DATABASE_URL",
            self.cluster.url("postgres", "postgres"),
        );
        command.env("KORTKONTOR_BINARY", &self.binary);
        let tools = [
            ("KORTKONTOR_CHROMIUM", &self.tools.chromium),
            ("KORTKONTOR_CHROMEDRIVER", &self.tools.chromedriver),
            ("KORTKONTOR_NODE", &self.tools.node),
        ];
        for (variable, program) in tools {
            if let Some(path) = program {
                command.env(variable, path);
            }
        }
    }
}

impl Drop for Bench<'_> {
    fn drop(&mut self) {
        self.cluster.stop();
    }
}
