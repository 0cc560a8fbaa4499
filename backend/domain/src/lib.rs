//! The rules of card administration: values, lifecycles, decision tables, permissions and
//! deadlines. Nothing here does I/O, asks the time or makes up an id; all of that is handed in.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod access;
pub mod calendar;
pub mod card;
pub mod card_task;
pub mod certificate;
pub mod chip_code;
pub mod consequences;
pub mod deadline;
pub mod delivery;
pub mod employment;
pub mod identity_check;
pub mod ids;
pub mod lifecycle;
pub mod offer;
pub mod order;
pub mod person;
pub mod photo;
pub mod place;
pub mod product;
pub mod puk_letter;
pub mod receipt;
pub mod refusal;
pub mod revocation;
pub mod safety_stop;
pub mod signature;
pub mod tables;
pub mod unlock;
pub mod values;
