//! What a checkout serves at the moment, kept in a file so that a second `up` can tell where,
//! and so that what a killed `up` left behind is found.

use crate::failure::{Failure, at};
use crate::process;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// One running `up`.
#[derive(Serialize, Deserialize)]
pub struct Running {
    /// The process to stop.
    pub pid: u32,
    /// The port it serves.
    pub port: u16,
    /// The folder of the database socket; absent when the database was named from outside.
    pub socket: Option<PathBuf>,
    /// The database, for its administrator.
    pub database_url: String,
    /// The process that serves, once it has started.
    pub server: Option<Server>,
}

/// The serving process.
#[derive(Serialize, Deserialize)]
pub struct Server {
    /// Its number.
    pub pid: u32,
    /// What tells it from a later process with the same number.
    pub mark: String,
    /// Whether it has answered that it is usable.
    pub ready: bool,
}

fn file(state: &Path) -> PathBuf {
    state.join("running.json")
}

impl Running {
    /// What the file says, when there is one that can be read.
    pub fn read(state: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(file(state)).ok()?).ok()
    }

    /// Writes the file, whole or not at all.
    pub fn write(&self, state: &Path) -> Result<(), Failure> {
        let path = file(state);
        let new = path.with_extension("new");
        let text = serde_json::to_string_pretty(self).map_err(at(&path))?;
        write_private(&new, &text)?;
        fs::rename(&new, &path).map_err(at(&path))
    }

    /// Notes which process serves.
    pub fn served_by(&mut self, pid: u32, ready: bool) {
        self.server = process::mark(pid).map(|mark| Server { pid, mark, ready });
    }

    /// Where it serves, for people.
    pub fn sentence(&self) -> String {
        let ready = self.server.as_ref().is_some_and(|server| server.ready);
        match ready {
            true => format!(
                "Kortkontor already serves from this checkout: http://127.0.0.1:{} (process {}; \
                 stop it with Ctrl-C there or `kill {}`).",
                self.port, self.pid, self.pid
            ),
            false => format!(
                "Kortkontor is being started from this checkout by process {} and will serve on \
                 http://127.0.0.1:{}.",
                self.pid, self.port
            ),
        }
    }

    /// Ends a server whose `up` was killed.
    pub fn end_leftover(&self) {
        if let Some(server) = &self.server {
            let gone = || process::mark(server.pid).as_ref() != Some(&server.mark);
            if !gone() {
                process::end_group(server.pid, gone);
            }
        }
    }
}

/// Forgets what ran.
pub fn forget(state: &Path) {
    let _absent = fs::remove_file(file(state));
}

/// Writes a file that only its owner reads.
pub fn write_private(path: &Path, text: &str) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(at(path))?;
    file.write_all(text.as_bytes()).map_err(at(path))
}
