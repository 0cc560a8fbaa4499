//! The Online Certificate Status Protocol (RFC 6960, nonces after RFC 8954): reading requests,
//! answering by a delegated responder, and reading answers back for the one who checks them.

mod answer;
mod ask;
mod read;
mod read_back;
mod responder;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::crl::Reason;
use crate::key::KeyFault;
use crate::serial::Serial;

pub use ask::ask;
pub use read::{in_path, read};
pub use read_back::read_response;
pub use responder::{Responder, ResponderFault};

/// A request for the state of certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OcspRequest {
    ids: Vec<AskedId>,
    nonce: Option<Vec<u8>>,
}

impl OcspRequest {
    /// What is asked about: 1–20.
    #[must_use]
    pub fn ids(&self) -> &[AskedId] {
        &self.ids
    }

    /// 1–32 bytes that the answer repeats.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }
}

/// A certificate that is asked about: its issuer by hashes, and its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedId {
    /// As it was asked; repeated in the answer.
    der: Vec<u8>,
    hash: Option<Hash>,
    issuer_name: Vec<u8>,
    issuer_key: Vec<u8>,
    serial: Option<Serial>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hash {
    Sha1,
    Sha256,
}

/// What is answered for a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Issued and not revoked.
    Good,
    /// Revoked for good.
    Revoked {
        /// Since when.
        at: DateTime<Utc>,
        /// Why.
        reason: Reason,
    },
    /// Not issued by this authority.
    Unknown,
}

/// The times of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OcspWindow {
    /// When it was signed.
    pub produced_at: DateTime<Utc>,
    /// When what it says was known to be true.
    pub this_update: DateTime<Utc>,
    /// By when there is news.
    pub next_update: DateTime<Utc>,
}

/// Why a request is not answered, or an answer not believed.
#[derive(Debug, Error)]
pub enum OcspFault {
    /// More bytes than a request has.
    #[error("the request is too long")]
    TooLong,
    /// Not a request; with a critical extension nobody knows; without ids or with too many; with a
    /// nonce that is empty or longer than 32 bytes.
    #[error("the request is malformed")]
    Malformed,
    /// Other than one answer for each id.
    #[error("there is not one answer for each certificate asked about")]
    Answers,
    /// The responder's key does not sign.
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// An answer that says it is none, read back.
    #[error("the answer is a refusal")]
    Refused,
    /// An answer that is not the responder's, read back.
    #[error("the answer is not signed by the authority's responder")]
    Unverified,
}

impl OcspFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "ocsp_too_long",
            Self::Malformed => "ocsp_malformed",
            Self::Answers => "ocsp_answers",
            Self::Key(fault) => fault.code(),
            Self::Refused => "ocsp_refused",
            Self::Unverified => "ocsp_unverified",
        }
    }
}

/// The unsigned answer (DER) for a fault: malformedRequest for what the asker did, internalError
/// for all else.
#[must_use]
pub const fn refusal(fault: &OcspFault) -> &'static [u8] {
    match fault {
        OcspFault::TooLong | OcspFault::Malformed => MALFORMED_REQUEST,
        OcspFault::Answers | OcspFault::Key(_) | OcspFault::Refused | OcspFault::Unverified => {
            INTERNAL_ERROR
        }
    }
}

/// malformedRequest(1).
pub const MALFORMED_REQUEST: &[u8] = &[0x30, 3, 0x0a, 1, 1];
/// internalError(2).
pub const INTERNAL_ERROR: &[u8] = &[0x30, 3, 0x0a, 1, 2];
/// tryLater(3), for a responder that cannot reach the records.
pub const TRY_LATER: &[u8] = &[0x30, 3, 0x0a, 1, 3];
/// unauthorized(6), for an authority that is not here.
pub const UNAUTHORIZED: &[u8] = &[0x30, 3, 0x0a, 1, 6];
