//! The check of a visit as it waits, sealed, for the card to show its new code.

use cards_domain::chip_code::VisitCheck;
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::signature::Signature;
use cards_domain::values::{CardNumber, PersonNumber};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct SealedCheck {
    document: DocumentKind,
    document_last_four: String,
    valid_to: NaiveDate,
    number_on_document: PersonNumber,
    steps: Vec<CheckStep>,
    number_on_card: CardNumber,
    code_chosen: bool,
    signature: Option<Signature>,
}

impl From<&VisitCheck> for SealedCheck {
    fn from(check: &VisitCheck) -> Self {
        let seen = &check.identity;
        Self {
            document: seen.document,
            document_last_four: seen.document_last_four.clone(),
            valid_to: seen.valid_to,
            number_on_document: seen.number_on_document.clone(),
            steps: seen.steps.clone(),
            number_on_card: check.number_on_card.clone(),
            code_chosen: check.code_chosen,
            signature: check.signature.clone(),
        }
    }
}

impl From<SealedCheck> for VisitCheck {
    fn from(check: SealedCheck) -> Self {
        Self {
            identity: IdentityCheck {
                document: check.document,
                document_last_four: check.document_last_four,
                valid_to: check.valid_to,
                number_on_document: check.number_on_document,
                steps: check.steps,
            },
            number_on_card: check.number_on_card,
            code_chosen: check.code_chosen,
            signature: check.signature,
        }
    }
}
