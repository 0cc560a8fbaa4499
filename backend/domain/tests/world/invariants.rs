//! What must hold of the world after every act.

use cards_domain::card::{Card, CardStageName};
use cards_domain::chip_code::{CodeName, CodeStage};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::{Order, OrderStage};
use cards_domain::receipt::ReceiptStage;

use super::World;

impl World {
    /// Stops the test when the things do not agree with one another.
    pub fn check(&self) {
        for card in self.cards.values() {
            let order = self.orders.get(&card.order.0).unwrap();
            agrees_with_its_order(card, order);
            self.check_receipts(card);
            self.check_codes(card);
            self.check_clocks(card);
        }
        for order in self.orders.values() {
            self.check_undelivered_clock(order);
        }
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

    fn check_codes(&self, card: &Card) {
        let over = is_over(card);
        for code in self.codes.values().filter(|code| code.card == card.id) {
            assert_eq!(code.stage == CodeStage::Gone, over, "{:?}", card.stage);
            let unlocked = matches!(
                card.stage(),
                CardStageName::UnlockedUnsigned | CardStageName::Active
            );
            if unlocked && code.name != CodeName::Puk {
                assert_ne!(code.stage, CodeStage::NotSet);
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

    fn check_undelivered_clock(&self, order: &Order) {
        let in_hand = order.card.is_some_and(|card| {
            self.cards.get(&card.0).unwrap().stage() == CardStageName::UnlockedUnsigned
        });
        let awaited = matches!(
            order.stage,
            OrderStage::SentToManufacturer | OrderStage::Produced | OrderStage::Dispatched
        );
        let expected = order.method == DeliveryMethod::APost && awaited && !in_hand;
        let runs = self.runs(DeadlineRule::Undelivered, order.id.0);
        assert_eq!(runs, expected, "undelivered clock at {:?}", order.stage);
    }

    /// Whether everything that was begun has come to its end.
    pub fn is_at_rest(&self) -> bool {
        self.orders.values().all(Order::is_over) && self.cards.values().all(is_over)
    }
}

fn is_over(card: &Card) -> bool {
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
