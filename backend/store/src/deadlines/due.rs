//! Clocks that have ended and still run: what a nightly run has to see to. Read a page at a time
//! behind the last one read, so that the memory it takes does not grow with their number.

use cards_domain::access::Scope;
use cards_domain::deadline::DeadlineRule;
use cards_domain::ids::{CardId, OrganisationId, PersonId, ReceiptId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::kept::people::IdentityRow;
use crate::schema::{card, organisation, person};

/// Which organisations' clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// All but these.
    AllBut(Vec<OrganisationId>),
    /// These alone.
    Only(Vec<OrganisationId>),
}

/// Where a page begins: behind this clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueFrom {
    /// When it ended.
    pub acts_at: DateTime<Utc>,
    /// Its id.
    pub id: Uuid,
}

impl Default for DueFrom {
    fn default() -> Self {
        Self {
            acts_at: DateTime::UNIX_EPOCH,
            id: Uuid::nil(),
        }
    }
}

/// Which clocks of one rule.
#[derive(Clone, Debug)]
pub struct DuePage<'a> {
    /// The rule.
    pub rule: DeadlineRule,
    /// Those that have ended by then.
    pub until: DateTime<Utc>,
    /// In which organisations.
    pub among: &'a Among,
    /// Behind which.
    pub from: DueFrom,
    /// How many.
    pub limit: i64,
}

/// A clock that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueClock {
    /// Its id.
    pub id: Uuid,
    /// The rule.
    pub rule: DeadlineRule,
    /// The card or order.
    pub thing: Uuid,
    /// The card, where the thing is an order too.
    pub card: Option<CardId>,
    /// Whose.
    pub person: PersonId,
    /// In which organisation.
    pub organisation: OrganisationId,
    /// The receipt that waits for a signature.
    pub receipt: Option<ReceiptId>,
    /// The day that people were told.
    pub day: NaiveDate,
    /// When it ended.
    pub acts_at: DateTime<Utc>,
}

impl DueClock {
    /// Where the page behind this one begins.
    #[must_use]
    pub fn here(&self) -> DueFrom {
        DueFrom {
            acts_at: self.acts_at,
            id: self.id,
        }
    }
}

/// How many clocks of one rule have ended in one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueCount {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// The rule.
    pub rule: DeadlineRule,
    /// How many.
    pub count: i64,
}

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    rule: String,
    #[diesel(sql_type = SqlUuid)]
    thing_id: Uuid,
    #[diesel(sql_type = diesel::sql_types::Nullable<SqlUuid>)]
    card_id: Option<Uuid>,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organisation_id: Uuid,
    #[diesel(sql_type = diesel::sql_types::Nullable<SqlUuid>)]
    receipt_id: Option<Uuid>,
    #[diesel(sql_type = diesel::sql_types::Date)]
    day: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    acts_at: DateTime<Utc>,
}

impl DueRow {
    fn read(self) -> Result<DueClock, StoreError> {
        Ok(DueClock {
            id: self.id,
            rule: rule(&self.rule)?,
            thing: self.thing_id,
            card: self.card_id.map(CardId),
            person: PersonId(self.person_id),
            organisation: OrganisationId(self.organisation_id),
            receipt: self.receipt_id.map(ReceiptId),
            day: self.day,
            acts_at: self.acts_at,
        })
    }
}

fn rule(name: &str) -> Result<DeadlineRule, StoreError> {
    name.parse().map_err(|_| unreadable("deadline", "rule"))
}

fn names(rules: &[DeadlineRule]) -> Vec<&'static str> {
    rules.iter().map(|rule| (*rule).into()).collect()
}

/// A clock is about a card, or about an order that may have one.
const THINGS: &str = "FROM deadline AS d \
     LEFT JOIN card_order AS o ON o.id = d.thing_id \
     LEFT JOIN card AS c ON c.id = coalesce(o.card_id, d.thing_id) \
     LEFT JOIN receipt AS r ON r.card_id = c.id AND r.stage = 'pending' \
     JOIN organisation AS g ON g.id = coalesce(o.organisation_id, c.organisation_id)";

const COLUMNS: &str = "SELECT d.id, d.rule, d.thing_id, c.id AS card_id, d.person_id, \
     g.id AS organisation_id, r.id AS receipt_id, d.day, d.acts_at";

