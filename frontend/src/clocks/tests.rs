use cards_domain::calendar::{Due, add_months, business_day};
use cards_domain::deadline::DeadlineRule;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::*;
use crate::text::Lang;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn clock(rule: DeadlineRule, base: NaiveDate, due: Due) -> Clock {
    Clock {
        rule,
        kind: due.kind,
        thing: Uuid::nil(),
        base,
        day: due.day,
        acts_at: due.acts_at,
        is_held: false,
    }
}

fn undelivered(base: &str) -> Clock {
    clock(
        DeadlineRule::Undelivered,
        day(base),
        Due::allowed_from(day(base), 30),
    )
}

fn activation(base: &str) -> Clock {
    let due = Due::lives_through(add_months(day(base), 3));
    clock(DeadlineRule::Activation, day(base), due)
}

fn receipt(chosen: &str) -> Clock {
    let due = Due::after(at(chosen), Duration::hours(5 * 24));
    clock(
        DeadlineRule::ReceiptSignature,
        business_day(at(chosen)),
        due,
    )
}

fn expiry() -> Clock {
    let due = Due::lives_through(day("2031-11-20"));
    clock(DeadlineRule::CardExpiry, day("2026-11-23"), due)
}

fn callback() -> Clock {
    let due = Due::after(at("2026-11-23T09:09:30Z"), Duration::minutes(15));
    clock(DeadlineRule::CallerCallback, day("2026-11-23"), due)
}

fn sv() -> Text {
    Text::of(Lang::Sv)
}

#[test]
fn thirty_days_from_a_leap_day_are_counted_to_the_thirtieth_of_march() {
    let why = why(sv(), Reader::Officer, &undelivered("2024-02-29")).join(" ");
    assert!(why.contains("30 dagar efter att fotot togs"), "{why}");
    assert!(why.contains("den dag då den lades"), "{why}");
    assert!(why.contains("2024-02-29 + 30 dagar = 2024-03-30"), "{why}");
    let english = super::why(
        Text::of(Lang::En),
        Reader::Officer,
        &undelivered("2024-03-01"),
    )
    .join(" ");
    assert!(
        english.contains("2024-03-01 + 30 days = 2024-03-31"),
        "{english}"
    );
}

#[test]
fn three_months_end_on_the_last_day_of_a_shorter_month_and_the_reason_says_so() {
    let clamped = why(sv(), Reader::Officer, &activation("2026-11-30"));
    assert!(
        clamped[1].contains("2026-11-30 + 3 månader = 2027-02-28"),
        "{clamped:?}"
    );
    assert!(clamped[1].contains("sista hela dagen"), "{clamped:?}");
    assert_eq!(clamped.len(), 3, "{clamped:?}");
    let plain = why(sv(), Reader::Officer, &activation("2026-11-13"));
    assert!(
        plain[1].contains("2026-11-13 + 3 månader = 2027-02-13"),
        "{plain:?}"
    );
    assert_eq!(plain.len(), 2, "{plain:?}");
}

#[test]
fn an_unsigned_receipt_is_counted_in_hours_and_names_the_last_whole_day() {
    let clock = receipt("2026-11-23T09:09:30Z");
    let why = why(sv(), Reader::Officer, &clock).join(" ");
    assert!(why.contains("5 × 24 timmar"), "{why}");
    assert!(
        why.contains("2026-11-23 10:09") && why.contains("2026-11-28 10:09"),
        "{why}"
    );
    assert!(why.contains("sista hela dagen är 2026-11-27"), "{why}");
    let now = at("2026-11-24T08:00:00Z");
    assert_eq!(
        by(sv(), &clock, now),
        "Senast lördag 28 november klockan 10.09"
    );
}

#[test]
fn a_receipt_begun_before_the_clocks_change_is_still_five_times_24_hours() {
    let why = why(sv(), Reader::Officer, &receipt("2026-10-22T08:00:00Z")).join(" ");
    assert!(
        why.contains("2026-10-22 10:00") && why.contains("2026-10-27 09:00"),
        "{why}"
    );
    assert!(why.contains("5 dygn"), "{why}");
}

#[test]
fn every_rule_has_a_heading_a_reason_and_a_day_for_both_readers_in_both_languages() {
    let of = |rule| match rule {
        DeadlineRule::Undelivered => undelivered("2026-11-13"),
        DeadlineRule::Activation => activation("2026-11-13"),
        DeadlineRule::ReceiptSignature => receipt("2026-11-23T09:09:30Z"),
        DeadlineRule::CardExpiry => expiry(),
        DeadlineRule::CallerCallback => callback(),
    };
    let now = at("2026-11-24T08:00:00Z");
    for rule in DeadlineRule::iter() {
        for lang in [Lang::Sv, Lang::En] {
            let (t, clock) = (Text::of(lang), of(rule));
            let officer = deadline(t, Reader::Officer, &clock, now);
            let holder = deadline(t, Reader::Holder, &clock, now);
            assert_ne!(officer.title, holder.title, "{rule:?}");
            // The same reasons; only the style of times is the reader's.
            let reasons = |why: &[String]| why.join(" ").replace(':', ".");
            assert!(
                officer.why.len() >= 2 && reasons(&officer.why) == reasons(&holder.why),
                "{rule:?}"
            );
            assert!(
                officer.why[1].contains(&t.day(clock.base)),
                "{rule:?}: {:?}",
                officer.why
            );
            assert!(!by(t, &clock, now).is_empty());
        }
    }
}

