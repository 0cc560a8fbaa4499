//! What the manufacturer does: gives a card its number, codes, keys and certificates before anybody
//! holds it. The commands that a reader can send cannot do this.

use crate::card::Card;
use crate::codes::Code;
use crate::files::{APPLICATION, Content, File};
use crate::hex::Bytes;
use crate::image::{Image, ImageError};
use crate::keys::{KeyError, KeyKind, PrivateKey};
use crate::office::{MasterKey, OfficeKey};
use crate::pkcs15::der::{self, SEQUENCE, integer, of, value};
use crate::pkcs15::entries::Named;
pub use crate::pkcs15::entries::Purpose;
use crate::pkcs15::{self, CERTIFICATES, PRIVATE_KEYS, PUBLIC_KEYS};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Wrong tries that lock a PIN (source texts S0 and S3: three).
const PIN_TRIES: u8 = 3;
/// Wrong tries that lock the PUK for ever (public manual of older cards: more than ten).
const PUK_TRIES: u8 = 10;
/// The longest label of a card: with the label of a code it must fit PKCS#11's 32 bytes.
const LONGEST_LABEL: usize = 17;

/// How the codes of a card are chosen and what opens it (source text S3, table of unlocking).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Family {
    /// Product number 7xx: no PIN until the holder chooses them at activation; an officer can open
    /// it at a visit; there is a PUK, but the holder gets it only by ordering a letter.
    Seven,
    /// Product number 5xx, 6xx or none: PIN1, PIN2 and PUK come in a letter; only the PUK opens it.
    Letter,
    /// A reserve card: codes in its envelope; only the PUK opens it.
    Reserve,
}

/// The codes that a card is made with. Shown masked.
#[derive(Clone)]
pub struct Letter {
    /// The code for *legitimering*; a card of 7xx does not get it.
    pub pin1: String,
    /// The code for *underskrift*; a card of 7xx does not get it.
    pub pin2: String,
    /// The code that opens either.
    pub puk: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Letter(…)")
    }
}

/// A card to be made.
#[derive(Clone)]
pub struct Order {
    /// How its codes work.
    pub family: Family,
    /// The number printed on it, 9–20 digits.
    pub card_number: String,
    /// What it calls itself: begins with TEST or DEV, at most 17 bytes.
    pub label: String,
    /// Its codes.
    pub codes: Letter,
    /// Where the office's key of a 7xx card comes from.
    pub master: MasterKey,
    /// The memory for files, in bytes.
    pub capacity: usize,
}

impl Order {
    /// An order with a label and a memory like other cards'.
    #[must_use]
    pub fn new(family: Family, card_number: &str, codes: Letter) -> Self {
        Self {
            family,
            card_number: card_number.to_owned(),
            label: "TEST e-id kort".to_owned(),
            codes,
            master: MasterKey::demonstration(),
            capacity: 32 * 1024,
        }
    }
}

/// Why a card cannot be made, or not be given a key or a certificate.
#[derive(Debug, thiserror::Error)]
pub enum PersonaliseError {
    /// A card number that is none.
    #[error("a card number has 9 to 20 digits")]
    CardNumber,
    /// A label that could be taken for a real card's.
    #[error("the label must begin with TEST or DEV and have at most {LONGEST_LABEL} bytes")]
    Label,
    /// A code that the card would not take.
    #[error("a code has 6 to 8 digits")]
    Code,
    /// There is no room for it.
    #[error("the card's memory is full")]
    Full,
    /// There is no key for it.
    #[error("the card has no key for this")]
    NoKey,
    /// The key could not be made or used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The card's file could not be written.
    #[error(transparent)]
    Image(#[from] ImageError),
}

/// Makes a card, with nothing on it but its codes.
///
/// # Errors
/// What is wrong with the order.
pub fn personalise(order: &Order) -> Result<Card, PersonaliseError> {
    let number = &order.card_number;
    if !(9..=20).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PersonaliseError::CardNumber);
    }
    let marked = order.label.starts_with("TEST") || order.label.starts_with("DEV");
    if !marked || order.label.len() > LONGEST_LABEL {
        return Err(PersonaliseError::Label);
    }
    let pin = |value: &str| match order.family {
        Family::Seven => Some(Code::unset(PIN_TRIES)),
        Family::Letter | Family::Reserve => Code::set(value, PIN_TRIES),
    };
    let office = match order.family {
        Family::Seven => Some(OfficeKey::new(order.master.of_card(number))),
        Family::Letter | Family::Reserve => None,
    };
    Ok(Card::in_memory(Image {
        card_number: number.clone(),
        family: order.family,
        pin1: pin(&order.codes.pin1).ok_or(PersonaliseError::Code)?,
        pin2: pin(&order.codes.pin2).ok_or(PersonaliseError::Code)?,
        puk: Code::set(&order.codes.puk, PUK_TRIES).ok_or(PersonaliseError::Code)?,
        office,
        capacity: order.capacity,
        changes: 0,
        files: pkcs15::empty(number, &order.label),
        deleted: Vec::new(),
    }))
}

/// Where keys, public keys and certificates lie, counted from these numbers on.
const KEY_FILES: u16 = 0x4B01;
const PUBLIC_FILES: u16 = 0x5501;
const CERTIFICATE_FILES: u16 = 0x4301;

impl Card {
    /// Makes a key on the card, with the identifier that its certificate will share (CKA_ID).
    ///
    /// # Errors
    /// When there is no room, or the card's file cannot be written.
    pub fn add_key(
        &mut self,
        purpose: Purpose,
        kind: KeyKind,
        id: &[u8],
    ) -> Result<(), PersonaliseError> {
        self.place_key((purpose, id), PrivateKey::generate(kind)?)
    }

