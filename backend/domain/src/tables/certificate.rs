//! The certificate as a table.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::card::{CardStageName, RevocationReason};
use crate::certificate::{
    Certificate, CertificateAction, CertificateFacts, CertificateStage, Profile, Usage,
};
use crate::ids::{CardId, CertificateId, PairId};

impl Tabled for Certificate {
    const FIRST: &'static [CertificateStage] = &[CertificateStage::Requested];

    fn specimen(stage: CertificateStage) -> Self {
        Self {
            id: CertificateId(Uuid::from_u128(90)),
            card: CardId(Uuid::from_u128(91)),
            person: given::HOLDER,
            profile: Profile::HsaId,
            usage: Usage::Authentication,
            pair: PairId(Uuid::from_u128(92)),
            loa: Loa::Loa3,
            not_after: given::valid_to(),
            reason: (stage == CertificateStage::Revoked).then_some(RevocationReason::Lost),
            stage,
            since: at(given::sent_on()),
            version: 1,
            request: None,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let mut trials = issuing();
        trials.extend(on_the_card());
        trials.extend(the_end());
        trials
    }
}

fn facts() -> CertificateFacts {
    CertificateFacts {
        subject: given::subject(),
        card: CardStageName::Active,
        card_number: Some(given::card_number()),
        valid_to: Some(given::valid_to()),
        product: given::product(),
        key_known: false,
        pair: None,
        beside: Vec::new(),
    }
}

fn trial(by: Actor, action: CertificateAction) -> Trial<Certificate> {
    Trial::new(by, action, facts())
}

fn issuing() -> Vec<Trial<Certificate>> {
    let issue = || CertificateAction::Issue {
        authority: "person-hsa-id-3".to_owned(),
        serial: "5a".repeat(16),
    };
    let shorter = CertificateFacts {
        valid_to: given::valid_to().pred_opt(),
        ..facts()
    };
    let write = |number| {
        trial(
            given::manufacturer(),
            CertificateAction::WriteToCard { number },
        )
    };
    vec![
        trial(given::authority(), issue()),
        Trial::new(given::authority(), issue(), shorter).when("its last day is not the card's"),
        write(given::card_number()),
        write(given::another_card_number()).when("to another card"),
        trial(
            given::holder(Loa::Loa3),
            CertificateAction::WriteToCard {
                number: given::card_number(),
            },
        )
        .when("by the holder's card client"),
    ]
}

fn on_the_card() -> Vec<Trial<Certificate>> {
    let holder = || given::holder(Loa::Loa3);
    vec![
        trial(holder(), CertificateAction::TakeOffCard),
        trial(holder(), CertificateAction::FetchBack),
        trial(given::ledger(), CertificateAction::Supersede),
    ]
}

fn the_end() -> Vec<Trial<Certificate>> {
    let revoke = |by, reason| {
        let last_four = given::card_number().last_four().to_owned();
        trial(by, CertificateAction::Revoke { reason, last_four })
    };
    let unconfirmed = CertificateAction::Revoke {
        reason: RevocationReason::CodesCompromised,
        last_four: String::new(),
    };
    let known = RevocationReason::CodesCompromised;
    let decided = RevocationReason::IssuerDecision;
    let reason = RevocationReason::Lost;
    vec![
        revoke(given::admin(), known).when("by an officer"),
        revoke(given::admin(), decided).when("by an officer, who decides so"),
        revoke(given::admin(), RevocationReason::Lost).when("the card is lost"),
        revoke(given::servicedesk(), known).when("by the servicedesk"),
        revoke(given::holder(Loa::Loa3), known).when("by the holder"),
        revoke(given::holder(Loa::Loa3), decided).when("by the holder, as only officers may"),
        revoke(given::holder(Loa::Loa2), known).when("by the holder at level 2"),
        trial(given::holder(Loa::Loa3), unconfirmed).when("by the holder, unconfirmed"),
        trial(given::ledger(), CertificateAction::EndWithPair { reason }),
        trial(given::ledger(), CertificateAction::EndWithCard { reason }),
        trial(given::scheduler(), CertificateAction::Expire)
            .when("on the last day")
            .at(at(given::valid_to())),
        trial(given::scheduler(), CertificateAction::Expire)
            .at(at(given::valid_to().succ_opt().unwrap_or_default())),
    ]
}
