//! What people type and paste: right numbers with other characters than those of the keyboard, and
//! texts with characters that nobody sees.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

use cards_domain::values::{
    CardNumber, EmailAddress, FreeTextError, HsaId, HsaIdError, OrganisationNumber, PersonName,
    PersonNumber, PostalAddress, Postcode, ProductNumber, Reference, RekId, has_unseen, is_unseen,
    plain, reason,
};
use chrono::NaiveDate;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// The ranges of characters that nobody sees, which texts pasted from elsewhere bring along.
const UNSEEN: [(u32, u32); 12] = [
    (0x00, 0x08),
    (0x0e, 0x1f),
    (0x7f, 0x84),
    (0xad, 0xad),
    (0x61c, 0x61c),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xfff9, 0xfffb),
    (0xe0100, 0xe01ef),
];

fn unseen() -> impl Iterator<Item = char> {
    let ranges = UNSEEN.into_iter();
    ranges.flat_map(|(first, last)| (first..=last).filter_map(char::from_u32))
}

/// What each text value makes of a text: nothing, or what it keeps.
fn kept(text: &str) -> Vec<Option<String>> {
    let name = |given: Option<&str>, middle: Option<&str>, surname: &str| {
        let name = PersonName::new(given, middle, surname).ok();
        name.map(|name| name.full())
    };
    let address = |co: Option<&str>, street: &str, city: &str| {
        let address = PostalAddress::new(co, street, "123 45", city).ok();
        address.map(|address| address.to_string())
    };
    vec![
        name(None, None, text),
        name(Some(text), None, "Ek"),
        name(None, Some(text), "Ek"),
        address(None, text, "Ort"),
        address(None, "Gatan 1", text),
        address(Some(text), "Gatan 1", "Ort"),
        EmailAddress::parse(text).ok().map(String::from),
        EmailAddress::parse(&format!("{text}@region.example"))
            .ok()
            .map(String::from),
        reason(text).ok().flatten(),
        Reference::parse(text, today())
            .ok()
            .flatten()
            .map(String::from),
        PersonNumber::parse_at(text, today()).ok().map(String::from),
        HsaId::parse_import(text).ok().map(String::from),
        CardNumber::parse(text).ok().map(String::from),
        RekId::parse(text).ok().map(String::from),
        OrganisationNumber::parse(text).ok().map(String::from),
        ProductNumber::parse(text).ok().map(String::from),
        Postcode::parse(text).ok().map(String::from),
    ]
}

#[test]
fn no_text_value_keeps_a_character_that_nobody_sees() {
    for character in unseen() {
        assert!(is_unseen(character), "U+{:04X}", u32::from(character));
        for text in [
            format!("Ek{character}lund"),
            format!("{character}Ek"),
            character.to_string(),
        ] {
            for kept in kept(&text).into_iter().flatten() {
                assert!(
                    !has_unseen(&kept),
                    "U+{:04X}: {kept:?}",
                    u32::from(character)
                );
            }
        }
        let alone = PersonName::new(None, None, &character.to_string());
        assert!(alone.is_err(), "U+{:04X} is a name", u32::from(character));
        let inside = PersonName::new(None, None, &format!("Ek{character}lund"));
        assert!(
            inside.is_err(),
            "U+{:04X} stands in a name",
            u32::from(character)
        );
    }
}

#[test]
fn names_of_every_script_and_with_marks_are_still_names() {
    for name in [
        "Åsa",
        "Ngọc Ánh",
        "محمد",
        "ישראל",
        "Łukasz",
        "O’Neill",
        "Núñez-López",
        "王芳",
    ] {
        assert!(PersonName::new(None, None, name).is_ok(), "{name}");
    }
}

