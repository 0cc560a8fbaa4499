//! A made-up holder, her cards and orders, and an officer who looks at them, for the tests of the
//! officers' pages and the servicedesk's.

mod orders;

pub(crate) use orders::{order, order_offers, order_page};

use std::collections::BTreeMap;

use cards_app::plain::{Office, OrganisationPolicy};
use cards_app::queries::{
    CardAndOffers, CardPage, CardParts, CardSheet, Clock, OrderForm, Orderer, OrganisationSheet,
    PersonPage, PersonSheet, PostSheet,
};
use cards_domain::access::{Actor, Appointment, Loa, Officer, Role};
use cards_domain::calendar::{Due, business_day};
use cards_domain::card::{Card, CardActionName, CardFacts, CardStage, Custody};
use cards_domain::deadline::{DeadlineLengths, DeadlineRule};
use cards_domain::delivery::{Delivery, DeliveryMethod, DeliveryStage};
use cards_domain::ids::{
    AppointmentId, CardId, ChipCodeId, DeliveryId, OfficeId, OrderId, OrganisationId, PersonId,
    ProductId, ReceiptId, UnitId,
};
use cards_domain::offer::Offer;
use cards_domain::order::OrderStage;
use cards_domain::person::{Protection, Subject};
use cards_domain::place::{ActivationPlace, OfficeFacts, PlaceFacts};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::refusal::Refusal;
use cards_domain::values::{CardNumber, HsaId, PersonName, PersonNumber, PostalAddress, RekId};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use crate::components::Hidden;
use crate::layout::{Frame, Portal};
use crate::pages::{Moment, Setting};
use crate::text::{Lang, Text};

pub(crate) const NUMBER: &str = "198503129804";
pub(crate) const CARD_NUMBER: &str = "9752 2699 0041 7738";
pub(crate) const REK_ID: &str = "RR473124829SE";
pub(crate) const MAJA: PersonId = PersonId(Uuid::from_u128(1));
const REGION: OrganisationId = OrganisationId(Uuid::from_u128(2));
const OFFICE: OfficeId = OfficeId(Uuid::from_u128(3));
const PRODUCT: ProductId = ProductId(Uuid::from_u128(4));

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Monday morning.
pub(crate) fn now() -> DateTime<Utc> {
    at("2026-11-23T08:42:00Z")
}

fn officer(role: Role) -> Actor {
    let appointment = |role| Appointment {
        id: AppointmentId(Uuid::from_u128(6)),
        role,
        branch: vec![REGION],
        office: Some(OFFICE),
    };
    let appointments = vec![appointment(role), appointment(Role::IdAdminProtected)];
    Actor::Officer(Officer {
        person: PersonId(Uuid::from_u128(9)),
        loa: Loa::Loa3,
        appointments,
    })
}

/// An officer's page, read in `lang` by somebody with `role`.
pub(crate) fn setting(lang: Lang, portal: Portal, role: Role) -> Setting {
    let t = Text::of(lang);
    let fields = || Hidden::new([("_csrf", "exempel"), ("_key", "exempel")]);
    let frame = Frame::new(t, portal, "", portal.home(), "H3T-9WB")
        .search(format!("{}/sok", portal.home()), fields());
    let moment = Moment {
        now: now(),
        is_working: true,
    };
    Setting::around(frame, officer(role), fields(), moment)
}

pub(crate) fn id_admin(lang: Lang) -> Setting {
    setting(lang, Portal::IdAdmin, Role::IdAdmin)
}

pub(crate) fn person(n: u128, given: &str, number: &str) -> PersonSheet {
    PersonSheet {
        person: PersonId(Uuid::from_u128(n)),
        name: PersonName::new(Some(given), None, "Lindqvist").unwrap(),
        number: PersonNumber::parse(number).unwrap(),
        mail: None,
        language: "sv".into(),
        protection: Protection::None,
        test_person: true,
        posts: vec![PostSheet {
            hsa_id: HsaId::parse("SE2399000013-1002").unwrap(),
            organisation: REGION,
            organisation_name: "Region Mälarvik".into(),
            unit: Some(UnitId(Uuid::from_u128(5))),
            unit_name: Some("Akutmottagningen".into()),
            title: Some("Sjuksköterska".into()),
            last_day: None,
        }],
    }
}

