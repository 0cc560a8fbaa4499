//! The card's file system: two folders, files of bytes, files that hold a key.

use crate::apdu::Status;
use crate::hex::Bytes;
use crate::keys::{KeyKind, PrivateKey};
use serde::{Deserialize, Serialize};

/// The number of the root folder.
pub const ROOT: u16 = 0x3F00;
/// The number of the folder that holds everything of PKCS#15.
pub const APPLICATION: u16 = 0x5015;

/// What every file costs beside what it holds, in bytes.
const OVERHEAD: usize = 16;

/// What a file holds.
#[derive(Clone, Serialize, Deserialize)]
pub enum Content {
    /// Other files.
    Folder,
    /// Bytes, as many as were asked for when it was created.
    Bytes(Bytes),
    /// Room for a key of a kind, or the key.
    Key(KeyKind, Option<PrivateKey>),
}

/// A file.
#[derive(Clone, Serialize, Deserialize)]
pub struct File {
    /// The folder it lies in.
    pub folder: u16,
    /// Its number, unique in the folder.
    pub id: u16,
    /// What each kind of access needs, as the maker of the file wrote it: two half bytes for use and
    /// change, two for deletion and key generation; 0 nothing, 1–2 that code, F never.
    pub rights: [u8; 3],
    /// What it holds.
    pub content: Content,
}

impl File {
    /// The code that using a key, or making one in this file, needs.
    #[must_use]
    pub fn code_for_key(&self) -> u8 {
        let [use_and_change, _, _] = self.rights;
        use_and_change >> 4
    }

    /// What it takes of the memory, in bytes.
    #[must_use]
    pub fn room(&self) -> usize {
        OVERHEAD
            + match &self.content {
                Content::Folder => 0,
                Content::Bytes(bytes) => bytes.0.len(),
                Content::Key(kind, _) => kind.room(),
            }
    }

    /// The description that SELECT answers with (ISO/IEC 7816-4, file control information).
    #[must_use]
    pub fn described(&self) -> Vec<u8> {
        let (size_tag, size, kind) = match &self.content {
            Content::Folder => (0x81, 0, 0x38),
            Content::Bytes(bytes) => (0x80, u16::try_from(bytes.0.len()).unwrap_or(u16::MAX), 0x01),
            Content::Key(kind, _) => (0x81, kind.bits(), kind.byte()),
        };
        let [size_high, size_low] = size.to_be_bytes();
        let [id_high, id_low] = self.id.to_be_bytes();
        let [first, second, third] = self.shown_rights();
        let mut told = vec![0x6F, 0x17, size_tag, 2, size_high, size_low, 0x82, 1, kind];
        told.extend([0x83, 2, id_high, id_low, 0x86, 3, first, second, third]);
        told.extend([0x85, 2, 0, 0, 0x8A, 1, 0x07]);
        told
    }

    /// What the description says about rights. Files of bytes may be changed with either code,
    /// which the half bytes cannot say; they say nothing is needed, so that a host does not ask for
    /// a code by number, and the card judges by itself.
    fn shown_rights(&self) -> [u8; 3] {
        match self.content {
            Content::Key(..) => self.rights,
            Content::Folder | Content::Bytes(_) => [0, 0, 0xFF],
        }
    }
}

/// All files of a card.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Files(Vec<File>);

impl Files {
    /// The file with this number in this folder.
    #[must_use]
    pub fn get(&self, folder: u16, id: u16) -> Option<&File> {
        self.0
            .iter()
            .find(|file| file.folder == folder && file.id == id)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, folder: u16, id: u16) -> Option<&mut File> {
        self.0
            .iter_mut()
            .find(|file| file.folder == folder && file.id == id)
    }

    /// The numbers of the files in a folder, in the order of their making.
    pub fn in_folder(&self, folder: u16) -> impl Iterator<Item = u16> + '_ {
        self.0
            .iter()
            .filter(move |file| file.folder == folder)
            .map(|file| file.id)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// `EXISTS` when the folder has one with this number.
    pub fn add(&mut self, file: File) -> Result<(), Status> {
        if self.get(file.folder, file.id).is_some() {
            return Err(Status::EXISTS);
        }
        self.0.push(file);
        Ok(())
    }

    /// Removes a file and hands it out.
    ///
    /// # Errors
    /// `NO_FILE` when there is none.
    pub fn remove(&mut self, folder: u16, id: u16) -> Result<File, Status> {
        let place = self
            .0
            .iter()
            .position(|file| file.folder == folder && file.id == id)
            .ok_or(Status::NO_FILE)?;
        Ok(self.0.remove(place))
    }

    /// What all files take, in bytes.
    #[must_use]
    pub fn room(&self) -> usize {
        self.0.iter().map(File::room).sum()
    }
}

/// Reads what CREATE FILE says about the new file (ISO/IEC 7816-4, file control parameters).
///
/// # Errors
/// `WRONG_DATA` when it cannot be read, `NOT_SUPPORTED` for a kind of file the card does not make.
pub fn asked_for(folder: u16, parameters: &[u8]) -> Result<File, Status> {
    let [0x62, _, list @ ..] = parameters else {
        return Err(Status::WRONG_DATA);
    };
    let size = number(list, 0x80).or_else(|| number(list, 0x81));
    let (Some(id), Some(size), Some([kind])) = (number(list, 0x83), size, field(list, 0x82)) else {
        return Err(Status::WRONG_DATA);
    };
    let rights = field(list, 0x86)
        .and_then(|rights| rights.try_into().ok())
        .ok_or(Status::WRONG_DATA)?;
    let content = match *kind {
        0x01 => Content::Bytes(Bytes(vec![0; usize::from(size)])),
        kind => Content::Key(KeyKind::of(kind, size).ok_or(Status::NOT_SUPPORTED)?, None),
    };
    Ok(File {
        folder,
        id,
        rights,
        content,
    })
}

/// The value with this tag in a list of tag, length (one byte) and value.
pub fn field(list: &[u8], tag: u8) -> Option<&[u8]> {
    let [found, length, rest @ ..] = list else {
        return None;
    };
    let (value, rest) = rest.split_at_checked(usize::from(*length))?;
    if *found == tag {
        Some(value)
    } else {
        field(rest, tag)
    }
}

fn number(list: &[u8], tag: u8) -> Option<u16> {
    let value: [u8; 2] = field(list, tag)?.try_into().ok()?;
    Some(u16::from_be_bytes(value))
}
