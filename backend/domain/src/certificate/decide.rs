//! The certificate's lifecycle: every action at every stage.

use chrono::{DateTime, Utc};

use super::{
    Certificate, CertificateAction, CertificateActionName, CertificateEndedBy, CertificateEvent,
    CertificateFacts, CertificateRequest, CertificateStage, REASONS_OF_HOLDERS,
    REASONS_OF_OFFICERS, Usage,
};
use crate::access::{Actor, Function, Loa, permit};
use crate::calendar;
use crate::card::{CardStageName, RevocationReason};
use crate::consequences::{Consequences, Errand, FollowUp};
use crate::ids::PersonId;
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;

impl Begin for Certificate {
    type Request = CertificateRequest;
    const FUNCTION: Function = Function::RequestCertificate;

    fn begin(
        by: &Actor,
        request: &CertificateRequest,
        facts: &CertificateFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, CertificateEvent), Refusal> {
        if facts.key_known {
            return Err(Refusal::KeyInUse);
        }
        may_be_asked_for(by, request, facts)?;
        // A card has a number and a last day from the moment it is made.
        let not_after = facts.valid_to.ok_or(Refusal::OrderAtManufacturer)?;
        let certificate = Self {
            id: request.id,
            card: request.card,
            person: request.person,
            profile: request.profile,
            usage: request.usage,
            pair: facts.pair.unwrap_or(request.new_pair),
            loa: Loa::Loa3,
            not_after,
            reason: None,
            stage: CertificateStage::Requested,
            since: now,
            version: 1,
            request: Some(request.request.clone()),
        };
        let event = CertificateEvent::Begun {
            profile: request.profile,
            usage: request.usage,
        };
        Ok((certificate, event))
    }
}

/// The manufacturer asks while it has the card, for what the product has from the start. Holders
/// fetch the ones for signing, once they have signed for the card (source text S3).
fn may_be_asked_for(
    by: &Actor,
    request: &CertificateRequest,
    facts: &CertificateFacts,
) -> Result<(), Refusal> {
    use CardStageName as S;
    if matches!(by, Actor::System(_)) {
        let wanted = facts.product.certificates_when_made();
        return match facts.card {
            S::Ordered if wanted.contains(&(request.profile, request.usage)) => Ok(()),
            S::Ordered => Err(Refusal::CertificateNotForProduct),
            S::Sent | S::UnlockedUnsigned | S::Active => Err(Refusal::OrderDispatched),
            S::Revoked => Err(Refusal::CardRevoked),
            S::Expired => Err(Refusal::CardExpired),
        };
    }
    match facts.card {
        S::Active if request.usage == Usage::Signature => Ok(()),
        S::Active => Err(Refusal::CertificateNotForProduct),
        S::Ordered => Err(Refusal::CardNotSentYet),
        S::Sent => Err(Refusal::CardNotActivated),
        S::UnlockedUnsigned => Err(Refusal::ReceiptNotSigned),
        S::Revoked => Err(Refusal::CardRevoked),
        S::Expired => Err(Refusal::CardExpired),
    }
}

impl Lifecycle for Certificate {
    const KIND: ThingKind = ThingKind::Certificate;
    type Stage = CertificateStage;
    type Action = CertificateAction;
    type ActionName = CertificateActionName;
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
    fn action_name(action: &CertificateAction) -> CertificateActionName {
        action.into()
    }

    fn function(action: &CertificateAction) -> Function {
        match action {
            CertificateAction::Issue { .. } => Function::ReportIssuing,
            CertificateAction::WriteToCard { .. } => Function::ReportProduction,
            CertificateAction::TakeOffCard | CertificateAction::FetchBack => {
                Function::RequestCertificate
            }
            CertificateAction::Supersede
            | CertificateAction::EndWithPair { .. }
            | CertificateAction::EndWithCard { .. } => Function::FollowUp,
            CertificateAction::Revoke { .. } => Function::Revoke,
            CertificateAction::Expire => Function::ExecuteDeadline,
        }
    }

    fn subject(facts: &CertificateFacts) -> &Subject {
        &facts.subject
    }

    /// The manufacturer writes to cards that it has; afterwards the holder's card client does, with
    /// what its holder may have issued.
    fn permitted(
        &self,
        by: &Actor,
        action: &CertificateAction,
        facts: &CertificateFacts,
    ) -> Result<(), Refusal> {
        let function = match (action, by) {
            (CertificateAction::WriteToCard { .. }, Actor::Holder(_)) => {
                Function::RequestCertificate
            }
            _ => Self::function(action),
        };
        permit(by, function, &facts.subject)
    }

