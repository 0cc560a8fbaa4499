//! The application through its gate: a real database, a clock that stands still, simulated
//! outside parties.

mod counter;
mod database;
mod errands;
mod gate;
mod other_feed;
mod races;
mod straight_way;