impl Link {
    /// One page of the clocks that have ended, the oldest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn due_clocks(&mut self, page: &DuePage<'_>) -> Result<Vec<DueClock>, StoreError> {
        let (only, organisations) = match page.among {
            Among::AllBut(list) => (false, list),
            Among::Only(list) => (true, list),
        };
        let organisations: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let rule: &'static str = page.rule.into();
        let rows: Vec<DueRow> = diesel::sql_query(format!(
            "{COLUMNS} {THINGS} \
             WHERE d.stopped_at IS NULL AND d.rule = $1 AND d.acts_at <= $2 \
               AND (d.acts_at, d.id) > ($3, $4) AND (g.id = ANY ($5)) = $6 \
             ORDER BY d.acts_at, d.id LIMIT $7"
        ))
        .bind::<Text, _>(rule)
        .bind::<Timestamptz, _>(page.until)
        .bind::<Timestamptz, _>(page.from.acts_at)
        .bind::<SqlUuid, _>(page.from.id)
        .bind::<Array<SqlUuid>, _>(organisations)
        .bind::<Bool, _>(only)
        .bind::<BigInt, _>(page.limit)
        .load(&mut self.conn)?;
        rows.into_iter().map(DueRow::read).collect()
    }

    /// How many clocks have ended by `until`, by organisation and rule. Those of cards that have
    /// come further than their rule asks about are not counted: nothing will happen to them.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn due_counts(&mut self, until: DateTime<Utc>) -> Result<Vec<DueCount>, StoreError> {
        #[derive(QueryableByName)]
        struct CountRow {
            #[diesel(sql_type = SqlUuid)]
            organisation_id: Uuid,
            #[diesel(sql_type = Text)]
            rule: String,
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let rows: Vec<CountRow> = diesel::sql_query(format!(
            "SELECT g.id AS organisation_id, d.rule, count(*) AS count {THINGS} \
             WHERE d.stopped_at IS NULL AND d.acts_at <= $1 \
               AND (d.rule <> 'activation' OR c.stage = 'sent') \
               AND (d.rule <> 'receipt_signature' OR r.id IS NOT NULL) \
             GROUP BY g.id, d.rule ORDER BY g.id, d.rule"
        ))
        .bind::<Timestamptz, _>(until)
        .load(&mut self.conn)?;
        rows.into_iter()
            .map(|row| {
                Ok(DueCount {
                    organisation: OrganisationId(row.organisation_id),
                    rule: rule(&row.rule)?,
                    count: row.count,
                })
            })
            .collect()
    }

    /// How many cards of these organisations work or wait to be activated.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn live_cards(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Result<Vec<(OrganisationId, i64)>, StoreError> {
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let rows: Vec<(Uuid, i64)> = card::table
            .filter(card::organisation_id.eq_any(ids))
            .filter(card::stage.eq_any(["sent", "unlocked_unsigned", "active"]))
            .group_by(card::organisation_id)
            .select((card::organisation_id, diesel::dsl::count_star()))
            .load(&mut self.conn)?;
        Ok(rows
            .into_iter()
            .map(|(id, count)| (OrganisationId(id), count))
            .collect())
    }

    /// Names and issuers of these organisations: `(organisation, issuer, name)`.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn issuers_of(
        &mut self,
        organisations: &[OrganisationId],
    ) -> Result<Vec<(OrganisationId, OrganisationId, String)>, StoreError> {
        let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
        let rows: Vec<(Uuid, Uuid, String)> = organisation::table
            .filter(organisation::id.eq_any(ids))
            .order(organisation::name)
            .select((
                organisation::id,
                organisation::issuer_id,
                organisation::name,
            ))
            .load(&mut self.conn)?;
        Ok(rows
            .into_iter()
            .map(|(id, issuer, name)| (OrganisationId(id), OrganisationId(issuer), name))
            .collect())
    }

    /// The first clocks of these rules that have ended in the scope's organisations.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn first_due(
        &mut self,
        scope: &Scope,
        rules: &[DeadlineRule],
        (until, limit): (DateTime<Utc>, i64),
    ) -> Result<Vec<DueClock>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let rows: Vec<DueRow> = diesel::sql_query(format!(
            "{COLUMNS} {THINGS} \
             WHERE d.stopped_at IS NULL AND d.acts_at <= $1 AND g.id = ANY ($2) \
               AND d.rule = ANY ($3) \
             ORDER BY d.acts_at, d.id LIMIT $4"
        ))
        .bind::<Timestamptz, _>(until)
        .bind::<Array<SqlUuid>, _>(organisations)
        .bind::<Array<Text>, _>(names(rules))
        .bind::<BigInt, _>(limit)
        .load(&mut self.conn)?;
        rows.into_iter().map(DueRow::read).collect()
    }

    /// The names of persons; `None` for those with protected personal data.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn open_names(
        &mut self,
        people: &[PersonId],
    ) -> Result<Vec<(PersonId, Option<String>)>, StoreError> {
        let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
        let rows: Vec<IdentityRow> = person::table
            .filter(person::id.eq_any(ids))
            .select(IdentityRow::as_select())
            .load(&mut self.conn)?;
        rows.iter()
            .map(|row| {
                let identity = row.read(self.seal())?;
                let open = !identity.protection.is_protected();
                Ok((PersonId(row.id), open.then(|| identity.name.full())))
            })
            .collect()
    }

    /// The short numbers of cards; cards without a number are left out.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn short_numbers(&mut self, cards: &[CardId]) -> Result<Vec<(CardId, String)>, StoreError> {
        let ids: Vec<Uuid> = cards.iter().map(|id| id.0).collect();
        let rows: Vec<(Uuid, Option<String>)> = card::table
            .filter(card::id.eq_any(ids))
            .select((card::id, card::number))
            .load(&mut self.conn)?;
        rows.into_iter()
            .filter_map(|(id, number)| Some((id, number?)))
            .map(|(id, number)| {
                let number: cards_domain::values::CardNumber =
                    number.parse().map_err(|_| unreadable("card", "number"))?;
                Ok((CardId(id), number.short()))
            })
            .collect()
    }

    /// Whether any clock of these rules had ended by `until` and still runs.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn has_due(
        &mut self,
        rules: &[DeadlineRule],
        until: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        use crate::schema::deadline;
        let due = deadline::table
            .filter(deadline::stopped_at.is_null())
            .filter(deadline::acts_at.le(until))
            .filter(deadline::rule.eq_any(names(rules)));
        Ok(diesel::select(diesel::dsl::exists(due)).get_result(&mut self.conn)?)
    }
}
