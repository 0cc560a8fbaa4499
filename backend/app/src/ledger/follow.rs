//! What follows a change, in the same transaction. Calls only, no conditions: a condition belongs
//! in the rules. A refused follow-up is a fault in the rules and undoes everything.

use cards_domain::card::{Card, CardAction, CardRequest};
use cards_domain::card_task::{CardTask, CardTaskAction};
use cards_domain::certificate::{Certificate, CertificateAction};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, ChipCodeRequest};
use cards_domain::consequences::FollowUp;
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryRequest};
use cards_domain::order::{Order, OrderAction};
use cards_domain::puk_letter::{PukLetter, PukLetterAction};
use cards_domain::receipt::{Receipt, ReceiptAction, ReceiptRequest};
use cards_domain::revocation::{Revocation, RevocationAction, RevocationRequest};
use cards_store::Tx;
use cards_store::kept::{Kept, KeptBegin};
use uuid::Uuid;

use super::{Answers, Ledger, Step};
use crate::Failure;

/// Things to be done, each with the line that causes it.
struct Caused<T> {
    causes: Vec<Uuid>,
    items: Vec<T>,
}

impl<T> Default for Caused<T> {
    fn default() -> Self {
        Self {
            causes: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T> Caused<T> {
    fn add(&mut self, item: T, cause: Uuid) {
        self.items.push(item);
        self.causes.push(cause);
    }
}

/// Follow-ups sorted by what they are done to, so that each kind is one set.
#[derive(Default)]
struct Sorted {
    new_cards: Caused<CardRequest>,
    cards: Caused<(Uuid, CardAction)>,
    new_deliveries: Caused<DeliveryRequest>,
    deliveries: Caused<(Uuid, DeliveryAction)>,
    new_codes: Caused<ChipCodeRequest>,
    codes: Caused<(Uuid, ChipCodeAction)>,
    new_receipts: Caused<ReceiptRequest>,
    receipts: Caused<(Uuid, ReceiptAction)>,
    certificates: Caused<(Uuid, CertificateAction)>,
    tasks: Caused<(Uuid, CardTaskAction)>,
    letters: Caused<(Uuid, PukLetterAction)>,
    new_revocations: Caused<RevocationRequest>,
    revocations: Caused<(Uuid, RevocationAction)>,
    orders: Caused<(Uuid, OrderAction)>,
}

impl Sorted {
    fn add(&mut self, follow_up: FollowUp, cause: Uuid) {
        match follow_up {
            FollowUp::BeginCard(request) => self.new_cards.add(request, cause),
            FollowUp::Card(id, action) => self.cards.add((id.0, action), cause),
            FollowUp::BeginDelivery(request) => self.new_deliveries.add(request, cause),
            FollowUp::Delivery(id, action) => self.deliveries.add((id.0, action), cause),
            FollowUp::BeginChipCode(request) => self.new_codes.add(request, cause),
            FollowUp::ChipCode(id, action) => self.codes.add((id.0, action), cause),
            FollowUp::BeginReceipt(request) => self.new_receipts.add(request, cause),
            FollowUp::Receipt(id, action) => self.receipts.add((id.0, action), cause),
            FollowUp::Certificate(id, action) => self.certificates.add((id.0, action), cause),
            FollowUp::CardTask(id, action) => self.tasks.add((id.0, action), cause),
            FollowUp::PukLetter(id, action) => self.letters.add((id.0, action), cause),
            FollowUp::BeginRevocation(request) => self.new_revocations.add(request, cause),
            FollowUp::Revocation(id, action) => self.revocations.add((id.0, action), cause),
            FollowUp::Order(id, action) => self.orders.add((id.0, action), cause),
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
        let mut sorted = Sorted::default();
        for (follow_up, cause) in following {
            sorted.add(follow_up, cause);
        }
        self.follow_begin::<Card>(tx, step, sorted.new_cards)?;
        self.follow_act::<Card>(tx, step, sorted.cards)?;
        self.follow_begin::<Delivery>(tx, step, sorted.new_deliveries)?;
        self.follow_act::<Delivery>(tx, step, sorted.deliveries)?;
        self.follow_begin::<ChipCode>(tx, step, sorted.new_codes)?;
        self.follow_act::<ChipCode>(tx, step, sorted.codes)?;
        self.follow_begin::<Receipt>(tx, step, sorted.new_receipts)?;
        self.follow_act::<Receipt>(tx, step, sorted.receipts)?;
        self.follow_act::<Certificate>(tx, step, sorted.certificates)?;
        self.follow_act::<CardTask>(tx, step, sorted.tasks)?;
        self.follow_act::<PukLetter>(tx, step, sorted.letters)?;
        self.follow_begin::<Revocation>(tx, step, sorted.new_revocations)?;
        self.follow_act::<Revocation>(tx, step, sorted.revocations)?;
        self.follow_act::<Order>(tx, step, sorted.orders)
    }

    fn follow_act<K: Kept>(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        acts: Caused<(Uuid, K::Action)>,
    ) -> Result<(), Failure> {
        if acts.items.is_empty() {
            return Ok(());
        }
        let step = step.followed(acts.causes);
        all_accepted(self.step_many::<K>(tx, &step, &acts.items)?)
    }

    fn follow_begin<K: KeptBegin>(
        &self,
        tx: &mut Tx<'_>,
        step: &Step<'_>,
        requests: Caused<K::Request>,
    ) -> Result<(), Failure> {
        if requests.items.is_empty() {
            return Ok(());
        }
        let step = step.followed(requests.causes);
        all_accepted(self.begin_many::<K>(tx, &step, &requests.items)?)
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
