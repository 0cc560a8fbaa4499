//! Times as RFC 5280 and RFC 6960 write them: UTC, whole seconds, fractions cut off.

use chrono::{DateTime, Datelike, Timelike, Utc};

use crate::wire::{element, tag};

/// Up to and with this year a certificate's times are UTCTime (RFC 5280 4.1.2.5).
const LAST_UTC_TIME: i32 = 2049;

/// A time for certificates and lists: UTCTime to 2049, GeneralizedTime from 2050.
pub(crate) fn utc_or_general(at: DateTime<Utc>) -> Vec<u8> {
    if (1950..=LAST_UTC_TIME).contains(&at.year()) {
        element(tag::UTC_TIME, &digits(at, false))
    } else {
        general(at)
    }
}

/// GeneralizedTime, for OCSP.
pub(crate) fn general(at: DateTime<Utc>) -> Vec<u8> {
    element(tag::GENERALIZED_TIME, &digits(at, true))
}

fn digits(at: DateTime<Utc>, with_century: bool) -> Vec<u8> {
    let year = at.year().unsigned_abs();
    let mut out = Vec::with_capacity(15);
    if with_century {
        two(&mut out, year / 100);
    }
    for part in [
        year % 100,
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
    ] {
        two(&mut out, part);
    }
    out.push(b'Z');
    out
}

fn two(out: &mut Vec<u8>, value: u32) {
    for digit in [(value / 10) % 10, value % 10] {
        out.push(b'0'.saturating_add(u8::try_from(digit).unwrap_or(0)));
    }
}

/// The same moment without its fraction of a second.
pub(crate) fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_of_2049_has_two_digits_of_year_and_one_of_2050_has_four() {
        let last = utc_or_general(at("2049-12-31T23:59:59Z"));
        assert_eq!(last, b"\x17\x0d491231235959Z");
        let first = utc_or_general(at("2050-01-01T00:00:00.9Z"));
        assert_eq!(first, b"\x18\x0f20500101000000Z");
    }
}
