//! Looks: a person's sheet, read in the statement that writes down who reads it.

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::ids::{CardId, OrderId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::people::{Boxed, PersonSheet, PostRow, reach, read_post, visible};
use crate::db::Link;
use crate::error::StoreError;
use crate::journal::{Line, Looking};
use crate::kept::people::IdentityRow;
use crate::schema::{card, card_order, organisation, person, post, unit};

/// What somebody looks at: the thing whose holder's sheet is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedAt {
    /// The person's own page.
    Person(PersonId),
    /// A card of theirs.
    Card(CardId),
    /// An order for them.
    Order(OrderId),
}

impl LookedAt {
    /// What the log calls it.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Card(_) => "card",
            Self::Order(_) => "order",
        }
    }

    /// The thing's id.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Person(PersonId(id)) | Self::Card(CardId(id)) | Self::Order(OrderId(id)) => id,
        }
    }
}

/// What the log calls it when somebody has seen something of a person: that a page was opened, and
/// that a protected person's data were asked for.
pub(super) const SEEING: [&str; 2] = ["look", "reveal"];

type Seen = ((Uuid, Option<Uuid>), IdentityRow, Option<PostRow>);

impl Link {
    /// The sheet of the person behind `at`, if both are in `scope`, and the line of the look in
    /// the same statement: nothing is shown that is not written down, nothing is written down that
    /// is not shown. With `unless_since`, a look of the same thing by the same person since then is
    /// the same look. Whose data it was and in which organisation the statement puts into `line`.
    ///
    /// # Errors
    /// The database cannot be asked, or takes no line: then nothing is shown.
    pub fn look(
        &mut self,
        scope: &Scope,
        at: LookedAt,
        line: Line,
        unless_since: Option<DateTime<Utc>>,
    ) -> Result<Option<PersonSheet>, StoreError> {
        let today = calendar::business_day(self.now());
        let holder = visible(holder_of(at, scope), scope, today).select(person::id);
        // Where else somebody works is not this reader's business.
        let (everywhere, organisations) = reach(scope);
        let live = post::last_day.is_null().or(post::last_day.ge(today));
        let seen = post::organisation_id
            .eq_any(organisations)
            .or(everywhere.into_sql::<Bool>())
            .and(live);
        let read = person::table
            .left_join(post::table.on(post::person_id.eq(person::id).and(seen)))
            .left_join(organisation::table.on(organisation::id.eq(post::organisation_id)))
            .left_join(unit::table.on(unit::id.nullable().eq(post::unit_id)))
            .filter(person::id.eq_any(holder))
            .order((organisation::name, post::hsa_key))
            .select((
                (person::id, organisation::id.nullable()),
                IdentityRow::as_select(),
                (
                    post::person_id,
                    post::hsa_id,
                    organisation::id,
                    organisation::name,
                    unit::id.nullable(),
                    unit::name.nullable(),
                    post::title,
                    post::last_day,
                )
                    .nullable(),
            ));
        let rows: Vec<Seen> = Looking::new(self, line, unless_since, read)?.load(&mut self.conn)?;
        let Some((_, row, _)) = rows.first().cloned() else {
            return Ok(None);
        };
        let posts = rows.into_iter().filter_map(|(_, _, post)| post);
        let posts = posts.map(read_post).collect::<Result<Vec<_>, _>>()?;
        self.sheet(&row, posts).map(Some)
    }
}

/// Who stands behind a thing, for things in one of the scope's organisations.
fn holder_of<'a>(at: LookedAt, scope: &Scope) -> Boxed<'a> {
    let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
    let own = scope.own().is_some();
    match at {
        LookedAt::Person(id) => person::table.filter(person::id.eq(id.0)).into_boxed(),
        LookedAt::Card(id) => {
            let mut cards = card::table.filter(card::id.eq(id.0)).into_boxed();
            if !own {
                cards = cards.filter(card::organisation_id.eq_any(organisations));
            }
            let holder = cards.select(card::person_id);
            person::table.filter(person::id.eq_any(holder)).into_boxed()
        }
        LookedAt::Order(id) => {
            let mut orders = card_order::table
                .filter(card_order::id.eq(id.0))
                .into_boxed();
            if !own {
                orders = orders.filter(card_order::organisation_id.eq_any(organisations));
            }
            let holder = orders.select(card_order::person_id);
            person::table.filter(person::id.eq_any(holder)).into_boxed()
        }
    }
}
