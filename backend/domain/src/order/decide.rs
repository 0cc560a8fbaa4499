//! The order's lifecycle: every action at every stage.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use super::{
    Order, OrderAction, OrderActionName, OrderEvent, OrderFacts, OrderRequest, OrderStage,
    RegisterFacts, Replacement, Told,
};
use crate::access::{Actor, Function, SystemActor, permit};
use crate::calendar;
use crate::card::RevocationReason;
use crate::certificate::can_name;
use crate::consequences::Consequences;
use crate::delivery::DeliveryMethod;
use crate::ids::PersonId;
use crate::lifecycle::{Begin, Lifecycle, ThingKind};
use crate::person::Subject;
use crate::photo::{KeptPhoto, PhotoSource};
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
        can_name(&facts.product, &facts.name)?;
        if let Some(replacement) = request.replaces {
            replaceable(request, replacement, facts, now)?;
        }
        // The order that is replaced is not in the way: it ends with this one.
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
            OrderEvent::Begun {
                replaces: request.replaces,
            },
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
        photo: None,
        photo_on: None,
        submitted_on: None,
        recipient,
        replaces: request.replaces.map(|replacement| replacement.order),
        card: None,
        delivery: None,
        stage: OrderStage::Draft,
        since: now,
        version: 1,
    }
}

/// Whether the order that the request names may give way to the new one. After two cards in a row
/// that did not come, the third goes where somebody signs for it: no automatic third letter.
fn replaceable(
    request: &OrderRequest,
    replacement: Replacement,
    facts: &OrderFacts,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let replaced = facts.replaced.as_ref().ok_or(Refusal::OutOfScope)?;
    let same = replaced.order.person == request.person
        && replaced.order.organisation == request.organisation;
    if !same {
        return Err(Refusal::OutOfScope);
    }
    let sending = replaced.sending.as_ref();
    replaced
        .order
        .may_be_replaced(replacement.told, sending, &facts.lengths, now)?;
    if replaced.order.replaces.is_some() && request.method == DeliveryMethod::APost {
        return Err(Refusal::ThirdLetter);
    }
    Ok(())
}

/// The photo kept since an earlier order, while it is young enough to be printed again.
pub(super) fn stored_photo(facts: &OrderFacts, now: DateTime<Utc>) -> Result<OrderEvent, Refusal> {
    let photo = facts.stored_photo.ok_or(Refusal::NoStoredPhoto)?;
    let last_day = calendar::add_months(photo.taken_on, facts.lengths.photo_months);
    if calendar::business_day(now) > last_day {
        return Err(Refusal::StoredPhotoTooOld { last_day });
    }
    Ok(approved(photo, true))
}

