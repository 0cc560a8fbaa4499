//! The card's lifecycle: every action at every stage.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    Card, CardAction, CardActionName, CardEvent, CardFacts, CardRequest, CardStage, CardStageName,
    CodeProof, CounterCheck, Custody, EndedBy, RevocationReason,
};
use crate::access::{Actor, Function};
use crate::calendar::{self, Due};
use crate::chip_code::{ChipCodeAction, ChipCodeRequest, CodeName};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule};
use crate::delivery::DeliveryAction;
use crate::identity_check::IdentityCheckRecord;
use crate::ids::PersonId;
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::order::OrderAction;
use crate::person::Subject;
use crate::product::CodeDelivery;
use crate::receipt::{ReceiptAction, ReceiptRequest};
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
            | CardAction::Dispatch
            | CardAction::ConfirmReceipt
            | CardAction::Supersede
            | CardAction::EndWithOrder { .. }
            | CardAction::EndWithReceipt { .. } => Function::FollowUp,
            CardAction::ReceiveAtOffice | CardAction::Destroy => Function::ReceiveCard,
            CardAction::Unlock(_) => Function::ActivateCard,
            CardAction::Revoke { .. } => Function::Revoke,
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
            (CardAction::ReceiveAtOffice, S::Sent) => Ok(CardEvent::ReceivedAtOffice),
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
            (CardAction::Destroy, S::Revoked | S::Expired) => Ok(CardEvent::Destroyed),
            (
                CardAction::Make(_)
                | CardAction::Dispatch
                | CardAction::ReceiveAtOffice
                | CardAction::Unlock(_)
                | CardAction::ConfirmReceipt
                | CardAction::Revoke { .. }
                | CardAction::Supersede
                | CardAction::EndWithOrder { .. }
                | CardAction::EndWithReceipt { .. }
                | CardAction::EndUnactivated
                | CardAction::Expire
                | CardAction::Destroy,
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
            CardEvent::Made(_) | CardEvent::ReceivedAtOffice | CardEvent::Destroyed => {
                Consequences::default()
            }
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

fn revoked(reason: RevocationReason, ended_by: EndedBy) -> CardEvent {
    CardEvent::Revoked { reason, ended_by }
}

/// The rules of the counter.
impl Card {
    /// The refusal that says where the card stands.
    #[must_use]
    pub fn stands(&self) -> Refusal {
        match self.stage() {
            CardStageName::Ordered => Refusal::CardNotSentYet,
            CardStageName::Sent => Refusal::CardNotActivated,
            CardStageName::UnlockedUnsigned => Refusal::ReceiptNotSigned,
            CardStageName::Active => Refusal::CardAlreadyActive,
            CardStageName::Revoked => Refusal::CardRevoked,
            CardStageName::Expired => Refusal::CardExpired,
        }
    }

    /// Whether an officer may unlock this card here and now, before anything is checked.
    ///
    /// # Errors
    /// The refusal that sends the holder or the officer where it can be done.
    pub fn may_be_unlocked_by(
        &self,
        by: &Actor,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let here = facts.here.as_ref().ok_or(Refusal::NoOffice)?;
        facts.place.allow(here)?;
        self.second_person(by)?;
        let today = calendar::business_day(now);
        if let Some(last_day) = self.last_day_to_activate(facts)
            && last_day < today
        {
            return Err(Refusal::ActivationTooLate { last_day });
        }
        match self.valid_to {
            Some(valid_to) if valid_to < today => Err(Refusal::CardExpired),
            _ => Ok(()),
        }
    }

    fn unlock(
        &self,
        by: &Actor,
        check: &CounterCheck,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<CardEvent, Refusal> {
        let identity = self.examine(by, check, facts, now)?;
        let code = proven(check.code, facts.product.code_delivery)?;
        let signature = check.signature.clone().ok_or(Refusal::SignatureNeeded)?;
        Ok(CardEvent::Unlocked {
            identity,
            code,
            signature,
        })
    }

    /// Whether what the officer has seen to at the counter holds, before the holder chooses a code
    /// and the officer signs.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn examine(
        &self,
        by: &Actor,
        check: &CounterCheck,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<IdentityCheckRecord, Refusal> {
        self.may_be_unlocked_by(by, facts, now)?;
        if self.number.as_ref() != Some(&check.number_on_card) {
            return Err(Refusal::WrongCard);
        }
        if !check.printed_name_confirmed {
            return Err(Refusal::PrintedNameNotConfirmed);
        }
        let identity = check
            .identity
            .hold(&facts.number, calendar::business_day(now))?;
        if check.face_compared {
            Ok(identity)
        } else {
            Err(Refusal::PhotoNotCompared)
        }
    }

    /// When the card lies at the office nobody but officers has had it, so the one who ordered it
    /// or took the photo must not be the one who hands it over. Otherwise the second party is the
    /// manufacturer and the post to the registered address.
    fn second_person(&self, by: &Actor) -> Result<(), Refusal> {
        let acting = by.person();
        let took_part =
            acting == Some(self.ordered_by) || (acting.is_some() && acting == self.photographed_by);
        if self.custody == Custody::Office && took_part {
            return Err(Refusal::SecondPersonNeeded);
        }
        Ok(())
    }

    /// The last day on which the card can be activated: so many months after it was posted.
    #[must_use]
    pub fn last_day_to_activate(&self, facts: &CardFacts) -> Option<NaiveDate> {
        match self.stage {
            CardStage::Sent { at } => Some(calendar::add_months(
                calendar::business_day(at),
                facts.lengths.activation_months,
            )),
            CardStage::Ordered
            | CardStage::UnlockedUnsigned { .. }
            | CardStage::Active { .. }
            | CardStage::Revoked { .. }
            | CardStage::Expired { .. } => None,
        }
    }

    fn end_unactivated(&self, facts: &CardFacts, now: DateTime<Utc>) -> Result<CardEvent, Refusal> {
        match self.last_day_to_activate(facts) {
            Some(last_day) if calendar::business_day(now) > last_day => Ok(revoked(
                RevocationReason::NotActivatedInTime,
                EndedBy::Itself,
            )),
            Some(last_day) => Err(Refusal::NotDue {
                from: last_day.succ_opt().unwrap_or(last_day),
            }),
            None => Err(self.stands()),
        }
    }

    fn expire(&self, now: DateTime<Utc>) -> Result<CardEvent, Refusal> {
        match self.valid_to {
            Some(valid_to) if calendar::business_day(now) > valid_to => Ok(CardEvent::Expired),
            Some(valid_to) => Err(Refusal::NotDue {
                from: valid_to.succ_opt().unwrap_or(valid_to),
            }),
            None => Err(self.stands()),
        }
    }
}

/// Products whose codes come by letter are not given a chosen code, and the other way round.
fn proven(code: Option<CodeProof>, delivery: CodeDelivery) -> Result<CodeProof, Refusal> {
    match (delivery, code) {
        (CodeDelivery::ChosenAtActivation, Some(CodeProof::ChosenInSoftware)) => {
            Ok(CodeProof::ChosenInSoftware)
        }
        (CodeDelivery::CodeLetter | CodeDelivery::Envelope, Some(CodeProof::LetterCodeWorks)) => {
            Ok(CodeProof::LetterCodeWorks)
        }
        (CodeDelivery::ChosenAtActivation, None | Some(CodeProof::LetterCodeWorks)) => {
            Err(Refusal::CodeNotChosen)
        }
        (
            CodeDelivery::CodeLetter | CodeDelivery::Envelope,
            None | Some(CodeProof::ChosenInSoftware),
        ) => Err(Refusal::CodeLetterNotProven),
    }
}

/// What an event of the card brings with it.
impl Card {
    fn when_begun(&self, facts: &CardFacts) -> Consequences {
        let [pin1, pin2, puk] = facts.new_codes;
        let mut names = vec![(pin1, CodeName::Pin1), (puk, CodeName::Puk)];
        // Cards with a code letter always have a code for signing; others get it with the
        // signing certificate.
        if facts.product.code_delivery == CodeDelivery::CodeLetter {
            names.push((pin2, CodeName::Pin2));
        }
        let follow_ups = names
            .into_iter()
            .map(|(id, name)| {
                FollowUp::BeginChipCode(ChipCodeRequest {
                    id,
                    card: self.id,
                    person: self.person,
                    name,
                })
            })
            .collect();
        Consequences {
            follow_ups,
            ..Consequences::default()
        }
    }

    fn when_dispatched(&self, facts: &CardFacts, now: DateTime<Utc>) -> Consequences {
        let base = calendar::business_day(now);
        let last_day = calendar::add_months(base, facts.lengths.activation_months);
        Consequences {
            deadlines: vec![DeadlineChange::Start {
                rule: DeadlineRule::Activation,
                thing: self.id.0,
                base,
                due: Due::lives_through(last_day),
            }],
            ..Consequences::default()
        }
    }

    fn when_unlocked(&self, facts: &CardFacts, now: DateTime<Utc>) -> Consequences {
        let codes = facts
            .codes
            .iter()
            .filter(|(_, name)| *name != CodeName::Puk);
        let mut follow_ups: Vec<_> = codes
            .map(|(id, _)| FollowUp::ChipCode(*id, ChipCodeAction::Set))
            .collect();
        follow_ups.extend(
            facts
                .delivery
                .map(|delivery| FollowUp::Delivery(delivery, DeliveryAction::Arrive)),
        );
        follow_ups.push(FollowUp::BeginReceipt(ReceiptRequest {
            id: facts.new_receipt,
            card: self.id,
            person: self.person,
        }));
        let time = Duration::hours(i64::from(facts.lengths.receipt_hours));
        let stop = |rule, thing| DeadlineChange::Stop { rule, thing };
        Consequences {
            follow_ups,
            deadlines: vec![
                stop(DeadlineRule::Activation, self.id.0),
                stop(DeadlineRule::Undelivered, self.order.0),
                DeadlineChange::Start {
                    rule: DeadlineRule::ReceiptSignature,
                    thing: self.id.0,
                    base: calendar::business_day(now),
                    due: Due::after(now, time),
                },
            ],
            ..Consequences::default()
        }
    }

    fn when_activated(&self, facts: &CardFacts) -> Consequences {
        let mut follow_ups = vec![FollowUp::Order(self.order, OrderAction::Fulfil)];
        follow_ups.extend(
            facts
                .superseded
                .iter()
                .map(|old| FollowUp::Card(*old, CardAction::Supersede)),
        );
        let mut deadlines = vec![DeadlineChange::Stop {
            rule: DeadlineRule::ReceiptSignature,
            thing: self.id.0,
        }];
        if let (Some(valid_to), CardStage::Active { at }) = (self.valid_to, &self.stage) {
            deadlines.push(DeadlineChange::Start {
                rule: DeadlineRule::CardExpiry,
                thing: self.id.0,
                base: calendar::business_day(*at),
                due: Due::lives_through(valid_to),
            });
        }
        let notify = Errand::Notify {
            person: self.person,
            mail: MailKind::CardActive,
            about: self.id.0,
        };
        Consequences {
            follow_ups,
            errands: vec![notify],
            deadlines,
        }
    }

    fn when_ended(
        &self,
        facts: &CardFacts,
        ended_by: EndedBy,
        reason: Option<RevocationReason>,
    ) -> Consequences {
        let mut follow_ups: Vec<_> = facts
            .codes
            .iter()
            .map(|(id, _)| FollowUp::ChipCode(*id, ChipCodeAction::Drop))
            .collect();
        if facts.order_open && ended_by != EndedBy::Order {
            let action = match reason {
                Some(RevocationReason::NotActivatedInTime) => OrderAction::ExpireActivation,
                _ => OrderAction::EndWithCard,
            };
            follow_ups.push(FollowUp::Order(self.order, action));
        }
        if ended_by != EndedBy::Receipt {
            follow_ups.extend(
                facts
                    .receipt
                    .map(|receipt| FollowUp::Receipt(receipt, ReceiptAction::Lapse)),
            );
        }
        let rules = [
            DeadlineRule::Activation,
            DeadlineRule::ReceiptSignature,
            DeadlineRule::CardExpiry,
        ];
        let deadlines = rules
            .into_iter()
            .map(|rule| DeadlineChange::Stop {
                rule,
                thing: self.id.0,
            })
            .collect();
        Consequences {
            follow_ups,
            errands: Vec::new(),
            deadlines,
        }
    }
}
