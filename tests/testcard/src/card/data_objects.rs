//! GET DATA: what the card tells about itself without a code.

use super::Card;
use crate::apdu::{Answer, Command, Status};
use crate::codes::Which;
use crate::files::Content;
use crate::keys::KeyKind;
use crate::pkcs15;

/// Below this version OpenSC's driver does not offer elliptic curves.
const VERSION: [u8; 3] = [4, 0, 1];

impl Card {
    /// GET DATA, P1 = 01; P2 says which.
    pub(super) fn get_data(&self, command: &Command<'_>) -> Answer {
        let told = match command.parameters() {
            0x0101 => self.public_of_selected(KeyKind::Rsa2048)?,
            0x0186 => self.public_point()?,
            0x01A0 => self.about(),
            0x01A1 => self.file_numbers(),
            // Version 1; RSA and elliptic curves; the longest RSA, DES, AES and curve keys in bits.
            0x01AA => vec![1, 0, 0x09, 0x08, 0, 0, 0, 0, 0, 0x01, 0],
            0x01D0 => self.image.card_number.clone().into_bytes(),
            0x01D1 => u32::try_from(self.free())
                .unwrap_or(u32::MAX)
                .to_be_bytes()
                .to_vec(),
            0x01D2 => self.counters(),
            _ => return Err(Status::NO_REFERENCE),
        };
        Ok(told)
    }

    /// Twenty bytes: five that say nothing, the version, the serial number, the change counter.
    fn about(&self) -> Vec<u8> {
        let mut told = vec![0; 5];
        told.extend(VERSION);
        let mut serial = pkcs15::serial(&self.image.card_number);
        serial.resize(10, 0);
        told.extend(serial);
        told.extend(self.image.changes.to_be_bytes());
        told
    }

    fn file_numbers(&self) -> Vec<u8> {
        let numbers = self.image.files.in_folder(self.session.folder);
        numbers.flat_map(u16::to_be_bytes).collect()
    }

    /// For PIN1, PIN2, PUK and the office's key: tries left (FF: not set) and, for codes, of how many.
    fn counters(&self) -> Vec<u8> {
        let mut told = Vec::new();
        for which in [Which::Pin1, Which::Pin2, Which::Puk] {
            let code = self.image.code(which);
            let (left, most) = code.tries();
            told.extend([if code.is_set() { left } else { 0xFF }, most]);
        }
        told.push(
            self.image
                .office
                .as_ref()
                .map_or(0xFF, crate::office::OfficeKey::left),
        );
        told
    }

    fn public_of_selected(&self, kind: KeyKind) -> Answer {
        let id = self.session.file.ok_or(Status::NO_FILE_SELECTED)?;
        let file = self
            .image
            .files
            .get(self.session.folder, id)
            .ok_or(Status::NO_FILE)?;
        match &file.content {
            Content::Key(_, Some(key)) if key.kind() == kind => Ok(key.public()?),
            _ => Err(Status::NO_REFERENCE),
        }
    }

    fn public_point(&self) -> Answer {
        let point = self.public_of_selected(KeyKind::P256)?;
        Ok(pkcs15::der::value(0x86, &point))
    }
}
