//! More than one card: what is written goes to the card that was named, or nowhere.

use crate::bench::{Bench, NEW, PIN1, PUK, Running, bare};
use cards_testcard::Family;

#[test]
fn the_chosen_card_is_written_and_the_other_is_not() {
    let mut bench = Bench::new("chosen", 2);
    let first = bench.insert(0, bare(Family::Letter, "975200000501"));
    let second = bench.insert(1, bare(Family::Letter, "975200000502"));
    bench
        .run(&["byt-kod", "pin1"], &["3", PIN1, NEW, NEW])
        .not_well()
        .says(&["K204"]);
    let ran = bench
        .run(&["byt-kod", "pin1"], &["2", PIN1, NEW, NEW])
        .well();
    ran.says(&[
        "1. TEST e-id kort, kortnumret slutar på 0501",
        "Kortet: TEST e-id kort, kortnumret slutar på 0502",
    ]);
    assert!(bench.is_right(0, "01", PIN1) && bench.is_right(1, "01", NEW));
    let name = bench.readers.name(0).unwrap();
    bench
        .run(
            &["las-upp", "pin2", "--reader", &name],
            &["ja", PUK, NEW, NEW],
        )
        .well();
    assert!(bench.is_right(0, "02", NEW) && !bench.is_right(1, "02", NEW));
    assert_eq!(first.take_out().unwrap().tries_left(), [3, 3, 10]);
    assert_eq!(second.take_out().unwrap().tries_left(), [3, 2, 10]);
}

/// A card that takes another's place while codes are typed has the same codes, so only its number
/// can keep it from being written.
fn another_takes_its_place(name: &str, arguments: &[&str], typed: &[&str]) {
    let mut bench = Bench::new(name, 1);
    let first = bench.insert(0, bare(Family::Letter, "975200000503"));
    let mut running = Running::start(bench.client(arguments));
    running.says("i läsaren");
    let (last, before) = typed.split_last().unwrap();
    running.types(before);
    running.says("en gång till");
    drop(first.take_out());
    bench.readers.settle().unwrap();
    let second = bench.insert(0, bare(Family::Letter, "975200000504"));
    let ran = running.ends(&[last]);
    let ran = ran.not_well();
    ran.says(&["K207", "Inget är gjort med det"]);
    assert!(bench.is_right(0, "01", PIN1));
    let card = second.take_out().unwrap();
    assert_eq!(
        (card.card_number(), card.tries_left()),
        ("975200000504", [3, 3, 10])
    );
}

#[test]
fn a_card_that_takes_the_place_of_the_named_one_is_not_changed() {
    another_takes_its_place("swap-change", &["byt-kod", "pin1"], &[PIN1, NEW, NEW]);
}

#[test]
fn a_card_that_takes_the_place_of_the_named_one_is_not_opened() {
    another_takes_its_place("swap-open", &["las-upp", "pin1"], &["ja", PUK, NEW, NEW]);
}
