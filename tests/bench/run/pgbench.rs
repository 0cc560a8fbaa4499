//! The same SQL without a server in between: pgbench on the Unix socket, statements prepared.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::figure::Figure;

/// pgbench and the database.
#[derive(Clone)]
pub struct Pgbench {
    /// The program.
    pub program: PathBuf,
    /// The database.
    pub url: String,
    /// Where scripts and its own log are written.
    pub folder: PathBuf,
}

impl Pgbench {
    /// Runs `script` with so many clients for so long.
    pub fn run(&self, (name, script): (&str, &str), clients: u32, seconds: u32) -> Figure {
        let folder = self.folder.join("pgbench");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(name);
        std::fs::write(&file, script).unwrap();
        let output = Command::new(&self.program)
            .current_dir(&folder)
            .args(["--no-vacuum", "--protocol", "prepared", "--log"])
            .args(["--client", &clients.to_string(), "--jobs", "1"])
            .args(["--time", &seconds.to_string()])
            .arg("--file")
            .arg(&file)
            .arg(&self.url)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {told}");
        Figure::of(times(&folder), Duration::from_secs(u64::from(seconds)))
    }
}

/// The third column of pgbench's own log: microseconds.
fn times(folder: &Path) -> Vec<Duration> {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    let logs = files.filter(|file| {
        file.file_name()
            .to_string_lossy()
            .starts_with("pgbench_log")
    });
    logs.flat_map(|file| {
        let text = std::fs::read_to_string(file.path()).unwrap();
        text.lines()
            .filter_map(|line| line.split(' ').nth(2)?.parse().ok())
            .map(Duration::from_micros)
            .collect::<Vec<_>>()
    })
    .collect()
}
