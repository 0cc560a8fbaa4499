//! Products, offices and policies that stand around something yet to be made. What is there has them
//! with it.

use cards_domain::ids::{OfficeId, OrganisationId, ProductId};
use diesel::prelude::*;
use uuid::Uuid;

use crate::error::StoreError;
use crate::plain::{OfficeRow, ProductRow};
use crate::schema::{office, organisation, product};
use crate::tx::Tx;

impl Tx<'_> {
    /// Reads those of the products that are not known yet.
    pub(crate) fn products(
        &mut self,
        ids: impl Iterator<Item = ProductId>,
    ) -> Result<(), StoreError> {
        let missing: Vec<Uuid> = ids
            .filter(|id| !self.memory.products.contains_key(id))
            .map(|id| id.0)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let rows: Vec<ProductRow> = product::table
            .filter(product::id.eq_any(missing))
            .select(ProductRow::as_select())
            .load(self.conn)?;
        for row in rows {
            self.memory.keep_product(row)?;
        }
        Ok(())
    }

    /// Reads those of the offices that are not known yet.
    pub(crate) fn offices(
        &mut self,
        ids: impl Iterator<Item = OfficeId>,
    ) -> Result<(), StoreError> {
        let missing: Vec<Uuid> = ids
            .filter(|id| !self.memory.offices.contains_key(id))
            .map(|id| id.0)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let rows: Vec<OfficeRow> = office::table
            .filter(office::id.eq_any(missing))
            .select(OfficeRow::as_select())
            .load(self.conn)?;
        for row in rows {
            self.memory.keep_office(row)?;
        }
        Ok(())
    }

    /// Reads who serves those of the organisations of which it is not known yet.
    pub(crate) fn policies(
        &mut self,
        ids: impl Iterator<Item = OrganisationId>,
    ) -> Result<(), StoreError> {
        let missing: Vec<Uuid> = ids
            .filter(|id| !self.memory.policies.contains_key(id))
            .map(|id| id.0)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let rows: Vec<(Uuid, String, Uuid)> = organisation::table
            .filter(organisation::id.eq_any(missing))
            .select((
                organisation::id,
                organisation::activation_place,
                organisation::issuer_id,
            ))
            .load(self.conn)?;
        for (id, place, issuer) in rows {
            self.memory
                .keep_policy(OrganisationId(id), &place, issuer)?;
        }
        Ok(())
    }
}
