//! Appointments of officers.

use cards_domain::access::{Function, Role};
use cards_domain::ids::{OfficeId, OrganisationId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Plain, found, put};
use crate::error::{StoreError, unreadable};
use crate::rows::Row;
use crate::schema::appointment;
use crate::tx::Tx;

/// A person's role, as it is edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRecord {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Where, with every organisation whose issuer this is.
    pub organisation: OrganisationId,
    /// At which office.
    pub office: Option<OfficeId>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: Option<DateTime<Utc>>,
    /// Who decided, by name.
    pub approved_by: Vec<String>,
    /// For the version check.
    pub version: i64,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = appointment)]
pub(crate) struct AppointmentRow {
    id: Uuid,
    person_id: Uuid,
    role: String,
    organisation_id: Uuid,
    office_id: Option<Uuid>,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    approved_by: Vec<String>,
    version: i64,
}

impl Row for AppointmentRow {
    const TABLE: &'static str = "appointment";
    const CHANGES: &'static [&'static str] = &["office_id", "ends_at"];
}

impl AppointmentRow {
    pub(crate) fn read(self) -> Result<AppointmentRecord, StoreError> {
        Ok(AppointmentRecord {
            id: self.id,
            person: PersonId(self.person_id),
            role: self
                .role
                .parse()
                .map_err(|_| unreadable("appointment", "role"))?,
            organisation: OrganisationId(self.organisation_id),
            office: self.office_id.map(OfficeId),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            approved_by: self.approved_by,
            version: self.version,
        })
    }
}

impl Plain for AppointmentRecord {
    const KIND: &'static str = "appointment";
    const FUNCTION: Function = Function::ManageOfficers;

    fn id(&self) -> Uuid {
        self.id
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let row = appointment::table
            .find(id)
            .select(AppointmentRow::as_select());
        found(row.first(tx.conn), AppointmentRow::read)
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let row = AppointmentRow {
            id: self.id,
            person_id: self.person.0,
            role: <&str>::from(self.role).to_owned(),
            organisation_id: self.organisation.0,
            office_id: self.office.map(|office| office.0),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            approved_by: self.approved_by.clone(),
            version: self.version + 1,
        };
        put(tx, row, self.version)
    }
}
