//! A letter with the code that unlocks a locked card. The code itself is never shown on a screen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::consequences::Consequences;
use crate::ids::{CardId, PersonId, PukLetterId};
use crate::lifecycle::{Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;

/// Where a letter stands.
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
pub enum PukLetterStage {
    /// Asked for.
    Requested,
    /// Approved by an officer.
    Approved,
    /// At the letter bureau.
    Printing,
    /// In the post.
    Mailed,
    /// Waits to be collected.
    AtServicePoint,
    /// Collected.
    Collected,
    /// The holder has unlocked the card with it.
    Used,
    /// Not approved.
    Rejected,
    /// Taken back before printing.
    Cancelled,
    /// Came back and was destroyed.
    ReturnedToSender,
    /// The code is locked as well.
    Failed,
    /// Nothing was heard for 30 days.
    Closed,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PukLetter {
    /// Its id.
    pub id: PukLetterId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Where it stands.
    pub stage: PukLetterStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PukLetterAction {
    /// Approve it.
    Approve,
    /// Do not approve it.
    Reject,
    /// Take it back.
    Cancel,
    /// It goes to the letter bureau.
    Print,
    /// It is posted.
    Mail,
    /// It waits to be collected.
    ReachServicePoint,
    /// It has been collected.
    Collect,
    /// The card has been unlocked with it.
    Use,
    /// It came back.
    Return,
    /// The code of the letter is locked.
    Fail,
    /// Nothing was heard for 30 days.
    Close,
}

/// What has happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PukLetterEvent {
    /// Moved on.
    Moved {
        /// Where to.
        to: PukLetterStage,
    },
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PukLetterFacts {
    /// Whom it is about.
    pub subject: Subject,
}

impl Lifecycle for PukLetter {
    const KIND: ThingKind = ThingKind::PukLetter;
    type Stage = PukLetterStage;
    type Action = PukLetterAction;
    type ActionName = PukLetterAction;
    type Event = PukLetterEvent;
    type Facts = PukLetterFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> PukLetterStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &PukLetterAction) -> PukLetterAction {
        *action
    }

    fn function(action: &PukLetterAction) -> Function {
        match action {
            PukLetterAction::Approve | PukLetterAction::Reject => Function::ApprovePukLetter,
            PukLetterAction::Cancel => Function::RequestPukLetter,
            PukLetterAction::Print
            | PukLetterAction::Mail
            | PukLetterAction::ReachServicePoint
            | PukLetterAction::Collect
            | PukLetterAction::Return => Function::ReportLetter,
            PukLetterAction::Use | PukLetterAction::Fail => Function::StateLocked,
            PukLetterAction::Close => Function::ExecuteDeadline,
        }
    }

    fn subject(facts: &PukLetterFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        _: &Actor,
        action: &PukLetterAction,
        _: &PukLetterFacts,
        _: DateTime<Utc>,
    ) -> Result<PukLetterEvent, Refusal> {
        use PukLetterAction as A;
        use PukLetterStage as S;
        let to = match (action, self.stage) {
            (A::Approve, S::Requested) => S::Approved,
            (A::Reject, S::Requested) => S::Rejected,
            (A::Cancel, S::Requested | S::Approved) => S::Cancelled,
            (A::Print, S::Approved) => S::Printing,
            (A::Mail, S::Printing) => S::Mailed,
            (A::ReachServicePoint, S::Mailed) => S::AtServicePoint,
            (A::Collect, S::Mailed | S::AtServicePoint) => S::Collected,
            (A::Use, S::Mailed | S::AtServicePoint | S::Collected) => S::Used,
            (A::Return, S::Mailed | S::AtServicePoint) => S::ReturnedToSender,
            (A::Fail, S::Mailed | S::AtServicePoint | S::Collected) => S::Failed,
            (A::Close, S::Mailed | S::Collected) => S::Closed,
            (
                A::Approve
                | A::Reject
                | A::Cancel
                | A::Print
                | A::Mail
                | A::ReachServicePoint
                | A::Collect
                | A::Use
                | A::Return
                | A::Fail
                | A::Close,
                S::Requested
                | S::Approved
                | S::Printing
                | S::Mailed
                | S::AtServicePoint
                | S::Collected,
            ) => return Err(Refusal::LetterNotThere),
            (
                A::Approve
                | A::Reject
                | A::Cancel
                | A::Print
                | A::Mail
                | A::ReachServicePoint
                | A::Collect
                | A::Use
                | A::Return
                | A::Fail
                | A::Close,
                S::Used | S::Rejected | S::Cancelled | S::ReturnedToSender | S::Failed | S::Closed,
            ) => return Err(Refusal::LetterEnded),
        };
        Ok(PukLetterEvent::Moved { to })
    }

    fn evolve(mut self, event: &PukLetterEvent, now: DateTime<Utc>) -> Self {
        let PukLetterEvent::Moved { to } = event;
        self.stage = *to;
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        _: &PukLetterEvent,
        _: &PukLetterFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        Consequences::default()
    }
}
