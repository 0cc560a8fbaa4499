//! What the directory says of a person's employments: unit, profession, and assignments with their
//! purpose, rights and days.

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::employment::{Profession, Tie};
use cards_domain::ids::{OrganisationId, PersonId, UnitId};
use cards_domain::values::HsaId;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Jsonb, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::prepared::prepared;

/// An employment as the directory has it.
#[derive(Clone, Debug)]
pub struct EmploymentSheet {
    /// The HSA-id.
    pub hsa_id: HsaId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The unit; `None` directly below the organisation.
    pub workplace: Option<WorkplaceSheet>,
    /// The unit and those above it.
    pub units: Vec<UnitId>,
    /// What it says of the profession.
    pub profession: Profession,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// The assignments that name this HSA-id, those that have ended among them.
    pub assignments: Vec<AssignmentSheet>,
}

/// A unit, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WorkplaceSheet {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Whether it has an e-mail address.
    pub has_mail: bool,
    /// Whether it has a workplace code.
    pub has_workplace_code: bool,
}

/// An assignment (*medarbetaruppdrag*) of one employment.
#[derive(Clone, Debug, Deserialize)]
pub struct AssignmentSheet {
    /// Its name.
    pub name: String,
    /// Its purpose.
    pub purpose: Option<String>,
    /// Its rights, each `activity;information type;scope`.
    pub rights: Vec<String>,
    /// Its unit; `None` directly below the organisation.
    pub workplace: Option<WorkplaceSheet>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// The assignment names the HSA-id, and the directory has not tied it to the employment.
    pub waits: bool,
    /// How many of its members wait for an HSA-id that the directory does not know.
    pub waiting_members: i64,
}

impl AssignmentSheet {
    /// As the rule asks about it.
    #[must_use]
    pub fn tie(&self) -> Tie {
        Tie {
            purpose: self.purpose.clone(),
            unit: self.workplace.as_ref().map(|unit| UnitId(unit.id)),
            starts: self.starts,
            last_day: self.last_day,
            waits: self.waits,
        }
    }
}

/// `$1` the person, `$2` whether every organisation, `$3` the organisations, `$4` today.
const EMPLOYMENTS: &str = "\
    SELECT p.hsa_id, p.organisation_id, o.name AS organisation_name, \
      CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('id', u.id, 'name', u.name, \
        'has_mail', u.mail IS NOT NULL, 'has_workplace_code', u.workplace_code IS NOT NULL) \
      END AS workplace, \
      ARRAY(WITH RECURSIVE above AS (SELECT id, parent_id FROM unit WHERE id = p.unit_id \
        UNION SELECT b.id, b.parent_id FROM unit AS b JOIN above ON b.id = above.parent_id) \
        SELECT id FROM above) AS units, \
      p.title, p.licences, p.specialities, p.prescriber_code, p.group_prescriber_code, \
      p.position_code, p.starts, p.last_day, \
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', a.name, 'purpose', a.purpose, \
          'rights', to_jsonb(a.rights), 'workplace', CASE WHEN v.id IS NOT NULL THEN \
            jsonb_build_object('id', v.id, 'name', v.name, 'has_mail', v.mail IS NOT NULL, \
              'has_workplace_code', v.workplace_code IS NOT NULL) END, \
          'starts', m.starts, 'last_day', m.last_day, 'waits', m.post_id IS NULL, \
          'waiting_members', (SELECT count(*) FROM assignment_member AS w \
            WHERE w.assignment_id = a.id AND w.post_id IS NULL)) \
          ORDER BY v.name COLLATE \"sv-x-icu\", a.name COLLATE \"sv-x-icu\", a.id) \
        FROM assignment_member AS m JOIN assignment AS a ON a.id = m.assignment_id \
        LEFT JOIN unit AS v ON v.id = a.unit_id WHERE m.hsa_key = p.hsa_key), '[]') AS assignments \
    FROM post AS p JOIN organisation AS o ON o.id = p.organisation_id \
    LEFT JOIN unit AS u ON u.id = p.unit_id \
    WHERE p.person_id = $1 AND ($2 OR p.organisation_id = ANY ($3)) \
      AND (p.last_day IS NULL OR p.last_day >= $4) \
    ORDER BY o.name COLLATE \"sv-x-icu\", p.hsa_key";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    hsa_id: String,
    #[diesel(sql_type = SqlUuid)]
    organisation_id: Uuid,
    #[diesel(sql_type = Text)]
    organisation_name: String,
    #[diesel(sql_type = Nullable<Jsonb>)]
    workplace: Option<serde_json::Value>,
    #[diesel(sql_type = Array<SqlUuid>)]
    units: Vec<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    title: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    licences: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    specialities: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    prescriber_code: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    group_prescriber_code: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    position_code: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    starts: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    last_day: Option<NaiveDate>,
    #[diesel(sql_type = Jsonb)]
    assignments: serde_json::Value,
}

impl Link {
    /// What the directory says of a person's living employments in `scope`; a holder's own are all
    /// in theirs. One statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn employments(
        &mut self,
        scope: &Scope,
        person: PersonId,
    ) -> Result<Vec<EmploymentSheet>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let rows: Vec<Row> = prepared(EMPLOYMENTS)
            .bind::<SqlUuid, _>(person.0)
            .bind::<Bool, _>(scope.own() == Some(person))
            .bind::<Array<SqlUuid>, _>(organisations)
            .bind::<Date, _>(calendar::business_day(self.now()))
            .load(&mut self.conn)?;
        rows.into_iter().map(Row::read).collect()
    }
}

impl Row {
    fn read(self) -> Result<EmploymentSheet, StoreError> {
        let broken = |column| move |_| unreadable("post", column);
        let hsa_id = HsaId::parse_import(&self.hsa_id).map_err(|_| unreadable("post", "hsa_id"))?;
        Ok(EmploymentSheet {
            hsa_id,
            organisation: OrganisationId(self.organisation_id),
            organisation_name: self.organisation_name,
            workplace: self
                .workplace
                .map(serde_json::from_value)
                .transpose()
                .map_err(broken("unit_id"))?,
            units: self.units.into_iter().map(UnitId).collect(),
            profession: Profession {
                licences: self.licences,
                specialities: self.specialities,
                prescriber_code: self.prescriber_code,
                group_prescriber_code: self.group_prescriber_code,
                position_code: self.position_code,
                position: self.title,
            },
            starts: self.starts,
            last_day: self.last_day,
            assignments: serde_json::from_value(self.assignments).map_err(broken("assignments"))?,
        })
    }
}
