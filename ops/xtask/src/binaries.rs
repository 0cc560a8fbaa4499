//! Where the programs of a PostgreSQL server lie.

use crate::failure::Failure;
use crate::process;
use crate::project::on_path;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const OLDEST: u32 = 15;

/// The folder of the server programs: `PG_BIN`, PATH, or the highest installed version. `major`
/// asks for exactly that version.
pub fn find(major: Option<u32>) -> Option<PathBuf> {
    let named = std::env::var_os("PG_BIN").map(PathBuf::from);
    let near = on_path(&["initdb"]).and_then(|program| program.parent().map(Path::to_owned));
    let candidates = named.into_iter().chain(near).chain(installed());
    candidates.into_iter().find(|folder| {
        folder.join("pg_ctl").is_file()
            && version(folder).is_some_and(|found| match major {
                Some(wanted) => found == wanted,
                None => found >= OLDEST,
            })
    })
}

fn installed() -> Vec<PathBuf> {
    let roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
    let folders = roots
        .iter()
        .filter_map(|root| fs::read_dir(root).ok())
        .flatten()
        .flatten();
    let mut found: Vec<(u32, PathBuf)> = folders
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let digits = name.trim_start_matches("postgresql@").parse().ok()?;
            Some((digits, entry.path().join("bin")))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, folder)| folder).collect()
}

fn version(folder: &Path) -> Option<u32> {
    let output = process::capture(Command::new(folder.join("initdb")).arg("--version")).ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

/// The major version out of a line like `initdb (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)`.
fn major(line: &str) -> Option<u32> {
    let (_, after) = line.split_once("(PostgreSQL) ")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Says that no programs fit.
pub fn none_found(major: Option<u32>) -> Failure {
    match major {
        None => Failure::said(
            "PostgreSQL 15 or later is missing: install its server programs or name their folder in PG_BIN.",
        ),
        Some(version) => Failure::said(format!(
            "The data here was made by PostgreSQL {version}, which is not installed: \
             name the folder of its programs in PG_BIN, or begin anew with --fresh."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_the_programs_say() {
        assert_eq!(
            major("initdb (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major("initdb (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("something else"), None);
    }
}
