//! What people are offered to do with a card.

use chrono::{DateTime, Utc};

use super::{Card, CardActionName, CardFacts, CardStageName};
use crate::access::{Actor, Function, permit};
use crate::lifecycle::Lifecycle;
use crate::offer::Offered;
use crate::refusal::Refusal;

impl Offered for Card {
    fn for_people() -> Vec<CardActionName> {
        vec![CardActionName::Unlock]
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
            // Not offered by any page yet.
            CardActionName::Make
            | CardActionName::Dispatch
            | CardActionName::ReceiveAtOffice
            | CardActionName::ConfirmReceipt
            | CardActionName::Revoke
            | CardActionName::Supersede
            | CardActionName::EndWithOrder
            | CardActionName::EndWithReceipt
            | CardActionName::EndUnactivated
            | CardActionName::Expire
            | CardActionName::Destroy => Err(Refusal::NotYourRole),
        }
    }
}
