//! `kortklient` with a virtual card behind the real PC/SC daemon, the real driver of virtual readers
//! and the real OpenSC. Without those programs these tests fail; nothing is skipped.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that meets the unexpected shall stop"
)]

mod bench;
mod codes;
mod diagnosis;
mod pulled;
mod several;
