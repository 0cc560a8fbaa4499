//! Developer commands: `cargo xtask up` serves a demonstration, `cargo xtask card` says which card
//! lies in its reader, `cargo xtask test` runs every
//! check, `cargo xtask bench` measures, `cargo xtask behaviours` tells which behaviour rows are proven. All of them fetch what
//! the machine lacks, so that Rust and apt are the only things needed beforehand.
#![expect(
    clippy::disallowed_methods,
    reason = "a developer command reads the environment and waits for the processes it starts"
)]

mod apt;
mod behaviours;
mod bench;
mod benchmark;
mod binaries;
mod budgets;
mod card;
mod database_url;
mod failure;
mod generated;
mod launcher;
mod licences;
mod lock;
mod naming;
mod node;
mod places;
mod postgres;
mod prepare;
mod process;
mod project;
mod results;
mod running;
mod server;
mod spdx;
mod stages;
mod test;
mod token;
mod up;

use clap::{Parser, Subcommand};
use failure::{Failure, warn};
use project::Project;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Developer commands of Kortkontor")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a demonstration from this checkout until Ctrl-C
    Up(up::Options),
    /// Say which of the demonstration's cards lies in the reader that `up --with-card` started
    Card {
        #[command(subcommand)]
        command: card::Command,
    },
    /// Run every check and test
    Test(test::Options),
    /// Seed a database as large as a country's and measure what answers cost
    Bench(benchmark::Options),
    /// Tell for every behaviour row whether a passing test proves it
    Behaviours(behaviours::Options),
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Stopped) => ExitCode::from(130),
        Err(Failure::Said(sentence)) => {
            warn(&sentence);
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<(), Failure> {
    let project = Project::find()?;
    let stop = process::Stop::listen()?;
    match command {
        // Stopping is the ordinary end of `up`, whenever it comes.
        Command::Up(options) => match up::up(&project, options, &stop) {
            Err(Failure::Stopped) => Ok(()),
            ended => ended,
        },
        Command::Card { command } => card::card(&project, command),
        Command::Test(options) => test::test(&project, options, &stop),
        Command::Bench(options) => benchmark::bench(&project, options, &stop),
        Command::Behaviours(options) => behaviours::behaviours(&project, options, &stop),
    }
}
