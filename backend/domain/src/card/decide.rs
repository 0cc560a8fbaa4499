//! The card's lifecycle: every action at every stage.

use chrono::{DateTime, Utc};

use super::{
    Card, CardAction, CardActionName, CardEvent, CardFacts, CardRequest, CardStage, CardStageName,
    Custody, EndedBy, RevocationReason,
};
use crate::access::{Actor, Function};
use crate::consequences::Consequences;
use crate::ids::PersonId;
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;

impl Begin for Card {
    type Request = CardRequest;
    const FUNCTION: Function = Function::FollowUp;

    fn begin(
        _: &Actor,
        request: &CardRequest,
        _: &CardFacts,
        _: DateTime<Utc>,
    ) -> Result<(Self, CardEvent), Refusal> {
        let card = Self {
            id: request.id,
            person: request.person,
            order: request.order,
            organisation: request.organisation,
            product: request.product,
            office: request.office,
            ordered_by: request.ordered_by,
            photographed_by: request.photographed_by,
            number: None,
            product_number: None,
            printed_name: None,
            valid_to: None,
            custody: Custody::Manufacturer,
            keep_until: None,
            stage: CardStage::Ordered,
            version: 1,
        };
        Ok((card, CardEvent::Begun))
    }
}

impl Lifecycle for Card {
    const KIND: ThingKind = ThingKind::Card;
    type Stage = CardStageName;
    type Action = CardAction;
    type ActionName = CardActionName;
    type Event = CardEvent;
    type Facts = CardFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> CardStageName {
        (&self.stage).into()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &CardAction) -> CardActionName {
        action.into()
    }

    fn function(action: &CardAction) -> Function {
        match action {
            CardAction::Make(_)
            | CardAction::Revoke { .. }
            | CardAction::Dispatch
            | CardAction::ConfirmReceipt
            | CardAction::Supersede
            | CardAction::EndWithOrder { .. }
            | CardAction::EndWithReceipt { .. } => Function::FollowUp,
            CardAction::ReceiveAtOffice { .. } | CardAction::Destroy => Function::ReceiveCard,
            CardAction::Unlock(_) => Function::ActivateCard,
            CardAction::EndUnactivated | CardAction::Expire => Function::ExecuteDeadline,
        }
    }

    fn subject(facts: &CardFacts) -> &Subject {
        &facts.subject
    }

    fn decide(
        &self,
        by: &Actor,
        action: &CardAction,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<CardEvent, Refusal> {
        use CardStageName as S;
        let stage = self.stage();
        match (action, stage) {
            (CardAction::Make(made), S::Ordered) => Ok(CardEvent::Made(made.clone())),
            (CardAction::Dispatch, S::Ordered) => Ok(CardEvent::Dispatched),
            (CardAction::ReceiveAtOffice { number }, S::Sent) => self.receive(number, facts),
            (CardAction::Unlock(check), S::Sent) => self.unlock(by, check, facts, now),
            (CardAction::ConfirmReceipt, S::UnlockedUnsigned) => Ok(CardEvent::Activated),
            (CardAction::Supersede, S::Active) => {
                Ok(revoked(RevocationReason::Superseded, EndedBy::Itself))
            }
            // That the time to activate has gone by is for the deadline to say.
            (
                CardAction::Revoke { reason },
                S::Ordered | S::Sent | S::UnlockedUnsigned | S::Active,
            ) if *reason != RevocationReason::NotActivatedInTime => {
                Ok(revoked(*reason, EndedBy::Itself))
            }
            (CardAction::EndWithOrder { reason }, S::Ordered | S::Sent | S::UnlockedUnsigned) => {
                Ok(revoked(*reason, EndedBy::Order))
            }
            (CardAction::EndWithReceipt { reason }, S::UnlockedUnsigned) => {
                Ok(revoked(*reason, EndedBy::Receipt))
            }
            (CardAction::EndUnactivated, S::Sent) => self.end_unactivated(facts, now),
            (CardAction::Expire, S::Sent | S::UnlockedUnsigned | S::Active) => self.expire(now),
            (CardAction::Destroy, S::Revoked | S::Expired) => self.destroy(facts),
            (CardAction::Destroy, S::Ordered | S::Sent | S::UnlockedUnsigned | S::Active) => {
                Err(Refusal::CardStillLives)
            }
            (
                CardAction::Make(_)
                | CardAction::Dispatch
                | CardAction::ReceiveAtOffice { .. }
                | CardAction::Unlock(_)
                | CardAction::ConfirmReceipt
                | CardAction::Revoke { .. }
                | CardAction::Supersede
                | CardAction::EndWithOrder { .. }
                | CardAction::EndWithReceipt { .. }
                | CardAction::EndUnactivated
                | CardAction::Expire,
                S::Ordered | S::Sent | S::UnlockedUnsigned | S::Active | S::Revoked | S::Expired,
            ) => Err(self.stands()),
        }
    }

    fn evolve(mut self, event: &CardEvent, now: DateTime<Utc>) -> Self {
        match event {
            CardEvent::Begun => {}
            CardEvent::Made(made) => {
                self.number = Some(made.number.clone());
                self.product_number.clone_from(&made.product_number);
                self.printed_name = Some(made.printed_name.clone());
                self.valid_to = Some(made.valid_to);
            }
            CardEvent::Dispatched => {
                self.custody = Custody::Post;
                self.stage = CardStage::Sent { at: now };
            }
            CardEvent::ReceivedAtOffice => self.custody = Custody::Office,
            CardEvent::Unlocked { .. } => {
                self.custody = Custody::Holder;
                self.stage = CardStage::UnlockedUnsigned { at: now };
            }
            CardEvent::Activated => self.stage = CardStage::Active { at: now },
            CardEvent::Revoked { reason, .. } => {
                self.stage = CardStage::Revoked {
                    at: now,
                    reason: *reason,
                };
            }
            CardEvent::Expired => self.stage = CardStage::Expired { at: now },
            CardEvent::Destroyed => self.custody = Custody::Destroyed,
        }
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &CardEvent,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Consequences {
        match event {
            CardEvent::Begun => self.when_begun(facts),
            CardEvent::Made(_) | CardEvent::Destroyed => Consequences::default(),
            CardEvent::ReceivedAtOffice => self.when_received(facts),
            CardEvent::Dispatched => self.when_dispatched(facts, now),
            CardEvent::Unlocked { .. } => self.when_unlocked(facts, now),
            CardEvent::Activated => self.when_activated(facts),
            CardEvent::Revoked { reason, ended_by } => {
                self.when_ended(facts, *ended_by, Some(*reason))
            }
            CardEvent::Expired => self.when_ended(facts, EndedBy::Itself, None),
        }
    }
}

pub(super) fn revoked(reason: RevocationReason, ended_by: EndedBy) -> CardEvent {
    CardEvent::Revoked { reason, ended_by }
}
