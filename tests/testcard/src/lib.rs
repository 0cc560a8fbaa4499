//! A smart card in software, for tests and demonstrations: real command-level behaviour behind the
//! machine's own PC/SC daemon and OpenSC. It holds keys, codes with retry counters and a PKCS#15
//! file system; its whole state is one file, so it can be pulled at any command and handed on.
//!
//! Everything here is marked TEST or DEV. No card made by this package can be taken for a real one.

mod apdu;
mod card;
mod chip;
mod codes;
mod daemon;
mod faults;
mod files;
mod hex;
mod image;
mod keys;
mod office;
mod personalise;
mod pkcs15;
mod readers;
mod stay;
mod tidy;
mod wire;

pub use apdu::Status;
pub use card::Card;
pub use chip::{ChipError, card_of_chip};
pub use faults::{Exchange, Faults, Pull};
pub use image::{CardFile, ImageError};
pub use keys::{KeyError, KeyKind};
pub use office::{MasterKey, response};
pub use personalise::{Family, Letter, Order, PersonaliseError, Purpose, personalise};
pub use readers::{ReaderError, Readers};
pub use stay::{StayError, stay};
pub use wire::{Inserted, insert};
