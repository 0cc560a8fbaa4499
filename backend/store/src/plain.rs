//! Data without a lifecycle that people edit: offices, products, policies of organisations,
//! appointments. One shape, one door (`Ledger::edit`).

use std::collections::{BTreeMap, HashMap};

use cards_domain::access::{Function, Role};
use cards_domain::ids::{OfficeId, OrganisationId, PersonId, ProductId};
use cards_domain::place::ActivationPlace;
use cards_domain::product::{CodeDelivery, Product};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::{appointment, office, organisation, product};
use crate::tx::Tx;

/// Data that is edited as a whole, with a version check and a line in the log.
pub trait Plain: Clone + Serialize + Sized {
    /// What the log calls it.
    const KIND: &'static str;
    /// Who may edit it.
    const FUNCTION: Function;

    /// Its id.
    fn id(&self) -> Uuid;
    /// The version that a save replaces; 0 for something new.
    fn version(&self) -> i64;
    /// The organisation in whose branch the editor must be.
    fn organisation(&self) -> OrganisationId;

    /// The thing as it stands.
    ///
    /// # Errors
    /// The database cannot be asked.
    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError>;

    /// Saves it, one version on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else saved first.
    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError>;
}

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
    /// When it closed for good.
    pub closed_on: Option<NaiveDate>,
    /// Which office took over.
    pub successor: Option<OfficeId>,
    /// For the version check.
    pub version: i64,
}

#[derive(Clone, Queryable, Selectable, Serialize)]
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
            successor: self.successor_id.map(OfficeId),
            version: self.version,
        })
    }
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
        let row: Option<OfficeRow> = office::table
            .find(id)
            .select(OfficeRow::as_select())
            .first(tx.conn)
            .optional()?;
        row.map(OfficeRow::read).transpose()
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
            successor_id: self.successor.map(|successor| successor.0),
            version: self.version + 1,
        };
        put(tx, row, self.version)
    }
}

fn put<R: Row>(tx: &mut Tx<'_>, row: R, before: i64) -> Result<(), StoreError> {
    if before == 0 {
        rows::insert(tx.conn, &[row])
    } else {
        rows::save(tx.conn, &[row])
    }
}

pub(crate) fn offices_by_id(
    tx: &mut Tx<'_>,
    ids: impl Iterator<Item = OfficeId>,
) -> Result<HashMap<OfficeId, OfficeRow>, StoreError> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    let rows: Vec<OfficeRow> = office::table
        .filter(office::id.eq_any(ids))
        .select(OfficeRow::as_select())
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|row| (OfficeId(row.id), row))
        .collect())
}

/// A product as it is edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedProduct {
    /// The product.
    pub product: Product,
    /// The organisation in whose name it is edited.
    pub organisation: OrganisationId,
    /// For the version check.
    pub version: i64,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = product)]
pub(crate) struct ProductRow {
    id: Uuid,
    number: Option<String>,
    name: String,
    sis_marked: bool,
    has_photo: bool,
    validity_months: i32,
    pin_min: i16,
    pin_max: i16,
    code_delivery: String,
    orderable: bool,
    version: i64,
}

impl Row for ProductRow {
    const TABLE: &'static str = "product";
    const CHANGES: &'static [&'static str] = &[
        "number",
        "name",
        "sis_marked",
        "has_photo",
        "validity_months",
        "pin_min",
        "pin_max",
        "code_delivery",
        "orderable",
    ];
}

impl ProductRow {
    pub(crate) fn read(self) -> Result<Product, StoreError> {
        let bad = |what| unreadable("product", what);
        Ok(Product {
            id: ProductId(self.id),
            number: self
                .number
                .map(|number| number.parse().map_err(|_| bad("number")))
                .transpose()?,
            name: self.name,
            sis_marked: self.sis_marked,
            has_photo: self.has_photo,
            validity_months: self
                .validity_months
                .try_into()
                .map_err(|_| bad("validity_months"))?,
            pin_min: self.pin_min.try_into().map_err(|_| bad("pin_min"))?,
            pin_max: self.pin_max.try_into().map_err(|_| bad("pin_max"))?,
            code_delivery: self
                .code_delivery
                .parse::<CodeDelivery>()
                .map_err(|_| bad("code_delivery"))?,
            orderable: self.orderable,
        })
    }
}

impl Plain for EditedProduct {
    const KIND: &'static str = "product";
    const FUNCTION: Function = Function::ManageOrganisation;

