//! The npm packages of the portals: styles that the build embeds, and Node 22 itself, which some
//! tests run, because a distribution's Node may be too old.

use crate::failure::{Failure, at, warn};
use crate::process::{self, Stop};
use crate::project::{Project, on_path};
use std::fs;
use std::path::PathBuf;

/// Runs `npm ci` when the packages are missing or the lock file is not the one they came from.
pub fn packages(project: &Project, stop: &Stop) -> Result<(), Failure> {
    let wanted = project.path("frontend/package-lock.json");
    if !wanted.is_file() {
        return Ok(());
    }
    let wanted = fs::read(&wanted).map_err(at(&wanted))?;
    let stamp = project.path("frontend/node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    warn("Fetching the npm packages ...");
    let mut npm = project.program("npm");
    npm.current_dir(project.path("frontend"))
        .args(["ci", "--no-audit", "--no-fund"]);
    process::must(
        &mut npm,
        stop,
        "`npm ci` in frontend/ failed: see its message above; it needs a way to the npm registry.",
    )?;
    fs::write(&stamp, wanted).map_err(at(&stamp))
}

/// The project's own Node, or the machine's.
pub fn program(project: &Project) -> Option<PathBuf> {
    let own = project.path("frontend/node_modules/.bin/node");
    own.is_file().then_some(own).or_else(|| on_path(&["node"]))
}
