//! Who has looked at a person, for that person: one row for each looker, portal and day.

use std::collections::HashMap;

use cards_domain::access::Role;
use cards_domain::ids::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::journal::Channel;

/// The looks of a day, with the appointments that the looker had in that portal. The day is that of
/// Sweden, as on every page.
const LOOKERS: &str = "SELECT l.*, ARRAY(SELECT DISTINCT a.role FROM appointment a \
       WHERE a.person_id = l.actor AND a.starts_at <= l.last_at \
       AND (a.ends_at IS NULL OR a.ends_at > l.first_at) \
       AND (l.channel NOT IN ('id_admin', 'servicedesk') \
            OR (a.role = 'servicedesk') = (l.channel = 'servicedesk')) ORDER BY 1) AS roles \
     FROM (SELECT actor_person AS actor, channel, \
             (at AT TIME ZONE 'Europe/Stockholm')::date AS day, \
             min(at) AS first_at, max(at) AS last_at, \
             greatest(1, count(*) FILTER (WHERE action = 'look')) AS times, \
             array_agg(DISTINCT CASE action WHEN 'reveal' THEN 'protected' ELSE kind END \
               ORDER BY CASE action WHEN 'reveal' THEN 'protected' ELSE kind END) AS kinds \
           FROM journal WHERE person_id = $1 AND action IN ('look', 'reveal') \
             AND actor_person <> $1 \
           GROUP BY 1, 2, 3 ORDER BY max(at) DESC LIMIT $2) AS l ORDER BY l.last_at DESC";

/// What one person has looked at of another, in one portal on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOfLooks {
    /// The day in Sweden.
    pub day: NaiveDate,
    /// The first look.
    pub first: DateTime<Utc>,
    /// The last look.
    pub last: DateTime<Utc>,
    /// How many looks.
    pub times: i64,
    /// What was looked at, as the log calls it: `person`, `card`, `order`; and `protected` where
    /// a protected person's data were shown.
    pub kinds: Vec<String>,
    /// Through which door.
    pub channel: Channel,
    /// The name of who looked; `None` for protected officers.
    pub actor_name: Option<String>,
    /// What who looked was appointed as, in that portal at that time.
    pub roles: Vec<Role>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    actor: Uuid,
    #[diesel(sql_type = Text)]
    channel: String,
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    first_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    last_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    times: i64,
    #[diesel(sql_type = Array<Text>)]
    kinds: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    roles: Vec<String>,
}

impl Row {
    fn read(self, names: &HashMap<PersonId, Option<String>>) -> Result<DayOfLooks, StoreError> {
        let roles = self.roles.iter().map(|role| role.parse::<Role>());
        Ok(DayOfLooks {
            day: self.day,
            first: self.first_at,
            last: self.last_at,
            times: self.times,
            kinds: self.kinds,
            channel: self
                .channel
                .parse()
                .map_err(|_| unreadable("journal", "channel"))?,
            actor_name: names.get(&PersonId(self.actor)).cloned().flatten(),
            roles: roles
                .collect::<Result<Vec<_>, _>>()
                .map_err(|_| unreadable("appointment", "role"))?,
        })
    }
}

impl Link {
    /// Who has looked at a person on which day, the newest first, `limit` rows at most.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn lookers_at(
        &mut self,
        about: PersonId,
        limit: i64,
    ) -> Result<Vec<DayOfLooks>, StoreError> {
        let rows: Vec<Row> = diesel::sql_query(LOOKERS)
            .bind::<SqlUuid, _>(about.0)
            .bind::<BigInt, _>(limit)
            .load(&mut self.conn)?;
        let lookers: Vec<PersonId> = rows.iter().map(|row| PersonId(row.actor)).collect();
        let names = self.open_names(&lookers)?;
        let names = names.into_iter().collect();
        rows.into_iter().map(|row| row.read(&names)).collect()
    }
}
