//! `cargo xtask bench`: a seeded database, a release build, and what an answer costs beside the
//! least that it can cost. The measuring itself is `tests/bench`.

use crate::failure::{Failure, at, say, warn};
use crate::postgres::{self, Cluster, Purpose};
use crate::prepare::{Needs, Tools, prepare};
use crate::process::{self, Stop};
use crate::project::{Project, on_path};
use crate::{apt, binaries, lock, server, token};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Where the figures are kept.
const RESULTS: &str = "ops/bench/RESULTS.md";

/// What `bench` can be told.
#[derive(clap::Args)]
pub struct Options {
    /// Only seed, anew
    #[arg(long)]
    seed: bool,
    /// How many persons to seed
    #[arg(long, default_value_t = 600_000)]
    persons: u32,
    /// Seconds of each run
    #[arg(long, default_value_t = 3)]
    seconds: u32,
    /// Runs of each line; the table has their medians
    #[arg(long, default_value_t = 5)]
    runs: u32,
    /// How many revoked certificates are put on one list
    #[arg(long, default_value_t = 1_000_000)]
    revoked: u32,
    /// Measure only lines whose name contains this, and write no table
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Measure this build of kortkontor instead of making one
    #[arg(long, value_name = "FILE", requires = "bench_binary")]
    binary: Option<PathBuf>,
    /// Together with --binary: this build of tests/bench
    #[arg(long, value_name = "FILE", requires = "binary")]
    bench_binary: Option<PathBuf>,
}

/// Seeds when it is asked to or nothing is seeded, then measures.
pub fn bench(project: &Project, options: &Options, stop: &Stop) -> Result<(), Failure> {
    let state = project.state("bench")?;
    let Some(_alone) = lock::try_take(&project.state("")?.join("bench.lock"))? else {
        return Err(Failure::said(
            "A benchmark of this checkout is running already.",
        ));
    };
    let needs = Needs {
        server: true,
        browser: !options.seed,
        cards: false,
        token: !options.seed,
        checks: false,
    };
    let tools = prepare(project, needs, stop)?;
    if !options.seed {
        fetch(&["wrk", "cfssl"], &["wrk", "golang-cfssl"], stop)?;
    }
    let programs = Programs::of(project, options, stop)?;
    let plan = Plan {
        project,
        options,
        state,
        programs,
        tools,
    };
    if options.seed || !plan.is_seeded() {
        plan.seed(stop)?;
    }
    match options.seed {
        true => Ok(()),
        false => plan.measure(stop),
    }
}

/// `wrk` asks over HTTP, CFSSL is what issuing is measured beside; they come from apt where they are
/// missing.
fn fetch(programs: &[&str], packages: &[&str], stop: &Stop) -> Result<(), Failure> {
    let is_missing = || programs.iter().any(|program| on_path(&[program]).is_none());
    if is_missing() {
        apt::install(packages, stop)?;
    }
    match is_missing() {
        false => Ok(()),
        true => Err(Failure::said(
            "A program to measure with is missing: install wrk 4 and CFSSL (golang-cfssl), and start again.",
        )),
    }
}

/// The server and what measures it.
struct Programs {
    kortkontor: PathBuf,
    bench: PathBuf,
}

impl Programs {
    fn of(project: &Project, options: &Options, stop: &Stop) -> Result<Self, Failure> {
        if let (Some(kortkontor), Some(bench)) = (&options.binary, &options.bench_binary) {
            return Ok(Self {
                kortkontor: kortkontor.clone(),
                bench: bench.clone(),
            });
        }
        warn("Building with optimisation; the first time takes many minutes ...");
        let server = ["--package", "cards-server", "--bin", "kortkontor"];
        let bench = ["--package", "cards-acceptance", "--bench", "bench"];
        Ok(Self {
            kortkontor: server::build_with(project, &[&server[..], &["--release"]].concat(), stop)?,
            bench: server::build_with(project, &[&bench[..], &["--release"]].concat(), stop)?,
        })
    }
}

struct Plan<'a> {
    project: &'a Project,
    options: &'a Options,
    state: PathBuf,
    programs: Programs,
    tools: Tools,
}