    fn decide(
        &self,
        by: &Actor,
        action: &CertificateAction,
        facts: &CertificateFacts,
        now: DateTime<Utc>,
    ) -> Result<CertificateEvent, Refusal> {
        use CertificateAction as A;
        use CertificateStage as S;
        self.lives()?;
        match (action, self.stage) {
            (A::Issue { authority, serial }, S::Requested) => self.issue(facts, authority, serial),
            (A::WriteToCard { number }, S::Issued)
                if facts.card_number.as_ref() == Some(number) =>
            {
                Ok(CertificateEvent::Written)
            }
            (A::WriteToCard { .. }, S::Issued) => Err(Refusal::WrongCard),
            (A::FetchBack, S::OffCard) => Ok(CertificateEvent::FetchedBack),
            (A::TakeOffCard, S::Active) => Ok(CertificateEvent::TakenOff),
            (A::Supersede, S::Active | S::OffCard) => Ok(CertificateEvent::Superseded),
            (A::Revoke { reason, last_four }, _) => revoke(by, *reason, last_four, facts),
            (A::EndWithPair { reason }, _) => Ok(revoked(*reason, CertificateEndedBy::Pair)),
            (A::EndWithCard { reason }, _) => Ok(revoked(*reason, CertificateEndedBy::Card)),
            (A::Expire, _) => self.expire(now),
            (
                A::Issue { .. }
                | A::WriteToCard { .. }
                | A::TakeOffCard
                | A::FetchBack
                | A::Supersede,
                S::Requested
                | S::Issued
                | S::Active
                | S::OffCard
                | S::Superseded
                | S::Revoked
                | S::Expired,
            ) => Err(Refusal::CertificateNotThere),
        }
    }

    fn evolve(mut self, event: &CertificateEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            CertificateEvent::Begun { .. } => CertificateStage::Requested,
            CertificateEvent::Issued { .. } => CertificateStage::Issued,
            CertificateEvent::Written | CertificateEvent::FetchedBack => CertificateStage::Active,
            CertificateEvent::TakenOff => CertificateStage::OffCard,
            CertificateEvent::Superseded => CertificateStage::Superseded,
            CertificateEvent::Revoked { reason, .. } => {
                self.reason = Some(*reason);
                CertificateStage::Revoked
            }
            CertificateEvent::Expired => CertificateStage::Expired,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &CertificateEvent,
        facts: &CertificateFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        let certificate = self.id;
        let errand = |errand| Consequences {
            errands: vec![errand],
            ..Consequences::default()
        };
        match event {
            CertificateEvent::Begun { .. } => errand(Errand::IssueCertificate { certificate }),
            // The manufacturer waits for it; otherwise the holder's card client fetches it.
            CertificateEvent::Issued { .. } if facts.card == CardStageName::Ordered => {
                errand(Errand::HandOverCertificate { certificate })
            }
            CertificateEvent::Revoked { reason, ended_by } => Consequences {
                follow_ups: self.end_the_pair(*reason, *ended_by, facts),
                ..errand(Errand::PublishRevocation { certificate })
            },
            CertificateEvent::Issued { .. }
            | CertificateEvent::Written
            | CertificateEvent::TakenOff
            | CertificateEvent::FetchedBack
            | CertificateEvent::Superseded
            | CertificateEvent::Expired => Consequences::default(),
        }
    }
}

fn revoked(reason: RevocationReason, ended_by: CertificateEndedBy) -> CertificateEvent {
    CertificateEvent::Revoked { reason, ended_by }
}

/// A person revokes by two steps, and only for a reason that is theirs to give.
fn revoke(
    by: &Actor,
    reason: RevocationReason,
    last_four: &str,
    facts: &CertificateFacts,
) -> Result<CertificateEvent, Refusal> {
    let theirs = match by {
        Actor::Holder(_) => REASONS_OF_HOLDERS,
        Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => REASONS_OF_OFFICERS,
    };
    if !theirs.contains(&reason) {
        return Err(Refusal::ReasonNotForPeople);
    }
    let number = facts.card_number.as_ref();
    if number.is_none_or(|number| number.last_four() != last_four) {
        return Err(Refusal::LastFourWrong);
    }
    Ok(revoked(reason, CertificateEndedBy::Itself))
}

impl Certificate {
    /// Nothing leads out of an end.
    pub(super) fn lives(&self) -> Result<(), Refusal> {
        if self.stage.is_over() {
            Err(Refusal::CertificateEnded)
        } else {
            Ok(())
        }
    }

    /// A certificate is never signed for another day than its card's last.
    fn issue(
        &self,
        facts: &CertificateFacts,
        authority: &str,
        serial: &str,
    ) -> Result<CertificateEvent, Refusal> {
        if facts.valid_to != Some(self.not_after) {
            return Err(Refusal::WrongCard);
        }
        Ok(CertificateEvent::Issued {
            profile: self.profile,
            usage: self.usage,
            authority: authority.to_owned(),
            serial: serial.to_owned(),
            not_after: self.not_after,
        })
    }

    fn expire(&self, now: DateTime<Utc>) -> Result<CertificateEvent, Refusal> {
        let from = self.not_after.succ_opt().unwrap_or(self.not_after);
        if calendar::business_day(now) < from {
            return Err(Refusal::NotDue { from });
        }
        Ok(CertificateEvent::Expired)
    }

    /// A pair is revoked as one; who revokes a card ends each of its certificates from there.
    fn end_the_pair(
        &self,
        reason: RevocationReason,
        ended_by: CertificateEndedBy,
        facts: &CertificateFacts,
    ) -> Vec<FollowUp> {
        if ended_by != CertificateEndedBy::Itself {
            return Vec::new();
        }
        let others = facts.beside.iter();
        others
            .map(|other| FollowUp::Certificate(*other, CertificateAction::EndWithPair { reason }))
            .collect()
    }
}
