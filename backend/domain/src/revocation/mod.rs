//! A card that is reported lost, stolen or known, and every other revocation that a person asks
//! for: who said so, that the card was made invalid, and what must still be done outside (source
//! text S3: Telia for older cards, the police for identity cards). A revocation is final; what can
//! be taken back is only a report that has not been carried out.

mod decide;
mod steps;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::card::{CardStageName, RevocationReason};
use crate::ids::{CardId, OrganisationId, PersonId, RevocationId};
use crate::person::Subject;
use crate::product::Product;
use crate::values::{CardNumber, ProductNumber};

pub use decide::CALLBACK_MINUTES;
pub use steps::{
    CaseStep, ExternalStep, NotApplicable, StepOutcome, StepOutcomeName, external_steps,
};

/// Where a case stands.
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
pub enum RevocationStage {
    /// Told by somebody whose identity has not been checked: nothing is revoked yet.
    Reported,
    /// The card is revoked; something must still be done outside.
    ExternalStepsPending,
    /// Done.
    Closed,
    /// Taken back, or overtaken by the end of the card, before anything was revoked by it.
    Withdrawn,
}

/// Who told, and how their identity is known.
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
pub enum Reporter {
    /// The holder, logged in.
    HolderLoggedIn,
    /// The holder, before the officer.
    HolderInPerson,
    /// A caller, called back on the number in the directory.
    CalledBack,
    /// A manager whom the officer knows.
    KnownManager,
    /// Somebody on the telephone, not checked.
    UnverifiedCaller,
    /// The office itself, for instance because the card was printed wrongly.
    Office,
}

/// Whose data were wrong, when a card says something else than is so.
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
pub enum WrongIn {
    /// The population register.
    Register,
    /// The directory.
    Directory,
    /// The order: a name that was cut, another person that was chosen.
    Order,
    /// What the manufacturer printed is not what was ordered.
    Print,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Its id.
    pub id: RevocationId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// The issuer of the card.
    pub organisation: OrganisationId,
    /// Why.
    pub reason: RevocationReason,
    /// Who told.
    pub reporter: Reporter,
    /// What must be done outside.
    pub steps: Vec<CaseStep>,
    /// When it was told.
    pub reported_at: DateTime<Utc>,
    /// When the card was made invalid.
    pub executed_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub stage: RevocationStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationRequest {
    /// The new id.
    pub id: RevocationId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Why.
    pub reason: RevocationReason,
    /// Who told.
    pub reporter: Reporter,
    /// The last four digits of the card's number, typed by whoever confirms: what cannot be
    /// undone is not done by one click.
    pub last_four: String,
    /// Whose data were wrong, where the reason is that something on the card is.
    pub wrong_in: Option<WrongIn>,
}

/// What can be done to a case.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(RevocationActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum RevocationAction {
    /// The caller was called back, or the officer revokes on their own responsibility.
    Execute {
        /// The last four digits of the card's number, typed by whoever carries it out, as for
        /// every revocation by a person.
        last_four: String,
    },
    /// Nothing is to be revoked after all.
    Withdraw,
    /// The card has ended in another way, so that nobody waits for the caller any more.
    EndWithCard,
    /// How a step outside ended or stands.
    Record {
        /// Which step.
        step: ExternalStep,
        /// How.
        outcome: StepOutcome,
    },
}

/// What has happened to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RevocationEvent {
    /// Told.
    Begun {
        /// Why.
        reason: RevocationReason,
        /// By whom.
        reporter: Reporter,
        /// Whether the card was revoked at once.
        executed: bool,
        /// Whose data were wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrong_in: Option<WrongIn>,
    },
    /// The card was revoked, later than the report.
    Executed,
    /// Taken back.
    Withdrawn,
    /// The card ended before the report was checked.
    EndedWithCard,
    /// A step outside.
    Recorded {
        /// Which.
        step: ExternalStep,
        /// How.
        outcome: StepOutcome,
    },
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// The issuer of the card.
    pub organisation: OrganisationId,
    /// Where the card stands.
    pub card: CardStageName,
    /// Its number, once made.
    pub card_number: Option<CardNumber>,
    /// The product number on its back.
    pub product_number: Option<ProductNumber>,
    /// Its product.
    pub product: Product,
    /// Another case for the same card waits for its caller to be checked.
    pub already_reported: bool,
}