impl Plan<'_> {
    fn home(&self) -> PathBuf {
        self.state.join("pg")
    }

    fn data(&self) -> PathBuf {
        self.state.join("data")
    }

    /// A mark that the last seeding reached its end.
    fn mark(&self) -> PathBuf {
        self.state.join("seeded")
    }

    fn is_seeded(&self) -> bool {
        self.mark().is_file()
    }

    /// A new cluster, filled without waiting for the disk.
    fn seed(&self, stop: &Stop) -> Result<(), Failure> {
        postgres::remove(&self.data())?;
        let begun = Instant::now();
        let cluster = Cluster::at(&self.home(), Purpose::Seeding)?;
        cluster.remove()?;
        std::fs::create_dir_all(self.data()).map_err(at(&self.data()))?;
        let _none = std::fs::remove_file(self.mark());
        let cluster = Cluster::at(&self.home(), Purpose::Seeding)?;
        let ended = cluster.start(stop).and_then(|()| {
            let mut seed = self.bench("seed", &cluster);
            seed.args(["--persons", &self.options.persons.to_string()]);
            process::must(&mut seed, stop, "Seeding failed: see above.")
        });
        cluster.stop();
        ended?;
        std::fs::write(self.mark(), "").map_err(at(&self.mark()))?;
        say(&format!(
            "Seeded in {} s, the cluster included.",
            begun.elapsed().as_secs()
        ));
        Ok(())
    }

    fn measure(&self, stop: &Stop) -> Result<(), Failure> {
        let cluster = Cluster::at(&self.home(), Purpose::Measuring)?;
        let ended = cluster.start(stop).and_then(|()| {
            let mut run = self.bench("run", &cluster);
            run.arg("--kortkontor").arg(&self.programs.kortkontor);
            run.arg("--pgbench").arg(pgbench()?);
            run.args(["--seconds", &self.options.seconds.to_string()]);
            run.args(["--revoked", &self.options.revoked.to_string()]);
            self.tell_of_token(&mut run)?;
            run.args(["--runs", &self.options.runs.to_string()]);
            run.arg("--results").arg(self.project.path(RESULTS));
            run.arg("--ops").arg(self.project.path("ops/bench"));
            run.args(["--settings", &postgres::measured_settings()]);
            if let Some(only) = &self.options.only {
                run.args(["--only", only]);
            }
            for (name, path) in [
                ("--node", &self.tools.node),
                ("--chromium", &self.tools.chromium),
            ] {
                if let Some(path) = path {
                    run.arg(name).arg(path);
                }
            }
            process::must(&mut run, stop, "The benchmark failed: see above.")
        });
        cluster.stop();
        ended
    }

    /// The keys of the certificate authorities are in a token in software, beside the database.
    fn tell_of_token(&self, run: &mut Command) -> Result<(), Failure> {
        let section = token::configure(&self.state)?;
        let file = self.state.join("authority.toml");
        std::fs::write(&file, section).map_err(at(&file))?;
        run.arg("--authority").arg(&file);
        token::tell(run, &self.state);
        Ok(())
    }

    /// One of the benchmark's own commands on the seeded database.
    fn bench(&self, command: &str, cluster: &Cluster) -> Command {
        let mut program = self.project.program(&self.programs.bench);
        postgres::without_settings(&mut program);
        program.arg(command);
        program.args(["--admin-url", &cluster.url("kortkontor", "postgres")]);
        program.args(["--app-url", &cluster.url("kortkontor", "kortkontor_app")]);
        program.arg("--folder").arg(self.data());
        program
    }
}

/// PostgreSQL's own load generator, which comes with the server.
fn pgbench() -> Result<PathBuf, Failure> {
    let beside = binaries::find(None).map(|folder| folder.join("pgbench"));
    beside
        .filter(|program| Path::is_file(program))
        .or_else(|| on_path(&["pgbench"]))
        .ok_or_else(|| {
            Failure::said("pgbench is missing: install PostgreSQL's contributed programs.")
        })
}
