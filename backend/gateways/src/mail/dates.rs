//! Days and small numbers as words.

use chrono::{Datelike, NaiveDate};

use super::texts::Language;

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// From four, the shortest code that any card has.
const NUMBERS: [(&str, &str); 9] = [
    ("fyra", "four"),
    ("fem", "five"),
    ("sex", "six"),
    ("sju", "seven"),
    ("åtta", "eight"),
    ("nio", "nine"),
    ("tio", "ten"),
    ("elva", "eleven"),
    ("tolv", "twelve"),
];

/// `28 november 2026`.
pub(super) fn day(language: Language, date: NaiveDate) -> String {
    let index = usize::try_from(date.month0()).unwrap_or(0);
    let month = MONTHS.get(index).map_or("", |names| pick(language, *names));
    format!("{} {month} {}", date.day(), date.year())
}

/// `sex till åtta siffror`, or `sex siffror` where all codes are as long.
pub(super) fn code_length(language: Language, shortest: u8, longest: u8) -> String {
    let (to, digits) = pick(language, (("till", "siffror"), ("to", "digits")));
    let first = number(language, shortest);
    if shortest == longest {
        format!("{first} {digits}")
    } else {
        format!("{first} {to} {} {digits}", number(language, longest))
    }
}

fn number(language: Language, value: u8) -> String {
    let word = value
        .checked_sub(4)
        .and_then(|index| NUMBERS.get(usize::from(index)));
    word.map_or(value.to_string(), |names| pick(language, *names).to_owned())
}

pub(super) fn pick<T>(language: Language, (swedish, english): (T, T)) -> T {
    match language {
        Language::Sv => swedish,
        Language::En => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out_in_both_languages() {
        let date = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        assert_eq!(day(Language::Sv, date), "1 maj 2026");
        assert_eq!(day(Language::En, date), "1 May 2026");
    }

    #[test]
    fn code_lengths_are_words_and_one_length_is_said_once() {
        assert_eq!(code_length(Language::Sv, 6, 8), "sex till åtta siffror");
        assert_eq!(code_length(Language::En, 6, 6), "six digits");
        assert_eq!(code_length(Language::Sv, 4, 16), "fyra till 16 siffror");
    }
}
