//! A private PostgreSQL server on a Unix socket: made, started, stopped, removed.

use crate::binaries;
use crate::database_url;
use crate::failure::{Failure, at, warn};
use crate::launcher::Launcher;
use crate::places;
use crate::process::{self, Stop};

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SETTINGS: &str = "kortkontor.conf";

/// What a cluster is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Keeps its data over stops and power cuts.
    Keep,
    /// Made anew for every run and as fast as it can be.
    Tests,
    /// Filled for a benchmark: its data is kept, and worth nothing until it is complete.
    Seeding,
    /// Measured: as safe as one that is kept, with memory as a server has.
    Measuring,
}

/// A private cluster: its programs, its files and how it is run.
pub struct Cluster {
    binaries: PathBuf,
    launcher: Launcher,
    home: PathBuf,
    sockets: PathBuf,
    purpose: Purpose,
}

impl Cluster {
    /// The cluster whose files lie in `home`, made or not yet.
    ///
    /// # Errors
    /// One sentence when no server programs fit, or no way is left to run them as root.
    pub fn at(home: &Path, purpose: Purpose) -> Result<Self, Failure> {
        let launcher = Launcher::choose(home)?;
        let home = launcher.home(home)?;
        let made_by = fs::read_to_string(home.join("data/PG_VERSION"))
            .ok()
            .filter(|_| purpose != Purpose::Tests)
            .and_then(|text| text.trim().parse().ok());
        let binaries = binaries::find(made_by).ok_or_else(|| binaries::none_found(made_by))?;
        let sockets = places::sockets(&home.join("sock"));
        Ok(Self {
            binaries,
            launcher,
            home,
            sockets,
            purpose,
        })
    }

    /// Starts the server; makes the cluster first when there is none.
    pub fn start(&self, stop: &Stop) -> Result<(), Failure> {
        let owner = self.launcher.owner();
        places::private_folder(&self.home, owner)?;
        self.stop();
        if self.purpose == Purpose::Tests {
            remove(&self.data())?;
        }
        if !self.data().is_dir() {
            self.make(stop)?;
        }
        places::private_folder(&self.sockets, owner)?;
        self.write_settings()?;
        stop.check()?;
        let started = process::capture(
            self.control()
                .args(["-w", "-t", "60", "-l"])
                .arg(self.log())
                .arg("start"),
        )?;
        match started.status.success() {
            true => Ok(()),
            false => Err(Failure::said(format!(
                "PostgreSQL does not start; the end of {} says:\n{}",
                self.log().display(),
                last_lines(&self.log(), 15)
            ))),
        }
    }

    /// Stops the server when it runs.
    pub fn stop(&self) {
        if !self.runs() {
            return;
        }
        let mut stop = self.control();
        if !process::succeeds(stop.args(["-m", "fast", "-w", "-t", "60", "stop"])) {
            let mut stop = self.control();
            process::succeeds(stop.args(["-m", "immediate", "-w", "-t", "20", "stop"]));
        }
    }

    /// Stops the server and removes the cluster.
    pub fn remove(&self) -> Result<(), Failure> {
        self.stop();
        remove(&self.sockets)?;
        remove(&self.home)
    }

    /// Whether the server runs.
    pub fn runs(&self) -> bool {
        self.data().join("postmaster.pid").exists()
            && process::succeeds(self.control().arg("status"))
    }

    /// The folder of the socket.
    pub fn sockets(&self) -> &Path {
        &self.sockets
    }

