//! What organisations decide for themselves.

use cards_domain::access::Function;
use cards_domain::ids::OrganisationId;
use cards_domain::place::ActivationPlace;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Plain, found};
use crate::error::{StoreError, unreadable};
use crate::rows::{self, Row};
use crate::schema::organisation;
use crate::tx::Tx;

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
pub(crate) struct PolicyRow {
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

impl PolicyRow {
    pub(crate) fn read(self) -> Result<OrganisationPolicy, StoreError> {
        let place = self.activation_place.parse();
        Ok(OrganisationPolicy {
            id: OrganisationId(self.id),
            issuer: OrganisationId(self.issuer_id),
            activation_place: place.map_err(|_| unreadable("organisation", "activation_place"))?,
            prerequisites_missing: self.prerequisites_missing,
            routine_sv: self.routine_sv,
            routine_en: self.routine_en,
            contact_name: self.contact_name,
            contact_phone: self.contact_phone,
            contact_mail: self.contact_mail,
            version: self.version,
        })
    }
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
        let row = organisation::table.find(id).select(PolicyRow::as_select());
        found(row.first(tx.conn), PolicyRow::read)
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
