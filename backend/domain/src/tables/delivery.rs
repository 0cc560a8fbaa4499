//! The sending as a table: ordinary mail, and registered mail where it makes a difference.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::Actor;
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
            (given::admin(), DeliveryAction::Return),
            (given::manufacturer(), DeliveryAction::Lose),
            (given::admin(), DeliveryAction::ReportMissing),
            (given::admin(), DeliveryAction::ReportLateArrival),
            (given::ledger(), DeliveryAction::Arrive),
        ]
        .into_iter()
        .flat_map(|(by, action)| ordinary_and_registered(by, action))
        .collect()
    }
}

fn trial(by: Actor, action: DeliveryAction) -> Trial<Delivery> {
    let facts = DeliveryFacts {
        subject: given::subject(),
    };
    Trial::new(by, action, facts)
}

fn registered(mut delivery: Delivery) -> Delivery {
    delivery.method = DeliveryMethod::Rek;
    delivery.rek_id = Some(given::rek_id());
    delivery
}
