//! A made-up holder with a card in each state, for the tests of the pages.

use std::collections::BTreeMap;

use cards_app::plain::Office;
use cards_app::queries::{
    CardParts, CardSheet, Clock, DayOfLooks, Event, HolderPage, OrderSheet, PersonSheet, PostSheet,
    ReceiptPage,
};
use cards_app::{Channel, Entry};
use cards_domain::access::Role;
use cards_domain::calendar::{Due, add_months, business_day};
use cards_domain::card::{Card, CardStage, Custody, RevocationReason};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use cards_domain::ids::{
    CardId, DeliveryId, OfficeId, OrderId, OrganisationId, PersonId, ProductId, ReceiptId,
};
use cards_domain::order::{Order, OrderStage, Recipient};
use cards_domain::person::Protection;
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::receipt::{Receipt, ReceiptStage, TERMS_VERSION};
use cards_domain::signature::{Signature, SignatureKind};
use cards_domain::values::{CardNumber, HsaId, PersonName, PersonNumber, PostalAddress, RekId};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use crate::layout::{Frame, Portal};
use crate::text::{Lang, Text};

pub const HOLDER: PersonId = PersonId(Uuid::from_u128(1));
pub const NUMBER: &str = "198503129804";
const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(2));

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Tuesday.
pub fn now() -> DateTime<Utc> {
    at("2026-11-24T08:00:00Z")
}

pub fn frame(lang: Lang) -> Frame {
    let frame = Frame::new(
        Text::of(lang),
        Portal::MinaSidor,
        "",
        "/mina-sidor",
        "H3T-9WB",
    );
    super::frame::dressed(frame, "/mina-sidor")
}

pub fn active() -> CardStage {
    CardStage::Active {
        at: at("2024-01-18T10:00:00Z"),
    }
}

pub fn sent() -> CardStage {
    CardStage::Sent {
        at: at("2026-11-13T13:10:00Z"),
    }
}

pub fn unsigned() -> CardStage {
    CardStage::UnlockedUnsigned {
        at: at("2026-11-23T09:09:30Z"),
    }
}

pub fn revoked() -> CardStage {
    CardStage::Revoked {
        at: at("2022-01-17T09:00:00Z"),
        reason: RevocationReason::Lost,
    }
}

pub fn expired() -> CardStage {
    CardStage::Expired {
        at: at("2023-05-02T00:00:00Z"),
    }
}

pub fn office() -> Office {
    let hours = [
        ("mon", "08:00-16:00"),
        ("tue", "08:00-16:00"),
        ("wed", "08:00-18:00"),
    ];
    Office {
        id: OfficeId(Uuid::from_u128(3)),
        organisation: ORGANISATION,
        name: "Kortkontoret Björkvallen".into(),
        address: "Sjukhusvägen 4, 991 20 Björkvallen".into(),
        floor: Some("Plan 2, hiss B".into()),
        phone: Some("0990-20240".into()),
        hours: hours
            .into_iter()
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .collect::<BTreeMap<_, _>>(),
        services: vec!["activation".into()],
        closed_on: None,
        opens_on: None,
        successor: None,
        version: 1,
    }
}

pub fn product(code_delivery: CodeDelivery) -> Product {
    Product {
        id: ProductId(Uuid::from_u128(4)),
        number: Some("723".parse().unwrap()),
        name: "E-tjänstekort utan foto".into(),
        sis_marked: false,
        has_photo: false,
        validity_months: 60,
        pin_min: 6,
        pin_max: 8,
        code_delivery,
        orderable: true,
    }
}

/// The `n`th card of the holder.
pub fn card(n: u128, stage: CardStage, method: DeliveryMethod) -> CardSheet {
    let is_made = stage != CardStage::Ordered;
    let receipt = matches!(stage, CardStage::UnlockedUnsigned { .. });
    CardSheet {
        product: product(CodeDelivery::ChosenAtActivation),
        office: office(),
        organisation_name: format!("Region Mälarvik {n}"),
        order_number: format!("K-2611-00000{n}"),
        delivery: Some(delivery(n, method)),
        receipt: receipt.then(|| ReceiptId(Uuid::from_u128(500 + n))),
        parts: CardParts::default(),
        card: Card {
            id: CardId(Uuid::from_u128(100 + n)),
            person: HOLDER,
            order: OrderId(Uuid::from_u128(200 + n)),
            organisation: ORGANISATION,
            product: ProductId(Uuid::from_u128(4)),
            office: OfficeId(Uuid::from_u128(3)),
            ordered_by: PersonId(Uuid::from_u128(9)),
            photographed_by: None,
            number: is_made.then(|| CardNumber::parse(&format!("9752{:012}", 7730 + n)).unwrap()),
            product_number: is_made.then(|| "723".parse().unwrap()),
            printed_name: is_made.then(|| "Elin Berg".into()),
            valid_to: is_made.then(|| day("2031-11-12")),
            custody: Custody::Post,
            keep_until: None,
            stage,
            version: 1,
        },
    }
}

fn delivery(n: u128, method: DeliveryMethod) -> Delivery {
    let rek_id = (method == DeliveryMethod::Rek).then(|| RekId::parse("RR473124829SE").unwrap());
    Delivery {
        id: DeliveryId(Uuid::from_u128(300 + n)),
        order: OrderId(Uuid::from_u128(200 + n)),
        card: CardId(Uuid::from_u128(100 + n)),
        person: HOLDER,
        method,
        forwarded: false,
        rek_id,
        stage: DeliveryStage::Posted,
        since: at("2026-11-13T13:10:00Z"),
        version: 1,
    }
}

