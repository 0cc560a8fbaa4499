//! What the directory says of somebody's work, and what systems of care will miss in it.

use cards_domain::access::{Actor, Function, Scope};
use cards_domain::calendar::business_day;
use cards_domain::employment::{Attribute, CareTie, UnitAttribute, care_tie};
use cards_domain::ids::PersonId;
use cards_store::Link;
use cards_store::queries::{EmploymentSheet, PersonSheet, WorkplaceSheet};
use chrono::NaiveDate;

use crate::{App, Call, Failure};

/// An employment, and what is missing.
#[derive(Clone, Debug)]
pub struct Employment {
    /// What the directory says.
    pub sheet: EmploymentSheet,
    /// What is missed of a doctor or dentist; of others nothing.
    pub missing: Vec<Attribute>,
    /// Where the person may treat patients.
    pub care: CareTie,
    /// Units of the person's that lack something, by name.
    pub units: Vec<(String, Vec<UnitAttribute>)>,
}

/// A holder's own page about the directory.
#[derive(Clone, Debug)]
pub struct OwnEmployments {
    /// Who.
    pub person: PersonSheet,
    /// Every living employment.
    pub employments: Vec<Employment>,
}

impl Employment {
    fn new(sheet: EmploymentSheet, is_protected: bool, today: NaiveDate) -> Self {
        let ties: Vec<_> = sheet.assignments.iter().map(|one| one.tie()).collect();
        let care = care_tie(&ties, &sheet.units, today);
        let of_care = sheet.assignments.iter().zip(&ties);
        let of_care = of_care.filter(|(_, tie)| tie.is_care() && tie.holds_on(today));
        let mut places: Vec<&WorkplaceSheet> = sheet.workplace.iter().collect();
        places.extend(of_care.filter_map(|(one, _)| one.workplace.as_ref()));
        Self {
            missing: sheet.profession.missing(is_protected),
            care,
            units: lacking(&places),
            sheet,
        }
    }
}

/// The units that lack something, each once.
fn lacking(places: &[&WorkplaceSheet]) -> Vec<(String, Vec<UnitAttribute>)> {
    let mut known = Vec::new();
    let mut all = Vec::new();
    for place in places {
        if known.contains(&place.id) {
            continue;
        }
        known.push(place.id);
        let has = [
            (UnitAttribute::Mail, place.has_mail),
            (UnitAttribute::WorkplaceCode, place.has_workplace_code),
        ];
        let lacks: Vec<_> = has
            .into_iter()
            .filter_map(|(what, has)| (!has).then_some(what))
            .collect();
        if !lacks.is_empty() {
            all.push((place.name.clone(), lacks));
        }
    }
    all
}

/// The employments of a person in `scope`. One statement.
pub(super) fn of_person(
    link: &mut Link,
    scope: &Scope,
    person: &PersonSheet,
) -> Result<Vec<Employment>, Failure> {
    let today = business_day(link.now());
    let is_protected = person.protection.is_protected();
    let sheets = link.employments(scope, person.person)?;
    Ok(sheets
        .into_iter()
        .map(|sheet| Employment::new(sheet, is_protected, today))
        .collect())
}

impl App {
    /// What the directory says of the holder.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the caller is no holder.
    pub fn own_employments(&self, link: &mut Link, call: &Call) -> Result<OwnEmployments, Failure> {
        let id: PersonId = match &call.actor {
            Actor::Holder(holder) => holder.person,
            Actor::Officer(_) | Actor::Client(_) | Actor::System(_) => {
                return Err(Failure::NotFound);
            }
        };
        let scope = Scope::of(&call.actor, Function::ViewOwn);
        let person = link.person(&scope, id)?.ok_or(Failure::NotFound)?;
        Ok(OwnEmployments {
            employments: of_person(link, &scope, &person)?,
            person,
        })
    }
}
