//! The codes on a chip: the code for authentication (PIN1), the code for signing (PIN2) and the
//! code that unlocks them (PUK). Never their digits, only what is known of their state. *Locked*
//! is not *revoked*: a locked code can be opened.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::consequences::Consequences;
use crate::ids::{CardId, ChipCodeId, PersonId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;

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
    /// For signing; exists only where the product has it.
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

/// What can happen to a code.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(ChipCodeActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum ChipCodeAction {
    /// The holder has chosen it in the card software, or shown that the letter's code works.
    Set,
    /// It is locked.
    Lock {
        /// Who says so.
        source: CodeSource,
    },
    /// It was opened, at a visit or with the PUK.
    Unlock,
    /// The card is revoked or expired.
    Drop,
}

/// What has happened to a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ChipCodeEvent {
    /// Kept track of from now on.
    Begun,
    /// Set.
    Set,
    /// Locked.
    Locked {
        /// Who says so.
        source: CodeSource,
    },
    /// Unlocked.
    Unlocked,
    /// Gone with the card.
    Dropped,
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipCodeFacts {
    /// Whom it is about.
    pub subject: Subject,
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
        Ok((code, ChipCodeEvent::Begun))
    }
}

impl Lifecycle for ChipCode {
    const KIND: ThingKind = ThingKind::ChipCode;
    type Stage = CodeStage;
    type Action = ChipCodeAction;
    type ActionName = ChipCodeActionName;
    type Event = ChipCodeEvent;
    type Facts = ChipCodeFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> CodeStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &ChipCodeAction) -> ChipCodeActionName {
        action.into()
    }

    fn function(action: &ChipCodeAction) -> Function {
        match action {
            ChipCodeAction::Set | ChipCodeAction::Drop => Function::FollowUp,
            ChipCodeAction::Lock { .. } => Function::StateLocked,
            ChipCodeAction::Unlock => Function::Unlock,
        }
    }

    fn subject(facts: &ChipCodeFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        _: &Actor,
        action: &ChipCodeAction,
        _: &ChipCodeFacts,
        _: DateTime<Utc>,
    ) -> Result<ChipCodeEvent, Refusal> {
        use CodeStage as S;
        match (action, self.stage) {
            (ChipCodeAction::Set, S::NotSet) => Ok(ChipCodeEvent::Set),
            (ChipCodeAction::Lock { source }, S::Ok) => {
                Ok(ChipCodeEvent::Locked { source: *source })
            }
            // A PUK whose letter was never seen can still be locked by wrong tries.
            (ChipCodeAction::Lock { source }, S::NotSet) if self.name == CodeName::Puk => {
                Ok(ChipCodeEvent::Locked { source: *source })
            }
            (ChipCodeAction::Unlock, S::Locked) => Ok(ChipCodeEvent::Unlocked),
            (ChipCodeAction::Drop, S::NotSet | S::Ok | S::Locked) => Ok(ChipCodeEvent::Dropped),
            (ChipCodeAction::Lock { .. } | ChipCodeAction::Unlock, S::NotSet) => {
                Err(Refusal::CodeNotSet)
            }
            (ChipCodeAction::Unlock | ChipCodeAction::Set, S::Ok) => Err(Refusal::CodeNotLocked),
            (ChipCodeAction::Lock { .. } | ChipCodeAction::Set, S::Locked) => {
                Err(Refusal::CodeLocked)
            }
            (
                ChipCodeAction::Set
                | ChipCodeAction::Lock { .. }
                | ChipCodeAction::Unlock
                | ChipCodeAction::Drop,
                S::Gone,
            ) => Err(Refusal::CodeGone),
        }
    }

    fn evolve(mut self, event: &ChipCodeEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            ChipCodeEvent::Begun => CodeStage::NotSet,
            ChipCodeEvent::Set | ChipCodeEvent::Unlocked => CodeStage::Ok,
            ChipCodeEvent::Locked { .. } => CodeStage::Locked,
            ChipCodeEvent::Dropped => CodeStage::Gone,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(&self, _: &ChipCodeEvent, _: &ChipCodeFacts, _: DateTime<Utc>) -> Consequences {
        Consequences::default()
    }
}
