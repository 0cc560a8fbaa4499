//! The photo that is printed on a card: taken or chosen at the card office, approved by the officer
//! who has the person before them, and used again when a card has to be made anew. Source text S3.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::calendar;
use crate::consequences::{Consequences, FollowUp};
use crate::ids::{OfficeId, OrderId, PersonId, PhotoId};
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::order::{OrderAction, OrderStage};
use crate::person::Subject;
use crate::refusal::Refusal;

/// How a photo came about.
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
pub enum PhotoSource {
    /// Taken at the desk, with the person there.
    Desk,
    /// Brought as a file.
    Upload,
}

/// Where a photo stands.
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
pub enum PhotoStage {
    /// Waits for the officer's eyes.
    Captured,
    /// May be printed.
    Approved,
    /// May not.
    Rejected,
}

/// Why a photo was not approved.
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
pub enum PhotoFault {
    /// Not sharp, too dark or too light.
    Quality,
    /// The face does not look straight ahead, or is not whole.
    Pose,
    /// Something covers the face, or stands behind it.
    Covered,
    /// Another person.
    AnotherPerson,
}

/// A photo. The picture itself is kept beside it, encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Its id.
    pub id: PhotoId,
    /// Who is on it.
    pub person: PersonId,
    /// The order it was taken for.
    pub order: OrderId,
    /// The office where it was taken; the card is activated there.
    pub office: OfficeId,
    /// The officer who took it or brought it in.
    pub taken_by: PersonId,
    /// The day it was taken.
    pub taken_on: NaiveDate,
    /// How it came about.
    pub source: PhotoSource,
    /// Where it stands.
    pub stage: PhotoStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
    /// The picture of a photo that has just begun; never read back with it.
    pub picture: Option<Picture>,
}

/// A picture and its small copy, as JPEG without any metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// As it is printed.
    pub jpeg: Vec<u8>,
    /// As it is shown in lists.
    pub thumbnail: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} bytes)", self.jpeg.len())
    }
}

/// A photo to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoRequest {
    /// The new id.
    pub id: PhotoId,
    /// The order that waits for it.
    pub order: OrderId,
    /// Who is on it.
    pub person: PersonId,
    /// How it came about.
    pub source: PhotoSource,
    /// The picture.
    pub picture: Picture,
}

/// What the officer has seen before approving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoApproval {
    /// The person at the desk has shown who they are.
    pub identity_seen: bool,
    /// It is the same person on the photo.
    pub same_person: bool,
}

/// What can be done to a photo.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(
    name(PhotoActionName),
    derive(EnumIter, EnumString, IntoStaticStr, Hash)
)]
#[strum_discriminants(strum(serialize_all = "snake_case"))]
#[strum_discriminants(doc = "The actions by name.")]
pub enum PhotoAction {
    /// It may be printed.
    Approve(PhotoApproval),
    /// It may not.
    Reject {
        /// Why.
        fault: PhotoFault,
    },
}

/// What has happened to a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PhotoEvent {
    /// Taken or brought in.
    Begun {
        /// How.
        source: PhotoSource,
    },
    /// Approved.
    Approved {
        /// What the officer said to have seen.
        seen: PhotoApproval,
    },
    /// Not approved.
    Rejected {
        /// Why.
        fault: PhotoFault,
    },
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoFacts {
    /// Whom it is about.
    pub subject: Subject,
    /// Where the order stands that waits for the photo.
    pub order: OrderStage,
}

impl Begin for Photo {
    type Request = PhotoRequest;
    const FUNCTION: Function = Function::ApprovePhoto;

    fn begin(
        by: &Actor,
        request: &PhotoRequest,
        facts: &PhotoFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, PhotoEvent), Refusal> {
        awaited(facts)?;
        let photo = Self {
            id: request.id,
            person: request.person,
            order: request.order,
            office: by.office().ok_or(Refusal::NoOffice)?,
            taken_by: by.person().ok_or(Refusal::NotYourRole)?,
            taken_on: calendar::business_day(now),
            source: request.source,
            stage: PhotoStage::Captured,
            since: now,
            version: 1,
            picture: Some(request.picture.clone()),
        };
        let source = request.source;
        Ok((photo, PhotoEvent::Begun { source }))
    }
}

/// Whether an order waits for a photo.
fn awaited(facts: &PhotoFacts) -> Result<(), Refusal> {
    if facts.order == OrderStage::AwaitingPhoto {
        Ok(())
    } else {
        Err(Refusal::PhotoNotAwaited)
    }
}

impl Lifecycle for Photo {
    const KIND: ThingKind = ThingKind::Photo;
    type Stage = PhotoStage;
    type Action = PhotoAction;
    type ActionName = PhotoActionName;
    type Event = PhotoEvent;
    type Facts = PhotoFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> PhotoStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &PhotoAction) -> PhotoActionName {
        action.into()
    }
    fn function(_: &PhotoAction) -> Function {
        Function::ApprovePhoto
    }
    fn subject(facts: &PhotoFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        _: &Actor,
        action: &PhotoAction,
        facts: &PhotoFacts,
        _: DateTime<Utc>,
    ) -> Result<PhotoEvent, Refusal> {
        match (action, self.stage) {
            (PhotoAction::Approve(seen), PhotoStage::Captured) => {
                awaited(facts)?;
                if seen.identity_seen && seen.same_person {
                    Ok(PhotoEvent::Approved { seen: *seen })
                } else {
                    Err(Refusal::PhotoNotConfirmed)
                }
            }
            (PhotoAction::Reject { fault }, PhotoStage::Captured) => {
                Ok(PhotoEvent::Rejected { fault: *fault })
            }
            (
                PhotoAction::Approve(_) | PhotoAction::Reject { .. },
                PhotoStage::Approved | PhotoStage::Rejected,
            ) => Err(Refusal::PhotoDecided),
        }
    }

    fn evolve(mut self, event: &PhotoEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            PhotoEvent::Begun { .. } => PhotoStage::Captured,
            PhotoEvent::Approved { .. } => PhotoStage::Approved,
            PhotoEvent::Rejected { .. } => PhotoStage::Rejected,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(&self, event: &PhotoEvent, _: &PhotoFacts, _: DateTime<Utc>) -> Consequences {
        match event {
            PhotoEvent::Begun { .. } | PhotoEvent::Rejected { .. } => Consequences::default(),
            PhotoEvent::Approved { .. } => Consequences {
                follow_ups: vec![FollowUp::Order(
                    self.order,
                    OrderAction::ApprovePhoto {
                        photo: self.as_kept(),
                    },
                )],
                ..Consequences::default()
            },
        }
    }
}

/// A photo that has been approved, as an order sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPhoto {
    /// Which.
    pub id: PhotoId,
    /// The day it was taken.
    pub taken_on: NaiveDate,
    /// By whom.
    pub taken_by: PersonId,
    /// Where. The card is activated there, also when the photo is used again.
    pub office: OfficeId,
    /// How it came about: of a photo that was brought as a file nobody knows the day.
    pub source: PhotoSource,
}

impl Photo {
    /// The photo, as an order sees it.
    #[must_use]
    pub fn as_kept(&self) -> KeptPhoto {
        KeptPhoto {
            id: self.id,
            taken_on: self.taken_on,
            taken_by: self.taken_by,
            office: self.office,
            source: self.source,
        }
    }
}
