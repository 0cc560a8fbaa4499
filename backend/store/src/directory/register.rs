//! The population register's latest answer about each person, kept encrypted.

use cards_domain::ids::PersonId;
use cards_domain::order::{Recipient, RegisterFacts};
use cards_domain::person::Protection;
use cards_domain::values::{PersonName, PostalAddress};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::Link;
use crate::error::StoreError;
use crate::schema::register_answer;
use crate::seal::Seal;
use crate::tx::Tx;

const SEALED: &str = "register_answer.sealed";

/// What the population register answered about a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterSnapshot {
    /// The registered name.
    pub name: PersonName,
    /// The given name in use.
    pub calling_name: Option<String>,
    /// The registered address, or for a protected person that of the forwarding.
    pub address: Option<PostalAddress>,
    /// How the person is protected.
    pub protection: Protection,
    /// When the person died.
    pub deceased_on: Option<NaiveDate>,
    /// A mailing address beside the registered one; shown, not used.
    pub special_address: Option<PostalAddress>,
    /// Whether `address` is that of the Tax Agency's forwarding.
    pub forwarded: bool,
}

/// Names and addresses are left out.
impl std::fmt::Debug for RegisterSnapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegisterSnapshot").finish_non_exhaustive()
    }
}

impl RegisterSnapshot {
    fn into_facts(self, as_of: DateTime<Utc>) -> RegisterFacts {
        let Self {
            name,
            address,
            deceased_on,
            forwarded,
            ..
        } = self;
        match (deceased_on, address) {
            (Some(_), _) => RegisterFacts::Deceased,
            (None, None) => RegisterFacts::NoAddress,
            (None, Some(address)) => RegisterFacts::Reachable(Recipient {
                name,
                address,
                forwarded,
                as_of,
            }),
        }
    }
}

/// An answer as it is kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = register_answer)]
pub(crate) struct AnswerRow {
    person_id: Uuid,
    answered_at: DateTime<Utc>,
    has_address: bool,
    deceased: bool,
    sealed: Vec<u8>,
}

impl AnswerRow {
    fn read(&self, seal: &Seal) -> Result<RegisterSnapshot, StoreError> {
        Ok(seal.open(SEALED, &self.sealed)?)
    }

    /// The answer as the rules ask for it.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(crate) fn facts(&self, seal: &Seal) -> Result<RegisterFacts, StoreError> {
        Ok(self.read(seal)?.into_facts(self.answered_at))
    }
}

impl Tx<'_> {
    /// Keeps what the register answered about a person, in place of what it answered before.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_register_answer(
        &mut self,
        person: PersonId,
        answer: &RegisterSnapshot,
    ) -> Result<(), StoreError> {
        let row = AnswerRow {
            person_id: person.0,
            answered_at: self.now,
            has_address: answer.address.is_some(),
            deceased: answer.deceased_on.is_some(),
            sealed: self.seal.close(self.entropy, SEALED, answer)?,
        };
        diesel::insert_into(register_answer::table)
            .values(&row)
            .on_conflict(register_answer::person_id)
            .do_update()
            .set(&row)
            .execute(self.conn)?;
        self.memory.people.remove(&person);
        Ok(())
    }
}

impl Link {
    /// What the register last answered about a person, and when.
    ///
    /// # Errors
    /// The database cannot be asked, or the answer cannot be opened.
    pub fn register_answer(
        &mut self,
        person: PersonId,
    ) -> Result<Option<(RegisterSnapshot, DateTime<Utc>)>, StoreError> {
        self.read(|tx| {
            let facts = tx.people([person])?.remove(&person);
            let answer = facts.and_then(|facts| facts.answer);
            answer
                .map(|row| Ok((row.read(tx.seal)?, row.answered_at)))
                .transpose()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> RegisterSnapshot {
        RegisterSnapshot {
            name: PersonName::new(Some("Elin"), None, "Berg").unwrap(),
            calling_name: None,
            address: PostalAddress::new(None, "Storgatan 1", "11122", "Orten").ok(),
            protection: Protection::None,
            deceased_on: None,
            special_address: None,
            forwarded: true,
        }
    }

    #[test]
    fn an_answer_with_an_address_says_where_mail_goes_and_when_it_was_said() {
        let facts = answer().into_facts(DateTime::UNIX_EPOCH);
        let RegisterFacts::Reachable(recipient) = facts else {
            panic!("not reachable")
        };
        assert_eq!(recipient.name.surname(), "Berg");
        assert_eq!(recipient.address.street(), "Storgatan 1");
        assert_eq!(
            (recipient.forwarded, recipient.as_of),
            (true, DateTime::UNIX_EPOCH)
        );
    }

    #[test]
    fn the_dead_are_dead_whatever_address_they_have() {
        let dead = RegisterSnapshot {
            deceased_on: NaiveDate::from_ymd_opt(2026, 1, 1),
            ..answer()
        };
        assert_eq!(
            dead.into_facts(DateTime::UNIX_EPOCH),
            RegisterFacts::Deceased
        );
        let unknown = RegisterSnapshot {
            address: None,
            ..answer()
        };
        assert_eq!(
            unknown.into_facts(DateTime::UNIX_EPOCH),
            RegisterFacts::NoAddress
        );
    }
}
