//! The case of revocation as a table.

use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::card::{CardStageName, RevocationReason};
use crate::ids::{CardId, RevocationId};
use crate::revocation::{
    CaseStep, ExternalStep, NotApplicable, Reporter, Revocation, RevocationAction, RevocationFacts,
    RevocationStage, StepOutcome,
};
use crate::values::ProductNumber;

impl Tabled for Revocation {
    const FIRST: &'static [RevocationStage] = &[
        RevocationStage::Reported,
        RevocationStage::ExternalStepsPending,
        RevocationStage::Closed,
    ];

    /// An older card, so that one step outside is asked for.
    fn specimen(stage: RevocationStage) -> Self {
        let told = at(given::sent_on());
        Self {
            id: RevocationId(Uuid::from_u128(120)),
            card: CardId(Uuid::from_u128(121)),
            person: given::HOLDER,
            organisation: given::ORGANISATION,
            reason: RevocationReason::Lost,
            reporter: Reporter::HolderLoggedIn,
            steps: vec![open(ExternalStep::Telia)],
            reported_at: told,
            executed_at: None,
            stage,
            since: told,
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let mut trials = vec![
            trial(given::servicedesk(), execute()),
            trial(given::servicedesk(), execute())
                .when("nothing asked for outside")
                .on(|case| Revocation {
                    steps: Vec::new(),
                    ..case
                }),
            trial(given::servicedesk(), mistyped()).when("the digits of another card"),
            trial(given::holder_as_officer(), execute()).when("of one's own card"),
            trial(given::admin(), execute())
                .when("not a loss, by an id-administrator")
                .on(misused),
            trial(given::servicedesk(), execute())
                .when("not a loss, by the servicedesk")
                .on(misused),
            trial(given::admin(), RevocationAction::Withdraw).when("by an id-administrator"),
            trial(given::holder(Loa::Loa2), RevocationAction::Withdraw).when("by the holder"),
            trial(given::holder(Loa::Loa2), RevocationAction::Withdraw)
                .when("not a loss, by the holder")
                .on(misused),
            trial(given::ledger(), RevocationAction::EndWithCard),
            trial(given::admin(), RevocationAction::EndWithCard).when("by an id-administrator"),
        ];
        trials.extend(recorded());
        trials
    }
}

/// Confirmed with the digits of the card that the case is about.
fn execute() -> RevocationAction {
    RevocationAction::Execute {
        last_four: given::card_number().last_four().to_owned(),
    }
}

fn mistyped() -> RevocationAction {
    RevocationAction::Execute {
        last_four: "0000".to_owned(),
    }
}

fn recorded() -> Vec<Trial<Revocation>> {
    let today = day(2026, 11, 2);
    let done = |on| StepOutcome::DoneByHolder {
        on,
        reference: None,
    };
    let record = |by, outcome| {
        let step = ExternalStep::Telia;
        trial(by, RevocationAction::Record { step, outcome })
    };
    let not_applicable = StepOutcome::NotApplicable {
        why: NotApplicable::ReserveCard,
    };
    vec![
        record(given::admin(), done(today)).when("done today"),
        record(given::admin(), done(today))
            .when("done, and another is left")
            .on(with_police),
        record(given::holder(Loa::Loa2), done(today)).when("done, says the holder"),
        record(given::admin(), done(day(2026, 11, 3))).when("done tomorrow"),
        record(given::admin(), StepOutcome::HolderWillDo { by: today })
            .when("the holder will do it"),
        record(
            given::admin(),
            StepOutcome::HolderWillDo {
                by: day(2026, 11, 1),
            },
        )
        .when("the holder was to do it yesterday"),
        record(given::admin(), not_applicable.clone()).when("does not apply"),
        record(given::holder(Loa::Loa2), not_applicable).when("does not apply, says the holder"),
        record(given::admin(), done(today))
            .when("a step that is not asked for")
            .on(|case| Revocation {
                steps: vec![open(ExternalStep::Police)],
                ..case
            }),
    ]
}

fn misused(case: Revocation) -> Revocation {
    let reason = RevocationReason::Misuse;
    Revocation { reason, ..case }
}

fn with_police(mut case: Revocation) -> Revocation {
    case.steps.push(open(ExternalStep::Police));
    case
}

fn open(step: ExternalStep) -> CaseStep {
    CaseStep {
        step,
        outcome: None,
    }
}

fn trial(by: Actor, action: RevocationAction) -> Trial<Revocation> {
    let facts = RevocationFacts {
        subject: given::subject(),
        organisation: given::ORGANISATION,
        card: CardStageName::Active,
        card_number: Some(given::card_number()),
        product_number: ProductNumber::parse("541").ok(),
        product: given::product(),
        already_reported: false,
    };
    Trial::new(by, action, facts)
}
