//! What must hold of the world after every act.

use std::collections::BTreeSet;

use cards_domain::calendar::{add_days, start_of_day};
use cards_domain::card::{Card, CardStageName, Custody};
use cards_domain::chip_code::{CodeName, CodeStage};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::ids::OrderId;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderStage};
use cards_domain::receipt::ReceiptStage;
use cards_domain::revocation::{Revocation, RevocationStage};

use super::World;
use super::things::letter_is_over;

impl World {
    /// Stops the test when the things do not agree with one another.
    pub fn check(&self) {
        for card in self.cards.values() {
            let order = self.orders.get(&card.order.0).unwrap();
            agrees_with_its_order(card, order);
            self.check_receipts(card);
            self.check_codes(card);
            self.check_certificates(card);
            self.check_tasks(card);
            self.check_clocks(card);
            self.check_cases_and_letters(card);
        }
        for order in self.orders.values() {
            self.check_undelivered_clock(order);
            self.check_replaced(order);
        }
        for case in self.cases.values() {
            self.check_case(case);
        }
        self.check_that_every_clock_has_something_to_run_for();
        self.check_counts();
    }

    fn check_counts(&self) {
        let open = self
            .orders
            .values()
            .filter(|order| !order.is_over())
            .count();
        assert!(open <= 1, "two orders are under way at once");
        let active = |card: &&Card| card.stage() == CardStageName::Active;
        let active = self.cards.values().filter(active).count();
        assert!(
            active <= 1,
            "a newer card did not take the older one's place"
        );
    }

    fn check_receipts(&self, card: &Card) {
        let pending = self
            .receipts
            .values()
            .filter(|receipt| receipt.card == card.id && receipt.stage == ReceiptStage::Pending);
        let waits = card.stage() == CardStageName::UnlockedUnsigned;
        assert_eq!(pending.count(), usize::from(waits), "{:?}", card.stage);
        let signed = self
            .receipts
            .values()
            .filter(|receipt| receipt.card == card.id && receipt.stage == ReceiptStage::Signed);
        if card.stage() == CardStageName::Active {
            assert_eq!(signed.count(), 1, "an active card without a signed receipt");
        }
    }

    /// One state for each code of a card, so that none is locked and in use at once.
    fn check_codes(&self, card: &Card) {
        let over = is_over(card);
        let mut names = BTreeSet::new();
        for code in self.codes.values().filter(|code| code.card == card.id) {
            assert!(
                names.insert(<&str>::from(code.name)),
                "{:?} is kept twice",
                code.name
            );
            assert_eq!(code.stage == CodeStage::Gone, over, "{:?}", card.stage);
            let in_use = matches!(
                card.stage(),
                CardStageName::UnlockedUnsigned | CardStageName::Active
            );
            if code.name != CodeName::Puk && !over {
                assert_eq!(code.stage != CodeStage::NotSet, in_use, "{:?}", card.stage);
            }
        }
    }

    fn check_clocks(&self, card: &Card) {
        let stage = card.stage();
        let clocks = [
            (DeadlineRule::Activation, CardStageName::Sent),
            (
                DeadlineRule::ReceiptSignature,
                CardStageName::UnlockedUnsigned,
            ),
            (DeadlineRule::CardExpiry, CardStageName::Active),
        ];
        for (rule, at) in clocks {
            assert_eq!(
                self.runs(rule, card.id.0),
                stage == at,
                "{rule:?} at {stage:?}"
            );
        }
    }

    /// A living card waits for one caller at most, and no letter waits for a card that is over.
    fn check_cases_and_letters(&self, card: &Card) {
        let open = |case: &&Revocation| {
            case.card == card.id
                && matches!(
                    case.stage,
                    RevocationStage::Reported | RevocationStage::ExternalStepsPending
                )
        };
        if !is_over(card) {
            let open = self.cases.values().filter(open).count();
            assert!(open <= 1, "{open} cases are open for a living card");
        }
        let letters = self.letters.values();
        let going = letters.filter(|letter| letter.card == card.id && !letter_is_over(letter));
        assert!(going.count() <= 1, "two letters for one card");
        if is_over(card) {
            let unsent = self.unsent_letter(card.id, |_| true);
            assert_eq!(unsent, None, "{:?}", card.stage);
            let reported = self.reported(card.id);
            assert_eq!(reported, None, "somebody is to be called back in vain");
        }
    }

