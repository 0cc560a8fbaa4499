//! Personnummer, samordningsnummer, reserve and passport numbers: reading, telling apart, masking.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test stops where its own example is wrong"
)]

use cards_domain::values::{
    Passnummer, PersonNumber, PersonNumberError, PersonNumberKind, Personnummer, Reservnummer,
    Samordningsnummer, luhn_check_digit,
};
use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};
use strum::IntoEnumIterator;

const COORDINATION: u32 = 60;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn digits_of(text: &str) -> Vec<u8> {
    text.bytes().map(|byte| byte - b'0').collect()
}

fn written(born: NaiveDate, added_to_day: u32, birth_number: u16) -> String {
    let (year, month, day) = (born.year(), born.month(), born.day() + added_to_day);
    let body = format!("{year:04}{month:02}{day:02}{birth_number:03}");
    let check = luhn_check_digit(&digits_of(&body[2..]));
    format!("{body}{check}")
}

fn born_between(first: NaiveDate, last: NaiveDate) -> impl Strategy<Value = NaiveDate> {
    let days = u64::try_from((last - first).num_days()).unwrap();
    (0..=days).prop_map(move |offset| first + Days::new(offset))
}

fn any_birth_date() -> impl Strategy<Value = NaiveDate> {
    born_between(day(1800, 1, 1), day(2099, 12, 31))
}

#[test]
fn the_tax_agencys_published_test_numbers_are_read() {
    for text in ["201701102384", "201701012393"] {
        assert_eq!(Personnummer::parse(text).unwrap().as_str(), text);
    }
    let coordination = Samordningsnummer::parse("197010632391").unwrap();
    assert_eq!(coordination.birth_date(), day(1970, 10, 3));
    assert_eq!(coordination.to_string(), "19701063-2391");
}

#[test]
fn every_written_form_gives_the_same_number() {
    let today = day(2026, 10, 5);
    let long = written(day(1987, 4, 12), 0, 981);
    let (date, tail) = long.split_at(8);
    let forms = [
        long.clone(),
        format!("{date}-{tail}"),
        format!("{}{tail}", &date[2..]),
        format!("{}-{tail}", &date[2..]),
        format!("  {date}-{tail}\n"),
    ];
    for form in forms {
        let number = Personnummer::parse_at(&form, today).unwrap();
        assert_eq!(number.as_str(), long);
        assert_eq!(number.to_string(), format!("{date}-{tail}"));
        assert_eq!(number.birth_number(), 981);
    }
}

#[test]
fn ten_digits_are_refused_where_no_day_tells_the_century() {
    let long = written(day(1987, 4, 12), 0, 981);
    assert_eq!(
        Personnummer::parse(&long[2..]),
        Err(PersonNumberError::WrongLength)
    );
}

#[test]
fn a_plus_means_the_year_one_turns_a_hundred_or_later() {
    let today = day(2026, 10, 5);
    let read = |text: &str| Personnummer::parse_at(text, today).unwrap().birth_date();
    let short = |born: NaiveDate, sign: &str| {
        let long = written(born, 0, 982);
        format!("{}{sign}{}", &long[2..8], &long[8..])
    };
    assert_eq!(read(&short(day(1915, 3, 1), "+")), day(1915, 3, 1));
    assert_eq!(read(&short(day(1915, 3, 1), "-")), day(2015, 3, 1));
    assert_eq!(read(&short(day(1926, 12, 31), "+")), day(1926, 12, 31));
    assert_eq!(read(&short(day(1927, 1, 1), "+")), day(1827, 1, 1));
}

#[test]
fn a_date_later_this_year_without_century_is_a_hundred_years_back() {
    let today = day(2026, 10, 5);
    let born_today = written(today, 0, 983);
    let born_tomorrow = written(day(2026, 10, 6), 0, 983);
    let read = |text: &str| {
        Personnummer::parse_at(&text[2..], today)
            .unwrap()
            .birth_date()
    };
    assert_eq!(read(&born_today), today);
    assert_eq!(read(&born_tomorrow), day(1926, 10, 6));
}

#[test]
fn errors_tell_what_is_wrong() {
    let today = day(2026, 10, 5);
    let refused = |text: &str| Personnummer::parse_at(text, today).unwrap_err();
    let good = written(day(2000, 2, 29), 0, 984);
    let future = written(day(2026, 10, 6), 0, 984);
    let last = good.chars().last().unwrap();
    let wrong = if last == '0' { '1' } else { '0' };

    assert_eq!(refused(""), PersonNumberError::WrongLength);
    assert_eq!(refused(&good[1..]), PersonNumberError::WrongLength);
    assert_eq!(refused("abcdefghijkl"), PersonNumberError::NotANumber);
    assert_eq!(refused("2000-0229-9848"), PersonNumberError::NotANumber);
    assert_eq!(refused("190002299843"), PersonNumberError::NoSuchDate);
    assert_eq!(refused("170001019808"), PersonNumberError::NoSuchDate);
    assert_eq!(refused("200013019808"), PersonNumberError::NoSuchDate);
    assert_eq!(
        refused(&format!("{}{wrong}", &good[..11])),
        PersonNumberError::WrongCheckDigit
    );
    assert_eq!(refused(&future), PersonNumberError::InFuture);
}

