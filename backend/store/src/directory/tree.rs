//! Organisations and units as the feed says.

use std::collections::HashMap;

use cards_domain::ids::{OrganisationId, UnitId};
use cards_domain::values::{HsaId, OrganisationNumber};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::upsert::{FeedRow, upsert};
use crate::error::StoreError;
use crate::schema::{organisation, unit};
use crate::tx::Tx;

/// What the feed says of an organisation. Policies, routines and contacts are the installation's
/// own and never come from a feed.
#[derive(Clone, Debug)]
pub struct OrganisationRecord {
    /// The one that has the HSA-id, or a new id.
    pub id: OrganisationId,
    /// Its HSA-id.
    pub hsa_id: HsaId,
    /// Its name.
    pub name: String,
    /// Its organisation number.
    pub number: Option<OrganisationNumber>,
    /// Kind of owner, as the directory words it.
    pub owner_kind: Option<String>,
    /// E-mail address.
    pub mail: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// Only identity and days are left in the directory.
    pub archived: bool,
}

/// What the feed says of a unit.
#[derive(Clone, Debug)]
pub struct UnitRecord {
    /// The one that has the HSA-id, or a new id.
    pub id: UnitId,
    /// The organisation at the top of its branch.
    pub organisation: OrganisationId,
    /// The unit above; `None` directly below the organisation.
    pub parent: Option<UnitId>,
    /// Its HSA-id.
    pub hsa_id: HsaId,
    /// Its name.
    pub name: String,
    /// Workplace code.
    pub workplace_code: Option<String>,
    /// E-mail address.
    pub mail: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Visiting address, lines parted by `\n`.
    pub address: Option<String>,
    /// Postcode as written.
    pub postcode: Option<String>,
    /// City.
    pub city: Option<String>,
    /// First day.
    pub starts: Option<NaiveDate>,
    /// Last day.
    pub last_day: Option<NaiveDate>,
    /// Only identity and days are left in the directory.
    pub archived: bool,
}

/// A unit that is known already.
#[derive(Clone, Debug)]
pub struct KnownUnit {
    /// Its id.
    pub id: UnitId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Its HSA-id in upper case.
    pub hsa_key: String,
    /// Its name.
    pub name: String,
}

/// All organisations and units that are known.
#[derive(Clone, Debug, Default)]
pub struct KnownTree {
    /// Id, HSA-id in upper case and name of each organisation.
    pub organisations: Vec<(OrganisationId, String, String)>,
    /// The units.
    pub units: Vec<KnownUnit>,
}

#[derive(Clone, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = organisation)]
struct OrganisationRow {
    id: Uuid,
    hsa_id: String,
    hsa_key: String,
    name: String,
    number: Option<String>,
    owner_kind: Option<String>,
    mail: Option<String>,
    phone: Option<String>,
    starts: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    archived: bool,
}

impl FeedRow for OrganisationRow {
    const TABLE: &'static str = "organisation";
    const COLUMNS: &'static [&'static str] = &[
        "hsa_id",
        "hsa_key",
        "name",
        "number",
        "owner_kind",
        "mail",
        "phone",
        "starts",
        "last_day",
        "archived",
    ];
    const MADE_WITH: &'static [(&'static str, &'static str)] = &[
        ("issuer_id", "r.id"),
        ("activation_place", "'same_office_as_photo'"),
        ("prerequisites_missing", "false"),
        ("version", "1"),
    ];
    const ON_CHANGE: &'static str = ", version = t.version + 1";
}

impl From<&OrganisationRecord> for OrganisationRow {
    fn from(record: &OrganisationRecord) -> Self {
        Self {
            id: record.id.0,
            hsa_id: record.hsa_id.as_str().to_owned(),
            hsa_key: record.hsa_id.search_key(),
            name: record.name.clone(),
            number: record
                .number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            owner_kind: record.owner_kind.clone(),
            mail: record.mail.clone(),
            phone: record.phone.clone(),
            starts: record.starts,
            last_day: record.last_day,
            archived: record.archived,
        }
    }
}

