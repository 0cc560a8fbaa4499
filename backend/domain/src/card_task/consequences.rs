//! What the end of a task brings with it.

use super::{CardTask, CardTaskFacts};
use crate::chip_code::{ChipCodeAction, ChipCodeRequest, CodeName, CodeStage};
use crate::consequences::{Consequences, FollowUp};
use crate::ids::ChipCodeId;

impl CardTask {
    /// What is done in the owner's name as soon as the card has shown its new code: it is opened
    /// with the check that the officer has signed before. The rules of the visit judge it then.
    #[must_use]
    pub fn opens(&self, facts: &CardTaskFacts) -> Option<(ChipCodeId, ChipCodeAction)> {
        let (code, _) = facts.code.as_ref()?;
        let check = self.check.clone()?;
        Some((code.id, ChipCodeAction::UnlockAtVisit(check)))
    }

    /// The new keys have signed, so the card has a code for signing that works. Where codes are
    /// chosen it came about within the task (source texts S2, S4; P18: it exists on such a card once
    /// a certificate for signing is there); where they come by letter it was there before. One that
    /// was stated as locked stays so until somebody, or the card, says how it was opened.
    pub(super) fn when_fetched(&self, facts: &CardTaskFacts) -> Consequences {
        let [_, new, _] = facts.about_card.new_codes;
        let set = |id| FollowUp::ChipCode(id, ChipCodeAction::Set);
        let follow_ups = match facts.signing_code {
            None => {
                let begin = FollowUp::BeginChipCode(ChipCodeRequest {
                    id: new,
                    card: self.card,
                    person: self.person,
                    name: CodeName::Pin2,
                });
                vec![begin, set(new)]
            }
            Some((id, CodeStage::NotSet)) => vec![set(id)],
            Some((_, CodeStage::Ok | CodeStage::Locked | CodeStage::Gone)) => Vec::new(),
        };
        Consequences {
            follow_ups,
            ..Consequences::default()
        }
    }
}
