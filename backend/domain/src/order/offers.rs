//! What people are offered to do with an order.

use chrono::{DateTime, Utc};

use super::{Order, OrderAction, OrderActionName, OrderFacts, OrderStage, Sending, Told};
use crate::access::{Actor, Function, permit};
use crate::calendar;
use crate::deadline::DeadlineLengths;
use crate::delivery::{DeliveryMethod, DeliveryStage};
use crate::lifecycle::Lifecycle;
use crate::offer::Offered;
use crate::refusal::Refusal;

impl Offered for Order {
    fn for_people() -> Vec<OrderActionName> {
        vec![
            OrderActionName::CompletePrerequisites,
            OrderActionName::UseStoredPhoto,
            OrderActionName::Send,
            OrderActionName::Cancel,
            OrderActionName::ReplaceUndelivered,
        ]
    }

    fn could(
        &self,
        by: &Actor,
        action: OrderActionName,
        facts: &OrderFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        match action {
            OrderActionName::CompletePrerequisites => {
                permit(by, Function::CompletePrerequisites, &facts.subject)?;
                self.only_at(OrderStage::AwaitingPrerequisites)
            }
            OrderActionName::Cancel => {
                permit(by, Function::CancelOrder, &facts.subject)?;
                if self.is_over() {
                    Err(Refusal::OrderEnded)
                } else {
                    Ok(())
                }
            }
            OrderActionName::ReplaceUndelivered => {
                permit(by, Function::OrderCard, &facts.subject)?;
                let sending = facts.sending.as_ref();
                self.may_be_replaced(Told::NotArrived, sending, &facts.lengths, now)
            }
            OrderActionName::UseStoredPhoto => {
                permit(by, Function::ApprovePhoto, &facts.subject)?;
                self.only_at(OrderStage::AwaitingPhoto)?;
                self.decide(by, &OrderAction::UseStoredPhoto, facts, now)
                    .map(drop)
            }
            OrderActionName::Send => {
                permit(by, Function::OrderCard, &facts.subject)?;
                self.only_at(OrderStage::ReadyToSend)
            }
            OrderActionName::Submit
            | OrderActionName::ApprovePhoto
            | OrderActionName::AskArrival
            | OrderActionName::FailProduction
            | OrderActionName::Produce
            | OrderActionName::Dispatch
            | OrderActionName::Fulfil
            | OrderActionName::ExpireActivation
            | OrderActionName::EndWithCard => Err(Refusal::NotYourRole),
        }
    }
}

impl Order {
    fn only_at(&self, stage: OrderStage) -> Result<(), Refusal> {
        if self.stage == stage {
            Ok(())
        } else {
            Err(self.stands())
        }
    }

    /// Whether a card that did not come as it should may be ordered anew. Source text S3: ordinary
    /// mail 30 days after the photo taken for it, else after the order; registered mail is traced
    /// instead. There is no override. What came back, is lost or came open or damaged does not
    /// wait.
    ///
    /// # Errors
    /// The day from which it is allowed, or the number to trace with.
    pub fn may_be_replaced(
        &self,
        told: Told,
        sending: Option<&Sending>,
        lengths: &DeadlineLengths,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        use OrderStage as S;
        match (self.stage, told) {
            (S::SentToManufacturer | S::Produced, Told::NotArrived) => {
                self.still_made(lengths, now)
            }
            (S::Dispatched, Told::NotArrived) => self.missing(sending, lengths, now),
            (S::Dispatched, Told::EnvelopeOpened | Told::CardDamaged) => Ok(()),
            (S::SentToManufacturer | S::Produced, Told::EnvelopeOpened | Told::CardDamaged)
            | (
                S::Draft
                | S::AwaitingPrerequisites
                | S::AwaitingPhoto
                | S::ReadyToSend
                | S::Fulfilled
                | S::Cancelled
                | S::Rejected
                | S::ReplacedUndelivered
                | S::ActivationExpired,
                Told::NotArrived | Told::EnvelopeOpened | Told::CardDamaged,
            ) => Err(self.stands()),
        }
    }

    /// A card that is still at the manufacturer waits the same 30 days however it is to be sent.
    /// What goes by registered mail is told so: its number to trace by comes when it is posted.
    fn still_made(&self, lengths: &DeadlineLengths, now: DateTime<Utc>) -> Result<(), Refusal> {
        match (self.waited(lengths, now), self.method) {
            (Err(Refusal::UndeliveredTooSoon { from }), DeliveryMethod::Rek) => {
                Err(Refusal::RekNotPostedYet { from })
            }
            (waited, _) => waited,
        }
    }

    /// A card in the post that has not come.
    fn missing(
        &self,
        sending: Option<&Sending>,
        lengths: &DeadlineLengths,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        use DeliveryStage as D;
        let sending = sending.ok_or(Refusal::NotPosted)?;
        match (sending.stage, self.method) {
            (D::ReturnedToSender | D::Lost, _) => Ok(()),
            (D::AssumedDelivered | D::LateArrival, _) => Err(Refusal::DeliveryEnded),
            (
                D::Prepared
                | D::Posted
                | D::NoticeSent
                | D::AtServicePoint
                | D::Collected
                | D::ReportedMissing,
                DeliveryMethod::Rek,
            ) => Err(Refusal::UndeliveredTraceable {
                rek_id: sending.rek_id.clone(),
            }),
            (
                D::Prepared
                | D::Posted
                | D::NoticeSent
                | D::AtServicePoint
                | D::Collected
                | D::ReportedMissing,
                DeliveryMethod::APost | DeliveryMethod::ToOffice,
            ) => self.waited(lengths, now),
        }
    }

    /// Whether the 30 days are over.
    fn waited(&self, lengths: &DeadlineLengths, now: DateTime<Utc>) -> Result<(), Refusal> {
        let base = self.undelivered_base().ok_or(Refusal::OrderNotSent)?;
        let due = calendar::Due::allowed_from(base, lengths.undelivered_days);
        if due.has_come(now) {
            Ok(())
        } else {
            Err(Refusal::UndeliveredTooSoon { from: due.day })
        }
    }
}
