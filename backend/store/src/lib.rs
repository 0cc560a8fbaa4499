//! The only package that knows SQL. Changes go through [`Tx`], which commits only with a
//! [`Recorded`] token; reads are functions in [`queries`] that demand a scope.

pub mod card_tasks;
pub mod certificates;
pub mod clients;
mod db;
pub mod deadlines;
pub mod directory;
mod error;
mod gathered;
mod idempotency;
pub mod journal;
pub mod kept;
mod migrate;
mod name_keys;
pub mod outbox;
pub mod plain;
mod pool;
pub mod ports;
mod prepared;
pub mod queries;
mod rows;
pub mod runs;
mod schema;
mod seal;
pub mod sessions;
mod tx;

pub use db::{Db, DbSettings, Lane, LaneUse, Link, Refused};
pub use deadlines::ClockChange;
pub use error::StoreError;
pub use gathered::Gathered;
pub use idempotency::{Earlier, Fingerprint};
pub use kept::Kept;
pub use migrate::{MigrateSettings, NotReady, migrate, revert_all};
pub use seal::{Seal, SealError};
pub use tx::{Recorded, Tx};
