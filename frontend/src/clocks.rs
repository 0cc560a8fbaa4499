//! Clocks that run, in words: what happens on which day, how much of the time has gone, and why it
//! is that day (the rule, then the arithmetic). Officers and holders read the same reasons under
//! different headings.

mod arithmetic;
#[cfg(test)]
mod tests;

use cards_app::queries::Clock;
use cards_domain::calendar;
use cards_domain::deadline::DeadlineRule;
use chrono::{DateTime, Duration, NaiveDate, Utc};

use self::arithmetic::Distance;
use crate::components::{Deadline, DeadlineBar, Tone};
use crate::text::Text;

/// Who reads about a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// An officer: what happens to the card.
    Officer,
    /// The holder: what to do, and until when.
    Holder,
}

/// Days before the end from which a card that must be activated is marked.
const ACTIVATION_IS_NEAR: i64 = 14;
/// Days before the end from which an expiring card is marked: eight weeks.
const EXPIRY_IS_NEAR: i64 = 56;

/// The clock with its bar, its day and, on request, why it is that day.
#[must_use]
pub fn bar(t: Text, reader: Reader, clock: &Clock, now: DateTime<Utc>) -> DeadlineBar {
    DeadlineBar::new(t, deadline(t, reader, clock, now))
}

/// The parts of [`bar`].
#[must_use]
pub fn deadline(t: Text, reader: Reader, clock: &Clock, now: DateTime<Utc>) -> Deadline {
    Deadline {
        tone: tone(clock, now),
        title: title(t, reader, clock, now),
        note: note(t, clock, now),
        from: from(t, clock),
        to: to(t, clock),
        passed_percent: passed_percent(clock, now),
        why: why(t, reader, clock),
        stopped_by: stopped_by(t, clock.rule),
    }
}

/// Whether the time has run out and only the nightly run is waited for.
#[must_use]
pub fn is_over(clock: &Clock, now: DateTime<Utc>) -> bool {
    match clock.rule {
        DeadlineRule::Activation
        | DeadlineRule::ReceiptSignature
        | DeadlineRule::CardExpiry
        | DeadlineRule::CallerCallback => clock.acts_at <= now,
        // Nothing is lost when that day comes; something is allowed.
        DeadlineRule::Undelivered => false,
    }
}

/// Until when, as it stands over a holder's duty: *Senast fredag 4 december*. When the time has run
/// out it says so instead.
#[must_use]
pub fn by(t: Text, clock: &Clock, now: DateTime<Utc>) -> String {
    let near = |day| t.near_day(day, calendar::business_day(now));
    if is_over(clock, now) {
        return t.clock_ran_out_by(near(ends_on(clock)));
    }
    match clock.rule {
        DeadlineRule::Undelivered => t.clock_undelivered_by(near(clock.day)),
        DeadlineRule::Activation => t.clock_activation_by(near(clock.day)),
        DeadlineRule::ReceiptSignature => {
            t.clock_receipt_by(near(ends_on(clock)), t.clock_for_holders(clock.acts_at))
        }
        DeadlineRule::CardExpiry => t.clock_expiry_by(t.day(clock.day)),
        DeadlineRule::CallerCallback => t.clock_callback_by(t.day_and_clock(clock.acts_at)),
    }
}

/// Why it is that day: the rule in words, then from which day, how long, and the last whole day.
#[must_use]
pub fn why(t: Text, reader: Reader, clock: &Clock) -> Vec<String> {
    let (base, day) = (t.day(clock.base), t.day(clock.day));
    let days = arithmetic::days_between(clock.base, clock.day);
    match clock.rule {
        DeadlineRule::Undelivered => vec![
            t.clock_undelivered_rule(days),
            t.clock_undelivered_sum(base, days, day),
        ],
        DeadlineRule::Activation => why_activation(t, clock),
        DeadlineRule::ReceiptSignature => why_receipt(t, reader, clock),
        DeadlineRule::CardExpiry => {
            vec![t.clock_expiry_rule(), t.clock_expiry_sum(base, days, day)]
        }
        DeadlineRule::CallerCallback => vec![
            t.clock_callback_rule(),
            t.clock_callback_sum(base, t.day_and_clock(clock.acts_at)),
        ],
    }
}

fn why_activation(t: Text, clock: &Clock) -> Vec<String> {
    let months = arithmetic::months_between(clock.base, clock.day);
    let mut sentences = vec![
        t.clock_activation_rule(months),
        t.clock_activation_sum(t.day(clock.base), months, t.day(clock.day)),
    ];
    if arithmetic::is_clamped(clock.base, clock.day) {
        sentences.push(t.clock_month_is_shorter());
    }
    sentences
}

