//! The ways to unlock a card as people review them, by product number.
//!
//! After a change of the rule: read the difference, and accept it with
//! `INSTA_UPDATE=always cargo test -p cards-domain --test unlock_table`.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

use std::fmt::Write as _;

use cards_domain::unlock::{PukSource, UnlockWays, unlock_ways};
use cards_domain::values::{ProductClass, ProductNumber};

fn ways(number: &str) -> UnlockWays {
    unlock_ways(Some(&ProductNumber::parse(number).unwrap()))
}

fn line(number: &str, ways: UnlockWays) -> String {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let puk: &str = ways.puk.into();
    let locked = if ways.is_replaced_when_puk_is_locked() {
        "replace the card"
    } else {
        "try the visit"
    };
    format!(
        "{number:<8} | {class:<14} | {visit:<5} | {puk:<17} | {locked:<16} | {telia:<5} | {flag}",
        class = ways.class.to_string(),
        visit = yes(ways.visit),
        telia = yes(ways.telia_step),
        flag = yes(ways.is_flagged),
    )
}

#[test]
fn the_ways_to_unlock_are_the_reviewed_table() {
    let mut table = format!(
        "{:<8} | {:<14} | {:<5} | {:<17} | {:<16} | {:<5} | {}\n",
        "number", "class", "visit", "puk", "puk locked too", "telia", "flag"
    );
    writeln!(table, "{}", line("none", unlock_ways(None))).unwrap();
    for number in [
        "000", "123", "289", "399", "473", "512", "573", "641", "711", "723", "800", "999",
    ] {
        writeln!(table, "{}", line(number, ways(number))).unwrap();
    }
    insta::assert_snapshot!("unlock_ways", table);
}

#[test]
fn only_the_first_digit_of_the_product_number_counts() {
    for hundred in 0..10 {
        let first = ways(&format!("{hundred}00"));
        for rest in 0..100 {
            assert_eq!(ways(&format!("{hundred}{rest:02}")), first);
        }
    }
}

#[test]
fn a_visit_helps_for_numbers_beginning_with_7_and_for_no_other_card() {
    for number in 0..1000 {
        let found = ways(&format!("{number:03}"));
        let is_seven = (700..800).contains(&number);
        assert_eq!(found.visit, is_seven, "{number:03}");
        assert_eq!(found.telia_step, !is_seven, "{number:03}");
    }
    assert!(!unlock_ways(None).visit);
    assert!(unlock_ways(None).telia_step);
}

#[test]
fn an_unknown_number_counts_as_an_older_card_and_is_flagged() {
    let (unknown, legacy) = (ways("473"), ways("641"));
    assert!(unknown.is_flagged && !legacy.is_flagged && !unlock_ways(None).is_flagged);
    assert_eq!(
        UnlockWays {
            class: ProductClass::Legacy,
            is_flagged: false,
            ..unknown
        },
        legacy
    );
    assert_eq!(unknown.puk, PukSource::TeliaCodeLetter);
}
