//! The codes on a chip: the code for authentication (PIN1), the code for signing (PIN2) and the
//! code that unlocks them (PUK). Never their digits, only what is known of their state. *Locked*
//! is not *revoked*: a locked code can be opened.

mod acts;
mod decide;
mod opening;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::ids::{CardId, ChipCodeId, OfficeId, OrganisationId, PersonId, PukLetterId};
use crate::lifecycle::Begin;
use crate::person::Subject;
use crate::refusal::Refusal;
use crate::values::{CardNumber, PersonNumber, ProductNumber};

pub use acts::{ChipCodeAction, ChipCodeActionName, ChipCodeEvent, UnlockWay, VisitCheck};

/// Which code.
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
pub enum CodeName {
    /// For authentication.
    Pin1,
    /// For signing: on older cards from the start, on those whose codes are chosen from when the
    /// first certificate for signing has been fetched (source texts S2, S4; P18).
    Pin2,
    /// Unlocks the others.
    Puk,
}

/// What is known of a code.
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
pub enum CodeStage {
    /// Not chosen yet, or, for a PUK, never heard of.
    NotSet,
    /// In use.
    Ok,
    /// Wrong too many times.
    Locked,
    /// The card is revoked or expired.
    Gone,
}

impl CodeName {
    /// Whether it is one that the holder chooses: not the PUK.
    #[must_use]
    pub fn is_pin(self) -> bool {
        matches!(self, Self::Pin1 | Self::Pin2)
    }
}

/// Who says that a code is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeSource {
    /// Holder, officer or servicedesk.
    Stated,
    /// Read from the card.
    Card,
}

/// A code on a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCode {
    /// Its id.
    pub id: ChipCodeId,
    /// On which card.
    pub card: CardId,
    /// Whose card.
    pub person: PersonId,
    /// Which code.
    pub name: CodeName,
    /// What is known of it.
    pub stage: CodeStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// A code to be kept track of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCodeRequest {
    /// The new id.
    pub id: ChipCodeId,
    /// On which card.
    pub card: CardId,
    /// Whose card.
    pub person: PersonId,
    /// Which code.
    pub name: CodeName,
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCodeFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// The holder's number.
    pub number: PersonNumber,
    /// The number on the card, once made.
    pub card_number: Option<CardNumber>,
    /// The product number on its back.
    pub product_number: Option<ProductNumber>,
    /// Last day of validity.
    pub valid_to: Option<NaiveDate>,
    /// The office of the photo, or the one named in the order.
    pub office: OfficeId,
    /// Its name, for the refusal that sends somebody there.
    pub office_name: String,
    /// The organisations in which the holder has a live post.
    pub holder_organisations: Vec<OrganisationId>,
    /// The PUK of the same card is locked.
    pub puk_locked: bool,
    /// The other code of the holder's on the same card, where that one is locked.
    pub locked_beside: Option<ChipCodeId>,
    /// When the card itself last showed, in a task at a visit, that a new code has been chosen.
    pub code_shown: Option<DateTime<Utc>>,
    /// A letter with the PUK that was asked for because the card was locked, and not been sent.
    pub letter: Option<PukLetterId>,
}

impl Begin for ChipCode {
    type Request = ChipCodeRequest;
    const FUNCTION: Function = Function::FollowUp;

    fn begin(
        _: &Actor,
        request: &ChipCodeRequest,
        _: &ChipCodeFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, ChipCodeEvent), Refusal> {
        let code = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            name: request.name,
            stage: CodeStage::NotSet,
            since: now,
            version: 1,
        };
        let name = Some(request.name);
        Ok((code, ChipCodeEvent::Begun { code: name }))
    }
}