#[test]
fn the_bar_shows_how_much_of_the_time_has_gone_and_how_many_days_are_left() {
    let clock = activation("2026-11-13");
    let now = at("2026-12-29T12:00:00Z");
    let half = deadline(sv(), Reader::Officer, &clock, now);
    assert_eq!(half.note, "Om 46 dagar");
    assert!(
        (45..=55).contains(&half.passed_percent),
        "{}",
        half.passed_percent
    );
    let before = deadline(sv(), Reader::Officer, &clock, at("2026-11-01T12:00:00Z"));
    assert_eq!(before.passed_percent, 0);
    let after = deadline(sv(), Reader::Officer, &clock, at("2027-03-01T12:00:00Z"));
    assert_eq!(
        (after.passed_percent, after.note.as_str()),
        (100, "Tiden är ute")
    );
}

#[test]
fn a_far_day_is_told_in_years_and_a_day_of_next_year_with_its_year() {
    let now = at("2026-11-23T12:00:00Z");
    assert_eq!(
        deadline(sv(), Reader::Holder, &expiry(), now).note,
        "Om fem år"
    );
    let english = deadline(Text::of(Lang::En), Reader::Officer, &expiry(), now);
    assert_eq!(english.note, "In five years");
    let later = at("2027-05-02T12:00:00Z");
    assert_eq!(
        deadline(sv(), Reader::Holder, &expiry(), later).note,
        "Om fyra år och sju månader"
    );
    let clock = activation("2026-11-22");
    assert_eq!(by(sv(), &clock, now), "Senast måndag 22 februari 2027");
    assert_eq!(
        deadline(sv(), Reader::Holder, &clock, now).title,
        "Aktivera kortet senast måndag 22 februari 2027"
    );
    let near = at("2027-01-04T12:00:00Z");
    assert_eq!(by(sv(), &clock, near), "Senast måndag 22 februari");
}

#[test]
fn the_last_day_itself_is_still_the_holders_and_is_marked() {
    let clock = activation("2026-11-13");
    let last = deadline(sv(), Reader::Holder, &clock, at("2027-02-13T20:00:00Z"));
    assert_eq!(last.note, "I dag");
    assert_eq!(last.tone, Tone::Danger);
    let allowed = deadline(
        sv(),
        Reader::Holder,
        &undelivered("2026-11-13"),
        at("2026-12-13T08:00:00Z"),
    );
    assert_eq!(allowed.note, "Det får göras nu");
}

#[test]
fn a_day_that_has_passed_is_told_as_passed_and_names_the_nightly_run() {
    let (activation, receipt) = (activation("2026-11-13"), receipt("2026-11-23T09:09:30Z"));
    let title = |reader, clock: &Clock, now: &str| deadline(sv(), reader, clock, at(now)).title;
    assert_eq!(
        title(Reader::Officer, &activation, "2027-02-13T22:59:59Z"),
        "Kortet spärras om det inte är aktiverat 2027-02-13",
        "the last second of the last day"
    );
    assert_eq!(
        title(Reader::Officer, &activation, "2027-02-13T23:00:00Z"),
        "Kortet skulle ha spärrats 2027-02-14, eftersom det inte är aktiverat. Nattkörningen gör det."
    );
    assert_eq!(
        title(Reader::Holder, &receipt, "2026-11-28T09:09:30Z"),
        "Tiden att skriva under gick ut lördag 28 november. Kortet spärras i natt."
    );
    assert_eq!(
        by(sv(), &receipt, at("2026-11-29T08:00:00Z")),
        "Tiden gick ut lördag 28 november"
    );
    let waiting = undelivered("2026-11-13");
    assert!(
        !is_over(&waiting, at("2027-11-13T08:00:00Z")),
        "allowed from"
    );
}

#[test]
fn a_clock_that_a_safety_stop_holds_says_so_and_who_releases_it() {
    let now = at("2027-12-01T08:00:00Z");
    for clock in [activation("2026-11-13"), receipt("2026-11-23T09:09:30Z")] {
        let held = Clock {
            is_held: true,
            ..clock
        };
        let told = deadline(sv(), Reader::Officer, &held, now).title;
        for part in [
            "säkerhetsstopp",
            "ansvarig eller biträdande utgivare",
            "ett nytt",
        ] {
            assert!(told.contains(part), "{told}");
        }
        assert!(!told.contains("Nattkörningen gör det"), "{told}");
        let told = deadline(sv(), Reader::Holder, &held, now).title;
        assert!(!told.contains("i natt") && told.contains("ring"), "{told}");
    }
}

#[test]
fn a_holder_reads_one_style_of_time_in_a_deadline() {
    let clock = receipt("2026-10-22T08:00:00Z");
    let told = why(sv(), Reader::Holder, &clock).join(" ");
    assert!(told.contains("10.00") && !told.contains("10:00"), "{told}");
    let told = why(sv(), Reader::Officer, &clock).join(" ");
    assert!(told.contains("10:00") && !told.contains("10.00"), "{told}");
}
