//! Codes that somebody who found or stole the card would try first. They are refused before anything
//! is sent to the card.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

/// Why a code is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weakness {
    /// Something else than digits.
    NotDigits,
    /// Too short or too long for the card.
    Length,
    /// One digit or two over and over.
    FewDigits,
    /// Digits in a row, upwards or downwards, also through 0, also each of them twice.
    Sequence,
    /// The same group again, for example 123123.
    Pattern,
    /// The holder's date of birth.
    BirthDate,
    /// A piece of a number that stands on the card or in its certificates.
    Printed,
    /// The code that it would replace.
    Old,
    /// The PUK.
    Puk,
}

impl Weakness {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::NotDigits,
        Self::Length,
        Self::FewDigits,
        Self::Sequence,
        Self::Pattern,
        Self::BirthDate,
        Self::Printed,
        Self::Old,
        Self::Puk,
    ];

    /// The key of its explanation in `text/`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotDigits => "weak-not-digits",
            Self::Length => "weak-length",
            Self::FewDigits => "weak-few-digits",
            Self::Sequence => "weak-sequence",
            Self::Pattern => "weak-pattern",
            Self::BirthDate => "weak-birth-date",
            Self::Printed => "weak-printed",
            Self::Old => "weak-old",
            Self::Puk => "weak-puk",
        }
    }
}

/// A day of birth as a personal number begins with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BirthDate {
    year: u16,
    month: u8,
    day: u8,
}

impl BirthDate {
    /// The day that a number of twelve digits begins with; `None` when it is none. A coordination
    /// number has 60 added to its day, and counts as the day itself.
    #[must_use]
    pub fn of_personal_number(number: &str) -> Option<Self> {
        if number.len() != 12 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year = number.get(..4)?.parse().ok()?;
        let month = number.get(4..6)?.parse().ok()?;
        let written: u8 = number.get(6..8)?.parse().ok()?;
        let day = if written > 60 { written - 60 } else { written };
        let exists = (1..=12).contains(&month) && (1..=31).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// A day as the task sheet has it, `YYYY-MM-DD`; `None` when it is none.
    #[must_use]
    pub fn of_day(text: &str) -> Option<Self> {
        let digits: String = text.split('-').collect();
        let whole = text.len() == 10 && digits.len() == 8;
        whole.then(|| Self::of_personal_number(&format!("{digits}0000")))?
    }

    /// The ways in which people write it with six digits or more; a code that contains one is weak.
    fn writings(self) -> Vec<String> {
        let Self { year, month, day } = self;
        let (century, short) = (year / 100, year % 100);
        let mut writings = vec![
            format!("{short:02}{month:02}{day:02}"),
            format!("{day:02}{month:02}{short:02}"),
            format!("{month:02}{day:02}{short:02}"),
            format!("{short:02}{day:02}{month:02}"),
            format!("{day:02}{month:02}{year:04}"),
            format!("{month:02}{day:02}{year:04}"),
            format!("{year:04}{day:02}{month:02}"),
            format!("{year:04}{day}{month}"),
            format!("{day}{month}{year:04}"),
            format!("{year:04}{month:02}"),
            format!("{month:02}{year:04}"),
            format!("{short:02}{month:02}{day:02}{century:02}"),
        ];
        // Without leading zeros a writing may be too short to mean anything.
        writings.retain(|writing| writing.len() >= 6);
        writings
    }
}

/// What is known of the holder. Shown masked.
#[derive(Clone, Default)]
pub struct Facts {
    /// Days of birth that the certificates show.
    pub births: Vec<BirthDate>,
    /// Numbers that stand on the card or in its certificates, digits only.
    pub numbers: Vec<String>,
}

impl fmt::Debug for Facts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Facts(…)")
    }
}

/// Why a code is weak by itself or for this holder; `None` when it is not.
#[must_use]
pub fn weakness(code: &str, lengths: &RangeInclusive<usize>, facts: &Facts) -> Option<Weakness> {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Weakness::NotDigits);
    }
    if !lengths.contains(&code.len()) {
        return Some(Weakness::Length);
    }
    // The most telling reason comes first.
    let reasons = [
        (is_birth_date(code, facts), Weakness::BirthDate),
        (is_sequence(code), Weakness::Sequence),
        (has_few_digits(code), Weakness::FewDigits),
        (is_pattern(code), Weakness::Pattern),
        (is_printed(code, facts), Weakness::Printed),
    ];
    let found = reasons.into_iter().find(|(weak, _)| *weak);
    found.map(|(_, weakness)| weakness)
}

fn has_few_digits(code: &str) -> bool {
    code.bytes().collect::<BTreeSet<_>>().len() <= 2
}

