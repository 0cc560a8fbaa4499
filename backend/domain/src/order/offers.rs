//! What people are offered to do with an order.

use chrono::{DateTime, Utc};

use super::{Order, OrderActionName, OrderFacts, OrderStage};
use crate::access::{Actor, Function, permit};
use crate::calendar;
use crate::delivery::DeliveryMethod;
use crate::offer::Offered;
use crate::refusal::Refusal;
use crate::values::RekId;

impl Offered for Order {
    fn for_people() -> Vec<OrderActionName> {
        vec![
            OrderActionName::CompletePrerequisites,
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
                self.may_be_replaced(facts, None, now)
            }
            OrderActionName::Submit
            | OrderActionName::ApprovePhoto
            | OrderActionName::Send
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

    /// Whether a card that has not come may be ordered anew. Source text S3: ordinary mail 30 days
    /// after the photo, or after the order when no photo was taken for it; registered mail is
    /// traced instead. There is no override.
    ///
    /// # Errors
    /// The day from which it is allowed, or the number to trace with.
    pub fn may_be_replaced(
        &self,
        facts: &OrderFacts,
        rek_id: Option<&RekId>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        match self.stage {
            OrderStage::SentToManufacturer | OrderStage::Produced | OrderStage::Dispatched => {}
            OrderStage::Draft
            | OrderStage::AwaitingPrerequisites
            | OrderStage::AwaitingPhoto
            | OrderStage::ReadyToSend
            | OrderStage::Fulfilled
            | OrderStage::Cancelled
            | OrderStage::Rejected
            | OrderStage::ReplacedUndelivered
            | OrderStage::ActivationExpired => return Err(self.stands()),
        }
        if self.method == DeliveryMethod::Rek {
            return Err(Refusal::UndeliveredTraceable {
                rek_id: rek_id.cloned(),
            });
        }
        let base = self.undelivered_base().ok_or(Refusal::OrderNotSent)?;
        let due = calendar::Due::allowed_from(base, facts.lengths.undelivered_days);
        if due.has_come(now) {
            Ok(())
        } else {
            Err(Refusal::UndeliveredTooSoon { from: due.day })
        }
    }
}
