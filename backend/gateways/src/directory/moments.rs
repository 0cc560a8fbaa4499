//! Days of a feed: generalized time or a date, read in Swedish time.

use cards_domain::calendar;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// A first day: the Swedish day of the instant, or the date. `None` when it is neither.
pub(super) fn first_day(text: &str) -> Option<NaiveDate> {
    date(text).or_else(|| instant(text).map(calendar::business_day))
}

/// A last day: an instant at Swedish midnight ends the day before, any other instant and a date
/// without time end that day. `None` when it is neither.
pub(super) fn last_day(text: &str) -> Option<NaiveDate> {
    date(text).or_else(|| instant(text).map(calendar::last_day_of))
}

/// `20240131` or `2024-01-31`.
fn date(text: &str) -> Option<NaiveDate> {
    let digits = match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            format!("{year}{month}{day}")
        }
        _ => text.to_owned(),
    };
    let (year, rest) = number(&digits, 4)?;
    let (month, rest) = number(rest, 2)?;
    let (day, rest) = number(rest, 2)?;
    rest.is_empty()
        .then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))?
}

/// Generalized time with its zone (RFC 4517): `20240131230000Z`, also without seconds or
/// minutes, with a fraction, or with `+0100`.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let zone_at = text.find(['Z', '+', '-'])?;
    let (local, zone) = text.split_at_checked(zone_at)?;
    let (local, fraction) = local.split_once(['.', ',']).unwrap_or((local, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (day, time) = local.split_at_checked(8)?;
    let local = NaiveDateTime::new(date(day)?, time_of_day(time)?);
    Some(local.checked_sub_signed(offset(zone)?)?.and_utc())
}

/// `hh`, `hhmm` or `hhmmss`; a fraction never changes the day and is passed over.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = if rest.is_empty() {
        (0, rest)
    } else {
        number(rest, 2)?
    };
    let (second, rest) = if rest.is_empty() {
        (0, rest)
    } else {
        number(rest, 2)?
    };
    rest.is_empty()
        .then(|| NaiveTime::from_hms_opt(hour, minute, second.min(59)))?
}

/// `Z`, `+hh` or `+hhmm`.
fn offset(text: &str) -> Option<TimeDelta> {
    if text == "Z" {
        return Some(TimeDelta::zero());
    }
    let negative = text.starts_with('-');
    let (hours, rest) = number(text.strip_prefix(['+', '-'])?, 2)?;
    let (minutes, rest) = if rest.is_empty() {
        (0, rest)
    } else {
        number(rest, 2)?
    };
    let minutes = i64::from(hours * 60 + minutes);
    let lawful = rest.is_empty() && minutes <= 18 * 60;
    lawful.then(|| TimeDelta::minutes(if negative { -minutes } else { minutes }))
}

/// The number in the first `width` characters, all digits, and the rest.
fn number(text: &str, width: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(width)?;
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| all_digits)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn an_end_at_swedish_midnight_ends_the_day_before() {
        assert_eq!(last_day("20240131230000Z"), day(2024, 1, 31));
        assert_eq!(last_day("20240630220000Z"), day(2024, 6, 30));
        assert_eq!(last_day("20240201000000+0100"), day(2024, 1, 31));
    }

    #[test]
    fn an_end_at_another_time_ends_that_swedish_day() {
        assert_eq!(last_day("20240131225959Z"), day(2024, 1, 31));
        assert_eq!(last_day("20240131230001Z"), day(2024, 2, 1));
        assert_eq!(last_day("20240131"), day(2024, 1, 31));
        assert_eq!(last_day("2024-01-31"), day(2024, 1, 31));
    }

    #[test]
    fn a_start_is_the_swedish_day() {
        assert_eq!(first_day("20240131230000Z"), day(2024, 2, 1));
        assert_eq!(first_day("202401312300Z"), day(2024, 2, 1));
        assert_eq!(first_day("2024013123.5Z"), day(2024, 2, 1));
        assert_eq!(first_day("20240131"), day(2024, 1, 31));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "2024",
            "20240230",
            "20241301",
            "20240131250000Z",
            "20240131230000",
            "i morgon",
            "2024-1-31",
            "20240131Z",
            "20240131230000X",
            "20240131 230000Z",
            "2024013123.Z",
            "+2024131",
            "20240131230000+9900",
        ] {
            assert_eq!(first_day(text), None, "{text:?}");
            assert_eq!(last_day(text), None, "{text:?}");
        }
    }
}
