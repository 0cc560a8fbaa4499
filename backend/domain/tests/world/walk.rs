//! Random lives: steps that people, systems and time take in the world.

use cards_domain::access::{Actor, Role, SystemActor};
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeSource};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{Delivery, DeliveryAction, DeliveryMethod};
use cards_domain::order::{MadeCard, Order, OrderAction};
use cards_domain::product::CodeDelivery;
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use chrono::{Days, Duration};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{World, given};

/// Who acts: an officer of the pool, or the holder.
pub type Who = u8;

#[derive(Clone, Debug)]
pub enum Step {
    Order {
        registered: bool,
        missing: bool,
    },
    CompletePrerequisites,
    ApprovePhoto {
        for_this_order: bool,
    },
    Send,
    FailProduction,
    Produce {
        valid_days: u64,
    },
    Dispatch,
    Cancel,
    Replace,
    Post(DeliveryAction),
    AtOffice(DeliveryAction),
    ReceiveAtOffice,
    Unlock,
    Revoke {
        reason: RevocationReason,
        first: bool,
    },
    Destroy {
        first: bool,
    },
    LockCode(usize),
    UnlockCode(usize),
    Sign,
    SignOnPaper,
    RefuseToSign,
    Wait {
        hours: i64,
    },
    Night,
}

/// The pool: the holder, who is an officer too, and three colleagues. Most have every role.
pub fn officers() -> impl Strategy<Value = Vec<Actor>> {
    let all: Vec<Role> = Role::iter().collect();
    let some = subsequence(all.clone(), 0..=all.len());
    let roles = prop_oneof![3 => Just(all), 1 => some];
    proptest::collection::vec(roles, 4).prop_map(|pool| {
        let persons = [given::HOLDER]
            .into_iter()
            .chain((1..).map(given::colleague));
        let pool = persons.zip(pool);
        pool.map(|(person, roles)| Actor::Officer(given::officer(person, &roles)))
            .collect()
    })
}

pub fn world() -> impl Strategy<Value = World> {
    let delivery = select(vec![
        CodeDelivery::ChosenAtActivation,
        CodeDelivery::CodeLetter,
    ]);
    (any::<bool>(), delivery).prop_map(|(photo, delivery)| World::new(photo, delivery))
}

pub fn steps() -> impl Strategy<Value = Vec<(Who, Step)>> {
    proptest::collection::vec((0..4u8, step()), 20..120)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => to_the_manufacturer(),
        8 => from_the_manufacturer(),
        3 => in_the_post(),
        8 => at_the_counter(),
        2 => later(),
        4 => time(),
    ]
}

fn to_the_manufacturer() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<bool>(), proptest::bool::weighted(0.2))
            .prop_map(|(registered, missing)| Step::Order { registered, missing }),
        2 => Just(Step::CompletePrerequisites),
        4 => any::<bool>().prop_map(|for_this_order| Step::ApprovePhoto { for_this_order }),
        1 => Just(Step::Send),
    ]
}

fn from_the_manufacturer() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => Just(Step::FailProduction),
        4 => prop_oneof![1 => 10..120u64, 3 => 1_000..1_800u64]
            .prop_map(|valid_days| Step::Produce { valid_days }),
        4 => Just(Step::Dispatch),
    ]
}

fn in_the_post() -> impl Strategy<Value = Step> {
    let post = select(vec![
        DeliveryAction::SendNotice,
        DeliveryAction::ReachServicePoint,
        DeliveryAction::Collect,
        DeliveryAction::Lose,
    ]);
    let office = select(vec![
        DeliveryAction::Return,
        DeliveryAction::ReportMissing,
        DeliveryAction::ReportLateArrival,
    ]);
    prop_oneof![
        post.prop_map(Step::Post),
        office.prop_map(Step::AtOffice),
        Just(Step::ReceiveAtOffice),
    ]
}

fn at_the_counter() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Unlock),
        2 => Just(Step::Sign),
        1 => Just(Step::SignOnPaper),
        1 => Just(Step::RefuseToSign),
    ]
}

