//! `kortklient` with a virtual card behind the real PC/SC daemon, the real driver of virtual readers
//! and the real OpenSC. Without those programs these tests fail; nothing is skipped.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected shall stop"
)]

mod bench;
mod codes;
mod diagnosis;
mod driver;
#[path = "../office/mod.rs"]
mod office;
mod pulled;
mod several;
mod sweep;
mod tasks;
mod tls;

// The office in memory names them as if it were a part of the program.
use cards_card_client::{der, proof, task};
