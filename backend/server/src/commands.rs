//! The subcommands of `kortkontor`.

pub mod appoint;
mod authority;
mod client;
pub mod import;
mod migrate;
mod nightly;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use cards_app::{App, Lane};
use cards_gateways::Demonstration;
use chrono::TimeDelta;
use clap::{Parser, Subcommand};

use crate::demo::people::Cast;
use crate::{Config, System, demo, serve, telemetry};

/// Administers the life of electronic service ID cards.
#[derive(Parser)]
#[command(
    name = "kortkontor",
    version,
    about = "Administers the life of electronic service ID cards"
)]
struct Cli {
    /// The configuration; without it that of the demonstration in this checkout.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests.
    Serve {
        /// Do errands in the same process.
        #[arg(long)]
        work: bool,
    },
    /// Do errands.
    Work,
    /// Make the roles and bring the schema up to date.
    Migrate,
    /// Take in data.
    Import {
        #[command(subcommand)]
        what: import::What,
    },
    /// Appoint an officer, decided by two named persons.
    Appoint(appoint::Appoint),
    /// Do what the clocks that have ended say, now: the nightly run.
    Nightly(nightly::Nightly),
    /// Register, change and revoke system clients, which ask through the API.
    Client {
        #[command(subcommand)]
        what: client::What,
    },
    /// Found the certificate authorities.
    Authority {
        #[command(subcommand)]
        what: authority::What,
    },
    /// Say whether the configuration can be used.
    CheckConfig,
    /// Fill an empty demonstration.
    Demo {
        /// Only print whom one can log in as.
        #[arg(long)]
        print_logins: bool,
    },
}

/// Runs the command line. Errors are one sentence on standard error.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

impl Cli {
    fn run(self) -> Done {
        let config = Config::read(self.config.as_deref())?;
        telemetry::start();
        match self.command {
            Command::Serve { work } => serve::run(&config, work),
            Command::Work => serve::work_only(&config),
            Command::Migrate => migrate::run(&config),
            Command::Import { what } => import::run(&config, what),
            Command::Appoint(appoint) => appoint.run(&config),
            Command::Client { what } => client::run(&config, what),
            Command::Authority { what } => authority::run(&config, &what),
            Command::Nightly(nightly) => nightly.run(&config),
            Command::CheckConfig => {
                System::build(&config, "")?;
                say("The configuration can be used.");
                Ok(())
            }
            Command::Demo { print_logins } => fill_demo(&config, print_logins),
        }
    }
}

fn fill_demo(config: &Config, print_logins: bool) -> Done {
    if print_logins {
        for member in Cast::read(&config.demonstration.folder)?.person {
            say(&format!(
                "  {:<12} {:<18} {}",
                member.portal(),
                member.name,
                member.about_sv
            ));
        }
        return Ok(());
    }
    let mut system = System::build(config, "")?;
    let is_empty = system.app.db.link(Lane::Long)?.count_people()? == 0;
    let issuing = if is_empty {
        issuing(&mut system, config)?
    } else {
        None
    };
    let Some(simulated) = &system.demo else {
        return Err("only a demonstration is filled with made-up people".into());
    };
    let allowed = Demonstration::unless_production(config.environment.word())?;
    let folder = &config.demonstration.folder;
    let apps = (&system.app, issuing.as_ref());
    let filled = demo::fill_issuing(apps, (allowed, simulated), folder)?;
    say(if filled {
        "The demonstration has its people."
    } else {
        "The data is kept."
    });
    Ok(())
}

/// The same application with the authority. It is founded some days ago, so that a card from then can
/// have certificates; the other cards come about without it.
fn issuing(
    system: &mut System,
    config: &Config,
) -> Result<Option<App>, Box<dyn std::error::Error>> {
    let Some(clock) = system.demo.as_ref().map(|demo| Arc::clone(&demo.clock)) else {
        return Ok(None);
    };
    let now = clock.offset();
    clock.set_offset(now - TimeDelta::days(demo::cards::DAYS_AGO + 1));
    let opened = system.open_authority(config);
    clock.set_offset(now);
    opened?;
    let issuing = system.app.clone();
    system.app.ports.authority = None;
    Ok(issuing.ports.authority.is_some().then_some(issuing))
}

/// Tells the person at the terminal something.
pub(crate) fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn say_error(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "kortkontor: {text}");
}
