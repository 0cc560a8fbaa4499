//! The nightly run's own bookkeeping: which process runs which night, and where a run has stopped
//! for a second person. What a run does to cards goes through the ledger like everything else.

mod nights;
mod stops;

pub use nights::{NightCounts, NightRun};
pub use stops::{SafetyStop, StopOfRun, StopRelease};