    /// Gives the card a key that was made elsewhere (PKCS#8, DER), as a factory does. Its entry says
    /// that it was made on the card: programs that ask do not use others.
    ///
    /// # Errors
    /// When it is not a key of this kind, there is no room, or the card's file cannot be written.
    pub fn import_key(
        &mut self,
        (purpose, kind): (Purpose, KeyKind),
        id: &[u8],
        pkcs8: &[u8],
    ) -> Result<(), PersonaliseError> {
        self.place_key((purpose, id), PrivateKey::import(kind, pkcs8)?)
    }

    fn place_key(
        &mut self,
        (purpose, id): (Purpose, &[u8]),
        key: PrivateKey,
    ) -> Result<(), PersonaliseError> {
        let kind = key.kind();
        let named = Named { purpose, id, kind };
        let public = key.public_info()?;
        let code = purpose.code();
        let both = code << 4 | code;
        let private = self.place(KEY_FILES, [both, both, 0xFF], Content::Key(kind, Some(key)))?;
        let shown = self.place(PUBLIC_FILES, [0, 0, 0xFF], Content::Bytes(Bytes(public)))?;
        self.list(PRIVATE_KEYS, &named.private_entry(private))?;
        self.list(PUBLIC_KEYS, &named.public_entry(shown))?;
        Ok(self.keep()?)
    }

    /// Gives the card the PINs that its holder has chosen at activation.
    ///
    /// # Errors
    /// When one is no code of this card, or the card's file cannot be written.
    pub fn choose_codes(&mut self, pin1: &str, pin2: &str) -> Result<(), PersonaliseError> {
        let chosen = |value| Code::set(value, PIN_TRIES).ok_or(PersonaliseError::Code);
        let (pin1, pin2) = (chosen(pin1)?, chosen(pin2)?);
        let image = self.image_mut();
        (image.pin1, image.pin2) = (pin1, pin2);
        Ok(self.keep()?)
    }

    /// The public key of the first key of this purpose, as a SubjectPublicKeyInfo in DER.
    ///
    /// # Errors
    /// When there is none.
    pub fn public_key(&self, purpose: Purpose) -> Result<Vec<u8>, PersonaliseError> {
        Ok(self.first_key(purpose)?.public_info()?)
    }

    /// A request for a certificate (RFC 2986, DER) for a subject given as a Name in DER.
    ///
    /// # Errors
    /// When there is no key of this purpose.
    pub fn request(&self, purpose: Purpose, subject: &[u8]) -> Result<Vec<u8>, PersonaliseError> {
        let key = self.first_key(purpose)?;
        let info = of(
            SEQUENCE,
            &[&integer(0), subject, &key.public_info()?, &value(0xA0, &[])],
        );
        let signature = der::bit_bytes(&key.sign(&info)?);
        let algorithm = der::signature_algorithm(key.kind() == KeyKind::P256);
        Ok(of(SEQUENCE, &[&info, &algorithm, &signature]))
    }

    /// Writes a certificate (DER) for the key with this identifier.
    ///
    /// # Errors
    /// When there is no room, or the card's file cannot be written.
    pub fn add_certificate(
        &mut self,
        purpose: Purpose,
        id: &[u8],
        certificate: &[u8],
    ) -> Result<(), PersonaliseError> {
        // The kind matters to keys only.
        let named = Named {
            purpose,
            id,
            kind: KeyKind::P256,
        };
        let content = Content::Bytes(Bytes(certificate.to_vec()));
        let file = self.place(CERTIFICATE_FILES, [0, 0, 0xFF], content)?;
        self.list(CERTIFICATES, &named.certificate_entry(file))?;
        Ok(self.keep()?)
    }

    fn first_key(&self, purpose: Purpose) -> Result<&PrivateKey, PersonaliseError> {
        let files = &self.image().files;
        let mut in_order = files
            .in_folder(APPLICATION)
            .filter_map(|id| files.get(APPLICATION, id));
        in_order
            .find_map(|file| match &file.content {
                Content::Key(_, Some(key)) if file.code_for_key() == purpose.code() => Some(key),
                _ => None,
            })
            .ok_or(PersonaliseError::NoKey)
    }

    fn place(
        &mut self,
        from: u16,
        rights: [u8; 3],
        content: Content,
    ) -> Result<u16, PersonaliseError> {
        let files = &self.image().files;
        let id = (from..=from | 0xFF)
            .find(|id| files.get(APPLICATION, *id).is_none())
            .ok_or(PersonaliseError::Full)?;
        let file = File {
            folder: APPLICATION,
            id,
            rights,
            content,
        };
        if file.room() > self.free() {
            return Err(PersonaliseError::Full);
        }
        let image = self.image_mut();
        image.files.add(file).map_err(|_| PersonaliseError::Full)?;
        image.changes = image.changes.wrapping_add(1);
        Ok(id)
    }

    fn list(&mut self, directory: u16, entry: &[u8]) -> Result<(), PersonaliseError> {
        let file = self.image_mut().files.get_mut(APPLICATION, directory);
        let Some(Content::Bytes(bytes)) = file.map(|file| &mut file.content) else {
            return Err(PersonaliseError::Full);
        };
        let end = pkcs15::end_of_entries(&bytes.0);
        let room = bytes.0.get_mut(end..end + entry.len());
        room.ok_or(PersonaliseError::Full)?.copy_from_slice(entry);
        Ok(())
    }
}
