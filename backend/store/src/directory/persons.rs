//! Persons of a feed, from what is kept to what the feed says, in open or sealed columns.

use cards_domain::person::Protection;
use cards_domain::values::{PersonName, PersonNumber, search_key};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use super::joining::Alteration;
use super::people::EmploymentRecord;
use super::upsert::FeedRow;
use crate::error::StoreError;
use crate::kept::people::{Identity, IdentityRow, SealedPerson};
use crate::rows::{bytea, optional_bytea};
use crate::schema::person;
use crate::tx::Tx;

/// A whole row as it is written.
#[derive(Serialize)]
pub(super) struct PersonRow {
    id: Uuid,
    number_kind: &'static str,
    #[serde(serialize_with = "bytea")]
    number_index: Vec<u8>,
    number: Option<String>,
    given_name: Option<String>,
    middle_name: Option<String>,
    surname: Option<String>,
    surname_key: Option<String>,
    mail: Option<String>,
    protection: &'static str,
    #[serde(serialize_with = "optional_bytea")]
    sealed: Option<Vec<u8>>,
    test_person: bool,
}

impl FeedRow for PersonRow {
    const TABLE: &'static str = "person";
    const COLUMNS: &'static [&'static str] = &[
        "number_kind",
        "number_index",
        "number",
        "given_name",
        "middle_name",
        "surname",
        "surname_key",
        "mail",
        "protection",
        "sealed",
        "test_person",
    ];
    /// Mails are in Swedish until the person chooses.
    const MADE_WITH: &'static [(&'static str, &'static str)] = &[("language", "'sv'")];
}

/// What a feed can say of a person.
#[derive(Clone, PartialEq)]
struct Said {
    name: PersonName,
    mail: Option<String>,
    protection: Protection,
    test_person: bool,
}

/// A person on the way from what is kept to what the feed says.
pub(super) struct Draft {
    pub id: Uuid,
    pub index: Vec<u8>,
    number: PersonNumber,
    before: Option<Said>,
    now: Said,
}

impl Draft {
    /// A person that nobody has known.
    pub(super) fn of(record: &EmploymentRecord, id: Uuid, index: Vec<u8>) -> Self {
        let now = Said {
            name: record.name.clone(),
            mail: record.mail.clone(),
            protection: Protection::None,
            test_person: record.test_person,
        };
        Self {
            id,
            index,
            number: record.number.clone(),
            before: None,
            now,
        }
    }

    pub(super) fn number(&self) -> &PersonNumber {
        &self.number
    }

    pub(super) fn surname(&self) -> &str {
        self.now.name.surname()
    }

    pub(super) fn given(&self) -> Option<&str> {
        self.now.name.given()
    }

    /// Gives the person another number; gives back the old one.
    pub(super) fn renumber(&mut self, number: PersonNumber, index: Vec<u8>) -> PersonNumber {
        self.index = index;
        self.before = None;
        std::mem::replace(&mut self.number, number)
    }

    /// Whether anything is to be written.
    pub(super) fn differs(&self) -> bool {
        self.before.as_ref() != Some(&self.now)
    }

    /// What the feed changes of the person; nothing where it says what is known.
    pub(super) fn alteration(&self) -> Option<Alteration> {
        match &self.before {
            None => Some(Alteration::New),
            Some(before) if before.name != self.now.name => Some(Alteration::Name),
            Some(_) => self.differs().then_some(Alteration::Other),
        }
    }

    /// The feed's first word of a person in a file decides the name.
    pub(super) fn name(&mut self, name: &PersonName) {
        self.now.name = name.clone();
    }

    pub(super) fn mail(&mut self, mail: Option<&String>) {
        self.now.mail = mail.cloned();
    }

    pub(super) fn test_person(&mut self, test_person: bool) {
        self.now.test_person = test_person;
    }

    /// A feed knows protection only as a flag: it never makes a stricter kind milder, and it never
    /// lifts protection, which is done by somebody who may.
    pub(super) fn protect(&mut self) {
        if !self.now.protection.is_protected() {
            self.now.protection = Protection::Confidentiality;
        }
    }

    pub(super) fn is_protected(&self) -> bool {
        self.now.protection.is_protected()
    }

    /// The row to write: in the sealed column alone when the person is protected.
    pub(super) fn row(&self, tx: &Tx<'_>) -> Result<PersonRow, StoreError> {
        let Said {
            name,
            mail,
            protection,
            test_person,
        } = self.now.clone();
        let empty = PersonRow {
            id: self.id,
            number_kind: self.number.kind().into(),
            number_index: self.index.clone(),
            number: None,
            given_name: None,
            middle_name: None,
            surname: None,
            surname_key: None,
            mail: None,
            protection: protection.into(),
            sealed: None,
            test_person,
        };
        if protection.is_protected() {
            let sealed = SealedPerson {
                number: self.number.clone(),
                name,
                mail,
            };
            let sealed = tx.seal.close(tx.entropy, "person.sealed", &sealed)?;
            return Ok(PersonRow {
                sealed: Some(sealed),
                ..empty
            });
        }
        Ok(PersonRow {
            number: Some(self.number.as_str().to_owned()),
            given_name: name.given().map(str::to_owned),
            middle_name: name.middle().map(str::to_owned),
            surname: Some(name.surname().to_owned()),
            surname_key: Some(search_key(name.surname())),
            mail,
            ..empty
        })
    }
}

/// The persons with these ids or indexes of numbers.
pub(super) fn load(
    tx: &mut Tx<'_>,
    ids: &[Uuid],
    indexes: &[Vec<u8>],
) -> Result<Vec<Draft>, StoreError> {
    let rows: Vec<(IdentityRow, Vec<u8>)> = person::table
        .filter(
            person::id
                .eq_any(ids)
                .or(person::number_index.eq_any(indexes)),
        )
        .select((IdentityRow::as_select(), person::number_index))
        .load(tx.conn)?;
    rows.into_iter()
        .map(|(row, index)| read(tx, &row, index))
        .collect()
}

fn read(tx: &Tx<'_>, row: &IdentityRow, index: Vec<u8>) -> Result<Draft, StoreError> {
    let Identity {
        number,
        name,
        mail,
        protection,
    } = row.read(tx.seal)?;
    let said = Said {
        name,
        mail,
        protection,
        test_person: row.test_person,
    };
    Ok(Draft {
        id: row.id,
        index,
        number,
        before: Some(said.clone()),
        now: said,
    })
}