#[test]
fn a_coordination_day_is_only_for_samordningsnummer() {
    let plain = written(day(1990, 5, 31), 0, 985);
    let coordination = written(day(1990, 5, 31), COORDINATION, 985);
    assert_eq!(
        Personnummer::parse(&coordination),
        Err(PersonNumberError::NoSuchDate)
    );
    assert_eq!(
        Samordningsnummer::parse(&plain),
        Err(PersonNumberError::NoSuchDate)
    );
    let day_sixty = "199005609850";
    assert_eq!(
        PersonNumber::parse(day_sixty),
        Err(PersonNumberError::NoSuchDate)
    );
    let day_ninety_two = "199005929850";
    assert_eq!(
        PersonNumber::parse(day_ninety_two),
        Err(PersonNumberError::NoSuchDate)
    );
}

#[test]
fn age_is_whole_years_and_changes_on_the_birthday() {
    let number = Personnummer::parse(&written(day(1987, 4, 12), 0, 986)).unwrap();
    assert_eq!(number.age_on(day(2026, 4, 11)), 38);
    assert_eq!(number.age_on(day(2026, 4, 12)), 39);
    assert_eq!(number.age_on(day(1980, 1, 1)), 0);
    let leap = Personnummer::parse(&written(day(2008, 2, 29), 0, 986)).unwrap();
    assert_eq!(leap.age_on(day(2026, 2, 28)), 17);
    assert_eq!(leap.age_on(day(2026, 3, 1)), 18);
}

#[test]
fn test_numbers_are_those_with_birth_numbers_from_980() {
    let is_test = |birth_number| {
        Personnummer::parse(&written(day(1987, 4, 12), 0, birth_number))
            .unwrap()
            .is_test_number()
    };
    assert!(!is_test(979));
    assert!(is_test(980));
    assert!(is_test(999));
}

#[test]
fn a_directory_number_is_told_apart_by_its_shape() {
    let kind = |text: &str| PersonNumber::parse(text).map(|number| number.kind());
    let born = day(1987, 4, 12);
    assert_eq!(
        kind(&written(born, 0, 987)),
        Ok(PersonNumberKind::Personnummer)
    );
    assert_eq!(
        kind(&written(born, COORDINATION, 987)),
        Ok(PersonNumberKind::Samordningsnummer)
    );
    assert_eq!(kind("991234567890"), Ok(PersonNumberKind::Reservnummer));
    assert_eq!(kind("19870412a123"), Ok(PersonNumberKind::Reservnummer));
    assert_eq!(kind("19870412ABCD"), Ok(PersonNumberKind::Reservnummer));
    assert_eq!(kind("AB123"), Ok(PersonNumberKind::Passnummer));
    assert_eq!(kind("1987041A1234"), Ok(PersonNumberKind::Passnummer));
    assert_eq!(
        kind("A1234567890123456789"),
        Ok(PersonNumberKind::Passnummer)
    );
}

#[test]
fn a_directory_number_of_no_known_shape_is_refused() {
    let refused = |text: &str| PersonNumber::parse(text).unwrap_err();
    assert_eq!(refused(""), PersonNumberError::WrongLength);
    assert_eq!(refused("AB12"), PersonNumberError::WrongLength);
    assert_eq!(
        refused("A12345678901234567890"),
        PersonNumberError::WrongLength
    );
    assert_eq!(refused("1234567890"), PersonNumberError::WrongLength);
    assert_eq!(refused("19870412-9878"), PersonNumberError::NotANumber);
    assert_eq!(refused("ÅB12345"), PersonNumberError::NotANumber);
    assert_eq!(refused("AB 12345"), PersonNumberError::NotANumber);
}

#[test]
fn what_a_person_types_is_told_apart_too() {
    let today = day(2026, 10, 5);
    let read = |text: &str| PersonNumber::parse_at(text, today);
    let coordination = written(day(1987, 4, 12), COORDINATION, 988);
    let short = format!("{}-{}", &coordination[2..8], &coordination[8..]);
    assert_eq!(read(&short).unwrap().as_str(), coordination);
    assert_eq!(
        read("991234567890").unwrap().kind(),
        PersonNumberKind::Reservnummer
    );
    assert_eq!(read(" ab12345 ").unwrap().as_str(), "AB12345");
    let future = written(day(2026, 10, 6), 0, 988);
    assert_eq!(read(&future), Err(PersonNumberError::InFuture));
    let imported = PersonNumber::parse(&future).unwrap();
    assert_eq!(imported.checked_at(today), Err(PersonNumberError::InFuture));
}

