//! One sending of a card by post. Ordinary mail (A-post) cannot be traced; registered mail has a
//! Rek-id. *Collected* is never proof that the holder has the card.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::calendar;
use crate::consequences::{Consequences, Errand, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule};
use crate::ids::{CardId, DeliveryId, OrderId, PersonId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;
use crate::values::RekId;

/// How a card is sent. Source text S3: first-class letter or registered mail.
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
pub enum DeliveryMethod {
    /// Ordinary mail, not traceable.
    APost,
    /// Registered mail with a Rek-id.
    Rek,
    /// To the card office, where the holder fetches it from an officer who had no hand in the order.
    ToOffice,
}

/// Where a sending stands.
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
pub enum DeliveryStage {
    /// At the manufacturer.
    Prepared,
    /// In the post.
    Posted,
    /// Registered mail: a notice has been sent.
    NoticeSent,
    /// Registered mail: waits at a service point.
    AtServicePoint,
    /// Registered mail: collected by somebody.
    Collected,
    /// Ordinary mail: taken to have come, since the card was brought to the office.
    AssumedDelivered,
    /// Came back.
    ReturnedToSender,
    /// Lost in the post.
    Lost,
    /// Ordinary mail: reported missing.
    ReportedMissing,
    /// Came after all.
    LateArrival,
}

/// A sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// The order it belongs to.
    pub order: OrderId,
    /// The card in the envelope.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// How it is sent.
    pub method: DeliveryMethod,
    /// Whether it goes through the Tax Agency's forwarding.
    pub forwarded: bool,
    /// The tracking number.
    pub rek_id: Option<RekId>,
    /// Where it stands.
    pub stage: DeliveryStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// A sending to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRequest {
    /// The new id.
    pub id: DeliveryId,
    /// The order.
    pub order: OrderId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// How.
    pub method: DeliveryMethod,
    /// Through the forwarding.
    pub forwarded: bool,
}

/// What can be done to a sending.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(DeliveryActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum DeliveryAction {
    /// The manufacturer posts it.
    Post {
        /// The tracking number of a registered letter.
        rek_id: Option<RekId>,
    },
    /// The post has sent a notice.
    SendNotice,
    /// It waits at a service point.
    ReachServicePoint,
    /// Somebody has collected it.
    Collect,
    /// It came back.
    Return,
    /// The post has answered that it is lost.
    Lose,
    /// The holder says that it has not come.
    ReportMissing,
    /// It came after all.
    ReportLateArrival,
    /// The card is at the counter, so it must have come.
    Arrive,
}

/// What has happened to a sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum DeliveryEvent {
    /// Prepared.
    Begun,
    /// Posted.
    Posted {
        /// The tracking number.
        rek_id: Option<RekId>,
    },
    /// Moved on.
    Moved {
        /// Where to.
        to: DeliveryStage,
    },
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// The first day on which the card may be reported missing: 30 days after the photo taken for
    /// the order, else after the order. Source text S3.
    pub missing_from: Option<NaiveDate>,
}

impl Begin for Delivery {
    type Request = DeliveryRequest;
    const FUNCTION: Function = Function::FollowUp;

    fn begin(
        _: &Actor,
        request: &DeliveryRequest,
        _: &DeliveryFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, DeliveryEvent), Refusal> {
        let delivery = Self {
            id: request.id,
            order: request.order,
            card: request.card,
            person: request.person,
            method: request.method,
            forwarded: request.forwarded,
            rek_id: None,
            stage: DeliveryStage::Prepared,
            since: now,
            version: 1,
        };
        Ok((delivery, DeliveryEvent::Begun))
    }
}

impl Lifecycle for Delivery {
    const KIND: ThingKind = ThingKind::Delivery;
    type Stage = DeliveryStage;
    type Action = DeliveryAction;
    type ActionName = DeliveryActionName;
    type Event = DeliveryEvent;
    type Facts = DeliveryFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> DeliveryStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &DeliveryAction) -> DeliveryActionName {
        action.into()
    }

    fn function(action: &DeliveryAction) -> Function {
        match action {
            // That a card came back is said by scanning it, at the card.
            DeliveryAction::Post { .. } | DeliveryAction::Return | DeliveryAction::Arrive => {
                Function::FollowUp
            }
            DeliveryAction::SendNotice
            | DeliveryAction::ReachServicePoint
            | DeliveryAction::Collect => Function::ReportProduction,
            DeliveryAction::Lose => Function::ReceiveCard,
            DeliveryAction::ReportMissing | DeliveryAction::ReportLateArrival => {
                Function::ReportDelivery
            }
        }
    }

    fn subject(facts: &DeliveryFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        _: &Actor,
        action: &DeliveryAction,
        facts: &DeliveryFacts,
        now: DateTime<Utc>,
    ) -> Result<DeliveryEvent, Refusal> {
        let to = self.leads_to(action)?;
        if let (DeliveryAction::ReportMissing, Some(from)) = (action, facts.missing_from)
            && calendar::business_day(now) < from
        {
            return Err(Refusal::UndeliveredTooSoon { from });
        }
        Ok(if let DeliveryAction::Post { rek_id } = action {
            let rek_id = rek_id.clone();
            DeliveryEvent::Posted { rek_id }
        } else {
            DeliveryEvent::Moved { to }
        })
    }

    fn evolve(mut self, event: &DeliveryEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            DeliveryEvent::Begun => DeliveryStage::Prepared,
            DeliveryEvent::Posted { rek_id } => {
                self.rek_id.clone_from(rek_id);
                DeliveryStage::Posted
            }
            DeliveryEvent::Moved { to } => *to,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &DeliveryEvent,
        _: &DeliveryFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        match event {
            DeliveryEvent::Posted { .. } if self.method != DeliveryMethod::ToOffice => {
                Consequences {
                    errands: vec![Errand::Notify {
                        person: self.person,
                        mail: MailKind::CardOnItsWay,
                        about: self.card.0,
                    }],
                    ..Consequences::default()
                }
            }
            DeliveryEvent::Moved { to } if fate_is_known(*to) => Consequences {
                deadlines: vec![DeadlineChange::Stop {
                    rule: DeadlineRule::Undelivered,
                    thing: self.order.0,
                }],
                ..Consequences::default()
            },
            DeliveryEvent::Begun | DeliveryEvent::Posted { .. } | DeliveryEvent::Moved { .. } => {
                Consequences::default()
            }
        }
    }
}

