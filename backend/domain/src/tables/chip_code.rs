//! The code on a chip as a table: a code of the holder's, and the PUK where it differs.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::Actor;
use crate::chip_code::{ChipCode, ChipCodeAction, ChipCodeFacts, CodeName, CodeSource, CodeStage};
use crate::ids::{CardId, ChipCodeId};

impl Tabled for ChipCode {
    const FIRST: &'static [CodeStage] = &[CodeStage::NotSet];

    fn specimen(stage: CodeStage) -> Self {
        Self {
            id: ChipCodeId(Uuid::from_u128(80)),
            card: CardId(Uuid::from_u128(81)),
            person: given::HOLDER,
            name: CodeName::Pin1,
            stage,
            since: at(given::sent_on()),
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let lock = ChipCodeAction::Lock {
            source: CodeSource::Stated,
        };
        [
            (given::ledger(), ChipCodeAction::Set),
            (given::admin(), lock),
            (given::admin(), ChipCodeAction::Unlock),
            (given::ledger(), ChipCodeAction::Drop),
        ]
        .into_iter()
        .flat_map(|(by, action)| {
            [
                trial(by.clone(), action.clone()).when("code of the holder"),
                trial(by, action).when("PUK").on(as_puk),
            ]
        })
        .collect()
    }
}

fn trial(by: Actor, action: ChipCodeAction) -> Trial<ChipCode> {
    let facts = ChipCodeFacts {
        subject: given::subject(),
    };
    Trial::new(by, action, facts)
}

fn as_puk(mut code: ChipCode) -> ChipCode {
    code.name = CodeName::Puk;
    code
}
