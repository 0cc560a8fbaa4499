//! A certificate on a card. The request is stored before anything is signed, and a revocation is
//! final: there is no hold.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::consequences::Consequences;
use crate::ids::{CardId, CertificateId, PersonId};
use crate::lifecycle::{Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;

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

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// The card.
    pub card: CardId,
    /// The holder.
    pub person: PersonId,
    /// Where it stands.
    pub stage: CertificateStage,
    /// Since when.
    pub since: DateTime<Utc>,
    /// For the version check.
    pub version: i64,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CertificateAction {
    /// The authority has signed it.
    Issue,
    /// It is on the card.
    WriteToCard,
    /// It leaves the card and stays valid.
    TakeOffCard,
    /// It is put back on the card.
    FetchBack,
    /// A newer pair has taken its place for good.
    Supersede,
    /// Make it invalid.
    Revoke,
    /// Its last day has gone by.
    Expire,
}

/// What has happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CertificateEvent {
    /// Moved on.
    Moved {
        /// Where to.
        to: CertificateStage,
    },
}

/// What the rules need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whom it is about.
    pub subject: Subject,
}

impl Lifecycle for Certificate {
    const KIND: ThingKind = ThingKind::Certificate;
    type Stage = CertificateStage;
    type Action = CertificateAction;
    type ActionName = CertificateAction;
    type Event = CertificateEvent;
    type Facts = CertificateFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> CertificateStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &CertificateAction) -> CertificateAction {
        *action
    }

    fn function(action: &CertificateAction) -> Function {
        match action {
            CertificateAction::Issue | CertificateAction::WriteToCard => Function::ReportIssuing,
            CertificateAction::TakeOffCard | CertificateAction::FetchBack => {
                Function::RequestCertificate
            }
            CertificateAction::Supersede => Function::FollowUp,
            CertificateAction::Revoke => Function::Revoke,
            CertificateAction::Expire => Function::ExecuteDeadline,
        }
    }

    fn subject(facts: &CertificateFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        _: &Actor,
        action: &CertificateAction,
        _: &CertificateFacts,
        _: DateTime<Utc>,
    ) -> Result<CertificateEvent, Refusal> {
        use CertificateAction as A;
        use CertificateStage as S;
        let to = match (action, self.stage) {
            (A::Issue, S::Requested) => S::Issued,
            (A::WriteToCard, S::Issued) | (A::FetchBack, S::OffCard) => S::Active,
            (A::TakeOffCard, S::Active) => S::OffCard,
            (A::Supersede, S::Active | S::OffCard) => S::Superseded,
            (A::Revoke, S::Requested | S::Issued | S::Active | S::OffCard) => S::Revoked,
            (A::Expire, S::Issued | S::Active | S::OffCard) => S::Expired,
            (
                A::Issue
                | A::WriteToCard
                | A::TakeOffCard
                | A::FetchBack
                | A::Supersede
                | A::Expire,
                S::Requested | S::Issued | S::Active | S::OffCard,
            ) => return Err(Refusal::CertificateNotThere),
            (
                A::Issue
                | A::WriteToCard
                | A::TakeOffCard
                | A::FetchBack
                | A::Supersede
                | A::Revoke
                | A::Expire,
                S::Superseded | S::Revoked | S::Expired,
            ) => return Err(Refusal::CertificateEnded),
        };
        Ok(CertificateEvent::Moved { to })
    }

    fn evolve(mut self, event: &CertificateEvent, now: DateTime<Utc>) -> Self {
        let CertificateEvent::Moved { to } = event;
        self.stage = *to;
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        _: &CertificateEvent,
        _: &CertificateFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        Consequences::default()
    }
}
