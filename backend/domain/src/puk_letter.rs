//! A letter with the code that unlocks a locked card. The code itself is never shown on a screen.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function, permit};
use crate::calendar;
use crate::card::CardStageName;
use crate::consequences::{Consequences, Errand, MailKind};
use crate::ids::{CardId, PersonId, PukLetterId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::offer::Offered;
use crate::order::RegisterFacts;
use crate::person::Subject;
use crate::product::CodeDelivery;
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

/// Why a letter is asked for.
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
pub enum LetterReason {
    /// The card is locked.
    Locked,
    /// The code letter is lost, or the codes are forgotten.
    LostCodes,
    /// The code letter of a card that has not been fetched never came. Source text S3.
    NeverReceived,
}

/// Why a letter was not approved.
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
pub enum LetterRejection {
    /// It is not certain that the holder has asked.
    CallerUnsure,
    /// The card is to be replaced instead.
    CardToBeReplaced,
    /// A visit opens the card sooner.
    VisitInstead,
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
    /// Why it was asked for.
    pub reason: LetterReason,
    /// Who asked, where it was not the holder.
    pub requested_by: PersonId,
    /// Where it stands.
    pub stage: PukLetterStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// A letter to be approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PukLetterRequest {
    /// The new id.
    pub id: PukLetterId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Why.
    pub reason: LetterReason,
    /// The officer has made sure who asks: by name, HSA-id and card number. A holder who is logged
    /// in has shown who they are.
    pub caller_identified: bool,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumDiscriminants)]
#[strum_discriminants(
    name(PukLetterActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum PukLetterAction {
    /// Approve it.
    Approve,
    /// Do not approve it.
    Reject {
        /// Why.
        why: LetterRejection,
    },
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
    /// Asked for.
    Begun {
        /// Why.
        reason: LetterReason,
    },
    /// Not approved.
    Rejected {
        /// Why.
        why: LetterRejection,
    },
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
    /// Where the card stands.
    pub card: CardStageName,
    /// Last day of its validity.
    pub valid_to: Option<NaiveDate>,
    /// How the codes of its product reach the holder.
    pub code_delivery: CodeDelivery,
    /// Another letter for the card is on its way.
    pub open_letter: bool,
    /// The PUK itself is locked: the letter's code would open nothing.
    pub puk_locked: bool,
    /// What the population register has answered.
    pub register: RegisterFacts,
}

impl Begin for PukLetter {
    type Request = PukLetterRequest;
    const FUNCTION: Function = Function::RequestPukLetter;

    fn begin(
        by: &Actor,
        request: &PukLetterRequest,
        facts: &PukLetterFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, PukLetterEvent), Refusal> {
        fits_the_card(request.reason, facts, now)?;
        if facts.puk_locked {
            return Err(Refusal::PukLocked);
        }
        if facts.open_letter {
            return Err(Refusal::LetterAlreadyOpen);
        }
        match facts.register {
            RegisterFacts::Silent => return Err(Refusal::RegisterSilent),
            RegisterFacts::Deceased => return Err(Refusal::Deceased),
            RegisterFacts::NoAddress => return Err(Refusal::NoRegisteredAddress),
            RegisterFacts::Reachable(_) => {}
        }
        let is_holder = matches!(by, Actor::Holder(_));
        if !is_holder && !request.caller_identified {
            return Err(Refusal::CallerNotIdentified);
        }
        let letter = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            reason: request.reason,
            requested_by: by.person().ok_or(Refusal::NotYourRole)?,
            stage: PukLetterStage::Requested,
            since: now,
            version: 1,
        };
        let reason = request.reason;
        Ok((letter, PukLetterEvent::Begun { reason }))
    }
}

