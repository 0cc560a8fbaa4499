//! What must be done outside when a card is revoked, and how it went. Which reasons people may give.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::card::RevocationReason;
use crate::unlock;
use crate::values::{ProductNumber, Reference};

/// A step outside.
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
pub enum ExternalStep {
    /// The personal e-legitimation on the card is revoked at Telia, 020-32 32 62.
    Telia,
    /// The loss of an identity card is reported to the police.
    Police,
}

/// How a step ended, or stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, EnumDiscriminants)]
#[strum_discriminants(
    name(StepOutcomeName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The outcomes by name.")]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum StepOutcome {
    /// The holder has done it.
    DoneByHolder {
        /// When.
        on: NaiveDate,
        /// The other party's case number, if one was given.
        reference: Option<Reference>,
    },
    /// The office has done it.
    DoneByUs {
        /// When.
        on: NaiveDate,
        /// The other party's case number, if one was given.
        reference: Option<Reference>,
    },
    /// The holder has been told and will do it: the case stays open.
    HolderWillDo {
        /// Until when.
        by: NaiveDate,
    },
    /// It does not apply.
    NotApplicable {
        /// Why.
        why: NotApplicable,
    },
}

/// Why a step does not apply.
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
pub enum NotApplicable {
    /// The service does not cover reserve cards.
    ReserveCard,
    /// The holder has died.
    Deceased,
    /// There never was a personal e-legitimation on the card.
    NoPersonalEid,
}

impl StepOutcome {
    /// Whether nothing more is to be done.
    #[must_use]
    pub fn settles(&self) -> bool {
        match self {
            Self::DoneByHolder { .. } | Self::DoneByUs { .. } | Self::NotApplicable { .. } => true,
            Self::HolderWillDo { .. } => false,
        }
    }
}

/// A step of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStep {
    /// Which.
    pub step: ExternalStep,
    /// How it ended or stands; nothing when nobody has said.
    pub outcome: Option<StepOutcome>,
}

impl RevocationReason {
    /// Whether holders and the servicedesk may give it: source text S3 names loss and suspicion
    /// that somebody knows a code.
    #[must_use]
    pub fn is_loss(self) -> bool {
        match self {
            Self::Lost | Self::Stolen | Self::CodesCompromised => true,
            Self::CardDamaged
            | Self::Superseded
            | Self::ReplacedUndelivered
            | Self::NameChanged
            | Self::DataWrong
            | Self::EmploymentEnded
            | Self::NotReturned
            | Self::Returned
            | Self::NotActivatedInTime
            | Self::ReceiptNotSigned
            | Self::WronglyIssued
            | Self::PersonDeceased
            | Self::Misuse
            | Self::IssuerDecision => false,
        }
    }

    /// Whether a person may give it at all; the others are for deadlines and other things to say.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        match self {
            Self::Lost
            | Self::Stolen
            | Self::CodesCompromised
            | Self::CardDamaged
            | Self::NameChanged
            | Self::DataWrong
            | Self::EmploymentEnded
            | Self::Returned
            | Self::WronglyIssued
            | Self::PersonDeceased
            | Self::Misuse
            | Self::IssuerDecision => true,
            Self::Superseded
            | Self::ReplacedUndelivered
            | Self::NotReturned
            | Self::NotActivatedInTime
            | Self::ReceiptNotSigned => false,
        }
    }
}

/// What must be done outside, by reason and product. The columns of source text S3 add up: an older
/// card that is also an identity card has both.
#[must_use]
pub fn external_steps(
    reason: RevocationReason,
    product_number: Option<&ProductNumber>,
    sis_marked: bool,
) -> Vec<ExternalStep> {
    use RevocationReason as R;
    let (telia, police) = match reason {
        R::Lost | R::Stolen | R::Misuse => (true, true),
        R::CodesCompromised => (true, false),
        R::CardDamaged
        | R::Superseded
        | R::ReplacedUndelivered
        | R::NameChanged
        | R::DataWrong
        | R::EmploymentEnded
        | R::NotReturned
        | R::Returned
        | R::NotActivatedInTime
        | R::ReceiptNotSigned
        | R::WronglyIssued
        | R::PersonDeceased
        | R::IssuerDecision => (false, false),
    };
    let telia = telia && unlock::unlock_ways(product_number).telia_step;
    let telia = telia.then_some(ExternalStep::Telia);
    let police = (police && sis_marked).then_some(ExternalStep::Police);
    telia.into_iter().chain(police).collect()
}
