//! What a holder does with her card in a reader: see its state, test it, change a code, open it
//! with the PUK, and do the tasks that the portal gives her. Codes stay inside this process; what is said to a person is in `text/`.
//!
//! [`port::CardPort`] is the card as the flows know it; [`real`] is behind it in the program, a
//! card in memory in the tests.

pub mod arguments;
pub mod card;
pub mod cause;
pub mod certificates;
pub mod code;
pub mod der;
pub mod diagnosis;
pub mod flows;
pub mod port;
pub mod proof;
pub mod real;
pub mod talk;
pub mod task;
pub mod weak;
pub mod words;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod fake_chip;
#[cfg(test)]
#[path = "../tests/office/mod.rs"]
mod office;
