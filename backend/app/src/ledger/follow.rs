//! What follows a change, in the same transaction. Calls only, no conditions: a condition belongs
//! in the rules. A refused follow-up is a fault in the rules and undoes everything.

use cards_domain::card::{Card, CardAction, CardRequest};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, ChipCodeRequest};
use cards_domain::consequences::FollowUp;
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryRequest};
use cards_domain::order::{Order, OrderAction};
use cards_domain::receipt::{Receipt, ReceiptAction, ReceiptRequest};
use cards_store::Tx;
use cards_store::kept::{Kept, KeptBegin};
use uuid::Uuid;

use super::{Answers, Ledger, Step};
use crate::Failure;

type Acts<A> = Vec<(Uuid, A)>;

/// Follow-ups sorted by what they are done to, so that each kind is one set.
#[derive(Default)]
struct Sorted {
    new_cards: Vec<CardRequest>,
    cards: Acts<CardAction>,
    new_deliveries: Vec<DeliveryRequest>,
    deliveries: Acts<DeliveryAction>,
    new_codes: Vec<ChipCodeRequest>,
    codes: Acts<ChipCodeAction>,
    new_receipts: Vec<ReceiptRequest>,
    receipts: Acts<ReceiptAction>,
    orders: Acts<OrderAction>,
}

impl Sorted {
    fn add(&mut self, follow_up: FollowUp) {
        match follow_up {
            FollowUp::BeginCard(request) => self.new_cards.push(request),
            FollowUp::Card(id, action) => self.cards.push((id.0, action)),
            FollowUp::BeginDelivery(request) => self.new_deliveries.push(request),
            FollowUp::Delivery(id, action) => self.deliveries.push((id.0, action)),
            FollowUp::BeginChipCode(request) => self.new_codes.push(request),
            FollowUp::ChipCode(id, action) => self.codes.push((id.0, action)),
            FollowUp::BeginReceipt(request) => self.new_receipts.push(request),
            FollowUp::Receipt(id, action) => self.receipts.push((id.0, action)),
            FollowUp::Order(id, action) => self.orders.push((id.0, action)),
        }
    }
}

impl Ledger {
    /// Does what follows, one set per kind. New cards come first, since others refer to them.
    pub(super) fn follow(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        following: Vec<(FollowUp, Uuid)>,
    ) -> Result<(), Failure> {
        let Some((_, cause)) = following.first() else {
            return Ok(());
        };
        let step = step.followed(*cause);
        let mut sorted = Sorted::default();
        for (follow_up, _) in following {
            sorted.add(follow_up);
        }
        self.follow_begin::<Card>(tx, &step, &sorted.new_cards)?;
        self.follow_act::<Card>(tx, &step, &sorted.cards)?;
        self.follow_begin::<Delivery>(tx, &step, &sorted.new_deliveries)?;
        self.follow_act::<Delivery>(tx, &step, &sorted.deliveries)?;
        self.follow_begin::<ChipCode>(tx, &step, &sorted.new_codes)?;
        self.follow_act::<ChipCode>(tx, &step, &sorted.codes)?;
        self.follow_begin::<Receipt>(tx, &step, &sorted.new_receipts)?;
        self.follow_act::<Receipt>(tx, &step, &sorted.receipts)?;
        self.follow_act::<Order>(tx, &step, &sorted.orders)
    }

    fn follow_act<K: Kept>(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        acts: &[(Uuid, K::Action)],
    ) -> Result<(), Failure> {
        if acts.is_empty() {
            return Ok(());
        }
        all_accepted(self.step_many::<K>(tx, step, acts)?)
    }

    fn follow_begin<K: KeptBegin>(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        requests: &[K::Request],
    ) -> Result<(), Failure> {
        if requests.is_empty() {
            return Ok(());
        }
        all_accepted(self.begin_many::<K>(tx, step, requests)?)
    }
}

fn all_accepted<K: Kept>(answers: Answers<K>) -> Result<(), Failure> {
    let kind: &str = K::KIND.into();
    for answer in answers {
        match answer {
            Some(Ok(_)) => {}
            Some(Err(refusal)) => {
                return Err(Failure::Broken(format!(
                    "{kind}: {refusal} after it followed"
                )));
            }
            None => {
                return Err(Failure::Broken(format!(
                    "{kind}: what follows is not there"
                )));
            }
        }
    }
    Ok(())
}
