//! Adding rows and changing those that exist, in one statement for a whole set. Rows travel as
//! JSON and PostgreSQL gives them the types of the table.

use diesel::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use serde::Serialize;

use crate::error::{StoreError, unreadable};

/// A row as a feed makes it.
pub(super) trait FeedRow: Serialize {
    /// Its table.
    const TABLE: &'static str;
    /// The columns of its primary key.
    const KEY: &'static [&'static str] = &["id"];
    /// The other columns that the feed decides.
    const COLUMNS: &'static [&'static str];
    /// Columns that a new row gets and no later feed changes, with their SQL; `r` is the row.
    const MADE_WITH: &'static [(&'static str, &'static str)] = &[];
    /// What else a change does, in SQL; `t` is the row that exists.
    const ON_CHANGE: &'static str = "";
}

/// Writes rows, each new or different from the one that exists.
pub(super) fn upsert<R: FeedRow>(conn: &mut PgConnection, rows: &[R]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_value(rows).map_err(|_| unreadable(R::TABLE, "row"))?;
    diesel::sql_query(statement::<R>())
        .bind::<Jsonb, _>(json)
        .execute(conn)?;
    Ok(())
}

fn statement<R: FeedRow>() -> String {
    let own = || R::KEY.iter().chain(R::COLUMNS).copied();
    let into: Vec<&str> = own()
        .chain(R::MADE_WITH.iter().map(|made| made.0))
        .collect();
    let values: Vec<String> = own()
        .map(|column| format!("r.{column}"))
        .chain(R::MADE_WITH.iter().map(|made| made.1.to_owned()))
        .collect();
    let set: Vec<String> = R::COLUMNS
        .iter()
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    format!(
        "INSERT INTO {table} AS t ({into}) SELECT {values} \
         FROM jsonb_populate_recordset(NULL::{table}, $1) AS r \
         ON CONFLICT ({key}) DO UPDATE SET {set}{more}",
        table = R::TABLE,
        into = into.join(", "),
        values = values.join(", "),
        key = R::KEY.join(", "),
        set = set.join(", "),
        more = R::ON_CHANGE,
    )
}
