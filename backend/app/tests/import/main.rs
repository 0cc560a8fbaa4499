//! Whole imports into a real PostgreSQL: what goes in, what is reported, who is ended.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its own example is wrong"
)]

mod broken;
mod demo;
mod elsewhere;
mod ended;
mod kit;
mod leavings;
mod officer;
mod people;
mod refused;
mod tree;
