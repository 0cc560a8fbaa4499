//! Tasks with the real middleware: done whole, and pulled at every command.

use crate::bench::{Bench, NEW, PIN1, bare};
use crate::driver::{LETTER, Line, Typed};
use crate::office::PretendOffice;
use crate::sweep::{Flow, Seat, everywhere, office};
use cards_testcard::{Card, Family, KeyKind, Purpose};

/// Where the card's files of each kind begin: private keys, public keys, certificates.
const KINDS: [u16; 3] = [0x4B, 0x55, 0x43];

/// A card with a certificate for *legitimering* that the office knows.
fn known(family: Family, office: &PretendOffice) -> Card {
    let number = office.books().number.clone();
    let mut card = bare(family, &number);
    let purpose = Purpose::Authentication;
    card.add_key(purpose, KeyKind::P256, &[1]).unwrap();
    let public = card.public_key(purpose).unwrap();
    let certificate = office.certify(&public, "person_id", "authentication");
    card.add_certificate(purpose, &[1], &certificate).unwrap();
    office.knows("person_id", "authentication", "active", &certificate);
    card
}

fn letter(office: &PretendOffice) -> Card {
    known(Family::Letter, office)
}

/// With a pair for signing that this program has made once.
fn with_pair(office: &PretendOffice, stage: &'static str) -> Card {
    let mut card = letter(office);
    let purpose = Purpose::Signature;
    card.add_key(purpose, KeyKind::P256, b"kk999999").unwrap();
    let public = card.public_key(purpose).unwrap();
    let certificate = office.certify(&public, "person_id", "signature");
    card.add_certificate(purpose, b"kk999999", &certificate)
        .unwrap();
    office.knows("person_id", "signature", stage, &certificate);
    card
}

fn replaced(office: &PretendOffice) -> Card {
    with_pair(office, "superseded")
}

fn active(office: &PretendOffice) -> Card {
    with_pair(office, "active")
}

fn fresh(office: &PretendOffice) -> Card {
    known(Family::Seven, office)
}

/// PIN1 chosen with the PUK and locked by three wrong codes; PIN2 as it came.
fn locked(office: &PretendOffice) -> Card {
    let mut card = fresh(office);
    card.execute(b"\x00\x2C\x00\x01\x1036925814147258\xFF\xFF");
    for _ in 0..3 {
        card.execute(b"\x00\x20\x00\x01\x08999123\xFF\xFF");
    }
    assert_eq!(card.tries_left(), [0, 3, 10]);
    card
}

/// PIN1 chosen, PIN2 not.
fn half_chosen(office: &PretendOffice) -> Card {
    let mut card = fresh(office);
    card.execute(b"\x00\x2C\x00\x01\x1036925814147258\xFF\xFF");
    card
}

/// So many files of each kind: every key has its public half and its certificate, and nothing is left
/// beside them.
fn files(card: &Card) -> [usize; 3] {
    let files = card.files();
    KINDS.map(|kind| files.iter().filter(|file| *file >> 8 == kind).count())
}

/// The pair for *legitimering* and one for signing, which the office has seen at work.
fn one_pair(card: &Card, office: &PretendOffice) {
    assert_eq!(files(card), [2; 3], "{:04X?}", card.files());
    let books = office.books();
    let active = |usage: &str| {
        let active = books.entries.iter().filter(|one| one.stage == "active");
        active.filter(|one| one.usage == usage).count()
    };
    assert_eq!((active("signature"), books.done), (1, true));
}

fn no_pair(card: &Card, office: &PretendOffice) {
    assert_eq!(files(card), [1; 3], "{:04X?}", card.files());
    assert_eq!(office.books().entries[1].stage, "off_card");
}

/// PIN1 is what was chosen, with all its tries.
fn chosen(card: &Card, office: &PretendOffice) {
    assert_eq!(card.tries_left()[0], 3);
    assert!(office.books().proved && office.books().done);
}

/// While a pair is replaced, one is whole: its three files are there.
fn a_whole_one(card: &Card) {
    assert!(
        files(card).iter().all(|count| *count >= 2),
        "{:04X?}",
        card.files()
    );
}

const FETCH: Flow = Flow {
    name: "task-fetch",
    kind: "fetch_signing",
    number: "975200000701",
    make: letter,
    typed: LETTER,
    done: one_pair,
    holds: |_| {},
    at_reads: true,
};

const REPLACE: Flow = Flow {
    name: "task-replace",
    make: replaced,
    holds: a_whole_one,
    at_reads: false,
    ..FETCH
};

const FETCH_ON_SEVEN: Flow = Flow {
    name: "task-seven",
    make: half_chosen,
    at_reads: false,
    typed: Typed {
        pin1: PIN1,
        pin2: NEW,
    },
    ..FETCH
};

const DELETE: Flow = Flow {
    name: "task-delete",
    kind: "delete_certificate",
    make: active,
    done: no_pair,
    ..FETCH
};

const CHOOSE: Flow = Flow {
    name: "task-choose",
    kind: "choose_code",
    make: fresh,
    done: chosen,
    ..FETCH
};

const UNLOCK: Flow = Flow {
    name: "task-unlock",
    kind: "unlock_visit",
    make: locked,
    ..CHOOSE
};

#[test]
fn every_task_is_done_with_a_real_reader() {
    for flow in [FETCH, REPLACE, FETCH_ON_SEVEN, DELETE, CHOOSE, UNLOCK] {
        let exchanges = Seat::new(flow, 0).clean();
        println!("{}: {} commands", flow.name, exchanges.len());
    }
}

#[test]
fn another_card_in_any_reader_is_refused_by_its_number() {
    let mut bench = Bench::new("task-other", 2);
    let line = Line::open();
    let office = office("fetch_signing", "975200000702");
    let right = letter(&office);
    line.connect(&office);
    let officers = bench.insert(0, bare(Family::Letter, "975200000777"));
    let ran = line.run(&bench, LETTER).ends(&[]).not_well();
    ran.says(&[
        "Fel kort: TEST e-id kort, kortnumret slutar på 0777",
        "K608",
    ]);
    office.renew();
    let inserted = bench.insert(1, right);
    line.run(&bench, LETTER)
        .ends(&[])
        .well()
        .says(&["slutar på 0702", "Inget annat kort rörs"]);
    one_pair(&inserted.take_out().unwrap(), &office);
    let untouched = officers.exchanges();
    let codes = untouched
        .iter()
        .filter(|one| one.header[1] == 0x20 && one.sent > 5);
    assert_eq!(codes.count(), 0);
    assert_eq!(files(&officers.take_out().unwrap()), [0; 3]);
}

#[test]
fn pulled_while_a_certificate_is_fetched() {
    everywhere(FETCH);
}

#[test]
fn pulled_while_a_pair_is_replaced() {
    everywhere(REPLACE);
}

#[test]
fn pulled_while_a_certificate_is_fetched_to_a_card_whose_code_is_not_chosen() {
    everywhere(FETCH_ON_SEVEN);
}

#[test]
fn pulled_while_a_pair_is_removed() {
    everywhere(DELETE);
}

#[test]
fn pulled_while_a_code_is_chosen() {
    everywhere(CHOOSE);
}

#[test]
fn pulled_while_a_card_is_opened() {
    everywhere(UNLOCK);
}
