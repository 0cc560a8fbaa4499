//! The bytes of a certificate that a signature is made over. The same order gives the same bytes.

mod build;
pub(crate) mod extensions;
mod name;

use std::fmt;

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::issuer::Issuer;
use crate::profile::{AuthorityProfile, LeafKind, ProfileFault, Profiles};
use crate::public_key::{PublicKey, sha256};
use crate::serial::Serial;
use crate::subject::{CardNumber, Subject};

/// A certificate without its signature, in DER. It holds personal data and prints none.
#[derive(Clone, PartialEq, Eq)]
pub struct Tbs(Vec<u8>);

impl Tbs {
    /// Takes bytes that were stored; nothing is examined here.
    #[must_use]
    pub const fn from_stored(der: Vec<u8>) -> Self {
        Self(der)
    }

    /// The bytes.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.0
    }

    /// SHA-256 over the bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.0)
    }
}

impl fmt::Debug for Tbs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Tbs({} bytes)", self.0.len())
    }
}

/// A certificate that is to go on a card.
#[derive(Clone, Debug)]
pub struct LeafOrder<'a> {
    /// Which.
    pub kind: LeafKind,
    /// The holder.
    pub subject: &'a Subject,
    /// Its number, already reserved.
    pub serial: Serial,
    /// From when; whole seconds count.
    pub not_before: DateTime<Utc>,
    /// The last moment: the card's own last moment, exactly.
    pub not_after: DateTime<Utc>,
    /// The key on the card.
    pub key: &'a PublicKey,
    /// The card.
    pub card_number: &'a CardNumber,
}

/// Why a certificate is not built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TbsFault {
    /// The profiles lack the authority or the leaf.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
    /// The authority does not issue such certificates.
    #[error("the authority does not issue certificates of that kind")]
    WrongIssuer,
    /// The holder's identifier is not of the kind that the certificate carries.
    #[error("the identifier is not of the kind that the certificate carries")]
    WrongIdentifier,
    /// Ends before it begins, or outside the issuer's own validity.
    #[error("the validity is empty or outside the issuer's")]
    Validity,
}

impl TbsFault {
    /// Its stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Profile(fault) => fault.code(),
            Self::WrongIssuer => "tbs_wrong_issuer",
            Self::WrongIdentifier => "tbs_wrong_identifier",
            Self::Validity => "tbs_validity",
        }
    }
}

/// From when to when an authority or a responder is valid, its number and its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnOrder<'a> {
    pub(crate) serial: Serial,
    pub(crate) not_before: DateTime<Utc>,
    pub(crate) not_after: DateTime<Utc>,
    pub(crate) key: &'a PublicKey,
}

/// Builds a certificate for a card.
///
/// # Errors
/// What does not go together.
pub fn leaf(profiles: &Profiles, issuer: &Issuer, order: &LeafOrder<'_>) -> Result<Tbs, TbsFault> {
    build::leaf(profiles, issuer, order).map(Tbs)
}

/// Builds the root's own certificate.
pub(crate) fn root(
    profiles: &Profiles,
    profile: &AuthorityProfile,
    order: OwnOrder<'_>,
) -> Result<Tbs, TbsFault> {
    build::root(profiles, profile, order).map(Tbs)
}

/// Builds the certificate of an issuing authority.
pub(crate) fn issuing(
    profiles: &Profiles,
    profile: &AuthorityProfile,
    root: &Issuer,
    order: OwnOrder<'_>,
) -> Result<Tbs, TbsFault> {
    build::issuing(profiles, profile, root, order).map(Tbs)
}

/// Builds the certificate of an authority's OCSP responder.
pub(crate) fn responder(
    profiles: &Profiles,
    issuer: &Issuer,
    order: OwnOrder<'_>,
) -> Result<Tbs, TbsFault> {
    build::responder(profiles, issuer, order).map(Tbs)
}
