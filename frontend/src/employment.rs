//! An employment as the directory has it, for officers and for holders: what it says, what systems
//! of care will miss, who mends that, and the assignments.

use askama::Template;
use cards_app::queries::{AssignmentSheet, Employment};
use cards_domain::employment::{Attribute, CareTie, UnitAttribute};
use chrono::NaiveDate;

use crate::components::{Fact, Facts, Icon, finished_html};
use crate::text::Text;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Somebody at the card office.
    Officer,
    /// The person.
    Holder,
}

/// One employment.
#[derive(Template)]
#[template(path = "components/employment.html")]
pub(crate) struct EmploymentPart {
    /// Stands directly below the page's title.
    is_chief: bool,
    title: String,
    organisation: String,
    facts: Facts,
    gaps: Vec<Gap>,
    mended_by: String,
    assignments_title: String,
    assignments: Vec<AssignmentPart>,
    none: String,
}

finished_html!(EmploymentPart);

/// Something that is missing, and what that means.
struct Gap {
    what: String,
    why: String,
}

struct AssignmentPart {
    title: String,
    place: Option<String>,
    facts: Facts,
    notes: Vec<String>,
}

/// The employments on `today`, one after the other.
pub(crate) fn parts(
    t: Text,
    voice: Voice,
    employments: &[Employment],
    today: NaiveDate,
) -> Vec<EmploymentPart> {
    employments
        .iter()
        .map(|one| part(t, voice, one, today))
        .collect()
}

fn part(t: Text, voice: Voice, one: &Employment, today: NaiveDate) -> EmploymentPart {
    let sheet = &one.sheet;
    let organisation = &sheet.organisation_name;
    let unit = sheet.workplace.as_ref().map(|unit| unit.name.clone());
    EmploymentPart {
        is_chief: voice == Voice::Holder,
        title: unit.unwrap_or_else(|| t.directory_no_unit()),
        organisation: organisation.clone(),
        facts: facts(t, one),
        gaps: gaps(t, voice, one),
        mended_by: match voice {
            Voice::Officer => t.directory_mended_by(organisation),
            Voice::Holder => t.ms_directory_mended_by(organisation),
        },
        assignments_title: t.directory_assignments(),
        assignments: sheet
            .assignments
            .iter()
            .map(|assignment| assigned(t, assignment, today))
            .collect(),
        none: t.directory_no_assignments(),
    }
}

fn facts(t: Text, one: &Employment) -> Facts {
    let sheet = &one.sheet;
    let profession = &sheet.profession;
    let joined = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(", "));
    let mut rows = vec![Fact::copyable(
        t,
        t.directory_hsa_id(),
        sheet.hsa_id.to_string(),
    )];
    let said = [
        (t.directory_position(), profession.position.clone()),
        (
            t.directory_position_code(),
            profession.position_code.clone(),
        ),
        (t.directory_licence(), joined(&profession.licences)),
        (t.directory_speciality(), joined(&profession.specialities)),
        (
            t.directory_prescriber_code(),
            profession.prescriber_code.clone(),
        ),
        (
            t.directory_group_prescriber_code(),
            profession.group_prescriber_code.clone(),
        ),
    ];
    rows.extend(
        said.into_iter()
            .filter_map(|(term, value)| Some(Fact::plain(term, value?))),
    );
    rows.push(Fact::plain(
        t.directory_employed(),
        period(t, sheet.starts, sheet.last_day),
    ));
    Facts::new(rows)
}

/// From and until when, as far as the directory says.
fn period(t: Text, starts: Option<NaiveDate>, last_day: Option<NaiveDate>) -> String {
    match (starts, last_day) {
        (None, None) => t.directory_always(),
        (Some(first), None) => t.directory_from(t.day(first)),
        (None, Some(last)) => t.directory_until(t.day(last)),
        (Some(first), Some(last)) => t.directory_between(t.day(first), t.day(last)),
    }
}

fn gaps(t: Text, voice: Voice, one: &Employment) -> Vec<Gap> {
    let mut all: Vec<Gap> = care(t, voice, one).into_iter().collect();
    all.extend(one.missing.iter().map(|attribute| Gap {
        what: t.directory_lacks(attribute_name(t, *attribute)),
        why: match voice {
            Voice::Officer => t.directory_lacks_means(),
            Voice::Holder => t.ms_directory_lacks_means(),
        },
    }));
    for (unit, lacks) in &one.units {
        all.extend(lacks.iter().map(|what| Gap {
            what: match what {
                UnitAttribute::Mail => t.directory_unit_lacks_mail(unit),
                UnitAttribute::WorkplaceCode => t.directory_unit_lacks_code(unit),
            },
            why: t.directory_unit_lacks_means(),
        }));
    }
    all
}

fn care(t: Text, voice: Voice, one: &Employment) -> Option<Gap> {
    let unit = one.sheet.workplace.as_ref();
    let unit = unit.map_or(&one.sheet.organisation_name, |unit| &unit.name);
    let (what, means) = match one.care {
        CareTie::OnTheUnit => return None,
        CareTie::Elsewhere => (
            t.directory_care_elsewhere(unit),
            [
                t.directory_care_elsewhere_means(),
                t.ms_directory_care_elsewhere_means(),
            ],
        ),
        CareTie::Nowhere => (
            t.directory_no_care(),
            [t.directory_no_care_means(), t.ms_directory_no_care_means()],
        ),
    };
    let [for_officer, for_holder] = means;
    let why = match voice {
        Voice::Officer => for_officer,
        Voice::Holder => for_holder,
    };
    Some(Gap { what, why })
}

