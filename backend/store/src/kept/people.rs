//! Persons, as far as the rules ask about them, with what the population register has answered.

use std::collections::HashMap;

use cards_domain::calendar;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::order::RegisterFacts;
use cards_domain::person::{Protection, Subject};
use cards_domain::values::{PersonName, PersonNumber};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::directory::AnswerRow;
use crate::error::{StoreError, unreadable};
use crate::prepared::Part;
use crate::schema::{person, register_answer};
use crate::seal::Seal;
use crate::tx::Tx;

/// What the rules ask about a person.
#[derive(Clone, Debug)]
pub struct PersonFacts {
    /// The number.
    pub number: PersonNumber,
    /// The name.
    pub name: PersonName,
    /// How the person is protected.
    pub protection: Protection,
    /// The organisations with a live post.
    pub organisations: Vec<OrganisationId>,
    /// What the population register last answered.
    pub(crate) answer: Option<AnswerRow>,
}

impl PersonFacts {
    /// What the register has answered, as the rules ask for it.
    ///
    /// # Errors
    /// The answer cannot be opened.
    pub(crate) fn register(&self, seal: &Seal) -> Result<RegisterFacts, StoreError> {
        match &self.answer {
            Some(answer) => answer.facts(seal),
            None => Ok(RegisterFacts::Silent),
        }
    }

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

/// A person, what the register has answered, and where they have a live post.
pub(crate) type PersonRow = (IdentityRow, Option<AnswerRow>, Vec<Uuid>);

/// The organisations in which the person of the row has a live post on `day`.
pub(crate) fn live_organisations(day: NaiveDate) -> Part<Array<SqlUuid>> {
    Part::of(
        "ARRAY(SELECT DISTINCT x.organisation_id FROM post x WHERE x.person_id = person.id AND ",
    )
    .with::<Date, _>(
        day,
        " BETWEEN coalesce(x.starts, '-infinity'::date) AND coalesce(x.last_day, 'infinity'::date) \
         ORDER BY 1)",
    )
}

impl Tx<'_> {
    /// The facts about these persons, from memory or the database.
    pub(crate) fn people(
        &mut self,
        ids: impl IntoIterator<Item = PersonId>,
    ) -> Result<HashMap<PersonId, PersonFacts>, StoreError> {
        let wanted: Vec<PersonId> = ids.into_iter().collect();
        let mut missing: Vec<Uuid> = wanted
            .iter()
            .filter(|id| !self.memory.people.contains_key(id))
            .map(|id| id.0)
            .collect();
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            self.read_people(&missing)?;
        }
        Ok(wanted
            .into_iter()
            .filter_map(|id| {
                let facts = self.memory.people.get(&id)?;
                Some((id, facts.clone()))
            })
            .collect())
    }

    fn read_people(&mut self, ids: &[Uuid]) -> Result<(), StoreError> {
        let today = calendar::business_day(self.now);
        let rows: Vec<PersonRow> = person::table
            .left_join(register_answer::table.on(register_answer::person_id.eq(person::id)))
            .filter(person::id.eq_any(ids))
            .select((
                IdentityRow::as_select(),
                Option::<AnswerRow>::as_select(),
                live_organisations(today),
            ))
            .load(self.conn)?;
        for row in rows {
            self.keep_person(row)?;
        }
        Ok(())
    }

    /// Remembers a person who has been read, with whatever it was read for.
    pub(crate) fn keep_person(&mut self, row: PersonRow) -> Result<PersonFacts, StoreError> {
        let (row, answer, organisations) = row;
        let id = PersonId(row.id);
        if let Some(known) = self.memory.people.get(&id) {
            return Ok(known.clone());
        }
        let Identity {
            number,
            name,
            protection,
            ..
        } = row.read(self.seal)?;
        let facts = PersonFacts {
            number,
            name,
            protection,
            organisations: organisations.into_iter().map(OrganisationId).collect(),
            answer,
        };
        self.memory.people.insert(id, facts.clone());
        Ok(facts)
    }
}
