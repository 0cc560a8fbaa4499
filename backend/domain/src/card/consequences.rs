//! What the events of a card bring with them.

use chrono::{DateTime, Duration, Utc};

use super::{Card, CardAction, CardFacts, CardStage, EndedBy, RevocationReason};
use crate::calendar::{self, Due};
use crate::card_task::CardTaskAction;
use crate::certificate::CertificateAction;
use crate::chip_code::{ChipCodeAction, ChipCodeRequest, CodeName};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule, Waits};
use crate::delivery::{DeliveryAction, DeliveryMethod, DeliveryStage};
use crate::order::OrderAction;
use crate::product::CodeDelivery;
use crate::puk_letter::PukLetterAction;
use crate::receipt::{ReceiptAction, ReceiptRequest};
use crate::revocation::RevocationAction;

/// What an event of the card brings with it.
impl Card {
    pub(super) fn when_begun(&self, facts: &CardFacts) -> Consequences {
        let [pin1, pin2, puk] = facts.new_codes;
        let mut names = vec![(pin1, CodeName::Pin1), (puk, CodeName::Puk)];
        // Cards with a code letter always have a code for signing; others get it with the
        // signing certificate.
        if facts.product.code_delivery == CodeDelivery::CodeLetter {
            names.push((pin2, CodeName::Pin2));
        }
        let follow_ups = names
            .into_iter()
            .map(|(id, name)| {
                FollowUp::BeginChipCode(ChipCodeRequest {
                    id,
                    card: self.id,
                    person: self.person,
                    name,
                })
            })
            .collect();
        Consequences {
            follow_ups,
            ..Consequences::default()
        }
    }

    pub(super) fn when_dispatched(&self, facts: &CardFacts, now: DateTime<Utc>) -> Consequences {
        let base = calendar::business_day(now);
        let last_day = calendar::add_months(base, facts.lengths.activation_months);
        Consequences {
            deadlines: vec![DeadlineChange::Start {
                rule: DeadlineRule::Activation,
                thing: self.id.0,
                waits: self.waits(),
                base,
                due: Due::lives_through(last_day),
            }],
            ..Consequences::default()
        }
    }

    pub(super) fn when_unlocked(&self, facts: &CardFacts, now: DateTime<Utc>) -> Consequences {
        let codes = facts
            .codes
            .iter()
            .filter(|(_, name)| *name != CodeName::Puk);
        let mut follow_ups: Vec<_> = codes
            .map(|(id, _)| FollowUp::ChipCode(*id, ChipCodeAction::Set))
            .collect();
        follow_ups.extend(
            facts
                .delivery
                .map(|sending| FollowUp::Delivery(sending.id, DeliveryAction::Arrive))
                .filter(|_| !arrived(facts)),
        );
        follow_ups.push(FollowUp::BeginReceipt(ReceiptRequest {
            id: facts.new_receipt,
            card: self.id,
            person: self.person,
        }));
        let time = Duration::hours(i64::from(facts.lengths.receipt_hours));
        let stop = |rule, thing| DeadlineChange::Stop { rule, thing };
        Consequences {
            follow_ups,
            deadlines: vec![
                stop(DeadlineRule::Activation, self.id.0),
                stop(DeadlineRule::Undelivered, self.order.0),
                DeadlineChange::Start {
                    rule: DeadlineRule::ReceiptSignature,
                    thing: self.id.0,
                    waits: self.waits(),
                    base: calendar::business_day(now),
                    due: Due::after(now, time),
                },
            ],
            ..Consequences::default()
        }
    }

    pub(super) fn when_activated(&self, facts: &CardFacts) -> Consequences {
        let mut follow_ups = vec![FollowUp::Order(self.order, OrderAction::Fulfil)];
        follow_ups.extend(
            facts
                .superseded
                .iter()
                .map(|old| FollowUp::Card(*old, CardAction::Supersede)),
        );
        let mut deadlines = vec![DeadlineChange::Stop {
            rule: DeadlineRule::ReceiptSignature,
            thing: self.id.0,
        }];
        if let (Some(valid_to), CardStage::Active { at }) = (self.valid_to, &self.stage) {
            deadlines.push(DeadlineChange::Start {
                rule: DeadlineRule::CardExpiry,
                thing: self.id.0,
                waits: self.waits(),
                base: calendar::business_day(*at),
                due: Due::lives_through(valid_to),
            });
        }
        let notify = Errand::Notify {
            person: self.person,
            mail: MailKind::CardActive,
            about: self.id.0,
        };
        Consequences {
            follow_ups,
            errands: vec![notify],
            deadlines,
        }
    }

