//! HSA-ids, organisation, card and product numbers, ids of registered letters.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

use std::collections::HashSet;

use cards_domain::values::{
    CardNumber, CardNumberError, HsaId, HsaIdError, OrganisationNumber, OrganisationNumberError,
    ProductClass, ProductNumber, ProductNumberError, RekId, RekIdError, class_of, luhn_check_digit,
};
use proptest::prelude::*;

fn hsa(text: &str) -> HsaId {
    HsaId::parse(text).unwrap()
}

#[test]
fn hsa_ids_of_the_new_form_and_with_a_long_prefix_are_read() {
    for text in ["SE2321000016-1A2B", "SE165565594230-1000", "se2321000016-x"] {
        assert_eq!(hsa(text).as_str(), text);
        assert_eq!(hsa(text).to_string(), text);
    }
}

#[test]
fn an_hsa_id_without_hyphen_comes_in_by_import_only() {
    let old = "SE2321000230E00001";
    assert_eq!(HsaId::parse(old), Err(HsaIdError::NoHyphen));
    let imported = HsaId::parse_import(old).unwrap();
    assert_eq!(
        HsaId::try_from(String::from(imported.clone())).unwrap(),
        imported
    );
}

#[test]
fn hsa_ids_of_other_shapes_are_refused() {
    let too_long = format!("SE2321000016-{}", "A".repeat(19));
    let cases = [
        ("", HsaIdError::WrongPrefix),
        ("NO2321000016-1", HsaIdError::WrongPrefix),
        ("SE232100001-1", HsaIdError::WrongPrefix),
        ("SE195565594230-1000", HsaIdError::WrongPrefix),
        ("SE23210000l6-1", HsaIdError::WrongPrefix),
        ("SE2321000016-", HsaIdError::WrongSuffix),
        ("SE2321000016-1-2", HsaIdError::WrongSuffix),
        ("SE2321000016-Å1", HsaIdError::WrongSuffix),
        ("SE2321000016-a@b", HsaIdError::WrongSuffix),
        (too_long.as_str(), HsaIdError::TooLong),
    ];
    for (text, error) in cases {
        assert_eq!(HsaId::parse(text), Err(error), "{text}");
        assert_eq!(HsaId::parse_import(text), Err(error), "{text}");
    }
    assert_eq!(
        HsaId::parse_import("SE2321000016"),
        Err(HsaIdError::WrongSuffix)
    );
    assert!(HsaId::parse(&format!("SE2321000016-{}", "A".repeat(18))).is_ok());
}

#[test]
fn organisation_numbers_are_read_in_every_written_form() {
    for text in [
        "2321000016",
        "232100-0016",
        "162321000016",
        "16232100-0016",
        " 2321000016 ",
    ] {
        let number = OrganisationNumber::parse(text).unwrap();
        assert_eq!(number.as_str(), "2321000016");
        assert_eq!(number.to_string(), "232100-0016");
    }
}

#[test]
fn organisation_numbers_of_other_shapes_are_refused() {
    let cases = [
        ("", OrganisationNumberError::WrongLength),
        ("232100001", OrganisationNumberError::WrongLength),
        ("192321000016", OrganisationNumberError::WrongLength),
        ("2321-000016", OrganisationNumberError::NotANumber),
        ("23210000l6", OrganisationNumberError::NotANumber),
        ("8704129800", OrganisationNumberError::LooksLikePerson),
        ("8711129800", OrganisationNumberError::LooksLikePerson),
        ("2321000017", OrganisationNumberError::WrongCheckDigit),
    ];
    for (text, error) in cases {
        assert_eq!(OrganisationNumber::parse(text), Err(error), "{text}");
    }
}

#[test]
fn card_numbers_are_stored_without_spaces_and_shown_in_fours() {
    let number = CardNumber::parse(" 9752 2690\u{a0}0112 3457 738 ").unwrap();
    assert_eq!(number.as_str(), "9752269001123457738");
    assert_eq!(number.to_string(), "9752 2690 0112 3457 738");
    assert_eq!(number.short(), "…7738");
    assert_eq!(number.last_four(), "7738");
    assert_eq!(format!("{number:?}"), "CardNumber(…7738)");
    assert_eq!(
        CardNumber::parse("123456789012").unwrap().to_string(),
        "1234 5678 9012"
    );
}

#[test]
fn card_numbers_have_nine_to_twenty_digits() {
    assert_eq!(
        CardNumber::parse(&"1".repeat(8)),
        Err(CardNumberError::WrongLength)
    );
    assert!(CardNumber::parse(&"1".repeat(9)).is_ok());
    assert!(CardNumber::parse(&"1".repeat(20)).is_ok());
    assert_eq!(
        CardNumber::parse(&"1".repeat(21)),
        Err(CardNumberError::WrongLength)
    );
    assert_eq!(
        CardNumber::parse("9752-269001"),
        Err(CardNumberError::NotDigits)
    );
}

