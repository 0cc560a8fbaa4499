//! What people are offered to do with a card.

use chrono::{DateTime, Utc};

use super::{Card, CardActionName, CardFacts, CardStageName};
use crate::access::{Actor, Function, permit};
use crate::lifecycle::Lifecycle;
use crate::offer::Offered;
use crate::refusal::Refusal;

impl Offered for Card {
    fn for_people() -> Vec<CardActionName> {
        vec![
            CardActionName::Unlock,
            CardActionName::ReceiveAtOffice,
            CardActionName::Revoke,
            CardActionName::Destroy,
        ]
    }

    fn could(
        &self,
        by: &Actor,
        action: CardActionName,
        facts: &CardFacts,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        use CardStageName as S;
        match action {
            CardActionName::Unlock => {
                permit(by, Function::ActivateCard, &facts.subject)?;
                match self.stage() {
                    S::Sent => self.may_be_unlocked_by(by, facts, now),
                    S::Ordered | S::UnlockedUnsigned | S::Active | S::Revoked | S::Expired => {
                        Err(self.stands())
                    }
                }
            }
            CardActionName::ReceiveAtOffice => {
                permit(by, Function::ReceiveCard, &facts.subject)?;
                match (self.stage(), &self.number) {
                    (S::Sent, Some(number)) => self.receive(number, facts).map(drop),
                    (S::Ordered | S::Sent, _) => Err(Refusal::CardNotSentYet),
                    (S::UnlockedUnsigned | S::Active | S::Revoked | S::Expired, _) => {
                        Err(self.stands())
                    }
                }
            }
            // A person revokes by a case, which says who told and what must be done outside.
            CardActionName::Revoke => {
                permit(by, Function::ReportLoss, &facts.subject)?;
                match self.stage() {
                    S::Sent | S::UnlockedUnsigned | S::Active => Ok(()),
                    S::Ordered | S::Revoked | S::Expired => Err(self.stands()),
                }
            }
            CardActionName::Destroy => {
                permit(by, Function::ReceiveCard, &facts.subject)?;
                match self.stage() {
                    S::Revoked | S::Expired => self.destroy(facts).map(drop),
                    S::Ordered | S::Sent | S::UnlockedUnsigned | S::Active => {
                        Err(Refusal::CardStillLives)
                    }
                }
            }
            CardActionName::Make
            | CardActionName::Dispatch
            | CardActionName::ConfirmReceipt
            | CardActionName::Supersede
            | CardActionName::EndWithOrder
            | CardActionName::EndWithReceipt
            | CardActionName::EndUnactivated
            | CardActionName::Expire => Err(Refusal::NotYourRole),
        }
    }
}
