//! What is issued, as data: authorities, certificates on cards, lists and addresses. Read from the
//! configuration over the built-in set of the demonstration, and checked before it is used.

mod checked;
mod demonstration;
mod kinds;

use serde::{Deserialize, Serialize};

pub use crate::algorithm::Algorithm;
use crate::serial::Serial;
pub use checked::ProfileFault;
pub(crate) use checked::read_oid;
pub use kinds::{Identity, LeafKind, Level, Usage};

/// The name of the root among the authorities.
pub const ROOT: &str = "root";

/// Everything that is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profiles {
    /// What the authorities' common names begin with, such as `DEV`. Never empty in a demonstration:
    /// names without a prefix are those of the real authorities.
    pub prefix: String,
    /// Two letters: the C of every name.
    pub country: String,
    /// The O of the authorities, and of holders without an employer.
    pub organisation: String,
    /// Where lists, answers and issuers' certificates are fetched, `http://…` without a slash at
    /// the end. It stands in every certificate and cannot be changed for those that are out. Its
    /// host must be a full name or an address (RFC 5280 4.2.1.6): linters refuse `localhost`.
    pub base_url: String,
    /// How many lists the certificates of one authority are spread over. Must never change for an
    /// authority that has issued: each certificate names its list.
    pub shards: u16,
    /// How long a list may be used, in hours.
    pub crl_hours: u32,
    /// How long an OCSP answer may be used, in hours.
    pub ocsp_hours: u32,
    /// How long a responder's certificate is valid, in days. It is renewed after two thirds.
    pub responder_days: u32,
    /// The root and the issuing authorities.
    pub authorities: Vec<AuthorityProfile>,
    /// What the certificates on cards hold.
    pub leaves: Vec<LeafProfile>,
}

/// An authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityProfile {
    /// Its name in addresses, records and key labels: a–z, digits, hyphens.
    pub name: String,
    /// Its common name, without the prefix.
    pub common_name: String,
    /// Its key.
    pub algorithm: Algorithm,
    /// How many years its certificate is valid.
    pub years: u32,
    /// What it signs.
    #[serde(flatten)]
    pub role: AuthorityRole,
}

/// What an authority signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum AuthorityRole {
    /// The issuing authorities, and itself.
    Root,
    /// Certificates on cards.
    Issuing {
        /// What the certificates call their holder by.
        identity: Identity,
        /// Level of assurance.
        level: Level,
        /// The policy (OID) that says the level, in its own certificate and in those it issues.
        policy: String,
    },
}

/// A certificate on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafProfile {
    /// Which.
    #[serde(flatten)]
    pub kind: LeafKind,
    /// The fields of the subject, in order.
    pub subject: Vec<SubjectField>,
    /// The one thing the key may be used for.
    pub key_usage: KeyUse,
    /// Extended key usages (OID). None: the extension is left out.
    pub extended_key_usage: Vec<String>,
}

/// A field of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectField {
    /// C.
    Country,
    /// O.
    Organisation,
    /// CN: given names and surname.
    CommonName,
    /// surname.
    Surname,
    /// givenName.
    GivenName,
    /// title; left out for holders without one.
    Title,
    /// serialNumber: the HSA-id or the personal number.
    SerialNumber,
}

/// What a key may be used for (RFC 5280 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyUse {
    /// Logging in.
    DigitalSignature,
    /// Signing; also called contentCommitment.
    NonRepudiation,
}

impl Profiles {
    /// The authority of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn authority(&self, name: &str) -> Result<&AuthorityProfile, ProfileFault> {
        let mut all = self.authorities.iter();
        all.find(|one| one.name == name)
            .ok_or(ProfileFault::NoAuthority)
    }

    /// The root.
    ///
    /// # Errors
    /// There is none.
    pub fn root(&self) -> Result<&AuthorityProfile, ProfileFault> {
        self.authority(ROOT)
    }

    /// The authority that issues for that kind of holder and level.
    ///
    /// # Errors
    /// There is none.
    pub fn issuing(
        &self,
        identity: Identity,
        level: Level,
    ) -> Result<&AuthorityProfile, ProfileFault> {
        let fits = |one: &&AuthorityProfile| matches!(&one.role, AuthorityRole::Issuing { identity: of, level: at, .. } if *of == identity && *at == level);
        let found = self.authorities.iter().find(fits);
        found.ok_or(ProfileFault::NoAuthority)
    }

    /// What a certificate of that kind holds.
    ///
    /// # Errors
    /// Such certificates are not issued.
    pub fn leaf(&self, kind: LeafKind) -> Result<&LeafProfile, ProfileFault> {
        let mut all = self.leaves.iter();
        all.find(|one| one.kind == kind).ok_or(ProfileFault::NoLeaf)
    }

    /// The list, `0..shards`, that a certificate of this number belongs to for as long as it lives.
    #[must_use]
    pub fn shard_of(&self, serial: &Serial) -> u16 {
        serial.spread(self.shards)
    }

    /// An authority's common name with its prefix.
    #[must_use]
    pub fn common_name(&self, authority: &AuthorityProfile) -> String {
        if self.prefix.is_empty() {
            return authority.common_name.clone();
        }
        format!("{} {}", self.prefix, authority.common_name)
    }

    /// Where a list is fetched; the root has list 0 alone.
    #[must_use]
    pub fn crl_url(&self, authority: &str, shard: u16) -> String {
        format!("{}/crl/{authority}/{shard}.crl", self.base_url)
    }

    /// Where an authority's responder answers.
    #[must_use]
    pub fn ocsp_url(&self, authority: &str) -> String {
        format!("{}/ocsp/{authority}", self.base_url)
    }

    /// Where an authority's certificate is fetched, in DER.
    #[must_use]
    pub fn issuer_url(&self, authority: &str) -> String {
        format!("{}/aia/{authority}.cer", self.base_url)
    }
}
