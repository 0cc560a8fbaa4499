//! What systems of care read of an employment in the directory, and what they miss there. Source
//! text on getting started with the national system for certificates (S1): somebody must be tied to
//! an assignment for care and treatment on the unit, the unit must have e-mail and workplace code,
//! and of doctors and dentists some attributes are read. The card office mends none of this.

use chrono::NaiveDate;
use strum::{EnumIter, IntoEnumIterator as _, IntoStaticStr};

use crate::ids::UnitId;

/// The purpose of an assignment that lets somebody treat patients.
pub const CARE: &str = "Vård och behandling";

/// What is read of doctors and dentists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Attribute {
    /// *Legitimerad yrkesgrupp*.
    LicensedProfession,
    /// *Förskrivarkod*, the person's own or a group's.
    PrescriberCode,
    /// *Specialitet*.
    Speciality,
    /// *Befattningskod*.
    PositionCode,
    /// *Befattning*.
    Position,
}

/// What is read of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum UnitAttribute {
    /// E-mail address.
    Mail,
    /// *Arbetsplatskod*.
    WorkplaceCode,
}

/// What an employment says of the profession.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profession {
    /// Licensed professions, as *Läkare*.
    pub licences: Vec<String>,
    /// Specialities by name.
    pub specialities: Vec<String>,
    /// The person's own prescriber code.
    pub prescriber_code: Option<String>,
    /// A group's prescriber code.
    pub group_prescriber_code: Option<String>,
    /// Position by code.
    pub position_code: Option<String>,
    /// Position, as *Överläkare*.
    pub position: Option<String>,
}

impl Profession {
    /// Whether somebody works as a doctor or dentist: by the licence, or by a position that says so
    /// when the licence is what the directory lacks.
    #[must_use]
    pub fn is_doctor_or_dentist(&self) -> bool {
        let says = |text: &String| text.to_lowercase().contains("läkare");
        let by_licence = self.licences.iter().any(|licence| {
            let licence = licence.trim().to_lowercase();
            licence == "läkare" || licence == "tandläkare"
        });
        by_licence || self.licences.is_empty() && self.position.iter().any(says)
    }

    /// What is missing: of doctors and dentists only, nothing is asked of others. The position of
    /// somebody with protected personal data is kept in no open column, so it is not missed.
    #[must_use]
    pub fn missing(&self, is_protected: bool) -> Vec<Attribute> {
        if !self.is_doctor_or_dentist() {
            return Vec::new();
        }
        Attribute::iter()
            .filter(|attribute| match attribute {
                Attribute::LicensedProfession => self.licences.is_empty(),
                Attribute::PrescriberCode => {
                    self.prescriber_code.is_none() && self.group_prescriber_code.is_none()
                }
                Attribute::Speciality => self.specialities.is_empty(),
                Attribute::PositionCode => self.position_code.is_none() && !is_protected,
                Attribute::Position => self.position.is_none() && !is_protected,
            })
            .collect()
    }
}

/// An assignment as far as the rule asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Its purpose.
    pub purpose: Option<String>,
    /// Its unit; `None` directly below the organisation, and so for every unit.
    pub unit: Option<UnitId>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// The directory does not know yet whose HSA-id the member is.
    pub waits: bool,
}

impl Tie {
    /// Whether it can be used on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        !self.waits
            && self.starts.is_none_or(|first| first <= day)
            && self.last_day.is_none_or(|last| last >= day)
    }

    /// Whether it is for care and treatment.
    #[must_use]
    pub fn is_care(&self) -> bool {
        let wanted = CARE.to_lowercase();
        let purpose = self.purpose.as_deref().map(str::trim);
        purpose.is_some_and(|purpose| purpose.to_lowercase() == wanted)
    }
}

/// Where somebody may treat patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CareTie {
    /// On the unit of the employment.
    OnTheUnit,
    /// Only on other units.
    Elsewhere,
    /// Nowhere: there is no assignment for care and treatment today.
    Nowhere,
}

