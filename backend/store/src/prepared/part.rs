//! A column, a condition or an order that the query builder has no words for.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, TypedExpressionType,
    ValidGrouping, is_aggregate,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{SingleValue, SqlType};

use super::Value;

/// An expression of type `ST`: text and values in turn. With the builder's own raw text the whole
/// statement around it would be planned anew for every request.
pub(crate) struct Part<ST> {
    text: &'static str,
    more: Vec<(Value, &'static str)>,
    kind: PhantomData<ST>,
}

impl<ST> Part<ST> {
    /// Text alone.
    pub(crate) fn of(text: &'static str) -> Self {
        Self {
            text,
            more: Vec::new(),
            kind: PhantomData,
        }
    }

    /// Adds a value of type `T` and the text behind it.
    pub(crate) fn with<T, U>(mut self, value: U, then: &'static str) -> Self
    where
        T: SqlType + SingleValue,
        U: AsExpression<T>,
        U::Expression: QueryFragment<Pg> + Send + 'static,
    {
        self.more.push((Box::new(value.as_expression()), then));
        self
    }
}

impl<ST: TypedExpressionType> Expression for Part<ST> {
    type SqlType = ST;
}

impl<ST> QueryFragment<Pg> for Part<ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.text);
        for (value, then) in &self.more {
            value.walk_ast(out.reborrow())?;
            out.push_sql(then);
        }
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
