//! `cargo xtask up`: fetches what is missing, builds, starts a private database, migrates, loads
//! the demonstration data and serves in the foreground until a signal comes.

use crate::card::{Programs, Reader};
use crate::failure::{Failure, at, say};
use crate::lock;
use crate::postgres::{Cluster, Purpose};
use crate::prepare::{Needs, prepare};
use crate::process::{self, Stop};
use crate::project::Project;
use crate::running::{self, Running};
use crate::server::{self, Database, Ports, Server};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Child;

/// What `up` can be told.
#[derive(clap::Args)]
pub struct Options {
    /// Remove the database and everything else that earlier runs left, and begin anew
    #[arg(long)]
    fresh: bool,
    /// The port to serve on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Import a directory file (LDIF) on top of the demonstration data
    #[arg(long, value_name = "FILE.ldif")]
    import: Option<PathBuf>,
    /// Serve this binary instead of building one
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Start a virtual card reader with one of the demonstration's cards in it
    #[arg(long)]
    with_card: bool,
}

/// Serves until a signal comes; everything it started has ended when it returns.
pub fn up(project: &Project, options: &Options, stop: &Stop) -> Result<(), Failure> {
    let state = project.state("up")?;
    let Some(_alone) = lock::try_take(&project.state("")?.join("up.lock"))? else {
        return tell_the_first(&state, options.fresh);
    };
    clear_leftovers(&state, options.fresh)?;
    let ports = Ports::of(options.port)?;
    for port in [ports.plain, ports.tls, ports.card] {
        check_port(port)?;
    }
    let import = options.import.as_deref().map(whole_path).transpose()?;
    let named = std::env::var("DATABASE_URL")
        .ok()
        .filter(|url| !url.is_empty());
    prepare(
        project,
        Needs {
            server: named.is_none(),
            token: true,
            ..Needs::default()
        },
        stop,
    )?;
    let binary = match &options.binary {
        Some(path) => whole_path(path)?,
        None => server::build(project, stop)?,
    };
    let mut plan = Plan {
        project,
        state,
        ports,
        binary,
        import,
        programs: None,
    };
    if options.with_card {
        plan.programs = Some(Programs::ready(project, stop)?);
    }
    let ended = match named {
        Some(url) => plan.serve(&Database::Named(url), None, stop),
        None => plan.serve_privately(stop),
    };
    running::forget(&plan.state);
    ended
}

/// What one `up` is going to serve.
struct Plan<'a> {
    project: &'a Project,
    state: PathBuf,
    ports: Ports,
    binary: PathBuf,
    import: Option<PathBuf>,
    /// Of the card reader, if there is to be one.
    programs: Option<Programs>,
}

impl Plan<'_> {
    fn serve_privately(&self, stop: &Stop) -> Result<(), Failure> {
        let cluster = Cluster::at(&self.state.join("pg"), Purpose::Keep)?;
        let database = Database::Private {
            admin_url: cluster.url("kortkontor", "postgres"),
            app_url: cluster.url("kortkontor", "kortkontor_app"),
        };
        let ended = cluster
            .start(stop)
            .and_then(|()| self.serve(&database, Some(cluster.sockets()), stop));
        cluster.stop();
        ended
    }

    fn serve(
        &self,
        database: &Database,
        socket: Option<&Path>,
        stop: &Stop,
    ) -> Result<(), Failure> {
        server::configure(&self.state, self.ports, database)?;
        let mut running = Running {
            pid: std::process::id(),
            port: self.ports.plain,
            socket: socket.map(Path::to_owned),
            database_url: database.admin_url().to_owned(),
            server: None,
        };
        running.write(&self.state)?;
        let server = Server::new(self.project, self.binary.clone(), &self.state, database);
        self.load(&server, stop)?;
        let log = self.state.join("server.log");
        let mut child = server.serve(&log)?;
        let ended = self.attend(&server, &mut child, &mut running, &log, stop);
        process::end(&mut child);
        ended
    }

    /// Brings the database up to date and fills it when it is empty.
    fn load(&self, server: &Server<'_>, stop: &Stop) -> Result<(), Failure> {
        say("Migrating the database and loading the demonstration data ...");
        server.call(&["migrate"], stop)?;
        server.call(&["demo"], stop)?;
        match &self.import {
            Some(file) => server.call(&["import", "directory", &file.to_string_lossy()], stop),
            None => Ok(()),
        }
    }

    /// Stays with the serving process until it ends or a signal comes.
    fn attend(
        &self,
        server: &Server<'_>,
        child: &mut Child,
        running: &mut Running,
        log: &Path,
        stop: &Stop,
    ) -> Result<(), Failure> {
        running.served_by(child.id(), false);
        running.write(&self.state)?;
        server::wait_until_ready(child, self.ports.plain, log, stop)?;
        running.served_by(child.id(), true);
        running.write(&self.state)?;
        let programs = self.programs.clone();
        let reader = programs.map(|programs| Reader::serve(&self.state, programs, stop));
        let reader = reader.transpose()?;
        let told = reader
            .as_ref()
            .map(|reader| reader.with_first_card(&self.state, self.ports.tls));
        self.announce(&server.ask(&["demo", "--print-logins"])?, log);
        if let Some(told) = told {
            say(&format!("\n{}", told?));
        }
        server::watch(child, log, stop)
    }

    fn announce(&self, logins: &str, log: &Path) {
        let address = format!("http://127.0.0.1:{}", self.ports.plain);
        say(&format!("\nKortkontor serves on {address}"));
        for (name, path) in ENTRANCES {
            say(&format!("  {name:<28}{address}{path}"));
        }
        say(&format!(
            "  {:<28}https://127.0.0.1:{} (trust {})",
            "Card client, over TLS",
            self.ports.tls,
            self.state.join("data/tls/root.pem").display()
        ));
        say(&format!(
            "\n{logins}\n\nLog: {}. Stop with Ctrl-C.",
            log.display()
        ));
    }
}

const ENTRANCES: [(&str, &str); 5] = [
    ("Administrators (ID-admin)", "/id-admin"),
    ("Card holders (Mina sidor)", "/mina-sidor"),
    ("Service desk", "/servicedesk"),
    ("Programs (API)", "/api"),
    ("Demonstration", "/demo"),
];

/// A second `up` is no fault, unless it was asked to remove what the first one uses.
fn tell_the_first(state: &Path, fresh: bool) -> Result<(), Failure> {
    let sentence = Running::read(state).map_or_else(
        || "Kortkontor is being started from this checkout by another command.".to_owned(),
        |running| running.sentence(),
    );
    match fresh {
        true => Err(Failure::said(format!(
            "{sentence} Stop it before beginning anew."
        ))),
        false => {
            say(&sentence);
            Ok(())
        }
    }
}

/// Ends what a killed `up` left running; removes what it left lying when asked to begin anew.
fn clear_leftovers(state: &Path, fresh: bool) -> Result<(), Failure> {
    if let Some(running) = Running::read(state) {
        running.end_leftover();
        running::forget(state);
    }
    if fresh {
        if let Ok(cluster) = Cluster::at(&state.join("pg"), Purpose::Keep) {
            cluster.remove()?;
        }
        std::fs::remove_dir_all(state).map_err(at(state))?;
        std::fs::create_dir_all(state).map_err(at(state))?;
    }
    Ok(())
}

fn check_port(port: u16) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_free) => Ok(()),
        Err(error) => Err(Failure::said(format!(
            "Port {port} on 127.0.0.1 cannot be used ({error}): choose another with `--port N`."
        ))),
    }
}

fn whole_path(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(at(path))
}
