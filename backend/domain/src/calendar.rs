//! Days and deadlines as they are counted in Sweden.
//!
//! A business day is a calendar day in Stockholm, and its nightly run starts just after midnight
//! there. No clock is read here: the instant is always handed in.

use chrono::{
    DateTime, Datelike, Days, Duration, Months, NaiveDate, NaiveTime, Offset, TimeZone, Utc,
};
use chrono_tz::Europe::Stockholm;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// The calendar day in Stockholm at `instant`.
#[must_use]
pub fn business_day(instant: DateTime<Utc>) -> NaiveDate {
    let utc = instant.naive_utc();
    let offset = Stockholm.offset_from_utc_datetime(&utc).fix();
    utc.checked_add_offset(offset).unwrap_or(utc).date()
}

/// The first instant of `day` in Stockholm: local midnight, or the first full hour that exists
/// where the clocks once jumped over midnight.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..24)
        .filter_map(|hour| midnight.checked_add_signed(Duration::hours(hour)))
        .find_map(|local| Stockholm.from_local_datetime(&local).earliest())
        .map_or_else(|| midnight.and_utc(), |start| start.with_timezone(&Utc))
}

/// The last day that a period ending at `end` has a part of: an end at local midnight belongs to
/// the day before.
#[must_use]
pub fn last_day_of(end: DateTime<Utc>) -> NaiveDate {
    business_day(
        end.checked_sub_signed(Duration::nanoseconds(1))
            .unwrap_or(end),
    )
}

/// `day` plus `months`: the same day number, or the last day of a shorter month. Stops at the last
/// day that can be represented.
#[must_use]
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// `day` plus `days`. Stops at the last day that can be represented.
#[must_use]
pub fn add_days(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX)
}

/// The first year that a written day can lie in: what is older has been typed with two digits.
const FIRST_YEAR: i32 = 1900;

/// A day as people and programs write it: `2026-12-04` and nothing shorter. `24-05-01` is no day:
/// it would be read as one in the year 24.
#[must_use]
pub fn written_day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.trim().parse().ok()?;
    (day.year() >= FIRST_YEAR).then_some(day)
}

/// How a deadline is counted.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    EnumString,
    IntoStaticStr,
    strum::Display,
    Serialize,
    Deserialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// Something is allowed from the day on (an undelivered card may be ordered again).
    AllowedFrom,
    /// The holder has all of the day; the run of the day after acts (name change, activation,
    /// expiry, campaign, training).
    LivesThrough,
    /// It must be done no later than the day, so the run of that very day acts (employment that
    /// has ended).
    DoneBy,
    /// A length of time must have passed; the first run after that acts (unsigned receipt).
    After,
}

/// A deadline: the day that people are told, and the instant from which something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// How the deadline is counted.
    pub kind: DeadlineKind,
    /// The day to show: the first allowed day, the holder's last whole day, the day it is done at
    /// the latest, or the last day of the time that must pass.
    pub day: NaiveDate,
    /// The first instant at which a run may act, or from which the act is allowed.
    pub acts_at: DateTime<Utc>,
}

impl Due {
    /// Allowed from the start of the day `days` after `base`.
    #[must_use]
    pub fn allowed_from(base: NaiveDate, days: u32) -> Self {
        let day = add_days(base, days);
        Self {
            kind: DeadlineKind::AllowedFrom,
            day,
            acts_at: start_of_day(day),
        }
    }

    /// The holder has all of `day`; the run of the day after acts.
    #[must_use]
    pub fn lives_through(day: NaiveDate) -> Self {
        Self {
            kind: DeadlineKind::LivesThrough,
            day,
            acts_at: start_of_day(add_days(day, 1)),
        }
    }

    /// Done in the run of `day` itself. A margin is taken off `day` by the caller.
    #[must_use]
    pub fn done_by(day: NaiveDate) -> Self {
        Self {
            kind: DeadlineKind::DoneBy,
            day,
            acts_at: start_of_day(day),
        }
    }

    /// Due when `length` has passed since `from`, counted in elapsed time whatever the clocks do.
    #[must_use]
    pub fn after(from: DateTime<Utc>, length: Duration) -> Self {
        let acts_at = from
            .checked_add_signed(length)
            .unwrap_or(DateTime::<Utc>::MAX_UTC);
        Self {
            kind: DeadlineKind::After,
            day: last_day_of(acts_at),
            acts_at,
        }
    }

    /// Whether a run at `now` may act, or the act is allowed at `now`.
    #[must_use]
    pub fn has_come(&self, now: DateTime<Utc>) -> bool {
        now >= self.acts_at
    }
}
