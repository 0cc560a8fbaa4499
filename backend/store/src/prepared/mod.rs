//! SQL that the query builder has no words for. Unlike its own raw text, this text is the same each
//! time, so that a connection has it planned once and not anew for every request.

mod part;

use std::borrow::Cow;

use diesel::PgConnection;
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{SingleValue, SqlType, Untyped};

pub(crate) use part::Part;

type Value = Box<dyn QueryFragment<Pg> + Send>;

/// A statement and its values, which the text calls `$1`, `$2` … wherever it wants to and as often.
pub(crate) struct Prepared {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// A statement that never depends on what people have typed: only its values do.
pub(crate) fn prepared(text: impl Into<Cow<'static, str>>) -> Prepared {
    Prepared {
        text: text.into(),
        values: Vec::new(),
    }
}

impl Prepared {
    /// The next value, of type `ST`.
    pub(crate) fn bind<ST, T>(mut self, value: T) -> Self
    where
        ST: SqlType + SingleValue,
        T: AsExpression<ST>,
        T::Expression: QueryFragment<Pg> + Send + 'static,
    {
        self.values.push(Box::new(value.as_expression()));
        self
    }
}

impl QueryFragment<Pg> for Prepared {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // The builder writes a value's number where it takes the value. Here it takes all of them
        // in a row that nobody reads, which costs PostgreSQL nothing: the text says the numbers.
        for (place, value) in self.values.iter().enumerate() {
            out.push_sql(if place == 0 {
                "WITH given AS (SELECT "
            } else {
                ", "
            });
            value.walk_ast(out.reborrow())?;
        }
        if !self.values.is_empty() {
            out.push_sql(") ");
        }
        out.push_sql(&self.text);
        Ok(())
    }
}

impl QueryId for Prepared {
    // Kept by its text.
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Prepared {
    type SqlType = Untyped;
}

impl RunQueryDsl<PgConnection> for Prepared {}