/// Officers read times as `09:42`, holders as `11.00`: one style to a page.
fn day_and_time(t: Text, reader: Reader, at: DateTime<Utc>) -> String {
    match reader {
        Reader::Officer => t.day_and_clock(at),
        Reader::Holder => format!("{} {}", t.day_of(at), t.clock_for_holders(at)),
    }
}

fn why_receipt(t: Text, reader: Reader, clock: &Clock) -> Vec<String> {
    let days = arithmetic::clock_days(clock.base, clock.acts_at);
    let chosen = clock.acts_at - Duration::days(days);
    let last_whole = ends_on(clock).pred_opt().unwrap_or(clock.day);
    vec![
        t.clock_receipt_rule(days),
        t.clock_receipt_sum(
            day_and_time(t, reader, chosen),
            days,
            day_and_time(t, reader, clock.acts_at),
            t.day(last_whole),
        ),
    ]
}

fn title(t: Text, reader: Reader, clock: &Clock, now: DateTime<Utc>) -> String {
    let near = |day| t.near_day(day, calendar::business_day(now));
    if is_over(clock, now) {
        return title_when_over(t, reader, clock, near(ends_on(clock)));
    }
    let (day, ends) = (t.day(clock.day), t.day(ends_on(clock)));
    match (clock.rule, reader) {
        (DeadlineRule::Undelivered, Reader::Officer) => t.clock_undelivered_title(day),
        (DeadlineRule::Undelivered, Reader::Holder) => t.clock_undelivered_title_holder(day),
        (DeadlineRule::Activation, Reader::Officer) => t.clock_activation_title(day),
        (DeadlineRule::Activation, Reader::Holder) => {
            t.clock_activation_title_holder(near(clock.day))
        }
        (DeadlineRule::ReceiptSignature, Reader::Officer) => {
            t.clock_receipt_title(ends, t.clock(clock.acts_at))
        }
        (DeadlineRule::ReceiptSignature, Reader::Holder) => {
            t.clock_receipt_title_holder(near(ends_on(clock)), t.clock_for_holders(clock.acts_at))
        }
        (DeadlineRule::CardExpiry, Reader::Officer) => t.clock_expiry_title(day),
        (DeadlineRule::CardExpiry, Reader::Holder) => t.clock_expiry_title_holder(day),
        (DeadlineRule::CallerCallback, Reader::Officer) => {
            t.clock_callback_title(t.day_and_clock(clock.acts_at))
        }
        (DeadlineRule::CallerCallback, Reader::Holder) => t.clock_callback_title_holder(),
    }
}

/// The time has run out, and the nightly run has not been there yet, or a safety stop holds it.
fn title_when_over(t: Text, reader: Reader, clock: &Clock, ran_out: String) -> String {
    let acts_on = t.day(calendar::business_day(clock.acts_at));
    match (clock.rule, reader) {
        (DeadlineRule::Activation, Reader::Officer) if clock.is_held => {
            t.clock_activation_held(acts_on)
        }
        (DeadlineRule::Activation, Reader::Holder) if clock.is_held => {
            t.clock_activation_held_holder(ran_out)
        }
        (DeadlineRule::ReceiptSignature, Reader::Officer) if clock.is_held => {
            t.clock_receipt_held(acts_on, t.clock(clock.acts_at))
        }
        (DeadlineRule::ReceiptSignature, Reader::Holder) if clock.is_held => {
            t.clock_receipt_held_holder(ran_out)
        }
        (DeadlineRule::Activation, Reader::Officer) => t.clock_activation_over(acts_on),
        (DeadlineRule::Activation, Reader::Holder) => t.clock_activation_over_holder(ran_out),
        (DeadlineRule::ReceiptSignature, Reader::Officer) => {
            t.clock_receipt_over(acts_on, t.clock(clock.acts_at))
        }
        (DeadlineRule::ReceiptSignature, Reader::Holder) => t.clock_receipt_over_holder(ran_out),
        (DeadlineRule::CardExpiry, Reader::Officer) => t.clock_expiry_over(t.day(clock.day)),
        (DeadlineRule::CardExpiry, Reader::Holder) => t.clock_expiry_over_holder(t.day(clock.day)),
        (DeadlineRule::CallerCallback, Reader::Officer) => {
            t.clock_callback_over(t.day_and_clock(clock.acts_at))
        }
        (DeadlineRule::CallerCallback, Reader::Holder) => t.clock_callback_title_holder(),
        (DeadlineRule::Undelivered, _) => t.clock_undelivered_title(t.day(clock.day)),
    }
}

