//! The next step of a life that goes as it should, so that random lives come far.

use cards_domain::access::Actor;
use cards_domain::card::CardStageName;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::OrderStage;
use cards_domain::photo::{PhotoSource, PhotoStage};
use cards_domain::puk_letter::{LetterReason, PukLetterAction as A, PukLetterStage as S};

use super::World;
use super::steps::{Outcome, Step};

/// What the back of a card can say.
const PRODUCTS: [&str; 4] = ["711", "641", "", "541"];

impl World {
    pub(super) fn onward(&mut self, by: &Actor, step: &Step) -> Outcome {
        let next = match step {
            Step::Onward(way) => self.next_of_order(*way),
            Step::LetterOnward(way) => self.next_of_letter(*way)?,
            _ => return None,
        };
        self.take(by, &next)
    }

    fn next_of_order(&self, way: usize) -> Step {
        let order = Step::Order {
            method: DeliveryMethod::APost,
            missing: false,
            instead: None,
        };
        let Some(last) = self.orders.values().next_back() else {
            return order;
        };
        match last.stage {
            OrderStage::AwaitingPrerequisites => Step::CompletePrerequisites,
            OrderStage::AwaitingPhoto => self.next_of_photo(),
            OrderStage::ReadyToSend => Step::Send,
            OrderStage::SentToManufacturer => Step::Produce {
                valid_days: 1_500,
                product: PRODUCTS[way % PRODUCTS.len()],
            },
            OrderStage::Produced => Step::Dispatch,
            OrderStage::Dispatched => match self.card_at(false).map(Lifecycle::stage) {
                Some(CardStageName::UnlockedUnsigned) => Step::Sign,
                _ => Step::Unlock,
            },
            OrderStage::Draft
            | OrderStage::Fulfilled
            | OrderStage::Cancelled
            | OrderStage::Rejected
            | OrderStage::ReplacedUndelivered
            | OrderStage::ActivationExpired => order,
        }
    }

    fn next_of_photo(&self) -> Step {
        match self.photos.values().next_back().map(|photo| photo.stage) {
            Some(PhotoStage::Captured) => Step::ApprovePhoto { seen: true },
            Some(PhotoStage::Approved) => Step::UseStoredPhoto,
            Some(PhotoStage::Rejected) | None => Step::TakePhoto(PhotoSource::Desk),
        }
    }

    /// One of the ways on from where the letter stands.
    fn next_of_letter(&self, way: usize) -> Option<Step> {
        let ask = Step::AskForLetter {
            reason: LetterReason::Locked,
            by_holder: way == 0,
            identified: true,
        };
        let actions: &[A] = match self.letters.values().next_back().map(|letter| letter.stage) {
            Some(S::Requested) => return Some(Step::JudgeLetter { approve: true }),
            Some(S::Approved) => &[A::Print],
            Some(S::Printing) => &[A::Mail],
            Some(S::Mailed) => &[
                A::ReachServicePoint,
                A::Collect,
                A::Use,
                A::Return,
                A::Close,
            ],
            Some(S::AtServicePoint) => &[A::Collect, A::Use, A::Return, A::Fail],
            Some(S::Collected) => &[A::Use, A::Fail, A::Close],
            _ => return Some(ask),
        };
        Some(Step::LetterMoves(actions[way % actions.len()]))
    }
}
