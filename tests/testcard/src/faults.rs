//! What can go wrong on purpose, and what was seen on the wire.

use crate::apdu::Status;
use std::time::Duration;

/// When a card is pulled out of its reader. Commands are counted from 1 at each insertion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pull {
    /// The command arrives and has no effect.
    Before(u32),
    /// The command takes effect, but its answer is lost.
    After(u32),
}

/// The faults of one insertion; by default none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Faults {
    /// The card is pulled.
    pub pull: Option<Pull>,
    /// Every command takes so much longer.
    pub slow: Duration,
    /// The card says it has no room left.
    pub full: bool,
}

/// One command and its answer, without what they carried: data may be codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// Class, instruction, P1 and P2.
    pub header: [u8; 4],
    /// How many bytes were sent in all.
    pub sent: usize,
    /// How the answer ended; absent when the card was pulled before it took effect.
    pub status: Option<Status>,
}