    pub(super) fn when_ended(
        &self,
        facts: &CardFacts,
        ended_by: EndedBy,
        reason: Option<RevocationReason>,
    ) -> Consequences {
        let mut follow_ups: Vec<_> = facts
            .codes
            .iter()
            .map(|(id, _)| FollowUp::ChipCode(*id, ChipCodeAction::Drop))
            .collect();
        // Whatever ends the card ends what is on it, in the same transaction.
        follow_ups.extend(facts.certificates.iter().map(|certificate| {
            let action = reason.map_or(CertificateAction::Expire, |reason| {
                CertificateAction::EndWithCard { reason }
            });
            FollowUp::Certificate(*certificate, action)
        }));
        let tasks = facts.tasks.iter();
        follow_ups.extend(tasks.map(|id| FollowUp::CardTask(*id, CardTaskAction::EndWithCard)));
        if facts.order_open && ended_by != EndedBy::Order {
            let action = match reason {
                Some(RevocationReason::NotActivatedInTime) => OrderAction::ExpireActivation,
                _ => OrderAction::EndWithCard,
            };
            follow_ups.push(FollowUp::Order(self.order, action));
        }
        // A letter with a code that opens nothing is not sent.
        follow_ups.extend(
            facts
                .letter
                .map(|letter| FollowUp::PukLetter(letter, PukLetterAction::Cancel)),
        );
        // Nobody is called back about a card that is over.
        follow_ups.extend(
            facts
                .reported
                .map(|case| FollowUp::Revocation(case, RevocationAction::EndWithCard)),
        );
        if ended_by != EndedBy::Receipt {
            follow_ups.extend(
                facts
                    .receipt
                    .map(|receipt| FollowUp::Receipt(receipt, ReceiptAction::Lapse)),
            );
        }
        let rules = [
            DeadlineRule::Activation,
            DeadlineRule::ReceiptSignature,
            DeadlineRule::CardExpiry,
        ];
        let deadlines = rules
            .into_iter()
            .map(|rule| DeadlineChange::Stop {
                rule,
                thing: self.id.0,
            })
            .collect();
        Consequences {
            follow_ups,
            errands: self.told_of_the_end(reason).into_iter().collect(),
            deadlines,
        }
    }

    /// Whoever was not there when the time ran out is told. The other ways to a revocation tell the
    /// holder themselves.
    fn told_of_the_end(&self, reason: Option<RevocationReason>) -> Option<Errand> {
        let ran_out = matches!(
            reason,
            Some(RevocationReason::NotActivatedInTime | RevocationReason::ReceiptNotSigned)
        );
        ran_out.then_some(Errand::Notify {
            person: self.person,
            mail: MailKind::CardRevoked,
            about: self.id.0,
        })
    }

    /// The sending is over, and the holder is told where the card lies.
    pub(super) fn when_received(&self, facts: &CardFacts) -> Consequences {
        let sending = facts.delivery.filter(|sending| match sending.stage {
            DeliveryStage::Posted
            | DeliveryStage::NoticeSent
            | DeliveryStage::AtServicePoint
            | DeliveryStage::ReportedMissing => true,
            DeliveryStage::Prepared
            | DeliveryStage::Collected
            | DeliveryStage::AssumedDelivered
            | DeliveryStage::ReturnedToSender
            | DeliveryStage::Lost
            | DeliveryStage::LateArrival => false,
        });
        let follow_up = sending.map(|sending| {
            let action = if sending.method == DeliveryMethod::ToOffice {
                DeliveryAction::Arrive
            } else {
                DeliveryAction::Return
            };
            FollowUp::Delivery(sending.id, action)
        });
        Consequences {
            follow_ups: follow_up.into_iter().collect(),
            errands: vec![Errand::Notify {
                person: self.person,
                mail: MailKind::CardAtOffice,
                about: self.id.0,
            }],
            deadlines: vec![DeadlineChange::Stop {
                rule: DeadlineRule::Undelivered,
                thing: self.order.0,
            }],
        }
    }

    fn waits(&self) -> Waits {
        Waits {
            organisation: self.organisation,
            office: Some(self.office),
        }
    }
}

/// Whether the sending was already known to have come, as one that was sent to the office.
fn arrived(facts: &CardFacts) -> bool {
    facts
        .delivery
        .is_some_and(|sending| sending.stage == DeliveryStage::AssumedDelivered)
}