#[test]
fn a_right_number_is_right_with_whatever_dash_space_or_digits_it_came() {
    let number = "198503129804";
    let numbers = [
        "19850312-9804",
        "19850312–9804",
        "850312—9804",
        "19850312‑9804",
        "19850312−9804",
        "19850312－9804",
        "850312 9804",
        "19850312\u{a0}9804",
        "１９８５０３１２－９８０４",
        "٨٥٠٣١٢-٩٨٠٤",
        "\u{202a}19850312-9804\u{202c}",
        "19850312\u{200b}9804",
        "\u{feff}198503129804",
    ];
    for typed in numbers {
        let read = PersonNumber::parse_at(typed, today());
        assert_eq!(read.unwrap().as_str(), number, "{typed:?}");
    }
    for typed in [
        "SE2321000016-1A2B",
        "SE2321000016–1A2B",
        " ＳＥ2321000016－1A2B ",
    ] {
        assert_eq!(
            HsaId::parse(typed).unwrap().as_str(),
            "SE2321000016-1A2B",
            "{typed:?}"
        );
    }
    for typed in ["232100‑0016", "16 232100 – 0016", "２３２１００００１６"] {
        let read = OrganisationNumber::parse(typed);
        assert_eq!(read.unwrap().as_str(), "2321000016", "{typed:?}");
    }
    assert_eq!(
        CardNumber::parse("９７５２ 2690\u{2009}0000 0001")
            .unwrap()
            .as_str(),
        "9752269000000001"
    );
    assert_eq!(
        RekId::parse("RR 473 124 829 SE").unwrap().as_str(),
        "RR473124829SE"
    );
    assert_eq!(Postcode::parse("１２３ ４５").unwrap().as_str(), "12345");
    assert_eq!(plain("a–b\u{a0}ｃ\u{200d}"), "a-b c");
}

#[test]
fn what_is_wrong_stays_wrong_in_other_characters() {
    for typed in [
        "19850312–9805",
        "1985–0312–9804",
        "²19850312980",
        "１９８５０３１２９８０",
    ] {
        assert!(PersonNumber::parse_at(typed, today()).is_err(), "{typed:?}");
    }
    assert_eq!(HsaId::parse("SE23210000161A2B"), Err(HsaIdError::NoHyphen));
}

#[test]
fn an_hsa_id_is_looked_for_with_and_without_its_hyphen() {
    let spellings = |text: &str| HsaId::parse_import(text).unwrap().spellings();
    assert_eq!(
        spellings("se2321000016-1a2b"),
        ["SE2321000016-1A2B", "SE23210000161A2B"]
    );
    assert_eq!(
        spellings("SE23210000161A2B"),
        ["SE23210000161A2B", "SE2321000016-1A2B"]
    );
}

#[test]
fn a_reason_keeps_its_lines_and_is_never_cut() {
    assert_eq!(
        reason(" Beslut 12\r\n\tse bilaga \n"),
        Ok(Some("Beslut 12\n se bilaga".to_owned()))
    );
    assert_eq!(reason(" \r\n "), Ok(None));
    assert!(reason(&"å".repeat(500)).is_ok());
    assert_eq!(reason(&"å".repeat(501)), Err(FreeTextError::TooLong));
    assert_eq!(reason("a\u{202e}b"), Err(FreeTextError::Unseen));
}

#[test]
fn a_reference_is_one_short_line_and_nobodys_number() {
    let read = |text: &str| Reference::parse(text, today());
    assert_eq!(read(" K-123 \n 45 ").unwrap().unwrap().as_str(), "K-123 45");
    assert_eq!(read("  "), Ok(None));
    assert_eq!(read(&"1".repeat(61)), Err(FreeTextError::TooLong));
    assert_eq!(read("K-\u{202e}321"), Err(FreeTextError::Unseen));
    assert_eq!(read("850312–9804"), Err(FreeTextError::PersonsNumber));
}

proptest! {
    #[test]
    fn plain_text_stays_as_it_is(text in "[ -~]{0,40}") {
        let kept = plain(&text).into_owned();
        prop_assert_eq!(kept, text);
    }

    #[test]
    fn whatever_comes_in_nothing_kept_is_unseen(text in any::<String>()) {
        for kept in kept(&text).into_iter().flatten() {
            let lines = kept.replace('\n', "");
            prop_assert!(!has_unseen(&lines), "{kept:?}");
        }
    }
}
