//! The photo as a table.

use uuid::Uuid;

use super::specimens::{self as given, at};
use super::{Tabled, Trial};
use crate::access::Actor;
use crate::ids::{OrderId, PhotoId};
use crate::order::OrderStage;
use crate::photo::{
    Photo, PhotoAction, PhotoApproval, PhotoFacts, PhotoFault, PhotoSource, PhotoStage,
};

impl Tabled for Photo {
    const FIRST: &'static [PhotoStage] = &[PhotoStage::Captured];

    fn specimen(stage: PhotoStage) -> Self {
        Self {
            id: PhotoId(Uuid::from_u128(110)),
            person: given::HOLDER,
            order: OrderId(Uuid::from_u128(111)),
            office: given::OFFICE,
            taken_by: given::PHOTOGRAPHED_BY,
            taken_on: given::sent_on(),
            source: PhotoSource::Desk,
            stage,
            since: at(given::sent_on()),
            version: 1,
            picture: None,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let seen = |identity_seen, same_person| {
            PhotoAction::Approve(PhotoApproval {
                identity_seen,
                same_person,
            })
        };
        let fault = PhotoFault::Quality;
        vec![
            trial(given::admin(), seen(true, true), OrderStage::AwaitingPhoto)
                .when("everything seen"),
            trial(given::admin(), seen(false, true), OrderStage::AwaitingPhoto)
                .when("identity not shown"),
            trial(given::admin(), seen(true, false), OrderStage::AwaitingPhoto)
                .when("not said to be the same person"),
            trial(given::admin(), seen(true, true), OrderStage::Cancelled)
                .when("the order was stopped meanwhile"),
            trial(
                given::holder_as_officer(),
                seen(true, true),
                OrderStage::AwaitingPhoto,
            )
            .when("of oneself"),
            trial(
                given::servicedesk(),
                seen(true, true),
                OrderStage::AwaitingPhoto,
            )
            .when("by the servicedesk"),
            trial(
                given::admin(),
                PhotoAction::Reject { fault },
                OrderStage::AwaitingPhoto,
            ),
        ]
    }
}

fn trial(by: Actor, action: PhotoAction, order: OrderStage) -> Trial<Photo> {
    let facts = PhotoFacts {
        subject: given::subject(),
        order,
    };
    Trial::new(by, action, facts)
}
