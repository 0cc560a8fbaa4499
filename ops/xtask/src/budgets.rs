//! How long a source file may grow before it has to be split by meaning.

use crate::failure::{Failure, say};
use crate::project::Project;
use std::path::Path;

const MOST_LINES: usize = 600;
const MANY_LINES: usize = 400;
const COUNTED: [&str; 3] = ["rs", "html", "js"];
/// Written by a program from the migrations.
const GENERATED: &str = "schema.rs";

/// Checks every source file; tells of those that come near.
pub fn check(project: &Project) -> Result<(), Failure> {
    let mut over = Vec::new();
    for file in project.files()?.iter().filter(|file| is_counted(file)) {
        let lines = project.read(file)?.lines().count();
        let line = format!("{} has {lines} lines", file.display());
        if lines > MOST_LINES {
            over.push(line);
        } else if lines > MANY_LINES {
            say(&format!("note: {line}"));
        }
    }
    match over.is_empty() {
        true => Ok(()),
        false => Err(Failure::said(format!(
            "Longer than {MOST_LINES} lines, split by meaning:\n{}",
            over.join("\n")
        ))),
    }
}

fn is_counted(file: &Path) -> bool {
    let kind = file
        .extension()
        .is_some_and(|kind| COUNTED.iter().any(|known| kind == *known));
    kind && file.file_name().is_some_and(|name| name != GENERATED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_written_sources_are_counted_and_generated_ones_are_not() {
        assert!(is_counted(Path::new("backend/domain/src/card.rs")));
        assert!(!is_counted(Path::new("backend/store/src/schema.rs")));
        assert!(!is_counted(Path::new("ops/demo/region.ldif")));
    }
}
