//! The order's lifecycle: every action at every stage.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use super::{
    Order, OrderAction, OrderActionName, OrderEvent, OrderFacts, OrderRequest, OrderStage,
    RegisterFacts,
};
use crate::access::{Actor, Function, SystemActor, permit};
use crate::calendar::{self, Due};
use crate::card::{CardAction, CardRequest, RevocationReason};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule};
use crate::delivery::{DeliveryAction, DeliveryMethod, DeliveryRequest};
use crate::ids::PersonId;
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::refusal::Refusal;
use crate::values::PersonNumber;

/// Age from which an ordinary card, assurance level 3, may be held.
const ADULT_YEARS: u32 = 18;

impl Begin for Order {
    type Request = OrderRequest;
    const FUNCTION: Function = Function::OrderCard;

    fn begin(
        by: &Actor,
        request: &OrderRequest,
        facts: &OrderFacts,
        now: DateTime<Utc>,
    ) -> Result<(Self, OrderEvent), Refusal> {
        let recipient = match &facts.register {
            RegisterFacts::Silent => return Err(Refusal::RegisterSilent),
            RegisterFacts::Deceased => return Err(Refusal::Deceased),
            RegisterFacts::NoAddress => return Err(Refusal::NoRegisteredAddress),
            RegisterFacts::Reachable(recipient) => recipient.clone(),
        };
        let today = calendar::business_day(now);
        of_age(&facts.number, today)?;
        if !facts.subject.organisations.contains(&request.organisation) {
            return Err(Refusal::NoPost);
        }
        if !facts.product.orderable {
            return Err(Refusal::ProductNotOrderable);
        }
        if let Some(order_number) = &facts.open_order {
            return Err(Refusal::AlreadyOrdered {
                order_number: order_number.clone(),
            });
        }
        if !request.routine_confirmed {
            return Err(Refusal::RoutineNotConfirmed);
        }
        let ordered_by = by.person().ok_or(Refusal::NotYourRole)?;
        Ok((
            draft(request, facts, recipient, ordered_by, now),
            OrderEvent::Begun,
        ))
    }
}

fn draft(
    request: &OrderRequest,
    facts: &OrderFacts,
    recipient: super::Recipient,
    ordered_by: PersonId,
    now: DateTime<Utc>,
) -> Order {
    let day = calendar::business_day(now);
    let number = format!(
        "K-{:02}{:02}-{:06}",
        day.year().rem_euclid(100),
        day.month(),
        facts.next_number
    );
    Order {
        id: request.id,
        number,
        person: request.person,
        organisation: request.organisation,
        product: request.product,
        office: request.office,
        method: request.method,
        ordered_by,
        photographed_by: None,
        photo_on: None,
        submitted_on: None,
        recipient,
        card: None,
        delivery: None,
        stage: OrderStage::Draft,
        since: now,
        version: 1,
    }
}

/// An ordinary card needs a personnummer and 18 years.
fn of_age(number: &PersonNumber, today: NaiveDate) -> Result<(), Refusal> {
    let PersonNumber::Personnummer(number) = number else {
        return Err(Refusal::NoPersonnummer);
    };
    let from = number
        .birth_date()
        .checked_add_months(Months::new(ADULT_YEARS * 12))
        .ok_or(Refusal::NoPersonnummer)?;
    if from > today {
        Err(Refusal::TooYoung { from })
    } else {
        Ok(())
    }
}

impl Lifecycle for Order {
    const KIND: ThingKind = ThingKind::CardOrder;
    type Stage = OrderStage;
    type Action = OrderAction;
    type ActionName = OrderActionName;
    type Event = OrderEvent;
    type Facts = OrderFacts;

