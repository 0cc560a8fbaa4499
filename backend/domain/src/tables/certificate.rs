//! The certificate as a table.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::certificate::{Certificate, CertificateAction, CertificateFacts, CertificateStage};
use crate::ids::{CardId, CertificateId};

impl Tabled for Certificate {
    const FIRST: &'static [CertificateStage] = &[CertificateStage::Requested];

    fn specimen(stage: CertificateStage) -> Self {
        Self {
            id: CertificateId(Uuid::from_u128(90)),
            card: CardId(Uuid::from_u128(91)),
            person: given::HOLDER,
            stage,
            since: at(given::sent_on()),
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let holder = || given::holder(Loa::Loa3);
        vec![
            trial(given::authority(), CertificateAction::Issue),
            trial(given::authority(), CertificateAction::WriteToCard),
            trial(holder(), CertificateAction::TakeOffCard),
            trial(holder(), CertificateAction::FetchBack),
            trial(given::ledger(), CertificateAction::Supersede),
            trial(given::admin(), CertificateAction::Revoke).when("by an officer"),
            trial(holder(), CertificateAction::Revoke).when("by the holder"),
            trial(given::scheduler(), CertificateAction::Expire),
        ]
    }
}

fn trial(by: Actor, action: CertificateAction) -> Trial<Certificate> {
    let facts = CertificateFacts {
        subject: given::subject(),
    };
    Trial::new(by, action, facts)
}