#[test]
fn the_first_digit_of_the_product_number_tells_the_class() {
    let class = |text: &str| class_of(Some(&ProductNumber::parse(text).unwrap()));
    assert_eq!(class("701"), ProductClass::Gen7);
    assert_eq!(class("599"), ProductClass::Legacy);
    assert_eq!(class("600"), ProductClass::Legacy);
    assert_eq!(class("400"), ProductClass::LegacyUnknown);
    assert_eq!(class("800"), ProductClass::LegacyUnknown);
    assert_eq!(class_of(None), ProductClass::Legacy);
    for text in ["", "70", "7011", "7a1", "７０"] {
        assert_eq!(
            ProductNumber::parse(text),
            Err(ProductNumberError),
            "{text}"
        );
    }
}

#[test]
fn ids_of_registered_letters_are_trimmed_and_upper_case() {
    assert_eq!(
        RekId::parse(" rr473124829se ").unwrap().as_str(),
        "RR473124829SE"
    );
    assert_eq!(RekId::parse("1234567"), Err(RekIdError::WrongLength));
    assert_eq!(RekId::parse(&"A".repeat(21)), Err(RekIdError::WrongLength));
    assert_eq!(
        RekId::parse("RR473124829-E"),
        Err(RekIdError::WrongCharacter)
    );
}

#[test]
fn only_a_wrong_s10_check_digit_is_warned_of() {
    let warned = |text: &str| RekId::parse(text).unwrap().s10_warning();
    assert!(!warned("RR473124829SE"));
    assert!(warned("RR473124828SE"));
    assert!(!warned("12345678901234"), "not of the S10 shape");
    assert!(!warned("RR473124828S1"), "not of the S10 shape");
    // Remainder 0 is written 5, and remainder 1 is written 0.
    assert!(!warned("RR000000005SE"));
    assert!(!warned("RR000000080SE"));
}

proptest! {
    #[test]
    fn hsa_ids_differ_only_by_more_than_case(suffix in "[A-Za-z0-9]{1,18}") {
        let given = hsa(&format!("SE2321000016-{suffix}"));
        let upper = hsa(&given.search_key());
        let lower = hsa(&given.as_str().to_ascii_lowercase());
        prop_assert_eq!(&upper, &lower);
        prop_assert_eq!(upper.cmp(&given), std::cmp::Ordering::Equal);
        prop_assert_eq!(HashSet::from([given.clone(), upper, lower]).len(), 1);
        let longer = HsaId::parse_import(&format!("{given}0"));
        prop_assert!(longer.is_err() || longer != Ok(given));
    }

    #[test]
    fn one_changed_digit_in_an_organisation_number_is_always_refused(
        body in "[1-9][0-9][2-9][0-9]{6}",
        place in 0_usize..10,
        step in 1_u8..10,
    ) {
        let digits: Vec<u8> = body.bytes().map(|byte| byte - b'0').collect();
        let good = format!("{body}{}", luhn_check_digit(&digits));
        let number = OrganisationNumber::parse(&good).unwrap();
        prop_assert_eq!(number.as_str(), &good);
        let mut changed = good.into_bytes();
        changed[place] = b'0' + (changed[place] - b'0' + step) % 10;
        prop_assert!(OrganisationNumber::parse(&String::from_utf8(changed).unwrap()).is_err());
    }

    #[test]
    fn exactly_one_check_digit_is_right_for_an_s10_id(body in "[0-9]{8}") {
        let right = (0..10)
            .filter(|check| !RekId::parse(&format!("RR{body}{check}SE")).unwrap().s10_warning())
            .count();
        prop_assert_eq!(right, 1);
    }

    #[test]
    fn card_numbers_come_back_from_what_is_shown(digits in "[0-9]{9,20}") {
        let number = CardNumber::parse(&digits).unwrap();
        let back = CardNumber::parse(&number.to_string()).unwrap();
        prop_assert_eq!(back.as_str(), &digits);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,40}") {
        if let Ok(id) = HsaId::parse_import(&text) {
            prop_assert_eq!(HsaId::parse_import(id.as_str()).unwrap(), id);
        }
        if let Ok(id) = RekId::parse(&text) {
            prop_assert_eq!(RekId::parse(id.as_str()).unwrap(), id);
        }
        if let Ok(number) = OrganisationNumber::parse(&text) {
            prop_assert_eq!(OrganisationNumber::parse(&number.to_string()).unwrap(), number);
        }
    }
}
