//! Proof that a named person stood behind a text at a time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

/// How something was signed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// A fresh log-in whose nonce is the hash of the text; the ID token is kept as evidence.
    ReauthenticatedSession,
    /// A signature by the key on the card.
    CardSignature,
    /// Ink on paper, kept by the office.
    Paper,
}

/// A signature that has been checked. The evidence itself is kept beside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// How it was signed.
    pub kind: SignatureKind,
    /// When.
    pub at: DateTime<Utc>,
    /// SHA-256 of the signed text, lower-case hex.
    pub text_hash: String,
    /// The record that holds the text and, where there is one, the ID token.
    pub evidence: Option<Uuid>,
}