fn attribute_name(t: Text, attribute: Attribute) -> String {
    match attribute {
        Attribute::LicensedProfession => t.directory_licence(),
        Attribute::PrescriberCode => t.directory_prescriber_code(),
        Attribute::Speciality => t.directory_speciality(),
        Attribute::PositionCode => t.directory_position_code(),
        Attribute::Position => t.directory_position(),
    }
}

fn assigned(t: Text, assignment: &AssignmentSheet, today: NaiveDate) -> AssignmentPart {
    let rights: Vec<String> = assignment
        .rights
        .iter()
        .map(|right| right.split(';').collect::<Vec<_>>().join(" · "))
        .collect();
    let mut facts = vec![Fact::plain(
        t.directory_purpose(),
        assignment
            .purpose
            .clone()
            .unwrap_or_else(|| t.directory_no_purpose()),
    )];
    if !rights.is_empty() {
        facts.push(Fact::plain(t.directory_rights(), rights.join(", ")));
    }
    facts.push(Fact::plain(
        t.directory_valid(),
        period(t, assignment.starts, assignment.last_day),
    ));
    AssignmentPart {
        title: assignment.name.clone(),
        place: assignment.workplace.as_ref().map(|unit| unit.name.clone()),
        facts: Facts::new(facts),
        notes: notes(t, assignment, today),
    }
}

/// What keeps the assignment from being used, and who else waits in it.
fn notes(t: Text, assignment: &AssignmentSheet, today: NaiveDate) -> Vec<String> {
    let over = assignment.last_day.filter(|last| *last < today);
    let ahead = assignment.starts.filter(|first| *first > today);
    let others = assignment.waiting_members - i64::from(assignment.waits);
    [
        over.map(|last| t.directory_is_over(t.day(last))),
        ahead.map(|first| t.directory_is_ahead(t.day(first))),
        assignment.waits.then(|| t.directory_waits()),
        (others > 0).then(|| t.directory_others_wait(others)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<Employment> {
    use cards_app::queries::{EmploymentSheet, WorkplaceSheet};
    use cards_domain::employment::Profession;
    use cards_domain::ids::{OrganisationId, UnitId};
    use cards_domain::values::HsaId;
    use uuid::Uuid;

    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    let unit = WorkplaceSheet {
        id: Uuid::from_u128(5),
        name: "Akutmottagningen".into(),
        has_mail: false,
        has_workplace_code: true,
    };
    let assignment = AssignmentSheet {
        name: "Vård och behandling".into(),
        purpose: Some("Vård och behandling".into()),
        rights: vec!["Läsa;alla;VE".into()],
        workplace: Some(unit.clone()),
        starts: day("2025-01-01"),
        last_day: day("2025-12-31"),
        waits: false,
        waiting_members: 2,
    };
    vec![Employment {
        sheet: EmploymentSheet {
            hsa_id: HsaId::parse("SE2399000013-1002").unwrap(),
            organisation: OrganisationId(Uuid::from_u128(2)),
            organisation_name: "Region Mälarvik".into(),
            workplace: Some(unit),
            units: vec![UnitId(Uuid::from_u128(5))],
            profession: Profession {
                licences: vec!["Läkare".into()],
                position: Some("Överläkare".into()),
                ..Profession::default()
            },
            starts: day("2020-03-01"),
            last_day: None,
            assignments: vec![assignment],
        },
        missing: vec![Attribute::PrescriberCode, Attribute::Speciality],
        care: CareTie::Nowhere,
        units: vec![("Akutmottagningen".into(), vec![UnitAttribute::Mail])],
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn page(voice: Voice, lang: Lang) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let parts = parts(Text::of(lang), voice, &samples(), today);
        parts.iter().map(|part| part.render().unwrap()).collect()
    }

    #[test]
    fn what_is_missing_says_who_mends_it_and_that_it_is_not_the_card_office() {
        for lang in [Lang::Sv, Lang::En] {
            for voice in [Voice::Officer, Voice::Holder] {
                let page = page(voice, lang);
                assert!(page.contains("Region Mälarvik"), "{page}");
                assert_eq!(page.matches("<li>").count(), 4, "{page}");
            }
        }
        let officer = page(Voice::Officer, Lang::Sv);
        for words in [
            "Inget uppdrag för Vård och behandling gäller i dag",
            "Förskrivarkod saknas",
            "Specialitet saknas",
            "Akutmottagningen saknar e-postadress",
            "Katalogadministratören på Region Mälarvik",
            "Gick ut 2025-12-31",
            "Läsa · alla · VE",
        ] {
            assert!(officer.contains(words), "{words}: {officer}");
        }
        let holder = page(Voice::Holder, Lang::Sv);
        assert!(holder.contains("Kortet är det inget fel på"), "{holder}");
        assert!(!holder.contains("innehavaren"), "{holder}");
    }
}
