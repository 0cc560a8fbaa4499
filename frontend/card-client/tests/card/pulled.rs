//! A card that is pulled at any command of a change or an unlocking: either the old or the new code is
//! right afterwards, and what the client says of it is true.

use crate::bench::{Bench, NEW, PIN1, PUK, Running, bare};
use std::collections::BTreeSet;

use cards_testcard::{Card, Exchange, Family, Faults, Pull};

/// What became of a pulled card, and what the client could know of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum End {
    Done,
    NotDone,
    UncertainDone,
    UncertainNotDone,
}

const CHANGE: &[&str] = &["byt-kod", "pin1"];
const OPEN: &[&str] = &["las-upp", "pin1"];

/// A command that carries a code: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER.
fn carries_a_code(exchange: &Exchange) -> bool {
    [0x20, 0x24, 0x2C].contains(&exchange.header[1]) && exchange.sent > 5
}

/// A few of the commands before the first code, and every one from there on. Those before it read.
fn commands(exchanges: &[Exchange]) -> Vec<u32> {
    let first = exchanges.iter().position(carries_a_code).unwrap();
    let last = exchanges.len();
    let mut numbers: Vec<usize> = vec![1, first / 3, first - 1, first];
    numbers.extend(first + 1..=last);
    numbers.dedup();
    numbers
        .into_iter()
        .map(|one| u32::try_from(one).unwrap())
        .collect()
}

fn pulled_everywhere(name: &str, card: fn() -> Card, arguments: &[&str], typed: &[&str]) {
    let mut bench = Bench::new(name, 2);
    let inserted = bench.insert(0, card());
    bench.run(arguments, typed).well();
    let commands = commands(&inserted.exchanges());
    drop(inserted);
    let opening = arguments == OPEN;
    let mut ends = BTreeSet::new();
    for pull in commands
        .iter()
        .flat_map(|at| [Pull::Before(*at), Pull::After(*at)])
    {
        let faults = Faults {
            pull: Some(pull),
            ..Faults::default()
        };
        let inserted = bench.readers.insert(0, card(), faults).unwrap();
        let ran = bench.run(arguments, typed);
        let card = inserted.take_out().unwrap();
        let was_locked = card.tries_left()[0] == 0;
        let _again = bench.insert(1, card);
        let new = bench.is_right(1, "01", NEW);
        let old = if opening {
            was_locked
        } else {
            bench.is_right(1, "01", PIN1)
        };
        assert!(new != old, "{pull:?}: new {new}, old {old}\n{}", ran.text);
        let says = |part: &str| ran.text.contains(part);
        if says("Klart.") {
            assert!(new && ran.status == 0, "{pull:?}\n{}", ran.text);
            ends.insert(End::Done);
        } else if says("inte känt") {
            assert_eq!(ran.status, 1);
            ends.insert(if new {
                End::UncertainDone
            } else {
                End::UncertainNotDone
            });
        } else {
            assert!(old, "{pull:?}\n{}", ran.text);
            assert!(
                says("Kod till servicedesken") && ran.status == 1,
                "{pull:?}\n{}",
                ran.text
            );
            ends.insert(End::NotDone);
        }
    }
    let all = [End::NotDone, End::UncertainDone, End::UncertainNotDone];
    assert!(
        ends.is_superset(&BTreeSet::from(all)),
        "{ends:?} at {commands:?}"
    );
}

fn letter() -> Card {
    bare(Family::Letter, "975200000601")
}

/// Locked by three wrong codes, given to it as a reader would.
fn locked() -> Card {
    let mut card = bare(Family::Letter, "975200000602");
    for _ in 0..3 {
        card.execute(b"\x00\x20\x00\x01\x08999123\xFF\xFF");
    }
    assert_eq!(card.tries_left(), [0, 3, 10]);
    card
}

#[test]
fn while_a_code_is_changed() {
    pulled_everywhere("pull-change", letter, CHANGE, &[PIN1, NEW, NEW]);
}

#[test]
fn while_a_code_is_opened() {
    pulled_everywhere("pull-open", locked, OPEN, &[PUK, NEW, NEW]);
}

/// The number of the command with this instruction that carries a code.
fn number_of(instruction: u8, exchanges: &[Exchange]) -> u32 {
    let is_it = |one: &Exchange| one.header[1] == instruction && carries_a_code(one);
    let before = exchanges.iter().position(is_it).unwrap();
    u32::try_from(before + 1).unwrap()
}

/// Pulled at the very command, put back into another reader: the client finds out what holds.
fn put_back(name: &str, card: fn() -> Card, instruction: u8, said: [&str; 2]) {
    let (arguments, typed) = if instruction == 0x24 {
        (CHANGE, [PIN1, NEW, NEW])
    } else {
        (OPEN, [PUK, NEW, NEW])
    };
    let mut bench = Bench::new(name, 2);
    let inserted = bench.insert(0, card());
    bench.run(arguments, &typed).well();
    let at = number_of(instruction, &inserted.exchanges());
    drop(inserted);
    for (pull, said) in [Pull::Before(at), Pull::After(at)].into_iter().zip(said) {
        let faults = Faults {
            pull: Some(pull),
            ..Faults::default()
        };
        let inserted = bench.readers.insert(0, card(), faults).unwrap();
        let mut running = Running::start(bench.client(arguments));
        running.types(&typed);
        running.says("Sätt tillbaka samma kort");
        let again = bench.insert(1, inserted.take_out().unwrap());
        let ran = running.ends(&[""]);
        ran.says(&[said]);
        assert_eq!(
            bench.is_right(1, "01", NEW),
            ran.status == 0,
            "{}",
            ran.text
        );
        drop(again);
    }
}

#[test]
fn a_changed_card_that_is_put_back_tells_which_code_is_right() {
    let said = ["Den gamla koden gäller", "Den nya koden gäller"];
    put_back("back-change", letter, 0x24, said);
}

#[test]
fn an_opened_card_that_is_put_back_tells_whether_it_is_open() {
    let said = ["Inget är ändrat på kortet", "Kortet är upplåst"];
    put_back("back-open", locked, 0x2C, said);
}
