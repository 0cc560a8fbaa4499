//! Things with a lifecycle, as rows. One file per kind: the row, how it becomes the thing and
//! back, and the facts that its rules ask for. Everything loads and saves whole sets.

mod around;
pub(crate) mod card;
pub(crate) mod card_task;
pub(crate) mod certificate;
pub(crate) mod chip_code;
pub(crate) mod delivery;
mod memory;
pub(crate) mod order;
pub(crate) mod people;
pub(crate) mod photo;
pub(crate) mod puk_letter;
mod range;
mod receipt;
pub(crate) mod revocation;
mod visit_check;

use cards_domain::access::Actor;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::PersonId;
use cards_domain::lifecycle::{Begin, Lifecycle, ThingKind};
use diesel::{OptionalExtension as _, RunQueryDsl as _};
use uuid::Uuid;

use crate::error::StoreError;
use crate::prepared::prepared;
use crate::tx::Tx;

pub use around::{CardParts, CardSheet};
pub(crate) use memory::Memory;
pub use order::OrderSheet;
pub use people::PersonFacts;
pub use photo::{ApprovedPhoto, PictureSize};

/// A thing with a lifecycle that the store can keep.
pub trait Kept: Lifecycle {
    /// Lets one transaction at a time change the things of the persons whose things these are.
    /// Unknown ids are left out.
    ///
    /// # Errors
    /// The database cannot be asked.
    fn guard(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<(), StoreError>;

    /// The things with these ids, in that order; unknown ones are left out.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    fn load(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Self>, StoreError>;

    /// What the rules need to know for each of the things.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    fn facts(
        tx: &mut Tx<'_>,
        by: &Actor,
        things: &[Self],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Self::Facts>, StoreError>;

    /// Saves things that the rules have changed.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else changed one of them first.
    fn save(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError>;
}

/// A kept thing that comes into being by a request.
pub trait KeptBegin: Kept + Begin {
    /// Whose thing it will be.
    fn holder(request: &Self::Request) -> PersonId;

    /// What the rules need to know for each of the requests; `None` where what the request names
    /// does not exist.
    ///
    /// # Errors
    /// The database cannot be asked, or a row is not what it must be.
    fn facts_to_begin(
        tx: &mut Tx<'_>,
        by: &Actor,
        requests: &[Self::Request],
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Option<Self::Facts>>, StoreError>;

    /// Adds new things.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a unique value is taken.
    fn insert(tx: &mut Tx<'_>, things: &[Self]) -> Result<(), StoreError>;
}

/// Puts rows into the order of the ids they were asked for by.
fn in_order<T>(ids: &[Uuid], mut things: Vec<T>, id: impl Fn(&T) -> Uuid) -> Vec<T> {
    let place = |thing: &T| ids.iter().position(|wanted| *wanted == id(thing));
    things.sort_by_key(place);
    things
}

impl Tx<'_> {
    /// In which version a thing is, if there is one. Nobody else changes it before this transaction
    /// is over if its person's things are guarded.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn version_of(&mut self, kind: ThingKind, id: Uuid) -> Result<Option<i64>, StoreError> {
        let table: &'static str = kind.into();
        let found: Option<Version> = prepared(format!("SELECT version FROM {table} WHERE id = $1"))
            .bind::<diesel::sql_types::Uuid, _>(id)
            .get_result(self.conn)
            .optional()?;
        Ok(found.map(|row| row.version))
    }
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    version: i64,
}

/// `guard` for a table with `id` and `person_id`.
fn guard_table(tx: &mut Tx<'_>, table: &'static str, ids: &[Uuid]) -> Result<(), StoreError> {
    use diesel::sql_types::{Array, Uuid as SqlUuid};
    prepared(format!(
        "SELECT pg_advisory_xact_lock(hashtextextended(p::text, 0)) FROM ( \
           SELECT DISTINCT person_id AS p FROM {table} WHERE id = ANY ($1) ORDER BY 1) AS people"
    ))
    .bind::<Array<SqlUuid>, _>(ids.to_vec())
    .execute(tx.conn)?;
    Ok(())
}
