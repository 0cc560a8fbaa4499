//! The directory feed: HSA-shaped LDIF read as a stream into typed entries.
//!
//! [`open`] looks through the whole file once and refuses it when it is not LDIF version 1 in
//! UTF-8, before anything goes in. [`read_feed`] then walks it entry by entry in constant memory;
//! what cannot be used comes out as a [`Rejection`], the rest as a [`FeedEntry`]. What needs the
//! database (the same HSA-id twice, unknown parents, joining of persons) is the caller's.

mod about;
mod build;
mod dn;
mod feed;
mod fields;
mod file;
mod format;
mod hash;
mod ldif;
mod lines;
mod mapping;
mod moments;
#[cfg(test)]
mod tests;

pub use cards_app::feed::*;
pub use feed::{Feed, FeedCounts, read_feed};
pub use file::open;
pub use format::Ldif;
pub use hash::file_hash;
pub use ldif::{BrokenEntry, LdifReader, RawEntry};
pub use mapping::{AssignmentMapping, Mapping, OrganisationMapping, PersonMapping, UnitMapping};