pub fn order(n: u128, stage: OrderStage, method: DeliveryMethod) -> OrderSheet {
    OrderSheet {
        product: product(CodeDelivery::ChosenAtActivation),
        office: office(),
        organisation_name: format!("Region Mälarvik {n}"),
        order: Order {
            id: OrderId(Uuid::from_u128(200 + n)),
            number: format!("K-2611-00000{n}"),
            person: HOLDER,
            organisation: ORGANISATION,
            product: ProductId(Uuid::from_u128(4)),
            office: OfficeId(Uuid::from_u128(3)),
            method,
            ordered_by: PersonId(Uuid::from_u128(9)),
            photographed_by: None,
            photo: None,
            replaces: None,
            photo_on: None,
            submitted_on: Some(day("2026-11-05")),
            recipient: Recipient {
                name: PersonName::new(Some("Elin"), None, "Berg").unwrap(),
                address: PostalAddress::new(None, "Provgatan 1", "111 22", "Stad").unwrap(),
                forwarded: false,
                as_of: at("2026-11-05T08:00:00Z"),
            },
            card: None,
            delivery: None,
            stage,
            since: at("2026-11-06T08:00:00Z"),
            version: 1,
        },
    }
}

fn clocks(sheet: &CardSheet) -> Vec<Clock> {
    let clock = |rule, thing, base, due: Due| Clock {
        rule,
        kind: due.kind,
        thing,
        base,
        day: due.day,
        acts_at: due.acts_at,
        is_held: false,
    };
    let (card, order) = (sheet.card.id.0, sheet.card.order.0);
    match sheet.card.stage {
        CardStage::Sent { at } => {
            let base = business_day(at);
            let ordered = day("2026-11-05");
            let activation = Due::lives_through(add_months(base, 3));
            let undelivered = Due::allowed_from(ordered, 30);
            let mut running = vec![clock(DeadlineRule::Activation, card, base, activation)];
            if sheet
                .delivery
                .as_ref()
                .is_some_and(|sent| sent.method == DeliveryMethod::APost)
            {
                running.push(clock(
                    DeadlineRule::Undelivered,
                    order,
                    ordered,
                    undelivered,
                ));
            }
            running
        }
        CardStage::UnlockedUnsigned { at } => {
            let due = Due::after(at, Duration::hours(120));
            vec![clock(
                DeadlineRule::ReceiptSignature,
                card,
                business_day(at),
                due,
            )]
        }
        CardStage::Active { at } => {
            let due = Due::lives_through(day("2031-11-12"));
            vec![clock(DeadlineRule::CardExpiry, card, business_day(at), due)]
        }
        CardStage::Ordered | CardStage::Revoked { .. } | CardStage::Expired { .. } => Vec::new(),
    }
}

pub fn page(cards: Vec<CardSheet>, orders: Vec<OrderSheet>) -> HolderPage {
    HolderPage {
        person: person(),
        clocks: cards.iter().flat_map(clocks).collect(),
        cards,
        orders,
        last_look: Some(look()),
    }
}

pub fn receipt_page(sheet: CardSheet) -> ReceiptPage {
    let is_signed = matches!(sheet.card.stage, CardStage::Active { .. });
    ReceiptPage {
        person: person(),
        receipt: sheet.receipt,
        signed: is_signed.then(|| signed_receipt(sheet.card.id)),
        clocks: clocks(&sheet),
        card: sheet,
    }
}

fn signed_receipt(card: CardId) -> Receipt {
    Receipt {
        id: ReceiptId(Uuid::from_u128(500)),
        card,
        person: HOLDER,
        terms_version: TERMS_VERSION.to_owned(),
        signature: Some(Signature {
            kind: SignatureKind::ReauthenticatedSession,
            at: at("2024-01-18T10:00:00Z"),
            text_hash: String::new(),
            evidence: None,
        }),
        stage: ReceiptStage::Signed,
        since: at("2024-01-18T10:00:00Z"),
        version: 2,
    }
}

fn person() -> PersonSheet {
    PersonSheet {
        person: HOLDER,
        name: PersonName::new(Some("Elin"), None, "Berg").unwrap(),
        number: PersonNumber::parse(NUMBER).unwrap(),
        mail: None,
        language: "sv".into(),
        protection: Protection::None,
        test_person: true,
        posts: vec![PostSheet {
            hsa_id: HsaId::parse("SE2399000013-1002").unwrap(),
            organisation: ORGANISATION,
            organisation_name: "Region Mälarvik".into(),
            unit: None,
            unit_name: None,
            title: None,
            last_day: None,
        }],
    }
}

pub fn looks() -> DayOfLooks {
    DayOfLooks {
        day: day("2026-11-09"),
        first: at("2026-11-09T09:00:00Z"),
        last: at("2026-11-09T09:12:00Z"),
        times: 12,
        kinds: vec!["card".into(), "order".into(), "person".into()],
        channel: Channel::IdAdmin,
        actor_name: Some("Tove Hallgren".into()),
        roles: vec![Role::IdAdmin, Role::IdAdminProtected],
    }
}

pub fn look() -> Event {
    Event {
        actor_name: Some("Tove Hallgren".into()),
        entry: Entry {
            line_id: Uuid::from_u128(7),
            at: at("2026-11-09T09:00:00Z"),
            channel: Channel::IdAdmin,
            actor_person: Some(PersonId(Uuid::from_u128(8))),
            actor_system: None,
            kind: "person".into(),
            action: "look".into(),
            subject: None,
            person: Some(HOLDER),
            from_stage: None,
            to_stage: None,
            outcome: "done".into(),
            event: serde_json::Value::Null,
            correlation: "H3T-9WB".into(),
        },
    }
}
