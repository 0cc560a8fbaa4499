//! The index by which persons are found by name: written from the names and organisations that the
//! other tables hold, never said by anybody. A search looks at those tables too, so an index that
//! says too much shows nobody who may not be seen.

use cards_domain::values::{NameKey, PersonName, name_keys};
use diesel::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::error::{StoreError, unreadable};
use crate::schema::{name_key, person};

/// How many persons are taken at a time when the whole index is made.
const CHUNK: i64 = 1000;

/// An organisation may find whoever has or had a post, a card or a case there.
const INSERT: &str = "INSERT INTO name_key \
     (organisation_id, first, second, first_sound, second_sound, person_id) \
     SELECT o.organisation_id, k.first, k.second, k.first_sound, k.second_sound, k.person_id \
     FROM unnest($1, $2, $3, $4, $5) AS k (person_id, first, second, first_sound, second_sound) \
     JOIN (SELECT person_id, organisation_id FROM post WHERE person_id = ANY ($1) \
       UNION SELECT person_id, organisation_id FROM card WHERE person_id = ANY ($1) \
       UNION SELECT person_id, organisation_id FROM revocation WHERE person_id = ANY ($1)) AS o \
     ON o.person_id = k.person_id ON CONFLICT DO NOTHING";

/// Persons with an open name and no keys, by id.
const MISSING: &str = "SELECT p.id FROM person AS p WHERE p.id > $1 AND p.surname IS NOT NULL \
     AND NOT EXISTS (SELECT FROM name_key AS k WHERE k.person_id = p.id) ORDER BY p.id LIMIT $2";

type Named = (Uuid, Option<String>, Option<String>, Option<String>);

/// Makes the keys of these persons anew: after a change of name, protection or organisation. Two
/// statements to read and remove, one to write. A protected person has no name in the open and so
/// gets none.
///
/// # Errors
/// The database cannot be asked, or a name cannot be read.
pub(crate) fn refresh(
    conn: &mut PgConnection,
    persons: impl IntoIterator<Item = Uuid>,
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = persons.into_iter().collect();
    if ids.is_empty() {
        return Ok(());
    }
    let names: Vec<Named> = person::table
        .filter(person::id.eq_any(&ids))
        .select((
            person::id,
            person::given_name,
            person::middle_name,
            person::surname,
        ))
        .load(conn)?;
    diesel::delete(name_key::table.filter(name_key::person_id.eq_any(&ids))).execute(conn)?;
    let mut keys: Vec<(Uuid, NameKey)> = Vec::new();
    for (id, given, middle, surname) in names {
        let Some(surname) = surname else { continue };
        let name = PersonName::new(given.as_deref(), middle.as_deref(), &surname)
            .map_err(|_| unreadable("person", "surname"))?;
        keys.extend(name_keys(&name).into_iter().map(|key| (id, key)));
    }
    insert(conn, &keys)
}

fn insert(conn: &mut PgConnection, keys: &[(Uuid, NameKey)]) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = keys.iter().map(|(id, _)| *id).collect();
    let column = |of: fn(&NameKey) -> &String| -> Vec<&String> {
        keys.iter().map(|(_, key)| of(key)).collect()
    };
    diesel::sql_query(INSERT)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Text>, _>(column(|key| &key.first))
        .bind::<Array<Text>, _>(column(|key| &key.second))
        .bind::<Array<Text>, _>(column(|key| &key.first_sound))
        .bind::<Array<Text>, _>(column(|key| &key.second_sound))
        .execute(conn)?;
    Ok(())
}

/// Makes the keys of everybody who lacks them: after the migration that brought them, or after
/// persons were put in by other means than a feed.
///
/// # Errors
/// As [`refresh`].
pub(crate) fn fill(conn: &mut PgConnection) -> Result<(), StoreError> {
    #[derive(QueryableByName)]
    struct Missing {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let mut after = Uuid::nil();
    loop {
        let missing: Vec<Missing> = diesel::sql_query(MISSING)
            .bind::<SqlUuid, _>(after)
            .bind::<BigInt, _>(CHUNK)
            .load(conn)?;
        let Some(last) = missing.last() else {
            return Ok(());
        };
        after = last.id;
        refresh(conn, missing.into_iter().map(|row| row.id))?;
    }
}