    /// The address of a database for one of its roles.
    pub fn url(&self, database: &str, role: &str) -> String {
        let host = database_url::encode(&self.sockets.to_string_lossy());
        format!("postgresql:///{database}?host={host}&user={role}")
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn log(&self) -> PathBuf {
        self.home.join("log")
    }

    fn program(&self, name: &str) -> Command {
        let program = self.binaries.join(name);
        let mut command = self.launcher.command(&program);
        command.current_dir(&self.home);
        without_settings(&mut command);
        command
    }

    fn control(&self) -> Command {
        let mut command = self.program("pg_ctl");
        command.arg("-D").arg(self.data());
        command
    }

    /// Makes the cluster beside its place and moves it there when it is whole.
    fn make(&self, stop: &Stop) -> Result<(), Failure> {
        warn("Making a private PostgreSQL cluster ...");
        let new = self.home.join("data.new");
        remove(&new)?;
        let mut initdb = self.program("initdb");
        initdb.arg("-D").arg(&new);
        initdb.args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-locale",
            "-E",
            "UTF8",
            "--no-sync",
        ]);
        let made = process::capture(&mut initdb)?;
        stop.check()?;
        if !made.status.success() {
            let told = String::from_utf8_lossy(&made.stderr).trim().to_owned();
            return Err(Failure::said(format!("initdb failed: {told}")));
        }
        self.make_database(&new)?;
        let settings = new.join("postgresql.conf");
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(&settings)
            .map_err(at(&settings))?;
        writeln!(file, "include_if_exists '{SETTINGS}'").map_err(at(&settings))?;
        fs::rename(&new, self.data()).map_err(at(&new))
    }

    /// Makes the database before the server ever listens: no client program is needed for it.
    fn make_database(&self, data: &Path) -> Result<(), Failure> {
        let mut single = self.program("postgres");
        single.args(["--single", "-D"]).arg(data).arg("postgres");
        single
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let failed = |error: std::io::Error| Failure::said(format!("postgres: {error}"));
        let mut child = single.spawn().map_err(failed)?;
        if let Some(mut input) = child.stdin.take() {
            input
                .write_all(b"CREATE DATABASE kortkontor\n")
                .map_err(failed)?;
        }
        let output = child.wait_with_output().map_err(failed)?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.success() && !told.contains("ERROR:") {
            true => Ok(()),
            false => Err(Failure::said(format!(
                "cannot make the database: {}",
                told.trim()
            ))),
        }
    }

    fn write_settings(&self) -> Result<(), Failure> {
        let path = self.data().join(SETTINGS);
        fs::write(&path, settings(&self.sockets, self.purpose)).map_err(at(&path))?;
        self.launcher
            .owner()
            .map_or(Ok(()), |account| places::own(&path, account))
    }
}

fn settings(sockets: &Path, purpose: Purpose) -> String {
    let folder = sockets.to_string_lossy().replace('\'', "''");
    let common = format!(
        "listen_addresses = ''\nport = 5432\nunix_socket_directories = '\"{folder}\"'\n\
         max_connections = 200\n"
    );
    match purpose {
        Purpose::Keep => common,
        Purpose::Tests => common + UNSAFE,
        Purpose::Seeding => common + MEASURED + UNSAFE + "autovacuum = off\n",
        Purpose::Measuring => common + MEASURED,
    }
}

/// Gives up safety for speed.
const UNSAFE: &str = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n\
                      wal_level = minimal\nmax_wal_senders = 0\n";
/// What a server with some memory is given.
const MEASURED: &str = "shared_buffers = 2GB\nmax_wal_size = 1GB\njit = off\n";

/// What a measured server is told beyond PostgreSQL's defaults, in one line.
pub fn measured_settings() -> String {
    MEASURED.trim().replace('\n', ", ")
}

/// Keeps a person's own PostgreSQL settings away from a private server and its clients.
pub fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("PG") && text != "PG_BIN" {
            command.env_remove(&name);
        }
    }
}

/// Removes a folder with everything in it; none there is as good.
pub fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(at(folder)(error)),
        _ => Ok(()),
    }
}

/// The last lines of a file, or nothing when it cannot be read.
pub fn last_lines(path: &Path, count: usize) -> String {
    let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines
        .iter()
        .skip(lines.len().saturating_sub(count))
        .copied()
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_test_cluster_gives_up_safety_for_speed() {
        let folder = Path::new("/a'b");
        assert!(!settings(folder, Purpose::Keep).contains("fsync"));
        assert!(!settings(folder, Purpose::Measuring).contains("fsync"));
        assert!(settings(folder, Purpose::Tests).contains("fsync = off"));
        assert!(settings(folder, Purpose::Keep).contains("'\"/a''b\"'"));
    }

    #[test]
    fn a_cluster_starts_answers_on_its_socket_and_leaves_nothing_running() {
        let home = std::env::temp_dir().join(format!("kortkontor-xtask-{}", std::process::id()));
        let stop = Stop::listen().unwrap();
        let cluster = Cluster::at(&home, Purpose::Tests).unwrap();
        cluster.start(&stop).unwrap();
        assert!(cluster.runs());
        assert!(cluster.sockets().join(".s.PGSQL.5432").exists());
        cluster.stop();
        assert!(!cluster.runs());
        cluster.remove().unwrap();
        assert!(!home.exists());
    }
}