    fn id(&self) -> uuid::Uuid {
        self.id.0
    }
    fn person(&self) -> PersonId {
        self.person
    }
    fn stage(&self) -> OrderStage {
        self.stage
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn action_name(action: &OrderAction) -> OrderActionName {
        action.into()
    }

    fn function(action: &OrderAction) -> Function {
        match action {
            OrderAction::Submit | OrderAction::Send => Function::OrderCard,
            OrderAction::CompletePrerequisites => Function::CompletePrerequisites,
            OrderAction::ApprovePhoto { .. } => Function::ApprovePhoto,
            OrderAction::FailProduction
            | OrderAction::Produce(_)
            | OrderAction::Dispatch { .. } => Function::ReportProduction,
            OrderAction::Fulfil
            | OrderAction::ReplaceUndelivered
            | OrderAction::ExpireActivation
            | OrderAction::EndWithCard => Function::FollowUp,
            OrderAction::Cancel => Function::CancelOrder,
        }
    }

    fn subject(facts: &OrderFacts) -> &Subject {
        &facts.subject
    }

    /// What an officer began, the ledger finishes: it places and sends as a follow-up.
    fn permitted(
        &self,
        by: &Actor,
        action: &OrderAction,
        facts: &OrderFacts,
    ) -> Result<(), Refusal> {
        let function = match (by, action) {
            (Actor::System(SystemActor::Ledger), OrderAction::Submit | OrderAction::Send) => {
                Function::FollowUp
            }
            _ => Self::function(action),
        };
        permit(by, function, &facts.subject)
    }

    fn decide(
        &self,
        by: &Actor,
        action: &OrderAction,
        facts: &OrderFacts,
        now: DateTime<Utc>,
    ) -> Result<OrderEvent, Refusal> {
        use OrderAction as A;
        use OrderStage as S;
        match (action, self.stage) {
            (A::Submit, S::Draft) => Ok(OrderEvent::Submitted {
                to: after_submission(facts),
                on: calendar::business_day(now),
            }),
            (A::CompletePrerequisites, S::AwaitingPrerequisites) => {
                let to = after_prerequisites(facts);
                Ok(OrderEvent::PrerequisitesCompleted { to })
            }
            (A::ApprovePhoto { taken_on }, S::AwaitingPhoto) => Ok(OrderEvent::PhotoApproved {
                by: by.person(),
                taken_on: *taken_on,
            }),
            // After a failed production the same card is tried again.
            (A::Send, S::ReadyToSend) => Ok(OrderEvent::Sent {
                card: self.card.unwrap_or(facts.new_card),
                delivery: self.delivery.unwrap_or(facts.new_delivery),
            }),
            (A::FailProduction, S::SentToManufacturer) => Ok(OrderEvent::ProductionFailed),
            (A::Produce(made), S::SentToManufacturer) => Ok(OrderEvent::Produced(made.clone())),
            (A::Dispatch { rek_id }, S::Produced) => {
                let rek_id = rek_id.clone();
                Ok(OrderEvent::Dispatched { rek_id })
            }
            (A::Fulfil, S::Dispatched) => Ok(OrderEvent::Fulfilled),
            (A::ReplaceUndelivered, _) => self
                .may_be_replaced(facts, None, now)
                .map(|()| OrderEvent::Replaced),
            (A::ExpireActivation, S::Dispatched) => Ok(OrderEvent::ActivationExpired),
            (A::Cancel, _) => self.unless_over(OrderEvent::Cancelled),
            (A::EndWithCard, _) => self.unless_over(OrderEvent::EndedWithCard),
            (
                A::Submit
                | A::CompletePrerequisites
                | A::ApprovePhoto { .. }
                | A::Send
                | A::FailProduction
                | A::Produce(_)
                | A::Dispatch { .. }
                | A::Fulfil
                | A::ExpireActivation,
                S::Draft
                | S::AwaitingPrerequisites
                | S::AwaitingPhoto
                | S::ReadyToSend
                | S::SentToManufacturer
                | S::Produced
                | S::Dispatched
                | S::Fulfilled
                | S::Cancelled
                | S::Rejected
                | S::ReplacedUndelivered
                | S::ActivationExpired,
            ) => Err(self.stands()),
        }
    }

    fn evolve(mut self, event: &OrderEvent, now: DateTime<Utc>) -> Self {
        self.stage = match event {
            OrderEvent::Begun => OrderStage::Draft,
            OrderEvent::Submitted { to, on } => {
                self.submitted_on = Some(*on);
                *to
            }
            OrderEvent::PrerequisitesCompleted { to } => *to,
            OrderEvent::PhotoApproved { by, taken_on } => {
                self.photographed_by = *by;
                self.photo_on = *taken_on;
                OrderStage::ReadyToSend
            }
            OrderEvent::Sent { card, delivery } => {
                self.card = Some(*card);
                self.delivery = Some(*delivery);
                OrderStage::SentToManufacturer
            }
            OrderEvent::ProductionFailed => OrderStage::ReadyToSend,
            OrderEvent::Produced(_) => OrderStage::Produced,
            OrderEvent::Dispatched { .. } => OrderStage::Dispatched,
            OrderEvent::Fulfilled => OrderStage::Fulfilled,
            OrderEvent::Replaced => OrderStage::ReplacedUndelivered,
            OrderEvent::ActivationExpired => OrderStage::ActivationExpired,
            OrderEvent::Cancelled | OrderEvent::EndedWithCard => OrderStage::Cancelled,
        };
        self.since = now;
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &OrderEvent,
        facts: &OrderFacts,
        _: DateTime<Utc>,
    ) -> Consequences {
        match event {
            OrderEvent::Begun => Consequences {
                follow_ups: vec![FollowUp::Order(self.id, OrderAction::Submit)],
                ..Consequences::default()
            },
            OrderEvent::Submitted { .. }
            | OrderEvent::PrerequisitesCompleted { .. }
            | OrderEvent::PhotoApproved { .. } => self.when_ready(),
            OrderEvent::Sent { .. } => self.when_sent(facts),
            OrderEvent::ProductionFailed => self.when_over(None),
            OrderEvent::Produced(made) => self.when_produced(made),
            OrderEvent::Dispatched { rek_id } => self.when_dispatched(rek_id.as_ref()),
            OrderEvent::Fulfilled | OrderEvent::ActivationExpired | OrderEvent::EndedWithCard => {
                self.when_over(None)
            }
            OrderEvent::Replaced => self.when_over(Some(RevocationReason::ReplacedUndelivered)),
            OrderEvent::Cancelled => self.when_over(Some(RevocationReason::IssuerDecision)),
        }
    }
}

fn after_submission(facts: &OrderFacts) -> OrderStage {
    if facts.prerequisites_missing {
        OrderStage::AwaitingPrerequisites
    } else {
        after_prerequisites(facts)
    }
}

fn after_prerequisites(facts: &OrderFacts) -> OrderStage {
    if facts.product.has_photo {
        OrderStage::AwaitingPhoto
    } else {
        OrderStage::ReadyToSend
    }
}

impl Order {
    /// The refusal that says where the order stands.
    pub(super) fn stands(&self) -> Refusal {
        match self.stage {
            OrderStage::Draft | OrderStage::ReadyToSend => Refusal::OrderNotSent,
            OrderStage::AwaitingPrerequisites => Refusal::PrerequisitesMissing,
            OrderStage::AwaitingPhoto => Refusal::PhotoNeeded,
            OrderStage::SentToManufacturer | OrderStage::Produced => Refusal::OrderAtManufacturer,
            OrderStage::Dispatched => Refusal::OrderDispatched,
            OrderStage::Fulfilled
            | OrderStage::Cancelled
            | OrderStage::Rejected
            | OrderStage::ReplacedUndelivered
            | OrderStage::ActivationExpired => Refusal::OrderEnded,
        }
    }

