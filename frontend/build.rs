//! Build script: bundles styles, script, font and icon into hashed files, and makes the typed
//! `Text` methods from the Fluent files. Every failure is one sentence that says what to do.

#[path = "build/assets.rs"]
mod assets;
#[path = "build/css.rs"]
mod css;
#[path = "build/methods.rs"]
mod methods;
#[path = "build/texts.rs"]
mod texts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            println!("cargo::error={}", sentence.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or("cargo did not say where to put generated files (OUT_DIR)")?;
    for watched in [
        "build.rs",
        "build",
        "assets",
        "text",
        "templates",
        "package-lock.json",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    texts::generate(Path::new("text"), &out)?;
    assets::bundle(Path::new("."), &out)
}

/// Reads a file as text, or says which one could not be read.
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

/// Writes a file, or says which one could not be written.
fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    std::fs::write(path, content).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
