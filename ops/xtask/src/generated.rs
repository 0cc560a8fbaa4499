//! Files that a program writes and that are kept in the repository: after a whole run they must
//! be what they were before it.

use crate::failure::{Failure, at};
use crate::process::{self, Stop};
use crate::project::Project;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Commands that fail when a kept file differs from what they would write: arguments to cargo.
const CHECKS: &[&[&str]] = &[];

const KEPT: [&str; 3] = ["schema.rs", "Cargo.lock", "package-lock.json"];
const KEPT_KINDS: [&str; 2] = [".snap", ".proptest-regressions"];

/// The generated files with their contents at one moment.
#[derive(PartialEq, Eq)]
pub struct Snapshot(BTreeMap<PathBuf, Vec<u8>>);

impl Snapshot {
    /// Reads them.
    pub fn take(project: &Project) -> Result<Self, Failure> {
        let mut contents = BTreeMap::new();
        for file in project
            .files()?
            .into_iter()
            .filter(|file| is_generated(file))
        {
            let path = project.path(&file.to_string_lossy());
            contents.insert(file, fs::read(&path).map_err(at(&path))?);
        }
        Ok(Self(contents))
    }

    /// The files that are new, gone or different in a later snapshot.
    fn changed<'a>(&'a self, later: &'a Self) -> Vec<&'a PathBuf> {
        let gone = self.0.keys().filter(|file| !later.0.contains_key(*file));
        let other = later
            .0
            .iter()
            .filter(|(file, text)| self.0.get(*file) != Some(text));
        gone.chain(other.map(|(file, _)| file)).collect()
    }
}

fn is_generated(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    KEPT.contains(&&*name) || KEPT_KINDS.iter().any(|kind| name.ends_with(kind))
}

/// Compares with how the files were, and runs the commands that check theirs.
pub fn check(project: &Project, before: &Snapshot, stop: &Stop) -> Result<(), Failure> {
    let after = Snapshot::take(project)?;
    let changed = before.changed(&after);
    if !changed.is_empty() {
        let names: Vec<String> = changed
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        return Err(Failure::said(format!(
            "The run changed generated files; look at them and keep them:\n{}",
            names.join("\n")
        )));
    }
    for arguments in CHECKS {
        let sentence = format!("`cargo {}` found a file out of date.", arguments.join(" "));
        process::must(project.cargo().args(*arguments), stop, &sentence)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let pair = |(name, text): &(&str, &str)| (PathBuf::from(name), text.as_bytes().to_vec());
        Snapshot(files.iter().map(pair).collect())
    }

    #[test]
    fn new_gone_and_different_files_are_changes_and_others_are_not() {
        let before = snapshot(&[("a.snap", "1"), ("b.snap", "1"), ("c.snap", "1")]);
        let after = snapshot(&[("a.snap", "1"), ("b.snap", "2"), ("d.snap", "1")]);
        let names = ["c.snap", "b.snap", "d.snap"].map(PathBuf::from);
        assert_eq!(before.changed(&after), names.iter().collect::<Vec<_>>());
        assert!(before.changed(&before).is_empty());
    }
}
