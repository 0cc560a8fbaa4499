//! Deadlines are rows: which rule set it, from what, until when, and what will happen then.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::calendar::Due;
use crate::ids::{OfficeId, OrganisationId};

/// The rules that set deadlines.
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
pub enum DeadlineRule {
    /// A card that has not come may be ordered again (A-post only).
    Undelivered,
    /// A sent card must be activated.
    Activation,
    /// An unlocked card must be signed for.
    ReceiptSignature,
    /// A card's validity ends.
    CardExpiry,
    /// An unverified caller who has reported a loss is called back.
    CallerCallback,
}

/// What happens when a deadline has come.
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
pub enum Outcome {
    /// The holder is asked whether the card has come; a new order is allowed.
    ReorderAllowed,
    /// The card is revoked.
    CardRevoked,
    /// The card expires.
    CardExpires,
    /// Somebody at the office has to act; no run does.
    TaskDue,
}

impl DeadlineRule {
    /// What happens when it has come.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Undelivered => Outcome::ReorderAllowed,
            Self::Activation | Self::ReceiptSignature => Outcome::CardRevoked,
            Self::CardExpiry => Outcome::CardExpires,
            Self::CallerCallback => Outcome::TaskDue,
        }
    }
}

/// Who waits for what a clock is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// The organisation whose thing it is.
    pub organisation: OrganisationId,
    /// The office that has to act; `None` where any officer of the organisation may.
    pub office: Option<OfficeId>,
}

/// A change to the deadline rows that an event brings with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeadlineChange {
    /// A clock starts.
    Start {
        /// By which rule.
        rule: DeadlineRule,
        /// The thing it is about.
        thing: Uuid,
        /// In whose lists it stands.
        waits: Waits,
        /// The day the arithmetic starts from.
        base: chrono::NaiveDate,
        /// When it ends.
        due: Due,
    },
    /// What the clock waited for has happened.
    Stop {
        /// By which rule.
        rule: DeadlineRule,
        /// The thing it is about.
        thing: Uuid,
    },
}

/// The configurable lengths. Months are calendar months, hours are counted on the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadlineLengths {
    /// Days until an A-post card may be ordered again. Source text S3: 30.
    pub undelivered_days: u32,
    /// Months from dispatch until a card that was not activated is revoked.
    pub activation_months: u32,
    /// Hours from the chosen code until an unsigned card is revoked: 5 × 24.
    pub receipt_hours: u32,
    /// Months from the day a photo was taken until it may no longer be used again.
    pub photo_months: u32,
}

impl Default for DeadlineLengths {
    fn default() -> Self {
        Self {
            undelivered_days: 30,
            activation_months: 3,
            receipt_hours: 5 * 24,
            photo_months: 12,
        }
    }
}
