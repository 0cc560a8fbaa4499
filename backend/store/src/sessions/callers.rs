//! Who calls the API with an identity provider's access token, and as what.

use cards_domain::access::Appointment;
use cards_domain::ids::PersonId;
use cards_domain::values::{HsaId, PersonName, PersonNumber};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Bytea, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::{AppointmentRow, BRANCH, read_appointment};
use crate::db::Link;
use crate::error::StoreError;
use crate::journal::Channel;
use crate::kept::people::IdentityRow;
use crate::prepared::Part;
use crate::schema::{appointment, office, person, signature};

/// A person with what they are appointed to now.
#[derive(Clone)]
pub struct CallerRow {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The appointments that are live now, the oldest first.
    pub appointments: Vec<Appointment>,
    /// The name of the office of the first appointment that has one.
    pub office: Option<String>,
}

type Joined = (IdentityRow, Option<AppointmentRow>, Option<String>);

impl Link {
    /// The one person that number and HSA-ids lead to, and what they are appointed to now. Nobody
    /// where they lead to none or to several. One statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn read_caller(
        &mut self,
        number: Option<&PersonNumber>,
        hsa_ids: &[HsaId],
    ) -> Result<Option<CallerRow>, StoreError> {
        let rows = self.caller_rows(number, hsa_ids)?;
        let Some((row, _, _)) = rows.first() else {
            return Ok(None);
        };
        let (id, identity) = (row.id, row.read(self.seal())?);
        if rows.iter().any(|(other, _, _)| other.id != id) {
            return Ok(None);
        }
        let office = rows.iter().find_map(|(_, _, office)| office.clone());
        let appointments = rows
            .into_iter()
            .filter_map(|(_, appointment, _)| appointment)
            .map(read_appointment)
            .collect::<Result<_, _>>()?;
        Ok(Some(CallerRow {
            person: PersonId(id),
            name: identity.name,
            appointments,
            office,
        }))
    }

    /// The nonce with which `person` signs this text; nothing where it is another's to sign, or was
    /// asked for as something else.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn text_to_sign(
        &mut self,
        id: Uuid,
        person: PersonId,
        portal: Channel,
    ) -> Result<Option<String>, StoreError> {
        Ok(signature::table
            .find(id)
            .filter(signature::person_id.eq(person.0))
            .filter(signature::portal.eq(<&str>::from(portal)))
            .select(signature::text_hash)
            .first(&mut self.conn)
            .optional()?)
    }

    /// Whether `person` has signed this text.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn is_signed(&mut self, id: Uuid, person: PersonId) -> Result<bool, StoreError> {
        let signed = signature::table
            .find(id)
            .filter(signature::person_id.eq(person.0))
            .filter(signature::signed_at.is_not_null());
        Ok(diesel::select(diesel::dsl::exists(signed)).get_result(&mut self.conn)?)
    }

    fn caller_rows(
        &mut self,
        number: Option<&PersonNumber>,
        hsa_ids: &[HsaId],
    ) -> Result<Vec<Joined>, StoreError> {
        let now = self.now();
        let index = number
            .map(|number| self.seal().index(number.as_str()))
            .unwrap_or_default();
        let keys: Vec<String> = hsa_ids.iter().map(HsaId::search_key).collect();
        // As an array, so that the persons are found by their key and not by reading them all.
        let meant = Part::<Bool>::of(
            "person.id = ANY (ARRAY(SELECT p.id FROM person p WHERE p.number_index = ",
        )
        .with::<Bytea, _>(
            index,
            " UNION SELECT t.person_id FROM post t WHERE t.hsa_key = ANY (",
        )
        .with::<Array<Text>, _>(keys, ")))");
        let live = appointment::starts_at.le(now).and(
            appointment::ends_at
                .is_null()
                .or(appointment::ends_at.gt(now)),
        );
        Ok(person::table
            .left_join(appointment::table.on(appointment::person_id.eq(person::id).and(live)))
            .left_join(office::table.on(appointment::office_id.eq(office::id.nullable())))
            .filter(meant)
            .order((appointment::starts_at, appointment::id))
            .select((
                IdentityRow::as_select(),
                (
                    appointment::id,
                    appointment::role,
                    appointment::office_id,
                    Part::<Array<SqlUuid>>::of(BRANCH),
                )
                    .nullable(),
                office::name.nullable(),
            ))
            .load(&mut self.conn)?)
    }
}
