//! SELECT, READ BINARY, UPDATE BINARY, CREATE FILE and DELETE FILE.

use super::Card;
use crate::apdu::{Answer, Command, Status};
use crate::files::{APPLICATION, Content, File, ROOT, asked_for};
use crate::pkcs15;

/// A directory of PKCS#15 that is being rewritten from its first byte. It replaces the old one when
/// its last byte has come: a card that is pulled in between has the old directory, whole.
pub struct Rewriting {
    id: u16,
    bytes: Vec<u8>,
}

impl Card {
    /// SELECT: by number, by path from the root, or by the application's name.
    pub(super) fn select(&mut self, command: &Command<'_>) -> Answer {
        let (folder, file) = match (command.p1, command.data) {
            (0x04, name) if pkcs15::is_application(name) => (APPLICATION, None),
            (0x04, _) => return Err(Status::NO_FILE),
            (0x00, []) => (ROOT, None),
            (0x00, [high, low]) => self.found(u16::from_be_bytes([*high, *low]))?,
            (0x08, path) => self.followed(path)?,
            _ => return Err(Status::WRONG_PARAMETERS),
        };
        self.session.folder = folder;
        self.session.file = file;
        self.session.rewriting = None;
        let described = self.described(folder, file);
        Ok(if command.p2 & 0x0C == 0x0C {
            Vec::new()
        } else {
            described
        })
    }

    fn described(&self, folder: u16, file: Option<u16>) -> Vec<u8> {
        let found = match file {
            Some(id) => self.image.files.get(folder, id),
            None => self.image.files.get(ROOT, folder),
        };
        found.map(File::described).unwrap_or_default()
    }

    /// A number names a folder, or a file of the folder that is open.
    fn found(&self, id: u16) -> Result<(u16, Option<u16>), Status> {
        if id == ROOT || id == APPLICATION {
            return Ok((id, None));
        }
        let here = self.image.files.get(self.session.folder, id);
        here.map(|file| (file.folder, Some(id)))
            .ok_or(Status::NO_FILE)
    }

    fn followed(&self, path: &[u8]) -> Result<(u16, Option<u16>), Status> {
        let (steps, odd) = path.as_chunks::<2>();
        if !odd.is_empty() {
            return Err(Status::WRONG_LENGTH);
        }
        let (folder, id) = match *steps {
            [] => return Ok((ROOT, None)),
            [only] => (ROOT, u16::from_be_bytes(only)),
            [first, second] => (u16::from_be_bytes(first), u16::from_be_bytes(second)),
            _ => return Err(Status::NO_FILE),
        };
        if (folder, id) == (ROOT, APPLICATION) {
            return Ok((APPLICATION, None));
        }
        let found = self.image.files.get(folder, id).ok_or(Status::NO_FILE)?;
        Ok((folder, Some(found.id)))
    }

    /// READ BINARY: every file of bytes may be read without a code.
    pub(super) fn read_binary(&self, command: &Command<'_>) -> Answer {
        let bytes = self.current_bytes()?;
        let start = usize::from(command.parameters());
        let rest = bytes.get(start..).ok_or(Status::OUTSIDE)?;
        let wanted = command.wanted.unwrap_or(256);
        Ok(rest.iter().take(wanted).copied().collect())
    }

    /// The bytes of the selected file as a host reads them. Whether a code has been chosen is told
    /// by the card itself, in the directory of codes.
    fn current_bytes(&self) -> Result<Vec<u8>, Status> {
        let id = self.session.file.ok_or(Status::NO_FILE_SELECTED)?;
        if (self.session.folder, id) == (APPLICATION, pkcs15::CODES) {
            return Ok(pkcs15::code_directory(&self.image));
        }
        let file = self.image.files.get(self.session.folder, id);
        match file.map(|file| &file.content) {
            Some(Content::Bytes(bytes)) => Ok(bytes.0.clone()),
            Some(_) => Err(Status::NOT_ALLOWED_YET),
            None => Err(Status::NO_FILE_SELECTED),
        }
    }

    /// UPDATE BINARY: with either code.
    pub(super) fn update_binary(&mut self, command: &Command<'_>) -> Answer {
        self.some_code_proved()?;
        let id = self.session.file.ok_or(Status::NO_FILE_SELECTED)?;
        if pkcs15::is_fixed(self.session.folder, id) {
            return Err(Status::NOT_ALLOWED_YET);
        }
        let mut bytes = match self.session.rewriting.take() {
            Some(begun) if begun.id == id && command.parameters() != 0 => begun.bytes,
            _ => self.current_bytes()?,
        };
        let start = usize::from(command.parameters());
        let end = start + command.data.len();
        bytes
            .get_mut(start..end)
            .ok_or(Status::OUTSIDE)?
            .copy_from_slice(command.data);
        if pkcs15::is_directory(id) && end < bytes.len() {
            self.session.rewriting = Some(Rewriting { id, bytes });
            return Ok(Vec::new());
        }
        self.replace(id, bytes)
    }

    fn replace(&mut self, id: u16, bytes: Vec<u8>) -> Answer {
        let file = self.image.files.get_mut(self.session.folder, id);
        let file = file.ok_or(Status::NO_FILE_SELECTED)?;
        file.content = Content::Bytes(crate::hex::Bytes(bytes));
        if pkcs15::is_directory(id) {
            self.image.forget_deleted();
        }
        self.changed();
        Ok(Vec::new())
    }

    /// CREATE FILE, in the application's folder only. The new file is selected.
    pub(super) fn create_file(&mut self, command: &Command<'_>) -> Answer {
        self.some_code_proved()?;
        if self.session.folder != APPLICATION {
            return Err(Status::NOT_ALLOWED_YET);
        }
        let file = asked_for(APPLICATION, command.data)?;
        if file.room() > self.free() {
            return Err(Status::FULL);
        }
        let id = file.id;
        self.image.files.add(file)?;
        self.session.file = Some(id);
        self.changed();
        Ok(Vec::new())
    }

    /// DELETE FILE: the selected file; a key needs the code it belongs to.
    pub(super) fn delete_file(&mut self) -> Answer {
        let id = self.session.file.ok_or(Status::NO_FILE_SELECTED)?;
        let folder = self.session.folder;
        let file = self.image.files.get(folder, id).ok_or(Status::NO_FILE)?;
        match file.content {
            Content::Key(..) => self.code_proved(file.code_for_key())?,
            _ => self.some_code_proved()?,
        }
        if folder != APPLICATION || pkcs15::is_own(id) {
            return Err(Status::NOT_ALLOWED_YET);
        }
        let deleted = self.image.files.remove(folder, id)?;
        self.image.deleted.push(deleted);
        self.image.forget_deleted();
        self.session.file = None;
        self.changed();
        Ok(Vec::new())
    }
}
