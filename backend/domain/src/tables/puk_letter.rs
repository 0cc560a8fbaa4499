//! The letter with the PUK code as a table.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::card::CardStageName;
use crate::ids::{CardId, PukLetterId};
use crate::order::RegisterFacts;
use crate::product::CodeDelivery;
use crate::puk_letter::{
    LetterReason, LetterRejection, PukLetter, PukLetterAction, PukLetterFacts, PukLetterStage,
};

impl Tabled for PukLetter {
    const FIRST: &'static [PukLetterStage] = &[PukLetterStage::Requested];

    fn specimen(stage: PukLetterStage) -> Self {
        Self {
            id: PukLetterId(Uuid::from_u128(100)),
            card: CardId(Uuid::from_u128(101)),
            person: given::HOLDER,
            reason: LetterReason::Locked,
            requested_by: given::HOLDER,
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
            trial(
                given::servicedesk(),
                PukLetterAction::Reject {
                    why: LetterRejection::VisitInstead,
                },
            ),
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
        card: CardStageName::Active,
        valid_to: Some(given::valid_to()),
        code_delivery: CodeDelivery::ChosenAtActivation,
        open_letter: false,
        puk_locked: false,
        register: RegisterFacts::NoAddress,
    };
    Trial::new(by, action, facts)
}
