//! The Luhn check digit (mod 10, weights 2 and 1), used by Swedish personal and organisation numbers.

/// The check digit that belongs after `digits`.
///
/// `digits` are values 0–9 (not ASCII), without the check digit itself; anything above 9 counts by
/// its last digit. The weights run 2, 1, 2 … from the right.
#[must_use]
pub fn luhn_check_digit(digits: &[u8]) -> u8 {
    let sum = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |sum, (place, digit)| {
            let digit = digit % 10;
            let weighed = if place % 2 == 0 { digit * 2 } else { digit };
            (sum + weighed / 10 + weighed % 10) % 10
        });
    (10 - sum) % 10
}

/// Whether the last of `digits` is the check digit of those before it.
pub(super) fn ends_in_check_digit(digits: &[u8]) -> bool {
    digits
        .split_last()
        .is_some_and(|(check, body)| *check == luhn_check_digit(body))
}
