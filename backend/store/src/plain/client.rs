//! System clients, as they are registered.

use cards_domain::access::{ClientFunction, Function};
use cards_domain::ids::{ClientId, OrganisationId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use super::{Plain, found, put};
use crate::error::{StoreError, unreadable};
use crate::rows::Row;
use crate::schema::client;
use crate::tx::Tx;

/// With what a client signs. No other algorithm is ever tried, whatever an assertion says.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(try_from = "String", into = "&'static str")]
pub enum KeyAlgorithm {
    /// ECDSA on the curve P-256.
    #[strum(serialize = "ES256")]
    Es256,
    /// RSA, PKCS #1 v1.5.
    #[strum(serialize = "RS256")]
    Rs256,
    /// Ed25519.
    #[strum(serialize = "EdDSA")]
    EdDsa,
}

impl TryFrom<String> for KeyAlgorithm {
    type Error = strum::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A public key of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientKey {
    /// Its name within the client's keys.
    pub kid: String,
    /// With what it signs.
    pub alg: KeyAlgorithm,
    /// The key (RFC 7517), public members only.
    pub jwk: Value,
}

/// Another system that asks through the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemClient {
    /// Its id: `iss` and `sub` of what it signs.
    pub id: ClientId,
    /// What people call it.
    pub name: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// What it is registered for.
    pub functions: Vec<ClientFunction>,
    /// Its keys: one, or two while one is being replaced.
    pub keys: Vec<ClientKey>,
    /// Most requests in a minute.
    pub rate_per_minute: u32,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// For the version check.
    pub version: i64,
}

#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = client)]
pub(crate) struct ClientRow {
    id: Uuid,
    name: String,
    organisation_id: Uuid,
    functions: Vec<String>,
    keys: Value,
    rate_per_minute: i32,
    revoked_at: Option<DateTime<Utc>>,
    version: i64,
}

impl Row for ClientRow {
    const TABLE: &'static str = "client";
    const CHANGES: &'static [&'static str] =
        &["name", "functions", "keys", "rate_per_minute", "revoked_at"];
}

impl ClientRow {
    pub(crate) fn read(self) -> Result<SystemClient, StoreError> {
        let bad = |what| unreadable("client", what);
        Ok(SystemClient {
            id: ClientId(self.id),
            name: self.name,
            organisation: OrganisationId(self.organisation_id),
            functions: functions(&self.functions)?,
            keys: serde_json::from_value(self.keys).map_err(|_| bad("keys"))?,
            rate_per_minute: u32::try_from(self.rate_per_minute)
                .map_err(|_| bad("rate_per_minute"))?,
            revoked_at: self.revoked_at,
            version: self.version,
        })
    }
}

pub(crate) fn functions(names: &[String]) -> Result<Vec<ClientFunction>, StoreError> {
    let read = |name: &String| name.parse().map_err(|_| unreadable("client", "functions"));
    names.iter().map(read).collect()
}

impl Plain for SystemClient {
    const KIND: &'static str = "client";
    const FUNCTION: Function = Function::ManageClients;

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
        let row = client::table.find(id).select(ClientRow::as_select());
        found(row.first(tx.conn), ClientRow::read)
    }

    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let names = self.functions.iter().map(<&str>::from);
        let row = ClientRow {
            id: self.id.0,
            name: self.name.clone(),
            organisation_id: self.organisation.0,
            functions: names.map(str::to_owned).collect(),
            keys: serde_json::to_value(&self.keys).map_err(|_| unreadable("client", "keys"))?,
            rate_per_minute: i32::try_from(self.rate_per_minute)
                .map_err(|_| unreadable("client", "rate_per_minute"))?,
            revoked_at: self.revoked_at,
            version: self.version + 1,
        };
        put(tx, row, self.version)
    }
}
