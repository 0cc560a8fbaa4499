//! How long a clock runs, read back from where it started and where it ends: the configured
//! lengths may have changed since it was started.

use cards_domain::calendar;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

/// More months or days than any rule has.
const MOST: u32 = 1200;

/// Up to so many days a time is counted in days: whoever must do something by then plans in days.
const MOST_DAYS: i64 = 120;
/// From so many months on a time is counted in years.
const FEWEST_MONTHS: i64 = 12;
/// Half a month and more is rounded up to a whole one.
const HALF_A_MONTH: i64 = 15;

/// How long it is to a day, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distance {
    /// Days; negative when it has been.
    Days(i64),
    /// Months, to the nearest.
    Months(i64),
    /// Years and the months beyond them, to the nearest.
    Years(i64, i64),
}

/// How long it is from one day to another.
pub(super) fn distance(from: NaiveDate, to: NaiveDate) -> Distance {
    let days = days_between(from, to);
    if days <= MOST_DAYS {
        return Distance::Days(days);
    }
    let months = nearest_months(from, to);
    if months < FEWEST_MONTHS {
        Distance::Months(months)
    } else {
        Distance::Years(months / FEWEST_MONTHS, months % FEWEST_MONTHS)
    }
}

fn nearest_months(from: NaiveDate, to: NaiveDate) -> i64 {
    let whole = (0..MOST)
        .take_while(|months| calendar::add_months(from, *months) <= to)
        .last()
        .unwrap_or_default();
    let beyond = days_between(calendar::add_months(from, whole), to);
    i64::from(whole) + i64::from(beyond >= HALF_A_MONTH)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: &str, to: &str) -> Distance {
        distance(from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn what_is_near_is_counted_in_days_and_what_is_far_in_months_and_years() {
        for (to, distance) in [
            ("2026-11-21", Distance::Days(-1)),
            ("2026-11-22", Distance::Days(0)),
            ("2027-02-22", Distance::Days(92)),
            ("2027-03-22", Distance::Days(120)),
            ("2027-03-23", Distance::Months(4)),
            ("2027-07-20", Distance::Months(8)),
            ("2027-11-21", Distance::Years(1, 0)),
            ("2031-06-24", Distance::Years(4, 7)),
            ("2031-11-21", Distance::Years(5, 0)),
            ("2031-11-22", Distance::Years(5, 0)),
        ] {
            assert_eq!(between("2026-11-22", to), distance, "{to}");
        }
        assert_eq!(between("2028-02-29", "2033-02-28"), Distance::Years(5, 0));
    }
}
