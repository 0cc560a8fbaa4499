//! Writing whole sets of rows: one statement for one row or five hundred. Rows travel as JSON and
//! PostgreSQL gives them the types of the table.

use diesel::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use serde::{Serialize, Serializer};

use crate::error::StoreError;
use crate::prepared::prepared;

/// A row of a kept thing.
pub(crate) trait Row: Serialize {
    /// Its table.
    const TABLE: &'static str;
    /// The columns that change after the row was made; `version` is always among them.
    const CHANGES: &'static [&'static str];
}

/// Adds rows.
pub(crate) fn insert<R: Row>(conn: &mut PgConnection, rows: &[R]) -> Result<(), StoreError> {
    let table = R::TABLE;
    let added = prepared(format!(
        "INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, $1)"
    ))
    .bind::<Jsonb, _>(as_json(R::TABLE, rows)?)
    .execute(conn)?;
    complete(added, rows.len())
}

/// Saves rows whose version has gone up by one. A row that somebody else changed first, or that
/// is not there, is a conflict for the whole set.
pub(crate) fn save<R: Row>(conn: &mut PgConnection, rows: &[R]) -> Result<(), StoreError> {
    let table = R::TABLE;
    let set = R::CHANGES
        .iter()
        .map(|column| format!("{column} = r.{column}"))
        .collect::<Vec<_>>();
    let saved = prepared(format!(
        "UPDATE {table} AS t SET version = r.version, {} \
         FROM jsonb_populate_recordset(NULL::{table}, $1) AS r \
         WHERE t.id = r.id AND t.version = r.version - 1",
        set.join(", ")
    ))
    .bind::<Jsonb, _>(as_json(R::TABLE, rows)?)
    .execute(conn)?;
    complete(saved, rows.len())
}

fn complete(done: usize, wanted: usize) -> Result<(), StoreError> {
    if done == wanted {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

/// Adds what is written once and never changed, with a statement that takes the rows as JSON. Rows
/// handed to the query builder would be a statement of another length each time, and planned anew.
pub(crate) fn append(
    conn: &mut PgConnection,
    (table, statement): (&'static str, &'static str),
    rows: &[impl Serialize],
) -> Result<(), StoreError> {
    prepared(statement)
        .bind::<Jsonb, _>(as_json(table, rows)?)
        .execute(conn)?;
    Ok(())
}

fn as_json(table: &'static str, rows: &[impl Serialize]) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(rows).map_err(|_| StoreError::Inconsistent {
        table,
        what: "a row cannot be written",
    })
}

/// Bytes as PostgreSQL reads them from text.
pub(crate) fn bytea<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    let mut text = String::with_capacity(2 + 2 * bytes.len());
    text.push_str("\\x");
    for byte in bytes {
        use std::fmt::Write as _;
        let _ = write!(text, "{byte:02x}");
    }
    serializer.serialize_str(&text)
}

/// Bytes that may be missing.
#[expect(
    clippy::ref_option,
    reason = "serde hands over a reference to the field"
)]
pub(crate) fn optional_bytea<S: Serializer>(
    bytes: &Option<Vec<u8>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => bytea(bytes, serializer),
        None => serializer.serialize_none(),
    }
}
