//! Made-up people, offices, products and checks. Birth numbers are 980-999.

use cards_domain::access::{Actor, Appointment, Holder, Loa, Officer, Role, SystemActor};
use cards_domain::card::{CodeProof, CounterCheck};
use cards_domain::chip_code::VisitCheck;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::ids::{AppointmentId, OfficeId, OrderId, OrganisationId, PersonId, ProductId};
use cards_domain::order::{OrderRequest, Recipient};
use cards_domain::person::Subject;
use cards_domain::photo::{PhotoApproval, Picture};
use cards_domain::place::{ActivationPlace, OfficeFacts, PlaceFacts};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::signature::{Signature, SignatureKind};
use cards_domain::values::{
    CardNumber, PersonName, PersonNumber, PostalAddress, ProductNumber, RekId,
};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use strum::IntoEnumIterator;
use uuid::Uuid;

pub const HOLDER: PersonId = PersonId(Uuid::from_u128(1));
pub const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(2));
pub const OFFICE: OfficeId = OfficeId(Uuid::from_u128(3));
/// Another office of the same issuer.
pub const OTHER_OFFICE: OfficeId = OfficeId(Uuid::from_u128(5));
pub const PRODUCT: ProductId = ProductId(Uuid::from_u128(4));

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Noon in UTC, the same calendar day in Stockholm.
pub fn noon(day: NaiveDate) -> DateTime<Utc> {
    Utc.from_utc_datetime(&day.and_hms_opt(12, 0, 0).unwrap())
}

pub fn number() -> PersonNumber {
    PersonNumber::parse("198503129804").unwrap()
}

pub fn another_number() -> PersonNumber {
    PersonNumber::parse("197206079910").unwrap()
}

pub fn card_number(n: u128) -> CardNumber {
    CardNumber::parse(&format!("9752{n:012}")).unwrap()
}

pub fn rek_id() -> RekId {
    RekId::parse("RR000000005SE").unwrap()
}

pub fn recipient() -> Recipient {
    Recipient {
        name: PersonName::new(Some("Test"), None, "Testsson").unwrap(),
        address: PostalAddress::new(None, "Provgatan 1", "111 22", "Stockholm").unwrap(),
        forwarded: false,
        as_of: noon(day(2026, 1, 1)),
    }
}

pub fn product(has_photo: bool, code_delivery: CodeDelivery) -> Product {
    Product {
        id: PRODUCT,
        number: None,
        name: "card".to_owned(),
        sis_marked: false,
        has_photo,
        validity_months: 60,
        pin_min: 6,
        pin_max: 8,
        code_delivery,
        orderable: true,
    }
}

pub fn office() -> OfficeFacts {
    OfficeFacts {
        id: OFFICE,
        name: "the office".to_owned(),
        organisation: ORGANISATION,
        closed: false,
        opens_again: false,
        successor: None,
    }
}

/// Whether the office of the orders is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeState {
    Open,
    ClosedForATime,
    ClosedForGood,
    TakenOver,
}

/// One of the two offices, the first of them as it stands.
pub fn office_as(id: OfficeId, first: OfficeState) -> OfficeFacts {
    if id != OFFICE {
        return OfficeFacts {
            id,
            name: "another office".to_owned(),
            ..office()
        };
    }
    OfficeFacts {
        closed: first != OfficeState::Open,
        opens_again: first == OfficeState::ClosedForATime,
        successor: (first == OfficeState::TakenOver).then_some(OTHER_OFFICE),
        ..office()
    }
}

pub fn place() -> PlaceFacts {
    PlaceFacts {
        policy: ActivationPlace::SameOfficeAsPhoto,
        required: office(),
        issuer: ORGANISATION,
        holder_organisations: vec![ORGANISATION],
    }
}

pub fn subject() -> Subject {
    Subject {
        person: HOLDER,
        protected: false,
        organisations: vec![ORGANISATION],
    }
}

/// A person who is not the holder.
pub fn colleague(n: u8) -> PersonId {
    PersonId(Uuid::from_u128(100 + u128::from(n)))
}

pub fn officer(person: PersonId, roles: &[Role]) -> Officer {
    officer_at(OFFICE, person, roles)
}

pub fn officer_at(office: OfficeId, person: PersonId, roles: &[Role]) -> Officer {
    let appointments = roles.iter().map(|role| Appointment {
        id: AppointmentId(person.0),
        role: *role,
        branch: vec![ORGANISATION],
        office: Some(office),
    });
    Officer {
        person,
        loa: Loa::Loa3,
        appointments: appointments.collect(),
    }
}

/// An officer with every role there is.
pub fn almighty(person: PersonId) -> Actor {
    Actor::Officer(officer(person, &Role::iter().collect::<Vec<_>>()))
}

pub fn holder() -> Actor {
    holder_at(Loa::Loa3)
}

pub fn holder_at(loa: Loa) -> Actor {
    Actor::Holder(Holder {
        person: HOLDER,
        loa,
    })
}

pub fn system(actor: SystemActor) -> Actor {
    Actor::System(actor)
}

pub fn signature(kind: SignatureKind, at: DateTime<Utc>) -> Signature {
    Signature {
        kind,
        at,
        text_hash: "0".repeat(64),
        evidence: None,
    }
}

pub fn identity() -> IdentityCheck {
    IdentityCheck {
        document: DocumentKind::Passport,
        document_last_four: "1234".to_owned(),
        valid_to: day(2099, 1, 1),
        number_on_document: number(),
        steps: CheckStep::iter().collect(),
    }
}

/// Everything at the counter done as it should be.
pub fn perfect_check(card: &CardNumber, product: &Product, now: DateTime<Utc>) -> CounterCheck {
    let code = match product.code_delivery {
        CodeDelivery::ChosenAtActivation => CodeProof::ChosenInSoftware,
        CodeDelivery::CodeLetter | CodeDelivery::Envelope => CodeProof::LetterCodeWorks,
    };
    CounterCheck {
        identity: identity(),
        number_on_card: card.clone(),
        printed_name_confirmed: true,
        face_compared: true,
        code: Some(code),
        signature: Some(signature(SignatureKind::ReauthenticatedSession, now)),
        exception: Some("Innehavaren har flyttat".to_owned()),
    }
}

/// Everything done as it should be when a code is opened at a visit.
pub fn perfect_visit(card: &CardNumber, now: DateTime<Utc>) -> VisitCheck {
    VisitCheck {
        identity: identity(),
        number_on_card: card.clone(),
        code_chosen: true,
        signature: Some(signature(SignatureKind::ReauthenticatedSession, now)),
    }
}

/// An order without anything special.
pub fn order_request(id: OrderId, method: DeliveryMethod) -> OrderRequest {
    OrderRequest {
        id,
        person: HOLDER,
        organisation: ORGANISATION,
        product: PRODUCT,
        office: OFFICE,
        method,
        routine_confirmed: true,
        replaces: None,
    }
}

pub fn picture() -> Picture {
    Picture {
        jpeg: vec![1],
        thumbnail: vec![2],
    }
}

pub fn seen() -> PhotoApproval {
    PhotoApproval {
        identity_seen: true,
        same_person: true,
    }
}

pub fn product_number(text: &str) -> Option<ProductNumber> {
    ProductNumber::parse(text).ok()
}