pub(crate) fn maja() -> PersonSheet {
    person(1, "Maja", NUMBER)
}

pub(crate) fn protected() -> PersonSheet {
    PersonSheet {
        protection: Protection::Confidentiality,
        ..maja()
    }
}

pub(crate) fn office() -> Office {
    let hours = [("mon", "08:00-16:00"), ("wed", "08:00-18:00")];
    Office {
        id: OFFICE,
        organisation: REGION,
        name: "Kortkontoret Björkvallen".into(),
        address: "Sjukhusvägen 4, 991 20 Björkvallen".into(),
        floor: Some("Plan 2, hiss B".into()),
        phone: Some("0990-20240".into()),
        hours: hours
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
        services: vec!["activation".into()],
        closed_on: None,
        opens_on: None,
        successor: None,
        version: 1,
    }
}

pub(crate) fn product() -> Product {
    Product {
        id: PRODUCT,
        number: Some("723".parse().unwrap()),
        name: "E-tjänstekort utan foto".into(),
        sis_marked: false,
        has_photo: false,
        validity_months: 60,
        pin_min: 6,
        pin_max: 8,
        code_delivery: CodeDelivery::ChosenAtActivation,
        orderable: true,
    }
}

pub(crate) fn sent() -> CardStage {
    CardStage::Sent {
        at: at("2026-11-13T13:10:00Z"),
    }
}

pub(crate) fn unsigned() -> CardStage {
    CardStage::UnlockedUnsigned {
        at: at("2026-11-23T08:09:30Z"),
    }
}

pub(crate) fn active() -> CardStage {
    CardStage::Active {
        at: at("2026-11-23T08:40:00Z"),
    }
}

pub(crate) fn card(stage: CardStage, method: DeliveryMethod) -> CardSheet {
    let receipt = matches!(stage, CardStage::UnlockedUnsigned { .. });
    CardSheet {
        product: product(),
        office: office(),
        organisation_name: "Region Mälarvik".into(),
        order_number: "K-2611-000482".into(),
        delivery: Some(delivery(method)),
        receipt: receipt.then(|| ReceiptId(Uuid::from_u128(500))),
        parts: CardParts::default(),
        card: Card {
            id: CardId(Uuid::from_u128(100)),
            person: MAJA,
            order: OrderId(Uuid::from_u128(200)),
            organisation: REGION,
            product: PRODUCT,
            office: OFFICE,
            ordered_by: PersonId(Uuid::from_u128(8)),
            photographed_by: None,
            number: Some(CardNumber::parse(CARD_NUMBER).unwrap()),
            product_number: Some("723".parse().unwrap()),
            printed_name: Some("Maja Lindqvist".into()),
            valid_to: Some(day("2031-11-12")),
            custody: Custody::Post,
            keep_until: None,
            stage,
            version: 1,
        },
    }
}

fn delivery(method: DeliveryMethod) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(300)),
        order: OrderId(Uuid::from_u128(200)),
        card: CardId(Uuid::from_u128(100)),
        person: MAJA,
        method,
        forwarded: false,
        rek_id: (method == DeliveryMethod::Rek).then(|| RekId::parse(REK_ID).unwrap()),
        stage: DeliveryStage::Posted,
        since: at("2026-11-13T13:10:00Z"),
        version: 1,
    }
}

pub(crate) fn offered(sheet: CardSheet, verdict: Result<(), Refusal>) -> CardAndOffers {
    CardAndOffers {
        sheet,
        offers: vec![Offer {
            action: CardActionName::Unlock,
            verdict,
        }],
        codes: Vec::new(),
        letter: None,
    }
}

/// What the counter would see: here the card may be unlocked, unless its stage says otherwise.
pub(crate) fn card_page(sheet: CardSheet) -> CardPage {
    let verdict = match sheet.card.stage {
        CardStage::Sent { .. } => Ok(()),
        _ => Err(sheet.card.stands()),
    };
    CardPage {
        person: maja(),
        facts: facts(),
        clocks: clocks(&sheet),
        photo: None,
        closed: None,
        card: offered(sheet, verdict),
    }
}

