//! What the events of an order bring with them.

use chrono::{DateTime, Utc};

use super::decide::stored_photo;
use super::{MadeCard, Order, OrderAction, OrderFacts, OrderStage, Replacement, Told};
use crate::calendar::Due;
use crate::card::{CardAction, CardRequest, RevocationReason};
use crate::consequences::{Consequences, Errand, FollowUp, MailKind};
use crate::deadline::{DeadlineChange, DeadlineRule, Waits};
use crate::delivery::{DeliveryAction, DeliveryMethod, DeliveryRequest, DeliveryStage};
use crate::revocation::{Reporter, RevocationRequest};
use crate::values::RekId;

impl Order {
    /// The order is placed at once, and one whose card never came gives way to it.
    pub(super) fn when_begun(&self, replaces: Option<Replacement>) -> Consequences {
        let submit = FollowUp::Order(self.id, OrderAction::Submit);
        let replace = replaces.map(|Replacement { order, told }| {
            FollowUp::Order(order, OrderAction::ReplaceUndelivered { told })
        });
        Consequences {
            follow_ups: replace.into_iter().chain([submit]).collect(),
            ..Consequences::default()
        }
    }

    /// A complete order is sent at once: no officer has to remember a second click.
    ///
    /// One that takes the place of a card that never came needs no new photo (source text S3).
    pub(super) fn when_ready(&self, facts: &OrderFacts, now: DateTime<Utc>) -> Consequences {
        if self.stage == OrderStage::ReadyToSend {
            Consequences {
                follow_ups: vec![FollowUp::Order(self.id, OrderAction::Send)],
                ..Consequences::default()
            }
        } else if self.stage == OrderStage::AwaitingPhoto
            && self.replaces.is_some()
            && stored_photo(facts, now).is_ok()
        {
            Consequences {
                follow_ups: vec![FollowUp::Order(self.id, OrderAction::UseStoredPhoto)],
                ..Consequences::default()
            }
        } else if self.stage == OrderStage::AwaitingPhoto {
            Consequences {
                errands: vec![self.tell(MailKind::PhotoNeeded)],
                ..Consequences::default()
            }
        } else {
            Consequences::default()
        }
    }

    pub(super) fn when_sent(&self, facts: &OrderFacts) -> Consequences {
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
                mail: if self.replaces.is_some() {
                    MailKind::CardReplaced
                } else {
                    MailKind::CardOrdered
                },
                about: self.id.0,
            });
        }
        // After 30 days something is wrong with every order that is still here; a registered letter
        // that is in the post is traced instead (source text S3).
        if let Some(base) = self.undelivered_base() {
            consequences.deadlines = vec![DeadlineChange::Start {
                rule: DeadlineRule::Undelivered,
                thing: self.id.0,
                waits: Waits {
                    organisation: self.organisation,
                    // Another office may yet be chosen.
                    office: None,
                },
                base,
                due: Due::allowed_from(base, facts.lengths.undelivered_days),
            }];
        }
        consequences
    }

    pub(super) fn when_produced(&self, made: &MadeCard) -> Consequences {
        Consequences {
            follow_ups: self
                .card
                .map(|card| FollowUp::Card(card, CardAction::Make(made.clone())))
                .into_iter()
                .collect(),
            ..Consequences::default()
        }
    }

    pub(super) fn when_dispatched(&self, rek_id: Option<&RekId>) -> Consequences {
        let card = self
            .card
            .map(|card| FollowUp::Card(card, CardAction::Dispatch));
        let delivery = self.delivery.map(|delivery| {
            let rek_id = rek_id.cloned();
            FollowUp::Delivery(delivery, DeliveryAction::Post { rek_id })
        });
        let traced = self.method == DeliveryMethod::Rek;
        Consequences {
            follow_ups: card.into_iter().chain(delivery).collect(),
            deadlines: traced.then(|| self.stop_waiting()).into_iter().collect(),
            ..Consequences::default()
        }
    }

    /// The clock stops; a stopped or replaced order takes its card with it.
    pub(super) fn when_over(&self, revoke: Option<RevocationReason>) -> Consequences {
        let card = self
            .card
            .zip(revoke)
            .map(|(card, reason)| FollowUp::Card(card, CardAction::EndWithOrder { reason }));
        Consequences {
            follow_ups: card.into_iter().collect(),
            deadlines: vec![self.stop_waiting()],
            ..Consequences::default()
        }
    }

    /// The first card becomes invalid in the same transaction. One whose envelope was open is
    /// stolen: that is a case of its own, with what must be done outside.
    pub(super) fn when_replaced(&self, told: Told, facts: &OrderFacts) -> Consequences {
        let reason = told.revokes_as();
        let mut consequences = self.when_over((!reason.is_loss()).then_some(reason));
        if let (true, Some(card), Some(number)) = (reason.is_loss(), self.card, &facts.card_number)
        {
            consequences
                .follow_ups
                .push(FollowUp::BeginRevocation(RevocationRequest {
                    id: facts.new_revocation,
                    card,
                    person: self.person,
                    reason,
                    reporter: Reporter::Office,
                    last_four: number.last_four().to_owned(),
                    wrong_in: None,
                }));
        }
        let missing = facts
            .sending
            .as_ref()
            .is_some_and(|sending| sending.stage == DeliveryStage::Posted);
        if let (Told::NotArrived, true, Some(delivery)) = (told, missing, self.delivery) {
            consequences
                .follow_ups
                .push(FollowUp::Delivery(delivery, DeliveryAction::ReportMissing));
        }
        consequences
    }

    /// The holder is asked whether the card has come. While the manufacturer still has it, or when
    /// it goes to the office, there is nothing to ask the holder; the order stands in the office's
    /// list.
    pub(super) fn when_asked(&self) -> Consequences {
        let in_the_post =
            self.stage == OrderStage::Dispatched && self.method != DeliveryMethod::ToOffice;
        Consequences {
            errands: in_the_post
                .then(|| self.tell(MailKind::HasItCome))
                .into_iter()
                .collect(),
            deadlines: vec![self.stop_waiting()],
            ..Consequences::default()
        }
    }

    fn stop_waiting(&self) -> DeadlineChange {
        DeadlineChange::Stop {
            rule: DeadlineRule::Undelivered,
            thing: self.id.0,
        }
    }

    fn tell(&self, mail: MailKind) -> Errand {
        Errand::Notify {
            person: self.person,
            mail,
            about: self.id.0,
        }
    }
}
