//! What the tables try the rules with: one holder, a few officers, one office and its neighbour,
//! and a fixed day. Nothing here is a real person: the birth numbers are 980-999.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::access::{Actor, Appointment, Holder, Loa, Officer, Role, SystemActor};
use crate::calendar;
use crate::deadline::DeadlineLengths;
use crate::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use crate::ids::{AppointmentId, OfficeId, OrganisationId, PersonId, PhotoId, ProductId};
use crate::person::Subject;
use crate::photo::{KeptPhoto, PhotoSource};
use crate::place::{ActivationPlace, OfficeFacts, PlaceFacts};
use crate::product::{CodeDelivery, Product};
use crate::signature::{Signature, SignatureKind};
use crate::values::{CardNumber, PersonName, PersonNumber, PostalAddress, RekId};

pub(super) const HOLDER: PersonId = PersonId(Uuid::from_u128(1));
pub(super) const ORDERER: PersonId = PersonId(Uuid::from_u128(2));
const ADMIN: PersonId = PersonId(Uuid::from_u128(3));
const PHOTOGRAPHER: PersonId = PersonId(Uuid::from_u128(4));
pub(super) const ORGANISATION: OrganisationId = OrganisationId(Uuid::from_u128(10));
pub(super) const OFFICE: OfficeId = OfficeId(Uuid::from_u128(20));
const OTHER_OFFICE: OfficeId = OfficeId(Uuid::from_u128(21));
pub(super) const PRODUCT: ProductId = ProductId(Uuid::from_u128(30));

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Late morning of a day in Stockholm.
pub(super) fn at(day: NaiveDate) -> DateTime<Utc> {
    calendar::start_of_day(day) + Duration::hours(11)
}

/// The day on which ordinary trials are made.
pub(super) fn now() -> DateTime<Utc> {
    at(day(2026, 11, 2))
}

/// The day on which the specimens were ordered and sent.
pub(super) fn sent_on() -> NaiveDate {
    day(2026, 10, 1)
}

/// The last day of validity of the specimen card.
pub(super) fn valid_to() -> NaiveDate {
    day(2031, 9, 30)
}

fn system(actor: SystemActor) -> Actor {
    Actor::System(actor)
}
pub(super) fn ledger() -> Actor {
    system(SystemActor::Ledger)
}
pub(super) fn manufacturer() -> Actor {
    system(SystemActor::Manufacturer)
}
pub(super) fn authority() -> Actor {
    system(SystemActor::Authority)
}
pub(super) fn letter_bureau() -> Actor {
    system(SystemActor::LetterBureau)
}
pub(super) fn scheduler() -> Actor {
    system(SystemActor::Scheduler)
}

fn officer(person: PersonId, role: Role) -> Actor {
    Actor::Officer(Officer {
        person,
        loa: Loa::Loa3,
        appointments: vec![Appointment {
            id: AppointmentId(person.0),
            role,
            branch: vec![ORGANISATION],
            office: Some(OFFICE),
        }],
    })
}

/// An id-administrator who has had nothing to do with the order.
pub(super) fn admin() -> Actor {
    officer(ADMIN, Role::IdAdmin)
}
/// The id-administrator who ordered.
pub(super) fn who_ordered() -> Actor {
    officer(ORDERER, Role::IdAdmin)
}
/// The id-administrator who took the photo.
pub(super) fn who_photographed() -> Actor {
    officer(PHOTOGRAPHER, Role::IdAdmin)
}
pub(super) const PHOTOGRAPHED_BY: PersonId = PHOTOGRAPHER;
/// The holder, acting as the id-administrator that they also are.
pub(super) fn holder_as_officer() -> Actor {
    officer(HOLDER, Role::IdAdmin)
}
/// A servicedesk officer.
pub(super) fn servicedesk() -> Actor {
    officer(ADMIN, Role::Servicedesk)
}
pub(super) fn holder(loa: Loa) -> Actor {
    Actor::Holder(Holder {
        person: HOLDER,
        loa,
    })
}

pub(super) fn subject() -> Subject {
    Subject {
        person: HOLDER,
        protected: false,
        organisations: vec![ORGANISATION],
    }
}

/// A product whose code is chosen at the counter.
pub(super) fn product() -> Product {
    Product {
        id: PRODUCT,
        number: None,
        name: "card".to_owned(),
        sis_marked: false,
        has_photo: true,
        validity_months: 60,
        pin_min: 6,
        pin_max: 8,
        code_delivery: CodeDelivery::ChosenAtActivation,
        orderable: true,
    }
}

pub(super) fn office() -> OfficeFacts {
    OfficeFacts {
        id: OFFICE,
        name: "the office of the photo".to_owned(),
        organisation: ORGANISATION,
        closed: false,
        opens_again: false,
        successor: None,
    }
}
pub(super) fn other_office() -> OfficeFacts {
    OfficeFacts {
        id: OTHER_OFFICE,
        name: "another office".to_owned(),
        ..office()
    }
}

pub(super) fn place() -> PlaceFacts {
    PlaceFacts {
        policy: ActivationPlace::SameOfficeAsPhoto,
        required: office(),
        issuer: ORGANISATION,
        holder_organisations: vec![ORGANISATION],
    }
}

pub(super) fn signature(kind: SignatureKind) -> Signature {
    Signature {
        kind,
        at: now(),
        text_hash: "0".repeat(64),
        evidence: None,
    }
}

/// The kept photo of the holder.
pub(super) fn photo() -> KeptPhoto {
    KeptPhoto {
        id: PhotoId(Uuid::from_u128(70)),
        taken_on: sent_on(),
        taken_by: PHOTOGRAPHER,
        office: OFFICE,
        source: PhotoSource::Desk,
    }
}

/// The check of a valid Swedish document.
pub(super) fn identity() -> IdentityCheck {
    IdentityCheck {
        document: DocumentKind::Passport,
        document_last_four: "1234".to_owned(),
        valid_to: day(2028, 1, 1),
        number_on_document: number(),
        steps: CheckStep::iter().collect(),
    }
}

pub(super) fn lengths() -> DeadlineLengths {
    DeadlineLengths::default()
}

pub(super) fn number() -> PersonNumber {
    known(PersonNumber::parse("198503129804"))
}
pub(super) fn another_number() -> PersonNumber {
    known(PersonNumber::parse("197206079910"))
}
pub(super) fn card_number() -> CardNumber {
    known(CardNumber::parse("9752 0000 0001"))
}
pub(super) fn another_card_number() -> CardNumber {
    known(CardNumber::parse("9752 0000 0002"))
}
pub(super) fn rek_id() -> RekId {
    known(RekId::parse("RR000000005SE"))
}
pub(super) fn name() -> PersonName {
    known(PersonName::new(Some("Test"), None, "Testsson"))
}
pub(super) fn address() -> PostalAddress {
    known(PostalAddress::new(
        None,
        "Provgatan 1",
        "111 22",
        "Stockholm",
    ))
}

#[expect(
    clippy::expect_used,
    reason = "the examples above are constants, and every table test reads all of them"
)]
fn known<T, E: std::fmt::Debug>(parsed: Result<T, E>) -> T {
    parsed.expect("an example of the tables is well formed")
}
