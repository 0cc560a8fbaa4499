//! A reader that stays while somebody works at a demonstration: a file says which card is in it.

use crate::card::Card;
use crate::faults::Faults;
use crate::image::{CardFile, ImageError};
use crate::readers::{ReaderError, Readers};
use crate::wire::Inserted;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often the file is looked at.
const BETWEEN: Duration = Duration::from_millis(100);

/// Why there is no reader any more.
#[derive(Debug, thiserror::Error)]
pub enum StayError {
    /// No readers.
    #[error(transparent)]
    Reader(#[from] ReaderError),
    /// A file in the folder.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// What is in the reader, and because of which wish.
#[derive(Default)]
struct Slot {
    wish: Option<PathBuf>,
    card: Option<Inserted>,
}

/// Serves a reader until `is_over` says so. In the folder, `wanted` holds the path of the file of the
/// card that is to be in the reader, or nothing; `environment` is written for shells that are to see
/// this reader, and `state` says what is in it, or why it is not.
///
/// # Errors
/// There are no readers, or the folder cannot be written.
pub fn stay(folder: &Path, is_over: &dyn Fn() -> bool) -> Result<(), StayError> {
    let mut readers = Readers::start(1)?;
    let exports: Vec<String> = readers
        .environment()
        .iter()
        .map(|(name, value)| format!("export {name}='{}'\n", value.display()))
        .collect();
    replace(&folder.join("environment"), &exports.concat())?;
    replace(&folder.join("state"), "empty")?;
    let mut slot = Slot::default();
    while !is_over() {
        let wish = wish(&folder.join("wanted"));
        if wish != slot.wish {
            slot.card = None;
            readers.settle()?;
            let state = slot.fill(&mut readers, wish);
            replace(&folder.join("state"), &state)?;
        }
        pause();
    }
    Ok(())
}

impl Slot {
    /// Puts in what is wished for. Gives what is in the reader then.
    fn fill(&mut self, readers: &mut Readers, wish: Option<PathBuf>) -> String {
        self.wish.clone_from(&wish);
        let Some(path) = wish else {
            return "empty".to_owned();
        };
        let opened = CardFile::take(&path).and_then(Card::open);
        let card = match opened {
            Ok(card) => card,
            Err(error) => return failed(&error),
        };
        let number = card.card_number().to_owned();
        match readers.insert(0, card, Faults::default()) {
            Ok(inserted) => {
                self.card = Some(inserted);
                format!("in {number}")
            }
            Err(error) => format!("failed: {error}"),
        }
    }
}

fn failed(error: &ImageError) -> String {
    format!("failed: {error}")
}

/// What the file asks for. No file asks for nothing.
fn wish(file: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(file).ok()?;
    let path = text.trim();
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// Whoever reads finds the old text or all of the new.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, path)
}

fn pause() {
    #[expect(
        clippy::disallowed_methods,
        reason = "somebody at a keyboard writes the file, and nothing announces it"
    )]
    std::thread::sleep(BETWEEN);
}
