//! Whether a card office is open at a moment, and when it opens next: for pages that somebody
//! reads at night.

use cards_app::plain::Office;
use cards_domain::calendar::{add_days, business_day};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Stockholm;

use crate::text::{Lang, Text};

/// Keys of the opening hours, in the order of the week.
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// How far ahead an opening is looked for: an office that closes for a time opens again.
const DAYS_AHEAD: u32 = 60;

/// How an office stands at a moment. The order is by how soon it can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opening {
    /// Open, until this time today.
    Open(NaiveTime),
    /// Closed, and opens then.
    Opens(NaiveDate, NaiveTime),
    /// It does not open within [`DAYS_AHEAD`], or its hours cannot be read.
    Unknown,
}

impl Opening {
    /// How the office stands at `now`.
    pub(super) fn of(office: &Office, now: DateTime<Utc>) -> Self {
        let clock = now.with_timezone(&Stockholm).time();
        let today = business_day(now);
        let mut todays = hours_on(office, today).into_iter();
        if let Some((_, end)) = todays.find(|(start, end)| *start <= clock && clock < *end) {
            return Self::Open(end);
        }
        let coming = (0..DAYS_AHEAD).map(|days| add_days(today, days));
        coming
            .flat_map(|day| hours_on(office, day).into_iter().map(move |at| (day, at.0)))
            .find(|(day, start)| *day > today || *start > clock)
            .map_or(Self::Unknown, |(day, start)| Self::Opens(day, start))
    }

    /// Whether the office is open.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Open(_))
    }

    /// *Öppet nu, till 16.00.* or *Stängt nu. Öppnar måndag 7 januari 08.00.*
    pub(super) fn sentence(self, t: Text, now: DateTime<Utc>) -> String {
        match self {
            Self::Open(end) => t.locked_open_until(time(t, end)),
            Self::Opens(day, start) => t.locked_opens(when(t, now, day, start)),
            Self::Unknown => t.locked_now_unknown(),
        }
    }

    /// What stands of the office that can help soonest.
    pub(super) fn soonest(self, t: Text, office: &str, now: DateTime<Utc>) -> String {
        match self {
            Self::Open(end) => t.locked_now_open(office, t.locked_until(time(t, end))),
            Self::Opens(day, start) => t.locked_now_closed(office, when(t, now, day, start)),
            Self::Unknown => t.locked_now_unknown(),
        }
    }
}

/// The hours of a day in their order: one stretch, or several with commas between; none when the
/// office is closed that day.
fn hours_on(office: &Office, day: NaiveDate) -> Vec<(NaiveTime, NaiveTime)> {
    if office.is_closed(day) {
        return Vec::new();
    }
    let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
    let kept = WEEK.get(at).and_then(|key| office.hours.get(*key));
    let mut stretches: Vec<_> = kept
        .into_iter()
        .flat_map(|hours| hours.split(','))
        .filter_map(|stretch| {
            let (start, end) = stretch.split_once('-')?;
            Some((read(start)?, read(end)?))
        })
        .collect();
    stretches.sort_unstable();
    stretches
}

fn read(time: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(time.trim(), "%H:%M").ok()
}

/// A time of day as holders read it.
fn time(t: Text, time: NaiveTime) -> String {
    let pattern = match t.lang() {
        Lang::Sv => "%H.%M",
        Lang::En => "%H:%M",
    };
    time.format(pattern).to_string()
}

fn when(t: Text, now: DateTime<Utc>, day: NaiveDate, start: NaiveTime) -> String {
    let today = business_day(now);
    if day == today {
        t.locked_when_today(time(t, start))
    } else if day == add_days(today, 1) {
        t.locked_when_tomorrow(time(t, start))
    } else {
        t.locked_when_day(t.near_day(day, today), time(t, start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mina_sidor::samples;

    fn office(hours: &[(&str, &str)]) -> Office {
        let hours = hours
            .iter()
            .map(|(day, at)| ((*day).to_owned(), (*at).to_owned()));
        Office {
            hours: hours.collect(),
            ..samples::office()
        }
    }

    fn said(office: &Office, now: &str) -> String {
        let now = now.parse().unwrap();
        Opening::of(office, now).sentence(Text::of(Lang::Sv), now)
    }

    #[test]
    fn an_office_is_open_from_its_first_minute_until_its_last() {
        let office = office(&[("mon", "08:00-16:00")]);
        for (now, sentence) in [
            ("2030-01-07T06:59:59Z", "Stängt nu. Öppnar i dag 08.00."),
            ("2030-01-07T07:00:00Z", "Öppet nu, till 16.00."),
            ("2030-01-07T14:59:59Z", "Öppet nu, till 16.00."),
            (
                "2030-01-07T15:00:00Z",
                "Stängt nu. Öppnar måndag 14 januari 08.00.",
            ),
            ("2030-01-06T22:30:00Z", "Stängt nu. Öppnar i morgon 08.00."),
            ("2030-01-06T23:30:00Z", "Stängt nu. Öppnar i dag 08.00."),
            (
                "2030-01-05T11:00:00Z",
                "Stängt nu. Öppnar måndag 7 januari 08.00.",
            ),
        ] {
            assert_eq!(said(&office, now), sentence, "{now}");
        }
    }

    #[test]
    fn summer_time_is_counted_and_a_break_for_lunch_is_closed() {
        let office = office(&[("wed", "08:00-11:30, 12:30-16:00")]);
        assert_eq!(
            said(&office, "2030-06-05T06:00:00Z"),
            "Öppet nu, till 11.30."
        );
        assert_eq!(
            said(&office, "2030-06-05T10:00:00Z"),
            "Stängt nu. Öppnar i dag 12.30."
        );
    }

    #[test]
    fn an_office_that_is_closed_for_a_time_opens_when_it_opens_again() {
        let closed = Office {
            closed_on: "2030-01-07".parse().ok(),
            opens_on: "2030-01-17".parse().ok(),
            ..office(&[("mon", "08:00-16:00")])
        };
        assert_eq!(
            said(&closed, "2030-01-07T09:00:00Z"),
            "Stängt nu. Öppnar måndag 21 januari 08.00."
        );
        let for_good = Office {
            opens_on: None,
            ..closed
        };
        assert_eq!(
            said(&for_good, "2030-01-07T09:00:00Z"),
            Text::of(Lang::Sv).locked_now_unknown()
        );
    }

    #[test]
    fn hours_that_nobody_can_read_say_whom_to_call() {
        for hours in [&[][..], &[("mon", "efter överenskommelse")][..]] {
            assert_eq!(
                said(&office(hours), "2030-01-07T07:00:00Z"),
                Text::of(Lang::Sv).locked_now_unknown()
            );
        }
    }

    #[test]
    fn the_office_that_helps_soonest_comes_first() {
        let now = "2030-01-07T07:30:00Z".parse().unwrap();
        let of = |hours: &[(&str, &str)]| Opening::of(&office(hours), now);
        let open = of(&[("mon", "08:00-16:00")]);
        let later = of(&[("mon", "09:00-16:00")]);
        let tomorrow = of(&[("tue", "08:00-16:00")]);
        assert!(open < later && later < tomorrow && tomorrow < of(&[]));
    }
}
