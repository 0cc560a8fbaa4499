//! What a holder does with her card in a reader: see its state, test it, change a code, open it
//! with the PUK. Codes stay inside this process; what is said to a person is in `text/`.
//!
//! [`port::CardPort`] is the card as the flows know it; [`real`] is behind it in the program, a
//! card in memory in the tests.

pub mod arguments;
pub mod card;
pub mod certificates;
pub mod code;
pub mod diagnosis;
pub mod flows;
pub mod port;
pub mod proof;
pub mod real;
pub mod talk;
pub mod weak;
pub mod words;

#[cfg(test)]
mod fake;
