//! The checkout: where it is, how cargo is called in it, and which files belong to it.

use crate::failure::{Failure, at};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const NOT_SOURCE: [&str; 4] = ["target", "node_modules", ".git", ".run"];

/// The checkout that the command was started from.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the checkout by where cargo found this package.
    pub fn find() -> Result<Self, Failure> {
        let package = std::env::var("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&package).ancestors().nth(2).map(Path::to_owned);
        root.filter(|root| root.join("Cargo.toml").is_file())
            .map(|root| Self { root })
            .ok_or_else(|| Failure::said("no checkout found: run this through `cargo xtask`"))
    }

    /// A path inside the checkout.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// The folder that holds what a command keeps between runs; git ignores it. Makes it.
    pub fn state(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.root.join(".run").join(name);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(folder)
    }

    /// A program started at the root of the checkout.
    pub fn program(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        // What cargo tells this package about itself is not for its children.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Cargo at the root of the checkout.
    pub fn cargo(&self) -> Command {
        let mut command =
            self.program(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        if std::env::var("CI").is_ok_and(|value| value == "true") {
            command.env("CARGO_INCREMENTAL", "0");
        }
        command
    }

    /// Every file of the checkout with its path from the root, in order of name; leaves out what
    /// is built, fetched or kept between runs.
    pub fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(at(&folder))? {
                let entry = entry.map_err(at(&folder))?;
                let kind = entry.file_type().map_err(at(&folder))?;
                if kind.is_dir() && !NOT_SOURCE.iter().any(|name| entry.file_name() == *name) {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    found.extend(entry.path().strip_prefix(&self.root).map(Path::to_owned));
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// The text of a file of the checkout.
    pub fn read(&self, inside: &Path) -> Result<String, Failure> {
        let path = self.root.join(inside);
        fs::read_to_string(&path).map_err(at(&path))
    }
}

/// The first program of one of these names that PATH leads to.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}
