//! A file that lies in the database, read as if it lay on a disk.

use std::io::{Error, Read, Result as IoResult, Seek, SeekFrom};

use cards_store::Link;
use cards_store::directory::{UPLOAD_PART, Upload};
use uuid::Uuid;

use super::bytes;

/// A kept file as something to read and rewind: one piece of it is in memory at a time.
pub struct UploadedFile {
    link: Link,
    id: Uuid,
    size: u64,
    at: u64,
    piece: Option<(u64, Vec<u8>)>,
}

impl UploadedFile {
    pub(super) fn new(link: Link, upload: &Upload) -> Self {
        Self {
            link,
            id: upload.id,
            size: upload.size,
            at: 0,
            piece: None,
        }
    }

    fn piece(&mut self, place: u64) -> IoResult<&[u8]> {
        let is_there = matches!(&self.piece, Some((there, _)) if *there == place);
        if !is_there {
            let number = i64::try_from(place).map_err(Error::other)?;
            let content = self.link.upload_part(self.id, number);
            let content = content.map_err(|_| Error::other("the kept file cannot be read"))?;
            self.piece = Some((place, content.unwrap_or_default()));
        }
        Ok(self.piece.as_ref().map_or(&[], |(_, content)| content))
    }
}

impl Read for UploadedFile {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        if self.at >= self.size {
            return Ok(0);
        }
        let part = bytes(UPLOAD_PART);
        let (place, within) = (self.at / part, self.at % part);
        let within = usize::try_from(within).map_err(Error::other)?;
        let rest = self.piece(place)?.get(within..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) else {
            return Ok(0);
        };
        to.copy_from_slice(from);
        if length == 0 {
            return Err(Error::other("a piece of the kept file is missing"));
        }
        self.at += bytes(length);
        Ok(length)
    }
}

impl Seek for UploadedFile {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| Error::other("before the beginning"))?;
        Ok(self.at)
    }
}
