//! What `cargo xtask bench` runs: `seed` fills a database of its own with a country's worth of
//! cards, `run` measures the released server beside the least that an answer can cost. Outside the
//! production binary, and built by no test.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark waits for what it has started"
)]

/// The released server has it, so what it is measured beside has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod minimal;
mod run;
#[path = "../../backend/store/src/schema.rs"]
mod schema;
mod seed;
mod weight;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// What `main` can be told.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fill an empty database
    Seed(SeedOptions),
    /// Measure on a filled one
    Run(Box<RunOptions>),
    /// Build one list of revoked certificates; `run` measures it as a process of its own
    List(ListOptions),
}

/// The database and what belongs to it.
#[derive(clap::Args)]
struct DatabaseOptions {
    /// The database, with an administrator's role
    #[arg(long)]
    admin_url: String,
    /// The database, with the application's role
    #[arg(long)]
    app_url: String,
    /// Folder of keys and exchanged files
    #[arg(long)]
    folder: PathBuf,
}

/// How much is seeded.
#[derive(clap::Args)]
struct SeedOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    /// How many persons
    #[arg(long, default_value_t = 600_000)]
    persons: u32,
}

/// What is measured, and with what.
#[derive(clap::Args)]
struct RunOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    /// The released server
    #[arg(long)]
    kortkontor: PathBuf,
    /// PostgreSQL's load generator
    #[arg(long)]
    pgbench: PathBuf,
    /// Node 22, for Lighthouse
    #[arg(long)]
    node: Option<PathBuf>,
    /// Chromium, for Lighthouse
    #[arg(long)]
    chromium: Option<PathBuf>,
    /// Folder of the benchmark's own npm package
    #[arg(long)]
    ops: PathBuf,
    /// Where the table goes
    #[arg(long)]
    results: PathBuf,
    /// The database server's settings, for the table
    #[arg(long)]
    settings: String,
    /// The section of the configuration about a token in software
    #[arg(long)]
    authority: Option<PathBuf>,
    /// How many revoked certificates are put on one list
    #[arg(long, default_value_t = 1_000_000)]
    revoked: u32,
    /// Seconds of each run
    #[arg(long)]
    seconds: u32,
    /// Runs of each line
    #[arg(long)]
    runs: u32,
    /// Only lines with this in their name, and no table
    #[arg(long)]
    only: Option<String>,
}

/// What a list is built from.
#[derive(clap::Args)]
struct ListOptions {
    /// An index as openssl keeps it, every certificate in it revoked
    #[arg(long)]
    index: PathBuf,
    /// Where the list goes (DER)
    #[arg(long)]
    out: PathBuf,
}

fn main() {
    match Arguments::parse().command {
        Command::Seed(options) => seed::seed(&options),
        Command::Run(options) => run::run(&options),
        Command::List(options) => run::certificates::lists::build(&options),
    }
}