fn later() -> impl Strategy<Value = Step> {
    let reasons: Vec<_> = RevocationReason::iter().collect();
    prop_oneof![
        2 => (select(reasons), any::<bool>())
            .prop_map(|(reason, first)| Step::Revoke { reason, first }),
        1 => any::<bool>().prop_map(|first| Step::Destroy { first }),
        1 => Just(Step::Cancel),
        1 => Just(Step::Replace),
        3 => (0..3usize).prop_map(Step::LockCode),
        3 => (0..3usize).prop_map(Step::UnlockCode),
    ]
}

fn time() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..60i64).prop_map(|hours| Step::Wait { hours }),
        2 => (60..1_000i64).prop_map(|hours| Step::Wait { hours }),
        1 => (1_000..9_000i64).prop_map(|hours| Step::Wait { hours }),
        4 => Just(Step::Night),
    ]
}

/// What became of a step; `None` when there was nothing to do it to.
pub type Outcome = Option<Result<(), Refusal>>;

impl World {
    pub fn take(&mut self, by: &Actor, step: &Step) -> Outcome {
        match step {
            Step::Order {
                registered,
                missing,
            } => {
                self.prerequisites_missing = *missing;
                let method = if *registered {
                    DeliveryMethod::Rek
                } else {
                    DeliveryMethod::APost
                };
                Some(self.order(by, method).map(|_| ()))
            }
            Step::CompletePrerequisites => self.on_order(by, &OrderAction::CompletePrerequisites),
            Step::ApprovePhoto { for_this_order } => {
                let today = self.now.date_naive();
                let taken_on = for_this_order.then_some(today);
                self.on_order(by, &OrderAction::ApprovePhoto { taken_on })
            }
            Step::Send => self.on_order(by, &OrderAction::Send),
            Step::FailProduction => self.made(&OrderAction::FailProduction),
            Step::Produce { valid_days } => self.produce(*valid_days),
            Step::Dispatch => self.dispatch(),
            Step::Cancel => self.on_order(by, &OrderAction::Cancel),
            Step::Replace => {
                let ledger = given::system(SystemActor::Ledger);
                self.on_order(&ledger, &OrderAction::ReplaceUndelivered)
            }
            Step::Post(action) => {
                self.on_delivery(&given::system(SystemActor::Manufacturer), action)
            }
            Step::AtOffice(action) => self.on_delivery(by, action),
            Step::ReceiveAtOffice => self.on_card(by, false, &CardAction::ReceiveAtOffice),
            Step::Unlock => self.unlock(by),
            Step::Revoke { reason, first } => {
                let reason = *reason;
                self.on_card(by, *first, &CardAction::Revoke { reason })
            }
            Step::Destroy { first } => self.on_card(by, *first, &CardAction::Destroy),
            Step::LockCode(which) => {
                let source = CodeSource::Stated;
                self.on_code(by, *which, &ChipCodeAction::Lock { source })
            }
            Step::UnlockCode(which) => self.on_code(by, *which, &ChipCodeAction::Unlock),
            Step::Sign => self.sign(&given::holder(), SignatureKind::ReauthenticatedSession),
            Step::SignOnPaper => self.sign(by, SignatureKind::Paper),
            Step::RefuseToSign => self.on_receipt(by, &ReceiptAction::Refuse),
            Step::Wait { hours } => {
                self.now += Duration::hours(*hours);
                None
            }
            Step::Night => {
                self.night();
                None
            }
        }
    }

    fn on_order(&mut self, by: &Actor, action: &OrderAction) -> Outcome {
        let id = *self.orders.keys().next_back()?;
        Some(self.act::<Order>(by, id, action))
    }

    fn made(&mut self, action: &OrderAction) -> Outcome {
        self.on_order(&given::system(SystemActor::Manufacturer), action)
    }