    fn id(&self) -> Uuid {
        self.product.id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let row: Option<ProductRow> = product::table
            .find(id)
            .select(ProductRow::as_select())
            .first(tx.conn)
            .optional()?;
        row.map(|row| {
            let version = row.version;
            let organisation = OrganisationId(Uuid::nil());
            Ok(Self {
                product: row.read()?,
                organisation,
                version,
            })
        })
        .transpose()
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let months = i32::try_from(self.product.validity_months);
        let row = ProductRow {
            id: self.product.id.0,
            number: self
                .product
                .number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            name: self.product.name.clone(),
            sis_marked: self.product.sis_marked,
            has_photo: self.product.has_photo,
            validity_months: months.map_err(|_| unreadable("product", "validity_months"))?,
            pin_min: i16::from(self.product.pin_min),
            pin_max: i16::from(self.product.pin_max),
            code_delivery: <&str>::from(self.product.code_delivery).to_owned(),
            orderable: self.product.orderable,
            version: self.version + 1,
        };
        put(tx, row, self.version)
    }
}

pub(crate) fn products_by_id(
    tx: &mut Tx<'_>,
    ids: impl Iterator<Item = ProductId>,
) -> Result<HashMap<ProductId, Product>, StoreError> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    let rows: Vec<ProductRow> = product::table
        .filter(product::id.eq_any(ids))
        .select(ProductRow::as_select())
        .load(tx.conn)?;
    rows.into_iter()
        .map(|row| row.read().map(|product| (product.id, product)))
        .collect()
}

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
        let row: Option<AppointmentRow> = appointment::table
            .find(id)
            .select(AppointmentRow::as_select())
            .first(tx.conn)
            .optional()?;
        row.map(AppointmentRow::read).transpose()
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

/// What an organisation decides for itself; the directory feed never touches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationPolicy {
    /// Which organisation.
    pub id: OrganisationId,
    /// Whose officers serve it.
    pub issuer: OrganisationId,
    /// Which offices may activate its cards.
    pub activation_place: ActivationPlace,
    /// Agreement, form or payment is missing.
    pub prerequisites_missing: bool,
    /// The local routine in Swedish.
    pub routine_sv: Option<String>,
    /// The local routine in English.
    pub routine_en: Option<String>,
    /// Whom to ask.
    pub contact_name: Option<String>,
    /// How to reach them by telephone.
    pub contact_phone: Option<String>,
    /// How to reach them by mail.
    pub contact_mail: Option<String>,
    /// For the version check.
    pub version: i64,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = organisation)]
struct PolicyRow {
    id: Uuid,
    issuer_id: Uuid,
    activation_place: String,
    prerequisites_missing: bool,
    routine_sv: Option<String>,
    routine_en: Option<String>,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    contact_mail: Option<String>,
    version: i64,
}

impl Row for PolicyRow {
    const TABLE: &'static str = "organisation";
    const CHANGES: &'static [&'static str] = &[
        "issuer_id",
        "activation_place",
        "prerequisites_missing",
        "routine_sv",
        "routine_en",
        "contact_name",
        "contact_phone",
        "contact_mail",
    ];
}

impl Plain for OrganisationPolicy {
    const KIND: &'static str = "organisation";
    const FUNCTION: Function = Function::ManageOrganisation;

    fn id(&self) -> Uuid {
        self.id.0
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn organisation(&self) -> OrganisationId {
        self.id
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let row: Option<PolicyRow> = organisation::table
            .find(id)
            .select(PolicyRow::as_select())
            .first(tx.conn)
            .optional()?;
        row.map(|row| {
            let place = row.activation_place.parse();
            Ok(Self {
                id: OrganisationId(row.id),
                issuer: OrganisationId(row.issuer_id),
                activation_place: place
                    .map_err(|_| unreadable("organisation", "activation_place"))?,
                prerequisites_missing: row.prerequisites_missing,
                routine_sv: row.routine_sv,
                routine_en: row.routine_en,
                contact_name: row.contact_name,
                contact_phone: row.contact_phone,
                contact_mail: row.contact_mail,
                version: row.version,
            })
        })
        .transpose()
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let row = PolicyRow {
            id: self.id.0,
            issuer_id: self.issuer.0,
            activation_place: <&str>::from(self.activation_place).to_owned(),
            prerequisites_missing: self.prerequisites_missing,
            routine_sv: self.routine_sv.clone(),
            routine_en: self.routine_en.clone(),
            contact_name: self.contact_name.clone(),
            contact_phone: self.contact_phone.clone(),
            contact_mail: self.contact_mail.clone(),
            version: self.version + 1,
        };
        rows::save(tx.conn, &[row])
    }
}
