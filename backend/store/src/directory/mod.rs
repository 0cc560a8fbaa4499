//! What the directory feed and the population register say: organisations, units, persons, posts,
//! assignments and the register's answers. Everything is read and written in whole sets, and a row
//! that already says what the feed says is left alone.

mod assignments;
mod crowd;
mod endings;
mod joining;
mod people;
mod persons;
mod proposals;
mod questions;
mod register;
mod runs;
mod settling;
mod shielding;
mod staging;
mod ties;
mod tree;
mod uploads;
mod upsert;

pub use assignments::{AssignmentRecord, MemberRecord};
pub use endings::{EndingRelease, EndingStop, Leaver, Leavers, StopReason};
pub use joining::{Alteration, Altered, Joined, Placed, Taken};
pub use people::EmploymentRecord;
pub use proposals::{Decision, Proposal, ProposalKind, ProposedEntry, Question};
pub(crate) use register::AnswerRow;
pub use register::RegisterSnapshot;
pub use runs::{Flaws, ImportRun};
pub use shielding::Shielded;
pub use staging::{Aside, TakenUp, WaitingKind};
pub use tree::{KnownTree, KnownUnit, OrganisationRecord, UnitRecord};
pub use uploads::{Claim, FileDigest, UPLOAD_PART, Upload};

/// The most entries that are handed over at a time.
pub const CHUNK: usize = 500;