/// Where `ties` let somebody treat patients on `day`. `units` are the employment's unit and those
/// above it; an employment directly below the organisation has none, and any unit is right for it.
#[must_use]
pub fn care_tie(ties: &[Tie], units: &[UnitId], day: NaiveDate) -> CareTie {
    let mut care = ties
        .iter()
        .filter(|tie| tie.is_care() && tie.holds_on(day))
        .peekable();
    if care.peek().is_none() {
        return CareTie::Nowhere;
    }
    let is_here = |tie: &Tie| units.is_empty() || tie.unit.is_none_or(|unit| units.contains(&unit));
    if care.any(is_here) {
        CareTie::OnTheUnit
    } else {
        CareTie::Elsewhere
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn doctor() -> Profession {
        Profession {
            licences: vec!["Läkare".to_owned()],
            specialities: vec!["Kirurgi".to_owned()],
            prescriber_code: Some("9000001".to_owned()),
            group_prescriber_code: None,
            position_code: Some("201010".to_owned()),
            position: Some("Överläkare".to_owned()),
        }
    }

    #[test]
    fn of_a_doctor_or_dentist_each_attribute_is_missed_by_itself_and_of_others_nothing() {
        assert_eq!(doctor().missing(false), []);
        let lacks = |change: fn(&mut Profession)| {
            let mut one = doctor();
            change(&mut one);
            one.missing(false)
        };
        let without = |attribute| vec![attribute];
        assert_eq!(
            lacks(|one| one.licences.clear()),
            without(Attribute::LicensedProfession)
        );
        assert_eq!(
            lacks(|one| one.prescriber_code = None),
            without(Attribute::PrescriberCode)
        );
        assert_eq!(
            lacks(|one| one.group_prescriber_code = one.prescriber_code.take()),
            [],
            "a group's code is as good"
        );
        assert_eq!(
            lacks(|one| one.specialities.clear()),
            without(Attribute::Speciality)
        );
        assert_eq!(
            lacks(|one| one.position_code = None),
            without(Attribute::PositionCode)
        );
        assert_eq!(
            lacks(|one| one.position = None),
            without(Attribute::Position)
        );
        let dentist = Profession {
            licences: vec!["Tandläkare".to_owned()],
            ..Profession::default()
        };
        assert_eq!(dentist.missing(false).len(), 4);
        assert_eq!(dentist.missing(true).len(), 2, "a position is kept hidden");
        for licence in ["Sjuksköterska", "Psykolog", "Tandhygienist"] {
            let other = Profession {
                licences: vec![licence.to_owned()],
                position: Some("Läkarsekreterare".to_owned()),
                ..Profession::default()
            };
            assert_eq!(other.missing(false), [], "{licence}");
        }
    }

    #[test]
    fn an_assignment_for_care_counts_while_it_lasts_and_where_it_is() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let [here, above, elsewhere] = [1, 2, 3].map(|id| UnitId(Uuid::from_u128(id)));
        let tie = |unit, last_day: Option<&str>| Tie {
            purpose: Some(" vård och behandling".to_owned()),
            unit,
            starts: Some(day("2026-01-01")),
            last_day: last_day.map(day),
            waits: false,
        };
        let today = day("2026-11-23");
        let judged = |tie: Tie| care_tie(&[tie], &[here, above], today);
        assert_eq!(judged(tie(Some(here), None)), CareTie::OnTheUnit);
        assert_eq!(judged(tie(Some(above), None)), CareTie::OnTheUnit);
        assert_eq!(judged(tie(None, None)), CareTie::OnTheUnit);
        assert_eq!(judged(tie(Some(elsewhere), None)), CareTie::Elsewhere);
        assert_eq!(
            judged(tie(Some(here), Some("2026-11-23"))),
            CareTie::OnTheUnit
        );
        assert_eq!(
            judged(tie(Some(here), Some("2026-11-22"))),
            CareTie::Nowhere
        );
        let waits = Tie {
            waits: true,
            ..tie(Some(here), None)
        };
        assert_eq!(judged(waits), CareTie::Nowhere);
        let other = Tie {
            purpose: Some("Statistik".to_owned()),
            ..tie(Some(here), None)
        };
        assert_eq!(judged(other), CareTie::Nowhere);
        assert_eq!(care_tie(&[], &[], today), CareTie::Nowhere);
    }
}
