//! Organisations, their offices, units and assignments. A quarter of the persons work in the
//! demonstration's region, so that its officers can be logged in as; the others in twenty more.

use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::rows::Batch;
use super::{Scene, id, kind, log};
use crate::schema::{appointment, assignment, office, organisation, post, product, unit};

/// Organisations beside the demonstration's region.
const OTHERS: u32 = 20;
/// Units of each organisation.
pub const UNITS: u32 = 200;
const REGION: &str = "SE2399000013-0001";
const KARIN: &str = "SE2399000013-1001";

/// An organisation, and who orders cards in it and where.
pub struct Place {
    /// Its place among the organisations; the region is 0.
    pub number: u32,
    /// The organisation.
    pub organisation: Uuid,
    /// The office of its cards.
    pub office: Uuid,
    /// The officer who orders them.
    pub officer: Uuid,
    /// What the HSA-ids of its people begin with.
    pub prefix: String,
}

impl Place {
    /// A unit of the organisation.
    pub fn unit(&self, number: u32) -> Uuid {
        id(kind::UNIT, self.number * UNITS + number % UNITS)
    }

    /// The assignment of a unit.
    pub fn assignment(&self, number: u32) -> Uuid {
        id(kind::ASSIGNMENT, self.number * UNITS + number % UNITS)
    }

    /// The organisation somebody works in.
    pub fn of(places: &[Self], person: u32) -> &Self {
        let place = if person.is_multiple_of(4) {
            0
        } else {
            1 + person / 4 % OTHERS
        };
        &places[usize::try_from(place).unwrap()]
    }
}

/// The region as it stands, and the others as they will.
pub fn all(conn: &mut PgConnection) -> Vec<Place> {
    let organisation = organisation::table
        .filter(organisation::hsa_key.eq(REGION))
        .select(organisation::id)
        .first(conn)
        .unwrap();
    let region = Place {
        number: 0,
        organisation,
        office: office::table
            .filter(office::name.like("%Björkvallen"))
            .select(office::id)
            .first(conn)
            .unwrap(),
        officer: post::table
            .filter(post::hsa_key.eq(KARIN))
            .select(post::person_id)
            .first(conn)
            .unwrap(),
        prefix: "SE2399000013".to_owned(),
    };
    let others = (1..=OTHERS).map(|number| Place {
        number,
        organisation: id(kind::ORGANISATION, number),
        office: id(kind::OFFICE, number),
        // The first person that works there.
        officer: id(kind::PERSON, 4 * (number - 1) + 1),
        prefix: format!("SE55500{number:05}"),
    });
    std::iter::once(region).chain(others).collect()
}

/// The card without photo.
pub fn product(conn: &mut PgConnection) -> Uuid {
    product::table
        .filter(product::number.eq("731"))
        .select(product::id)
        .first(conn)
        .unwrap()
}

/// Adds the organisations and what stands below them. References are checked later, so officers
/// may come before the persons they are.
pub fn copy(conn: &mut PgConnection, scene: &Scene) {
    let event = json!({ "organisations": OTHERS, "units": (OTHERS + 1) * UNITS });
    let line = log::of_operator(scene, id(kind::BATCH_LINE, u32::MAX), event);
    conn.transaction(|conn| {
        Batch::default().copy(conn, line);
        for place in &scene.places {
            if place.number > 0 {
                add_organisation(conn, place)?;
                add_office(conn, scene, place)?;
            }
            add_units(conn, place)?;
        }
        Ok::<_, diesel::result::Error>(())
    })
    .unwrap();
}

fn add_organisation(conn: &mut PgConnection, place: &Place) -> QueryResult<usize> {
    let hsa_id = format!("{}-0001", place.prefix);
    diesel::insert_into(organisation::table)
        .values((
            organisation::id.eq(place.organisation),
            organisation::hsa_id.eq(&hsa_id),
            organisation::hsa_key.eq(&hsa_id),
            organisation::name.eq(format!("Region {:02}", place.number)),
            organisation::archived.eq(false),
            organisation::issuer_id.eq(place.organisation),
            organisation::activation_place.eq("any_office_of_issuer"),
            organisation::prerequisites_missing.eq(false),
            organisation::version.eq(1),
        ))
        .execute(conn)
}

fn add_office(conn: &mut PgConnection, scene: &Scene, place: &Place) -> QueryResult<usize> {
    diesel::insert_into(office::table)
        .values((
            office::id.eq(place.office),
            office::organisation_id.eq(place.organisation),
            office::name.eq(format!("Kortkontoret i region {:02}", place.number)),
            office::address.eq("Storgatan 1, 990 00 Malarvik"),
            office::hours.eq(json!({ "mon": "08:00-16:00" })),
            office::services.eq(vec!["photo", "activation", "unlock"]),
            office::version.eq(1),
        ))
        .execute(conn)?;
    diesel::insert_into(appointment::table)
        .values((
            appointment::id.eq(id(kind::APPOINTMENT, place.number)),
            appointment::person_id.eq(place.officer),
            appointment::role.eq("id_admin"),
            appointment::organisation_id.eq(place.organisation),
            appointment::office_id.eq(place.office),
            appointment::starts_at.eq(scene.now - chrono::Duration::days(2000)),
            appointment::approved_by.eq(vec!["Seed"]),
            appointment::version.eq(1),
        ))
        .execute(conn)
}

fn add_units(conn: &mut PgConnection, place: &Place) -> QueryResult<usize> {
    let units: Vec<_> = (0..UNITS)
        .map(|number| {
            let hsa_id = format!("{}-V{number:05}", place.prefix);
            (
                unit::id.eq(place.unit(number)),
                unit::organisation_id.eq(place.organisation),
                unit::hsa_id.eq(hsa_id.clone()),
                unit::hsa_key.eq(hsa_id),
                unit::name.eq(format!("Vårdcentralen {number:03}")),
                unit::archived.eq(false),
            )
        })
        .collect();
    let assignments: Vec<_> = (0..UNITS)
        .map(|number| {
            let hsa_id = format!("{}-W{number:05}", place.prefix);
            (
                assignment::id.eq(place.assignment(number)),
                assignment::unit_id.eq(place.unit(number)),
                assignment::organisation_id.eq(place.organisation),
                assignment::hsa_id.eq(hsa_id.clone()),
                assignment::hsa_key.eq(hsa_id),
                assignment::name.eq("Vård och behandling"),
                assignment::purpose.eq("Vård och behandling"),
                assignment::rights.eq(vec!["Läsa;alla;VE"]),
            )
        })
        .collect();
    diesel::insert_into(unit::table)
        .values(units)
        .execute(conn)?;
    diesel::insert_into(assignment::table)
        .values(assignments)
        .execute(conn)
}
