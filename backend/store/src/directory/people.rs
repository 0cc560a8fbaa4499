//! Employments as a feed says them, and the posts that they become.

use cards_domain::ids::{OrganisationId, UnitId};
use cards_domain::values::{HsaId, PersonName, PersonNumber};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::upsert::FeedRow;
use crate::schema::post;

/// What the feed says of one employment and of the person who has it.
#[derive(Clone)]
pub struct EmploymentRecord {
    /// The HSA-id of the employment.
    pub hsa_id: HsaId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Its unit; `None` directly below the organisation.
    pub unit: Option<UnitId>,
    /// The person's number.
    pub number: PersonNumber,
    /// The person's name.
    pub name: PersonName,
    /// E-mail address.
    pub mail: Option<String>,
    /// Protected personal data.
    pub protected: bool,
    /// Nobody living.
    pub test_person: bool,
    /// Position.
    pub title: Option<String>,
    /// Licensed professions.
    pub licences: Vec<String>,
    /// Specialities by name.
    pub specialities: Vec<String>,
    /// Specialities by code.
    pub speciality_codes: Vec<String>,
    /// Personal prescriber code.
    pub prescriber_code: Option<String>,
    /// Group prescriber code.
    pub group_prescriber_code: Option<String>,
    /// Position by code.
    pub position_code: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Serial number of the door chip.
    pub mifare: Option<String>,
    /// Roles in systems.
    pub system_roles: Vec<String>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
}

/// Only the HSA-id is shown.
impl std::fmt::Debug for EmploymentRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmploymentRecord")
            .field("hsa_id", &self.hsa_id)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = post)]
pub(super) struct PostRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub organisation_id: Uuid,
    unit_id: Option<Uuid>,
    hsa_id: String,
    pub hsa_key: String,
    title: Option<String>,
    licences: Vec<String>,
    specialities: Vec<String>,
    speciality_codes: Vec<String>,
    prescriber_code: Option<String>,
    group_prescriber_code: Option<String>,
    phone: Option<String>,
    mobile: Option<String>,
    mifare: Option<String>,
    system_roles: Vec<String>,
    starts: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    position_code: Option<String>,
}

impl FeedRow for PostRow {
    const TABLE: &'static str = "post";
    const COLUMNS: &'static [&'static str] = &[
        "person_id",
        "organisation_id",
        "unit_id",
        "hsa_id",
        "hsa_key",
        "title",
        "licences",
        "specialities",
        "speciality_codes",
        "prescriber_code",
        "group_prescriber_code",
        "phone",
        "mobile",
        "mifare",
        "system_roles",
        "starts",
        "last_day",
        "position_code",
    ];
}

impl PostRow {
    /// Its last day has passed.
    pub(super) fn is_over(&self, today: NaiveDate) -> bool {
        self.last_day.is_some_and(|day| day < today)
    }

    /// Takes away what leads to a protected person: these columns are open, and nothing needs them
    /// so much that they would be sealed.
    pub(super) fn hide(&mut self) {
        (self.title, self.phone, self.mobile) = (None, None, None);
        self.position_code = None;
    }
}

impl EmploymentRecord {
    pub(super) fn row(&self, id: Uuid, person: Uuid, hsa_key: String) -> PostRow {
        PostRow {
            id,
            person_id: person,
            organisation_id: self.organisation.0,
            unit_id: self.unit.map(|unit| unit.0),
            hsa_id: self.hsa_id.as_str().to_owned(),
            hsa_key,
            title: self.title.clone(),
            licences: self.licences.clone(),
            specialities: self.specialities.clone(),
            speciality_codes: self.speciality_codes.clone(),
            prescriber_code: self.prescriber_code.clone(),
            group_prescriber_code: self.group_prescriber_code.clone(),
            phone: self.phone.clone(),
            mobile: self.mobile.clone(),
            mifare: self.mifare.clone(),
            system_roles: self.system_roles.clone(),
            starts: self.starts,
            last_day: self.last_day,
            position_code: self.position_code.clone(),
        }
    }
}