    fn produce(&mut self, valid_days: u64) -> Outcome {
        let number = given::card_number(self.fresh().as_u128());
        self.made(&OrderAction::Produce(MadeCard {
            number,
            product_number: None,
            printed_name: "Test Testsson".to_owned(),
            valid_to: self.now.date_naive() + Days::new(valid_days),
        }))
    }

    fn dispatch(&mut self) -> Outcome {
        let order = self.orders.values().next_back()?;
        let rek_id = (order.method == DeliveryMethod::Rek).then(given::rek_id);
        self.made(&OrderAction::Dispatch { rek_id })
    }

    fn on_delivery(&mut self, by: &Actor, action: &DeliveryAction) -> Outcome {
        let id = *self.deliveries.keys().next_back()?;
        Some(self.act::<Delivery>(by, id, action))
    }

    fn on_card(&mut self, by: &Actor, first: bool, action: &CardAction) -> Outcome {
        let mut ids = self.cards.keys();
        let id = *if first { ids.next() } else { ids.next_back() }?;
        Some(self.act::<Card>(by, id, action))
    }

    /// Everything done right at the counter, with the last card that was made.
    pub fn unlock(&mut self, by: &Actor) -> Outcome {
        let card = self.cards.values().next_back()?;
        let number = card.number.clone()?;
        let check = given::perfect_check(&number, &self.product, self.now);
        self.on_card(by, false, &CardAction::Unlock(check))
    }

    fn on_code(&mut self, by: &Actor, which: usize, action: &ChipCodeAction) -> Outcome {
        let card = self.cards.values().next_back()?.id;
        let mut codes = self.codes.values().filter(|code| code.card == card);
        let id = codes.nth(which)?.id.0;
        Some(self.act::<ChipCode>(by, id, action))
    }

    pub fn sign(&mut self, by: &Actor, kind: SignatureKind) -> Outcome {
        let terms_version = TERMS_VERSION.to_owned();
        let signature = given::signature(kind, self.now);
        let action = if kind == SignatureKind::Paper {
            ReceiptAction::RegisterPaper {
                terms_version,
                signature,
            }
        } else {
            ReceiptAction::Sign {
                terms_version,
                signature,
            }
        };
        self.on_receipt(by, &action)
    }

    fn on_receipt(&mut self, by: &Actor, action: &ReceiptAction) -> Outcome {
        let id = *self.receipts.keys().next_back()?;
        Some(self.act::<Receipt>(by, id, action))
    }

    /// The nightly run: whatever a clock says is due is done, and must be accepted.
    pub fn night(&mut self) {
        let due: Vec<_> = self.clocks.iter().map(|(key, due)| (*key, *due)).collect();
        for ((rule, thing), due) in due {
            if due.has_come(self.now) && self.clocks.contains_key(&(rule, thing)) {
                self.execute(rule.parse().unwrap(), thing);
            }
        }
    }

    fn execute(&mut self, rule: DeadlineRule, thing: Uuid) {
        let scheduler = given::system(SystemActor::Scheduler);
        let done = match rule {
            // The holder is asked; nothing happens to the things.
            DeadlineRule::Undelivered => return,
            DeadlineRule::Activation => {
                self.act::<Card>(&scheduler, thing, &CardAction::EndUnactivated)
            }
            DeadlineRule::CardExpiry => self.act::<Card>(&scheduler, thing, &CardAction::Expire),
            DeadlineRule::ReceiptSignature => {
                let mut receipts = self.receipts.values();
                let receipt = receipts.rfind(|receipt| receipt.card.0 == thing).unwrap();
                let id = receipt.id.0;
                self.act::<Receipt>(&scheduler, id, &ReceiptAction::TimeOut)
            }
        };
        assert_eq!(done, Ok(()), "{rule:?} was due and was refused");
    }

    /// Stops what is under way and lets the years pass until every validity is over.
    pub fn come_to_rest(&mut self) {
        let colleague = given::almighty(given::colleague(9));
        let _ = self.on_order(&colleague, &OrderAction::Cancel);
        self.now += Duration::days(2_000);
        self.night();
    }
}