fn note(t: Text, clock: &Clock, now: DateTime<Utc>) -> String {
    if now < clock.acts_at {
        return when(t, calendar::business_day(now), ends_on(clock));
    }
    match clock.rule {
        DeadlineRule::Undelivered => t.clock_allowed_now(),
        DeadlineRule::Activation
        | DeadlineRule::ReceiptSignature
        | DeadlineRule::CardExpiry
        | DeadlineRule::CallerCallback => t.clock_time_is_up(),
    }
}

/// How long it is: *I morgon*, *Om 92 dagar*, *Om åtta månader*, *Om fem år*. Nobody pictures 1825
/// days; the day itself stands beside.
fn when(t: Text, today: NaiveDate, day: NaiveDate) -> String {
    match arithmetic::distance(today, day) {
        Distance::Days(days) => t.clock_when(days),
        Distance::Months(months) => t.clock_in(t.clock_months(months)),
        Distance::Years(years, 0) => t.clock_in(t.clock_years(years)),
        Distance::Years(years, months) => {
            t.clock_in_both(t.clock_years(years), t.clock_months(months))
        }
    }
}

fn from(t: Text, clock: &Clock) -> String {
    let base = t.day(clock.base);
    match clock.rule {
        DeadlineRule::Undelivered => t.clock_undelivered_from(base),
        DeadlineRule::Activation => t.clock_activation_from(base),
        DeadlineRule::ReceiptSignature => t.clock_receipt_from(base),
        DeadlineRule::CardExpiry => t.clock_expiry_from(base),
        DeadlineRule::CallerCallback => t.clock_callback_from(base),
    }
}

fn to(t: Text, clock: &Clock) -> String {
    match clock.rule {
        DeadlineRule::ReceiptSignature | DeadlineRule::CallerCallback => {
            t.day_and_clock(clock.acts_at)
        }
        DeadlineRule::Undelivered | DeadlineRule::Activation | DeadlineRule::CardExpiry => {
            t.day(clock.day)
        }
    }
}

fn stopped_by(t: Text, rule: DeadlineRule) -> Option<String> {
    match rule {
        DeadlineRule::Undelivered => Some(t.clock_undelivered_stop()),
        DeadlineRule::Activation => Some(t.clock_activation_stop()),
        DeadlineRule::ReceiptSignature => Some(t.clock_receipt_stop()),
        DeadlineRule::CallerCallback => Some(t.clock_callback_stop()),
        DeadlineRule::CardExpiry => None,
    }
}

fn tone(clock: &Clock, now: DateTime<Utc>) -> Tone {
    let left = days_left(clock, now);
    match clock.rule {
        DeadlineRule::Undelivered => Tone::Info,
        DeadlineRule::ReceiptSignature | DeadlineRule::Activation if left <= 0 => Tone::Danger,
        DeadlineRule::CallerCallback if clock.acts_at <= now => Tone::Danger,
        DeadlineRule::ReceiptSignature | DeadlineRule::CallerCallback => Tone::Warning,
        DeadlineRule::Activation if left <= ACTIVATION_IS_NEAR => Tone::Warning,
        DeadlineRule::CardExpiry if left <= EXPIRY_IS_NEAR => Tone::Warning,
        DeadlineRule::Activation | DeadlineRule::CardExpiry => Tone::Info,
    }
}

/// The day an unsigned receipt's time runs out; for the other rules the day people are told.
fn ends_on(clock: &Clock) -> NaiveDate {
    match clock.rule {
        DeadlineRule::ReceiptSignature | DeadlineRule::CallerCallback => {
            calendar::business_day(clock.acts_at)
        }
        DeadlineRule::Undelivered | DeadlineRule::Activation | DeadlineRule::CardExpiry => {
            clock.day
        }
    }
}

fn days_left(clock: &Clock, now: DateTime<Utc>) -> i64 {
    arithmetic::days_between(calendar::business_day(now), ends_on(clock))
}

fn passed_percent(clock: &Clock, now: DateTime<Utc>) -> u8 {
    let start = calendar::start_of_day(clock.base);
    let whole = (clock.acts_at - start).num_seconds().max(1);
    let gone = (now - start).num_seconds().clamp(0, whole);
    u8::try_from(gone.saturating_mul(100) / whole).unwrap_or(100)
}
