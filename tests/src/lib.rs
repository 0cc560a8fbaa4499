//! The test kit: a database per test, a clock that stands still, simulated outside parties, and
//! the invariants of the whole database checked at the end of each test.

pub mod authority;
pub mod browser;
pub mod chip;
pub mod clock;
pub mod database;
pub mod older;
pub mod people;
pub mod site;
pub mod world;

pub use people::{Officer, Person};
pub use world::World;
