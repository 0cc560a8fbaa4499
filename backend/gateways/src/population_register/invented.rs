//! Addresses that do not exist, for persons that do not exist.

use cards_app::ports::RegisterEntry;
use cards_domain::person::Protection;
use cards_domain::values::{PersonName, PersonNumber, PersonNumberKind, PostalAddress};
use sha2::{Digest, Sha256};

const STREETS: [&str; 12] = [
    "Alkärrsvägen",
    "Blåklocksgränd",
    "Dimstigen",
    "Fyrvaktarvägen",
    "Gråhägersgatan",
    "Humlegången",
    "Kvarnfallsvägen",
    "Lärkträdsvägen",
    "Myrtuvevägen",
    "Nordanvindsgatan",
    "Sälgstigen",
    "Tranbärsvägen",
];

/// Postcodes and towns of the demonstration's country.
const TOWNS: [(&str, &str); 4] = [
    ("99122", "Björkvallen"),
    ("99130", "Tallhöjden"),
    ("99140", "Strandängen"),
    ("99150", "Näckrosviken"),
];

/// Where letters to protected persons go: the tax agency forwards them and tells nobody where to.
pub(super) fn forwarding() -> Option<PostalAddress> {
    let co = Some("Skatteverket, förmedling");
    PostalAddress::new(co, "Box 980", "99199", "Björkvallen").ok()
}

/// A person with this name. The address follows from the number alone, so it is the same each
/// time; a coordination number has none, since its bearer is not registered as living in Sweden.
/// `None` for numbers that the Swedish register does not give.
pub(super) fn entry(number: &PersonNumber, name: PersonName) -> Option<RegisterEntry> {
    let address = match number.kind() {
        PersonNumberKind::Personnummer => address(number),
        PersonNumberKind::Samordningsnummer => None,
        PersonNumberKind::Reservnummer | PersonNumberKind::Passnummer => return None,
    };
    Some(RegisterEntry {
        calling_name: name.given().map(str::to_owned),
        name,
        address,
        protection: Protection::None,
        deceased_on: None,
        special_address: None,
    })
}

fn address(number: &PersonNumber) -> Option<PostalAddress> {
    let digest = Sha256::digest(number.as_str());
    let mut bytes = digest.iter().copied().map(usize::from);
    let (street, house, town) = (bytes.next()?, bytes.next()?, bytes.next()?);
    let street = STREETS.get(street % STREETS.len())?;
    let (postcode, city) = TOWNS.get(town % TOWNS.len())?;
    let line = format!("{street} {}", house % 60 + 1);
    PostalAddress::new(None, &line, postcode, city).ok()
}
