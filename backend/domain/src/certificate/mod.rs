//! A certificate on a card. The request is stored before anything is signed, so that whatever has
//! been signed can be revoked; a revocation is final, there is no hold. A certificate is valid
//! exactly as long as its card and ends with it.

mod decide;
mod holder;
mod log_in;
mod offers;
mod reasons;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::Loa;
use crate::card::{CardStageName, RevocationReason};
use crate::ids::{CardId, CertificateId, PairId, PersonId};
use crate::person::Subject;
use crate::product::{CodeDelivery, Product};
use crate::values::CardNumber;

pub use holder::{LONGEST_NAME, can_name};
pub use log_in::CardRefused;
pub use reasons::{CrlReason, REASONS_OF_HOLDERS, REASONS_OF_OFFICERS};

/// Whom a certificate names its holder as.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// By the HSA-id, as somebody who works for an organisation.
    HsaId,
    /// By the personnummer.
    PersonId,
}

/// What the key of a certificate is for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// To prove who one is (*Legitimera*).
    Authentication,
    /// To sign (*Skriv under*).
    Signature,
}

/// Where a certificate stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CertificateStage {
    /// Asked for, nothing signed.
    Requested,
    /// Signed, not on the card.
    Issued,
    /// On the card.
    Active,
    /// Valid, but taken off the card; can be fetched back.
    OffCard,
    /// Replaced for good.
    Superseded,
    /// Invalid for ever.
    Revoked,
    /// Its validity is over.
    Expired,
}

impl CertificateStage {
    /// Whether it is over for good.
    #[must_use]
    pub fn is_over(self) -> bool {
        match self {
            Self::Superseded | Self::Revoked | Self::Expired => true,
            Self::Requested | Self::Issued | Self::Active | Self::OffCard => false,
        }
    }
}

/// A certificate. What was signed is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Whom it names the holder as.
    pub profile: Profile,
    /// What its key is for.
    pub usage: Usage,
    /// Those of one card and profile, for log-in and signing, are a pair.
    pub pair: PairId,
    /// The level of assurance of the card.
    pub loa: Loa,
    /// Its last day: exactly the card's (source text S2).
    pub not_after: NaiveDate,
    /// Why it was revoked.
    pub reason: Option<RevocationReason>,
    /// Where it stands.
    pub stage: CertificateStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
    /// The request of a certificate that has just begun; never read back with it.
    pub request: Option<SigningRequest>,
}

/// A request that has been read: the key proved to be in the hands of whoever asks.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningRequest {
    /// As it came (PKCS #10, DER).
    pub der: Vec<u8>,
    /// SHA-256 of the public key (SubjectPublicKeyInfo).
    pub key: [u8; 32],
}

impl std::fmt::Debug for SigningRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SigningRequest({} bytes)", self.der.len())
    }
}

/// A certificate to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRequest {
    /// The new id.
    pub id: CertificateId,
    /// The card that the key is on.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Whom it will name the holder as.
    pub profile: Profile,
    /// What its key is for.
    pub usage: Usage,
    /// The pair to begin, if the profile has none on the card.
    pub new_pair: PairId,
    /// The request.
    pub request: SigningRequest,
}

/// What can be done to it.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(CertificateActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum CertificateAction {
    /// The authority has signed it.
    Issue {
        /// Which authority.
        authority: String,
        /// Under which serial, lower-case hexadecimal.
        serial: String,
    },
    /// It is on the card.
    WriteToCard {
        /// The number of the card that it was written to.
        number: CardNumber,
    },
    /// It leaves the card and stays valid.
    TakeOffCard,
    /// It is put back on the card.
    FetchBack,
    /// A newer pair has taken its place for good.
    Supersede,
    /// Make it invalid, and with it the other one of its pair.
    Revoke {
        /// Why.
        reason: RevocationReason,
        /// The last four digits of the card's number, typed by whoever confirms: what cannot be
        /// undone is not done by one click.
        last_four: String,
    },
    /// The other one of its pair was made invalid.
    EndWithPair {
        /// Why.
        reason: RevocationReason,
    },
    /// Its card was made invalid.
    EndWithCard {
        /// Why.
        reason: RevocationReason,
    },
    /// Its last day has gone by.
    Expire,
}

/// What has happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CertificateEvent {
    /// Asked for.
    Begun {
        /// Whom it names the holder as.
        profile: Profile,
        /// What its key is for.
        usage: Usage,
    },
    /// Signed.
    Issued {
        /// Whom it names the holder as.
        profile: Profile,
        /// What its key is for.
        usage: Usage,
        /// By which authority.
        authority: String,
        /// Under which serial, lower-case hexadecimal.
        serial: String,
        /// Its last day.
        not_after: NaiveDate,
    },
    /// On the card.
    Written,
    /// Off the card.
    TakenOff,
    /// Back on the card.
    FetchedBack,
    /// Replaced.
    Superseded,
    /// Revoked.
    Revoked {
        /// Why.
        reason: RevocationReason,
        /// Which other thing ended it, and so must not be ended in turn.
        ended_by: CertificateEndedBy,
    },
    /// Its validity is over.
    Expired,
}

/// What ended a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateEndedBy {
    /// An act on the certificate itself.
    Itself,
    /// The other one of its pair.
    Pair,
    /// Its card.
    Card,
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whom it is about; the first organisation is the issuer of the card.
    pub subject: Subject,
    /// Where the card stands.
    pub card: CardStageName,
    /// Its number, once made.
    pub card_number: Option<CardNumber>,
    /// Its last day, once made.
    pub valid_to: Option<NaiveDate>,
    /// Its product.
    pub product: Product,
    /// A certificate has been asked for with the same key.
    pub key_known: bool,
    /// The pair of the same profile on the card, if there is one.
    pub pair: Option<PairId>,
    /// The other certificates of the pair that are not over.
    pub beside: Vec<CertificateId>,
}

impl Product {
    /// Which certificates a new card of the product has when it leaves the manufacturer. Those
    /// whose code the holder chooses at the counter get the ones for signing later (source text
    /// S3); reserve cards get theirs at the office.
    #[must_use]
    pub fn certificates_when_made(&self) -> Vec<(Profile, Usage)> {
        let both = [Profile::HsaId, Profile::PersonId];
        let usages: &[Usage] = match self.code_delivery {
            CodeDelivery::ChosenAtActivation => &[Usage::Authentication],
            CodeDelivery::CodeLetter => &[Usage::Authentication, Usage::Signature],
            CodeDelivery::Envelope => &[],
        };
        both.into_iter()
            .flat_map(|profile| usages.iter().map(move |usage| (profile, *usage)))
            .collect()
    }
}
