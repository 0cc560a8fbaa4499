//! Days in Stockholm and the four kinds of deadline.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

use cards_domain::calendar::{
    DeadlineKind, Due, add_months, business_day, last_day_of, start_of_day,
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use strum::IntoEnumIterator;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn the_business_day_changes_at_midnight_in_stockholm() {
    assert_eq!(business_day(at("2026-01-14T22:59:59Z")), day("2026-01-14"));
    assert_eq!(business_day(at("2026-01-14T23:00:00Z")), day("2026-01-15"));
    assert_eq!(business_day(at("2026-07-14T21:59:59Z")), day("2026-07-14"));
    assert_eq!(business_day(at("2026-07-14T22:00:00Z")), day("2026-07-15"));
}

#[test]
fn days_on_which_the_clocks_change_are_23_and_25_hours() {
    let length = |date: &str| start_of_day(day(date) + Days::new(1)) - start_of_day(day(date));
    assert_eq!(length("2026-03-29"), Duration::hours(23));
    assert_eq!(length("2026-10-25"), Duration::hours(25));
    assert_eq!(length("2026-06-01"), Duration::hours(24));
    assert_eq!(start_of_day(day("2026-03-29")), at("2026-03-28T23:00:00Z"));
    assert_eq!(start_of_day(day("2026-03-30")), at("2026-03-29T22:00:00Z"));
}

#[test]
fn an_end_at_local_midnight_belongs_to_the_day_before() {
    assert_eq!(last_day_of(at("2026-03-31T22:00:00Z")), day("2026-03-31"));
    assert_eq!(last_day_of(at("2026-03-31T22:00:01Z")), day("2026-04-01"));
    assert_eq!(last_day_of(at("2026-03-31T21:59:59Z")), day("2026-03-31"));
}

#[test]
fn months_end_on_the_same_day_number_or_the_last_of_the_month() {
    assert_eq!(add_months(day("2026-01-31"), 1), day("2026-02-28"));
    assert_eq!(add_months(day("2028-01-31"), 1), day("2028-02-29"));
    assert_eq!(add_months(day("2028-01-29"), 1), day("2028-02-29"));
    assert_eq!(add_months(day("2026-11-30"), 3), day("2027-02-28"));
    assert_eq!(add_months(day("2027-11-30"), 3), day("2028-02-29"));
    assert_eq!(add_months(day("2026-02-28"), 1), day("2026-03-28"));
    assert_eq!(add_months(day("2026-12-15"), 3), day("2027-03-15"));
}

#[test]
fn a_card_may_be_ordered_again_on_the_thirtieth_day_after_the_photo() {
    let due = Due::allowed_from(day("2026-03-10"), 30);
    assert_eq!(
        (due.kind, due.day),
        (DeadlineKind::AllowedFrom, day("2026-04-09"))
    );
    let on_day_29 = at("2026-04-08T21:59:59Z");
    let on_day_30 = at("2026-04-08T22:00:00Z");
    assert_eq!(business_day(on_day_29), day("2026-04-08"));
    assert!(!due.has_come(on_day_29));
    assert!(due.has_come(on_day_30));
}

#[test]
fn a_holder_keeps_the_card_all_of_the_last_day() {
    let due = Due::lives_through(day("2026-10-25"));
    assert_eq!(
        (due.kind, due.day),
        (DeadlineKind::LivesThrough, day("2026-10-25"))
    );
    assert!(!due.has_come(at("2026-10-25T22:59:59Z")));
    assert!(due.has_come(at("2026-10-25T23:00:00Z")));
}

#[test]
fn what_must_be_done_by_a_day_is_done_in_the_run_of_that_day() {
    let due = Due::done_by(day("2026-06-30"));
    assert_eq!(
        (due.kind, due.day),
        (DeadlineKind::DoneBy, day("2026-06-30"))
    );
    assert!(!due.has_come(at("2026-06-29T21:59:59Z")));
    assert!(due.has_come(at("2026-06-29T22:00:00Z")));
}

#[test]
fn five_times_24_hours_are_elapsed_time_when_the_clocks_change() {
    // 12.00 in Stockholm on 26 March; summer time begins on 29 March.
    let due = Due::after(at("2026-03-26T11:00:00Z"), Duration::hours(5 * 24));
    assert_eq!(due.acts_at, at("2026-03-31T11:00:00Z"));
    assert_eq!(
        (due.kind, due.day),
        (DeadlineKind::After, day("2026-03-31"))
    );
    assert!(!due.has_come(at("2026-03-31T10:59:59Z")));
    assert!(due.has_come(at("2026-03-31T11:00:00Z")));
}

#[test]
fn a_time_that_has_passed_at_midnight_shows_the_day_before() {
    let due = Due::after(at("2026-06-01T22:00:00Z"), Duration::hours(24));
    assert_eq!(due.day, day("2026-06-02"));
}

#[test]
fn kinds_have_the_words_that_are_stored() {
    let words: Vec<&str> = DeadlineKind::iter().map(Into::into).collect();
    assert_eq!(words, ["allowed_from", "lives_through", "done_by", "after"]);
}

#[test]
fn counting_past_the_end_of_the_calendar_stops_instead_of_failing() {
    assert_eq!(add_months(NaiveDate::MAX, 1), NaiveDate::MAX);
    let late = Due::allowed_from(day("2026-01-01"), u32::MAX);
    assert!(!late.has_come(at("2026-01-02T00:00:00Z")));
    let never = Due::after(at("2026-01-01T00:00:00Z"), Duration::MAX);
    assert!(!never.has_come(at("2026-01-02T00:00:00Z")));
}

proptest! {
    #[test]
    fn every_instant_lies_in_its_business_day(seconds in -3_000_000_000_i64..5_000_000_000) {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        let today = business_day(instant);
        prop_assert!(start_of_day(today) <= instant);
        prop_assert!(instant < start_of_day(today + Days::new(1)));
    }

    #[test]
    fn a_day_starts_in_itself_and_ends_the_day_before(offset in 0_u64..100_000) {
        let date = day("1900-01-01") + Days::new(offset);
        prop_assert_eq!(business_day(start_of_day(date)), date);
        prop_assert_eq!(last_day_of(start_of_day(date)), date - Days::new(1));
    }
}
