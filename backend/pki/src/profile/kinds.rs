//! Which certificates there are.

use serde::{Deserialize, Serialize};

/// What a certificate calls its holder by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// The id in the employer's part of the directory.
    HsaId,
    /// The personal number.
    PersonId,
}

/// What a certificate is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// Logging in.
    Authentication,
    /// Signing.
    Signature,
}

/// Level of assurance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 2.
    Two,
    /// 3.
    Three,
}

/// A kind of certificate on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LeafKind {
    /// What it calls its holder by.
    pub identity: Identity,
    /// What it is used for.
    pub usage: Usage,
}

impl LeafKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [
        Self::new(Identity::HsaId, Usage::Authentication),
        Self::new(Identity::HsaId, Usage::Signature),
        Self::new(Identity::PersonId, Usage::Authentication),
        Self::new(Identity::PersonId, Usage::Signature),
    ];

    /// A kind.
    #[must_use]
    pub const fn new(identity: Identity, usage: Usage) -> Self {
        Self { identity, usage }
    }

    /// Its stable text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match (self.identity, self.usage) {
            (Identity::HsaId, Usage::Authentication) => "hsa_id_authentication",
            (Identity::HsaId, Usage::Signature) => "hsa_id_signature",
            (Identity::PersonId, Usage::Authentication) => "person_id_authentication",
            (Identity::PersonId, Usage::Signature) => "person_id_signature",
        }
    }

    /// Reads the stable text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
