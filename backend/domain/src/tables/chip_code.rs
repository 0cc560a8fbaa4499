//! The code on a chip as a table: a code of the holder's, and the PUK where it differs.

use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::chip_code::{
    ChipCode, ChipCodeAction, ChipCodeFacts, CodeName, CodeSource, CodeStage, UnlockWay, VisitCheck,
};
use crate::identity_check::IdentityCheck;
use crate::ids::{CardId, ChipCodeId, OfficeId};
use crate::signature::SignatureKind;
use crate::values::ProductNumber;

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
            (given::admin(), ChipCodeAction::UnlockAtVisit(check())),
            (given::holder(Loa::Loa2), ChipCodeAction::UnlockWithPuk),
            (given::holder(Loa::Loa2), ChipCodeAction::ShowUnlocked),
            (given::ledger(), ChipCodeAction::UnlockBeside(with_puk())),
            (given::ledger(), ChipCodeAction::Drop),
        ]
        .into_iter()
        .flat_map(|(by, action)| {
            [
                trial(by.clone(), action.clone()).when("code of the holder"),
                trial(by, action).when("PUK").on(as_puk),
            ]
        })
        .chain(at_a_visit())
        .chain(with_the_puk())
        .chain(of_signing())
        .collect()
    }
}

/// What a visit needs: the product, the place, the person, the card and the document.
fn at_a_visit() -> Vec<Trial<ChipCode>> {
    let mut trials = visit_by_product_and_place();
    trials.extend(visit_by_check());
    trials.extend(visit_by_person());
    trials
}

fn visit(check: VisitCheck, facts: ChipCodeFacts) -> Trial<ChipCode> {
    Trial::new(given::admin(), ChipCodeAction::UnlockAtVisit(check), facts)
}

fn visit_by_product_and_place() -> Vec<Trial<ChipCode>> {
    let product = |text: &str| ChipCodeFacts {
        product_number: ProductNumber::parse(text).ok(),
        ..facts()
    };
    let elsewhere = |holder_organisations| ChipCodeFacts {
        office: OfficeId(Uuid::from_u128(82)),
        holder_organisations,
        ..facts()
    };
    let over = ChipCodeFacts {
        valid_to: Some(day(2026, 11, 1)),
        ..facts()
    };
    vec![
        visit(check(), product("641")).when("product 641"),
        visit(check(), product("541")).when("product 541"),
        visit(check(), product("473")).when("product 473"),
        visit(check(), product("")).when("no product number"),
        visit(check(), elsewhere(vec![given::ORGANISATION]))
            .when("another office, of the holder's organisation"),
        visit(check(), elsewhere(Vec::new())).when("another office, of another organisation"),
        visit(check(), over).when("validity is over"),
    ]
}

fn visit_by_check() -> Vec<Trial<ChipCode>> {
    let shown = |identity| VisitCheck {
        identity,
        ..check()
    };
    let expired = IdentityCheck {
        valid_to: day(2026, 11, 1),
        ..given::identity()
    };
    let of_another = IdentityCheck {
        number_on_document: given::another_number(),
        ..given::identity()
    };
    let another_card = VisitCheck {
        number_on_card: given::another_card_number(),
        ..check()
    };
    let not_chosen = VisitCheck {
        code_chosen: false,
        ..check()
    };
    let unsigned = VisitCheck {
        signature: None,
        ..check()
    };
    vec![
        visit(shown(expired), facts()).when("document expired yesterday"),
        visit(shown(of_another), facts()).when("by another person with the card"),
        visit(another_card, facts()).when("without the card"),
        visit(not_chosen, facts()).when("no new code chosen"),
        visit(unsigned, facts()).when("not signed by the officer"),
    ]
}

fn visit_by_person() -> Vec<Trial<ChipCode>> {
    let by = |by| Trial::new(by, ChipCodeAction::UnlockAtVisit(check()), facts());
    vec![
        by(given::holder_as_officer()).when("of one's own card"),
        by(given::servicedesk()).when("by the servicedesk"),
    ]
}

fn with_the_puk() -> Vec<Trial<ChipCode>> {
    let source = CodeSource::Stated;
    let with_puk_locked = |action| {
        let locked = ChipCodeFacts {
            puk_locked: true,
            ..facts()
        };
        Trial::new(given::servicedesk(), action, locked).when("PUK locked too")
    };
    vec![
        with_puk_locked(ChipCodeAction::UnlockWithPuk),
        with_puk_locked(ChipCodeAction::ShowUnlocked),
        trial(given::holder(Loa::Loa2), ChipCodeAction::Lock { source }).when("by the holder"),
    ]
}

fn with_puk() -> UnlockWay {
    UnlockWay::Puk {
        source: CodeSource::Stated,
    }
}

/// The code for signing differs in that the card may have chosen it unheard of.
fn of_signing() -> Vec<Trial<ChipCode>> {
    let lock = |source| trial(given::admin(), ChipCodeAction::Lock { source }).on(as_pin2);
    vec![
        lock(CodeSource::Stated).when("code for signing"),
        lock(CodeSource::Card).when("code for signing, by the card"),
        trial(
            given::admin(),
            ChipCodeAction::Lock {
                source: CodeSource::Card,
            },
        )
        .when("code for authentication, by the card"),
    ]
}

fn check() -> VisitCheck {
    VisitCheck {
        identity: given::identity(),
        number_on_card: given::card_number(),
        code_chosen: true,
        signature: Some(given::signature(SignatureKind::ReauthenticatedSession)),
    }
}

pub(super) fn facts() -> ChipCodeFacts {
    ChipCodeFacts {
        subject: given::subject(),
        number: given::number(),
        card_number: Some(given::card_number()),
        product_number: ProductNumber::parse("711").ok(),
        valid_to: Some(given::valid_to()),
        office: given::OFFICE,
        office_name: given::office().name,
        holder_organisations: vec![given::ORGANISATION],
        puk_locked: false,
        locked_beside: None,
        code_shown: None,
        letter: None,
    }
}

fn trial(by: Actor, action: ChipCodeAction) -> Trial<ChipCode> {
    Trial::new(by, action, facts())
}

fn as_pin2(mut code: ChipCode) -> ChipCode {
    code.name = CodeName::Pin2;
    code
}

fn as_puk(mut code: ChipCode) -> ChipCode {
    code.name = CodeName::Puk;
    code
}