fn facts() -> CardFacts {
    let here = OfficeFacts {
        id: OFFICE,
        name: "Kortkontoret Björkvallen".into(),
        organisation: REGION,
        closed: false,
        opens_again: false,
        successor: None,
    };
    CardFacts {
        subject: Subject {
            person: MAJA,
            protected: false,
            organisations: vec![REGION],
        },
        number: PersonNumber::parse(NUMBER).unwrap(),
        product: product(),
        place: PlaceFacts {
            policy: ActivationPlace::SameOfficeAsPhoto,
            required: here.clone(),
            issuer: REGION,
            holder_organisations: vec![REGION],
        },
        here: Some(here),
        delivery: None,
        letter: None,
        reported: None,
        order_open: true,
        receipt: None,
        codes: Vec::new(),
        certificates: Vec::new(),
        tasks: Vec::new(),
        code_shown: None,
        superseded: Vec::new(),
        lengths: DeadlineLengths::default(),
        new_receipt: ReceiptId(Uuid::nil()),
        new_codes: [ChipCodeId(Uuid::nil()); 3],
    }
}

fn clocks(sheet: &CardSheet) -> Vec<Clock> {
    let (rule, base, due) = match sheet.card.stage {
        CardStage::Sent { at } => (
            DeadlineRule::Activation,
            business_day(at),
            Due::lives_through(day("2027-02-13")),
        ),
        CardStage::UnlockedUnsigned { at } => (
            DeadlineRule::ReceiptSignature,
            business_day(at),
            Due::after(at, Duration::hours(120)),
        ),
        _ => return Vec::new(),
    };
    let thing = sheet.card.id.0;
    vec![Clock {
        rule,
        kind: due.kind,
        thing,
        base,
        day: due.day,
        acts_at: due.acts_at,
        is_held: false,
    }]
}

pub(crate) fn address() -> PostalAddress {
    PostalAddress::new(None, "Provgatan 1", "111 22", "Stad").unwrap()
}

pub(crate) fn person_page(sheet: PersonSheet, cards: Vec<CardAndOffers>) -> PersonPage {
    let method = DeliveryMethod::APost;
    PersonPage {
        sheet,
        photo: None,
        employments: crate::employment::samples(),
        register: Some(register()),
        clocks: cards.iter().flat_map(|card| clocks(&card.sheet)).collect(),
        orders: cards
            .iter()
            .filter(|card| matches!(card.sheet.card.stage, CardStage::Sent { .. }))
            .map(|_| order_offers(order(OrderStage::Dispatched, method)))
            .collect(),
        cards,
        outdated: Vec::new(),
        cards_of_others: 1,
        events: Vec::new(),
        order: vec![(REGION, Ok(()))],
    }
}

pub(crate) fn organisation() -> OrganisationSheet {
    OrganisationSheet {
        name: "Region Mälarvik".into(),
        hsa_id: "SE2399000013-0000".into(),
        policy: OrganisationPolicy {
            id: REGION,
            issuer: REGION,
            activation_place: ActivationPlace::SameOfficeAsPhoto,
            prerequisites_missing: false,
            routine_sv: Some("Chefen ska ha godkänt beställningen.".into()),
            routine_en: None,
            contact_name: Some("Anders Holm".into()),
            contact_phone: Some("0990-20100".into()),
            contact_mail: None,
            version: 1,
        },
    }
}

pub(crate) fn order_form() -> OrderForm {
    OrderForm {
        person: maja(),
        register: Some(register()),
        organisations: vec![Orderer {
            id: REGION,
            sheet: organisation(),
        }],
        products: vec![product()],
        offices: vec![office()],
        own_office: Some(OFFICE),
    }
}

/// The population register's answer, in its stored form.
fn register<T: serde::de::DeserializeOwned>() -> T {
    serde_json::from_value(serde_json::json!({
        "name": maja().name,
        "calling_name": null,
        "address": address(),
        "protection": "none",
        "deceased_on": null,
        "special_address": null,
        "forwarded": false,
    }))
    .unwrap()
}

pub(crate) const ORDERER: OrganisationId = REGION;