    /// Whether nothing more can happen to the order.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stands() == Refusal::OrderEnded
    }

    fn unless_over(&self, event: OrderEvent) -> Result<OrderEvent, Refusal> {
        if self.is_over() {
            Err(self.stands())
        } else {
            Ok(event)
        }
    }

    /// A complete order is sent at once: no officer has to remember a second click.
    fn when_ready(&self) -> Consequences {
        if self.stage == OrderStage::ReadyToSend {
            Consequences {
                follow_ups: vec![FollowUp::Order(self.id, OrderAction::Send)],
                ..Consequences::default()
            }
        } else {
            Consequences::default()
        }
    }

    fn when_sent(&self, facts: &OrderFacts) -> Consequences {
        let mut consequences = Consequences {
            errands: vec![Errand::SendToManufacturer { order: self.id }],
            ..Consequences::default()
        };
        // A second attempt after a failed production finds card and sending in place.
        if let (Some(card), Some(delivery)) = (self.card, self.delivery)
            && card == facts.new_card
        {
            consequences.follow_ups = vec![
                FollowUp::BeginCard(CardRequest {
                    id: card,
                    person: self.person,
                    order: self.id,
                    organisation: self.organisation,
                    product: self.product,
                    office: self.office,
                    ordered_by: self.ordered_by,
                    photographed_by: self.photographed_by,
                }),
                FollowUp::BeginDelivery(DeliveryRequest {
                    id: delivery,
                    order: self.id,
                    card,
                    person: self.person,
                    method: self.method,
                    forwarded: self.recipient.forwarded,
                }),
            ];
            consequences.errands.push(Errand::Notify {
                person: self.person,
                mail: MailKind::CardOrdered,
                about: self.id.0,
            });
        }
        // Registered mail can be traced, so only ordinary mail starts the clock of source text S3.
        if let (DeliveryMethod::APost, Some(base)) = (self.method, self.undelivered_base()) {
            consequences.deadlines = vec![DeadlineChange::Start {
                rule: DeadlineRule::Undelivered,
                thing: self.id.0,
                base,
                due: Due::allowed_from(base, facts.lengths.undelivered_days),
            }];
        }
        consequences
    }

    fn when_produced(&self, made: &super::MadeCard) -> Consequences {
        Consequences {
            follow_ups: self
                .card
                .map(|card| FollowUp::Card(card, CardAction::Make(made.clone())))
                .into_iter()
                .collect(),
            ..Consequences::default()
        }
    }

    fn when_dispatched(&self, rek_id: Option<&crate::values::RekId>) -> Consequences {
        let card = self
            .card
            .map(|card| FollowUp::Card(card, CardAction::Dispatch));
        let delivery = self.delivery.map(|delivery| {
            FollowUp::Delivery(
                delivery,
                DeliveryAction::Post {
                    rek_id: rek_id.cloned(),
                },
            )
        });
        Consequences {
            follow_ups: card.into_iter().chain(delivery).collect(),
            ..Consequences::default()
        }
    }

    /// The clock stops; a stopped or replaced order takes its card with it.
    fn when_over(&self, revoke: Option<RevocationReason>) -> Consequences {
        let card = self
            .card
            .zip(revoke)
            .map(|(card, reason)| FollowUp::Card(card, CardAction::EndWithOrder { reason }));
        Consequences {
            follow_ups: card.into_iter().collect(),
            deadlines: vec![DeadlineChange::Stop {
                rule: DeadlineRule::Undelivered,
                thing: self.id.0,
            }],
            ..Consequences::default()
        }
    }
}
