//! Names, e-mail addresses and postal addresses.

use cards_domain::values::{
    EmailAddress, PersonName, PersonNameError, PostalAddress, PostalAddressError, search_key,
};
use proptest::prelude::*;

#[test]
fn names_are_composed_trimmed_and_joined() {
    let name = PersonName::new(Some("  A\u{30a}sa "), Some(" "), "Bergstro\u{308}m  Ek").unwrap();
    assert_eq!(name.given(), Some("Åsa"));
    assert_eq!(name.middle(), None);
    assert_eq!(name.surname(), "Bergström Ek");
    assert_eq!(name.full(), "Åsa Bergström Ek");
    assert_eq!(name.to_string(), name.full());
}

#[test]
fn a_single_name_in_any_script_is_a_name() {
    assert_eq!(PersonName::new(None, None, "محمد").unwrap().full(), "محمد");
    assert_eq!(PersonName::new(None, None, "Ö").unwrap().full(), "Ö");
}

#[test]
fn names_that_are_missing_too_long_or_unprintable_are_refused() {
    let surname = |text: &str| PersonName::new(None, None, text).map(|name| name.full());
    assert_eq!(surname(" "), Err(PersonNameError::NoSurname));
    assert_eq!(surname(&"å".repeat(101)), Err(PersonNameError::TooLong));
    assert_eq!(surname(&"å".repeat(100)), Ok("å".repeat(100)));
    assert_eq!(surname("Ek\u{0}"), Err(PersonNameError::ControlCharacter));
    let given = PersonName::new(Some(&"a".repeat(101)), None, "Ek");
    assert_eq!(given, Err(PersonNameError::TooLong));
}

#[test]
fn search_keeps_swedish_letters_and_folds_other_accents() {
    assert_eq!(search_key("  ÅSA  Bergstro\u{308}m "), "åsa bergström");
    assert_eq!(search_key("Hélène Müller"), "helene muller");
    assert_eq!(search_key("Søren Ægidius"), "sören ägidius");
    assert_eq!(search_key("Łukasz Đorđević"), "lukasz dordevic");
    assert_eq!(search_key("Núñez-Lopez"), "nunez-lopez");
    assert_ne!(search_key("Åberg"), search_key("Aberg"));
    let name = PersonName::new(Some("Zoë"), None, "Öberg").unwrap();
    assert_eq!(name.search_key(), "zoe öberg");
}

#[test]
fn email_addresses_are_checked_and_their_domain_is_lower_case() {
    let address = EmailAddress::parse(" Anna.Ek+kort@Region.EXAMPLE ").unwrap();
    assert_eq!(address.as_str(), "Anna.Ek+kort@region.example");
    let refused = [
        "",
        "anna",
        "@region.example",
        "anna@",
        "anna@region",
        "anna@@region.example",
        "anna@region..example",
        "an na@region.example",
        "anna@region.example\nBcc: x@y.example",
        ".anna@region.example",
        "anna@-region.example",
        "ånna@region.example",
        "Anna <anna@region.example>",
        "anna@region.example,bo@region.example",
    ];
    for text in refused {
        assert!(EmailAddress::parse(text).is_err(), "{text:?}");
    }
    assert!(EmailAddress::parse(&format!("{}@region.example", "a".repeat(65))).is_err());
}

#[test]
fn addresses_are_written_as_on_an_envelope() {
    let address = PostalAddress::new(Some(" Bo Ek "), " Storgatan  1", "123 45", "Ort").unwrap();
    assert_eq!(address.lines(), ["c/o Bo Ek", "Storgatan 1", "123 45 Ort"]);
    assert_eq!(address.postcode().as_str(), "12345");
    assert_eq!(address.to_string(), "c/o Bo Ek, Storgatan 1, 123 45 Ort");
    let without = PostalAddress::new(Some(" "), "Box 7", "12345", "Ort").unwrap();
    assert_eq!(without.co(), None);
}

#[test]
fn the_line_that_is_wrong_in_an_address_is_named() {
    let refused = |co, street, postcode, city| {
        PostalAddress::new(Some(co), street, postcode, city).unwrap_err()
    };
    assert_eq!(
        refused("\u{1}", "Gatan 1", "12345", "Ort"),
        PostalAddressError::Co
    );
    assert_eq!(refused("", " ", "12345", "Ort"), PostalAddressError::Street);
    assert_eq!(
        refused("", "Gatan 1", "1234", "Ort"),
        PostalAddressError::Postcode
    );
    assert_eq!(
        refused("", "Gatan 1", "1234A", "Ort"),
        PostalAddressError::Postcode
    );
    assert_eq!(
        refused("", "Gatan 1", "12345", ""),
        PostalAddressError::City
    );
}

#[test]
fn debug_shows_nothing_personal() {
    let name = PersonName::new(Some("Åsa"), None, "Ek").unwrap();
    let address = PostalAddress::new(None, "Storgatan 1", "12345", "Ort").unwrap();
    let mail = EmailAddress::parse("anna@region.example").unwrap();
    assert_eq!(format!("{name:?}"), "PersonName(****)");
    assert_eq!(format!("{address:?}"), "PostalAddress(****)");
    assert_eq!(format!("{:?}", address.postcode()), "Postcode(*****)");
    assert_eq!(format!("{mail:?}"), "EmailAddress(****)");
}

proptest! {
    #[test]
    fn a_search_key_is_its_own_search_key(text in "\\PC{0,30}") {
        let key = search_key(&text);
        prop_assert_eq!(search_key(&key), key);
    }

    #[test]
    fn a_tidied_name_is_not_changed_again(text in "\\PC{1,60}") {
        if let Ok(name) = PersonName::new(Some(&text), None, &text) {
            let again = PersonName::new(name.given(), name.middle(), name.surname());
            prop_assert_eq!(again, Ok(name));
        }
    }

    #[test]
    fn email_addresses_come_back(local in "[a-z0-9]{1,20}", domain in "[a-z]{1,10}\\.[a-z]{2,5}") {
        let text = format!("{local}@{domain}");
        let address = EmailAddress::parse(&text).unwrap();
        let back = EmailAddress::try_from(String::from(address)).unwrap();
        prop_assert_eq!(back.as_str(), text);
    }
}