/// Whether somebody has said what became of the letter, so that no run has to ask.
fn fate_is_known(stage: DeliveryStage) -> bool {
    match stage {
        DeliveryStage::ReturnedToSender
        | DeliveryStage::Lost
        | DeliveryStage::ReportedMissing
        | DeliveryStage::LateArrival => true,
        DeliveryStage::Prepared
        | DeliveryStage::Posted
        | DeliveryStage::NoticeSent
        | DeliveryStage::AtServicePoint
        | DeliveryStage::Collected
        | DeliveryStage::AssumedDelivered => false,
    }
}

/// In the post, as far as anybody knows.
const UNDER_WAY: &[DeliveryStage] = &[
    DeliveryStage::Posted,
    DeliveryStage::NoticeSent,
    DeliveryStage::AtServicePoint,
    DeliveryStage::ReportedMissing,
];

/// From where an ordinary letter can turn up at the counter. What was lost, came back or came late
/// can still be brought there, and a card in hand is never refused because of its envelope.
const ORDINARY_ARRIVES: &[DeliveryStage] = &[
    DeliveryStage::Posted,
    DeliveryStage::ReportedMissing,
    DeliveryStage::ReturnedToSender,
    DeliveryStage::Lost,
    DeliveryStage::LateArrival,
];

/// The same for a registered letter.
const REGISTERED_ARRIVES: &[DeliveryStage] = &[
    DeliveryStage::Posted,
    DeliveryStage::NoticeSent,
    DeliveryStage::AtServicePoint,
    DeliveryStage::Collected,
    DeliveryStage::ReturnedToSender,
    DeliveryStage::Lost,
    DeliveryStage::LateArrival,
];

impl Delivery {
    fn leads_to(&self, action: &DeliveryAction) -> Result<DeliveryStage, Refusal> {
        use DeliveryAction as A;
        use DeliveryMethod as M;
        use DeliveryStage as S;
        match (action, self.method) {
            (A::Post { .. }, M::APost | M::Rek | M::ToOffice) => {
                self.from(&[S::Prepared], S::Posted)
            }
            (A::SendNotice, M::Rek) => self.from(&[S::Posted], S::NoticeSent),
            (A::ReachServicePoint, M::Rek) => {
                self.from(&[S::Posted, S::NoticeSent], S::AtServicePoint)
            }
            (A::Collect, M::Rek) => {
                self.from(&[S::Posted, S::NoticeSent, S::AtServicePoint], S::Collected)
            }
            (A::SendNotice | A::ReachServicePoint | A::Collect, M::APost | M::ToOffice) => {
                Err(Refusal::NotTraceable)
            }
            (A::Return, M::APost | M::Rek | M::ToOffice) => {
                self.from(UNDER_WAY, S::ReturnedToSender)
            }
            // Of an ordinary letter the post knows nothing: it is waited for.
            (A::Lose, M::APost | M::ToOffice) => Err(Refusal::NotTraceable),
            (A::Lose, M::Rek) => self.from(UNDER_WAY, S::Lost),
            (A::ReportMissing, M::APost | M::ToOffice) => {
                self.from(&[S::Posted], S::ReportedMissing)
            }
            (A::ReportMissing, M::Rek) => Err(Refusal::UndeliveredTraceable {
                rek_id: self.rek_id.clone(),
            }),
            (A::ReportLateArrival, M::APost | M::Rek | M::ToOffice) => {
                self.from(&[S::ReportedMissing, S::Lost], S::LateArrival)
            }
            (A::Arrive, M::APost | M::ToOffice) => self.from(ORDINARY_ARRIVES, S::AssumedDelivered),
            (A::Arrive, M::Rek) => self.from(REGISTERED_ARRIVES, S::Collected),
        }
    }

    fn from(&self, stages: &[DeliveryStage], to: DeliveryStage) -> Result<DeliveryStage, Refusal> {
        if stages.contains(&self.stage) {
            Ok(to)
        } else {
            Err(self.stands())
        }
    }

    /// The refusal that says where the sending stands.
    fn stands(&self) -> Refusal {
        use DeliveryStage as S;
        match self.stage {
            S::Prepared => Refusal::NotPosted,
            S::Posted | S::NoticeSent | S::AtServicePoint | S::ReportedMissing => {
                Refusal::OrderDispatched
            }
            S::Collected | S::AssumedDelivered | S::ReturnedToSender | S::Lost | S::LateArrival => {
                Refusal::DeliveryEnded
            }
        }
    }
}
