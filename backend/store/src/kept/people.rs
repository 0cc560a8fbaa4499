//! Persons, as far as the rules ask about them. Read once per transaction.

use std::collections::HashMap;

use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::person::{Protection, Subject};
use cards_domain::values::{PersonName, PersonNumber};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{StoreError, unreadable};
use crate::schema::{person, post};
use crate::seal::Seal;
use crate::tx::Tx;

/// What the rules ask about a person.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// The number.
    pub number: PersonNumber,
    /// How the person is protected.
    pub protection: Protection,
    /// The organisations with a live post.
    pub organisations: Vec<OrganisationId>,
}

impl PersonFacts {
    /// The person as the subject of an act judged in `organisations`.
    #[must_use]
    pub fn subject(&self, person: PersonId, organisations: Vec<OrganisationId>) -> Subject {
        Subject {
            person,
            protected: self.protection.is_protected(),
            organisations,
        }
    }
}

/// What a protected person's sealed column holds.
#[derive(Serialize, Deserialize)]
pub(crate) struct SealedPerson {
    pub number: PersonNumber,
    pub name: PersonName,
    pub mail: Option<String>,
}

/// Name, number and mail of a person, from the open or the sealed columns.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = person)]
pub(crate) struct IdentityRow {
    pub id: Uuid,
    pub number: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub surname: Option<String>,
    pub mail: Option<String>,
    pub protection: String,
    pub sealed: Option<Vec<u8>>,
    pub language: String,
    pub test_person: bool,
}

/// Name, number and mail, read.
pub(crate) struct Identity {
    pub number: PersonNumber,
    pub name: PersonName,
    pub mail: Option<String>,
    pub protection: Protection,
}

impl IdentityRow {
    pub(crate) fn read(&self, seal: &Seal) -> Result<Identity, StoreError> {
        let protection = self
            .protection
            .parse()
            .map_err(|_| unreadable("person", "protection"))?;
        if let Some(sealed) = &self.sealed {
            let SealedPerson { number, name, mail } = seal.open("person.sealed", sealed)?;
            return Ok(Identity {
                number,
                name,
                mail,
                protection,
            });
        }
        let number = self
            .number
            .as_deref()
            .and_then(|number| PersonNumber::parse(number).ok());
        let name = PersonName::new(
            self.given_name.as_deref(),
            self.middle_name.as_deref(),
            self.surname.as_deref().unwrap_or_default(),
        );
        Ok(Identity {
            number: number.ok_or(unreadable("person", "number"))?,
            name: name.map_err(|_| unreadable("person", "surname"))?,
            mail: self.mail.clone(),
            protection,
        })
    }
}

impl Tx<'_> {
    /// The facts about these persons, from this transaction's memory or the database.
    pub(crate) fn people(
        &mut self,
        ids: impl IntoIterator<Item = PersonId>,
    ) -> Result<HashMap<PersonId, PersonFacts>, StoreError> {
        let wanted: Vec<PersonId> = ids.into_iter().collect();
        let mut missing: Vec<Uuid> = wanted
            .iter()
            .filter(|id| !self.people.contains_key(id))
            .map(|id| id.0)
            .collect();
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            self.read_people(&missing)?;
        }
        Ok(wanted
            .into_iter()
            .filter_map(|id| self.people.get(&id).map(|facts| (id, facts.clone())))
            .collect())
    }

    fn read_people(&mut self, ids: &[Uuid]) -> Result<(), StoreError> {
        let today = calendar::business_day(self.now);
        let live = post::starts
            .is_null()
            .or(post::starts.le(today))
            .and(post::last_day.is_null().or(post::last_day.ge(today)));
        let rows: Vec<(IdentityRow, Option<Uuid>)> = person::table
            .left_join(post::table.on(post::person_id.eq(person::id).and(live)))
            .filter(person::id.eq_any(ids))
            .order((person::id, post::organisation_id))
            .select((IdentityRow::as_select(), post::organisation_id.nullable()))
            .load(self.conn)?;
        for (row, organisation) in rows {
            let id = PersonId(row.id);
            if !self.people.contains_key(&id) {
                let Identity {
                    number, protection, ..
                } = row.read(self.seal)?;
                let facts = PersonFacts {
                    number,
                    protection,
                    organisations: Vec::new(),
                };
                self.people.insert(id, facts);
            }
            if let (Some(facts), Some(organisation)) = (self.people.get_mut(&id), organisation)
                && !facts.organisations.contains(&OrganisationId(organisation))
            {
                facts.organisations.push(OrganisationId(organisation));
            }
        }
        Ok(())
    }
}
