//! The order as a table.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial};
use crate::access::Actor;
use crate::delivery::{DeliveryMethod, DeliveryStage};
use crate::ids::{CardId, DeliveryId, OrderId, RevocationId};
use crate::order::{
    MadeCard, Order, OrderAction, OrderFacts, OrderStage, Recipient, RegisterFacts, Sending, Told,
};
use crate::photo::KeptPhoto;
use crate::product::Product;

impl Tabled for Order {
    const FIRST: &'static [OrderStage] = &[OrderStage::Draft];

    fn specimen(stage: OrderStage) -> Self {
        let placed = at(given::sent_on());
        let sent = has_card(stage);
        Self {
            id: OrderId(Uuid::from_u128(40)),
            number: "K-2610-000001".to_owned(),
            person: given::HOLDER,
            organisation: given::ORGANISATION,
            product: given::PRODUCT,
            office: given::OFFICE,
            method: DeliveryMethod::APost,
            ordered_by: given::ORDERER,
            photographed_by: sent.then_some(given::PHOTOGRAPHED_BY),
            photo: None,
            photo_on: None,
            submitted_on: (stage != OrderStage::Draft).then_some(given::sent_on()),
            recipient: recipient(placed),
            replaces: None,
            card: sent.then_some(CardId(Uuid::from_u128(41))),
            delivery: sent.then_some(DeliveryId(Uuid::from_u128(42))),
            stage,
            since: placed,
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let mut trials = before_the_manufacturer();
        trials.extend(at_the_manufacturer());
        trials.extend(replaced());
        trials.extend(the_end());
        trials
    }
}

fn has_card(stage: OrderStage) -> bool {
    match stage {
        OrderStage::Draft
        | OrderStage::AwaitingPrerequisites
        | OrderStage::AwaitingPhoto
        | OrderStage::ReadyToSend
        | OrderStage::Cancelled
        | OrderStage::Rejected => false,
        OrderStage::SentToManufacturer
        | OrderStage::Produced
        | OrderStage::Dispatched
        | OrderStage::Fulfilled
        | OrderStage::ReplacedUndelivered
        | OrderStage::ActivationExpired => true,
    }
}

fn recipient(as_of: DateTime<Utc>) -> Recipient {
    Recipient {
        name: given::name(),
        address: given::address(),
        forwarded: false,
        as_of,
    }
}

fn facts() -> OrderFacts {
    OrderFacts {
        subject: given::subject(),
        number: given::number(),
        name: given::name(),
        register: RegisterFacts::Reachable(recipient(given::now())),
        product: given::product(),
        open_order: None,
        prerequisites_missing: false,
        lengths: given::lengths(),
        next_number: 1,
        new_card: CardId(Uuid::from_u128(43)),
        new_delivery: DeliveryId(Uuid::from_u128(44)),
        new_revocation: RevocationId(Uuid::from_u128(45)),
        sending: Some(sending(DeliveryStage::Posted)),
        card_number: Some(given::card_number()),
        replaced: None,
        stored_photo: Some(given::photo()),
    }
}

fn sending(stage: DeliveryStage) -> Sending {
    Sending {
        stage,
        rek_id: None,
    }
}

fn without_photo() -> OrderFacts {
    OrderFacts {
        product: Product {
            has_photo: false,
            ..given::product()
        },
        ..facts()
    }
}

fn trial(by: Actor, action: OrderAction) -> Trial<Order> {
    Trial::new(by, action, facts())
}

fn before_the_manufacturer() -> Vec<Trial<Order>> {
    let submit = |facts| Trial::new(given::ledger(), OrderAction::Submit, facts);
    let complete = |by, facts| Trial::new(by, OrderAction::CompletePrerequisites, facts);
    let stored = |by, stored_photo| {
        let facts = OrderFacts {
            stored_photo,
            ..facts()
        };
        Trial::new(by, OrderAction::UseStoredPhoto, facts)
    };
    let old = KeptPhoto {
        taken_on: day(2025, 11, 1),
        ..given::photo()
    };
    let last_day = KeptPhoto {
        taken_on: day(2025, 11, 2),
        ..given::photo()
    };
    let photo = given::photo();
    vec![
        submit(facts()).when("product with photo"),
        submit(without_photo()).when("product without photo"),
        submit(OrderFacts {
            prerequisites_missing: true,
            ..facts()
        })
        .when("prerequisites missing"),
        complete(given::admin(), facts()).when("product with photo"),
        complete(given::admin(), without_photo()).when("product without photo"),
        complete(given::servicedesk(), facts()).when("by the servicedesk"),
        trial(given::ledger(), OrderAction::ApprovePhoto { photo }),
        stored(given::admin(), Some(photo)).when("young enough"),
        stored(given::admin(), Some(last_day)).when("on its last day"),
        stored(given::admin(), Some(old)).when("too old"),
        stored(given::admin(), None).when("none kept"),
        stored(given::holder_as_officer(), Some(photo)).when("of oneself"),
        trial(given::ledger(), OrderAction::Send).when("as soon as it is ready"),
        trial(given::admin(), OrderAction::Send).when("again, by hand"),
    ]
}

fn at_the_manufacturer() -> Vec<Trial<Order>> {
    let dispatch = |rek_id| trial(given::manufacturer(), OrderAction::Dispatch { rek_id });
    let made = MadeCard {
        number: given::card_number(),
        product_number: None,
        printed_name: "Test Testsson".to_owned(),
        valid_to: given::valid_to(),
    };
    vec![
        trial(given::manufacturer(), OrderAction::FailProduction),
        trial(given::manufacturer(), OrderAction::Produce(made)),
        dispatch(None).when("ordinary mail"),
        dispatch(Some(given::rek_id()))
            .when("registered mail")
            .on(registered),
    ]
}

fn replace(told: Told, stage: DeliveryStage) -> Trial<Order> {
    let facts = OrderFacts {
        sending: Some(sending(stage)),
        ..facts()
    };
    Trial::new(
        given::ledger(),
        OrderAction::ReplaceUndelivered { told },
        facts,
    )
}

/// A card that did not come as it should.
fn replaced() -> Vec<Trial<Order>> {
    use DeliveryStage as D;
    let missing = |stage| replace(Told::NotArrived, stage);
    vec![
        missing(D::Posted)
            .when("ordinary mail, 29 days after the order")
            .at(at(day(2026, 10, 30))),
        missing(D::Posted)
            .when("ordinary mail, 30 days after the order")
            .at(at(day(2026, 10, 31))),
        missing(D::Posted)
            .when("ordinary mail, 29 days after the photo")
            .on(photographed_later),
        missing(D::ReportedMissing).when("ordinary mail, reported missing"),
        missing(D::AssumedDelivered).when("ordinary mail, the card was at the counter"),
        missing(D::Posted).when("registered mail").on(registered),
        missing(D::Prepared)
            .when("registered mail, the day after the order")
            .on(registered)
            .at(at(day(2026, 10, 2))),
        missing(D::Collected)
            .when("registered mail, fetched by somebody")
            .on(registered),
        missing(D::ReturnedToSender)
            .when("registered mail, came back")
            .on(registered),
        missing(D::Lost)
            .when("registered mail, lost by the post")
            .on(registered),
        missing(D::Lost)
            .when("ordinary mail, lost by the post, the day after")
            .at(at(day(2026, 10, 2))),
        replace(Told::EnvelopeOpened, D::Posted)
            .when("envelope open or empty, the day after")
            .at(at(day(2026, 10, 2))),
        replace(Told::CardDamaged, D::Posted)
            .when("came damaged, the day after")
            .at(at(day(2026, 10, 2))),
    ]
}

fn the_end() -> Vec<Trial<Order>> {
    let ask = || trial(given::scheduler(), OrderAction::AskArrival);
    vec![
        trial(given::ledger(), OrderAction::Fulfil),
        ask()
            .when("29 days after the order")
            .at(at(day(2026, 10, 30))),
        ask()
            .when("30 days after the order")
            .at(at(day(2026, 10, 31))),
        trial(given::ledger(), OrderAction::ExpireActivation),
        trial(given::admin(), OrderAction::Cancel),
        trial(given::holder_as_officer(), OrderAction::Cancel).when("of one's own card"),
        trial(given::ledger(), OrderAction::EndWithCard),
    ]
}

fn photographed_later(order: Order) -> Order {
    Order {
        photo_on: Some(day(2026, 10, 4)),
        ..order
    }
}

fn registered(order: Order) -> Order {
    Order {
        method: DeliveryMethod::Rek,
        ..order
    }
}
