//! Changing and opening codes.

use crate::bench::{Bench, NEW, PIN1, PIN2, PUK, bare};
use cards_testcard::Family;

#[test]
fn a_code_is_changed_and_the_other_one_is_left_alone() {
    let mut bench = Bench::new("change", 1);
    let inserted = bench.insert(0, bare(Family::Letter, "975200000301"));
    let ran = bench.run(&["byt-kod", "pin2"], &[PIN2, NEW, NEW]).well();
    ran.says(&["kortnumret slutar på 0301", "Den nya koden gäller"]);
    assert!(bench.is_right(0, "02", NEW) && bench.is_right(0, "01", PIN1));
    assert!(!ran.text.contains(NEW) && !ran.text.contains(PIN2));
    assert_eq!(inserted.take_out().unwrap().tries_left(), [3, 3, 10]);
}

#[test]
fn a_wrong_old_code_costs_one_try_and_the_last_one_is_warned_of() {
    let mut bench = Bench::new("wrong", 1);
    let inserted = bench.insert(0, bare(Family::Letter, "975200000302"));
    let wrong = ["999123", NEW, NEW];
    let change = ["byt-kod", "pin1"];
    bench
        .run(&change, &wrong)
        .not_well()
        .says(&["Du har 2 försök kvar", "Den gamla koden gäller"]);
    bench
        .run(&change, &wrong)
        .not_well()
        .says(&["1 försök kvar", "Den kan sedan låsas upp med puk-koden"]);
    bench
        .run(&change, &["nej"])
        .not_well()
        .says(&["Vill du använda sista försöket?"]);
    let last = [&["ja"], &wrong[..]].concat();
    bench
        .run(&change, &last)
        .not_well()
        .says(&["Låst är inte spärrat", "K302"]);
    bench
        .run(&["lage"], &[])
        .well()
        .says(&["Legitimeringskod (PIN1): låst (inte spärrad)"]);
    assert_eq!(inserted.take_out().unwrap().tries_left(), [0, 3, 10]);
}

#[test]
fn weak_codes_never_reach_the_card() {
    let mut bench = Bench::new("weak", 1);
    let card = bench.whole("975200000303");
    let inserted = bench.insert(0, card);
    let typed = [
        PIN1, "790315", "15031979", "123456", "111111", PIN1, "12345", "",
    ];
    let ran = bench.run(&["byt-kod", "pin1"], &typed).not_well();
    ran.says(&[
        "ditt födelsedatum",
        "i följd",
        "samma som den gamla",
        "Inget är ändrat",
    ]);
    // VERIFY, CHANGE and RESET with data are longer than their header.
    let exchanges = inserted.exchanges().into_iter();
    let codes = exchanges
        .filter(|one| one.sent > 5)
        .map(|one| one.header[1]);
    let codes: Vec<u8> = codes
        .filter(|one| [0x20, 0x24, 0x2C].contains(one))
        .collect();
    assert_eq!(codes, [0x20], "the old one alone");
}

#[test]
fn the_puk_opens_a_locked_code() {
    let mut bench = Bench::new("unlock", 1);
    let inserted = bench.insert(0, bare(Family::Letter, "975200000304"));
    for _ in 0..3 {
        assert!(!bench.is_right(0, "01", "999123"));
    }
    let wrong = bench.run(&["las-upp"], &["11223344", NEW, NEW]).not_well();
    wrong.says(&[
        "Legitimeringskod (PIN1)",
        "9 försök kvar",
        "Inget är ändrat",
    ]);
    let ran = bench.run(&["las-upp"], &[PUK, NEW, NEW]).well();
    ran.says(&["Låst är inte spärrat", "Kortet är upplåst"]);
    assert!(bench.is_right(0, "01", NEW));
    assert_eq!(inserted.take_out().unwrap().tries_left(), [3, 3, 10]);
}

/// Wrong tries until one is left; then the client is asked.
fn last_puk_try(family: Family, number: &str, warned: &str, told: &str) {
    let mut bench = Bench::new(number, 1);
    let inserted = bench.insert(0, bare(family, number));
    let unblock = |puk: &str| {
        let arguments = [
            "--unblock-pin",
            "--auth-id",
            "01",
            "--puk",
            puk,
            "--new-pin",
            PIN1,
        ];
        bench.tool("pkcs15-tool", &arguments).0
    };
    assert!(unblock(PUK));
    for _ in 0..3 {
        bench.is_right(0, "01", "999123");
    }
    for _ in 0..9 {
        assert!(!unblock("11223344"));
    }
    bench
        .run(&["las-upp"], &["nej"])
        .not_well()
        .says(&[warned, "sista försöket"]);
    let ran = bench
        .run(&["las-upp"], &["ja", "11223344", NEW, NEW])
        .not_well();
    ran.says(&[told]);
    bench
        .run(&["las-upp"], &[PUK, NEW, NEW])
        .not_well()
        .says(&[told]);
    assert_eq!(inserted.take_out().unwrap().tries_left()[2], 0);
}

#[test]
fn a_letter_card_whose_puk_locks_is_gone_and_the_holder_was_told_before() {
    last_puk_try(
        Family::Letter,
        "975200000305",
        "låses puk-koden för alltid. Då kan kortet inte låsas upp och måste bytas",
        "Kortet kan inte låsas upp och måste bytas",
    );
}

#[test]
fn a_card_of_7xx_whose_puk_locks_is_opened_at_the_office() {
    last_puk_try(
        Family::Seven,
        "975200000306",
        "Då måste du besöka kortkontoret",
        "Boka ett besök på kortkontoret",
    );
}

#[test]
fn a_fresh_card_of_7xx_says_that_its_codes_are_chosen_at_the_office() {
    let mut bench = Bench::new("fresh", 1);
    let _in = bench.insert(0, bare(Family::Seven, "975200000307"));
    bench
        .run(&["lage"], &[])
        .well()
        .says(&["Legitimeringskod (PIN1): inte vald än"]);
    for command in ["byt-kod", "las-upp"] {
        bench
            .run(&[command, "pin1"], &[PUK, NEW, NEW])
            .not_well()
            .says(&["K301"]);
    }
    assert_eq!(bench.run(&["testa"], &[]).status, 1);
}

#[test]
fn the_interactive_mode_does_everything_by_numbers() {
    let mut bench = Bench::new("menu", 1);
    let _in = bench.insert(0, bare(Family::Letter, "975200000308"));
    let typed = [
        "1", "3", "1", PIN1, NEW, NEW, "4", "2", "ja", PUK, "741852", "741852", "6", "1", "0",
    ];
    let ran = bench.run(&[], &typed).well();
    ran.says(&[
        "Den nya koden gäller",
        "Kortet är upplåst",
        "works, 3 tries left",
    ]);
    assert!(bench.is_right(0, "01", NEW) && bench.is_right(0, "02", "741852"));
}