/// Steps of one, all in one direction; 9 and 0 are neighbours. 112233 counts as 123.
fn is_sequence(code: &str) -> bool {
    let mut digits: Vec<u8> = code.bytes().map(|byte| byte - b'0').collect();
    digits.dedup();
    let steps: BTreeSet<u8> = digits
        .windows(2)
        .filter_map(|pair| match pair {
            [one, next] => Some((10 + next - one) % 10),
            _ => None,
        })
        .collect();
    digits.len() >= 3 && (steps == BTreeSet::from([1]) || steps == BTreeSet::from([9]))
}

fn is_pattern(code: &str) -> bool {
    let bytes = code.as_bytes();
    (1..=bytes.len() / 2).any(|size| {
        let mut groups = bytes.chunks(size);
        let first = groups.next();
        bytes.len().is_multiple_of(size) && groups.all(|group| Some(group) == first)
    })
}

fn is_birth_date(code: &str, facts: &Facts) -> bool {
    let mut writings = facts.births.iter().flat_map(|birth| birth.writings());
    writings.any(|writing| code.contains(&writing))
}

fn is_printed(code: &str, facts: &Facts) -> bool {
    facts.numbers.iter().any(|number| number.contains(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BORN: &str = "197903159809";

    fn judged(code: &str) -> Option<Weakness> {
        let facts = Facts {
            births: BirthDate::of_personal_number(BORN).into_iter().collect(),
            numbers: vec!["9752000014725836".into(), BORN.into()],
        };
        weakness(code, &(6..=8), &facts)
    }

    #[test]
    fn the_date_of_birth_is_refused_however_it_is_written() {
        for code in [
            "790315", "150379", "031579", "791503", "19790315", "15031979", "03151979", "19791503",
            "1531979", "197903", "031979", "79031519", "17903150", "0790315",
        ] {
            assert_eq!(judged(code), Some(Weakness::BirthDate), "{code}");
        }
        assert_eq!(judged("790316"), None);
    }

    #[test]
    fn a_coordination_number_is_a_date_of_birth_too() {
        let birth = BirthDate::of_personal_number("197903759802").unwrap();
        assert!(birth == BirthDate::of_personal_number(BORN).unwrap());
        for none in ["SE2321000016", "197913159809", "197903009809", "7903159809"] {
            assert!(BirthDate::of_personal_number(none).is_none(), "{none}");
        }
    }

    #[test]
    fn a_date_of_birth_comes_with_a_task_too() {
        assert!(BirthDate::of_day("1979-03-15") == BirthDate::of_personal_number(BORN));
        for none in ["", "19790315", "1979-3-15", "15-03-1979"] {
            assert!(BirthDate::of_day(none).is_none(), "{none}");
        }
    }

    #[test]
    fn sequences_are_refused_upwards_downwards_through_nought_and_doubled() {
        for code in [
            "123456", "654321", "789012", "210987", "112233", "12345678", "99887766",
        ] {
            assert_eq!(judged(code), Some(Weakness::Sequence), "{code}");
        }
        assert_eq!(judged("123457"), None);
    }

    #[test]
    fn one_or_two_digits_over_and_over_are_refused() {
        for code in ["000000", "77777777", "121212", "112211", "888889"] {
            assert_eq!(judged(code), Some(Weakness::FewDigits), "{code}");
        }
    }

    #[test]
    fn the_same_group_again_is_refused() {
        for code in ["135135", "13571357"] {
            assert_eq!(judged(code), Some(Weakness::Pattern), "{code}");
        }
        assert_eq!(judged("1351351"), None);
    }

    #[test]
    fn numbers_that_stand_on_the_card_are_refused() {
        assert_eq!(judged("725836"), Some(Weakness::Printed));
        assert_eq!(judged("159809"), Some(Weakness::Printed));
    }

    #[test]
    fn the_form_is_judged_first() {
        assert_eq!(judged("12345"), Some(Weakness::Length));
        assert_eq!(judged("123456789"), Some(Weakness::Length));
        assert_eq!(judged("79031a"), Some(Weakness::NotDigits));
    }

    #[test]
    fn an_ordinary_code_is_taken() {
        for code in ["147258", "741852", "36925814", "802417"] {
            assert_eq!(weakness(code, &(6..=8), &Facts::default()), None, "{code}");
        }
    }

    #[test]
    fn what_is_known_of_the_holder_is_not_shown() {
        let facts = Facts {
            births: BirthDate::of_personal_number(BORN).into_iter().collect(),
            numbers: vec![BORN.into()],
        };
        assert_eq!(format!("{facts:?}"), "Facts(…)");
    }
}
