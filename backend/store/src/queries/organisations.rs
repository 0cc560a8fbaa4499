//! Organisations, offices and products, and who is who by HSA-id.

use cards_domain::access::Scope;
use cards_domain::ids::{OfficeId, OrganisationId, PersonId};
use cards_domain::product::Product;
use cards_domain::values::PersonNumber;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::plain::{
    AppointmentRecord, AppointmentRow, Office, OfficeRow, OrganisationPolicy, Plain, ProductRow,
};
use crate::schema::{appointment, office, organisation, person, post, product};

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
        let named: Option<(String, String)> = organisation::table
            .find(id.0)
            .select((organisation::name, organisation::hsa_id))
            .first(&mut self.conn)
            .optional()?;
        let policy = self.read(|tx| OrganisationPolicy::load(tx, id.0))?;
        Ok(named
            .zip(policy)
            .map(|((name, hsa_id), policy)| OrganisationSheet {
                name,
                hsa_id,
                policy,
            }))
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

    /// The person with this number.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn person_by_number(
        &mut self,
        number: &PersonNumber,
    ) -> Result<Option<PersonId>, StoreError> {
        let index = self.seal().index(number.as_str());
        let id: Option<Uuid> = person::table
            .filter(person::number_index.eq(index))
            .select(person::id)
            .first(&mut self.conn)
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
