//! Columns that the query builder has no words for. Unlike its own literals they are fixed text, so
//! that PostgreSQL plans the statement once for a connection and not anew for every request.

use std::marker::PhantomData;

use chrono::NaiveDate;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping,
    is_aggregate,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Date, Nullable, Uuid as SqlUuid};
use uuid::Uuid;

/// A column of type `ST`: `before`, then the value, then `after`.
pub(crate) struct Part<ST> {
    before: &'static str,
    value: Value,
    after: &'static str,
    kind: PhantomData<ST>,
}

/// What goes with the text.
enum Value {
    Nothing,
    Day(NaiveDate),
    Id(Option<Uuid>),
}

impl<ST> Part<ST> {
    /// A column of text alone.
    pub(crate) fn of(text: &'static str) -> Self {
        Self::with(text, Value::Nothing, "")
    }

    /// A column that depends on a day.
    pub(crate) fn on(before: &'static str, day: NaiveDate, after: &'static str) -> Self {
        Self::with(before, Value::Day(day), after)
    }

    /// A column about one row, if there is any.
    pub(crate) fn about(before: &'static str, id: Option<Uuid>, after: &'static str) -> Self {
        Self::with(before, Value::Id(id), after)
    }

    fn with(before: &'static str, value: Value, after: &'static str) -> Self {
        Self {
            before,
            value,
            after,
            kind: PhantomData,
        }
    }
}

impl<ST: TypedExpressionType> Expression for Part<ST> {
    type SqlType = ST;
}

impl<ST> QueryFragment<Pg> for Part<ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.before);
        match &self.value {
            Value::Nothing => {}
            Value::Day(day) => out.push_bind_param::<Date, _>(day)?,
            Value::Id(id) => out.push_bind_param::<Nullable<SqlUuid>, _>(id)?,
        }
        out.push_sql(self.after);
        Ok(())
    }
}

impl<ST> QueryId for Part<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<QS, ST: TypedExpressionType> SelectableExpression<QS> for Part<ST> {}

impl<QS, ST: TypedExpressionType> AppearsOnTable<QS> for Part<ST> {}

impl<ST, GB> ValidGrouping<GB> for Part<ST> {
    type IsAggregate = is_aggregate::Never;
}
