//! The certificate authority beside what others have: issuing beside the token that signs, the least
//! transaction and CFSSL; status answers beside `openssl ocsp`; a list of revoked certificates
//! beside `openssl ca -gencrl`.

mod cfssl;
mod files;
mod issuing;
pub mod lists;
mod status;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cards_pki::algorithm::Algorithm;
use diesel::prelude::*;

use super::lines::Bench;
use super::table::reached;

/// What is measured with a key of each kind: that of the demonstration's authorities, and the one
/// that most authorities in life have.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::P256, Algorithm::Rsa2048];

impl Bench<'_> {
    /// Issuing, status answers and lists.
    pub fn certificates(&self, page: &mut String, conn: &mut PgConnection) {
        if !self.wants("certificates") {
            return;
        }
        if self.options.authority.is_none() {
            page.push_str("\n### Certificates\n\n- Not measured: there is no token in software.\n");
            return;
        }
        let mut serials = Vec::new();
        for algorithm in ALGORITHMS {
            let issued = self.issuing(page, conn, algorithm);
            if algorithm == Algorithm::P256 {
                serials = issued;
            }
        }
        self.statuses(page, &serials);
        lists::measure(self.options, page);
    }
}

/// Something measured, beside what it has to reach.
fn verdict(page: &mut String, what: &str, share: f64, goal: f64) {
    let said = reached(share >= goal);
    let _ = writeln!(page, "- {what}: **{share:.2}**, goal {goal:.2}: {said}");
}

/// The kind of key in words.
fn key_kind(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::P256 => "P-256",
        Algorithm::P384 => "P-384",
        Algorithm::Rsa2048 => "RSA-2048",
        Algorithm::Rsa3072 => "RSA-3072",
        Algorithm::Rsa4096 => "RSA-4096",
    }
}

/// Somebody else's server, ended with the value.
struct Other(Child);

impl Other {
    /// Starts it and waits until it listens on the port.
    fn start(mut command: Command, log: &Path, port: u16) -> Self {
        let file = std::fs::File::create(log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let other = Self(child);
        for _ in 0..100 {
            if listens(port) {
                return other;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let said = std::fs::read_to_string(log).unwrap_or_default();
        panic!("{command:?} does not listen: {said}");
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether anybody listens on the port. Looked up instead of tried: `openssl ocsp` takes one connection
/// after the other, and one on which nothing is sent keeps it from all others.
fn listens(port: u16) -> bool {
    let end = format!(":{port:04X}");
    ["/proc/net/tcp", "/proc/net/tcp6"].iter().any(|table| {
        let table = std::fs::read_to_string(table).unwrap_or_default();
        table.lines().any(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            matches!(fields[..], [_, local, _, "0A", ..] if local.ends_with(&end))
        })
    })
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Runs a program to its end; gives what it wrote.
fn ran(command: &mut Command) -> Vec<u8> {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    output.stdout
}

/// A folder of its own for what belongs to a measurement.
fn folder(bench: &Bench<'_>, name: &str) -> PathBuf {
    let folder = bench
        .options
        .database
        .folder
        .join("certificates")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
