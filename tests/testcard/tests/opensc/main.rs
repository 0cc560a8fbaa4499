//! The card behind the real PC/SC daemon, the real driver of virtual readers and the real OpenSC.
//! Without those programs these tests fail; nothing is skipped.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that meets the unexpected shall stop"
)]

mod bench;
mod everyday;
mod pulled;
