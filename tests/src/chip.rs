//! The chip of a card that the simulated factory has made, as its file tells of it.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_domain::card::Card;
use cards_domain::certificate::{Profile, Usage};
use serde::Deserialize;

use crate::World;

/// A key on a chip with its certificate.
#[derive(Clone, Debug, Deserialize)]
pub struct ChipKey {
    /// Whom its certificate names the holder as.
    pub profile: Profile,
    /// What it is for.
    pub usage: Usage,
    pkcs8: String,
    certificate: Option<String>,
}

#[derive(Deserialize)]
struct ChipFile {
    keys: Vec<ChipKey>,
}

impl ChipKey {
    /// The certificate (DER).
    ///
    /// # Panics
    /// It has none.
    #[must_use]
    pub fn der(&self) -> Vec<u8> {
        STANDARD.decode(self.certificate.as_ref().unwrap()).unwrap()
    }

    /// Key and certificate, one after the other (PEM): how clients take them.
    ///
    /// # Panics
    /// It has no certificate.
    #[must_use]
    pub fn pem(&self) -> String {
        let certificate = self.certificate.as_ref().unwrap();
        pem("PRIVATE KEY", &self.pkcs8) + &pem("CERTIFICATE", certificate)
    }
}

fn pem(kind: &str, base64: &str) -> String {
    let characters: Vec<char> = base64.chars().collect();
    let lines: Vec<String> = characters.chunks(64).map(String::from_iter).collect();
    let text = lines.join("\n");
    format!("-----BEGIN {kind}-----\n{text}\n-----END {kind}-----\n")
}

impl World {
    /// The file of a card's chip.
    ///
    /// # Panics
    /// The card has no number.
    #[must_use]
    pub fn chip_file(&self, card: &Card) -> PathBuf {
        let number = card.number.as_ref().unwrap().as_str();
        self.folder().join(format!("demo/chips/{number}.json"))
    }

    /// The key of a card for log-in by the HSA-id.
    ///
    /// # Panics
    /// The card was made without keys.
    #[must_use]
    pub fn chip_key(&self, card: &Card) -> ChipKey {
        let text = std::fs::read(self.chip_file(card)).unwrap();
        let chip: ChipFile = serde_json::from_slice(&text).unwrap();
        let mut keys = chip.keys.into_iter();
        keys.find(|key| (key.profile, key.usage) == (Profile::HsaId, Usage::Authentication))
            .unwrap()
    }
}
