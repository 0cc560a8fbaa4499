//! The pure core of a certificate authority for cards: what is built, linted, signed, listed,
//! answered and examined. No database, no HTTP, no clock and no randomness: time and random bytes
//! are handed in, and the records are the caller's.
//!
//! The way of a certificate: [`request::read`] → [`serial::Serial::from_random`] →
//! [`tbs::leaf`] → [`lint::leaf`] → *the caller stores serial and to-be-signed bytes* →
//! [`sign::certificate`] → the caller stores the certificate. Whatever was signed can thus always
//! be revoked, whenever the power goes.

pub mod algorithm;
pub mod ceremony;
pub mod checker;
pub mod crl;
pub mod issuer;
pub mod key;
pub mod lint;
pub mod ocsp;
pub mod profile;
pub mod public_key;
pub mod request;
pub mod serial;
pub mod sign;
pub mod subject;
pub mod tbs;

mod names;
mod time;
mod wire;