/// Whether the card can be opened by a letter at all: a living card, or an older one whose code
/// letter never came, so that it could not even be fetched. Reserve cards get none by default.
fn fits_the_card(
    reason: LetterReason,
    facts: &PukLetterFacts,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    if facts.code_delivery == CodeDelivery::Envelope {
        return Err(Refusal::NoLetterForReserve);
    }
    let over = facts
        .valid_to
        .is_some_and(|last_day| last_day < calendar::business_day(now));
    let by_letter = facts.code_delivery == CodeDelivery::CodeLetter;
    match facts.card {
        CardStageName::Active | CardStageName::UnlockedUnsigned if over => {
            Err(Refusal::CardExpired)
        }
        CardStageName::Active | CardStageName::UnlockedUnsigned => Ok(()),
        CardStageName::Sent if by_letter && reason == LetterReason::NeverReceived => Ok(()),
        CardStageName::Sent => Err(Refusal::CardNotActivated),
        CardStageName::Ordered => Err(Refusal::CardNotSentYet),
        CardStageName::Revoked => Err(Refusal::CardRevoked),
        CardStageName::Expired => Err(Refusal::CardExpired),
    }
}

impl Lifecycle for PukLetter {
    const KIND: ThingKind = ThingKind::PukLetter;
    type Stage = PukLetterStage;
    type Action = PukLetterAction;
    type ActionName = PukLetterActionName;
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
    fn action_name(action: &PukLetterAction) -> PukLetterActionName {
        action.into()
    }

    fn function(action: &PukLetterAction) -> Function {
        match action {
            PukLetterAction::Approve | PukLetterAction::Reject { .. } => Function::ApprovePukLetter,
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
            (A::Reject { why }, S::Requested) => return Ok(PukLetterEvent::Rejected { why: *why }),
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
                | A::Reject { .. }
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
                | A::Reject { .. }
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
        self.stage = match event {
            PukLetterEvent::Begun { .. } => PukLetterStage::Requested,
            PukLetterEvent::Rejected { .. } => PukLetterStage::Rejected,
            PukLetterEvent::Moved { to } => *to,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &PukLetterEvent,
        _: &PukLetterFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        let mail = match event {
            PukLetterEvent::Moved {
                to: PukLetterStage::Approved,
            } => Some(MailKind::PukLetterApproved),
            PukLetterEvent::Rejected { .. } => Some(MailKind::PukLetterRejected),
            PukLetterEvent::Begun { .. } | PukLetterEvent::Moved { .. } => None,
        };
        Consequences {
            errands: mail
                .map(|mail| Errand::Notify {
                    person: self.person,
                    mail,
                    about: self.id.0,
                })
                .into_iter()
                .collect(),
            ..Consequences::default()
        }
    }
}

impl Offered for PukLetter {
    fn for_people() -> Vec<PukLetterActionName> {
        vec![
            PukLetterActionName::Approve,
            PukLetterActionName::Reject,
            PukLetterActionName::Cancel,
        ]
    }

    fn could(
        &self,
        by: &Actor,
        action: PukLetterActionName,
        facts: &PukLetterFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let action = match action {
            PukLetterActionName::Approve => PukLetterAction::Approve,
            PukLetterActionName::Reject => PukLetterAction::Reject {
                why: LetterRejection::CallerUnsure,
            },
            PukLetterActionName::Cancel => PukLetterAction::Cancel,
            PukLetterActionName::Print
            | PukLetterActionName::Mail
            | PukLetterActionName::ReachServicePoint
            | PukLetterActionName::Collect
            | PukLetterActionName::Use
            | PukLetterActionName::Return
            | PukLetterActionName::Fail
            | PukLetterActionName::Close => return Err(Refusal::NotYourRole),
        };
        permit(by, Self::function(&action), &facts.subject)?;
        self.decide(by, &action, facts, now).map(drop)
    }
}

impl PukLetter {
    /// Whether it may still come: no other is asked for meanwhile.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.stage {
            PukLetterStage::Requested
            | PukLetterStage::Approved
            | PukLetterStage::Printing
            | PukLetterStage::Mailed
            | PukLetterStage::AtServicePoint => true,
            PukLetterStage::Collected
            | PukLetterStage::Used
            | PukLetterStage::Rejected
            | PukLetterStage::Cancelled
            | PukLetterStage::ReturnedToSender
            | PukLetterStage::Failed
            | PukLetterStage::Closed => false,
        }
    }
}