#[test]
fn a_ten_digit_number_from_1999_is_not_a_reserve_number() {
    let long = written(day(1999, 1, 31), 0, 989);
    let number = PersonNumber::parse_at(&long[2..], day(2026, 10, 5)).unwrap();
    assert_eq!(number.as_str(), long);
}

#[test]
fn a_passport_number_never_has_the_shape_of_a_reserve_number() {
    assert_eq!(
        Passnummer::parse("19870412A123"),
        Err(PersonNumberError::NotANumber)
    );
    assert_eq!(
        Passnummer::parse("123456"),
        Err(PersonNumberError::NotANumber)
    );
    assert_eq!(
        Reservnummer::parse("198704129878"),
        Err(PersonNumberError::NotANumber)
    );
    assert_eq!(
        Reservnummer::parse("1987041A1234"),
        Err(PersonNumberError::NotANumber)
    );
}

#[test]
fn debug_and_errors_never_show_the_number() {
    let long = written(day(1987, 4, 12), 0, 990);
    let number = PersonNumber::parse(&long).unwrap();
    assert_eq!(format!("{number:?}"), "Personnummer(********-****)");
    assert_eq!(
        format!("{:?}", PersonNumber::parse("AB12345")),
        "Ok(Passnummer(****))"
    );
    let source: StrDeserializer<'_, ValueError> = "19870412AB".into_deserializer();
    let refused = Personnummer::deserialize(source).unwrap_err();
    assert!(!refused.to_string().contains("1987"), "{refused}");
}

#[test]
fn kinds_have_the_words_that_are_stored() {
    let words: Vec<&str> = PersonNumberKind::iter().map(Into::into).collect();
    assert_eq!(
        words,
        [
            "personnummer",
            "samordningsnummer",
            "reservnummer",
            "passnummer"
        ]
    );
}

proptest! {
    #[test]
    fn twelve_digits_come_back_as_they_went_in(
        born in any_birth_date(),
        added in prop_oneof![Just(0), Just(COORDINATION)],
        birth_number in 980_u16..=999,
    ) {
        let text = written(born, added, birth_number);
        let number = PersonNumber::parse(&text).unwrap();
        prop_assert_eq!(number.as_str(), &text);
        prop_assert_eq!(number.birth_date(), Some(born));
        prop_assert!(number.is_test_number());
        let back = PersonNumber::try_from(String::from(number.clone())).unwrap();
        prop_assert_eq!(&back, &number);
        let typed = PersonNumber::parse_at(&number.to_string(), day(2099, 12, 31)).unwrap();
        prop_assert_eq!(typed, number);
    }

    #[test]
    fn one_changed_digit_is_always_refused(
        born in any_birth_date(),
        birth_number in 980_u16..=999,
        // The century is not part of what the check digit covers.
        place in 2_usize..12,
        step in 1_u8..10,
    ) {
        let mut text = written(born, 0, birth_number).into_bytes();
        text[place] = b'0' + (text[place] - b'0' + step) % 10;
        let changed = String::from_utf8(text).unwrap();
        prop_assert!(PersonNumber::parse(&changed).is_err());
    }

    #[test]
    fn ten_digits_mean_the_latest_date_that_has_been(
        (born, age) in (born_between(day(1920, 1, 1), day(2020, 1, 1)), 0_u64..36_524),
        birth_number in 980_u16..=999,
    ) {
        let today = born + Days::new(age);
        let long = written(born, 0, birth_number);
        let number = Personnummer::parse_at(&long[2..], today).unwrap();
        prop_assert_eq!(number.birth_date(), born);
    }

    #[test]
    fn a_plus_brings_back_those_past_a_hundred(
        born in born_between(day(1826, 1, 1), day(1926, 12, 31)),
        birth_number in 980_u16..=999,
    ) {
        prop_assume!(born.year() > 1826);
        let long = written(born, 0, birth_number);
        let short = format!("{}+{}", &long[2..8], &long[8..]);
        let number = Personnummer::parse_at(&short, day(2026, 10, 5)).unwrap();
        prop_assert_eq!(number.birth_date(), born);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,24}") {
        if let Ok(number) = PersonNumber::parse_at(&text, day(2026, 10, 5)) {
            prop_assert_eq!(PersonNumber::parse(number.as_str()).unwrap(), number);
        }
    }
}
