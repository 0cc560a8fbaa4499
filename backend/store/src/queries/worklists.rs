//! What waits for somebody: counts, and the one that is nearest. Nothing waits without standing in
//! one of these lists.

use std::collections::BTreeMap;

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
    /// How many.
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

#[derive(QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
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

/// Everything that waits, as `kind, thing, number, person_id, organisation_id, office_id, due`.
/// `$5` is the day on or before which an order was begun whose time for the post is over today, and
/// `$7` that time in days.
pub(super) const WAITING: &str = "\
    SELECT 'unsigned' AS kind, c.id AS thing, '…' || right(c.number, 4) AS number, c.person_id, \
      c.organisation_id, c.office_id, d.acts_at AS due \
    FROM card c JOIN deadline d ON d.thing_id = c.id AND d.rule = 'receipt_signature' \
      AND d.stopped_at IS NULL \
    WHERE c.stage = 'unlocked_unsigned' AND c.organisation_id = ANY ($1) \
    UNION ALL \
    SELECT CASE c.custody WHEN 'office' THEN 'at_office' ELSE 'to_activate' END, c.id, \
      '…' || right(c.number, 4), c.person_id, c.organisation_id, c.office_id, d.acts_at \
    FROM card c JOIN deadline d ON d.thing_id = c.id AND d.rule = 'activation' \
      AND d.stopped_at IS NULL \
    WHERE c.stage = 'sent' AND c.organisation_id = ANY ($1) \
    UNION ALL \
    SELECT 'to_cut', c.id, '…' || right(c.number, 4), c.person_id, c.organisation_id, c.office_id, \
      c.since \
    FROM card c \
    WHERE c.stage IN ('revoked', 'expired') AND c.custody = 'office' AND c.organisation_id = ANY ($1) \
    UNION ALL \
    SELECT CASE r.stage WHEN 'reported' THEN 'callback' ELSE 'open_steps' END, r.id, \
      '…' || right(c.number, 4), r.person_id, r.organisation_id, c.office_id, \
      CASE r.stage WHEN 'reported' THEN coalesce(d.acts_at, r.reported_at) ELSE coalesce( \
        (SELECT min((s -> 'outcome' ->> 'by')::date)::timestamptz \
         FROM jsonb_array_elements(r.steps) AS s \
         WHERE s -> 'outcome' ->> 'outcome' = 'holder_will_do'), r.executed_at) END \
    FROM revocation r JOIN card c ON c.id = r.card_id \
      LEFT JOIN deadline d ON d.thing_id = r.id AND d.rule = 'caller_callback' \
        AND d.stopped_at IS NULL \
    WHERE r.stage IN ('reported', 'external_steps_pending') AND r.organisation_id = ANY ($1) \
    UNION ALL \
    SELECT 'puk_requests', l.id, '…' || right(c.number, 4), l.person_id, c.organisation_id, \
      c.office_id, l.since \
    FROM puk_letter l JOIN card c ON c.id = l.card_id \
    WHERE l.stage = 'requested' AND c.organisation_id = ANY ($1) \
    UNION ALL \
    SELECT CASE o.stage WHEN 'ready_to_send' THEN 'production_failed' ELSE o.stage END, o.id, \
      o.number, o.person_id, o.organisation_id, o.office_id, o.since \
    FROM card_order o \
    WHERE o.stage IN ('awaiting_prerequisites', 'awaiting_photo', 'ready_to_send') \
      AND o.organisation_id = ANY ($1) \
    UNION ALL \
    SELECT 'not_arrived', o.id, o.number, o.person_id, o.organisation_id, o.office_id, \
      CASE WHEN v.stage IN ('returned_to_sender', 'lost') THEN v.since \
        ELSE coalesce(o.photo_on, o.submitted_on)::timestamptz + make_interval(days => $7) END \
    FROM card_order o LEFT JOIN delivery v ON v.id = o.delivery_id \
      LEFT JOIN card c ON c.id = o.card_id \
    WHERE o.organisation_id = ANY ($1) AND c.custody IS DISTINCT FROM 'office' AND ( \
      o.stage IN ('sent_to_manufacturer', 'produced') AND coalesce(o.photo_on, o.submitted_on) <= $5 \
      OR o.stage = 'dispatched' AND (v.stage IN ('returned_to_sender', 'lost', 'reported_missing') \
        OR v.stage = 'posted' AND o.method <> 'rek' \
          AND coalesce(o.photo_on, o.submitted_on) <= $5))";

const CHOSEN: &str = "\
    SELECT w.*, p.given_name, p.middle_name, p.surname, f.name AS office, \
      count(*) OVER (PARTITION BY w.kind) AS count, \
      row_number() OVER (PARTITION BY w.kind ORDER BY w.due, w.thing) AS place \
    FROM waiting w JOIN person p ON p.id = w.person_id JOIN office f ON f.id = w.office_id \
    WHERE ($2 IS NULL OR w.office_id = $2) AND ($3 OR p.protection = 'none') \
      AND ($4 IS NULL OR w.kind = $4)";

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
        let mut lists = BTreeMap::new();
        for row in self.rows_waiting((scope, office), None, 1, lengths)? {
            let kind: WorklistKind = row
                .kind
                .parse()
                .map_err(|_| unreadable("worklist", "kind"))?;
            let list = Worklist {
                kind,
                count: row.count,
                nearest: row.read(),
            };
            lists.insert(kind, list);
        }
        Ok(lists.into_values().collect())
    }

    /// What stands in one list, the nearest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting(
        &mut self,
        scope: &Scope,
        office: Option<OfficeId>,
        kind: WorklistKind,
        (limit, lengths): (i64, &DeadlineLengths),
    ) -> Result<Vec<Waiting>, StoreError> {
        let rows = self.rows_waiting((scope, office), Some(kind), limit, lengths)?;
        Ok(rows.into_iter().map(Row::read).collect())
    }

    fn rows_waiting(
        &mut self,
        (scope, office): (&Scope, Option<OfficeId>),
        kind: Option<WorklistKind>,
        each: i64,
        lengths: &DeadlineLengths,
    ) -> Result<Vec<Row>, StoreError> {
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let today = calendar::business_day(self.now());
        let began = today
            .checked_sub_days(Days::new(u64::from(lengths.undelivered_days)))
            .unwrap_or(today);
        let days = i32::try_from(lengths.undelivered_days).unwrap_or(i32::MAX);
        let kind: Option<&'static str> = kind.map(Into::into);
        Ok(diesel::sql_query(format!(
            "WITH waiting AS ({WAITING}), chosen AS ({CHOSEN}) \
             SELECT * FROM chosen WHERE place <= $6 ORDER BY kind, place"
        ))
        .bind::<Array<SqlUuid>, _>(organisations)
        .bind::<Nullable<SqlUuid>, _>(office.map(|office| office.0))
        .bind::<Bool, _>(scope.protected_too())
        .bind::<Nullable<Text>, _>(kind)
        .bind::<Date, _>(began)
        .bind::<BigInt, _>(each)
        .bind::<Integer, _>(days)
        .load(&mut self.conn)?)
    }
}

impl Row {
    pub(super) fn read(self) -> Waiting {
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
