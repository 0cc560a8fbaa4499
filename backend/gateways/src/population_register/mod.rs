//! The population register (*folkbokföringen*). Only the simulated side exists yet: the real one
//! comes with the register's change files.

mod invented;
mod lines;
mod simulator;

pub use lines::RegisterFileError;
pub use simulator::{Inventor, RegisterSimulator, Switches};
