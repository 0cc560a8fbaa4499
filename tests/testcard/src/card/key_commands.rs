//! MANAGE SECURITY ENVIRONMENT, COMPUTE DIGITAL SIGNATURE and GENERATE ASYMMETRIC KEY PAIR.

use super::Card;
use crate::apdu::{Answer, Command, Status};
use crate::files::{APPLICATION, Content, field};
use crate::keys::PrivateKey;

impl Card {
    /// MANAGE SECURITY ENVIRONMENT, SET for a signature or for a whole block: names the key's file.
    pub(super) fn set_environment(&mut self, command: &Command<'_>) -> Answer {
        if !matches!((command.p1, command.p2), (0x41, 0xB6 | 0xB8)) {
            return Err(Status::NOT_SUPPORTED);
        }
        self.session.half.clear();
        let named = field(command.data, 0x81).and_then(|id| id.try_into().ok());
        let id = u16::from_be_bytes(named.ok_or(Status::WRONG_DATA)?);
        let file = self.image.files.get(APPLICATION, id);
        match file.map(|file| &file.content) {
            Some(Content::Key(_, Some(_))) => {
                self.session.signing_key = Some(id);
                Ok(Vec::new())
            }
            _ => Err(Status::NO_REFERENCE),
        }
    }

    /// PERFORM SECURITY OPERATION: COMPUTE DIGITAL SIGNATURE, or DECIPHER of a block that a host
    /// has padded for a signature, in two halves. Hosts sign that way with RSA of 2048 bits, whose
    /// block is one byte too long for a short command.
    pub(super) fn security_operation(&mut self, command: &Command<'_>) -> Answer {
        match (command.p1, command.p2, command.data) {
            (0x9E, 0x9A, prepared) => self.signing_key()?.sign_prepared(prepared),
            (0x80, 0x86, [0x81, half @ ..]) => {
                self.session.half = half.to_vec();
                Ok(Vec::new())
            }
            (0x80, 0x86, [0x82, half @ ..]) => {
                let mut block = std::mem::take(&mut self.session.half);
                block.extend(half);
                let prepared = unpadded(&block).ok_or(Status::WRONG_DATA)?;
                self.signing_key()?.sign_prepared(prepared)
            }
            _ => Err(Status::NOT_SUPPORTED),
        }
    }

    /// The key that was named, once its code is proved.
    fn signing_key(&self) -> Result<&PrivateKey, Status> {
        let id = self.session.signing_key.ok_or(Status::CONDITIONS)?;
        let file = self.image.files.get(APPLICATION, id);
        let file = file.ok_or(Status::NO_REFERENCE)?;
        self.code_proved(file.code_for_key())?;
        match &file.content {
            Content::Key(_, Some(key)) => Ok(key),
            _ => Err(Status::NO_REFERENCE),
        }
    }

    /// GENERATE ASYMMETRIC KEY PAIR into the selected, empty key file. A key is never replaced.
    pub(super) fn generate(&mut self, command: &Command<'_>) -> Answer {
        if (command.p1, command.p2) != (0, 0) {
            return Err(Status::WRONG_PARAMETERS);
        }
        let id = self.session.file.ok_or(Status::NO_FILE_SELECTED)?;
        let file = self
            .image
            .files
            .get(self.session.folder, id)
            .ok_or(Status::NO_FILE)?;
        self.code_proved(file.code_for_key())?;
        let kind = match &file.content {
            Content::Key(kind, None) => *kind,
            _ => return Err(Status::CONDITIONS),
        };
        let made = PrivateKey::generate(kind)?;
        if let Some(file) = self.image.files.get_mut(self.session.folder, id) {
            file.content = Content::Key(kind, Some(made));
        }
        self.changed();
        Ok(Vec::new())
    }
}

/// What stands in a block padded for a signature (RFC 8017, EMSA-PKCS1-v1_5). Nothing else is ever
/// given to a key as it is.
fn unpadded(block: &[u8]) -> Option<&[u8]> {
    let padded = block.strip_prefix(&[0, 1])?;
    let end = padded.iter().position(|byte| *byte != 0xFF)?;
    if end < 8 {
        return None;
    }
    padded.get(end..)?.strip_prefix(&[0])
}
