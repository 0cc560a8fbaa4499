//! Data without a lifecycle that people edit: offices, products, policies of organisations,
//! appointments. One shape, one door (`Ledger::edit`).

mod appointment;
mod client;
mod office;
mod organisation;
mod product;

use cards_domain::access::Function;
use cards_domain::ids::OrganisationId;
use diesel::{OptionalExtension as _, QueryResult};
use serde::Serialize;
use uuid::Uuid;

use crate::error::StoreError;
use crate::rows::{self, Row};
use crate::tx::Tx;

pub use appointment::AppointmentRecord;
pub(crate) use appointment::AppointmentRow;
pub use client::{ClientKey, KeyAlgorithm, SystemClient};
pub(crate) use client::{ClientRow, functions as client_functions};
pub use office::Office;
pub(crate) use office::OfficeRow;
pub use organisation::OrganisationPolicy;
pub(crate) use organisation::PolicyRow;
pub use product::EditedProduct;
pub(crate) use product::ProductRow;

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

/// What stands in the row of an id, read; nothing where there is no such row.
pub(crate) fn found<R, P>(
    row: QueryResult<R>,
    read: impl FnOnce(R) -> Result<P, StoreError>,
) -> Result<Option<P>, StoreError> {
    row.optional()?.map(read).transpose()
}

/// Adds what is new, saves what is not.
fn put<R: Row>(tx: &mut Tx<'_>, row: R, before: i64) -> Result<(), StoreError> {
    if before == 0 {
        rows::insert(tx.conn, &[row])
    } else {
        rows::save(tx.conn, &[row])
    }
}
