//! What the directory feed and the population register say: organisations, units, persons, posts,
//! assignments and the register's answers. Everything is read and written in whole sets, and a row
//! that already says what the feed says is left alone.

mod assignments;
mod missing;
mod people;
mod persons;
mod register;
mod runs;
mod tree;
mod upsert;

pub use assignments::{AssignmentRecord, MemberRecord};
pub use missing::LivePost;
pub use people::{EmploymentRecord, PeopleOfFile, Placed};
pub use register::RegisterSnapshot;
pub(crate) use register::register_facts;
pub use runs::ImportRun;
pub use tree::{KnownTree, KnownUnit, OrganisationRecord, UnitRecord};

/// The most entries that are handed over at a time.
pub const CHUNK: usize = 500;
