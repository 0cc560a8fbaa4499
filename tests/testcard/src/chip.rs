//! A chip of the demonstration's factory as a card for a virtual reader: its number, how its codes
//! work, its keys and its certificates.

use crate::card::Card;
use crate::keys::KeyKind;
use crate::personalise::{Family, Letter, Order, PersonaliseError, Purpose, personalise};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::path::Path;

/// Why no card can be made of a chip.
#[derive(Debug, thiserror::Error)]
pub enum ChipError {
    /// The file cannot be read.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// The file is not a chip of the demonstration's factory.
    #[error("this is not a chip of the demonstration's factory")]
    NotAChip,
    /// The card cannot be made.
    #[error(transparent)]
    Card(#[from] PersonaliseError),
}

/// The file `chips/<number>.json` of the factory.
#[derive(Deserialize)]
struct Chip {
    number: String,
    product_number: Option<String>,
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    usage: String,
    pkcs8: String,
    certificate: Option<String>,
}

/// A card with everything that is on the chip. A card of 7xx has no PIN until its holder chooses
/// them: `has_chosen` says that this has happened, with the codes of the letter.
///
/// # Errors
/// [`ChipError`].
pub fn card_of_chip(file: &Path, codes: &Letter, has_chosen: bool) -> Result<Card, ChipError> {
    let text = std::fs::read(file)?;
    let chip: Chip = serde_json::from_slice(&text).map_err(|_| ChipError::NotAChip)?;
    let family = family(chip.product_number.as_deref());
    let mut card = personalise(&Order::new(family, &chip.number, codes.clone()))?;
    for (number, key) in (1_u8..).zip(&chip.keys) {
        place(&mut card, number, key)?;
    }
    if has_chosen && family == Family::Seven {
        card.choose_codes(&codes.pin1, &codes.pin2)?;
    }
    Ok(card)
}

/// The product number says how a card is opened (source text S3).
fn family(product: Option<&str>) -> Family {
    match product {
        Some(number) if number.starts_with('7') => Family::Seven,
        _ => Family::Letter,
    }
}

fn place(card: &mut Card, number: u8, key: &Key) -> Result<(), ChipError> {
    let purpose = match key.usage.as_str() {
        "authentication" => Purpose::Authentication,
        "signature" => Purpose::Signature,
        _ => return Err(ChipError::NotAChip),
    };
    let read = |text: &str| STANDARD.decode(text).map_err(|_| ChipError::NotAChip);
    let id = [number];
    card.import_key((purpose, KeyKind::P256), &id, &read(&key.pkcs8)?)?;
    if let Some(certificate) = &key.certificate {
        card.add_certificate(purpose, &id, &read(certificate)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};

    fn codes() -> Letter {
        Letter {
            pin1: "147258".to_owned(),
            pin2: "258369".to_owned(),
            puk: "36925814".to_owned(),
        }
    }

    fn chip(product: &str) -> String {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let pkcs8 = STANDARD.encode(pair.to_pkcs8v1().unwrap().as_ref());
        let key = format!(
            r#"{{"profile":"hsa_id","usage":"authentication","pkcs8":"{pkcs8}","certificate":null}}"#
        );
        format!(r#"{{"number":"975200000001","product_number":{product},"keys":[{key},{key}]}}"#)
    }

    fn made(name: &str, text: &str, has_chosen: bool) -> Result<Card, ChipError> {
        let file = std::env::temp_dir().join(format!("chip-{name}-{}", std::process::id()));
        std::fs::write(&file, text).unwrap();
        let card = card_of_chip(&file, &codes(), has_chosen);
        std::fs::remove_file(&file).unwrap();
        card
    }

    #[test]
    fn a_chip_becomes_a_card_of_its_product_with_its_keys() {
        let seven = made("seven", &chip("\"731\""), false).unwrap();
        assert_eq!(
            (seven.card_number(), seven.family()),
            ("975200000001", Family::Seven)
        );
        assert!(!seven.image().pin1.is_set(), "nobody has chosen a PIN yet");
        assert!(seven.public_key(Purpose::Authentication).is_ok());
        assert!(seven.public_key(Purpose::Signature).is_err());
        let chosen = made("chosen", &chip("\"731\""), true).unwrap();
        assert!(chosen.image().pin1.is_set() && chosen.image().pin2.is_set());
        let older = made("older", &chip("\"512\""), false).unwrap();
        assert_eq!(older.family(), Family::Letter);
        assert!(older.image().pin1.is_set(), "its codes come in a letter");
    }

    #[test]
    fn what_is_no_chip_is_no_card() {
        for (name, text) in [
            ("empty", String::new()),
            (
                "usage",
                chip("null").replace("authentication", "encryption"),
            ),
            (
                "key",
                chip("null").replace("\"pkcs8\":\"", "\"pkcs8\":\"AAAA"),
            ),
        ] {
            assert!(made(name, &text, false).is_err(), "{name}");
        }
    }
}