    /// What has been carried out has ended the card, and what waits is waited for.
    fn check_case(&self, case: &Revocation) {
        let card = self.cards.get(&case.card.0).unwrap();
        let executed = matches!(
            case.stage,
            RevocationStage::ExternalStepsPending | RevocationStage::Closed
        );
        assert_eq!(case.executed_at.is_some(), executed, "{:?}", case.stage);
        if executed {
            assert!(is_over(card), "{:?}, card {:?}", case.stage, card.stage);
        }
        let settled = |one: &cards_domain::revocation::CaseStep| {
            one.outcome
                .as_ref()
                .is_some_and(cards_domain::revocation::StepOutcome::settles)
        };
        if case.stage == RevocationStage::Closed {
            assert!(case.steps.iter().all(settled), "closed with an open step");
        }
        assert_eq!(
            self.runs(DeadlineRule::CallerCallback, case.id.0),
            case.stage == RevocationStage::Reported
        );
    }

    /// An order that gave way has taken its card with it, another order stands in its place, and
    /// after two in a row the third is not sent by ordinary mail.
    fn check_replaced(&self, order: &Order) {
        if order.stage == OrderStage::ReplacedUndelivered {
            let card = order.card.and_then(|card| self.cards.get(&card.0)).unwrap();
            assert_eq!(card.stage(), CardStageName::Revoked);
            let mut orders = self.orders.values();
            assert!(orders.any(|other| other.replaces == Some(order.id)));
        }
        let replaced = |id: Option<OrderId>| self.orders.get(&id?.0);
        let Some(second) = replaced(order.replaces) else {
            return;
        };
        assert_eq!(second.stage, OrderStage::ReplacedUndelivered);
        if replaced(second.replaces).is_some() {
            assert_ne!(order.method, DeliveryMethod::APost, "a third letter");
        }
    }

    /// The clock runs from the sending to the manufacturer until there is nothing to ask for: the
    /// question has been put, the letter is traced, its fate is known, or the card is in hand.
    fn check_undelivered_clock(&self, order: &Order) {
        let runs = self.runs(DeadlineRule::Undelivered, order.id.0);
        let awaited = matches!(
            order.stage,
            OrderStage::SentToManufacturer | OrderStage::Produced | OrderStage::Dispatched
        );
        let card = order.card.and_then(|card| self.cards.get(&card.0));
        let in_hand = card.is_some_and(|card| {
            card.stage() == CardStageName::UnlockedUnsigned || card.custody == Custody::Office
        });
        let traced = order.method == DeliveryMethod::Rek && order.stage == OrderStage::Dispatched;
        let sending = order.delivery.and_then(|id| self.deliveries.get(&id.0));
        let fate_is_known = sending.is_some_and(|sending| {
            !matches!(
                sending.stage,
                DeliveryStage::Prepared | DeliveryStage::Posted
            )
        });
        let wanted = awaited && !in_hand && !traced && !fate_is_known;
        let base = order.undelivered_base();
        let in_time = base.is_some_and(|base| self.now < start_of_day(add_days(base, 30)));
        if runs || (wanted && in_time) {
            assert_eq!(runs, wanted, "undelivered clock at {:?}", order.stage);
        }
    }

    fn check_that_every_clock_has_something_to_run_for(&self) {
        for (rule, thing) in self.clocks.keys() {
            let runs_for_something = match rule.parse().unwrap() {
                DeadlineRule::Undelivered => !self.orders[thing].is_over(),
                DeadlineRule::Activation
                | DeadlineRule::ReceiptSignature
                | DeadlineRule::CardExpiry => !is_over(&self.cards[thing]),
                DeadlineRule::CallerCallback => {
                    self.cases[thing].stage == RevocationStage::Reported
                }
            };
            assert!(runs_for_something, "{rule} runs for what is over");
        }
    }

    /// Whether everything that was begun has come to its end.
    pub fn is_at_rest(&self) -> bool {
        let is_settled = |case: &Revocation| {
            matches!(
                case.stage,
                RevocationStage::Closed | RevocationStage::Withdrawn
            )
        };
        self.orders.values().all(Order::is_over)
            && self.cards.values().all(is_over)
            && self.cases.values().all(is_settled)
    }
}

pub fn is_over(card: &Card) -> bool {
    matches!(
        card.stage(),
        CardStageName::Revoked | CardStageName::Expired
    )
}

fn agrees_with_its_order(card: &Card, order: &Order) {
    let agrees = match card.stage() {
        CardStageName::Ordered => matches!(
            order.stage,
            OrderStage::ReadyToSend | OrderStage::SentToManufacturer | OrderStage::Produced
        ),
        CardStageName::Sent | CardStageName::UnlockedUnsigned => {
            order.stage == OrderStage::Dispatched
        }
        CardStageName::Active => order.stage == OrderStage::Fulfilled,
        CardStageName::Revoked | CardStageName::Expired => order.is_over(),
    };
    assert!(agrees, "card {:?}, order {:?}", card.stage, order.stage);
}
