//! A card office as holders need it: where it is and when it is open.

use cards_app::plain::Office;
use cards_domain::calendar;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

use crate::text::{Lang, Text};

/// Keys of the opening hours, in the order of the week.
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// An office with its whole week.
#[derive(Clone, Debug)]
pub(crate) struct OfficeView {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) floor: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) near_hours: String,
    pub(crate) week: Vec<(String, String)>,
    pub(crate) is_closed: bool,
}

impl OfficeView {
    pub(crate) fn new(t: Text, office: &Office, now: DateTime<Utc>) -> Self {
        let today = calendar::business_day(now);
        Self {
            name: office.name.clone(),
            address: office.address.clone(),
            floor: office.floor.clone(),
            phone: office.phone.clone(),
            near_hours: near_hours(t, office, now),
            week: week(t, office),
            is_closed: office.is_closed(today),
        }
    }

    /// The telephone number as an address: digits only.
    pub(crate) fn tel(&self) -> String {
        tel(self.phone.as_deref().unwrap_or_default())
    }
}

/// A telephone number as an address.
pub(crate) fn tel(phone: &str) -> String {
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

/// *I dag: 08.00–16.00. I morgon: stängt.*
pub(crate) fn near_hours(t: Text, office: &Office, now: DateTime<Utc>) -> String {
    let today = calendar::business_day(now);
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let on = |day: NaiveDate| hours(t, office, day.weekday());
    format!("{} {}", t.ms_today(on(today)), t.ms_tomorrow(on(tomorrow)))
}

fn week(t: Text, office: &Office) -> Vec<(String, String)> {
    let days = [
        (t.ms_weekday_mon(), Weekday::Mon),
        (t.ms_weekday_tue(), Weekday::Tue),
        (t.ms_weekday_wed(), Weekday::Wed),
        (t.ms_weekday_thu(), Weekday::Thu),
        (t.ms_weekday_fri(), Weekday::Fri),
        (t.ms_weekday_sat(), Weekday::Sat),
        (t.ms_weekday_sun(), Weekday::Sun),
    ];
    days.into_iter()
        .map(|(name, day)| (name, hours(t, office, day)))
        .collect()
}

/// A weekday without hours is closed.
fn hours(t: Text, office: &Office, day: Weekday) -> String {
    let at = usize::try_from(day.num_days_from_monday()).unwrap_or_default();
    let kept = WEEK.get(at).and_then(|key| office.hours.get(*key));
    kept.map_or_else(|| t.ms_closed(), |hours| readable(t, hours))
}

/// `08:00-16:00` as it is read, without a break: `08.00–16.00`, in English `08:00–16:00`.
fn readable(t: Text, hours: &str) -> String {
    let dashed = hours.replace('-', "\u{2060}–\u{2060}");
    match t.lang() {
        Lang::Sv => dashed.replace(':', "."),
        Lang::En => dashed,
    }
}
