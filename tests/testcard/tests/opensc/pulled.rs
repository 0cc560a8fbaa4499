//! A card that is pulled out of its reader at any command that changes it. What OpenSC was told is
//! done is done; what was begun is not seen; the card and its first key always work afterwards.

use crate::bench::{Bench, LEGITIMERING, PIN1, PIN2, UNDERSKRIFT, letter_card};
use cards_testcard::{Card, CardFile, Exchange, Faults, Pull};

/// CREATE FILE, UPDATE BINARY, DELETE FILE and GENERATE.
const CHANGES: [u8; 4] = [0xE0, 0xD6, 0xE4, 0x46];

/// The numbers of the commands that change the card, and of the one after the last.
fn changing(exchanges: &[Exchange]) -> Vec<u32> {
    let changes = |exchange: &Exchange| CHANGES.contains(&exchange.header[1]);
    let numbered = (1_u32..).zip(exchanges);
    let mut at: Vec<u32> = numbered
        .filter(|(_, it)| changes(it))
        .map(|(number, _)| number)
        .collect();
    at.push(at.last().unwrap() + 1);
    at
}

/// Runs a flow once whole, then pulls the card at every command that changes it. Afterwards the card
/// works, and the flow is either done or can be done.
fn pulled_everywhere(
    name: &str,
    prepare: fn(&Bench),
    flow: fn(&Bench) -> bool,
    done: fn(&str) -> bool,
) {
    let mut bench = Bench::new(name, 4);
    let start = |bench: &Bench, number: &str| -> Card {
        std::fs::copy(bench.path("start"), bench.path(number)).unwrap();
        Card::open(CardFile::take(&bench.path(number)).unwrap()).unwrap()
    };
    let card = letter_card("975200000201");
    let card = card
        .kept_in(CardFile::take(&bench.path("start")).unwrap())
        .unwrap();
    let inserted = bench.insert(0, card);
    prepare(&bench);
    drop(inserted.take_out());
    let whole = start(&bench, "whole");
    let inserted = bench.insert(1, whole);
    assert!(!done(&bench.login(UNDERSKRIFT, PIN2).must()));
    drop(inserted);
    let whole = start(&bench, "whole");
    let inserted = bench.insert(1, whole);
    assert!(flow(&bench));
    let at = changing(&inserted.exchanges());
    assert!(at.len() >= 5, "{at:?}");
    let whole = inserted.take_out().unwrap();
    let most = whole.files().len();
    for (turn, command) in at.into_iter().enumerate() {
        let card = start(&bench, &format!("card{command}"));
        let faults = Faults {
            pull: Some(Pull::Before(command)),
            ..Faults::default()
        };
        let inserted = bench.insert_with(2 * (turn % 2), card, faults);
        flow(&bench);
        assert!(
            inserted.is_gone(),
            "command {command} came: {:?}",
            inserted.exchanges()
        );
        let card = inserted.take_out().unwrap();
        let inserted = bench.insert(2 * (turn % 2) + 1, card);
        bench
            .sign(LEGITIMERING, PIN1, "01", "ECDSA-SHA256")
            .must_file();
        if !done(&bench.login(UNDERSKRIFT, PIN2).must()) {
            assert!(flow(&bench), "pulled at {command}, then tried again");
        }
        assert!(done(&bench.login(UNDERSKRIFT, PIN2).must()));
        let card = inserted.take_out().unwrap();
        assert!(
            card.files().len() <= most,
            "pulled at {command}: {:04X?}",
            card.files()
        );
    }
}

#[test]
fn while_a_key_is_made() {
    pulled_everywhere(
        "pull-key",
        |_| {},
        |bench| {
            bench
                .make_key(UNDERSKRIFT, PIN2, "EC:prime256v1", "0a")
                .worked
        },
        |objects| objects.contains("Private Key Object"),
    );
}

#[test]
fn while_a_certificate_is_written() {
    fn prepare(bench: &Bench) {
        bench
            .make_key(UNDERSKRIFT, PIN2, "EC:prime256v1", "0a")
            .must();
        bench.make_certificate();
    }
    pulled_everywhere(
        "pull-write",
        prepare,
        |bench| bench.write_prepared(UNDERSKRIFT, PIN2, "0a").worked,
        |objects| objects.contains("Certificate Object"),
    );
}

#[test]
fn while_a_certificate_is_deleted() {
    fn prepare(bench: &Bench) {
        bench
            .make_key(UNDERSKRIFT, PIN2, "EC:prime256v1", "0a")
            .must();
        bench.write_certificate(UNDERSKRIFT, PIN2, "0a").must();
    }
    pulled_everywhere(
        "pull-delete",
        prepare,
        |bench| bench.delete(UNDERSKRIFT, PIN2, "cert", "0a").worked,
        |objects| !objects.contains("Certificate Object"),
    );
}

#[test]
fn after_a_command_took_effect_and_before_its_answer() {
    let mut bench = Bench::new("pull-after", 2);
    let card = letter_card("975200000202");
    let faults = Faults {
        pull: Some(Pull::After(1)),
        ..Faults::default()
    };
    let inserted = bench.insert_with(0, card, faults);
    // The first command a host sends is a wrong code; it never hears the answer.
    let lost = bench.raw(&["0020000108303030303030FFFF"]);
    assert!(!lost.worked || !lost.text.contains("SW1"), "{}", lost.text);
    let card = inserted.take_out().unwrap();
    assert_eq!(card.tries_left(), [2, 3, 10]);
    let _in = bench.insert(1, card);
    assert_eq!(bench.apdu("00200001"), "63C2");
}
