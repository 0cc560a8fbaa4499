//! Days of a feed: generalized time or a date, read in Swedish time.

use cards_domain::calendar;
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// Days of other years are no days of anybody's employment, and from the last of them on the
/// directory means that there is no end.
const FIRST_YEAR: i32 = 1800;
const NO_END: i32 = 9999;

/// When something ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With this day.
    On(NaiveDate),
    /// Not at all: it is written as an end in the year 9999.
    Never,
}

impl End {
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::Never => None,
        }
    }
}

/// A first day: the Swedish day of the instant, or the date. `None` when it is neither, or lies
/// outside the years 1800–9998.
pub(super) fn first_day(text: &str) -> Option<NaiveDate> {
    let day = date(text).or_else(|| instant(text).map(calendar::business_day))?;
    (FIRST_YEAR..NO_END).contains(&day.year()).then_some(day)
}

/// A last day: an instant at Swedish midnight ends the day before, any other instant and a date
/// without time end that day. `None` when it is neither, or lies before 1800.
pub(super) fn last_day(text: &str) -> Option<End> {
    let day = date(text).or_else(|| instant(text).map(calendar::last_day_of))?;
    match day.year() {
        NO_END.. => Some(End::Never),
        FIRST_YEAR.. => Some(End::On(day)),
        _ => None,
    }
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

    fn end(year: i32, month: u32, number: u32) -> Option<End> {
        day(year, month, number).map(End::On)
    }

    #[test]
    fn an_end_at_swedish_midnight_ends_the_day_before() {
        assert_eq!(last_day("20240131230000Z"), end(2024, 1, 31));
        assert_eq!(last_day("20240630220000Z"), end(2024, 6, 30));
        assert_eq!(last_day("20240201000000+0100"), end(2024, 1, 31));
    }

    #[test]
    fn an_end_at_another_time_ends_that_swedish_day() {
        assert_eq!(last_day("20240131225959Z"), end(2024, 1, 31));
        assert_eq!(last_day("20240131230001Z"), end(2024, 2, 1));
        assert_eq!(last_day("20240131"), end(2024, 1, 31));
        assert_eq!(last_day("2024-01-31"), end(2024, 1, 31));
    }

    #[test]
    fn an_end_in_the_year_9999_is_no_end_and_a_start_there_is_no_day() {
        for text in [
            "99991231235959Z",
            "99991231225959Z",
            "99991231",
            "9999-01-01",
            "99981231230001Z",
        ] {
            assert_eq!(last_day(text), Some(End::Never), "{text}");
            assert_eq!(first_day(text), None, "{text}");
        }
        assert_eq!(last_day("99981231230000Z"), end(9998, 12, 31));
        assert_eq!(first_day("99981231"), day(9998, 12, 31));
    }

    #[test]
    fn a_day_before_1800_is_none() {
        for text in ["00000101", "00010101000000Z", "17991231", "-0010101"] {
            assert_eq!((first_day(text), last_day(text)), (None, None), "{text}");
        }
        assert_eq!(first_day("18000101"), day(1800, 1, 1));
    }

    proptest::proptest! {
        #[test]
        fn every_day_that_is_read_fits_the_database(
            text in "[0-9]{8}([0-9]{0,6}(Z|[+-][0-9]{4})?)?|[0-9]{4}-[01][0-9]-[0-3][0-9]",
        ) {
            let fits = |day: NaiveDate| (1800..=9998).contains(&day.year());
            proptest::prop_assert!(first_day(&text).is_none_or(fits));
            let last = last_day(&text).and_then(End::day);
            proptest::prop_assert!(last.is_none_or(fits));
        }
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
