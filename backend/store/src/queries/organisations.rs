//! Organisations, offices and products, and who is who by HSA-id.

use cards_domain::access::{Role, Scope};
use cards_domain::ids::{OfficeId, OrganisationId, PersonId, ProductId};
use cards_domain::product::Product;
use cards_domain::values::PersonNumber;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::kept::people::IdentityRow;
use crate::plain::{
    AppointmentRecord, AppointmentRow, Office, OfficeRow, OrganisationPolicy, Plain, PolicyRow,
    ProductRow,
};
use crate::schema::{appointment, former_number, office, organisation, person, post, product};

/// An organisation with its own decisions.
#[derive(Clone, Debug)]
pub struct OrganisationSheet {
    /// Its name.
    pub name: String,
    /// Its HSA-id.
    pub hsa_id: String,
    /// What it decides for itself.
    pub policy: OrganisationPolicy,
}

/// A person's id and name.
#[derive(Clone, Debug)]
pub struct PersonName {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
}

impl Link {
    /// One organisation.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn organisation(
        &mut self,
        id: OrganisationId,
    ) -> Result<Option<OrganisationSheet>, StoreError> {
        let mut found = self.organisations(&[id])?;
        Ok(found.pop().map(|(_, sheet)| sheet))
    }

    /// Organisations with their names and policies, in that order; unknown ones are left out.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn organisations(
        &mut self,
        ids: &[OrganisationId],
    ) -> Result<Vec<(OrganisationId, OrganisationSheet)>, StoreError> {
        let wanted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let rows: Vec<(String, String, PolicyRow)> = organisation::table
            .filter(organisation::id.eq_any(wanted))
            .select((
                organisation::name,
                organisation::hsa_id,
                PolicyRow::as_select(),
            ))
            .load(&mut self.conn)?;
        let mut sheets = rows
            .into_iter()
            .map(|(name, hsa_id, policy)| {
                let policy = policy.read()?;
                let sheet = OrganisationSheet {
                    name,
                    hsa_id,
                    policy,
                };
                Ok((sheet.policy.id, sheet))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        sheets.sort_by_key(|(id, _)| ids.iter().position(|wanted| wanted == id));
        Ok(sheets)
    }

    /// The organisation with this HSA-id.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn organisation_by_hsa_id(
        &mut self,
        hsa_key: &str,
    ) -> Result<Option<OrganisationId>, StoreError> {
        let id: Option<Uuid> = organisation::table
            .filter(organisation::hsa_key.eq(hsa_key))
            .select(organisation::id)
            .first(&mut self.conn)
            .optional()?;
        Ok(id.map(OrganisationId))
    }

    /// The person with this HSA-id.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn person_by_hsa_id(&mut self, hsa_key: &str) -> Result<Option<PersonId>, StoreError> {
        let id: Option<Uuid> = post::table
            .filter(post::hsa_key.eq(hsa_key))
            .select(post::person_id)
            .first(&mut self.conn)
            .optional()?;
        Ok(id.map(PersonId))
    }

    /// The person who has this number, or had it before.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn person_by_number(
        &mut self,
        number: &PersonNumber,
    ) -> Result<Option<PersonId>, StoreError> {
        let index = self.seal().index(number.as_str());
        let id: Option<Uuid> = person::table
            .filter(person::number_index.eq(&index))
            .select(person::id)
            .union(
                former_number::table
                    .filter(former_number::number_index.eq(&index))
                    .select(former_number::person_id),
            )
            .get_result(&mut self.conn)
            .optional()?;
        Ok(id.map(PersonId))
    }

    /// The offices that have not closed for good, by name.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn offices(&mut self) -> Result<Vec<Office>, StoreError> {
        let rows: Vec<OfficeRow> = office::table
            .filter(
                office::closed_on
                    .is_null()
                    .or(office::opens_on.is_not_null()),
            )
            .order(office::name)
            .select(OfficeRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(OfficeRow::read).collect()
    }

    /// The open offices where somebody works now who may handle persons with protected personal
    /// data, by name.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn offices_for_protected(&mut self) -> Result<Vec<Office>, StoreError> {
        let now = self.now();
        let still = appointment::ends_at
            .is_null()
            .or(appointment::ends_at.gt(now));
        let cleared = appointment::table
            .filter(appointment::role.eq(<&str>::from(Role::IdAdminProtected)))
            .filter(appointment::starts_at.le(now).and(still))
            .filter(appointment::office_id.is_not_null())
            .select(appointment::office_id.assume_not_null());
        let rows: Vec<OfficeRow> = office::table
            .filter(office::id.eq_any(cleared))
            .filter(office::closed_on.is_null())
            .order(office::name)
            .select(OfficeRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(OfficeRow::read).collect()
    }

    /// The name of somebody who has acted; `None` where it is protected.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn name_of_actor(&mut self, id: PersonId) -> Result<Option<String>, StoreError> {
        let row: Option<IdentityRow> = person::table
            .find(id.0)
            .select(IdentityRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        let identity = row.map(|row| row.read(self.seal())).transpose()?;
        let shown = identity.filter(|identity| !identity.protection.is_protected());
        Ok(shown.map(|identity| identity.name.full()))
    }

    /// One office.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn office(&mut self, id: OfficeId) -> Result<Option<Office>, StoreError> {
        self.read(|tx| Office::load(tx, id.0))
    }

    /// The products that can be ordered, by number.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn orderable_products(&mut self) -> Result<Vec<Product>, StoreError> {
        let rows: Vec<ProductRow> = product::table
            .filter(product::orderable)
            .order((product::number, product::name))
            .select(ProductRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(ProductRow::read).collect()
    }

    /// The first product that can be ordered and the first office that is open, or will be again;
    /// `None` where there is nothing to order, or nowhere to activate it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn first_of_the_range(&mut self) -> Result<Option<(ProductId, OfficeId)>, StoreError> {
        let first_office = office::table
            .filter(
                office::closed_on
                    .is_null()
                    .or(office::opens_on.is_not_null()),
            )
            .order(office::name)
            .select(office::id)
            .limit(1)
            .single_value();
        self.read(|tx| {
            let row: Option<(ProductRow, Option<Uuid>)> = product::table
                .filter(product::orderable)
                .order((product::number, product::name))
                .select((ProductRow::as_select(), first_office))
                .first(tx.conn)
                .optional()?;
            let Some((row, Some(office))) = row else {
                return Ok(None);
            };
            let product = tx.memory.keep_product(row)?;
            Ok(Some((product.id, OfficeId(office))))
        })
    }

    /// The appointments in the scope's organisations, live ones first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn appointments(&mut self, scope: &Scope) -> Result<Vec<AppointmentRecord>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let rows: Vec<AppointmentRow> = appointment::table
            .filter(appointment::organisation_id.eq_any(organisations))
            .order((
                appointment::ends_at.desc().nulls_first(),
                appointment::starts_at.desc(),
            ))
            .select(AppointmentRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(AppointmentRow::read).collect()
    }

    /// How many persons there are; nothing in a database that has not been filled.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn count_people(&mut self) -> Result<i64, StoreError> {
        Ok(person::table.count().get_result(&mut self.conn)?)
    }

    /// How many appointments there are.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn count_appointments(&mut self) -> Result<i64, StoreError> {
        Ok(appointment::table.count().get_result(&mut self.conn)?)
    }
}
