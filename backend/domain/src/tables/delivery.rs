//! The sending as a table: ordinary mail, and registered mail where it makes a difference.

use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial};
use crate::access::{Actor, Loa};
use crate::delivery::{Delivery, DeliveryAction, DeliveryFacts, DeliveryMethod, DeliveryStage};
use crate::ids::{CardId, DeliveryId, OrderId};

impl Tabled for Delivery {
    const FIRST: &'static [DeliveryStage] = &[DeliveryStage::Prepared];

    fn specimen(stage: DeliveryStage) -> Self {
        Self {
            id: DeliveryId(Uuid::from_u128(60)),
            order: OrderId(Uuid::from_u128(61)),
            card: CardId(Uuid::from_u128(62)),
            person: given::HOLDER,
            method: DeliveryMethod::APost,
            forwarded: false,
            rek_id: None,
            stage,
            since: at(given::sent_on()),
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let ordinary_and_registered = |by: Actor, action: DeliveryAction| {
            let ordinary = trial(by.clone(), action.clone()).when("ordinary mail");
            [
                ordinary,
                trial(by, action).when("registered mail").on(registered),
            ]
        };
        let post = DeliveryAction::Post {
            rek_id: Some(given::rek_id()),
        };
        [
            (given::ledger(), post),
            (given::manufacturer(), DeliveryAction::SendNotice),
            (given::manufacturer(), DeliveryAction::ReachServicePoint),
            (given::manufacturer(), DeliveryAction::Collect),
            (given::ledger(), DeliveryAction::Return),
            (given::admin(), DeliveryAction::Lose),
            (given::admin(), DeliveryAction::ReportMissing),
            (given::admin(), DeliveryAction::ReportLateArrival),
            (given::ledger(), DeliveryAction::Arrive),
        ]
        .into_iter()
        .flat_map(|(by, action)| ordinary_and_registered(by, action))
        .chain(too_soon())
        .collect()
    }
}

/// Reported missing before and on the day from which it may be, by the holder and by others.
fn too_soon() -> Vec<Trial<Delivery>> {
    let report = || trial(given::holder(Loa::Loa2), DeliveryAction::ReportMissing);
    vec![
        report()
            .when("ordinary mail, by the holder the day before")
            .at(at(day(2026, 10, 30))),
        report()
            .when("ordinary mail, by the holder on the day")
            .at(at(day(2026, 10, 31))),
        trial(given::servicedesk(), DeliveryAction::ReportMissing).when("by the servicedesk"),
        trial(given::admin(), DeliveryAction::ReportMissing)
            .when("sent to the office")
            .on(to_office),
        trial(given::ledger(), DeliveryAction::Arrive)
            .when("sent to the office")
            .on(to_office),
    ]
}

fn to_office(delivery: Delivery) -> Delivery {
    Delivery {
        method: DeliveryMethod::ToOffice,
        ..delivery
    }
}

fn trial(by: Actor, action: DeliveryAction) -> Trial<Delivery> {
    let facts = DeliveryFacts {
        subject: given::subject(),
        missing_from: Some(day(2026, 10, 31)),
    };
    Trial::new(by, action, facts)
}

fn registered(mut delivery: Delivery) -> Delivery {
    delivery.method = DeliveryMethod::Rek;
    delivery.rek_id = Some(given::rek_id());
    delivery
}