#[derive(Clone, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = unit)]
struct UnitRow {
    id: Uuid,
    organisation_id: Uuid,
    parent_id: Option<Uuid>,
    hsa_id: String,
    hsa_key: String,
    name: String,
    workplace_code: Option<String>,
    mail: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    city: Option<String>,
    starts: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    archived: bool,
}

impl FeedRow for UnitRow {
    const TABLE: &'static str = "unit";
    const COLUMNS: &'static [&'static str] = &[
        "organisation_id",
        "parent_id",
        "hsa_id",
        "hsa_key",
        "name",
        "workplace_code",
        "mail",
        "phone",
        "address",
        "postcode",
        "city",
        "starts",
        "last_day",
        "archived",
    ];
}

impl From<&UnitRecord> for UnitRow {
    fn from(record: &UnitRecord) -> Self {
        Self {
            id: record.id.0,
            organisation_id: record.organisation.0,
            parent_id: record.parent.map(|parent| parent.0),
            hsa_id: record.hsa_id.as_str().to_owned(),
            hsa_key: record.hsa_id.search_key(),
            name: record.name.clone(),
            workplace_code: record.workplace_code.clone(),
            mail: record.mail.clone(),
            phone: record.phone.clone(),
            address: record.address.clone(),
            postcode: record.postcode.clone(),
            city: record.city.clone(),
            starts: record.starts,
            last_day: record.last_day,
            archived: record.archived,
        }
    }
}

impl Tx<'_> {
    /// All organisations and units that are known.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn known_tree(&mut self) -> Result<KnownTree, StoreError> {
        let organisations: Vec<(Uuid, String, String)> = organisation::table
            .select((organisation::id, organisation::hsa_key, organisation::name))
            .load(self.conn)?;
        let units: Vec<(Uuid, Uuid, Option<Uuid>, String, String)> = unit::table
            .select((
                unit::id,
                unit::organisation_id,
                unit::parent_id,
                unit::hsa_key,
                unit::name,
            ))
            .load(self.conn)?;
        Ok(KnownTree {
            organisations: organisations
                .into_iter()
                .map(|(id, hsa_key, name)| (OrganisationId(id), hsa_key, name))
                .collect(),
            units: units
                .into_iter()
                .map(|(id, organisation, parent, hsa_key, name)| KnownUnit {
                    id: UnitId(id),
                    organisation: OrganisationId(organisation),
                    parent: parent.map(UnitId),
                    hsa_key,
                    name,
                })
                .collect(),
        })
    }

    /// Adds or changes organisations; gives how many were new or different.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn put_organisations(
        &mut self,
        records: &[OrganisationRecord],
    ) -> Result<usize, StoreError> {
        let rows: Vec<OrganisationRow> = records.iter().map(OrganisationRow::from).collect();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let kept: Vec<OrganisationRow> = organisation::table
            .filter(organisation::id.eq_any(ids))
            .select(OrganisationRow::as_select())
            .load(self.conn)?;
        let different = different(rows, kept, |row| row.id);
        upsert(self.conn, &different)?;
        Ok(different.len())
    }

    /// Adds or changes units, each after the one above it; gives how many were new or different.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn put_units(&mut self, records: &[UnitRecord]) -> Result<usize, StoreError> {
        let rows: Vec<UnitRow> = records.iter().map(UnitRow::from).collect();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let kept: Vec<UnitRow> = unit::table
            .filter(unit::id.eq_any(ids))
            .select(UnitRow::as_select())
            .load(self.conn)?;
        let different = different(rows, kept, |row| row.id);
        upsert(self.conn, &different)?;
        Ok(different.len())
    }
}

/// The rows that are not kept as they are.
pub(super) fn different<R: PartialEq, K: std::hash::Hash + Eq>(
    rows: Vec<R>,
    kept: Vec<R>,
    key: impl Fn(&R) -> K,
) -> Vec<R> {
    let kept: HashMap<K, R> = kept.into_iter().map(|row| (key(&row), row)).collect();
    rows.into_iter()
        .filter(|row| kept.get(&key(row)) != Some(row))
        .collect()
}
