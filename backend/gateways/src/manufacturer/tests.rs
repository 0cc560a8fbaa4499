//! The contract of exchange and factory, over folders as they are in a demonstration.

mod contract;
mod crashes;
mod forgeries;
mod world;
