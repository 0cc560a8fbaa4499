//! The receipt as a table.

use chrono::Duration;
use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::ids::{CardId, ReceiptId};
use crate::receipt::{Receipt, ReceiptAction, ReceiptFacts, ReceiptStage, TERMS_VERSION};
use crate::signature::SignatureKind;

impl Tabled for Receipt {
    const FIRST: &'static [ReceiptStage] = &[ReceiptStage::Pending];

    fn specimen(stage: ReceiptStage) -> Self {
        Self {
            id: ReceiptId(Uuid::from_u128(70)),
            card: CardId(Uuid::from_u128(71)),
            person: given::HOLDER,
            terms_version: TERMS_VERSION.to_owned(),
            signature: (stage == ReceiptStage::Signed)
                .then(|| given::signature(SignatureKind::ReauthenticatedSession)),
            stage,
            since: given::now(),
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let mut trials = signed_by_the_holder();
        trials.extend(handled_by_an_officer());
        trials.extend(ended_by_the_system());
        trials
    }
}

fn facts() -> ReceiptFacts {
    ReceiptFacts {
        subject: given::subject(),
        times_out_at: at(day(2026, 11, 7)),
    }
}

fn trial(by: Actor, action: ReceiptAction) -> Trial<Receipt> {
    Trial::new(by, action, facts())
}

fn signed_by_the_holder() -> Vec<Trial<Receipt>> {
    let sign = |by, terms: &str, kind| {
        let action = ReceiptAction::Sign {
            terms_version: terms.to_owned(),
            signature: given::signature(kind),
        };
        trial(by, action)
    };
    let (session, card) = (
        SignatureKind::ReauthenticatedSession,
        SignatureKind::CardSignature,
    );
    let holder = || given::holder(Loa::Loa3);
    vec![
        sign(holder(), TERMS_VERSION, session).when("in the own session"),
        sign(holder(), TERMS_VERSION, card).when("with the card"),
        sign(holder(), TERMS_VERSION, SignatureKind::Paper).when("said to be on paper"),
        sign(holder(), "2019-01", session).when("old terms"),
        sign(given::holder(Loa::Loa2), TERMS_VERSION, session).when("level 2"),
        sign(given::admin(), TERMS_VERSION, session).when("by an officer"),
    ]
}

fn handled_by_an_officer() -> Vec<Trial<Receipt>> {
    let paper = |by, terms: &str, kind| {
        let action = ReceiptAction::RegisterPaper {
            terms_version: terms.to_owned(),
            signature: given::signature(kind),
        };
        trial(by, action)
    };
    let ink = SignatureKind::Paper;
    vec![
        paper(given::admin(), TERMS_VERSION, ink).when("signed in ink"),
        paper(
            given::admin(),
            TERMS_VERSION,
            SignatureKind::ReauthenticatedSession,
        )
        .when("not signed in ink"),
        paper(given::admin(), "2019-01", ink).when("old terms"),
        paper(given::holder_as_officer(), TERMS_VERSION, ink).when("of one's own card"),
        trial(given::admin(), ReceiptAction::Refuse),
    ]
}

fn ended_by_the_system() -> Vec<Trial<Receipt>> {
    let end = facts().times_out_at;
    let time_out = || trial(given::scheduler(), ReceiptAction::TimeOut);
    vec![
        time_out()
            .when("a second before the time")
            .at(end - Duration::seconds(1)),
        time_out().when("when the time is up").at(end),
        trial(given::ledger(), ReceiptAction::Lapse),
    ]
}
