//! Everything that outlives the power: the card's state as one file, replaced as a whole so that a
//! reader of it finds the state before a command or after it, never between.

use crate::codes::{Code, Which};
use crate::files::Files;
use crate::office::OfficeKey;
use crate::personalise::Family;
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Why a card's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a card of this version.
    #[error("{} is not a test card", .0.display())]
    NotACard(PathBuf),
    /// Another process has the card.
    #[error("{} is in another reader", .0.display())]
    InUse(PathBuf),
}

/// The state of a card. There is no `Debug`: it holds codes and keys.
#[derive(Clone, Serialize, Deserialize)]
pub struct Image {
    /// The number printed on the card, digits only.
    pub card_number: String,
    /// How the chip's codes and unlocking work.
    pub family: Family,
    /// The code for *legitimering*.
    pub pin1: Code,
    /// The code for *underskrift*.
    pub pin2: Code,
    /// The code that opens either.
    pub puk: Code,
    /// The office's key, on cards that an officer can open.
    pub office: Option<OfficeKey>,
    /// The memory for files, in bytes.
    pub capacity: usize,
    /// How many commands have changed a file.
    pub changes: u16,
    /// The files.
    pub files: Files,
    /// Files that were deleted while a directory still names them.
    #[serde(default)]
    pub deleted: Vec<crate::files::File>,
}

impl Image {
    /// One of the codes.
    #[must_use]
    pub fn code(&self, which: Which) -> &Code {
        match which {
            Which::Pin1 => &self.pin1,
            Which::Pin2 => &self.pin2,
            Which::Puk => &self.puk,
        }
    }

    /// The same, to change it.
    pub fn code_mut(&mut self, which: Which) -> &mut Code {
        match which {
            Which::Pin1 => &mut self.pin1,
            Which::Pin2 => &mut self.pin2,
            Which::Puk => &mut self.puk,
        }
    }

    /// What is left of the memory, in bytes.
    #[must_use]
    pub fn free(&self) -> usize {
        let deleted: usize = self.deleted.iter().map(crate::files::File::room).sum();
        self.capacity.saturating_sub(self.files.room() + deleted)
    }
}

/// Where a card's state is kept. While it lives, no other process can take the card.
pub struct CardFile {
    path: PathBuf,
    _alone: File,
}

impl CardFile {
    /// Takes a card's place on the disk, whether there is a card yet or not.
    ///
    /// # Errors
    /// When another process has it, or the folder cannot be written.
    pub fn take(path: &Path) -> Result<Self, ImageError> {
        let lock = beside(path, "lock");
        let alone = File::create(&lock).map_err(|source| failed(&lock, source))?;
        match alone.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _alone: alone,
            }),
            Err(TryLockError::WouldBlock) => Err(ImageError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed(&lock, source)),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn load(&self) -> Result<Image, ImageError> {
        let text = std::fs::read(&self.path).map_err(|source| failed(&self.path, source))?;
        serde_json::from_slice(&text).map_err(|_| ImageError::NotACard(self.path.clone()))
    }

    pub(crate) fn store(&self, image: &Image) -> Result<(), ImageError> {
        let text = serde_json::to_vec(image).map_err(|source| failed(&self.path, source.into()))?;
        let fresh = beside(&self.path, "new");
        written(&fresh, &text)
            .and_then(|()| std::fs::rename(&fresh, &self.path))
            .map_err(|source| failed(&self.path, source))
    }
}

/// Only the owner may read a card: its codes and keys stand in the file.
fn written(path: &Path, text: &[u8]) -> std::io::Result<()> {
    File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?
        .write_all(text)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn failed(path: &Path, source: std::io::Error) -> ImageError {
    ImageError::File {
        path: path.to_owned(),
        source,
    }
}
