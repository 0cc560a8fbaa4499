//! Orders at each stage.

use cards_app::queries::{OrderAndOffers, OrderPage, OrderSheet};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, DeliveryId, OrderId, PersonId};
use cards_domain::offer::Offer;
use cards_domain::order::{Order, OrderActionName, OrderStage, Recipient};
use cards_domain::refusal::Refusal;
use cards_domain::values::{PersonName, RekId};
use uuid::Uuid;

use super::{
    MAJA, OFFICE, PRODUCT, REGION, REK_ID, address, at, card, day, maja, office, product, sent,
};

pub(crate) fn order(stage: OrderStage, method: DeliveryMethod) -> OrderSheet {
    let is_sent = !matches!(
        stage,
        OrderStage::AwaitingPrerequisites | OrderStage::ReadyToSend
    );
    OrderSheet {
        product: product(),
        office: office(),
        organisation_name: "Region Mälarvik".into(),
        order: Order {
            id: OrderId(Uuid::from_u128(200)),
            number: "K-2611-000482".into(),
            person: MAJA,
            organisation: REGION,
            product: PRODUCT,
            office: OFFICE,
            method,
            ordered_by: PersonId(Uuid::from_u128(8)),
            photographed_by: None,
            photo: None,
            replaces: None,
            photo_on: None,
            submitted_on: Some(day("2026-11-05")),
            recipient: Recipient {
                name: PersonName::new(Some("Maja"), None, "Lindqvist").unwrap(),
                address: address(),
                forwarded: false,
                as_of: at("2026-11-05T08:00:00Z"),
            },
            card: is_sent.then(|| CardId(Uuid::from_u128(100))),
            delivery: is_sent.then(|| DeliveryId(Uuid::from_u128(300))),
            stage,
            since: at("2026-11-06T08:00:00Z"),
            version: 1,
        },
    }
}

pub(crate) fn order_offers(sheet: OrderSheet) -> OrderAndOffers {
    let anew = match sheet.order.method {
        DeliveryMethod::APost => Refusal::UndeliveredTooSoon {
            from: day("2026-12-05"),
        },
        DeliveryMethod::ToOffice => Refusal::CardAtOffice,
        DeliveryMethod::Rek => Refusal::UndeliveredTraceable {
            rek_id: Some(RekId::parse(REK_ID).unwrap()),
        },
    };
    OrderAndOffers {
        sheet,
        offers: vec![
            Offer {
                action: OrderActionName::Cancel,
                verdict: Ok(()),
            },
            Offer {
                action: OrderActionName::ReplaceUndelivered,
                verdict: Err(anew),
            },
        ],
    }
}

pub(crate) fn order_page(stage: OrderStage, method: DeliveryMethod) -> OrderPage {
    OrderPage {
        person: maja(),
        card: (stage == OrderStage::Dispatched).then(|| card(sent(), method)),
        order: order_offers(order(stage, method)),
        clocks: Vec::new(),
    }
}