fn approved(photo: KeptPhoto, stored: bool) -> OrderEvent {
    OrderEvent::PhotoApproved { photo, stored }
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
            OrderAction::UseStoredPhoto => Function::ApprovePhoto,
            OrderAction::FailProduction
            | OrderAction::Produce(_)
            | OrderAction::Dispatch { .. } => Function::ReportProduction,
            OrderAction::Fulfil
            | OrderAction::ApprovePhoto { .. }
            | OrderAction::ReplaceUndelivered { .. }
            | OrderAction::ExpireActivation
            | OrderAction::EndWithCard => Function::FollowUp,
            OrderAction::AskArrival => Function::ExecuteDeadline,
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
            (
                Actor::System(SystemActor::Ledger),
                OrderAction::Submit | OrderAction::Send | OrderAction::UseStoredPhoto,
            ) => Function::FollowUp,
            _ => Self::function(action),
        };
        permit(by, function, &facts.subject)
    }

    fn decide(
        &self,
        _: &Actor,
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
            (A::ApprovePhoto { photo }, S::AwaitingPhoto) => Ok(approved(*photo, false)),
            (A::UseStoredPhoto, S::AwaitingPhoto) => stored_photo(facts, now),
            (A::Send, S::ReadyToSend) => Ok(self.sent(facts)),
            (A::FailProduction, S::SentToManufacturer) => Ok(OrderEvent::ProductionFailed),
            (A::Produce(made), S::SentToManufacturer) => Ok(OrderEvent::Produced(made.clone())),
            (A::Dispatch { rek_id }, S::Produced) => {
                let rek_id = rek_id.clone();
                Ok(OrderEvent::Dispatched { rek_id })
            }
            (A::Fulfil, S::Dispatched) => Ok(OrderEvent::Fulfilled),
            (A::ReplaceUndelivered { told }, _) => self
                .may_be_replaced(*told, facts.sending.as_ref(), &facts.lengths, now)
                .map(|()| OrderEvent::Replaced { told: *told }),
            (A::AskArrival, S::SentToManufacturer | S::Produced | S::Dispatched) => {
                self.ask_arrival(facts, now)
            }
            (A::ExpireActivation, S::Dispatched) => Ok(OrderEvent::ActivationExpired),
            (A::Cancel, _) => self.unless_over(OrderEvent::Cancelled),
            (A::EndWithCard, _) => self.unless_over(OrderEvent::EndedWithCard),
            (
                A::Submit
                | A::CompletePrerequisites
                | A::ApprovePhoto { .. }
                | A::UseStoredPhoto
                | A::AskArrival
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
            OrderEvent::Begun { .. } => OrderStage::Draft,
            OrderEvent::Submitted { to, on } => {
                self.submitted_on = Some(*on);
                *to
            }
            OrderEvent::PrerequisitesCompleted { to } => *to,
            OrderEvent::PhotoApproved { photo, stored } => {
                self.print(photo, *stored);
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
            OrderEvent::Replaced { .. } => OrderStage::ReplacedUndelivered,
            OrderEvent::ArrivalAsked => self.stage,
            OrderEvent::ActivationExpired => OrderStage::ActivationExpired,
            OrderEvent::Cancelled | OrderEvent::EndedWithCard => OrderStage::Cancelled,
        };
        if *event != OrderEvent::ArrivalAsked {
            self.since = now;
        }
        self.version += 1;
        self
    }

    fn consequences(
        &self,
        event: &OrderEvent,
        facts: &OrderFacts,
        now: DateTime<Utc>,
    ) -> Consequences {
        match event {
            OrderEvent::Begun { replaces } => self.when_begun(*replaces),
            OrderEvent::Submitted { .. }
            | OrderEvent::PrerequisitesCompleted { .. }
            | OrderEvent::PhotoApproved { .. } => self.when_ready(facts, now),
            OrderEvent::Sent { .. } => self.when_sent(facts),
            OrderEvent::ProductionFailed => self.when_over(None),
            OrderEvent::Produced(made) => self.when_produced(made),
            OrderEvent::Dispatched { rek_id } => self.when_dispatched(rek_id.as_ref()),
            OrderEvent::Fulfilled | OrderEvent::ActivationExpired | OrderEvent::EndedWithCard => {
                self.when_over(None)
            }
            OrderEvent::Replaced { told } => self.when_replaced(*told, facts),
            OrderEvent::ArrivalAsked => self.when_asked(),
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

    /// A photo is in place. One taken at the desk says where the card is activated, also when it is
    /// used again; only one taken for this very order starts the 30 days anew.
    fn print(&mut self, photo: &KeptPhoto, stored: bool) {
        self.photo = Some(photo.id);
        self.photographed_by = Some(photo.taken_by);
        if photo.source == PhotoSource::Desk {
            self.office = photo.office;
            self.photo_on = (!stored).then_some(photo.taken_on);
        }
    }

    /// The nightly run asks once the 30 days are over; a registered letter is traced instead.
    fn ask_arrival(&self, facts: &OrderFacts, now: DateTime<Utc>) -> Result<OrderEvent, Refusal> {
        let sending = facts.sending.as_ref();
        self.may_be_replaced(Told::NotArrived, sending, &facts.lengths, now)
            .map(|()| OrderEvent::ArrivalAsked)
    }

    /// After a failed production the same card is tried again.
    fn sent(&self, facts: &OrderFacts) -> OrderEvent {
        OrderEvent::Sent {
            card: self.card.unwrap_or(facts.new_card),
            delivery: self.delivery.unwrap_or(facts.new_delivery),
        }
    }

    fn unless_over(&self, event: OrderEvent) -> Result<OrderEvent, Refusal> {
        if self.is_over() {
            Err(self.stands())
        } else {
            Ok(event)
        }
    }
}
