//! How a command ends without success, and how it speaks. Speaking never fails: a closed pipe
//! must not stop a command before it has taken down what it started.

use std::fmt::Display;
use std::io::Write;
use std::path::Path;

/// Why a command did not reach its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// A signal asked for the end.
    Stopped,
    /// One sentence for the person at the terminal.
    Said(String),
}

impl Failure {
    /// A failure told in one sentence.
    pub fn said(sentence: impl Into<String>) -> Self {
        Self::Said(sentence.into())
    }
}

/// Turns an error about a file or folder into a sentence that names it.
pub fn at<E: Display>(path: &Path) -> impl FnOnce(E) -> Failure {
    move |error| Failure::said(format!("{}: {error}", path.display()))
}

/// Prints one line of what was asked for, to standard output.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _closed = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints one line about what is going on or wrong, to standard error.
pub fn warn(line: &str) {
    let _closed = writeln!(std::io::stderr().lock(), "{line}");
}
