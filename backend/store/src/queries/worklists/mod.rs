//! What waits for somebody: counts, the one that is nearest, and each list in pages. Nothing waits
//! without standing in one of these lists.

mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::deadline::DeadlineLengths;
use cards_domain::ids::{OfficeId, PersonId};
use cards_domain::values::PersonName;
use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::prepared::{Prepared, prepared};
use sources::Place;

/// No list is counted further than this: who has a thousand to do need not know how many more.
pub const COUNTED: i64 = 1000;

/// The kinds of work that wait, the most urgent first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum WorklistKind {
    /// A loss told by somebody who must be called back.
    Callback,
    /// Revoked cards with something left to do outside.
    OpenSteps,
    /// Unlocked cards without a receipt.
    Unsigned,
    /// Letters with a PUK that somebody has asked for.
    PukRequests,
    /// Cards that came back, or came to the office, and wait for their holders.
    AtOffice,
    /// Orders that the manufacturer could not carry out.
    ProductionFailed,
    /// Orders without photo.
    AwaitingPhoto,
    /// Orders without agreement, form or payment.
    AwaitingPrerequisites,
    /// Cards that should have come, or that the post has lost.
    NotArrived,
    /// Cards that have ended and lie at the office.
    ToCut,
    /// Sent cards that have not been activated.
    ToActivate,
}

/// One list, as the start page shows it.
#[derive(Clone, Debug)]
pub struct Worklist {
    /// Of what.
    pub kind: WorklistKind,
    /// How many; [`COUNTED`] means that many or more.
    pub count: i64,
    /// The one that comes first.
    pub nearest: Waiting,
}

/// A card, an order, a letter or a case that waits for somebody.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What waits: a card, an order, a letter or a case, as the list says.
    pub thing: Uuid,
    /// The card's short number, or the number of the order.
    pub number: Option<String>,
    /// Whose.
    pub person: PersonId,
    /// The name; `None` for a protected person.
    pub name: Option<String>,
    /// The office that it waits for.
    pub office: String,
    /// When something happens if nobody does anything; where nothing does, since when it waits.
    pub due: DateTime<Utc>,
    /// The day that people are told.
    pub day: NaiveDate,
}

/// The last thing of the page before in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingAfter {
    /// When it was due.
    pub due: DateTime<Utc>,
    /// Which.
    pub thing: Uuid,
}

impl WaitingAfter {
    /// Where the page after this thing begins.
    #[must_use]
    pub fn from_last(last: &Waiting) -> Self {
        Self {
            due: last.due,
            thing: last.thing,
        }
    }
}

/// As it stands in addresses: microseconds since 1970, a full stop, and the thing's id.
impl fmt::Display for WaitingAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.due.timestamp_micros(), self.thing)
    }
}

/// An address that nobody has been given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchPage;

impl FromStr for WaitingAfter {
    type Err = NoSuchPage;

    fn from_str(text: &str) -> Result<Self, NoSuchPage> {
        let read = || {
            let (due, thing) = text.split_once('.')?;
            Some(Self {
                due: DateTime::from_timestamp_micros(due.parse().ok()?)?,
                thing: thing.parse().ok()?,
            })
        };
        read().ok_or(NoSuchPage)
    }
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(embed)]
    nearest: Row,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    thing: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    number: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = Nullable<Text>)]
    given_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    middle_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    surname: Option<String>,
    #[diesel(sql_type = Text)]
    office: String,
    #[diesel(sql_type = Timestamptz)]
    due: DateTime<Utc>,
}

impl Link {
    /// The lists for an office, or for all offices in the scope; empty ones are left out. One
    /// statement.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn worklists(
        &mut self,
        scope: &Scope,
        office: Option<OfficeId>,
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Worklist>, StoreError> {
        let query = prepared(sources::every_list(Place::of(office)));
        let rows: Vec<CountRow> = self
            .about((scope, office), lengths, query)
            .bind::<BigInt, _>(COUNTED)
            .load(&mut self.conn)?;
        let mut lists = BTreeMap::new();
        for row in rows {
            let kind: WorklistKind = row
                .kind
                .parse()
                .map_err(|_| unreadable("worklist", "kind"))?;
            let list = Worklist {
                kind,
                count: row.count,
                nearest: row.nearest.read(),
            };
            lists.insert(kind, list);
        }
        Ok(lists.into_values().collect())
    }

    /// What stands in one list after `after`, the nearest first. One statement, which costs the same
    /// at any depth.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting_page(
        &mut self,
        (scope, office): (&Scope, Option<OfficeId>),
        kind: WorklistKind,
        after: Option<WaitingAfter>,
        (limit, lengths): (i64, &DeadlineLengths),
    ) -> Result<Vec<Waiting>, StoreError> {
        let text = sources::one_page(kind, Place::of(office), after.is_some());
        let mut query = self
            .about((scope, office), lengths, prepared(text))
            .bind::<BigInt, _>(limit);
        if let Some(after) = after {
            query = query
                .bind::<Timestamptz, _>(after.due)
                .bind::<SqlUuid, _>(after.thing);
        }
        let rows: Vec<Row> = query.load(&mut self.conn)?;
        Ok(rows.into_iter().map(Row::read).collect())
    }

    /// Binds `$1` to `$5`, which every list needs.
    fn about(
        &self,
        (scope, office): (&Scope, Option<OfficeId>),
        lengths: &DeadlineLengths,
        query: Prepared,
    ) -> Prepared {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let today = calendar::business_day(self.now());
        let began = today
            .checked_sub_days(Days::new(u64::from(lengths.undelivered_days)))
            .unwrap_or(today);
        let days = i32::try_from(lengths.undelivered_days).unwrap_or(i32::MAX);
        query
            .bind::<Array<SqlUuid>, _>(organisations)
            .bind::<Nullable<SqlUuid>, _>(office.map(|office| office.0))
            .bind::<Bool, _>(scope.protected_too())
            .bind::<Date, _>(began)
            .bind::<Integer, _>(days)
    }
}

impl Row {
    fn read(self) -> Waiting {
        let name = self.surname.and_then(|surname| {
            PersonName::new(
                self.given_name.as_deref(),
                self.middle_name.as_deref(),
                &surname,
            )
            .ok()
        });
        Waiting {
            thing: self.thing,
            number: self.number,
            person: PersonId(self.person_id),
            name: name.map(|name| name.full()),
            office: self.office,
            due: self.due,
            day: calendar::last_day_of(self.due),
        }
    }
}
