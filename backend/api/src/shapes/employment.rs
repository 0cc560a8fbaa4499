//! What the directory says of somebody's work, and what systems of care will miss in it.

use cards_app::queries::{AssignmentSheet, Employment, WorkplaceSheet};
use cards_domain::employment::{Attribute, CareTie, UnitAttribute};
use serde_json::{Value, json};

use super::{on_if, reference, word};
use crate::schema::{day, flag, list, named, nullable, number, object, text, word as words};

/// The words of [`CareTie`].
const CARE: [&str; 3] = ["on_the_unit", "elsewhere", "nowhere"];

/// An employment, with what is missing.
pub(crate) fn employment(one: &Employment) -> Value {
    let sheet = &one.sheet;
    let profession = &sheet.profession;
    let units = one.units.iter().map(|(unit, lacks)| {
        let lacks: Vec<Value> = lacks.iter().copied().map(word).collect();
        json!({ "unit": unit, "lacks": lacks })
    });
    json!({
        "hsa_id": sheet.hsa_id.as_str(),
        "organisation": reference(sheet.organisation, &sheet.organisation_name),
        "unit": sheet.workplace.as_ref().map(unit),
        "licences": profession.licences,
        "specialities": profession.specialities,
        "prescriber_code": profession.prescriber_code,
        "group_prescriber_code": profession.group_prescriber_code,
        "position": profession.position,
        "position_code": profession.position_code,
        "starts": on_if(sheet.starts),
        "last_day": on_if(sheet.last_day),
        "assignments": sheet.assignments.iter().map(assignment).collect::<Vec<_>>(),
        "missing": one.missing.iter().copied().map(word).collect::<Vec<_>>(),
        "units_lacking": units.collect::<Vec<_>>(),
        "care": care(one.care),
    })
}

fn unit(unit: &WorkplaceSheet) -> Value {
    reference(unit.id, &unit.name)
}

fn assignment(one: &AssignmentSheet) -> Value {
    json!({
        "name": one.name,
        "purpose": one.purpose,
        "rights": one.rights,
        "unit": one.workplace.as_ref().map(unit),
        "starts": on_if(one.starts),
        "last_day": on_if(one.last_day),
        "waits": one.waits,
        "waiting_members": one.waiting_members,
    })
}

/// Where the person may treat patients.
fn care(tie: CareTie) -> &'static str {
    let [here, elsewhere, nowhere] = CARE;
    match tie {
        CareTie::OnTheUnit => here,
        CareTie::Elsewhere => elsewhere,
        CareTie::Nowhere => nowhere,
    }
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let assignment = object(&[
        ("name", text()),
        ("purpose", nullable(&text())),
        ("rights", list(&text())),
        ("unit", nullable(&named("Reference"))),
        ("starts", nullable(&day())),
        ("last_day", nullable(&day())),
        ("waits", flag()),
        ("waiting_members", number()),
    ]);
    let lacking = object(&[("unit", text()), ("lacks", list(&words::<UnitAttribute>()))]);
    let employment = object(&[
        ("hsa_id", text()),
        ("organisation", named("Reference")),
        ("unit", nullable(&named("Reference"))),
        ("licences", list(&text())),
        ("specialities", list(&text())),
        ("prescriber_code", nullable(&text())),
        ("group_prescriber_code", nullable(&text())),
        ("position", nullable(&text())),
        ("position_code", nullable(&text())),
        ("starts", nullable(&day())),
        ("last_day", nullable(&day())),
        ("assignments", list(&named("Assignment"))),
        ("missing", list(&words::<Attribute>())),
        ("units_lacking", list(&lacking)),
        ("care", json!({ "type": "string", "enum": CARE })),
    ]);
    vec![("Assignment", assignment), ("Employment", employment)]
}
