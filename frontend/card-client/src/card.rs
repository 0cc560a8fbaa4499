//! Readers, the cards in them, and what a card tells about itself.

use crate::code::CodeName;
use std::fmt;
use std::ops::RangeInclusive;

/// The number printed on a card, as its chip tells it. Shown and said by its last four digits.
#[derive(Clone, PartialEq, Eq)]
pub struct CardNumber(String);

impl CardNumber {
    /// The number as the chip tells it; an odd number of digits may be filled up with F.
    #[must_use]
    pub fn new(told: &str) -> Self {
        Self(told.trim().trim_end_matches(['F', 'f']).to_owned())
    }

    /// All digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// What is said to people.
    #[must_use]
    pub fn last_four(&self) -> &str {
        let start = self.0.len().saturating_sub(4);
        self.0.get(start..).unwrap_or_default()
    }

    /// Whether a longer number is that of the same card: PKCS#11 has room for sixteen characters,
    /// and OpenSC keeps the last ones.
    #[must_use]
    pub fn is_end_of(&self, whole: &Self) -> bool {
        !self.0.is_empty() && whole.0.ends_with(&self.0)
    }
}

impl fmt::Debug for CardNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "…{}", self.last_four())
    }
}

/// One card in one reader: what every act names, and refuses any other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The reader's name as PC/SC tells it.
    pub reader: String,
    /// What the card calls itself.
    pub label: String,
    /// Its number.
    pub number: CardNumber,
}

/// What is in a reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// Something that does not answer: a card the wrong way round, or a broken one.
    Mute,
    /// A card without the two codes of an e-tjänstekort.
    Unknown,
    /// A card of the kind that this program is for.
    Card(Card),
}

/// A reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reader {
    /// Its name as PC/SC tells it.
    pub name: String,
    /// What is in it.
    pub holds: Holds,
}

/// How a code is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeState {
    /// Nobody has chosen it yet.
    NotSet,
    /// It works; so many tries are left, where the card tells.
    Working(Option<u8>),
    /// Locked by wrong tries. Not the same as a revoked card.
    Locked,
    /// The card does not tell.
    Untold,
}

/// What opens a card whose PUK is locked (source text S3: product number on the back).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opening {
    /// 7xx: a visit at the office.
    Visit,
    /// 5xx, 6xx or no product number: nothing; the card must be replaced.
    Nothing,
    /// The chip does not tell.
    Untold,
}

/// What a card tells about its codes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardInfo {
    /// *Legitimeringskod*.
    pub pin1: CodeState,
    /// *Underskriftskod*.
    pub pin2: CodeState,
    /// *Upplåsningskod*.
    pub puk: CodeState,
    /// What opens it without a PUK.
    pub opening: Opening,
    /// How many digits a code may have.
    pub lengths: RangeInclusive<usize>,
}

impl CardInfo {
    /// The state of one code.
    #[must_use]
    pub fn state(&self, which: CodeName) -> CodeState {
        match which {
            CodeName::Pin1 => self.pin1,
            CodeName::Pin2 => self.pin2,
            CodeName::Puk => self.puk,
        }
    }
}

/// What a certificate is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Usage {
    /// *Legitimera*, with PIN1.
    Authentication,
    /// *Skriv under*, with PIN2.
    Signature,
}

impl Usage {
    /// The code that its key asks for.
    #[must_use]
    pub fn code(self) -> CodeName {
        match self {
            Self::Authentication => CodeName::Pin1,
            Self::Signature => CodeName::Pin2,
        }
    }
}

/// Whom a certificate names the holder as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Identity {
    /// HSA-id: *tjänstelegitimation*.
    Work,
    /// Personal number: *personlig e-legitimation*.
    Personal,
    /// Something else.
    Other,
}

/// A holder's certificate on the card. Its `Debug` leaves out what names the holder.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What it is for.
    pub usage: Usage,
    /// Whom it names the holder as.
    pub identity: Identity,
    /// First second it is valid, Unix time.
    pub not_before: i64,
    /// Last second it is valid, Unix time.
    pub not_after: i64,
    /// The last day it is valid, YYYY-MM-DD.
    pub last_day: String,
    /// The personal number in it, twelve digits, where it has one.
    pub personal_number: Option<String>,
    /// The identifier that it shares with its key (CKA_ID).
    pub id: Vec<u8>,
    /// The certificate itself, DER.
    pub der: Vec<u8>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Certificate({:?} to {})", self.usage, self.last_day)
    }
}

/// What a card holds under one identifier (CKA_ID) under PIN2.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    /// The identifier.
    pub id: Vec<u8>,
    /// Whether there is a private key.
    pub private: bool,
    /// The public key, a SubjectPublicKeyInfo (RFC 5280) in DER.
    pub public: Option<Vec<u8>>,
    /// The certificate, DER.
    pub certificate: Option<Vec<u8>>,
}

impl Pair {
    /// Its public key, when the private one is there too.
    #[must_use]
    pub fn whole(&self) -> Option<&[u8]> {
        self.public.as_deref().filter(|_| self.private)
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (public, certificate) = (self.public.is_some(), self.certificate.is_some());
        let (id, private) = (&self.id, self.private);
        write!(
            out,
            "Pair({id:02x?}: private {private}, public {public}, certificate {certificate})"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_shown_by_its_last_four_digits() {
        let number = CardNumber::new("975200000123");
        assert_eq!(format!("{number:?}"), "…0123");
        assert_eq!(CardNumber::new("12").last_four(), "12");
    }

    #[test]
    fn a_number_that_was_cut_or_filled_up_is_the_same_cards() {
        let whole = CardNumber::new("97520000000000000123");
        assert!(CardNumber::new("0000000000000123").is_end_of(&whole));
        assert!(CardNumber::new("975200123F").is_end_of(&CardNumber::new("975200123")));
        assert!(!CardNumber::new("0000000000000124").is_end_of(&whole));
        assert!(!CardNumber::new("").is_end_of(&whole));
    }
}
