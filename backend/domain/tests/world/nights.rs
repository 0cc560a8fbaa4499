//! The nightly run, and how a life is brought to its end.

use cards_domain::access::SystemActor;
use cards_domain::card::{Card, CardAction};
use cards_domain::deadline::DeadlineRule;
use cards_domain::order::{Order, OrderAction};
use cards_domain::receipt::{Receipt, ReceiptAction};
use cards_domain::revocation::{Revocation, RevocationAction, RevocationStage, StepOutcomeName};
use chrono::Duration;
use uuid::Uuid;

use super::{World, given};

impl World {
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
            DeadlineRule::Undelivered => {
                self.act::<Order>(&scheduler, thing, &OrderAction::AskArrival)
            }
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
            // A call is made by people; no run does it.
            DeadlineRule::CallerCallback => return,
        };
        assert_eq!(done, Ok(()), "{rule:?} was due and was refused");
    }

    /// Stops what is under way, settles every case, and lets the years pass until every validity
    /// is over.
    pub fn come_to_rest(&mut self) {
        let colleague = given::almighty(given::colleague(9));
        let _ = self.on_order(&colleague, &OrderAction::Cancel);
        let cases: Vec<Revocation> = self.cases.values().cloned().collect();
        for case in cases {
            self.settle(&case);
        }
        self.now += Duration::days(2_000);
        self.night();
    }

    fn settle(&mut self, case: &Revocation) {
        let colleague = given::almighty(given::colleague(9));
        let id = case.id.0;
        // Another case may have ended the card, and this report with it.
        if self.cases[&id].stage == RevocationStage::Reported {
            let execute = self.execution_of(Some(case.card));
            let executed = self.act::<Revocation>(&colleague, id, &execute);
            assert_eq!(executed, Ok(()));
        }
        for own in &case.steps {
            if self.cases[&id].stage == RevocationStage::ExternalStepsPending {
                let action = RevocationAction::Record {
                    step: own.step,
                    outcome: self.step_outcome(StepOutcomeName::DoneByUs),
                };
                let recorded = self.act::<Revocation>(&colleague, id, &action);
                assert_eq!(recorded, Ok(()));
            }
        }
    }
}
