//! How long a clock runs, read back from where it started and where it ends: the configured
//! lengths may have changed since it was started.

use cards_domain::calendar;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

/// More months or days than any rule has.
const MOST: u32 = 1200;

/// Days from one day to another; negative when the other is earlier.
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

/// The whole calendar months from `from` to `to`, a shorter month's last day counted as reached.
pub(super) fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    let reached = (0..MOST).find(|months| calendar::add_months(from, *months) >= to);
    i64::from(reached.unwrap_or_default())
}

/// Whether the month of `to` was too short for the day number of `from`.
pub(super) fn is_clamped(from: NaiveDate, to: NaiveDate) -> bool {
    to.day() < from.day()
}

/// How many times 24 hours before `acts_at` it was the day `base` in Sweden.
pub(super) fn clock_days(base: NaiveDate, acts_at: DateTime<Utc>) -> i64 {
    let is_base = |days: &i64| calendar::business_day(acts_at - Duration::days(*days)) == base;
    let counted = (0..i64::from(MOST)).find(is_base);
    counted.unwrap_or_else(|| days_between(base, calendar::business_day(acts_at)))
}
