//! The entries that the card's maker writes for a key and its certificate.

use super::der::{SEQUENCE, bits, integer, octets, of, text, value};
use super::path;
use crate::keys::KeyKind;

/// What a key is for, and so which code it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// *Legitimering*: digitalSignature, PIN1.
    Authentication,
    /// *Underskrift*: nonRepudiation, PIN2.
    Signature,
}

impl Purpose {
    /// The reference of the code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Authentication => 1,
            Self::Signature => 2,
        }
    }

    /// The label of the key.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Authentication => "Legitimering",
            Self::Signature => "Underskrift",
        }
    }

    /// Bits of KeyUsageFlags: sign is 2, nonRepudiation 9.
    fn usage(self) -> &'static [usize] {
        match self {
            Self::Authentication => &[2],
            Self::Signature => &[2, 9],
        }
    }
}

/// A key, as its two entries and its certificate's name it.
pub struct Named<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The identifier that key and certificate share (CKA_ID).
    pub id: &'a [u8],
    /// Its kind.
    pub kind: KeyKind,
}

impl Named<'_> {
    /// The entry for the private key in the file with this number.
    #[must_use]
    pub fn private_entry(&self, file: u16) -> Vec<u8> {
        let [_, reference] = file.to_be_bytes();
        let common = of(
            SEQUENCE,
            &[
                &text(self.purpose.label()),
                &bits(&[0, 1]),
                &octets(&[self.purpose.code()]),
            ],
        );
        // Access flags: sensitive, always sensitive, never extractable, made on the card.
        let class = of(
            SEQUENCE,
            &[
                &octets(self.id),
                &bits(self.purpose.usage()),
                &bits(&[0, 2, 3, 4]),
                &integer(u16::from(reference)),
            ],
        );
        self.entry(&common, &class, &path(file))
    }

    /// The entry for the public key in the file with this number.
    #[must_use]
    pub fn public_entry(&self, file: u16) -> Vec<u8> {
        let common = of(SEQUENCE, &[&text(self.purpose.label()), &bits(&[1])]);
        // KeyUsageFlags: verify is 6.
        let class = of(SEQUENCE, &[&octets(self.id), &bits(&[6])]);
        self.entry(&common, &class, &path(file))
    }

    fn entry(&self, common: &[u8], class: &[u8], place: &[u8]) -> Vec<u8> {
        let size = integer(self.kind.bits());
        let (tag, attributes) = match self.kind {
            KeyKind::P256 => (0xA0, of(SEQUENCE, &[place, &size])),
            KeyKind::Rsa2048 => (SEQUENCE, of(SEQUENCE, &[place, &size])),
        };
        of(tag, &[common, class, &value(0xA1, &attributes)])
    }

    /// The entry for a certificate in the file with this number.
    #[must_use]
    pub fn certificate_entry(&self, file: u16) -> Vec<u8> {
        let common = of(SEQUENCE, &[&text(self.purpose.label()), &bits(&[1])]);
        let class = of(SEQUENCE, &[&octets(self.id)]);
        let attributes = of(SEQUENCE, &[&path(file)]);
        of(SEQUENCE, &[&common, &class, &value(0xA1, &attributes)])
    }
}
