//! The card manufacturer: two folders with signed files between us and them.
//!
//! A batch goes out as `batch-<id>.json` (a list of [`cards_app::ports::CardJob`]), a report comes
//! in as `report-<number>-<id>.json` (one [`cards_app::ports::ManufacturerReport`]), and a
//! certificate to be written to a card goes out as `certificate-<errand>.json` (one
//! [`cards_app::ports::CardCertificate`]). Beside each
//! lies a `.manifest`: a compact JWS (ES256) over the file's name, its SHA-256, the number of items
//! and the time. The manifest is written last, so a file without one does not exist yet.

mod chip;
mod exchange;
mod factory;
mod keys;
mod letters;
mod signed;
mod simulator;
#[cfg(test)]
mod tests;

pub use exchange::{FileExchange, Folders};
pub use keys::{KeyError, OwnKey, PublicKey};
pub use letters::{Letter, LetterFate};
pub use simulator::{Pace, Simulator, SimulatorError, SimulatorParts, Switches};
