//! The letter with the PUK code as a table.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::ids::{CardId, PukLetterId};
use crate::puk_letter::{PukLetter, PukLetterAction, PukLetterFacts, PukLetterStage};

impl Tabled for PukLetter {
    const FIRST: &'static [PukLetterStage] = &[PukLetterStage::Requested];

    fn specimen(stage: PukLetterStage) -> Self {
        Self {
            id: PukLetterId(Uuid::from_u128(100)),
            card: CardId(Uuid::from_u128(101)),
            person: given::HOLDER,
            stage,
            since: at(given::sent_on()),
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let bureau = |action| trial(given::letter_bureau(), action);
        vec![
            trial(given::servicedesk(), PukLetterAction::Approve),
            trial(given::holder_as_officer(), PukLetterAction::Approve).when("for oneself"),
            trial(given::servicedesk(), PukLetterAction::Reject),
            trial(given::holder(Loa::Loa2), PukLetterAction::Cancel),
            bureau(PukLetterAction::Print),
            bureau(PukLetterAction::Mail),
            bureau(PukLetterAction::ReachServicePoint),
            bureau(PukLetterAction::Collect),
            trial(given::servicedesk(), PukLetterAction::Use),
            bureau(PukLetterAction::Return),
            trial(given::servicedesk(), PukLetterAction::Fail),
            trial(given::scheduler(), PukLetterAction::Close),
        ]
    }
}

fn trial(by: Actor, action: PukLetterAction) -> Trial<PukLetter> {
    let facts = PukLetterFacts {
        subject: given::subject(),
    };
    Trial::new(by, action, facts)
}
