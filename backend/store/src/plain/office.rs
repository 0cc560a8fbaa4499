//! Card offices.

use std::collections::BTreeMap;

use cards_domain::access::Function;
use cards_domain::ids::{OfficeId, OrganisationId};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Plain, found, put};
use crate::error::{StoreError, unreadable};
use crate::rows::Row;
use crate::schema::office;
use crate::tx::Tx;

/// A card office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Who runs it.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Visiting address.
    pub address: String,
    /// Floor or entrance.
    pub floor: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Opening hours by weekday, `mon` … `sun`, as `08:00-16:00`.
    pub hours: BTreeMap<String, String>,
    /// What it does: `photo`, `activation`, `unlock`.
    pub services: Vec<String>,
    /// The first day it is closed.
    pub closed_on: Option<NaiveDate>,
    /// The day it opens again; `None` when it has closed for good.
    #[serde(default)]
    pub opens_on: Option<NaiveDate>,
    /// Which office took over.
    pub successor: Option<OfficeId>,
    /// For the version check.
    pub version: i64,
}

#[derive(Clone, Queryable, Selectable, Serialize, Deserialize)]
#[diesel(table_name = office)]
pub(crate) struct OfficeRow {
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub name: String,
    pub address: String,
    pub floor: Option<String>,
    pub phone: Option<String>,
    pub hours: serde_json::Value,
    pub services: Vec<String>,
    pub closed_on: Option<NaiveDate>,
    pub opens_on: Option<NaiveDate>,
    pub successor_id: Option<Uuid>,
    pub version: i64,
}

impl Row for OfficeRow {
    const TABLE: &'static str = "office";
    const CHANGES: &'static [&'static str] = &[
        "name",
        "address",
        "floor",
        "phone",
        "hours",
        "services",
        "closed_on",
        "opens_on",
        "successor_id",
    ];
}

impl OfficeRow {
    pub(crate) fn read(self) -> Result<Office, StoreError> {
        Ok(Office {
            id: OfficeId(self.id),
            organisation: OrganisationId(self.organisation_id),
            name: self.name,
            address: self.address,
            floor: self.floor,
            phone: self.phone,
            hours: serde_json::from_value(self.hours).map_err(|_| unreadable("office", "hours"))?,
            services: self.services,
            closed_on: self.closed_on,
            opens_on: self.opens_on,
            successor: self.successor_id.map(OfficeId),
            version: self.version,
        })
    }
}

impl Office {
    /// Whether it is closed on `day`, for good or for a time.
    #[must_use]
    pub fn is_closed(&self, day: NaiveDate) -> bool {
        is_closed(self.closed_on, self.opens_on, day)
    }
}

/// Whether an office is closed on `day`.
fn is_closed(from: Option<NaiveDate>, again: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_some_and(|from| from <= day) && again.is_none_or(|again| again > day)
}

impl Plain for Office {
    const KIND: &'static str = "office";
    const FUNCTION: Function = Function::ManageOrganisation;

    fn id(&self) -> Uuid {
        self.id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let row = office::table.find(id).select(OfficeRow::as_select());
        found(row.first(tx.conn), OfficeRow::read)
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let row = OfficeRow {
            id: self.id.0,
            organisation_id: self.organisation.0,
            name: self.name.clone(),
            address: self.address.clone(),
            floor: self.floor.clone(),
            phone: self.phone.clone(),
            hours: serde_json::to_value(&self.hours).map_err(|_| unreadable("office", "hours"))?,
            services: self.services.clone(),
            closed_on: self.closed_on,
            opens_on: self.opens_on,
            successor_id: self.successor.map(|successor| successor.0),
            version: self.version + 1,
        };
        put(tx, row, self.version)
    }
}
