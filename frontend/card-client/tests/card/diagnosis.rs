//! The state of a card, and the test that names the cause.

use crate::bench::{Bench, NEW, PIN1, PIN2, bare};
use cards_testcard::{Family, KeyKind, Purpose};

#[test]
fn the_status_names_the_card_its_codes_and_its_certificates() {
    let mut bench = Bench::new("status", 2);
    let card = bench.whole("975200000401");
    let _in = bench.insert(1, card);
    bench.is_right(1, "02", "999123");
    let ran = bench.run(&["lage"], &[]).well();
    ran.says(&[
        "Inget kort",
        "Kort: TEST e-id kort, kortnumret slutar på 0401",
        "Legitimeringskod (PIN1): fungerar, 3 försök kvar",
        "Underskriftskod (PIN2): fungerar, 2 försök kvar",
        "Upplåsningskod (PUK): fungerar, 10 försök kvar",
        "Legitimera: personlig e-legitimation, gäller till och med 20",
        "Skriv under: personlig e-legitimation, gäller till och med 20",
    ]);
    let whole = ran.text.contains("975200000401");
    assert!(!whole && !ran.text.contains("1979"), "{}", ran.text);
    let english = bench.run(&["status", "--language", "en"], &[]).well();
    english.says(&["signature code (PIN2): works, 2 tries left"]);
}

#[test]
fn a_whole_card_proves_its_keys_and_asks_for_a_code_only_when_the_holder_agrees() {
    let mut bench = Bench::new("prove", 1);
    let card = bench.whole("975200000402");
    let inserted = bench.insert(0, card);
    let none = bench.run(&["testa"], &["nej", "nej"]).well();
    assert!(!none.text.contains("syns inte"), "{}", none.text);
    let both = bench.run(&["testa"], &["ja", PIN1, "ja", PIN2]).well();
    assert_eq!(
        both.text.matches("Klar att användas").count(),
        2,
        "{}",
        both.text
    );
    let wrong = bench.run(&["testa"], &["ja", "999123", "nej"]).not_well();
    wrong.says(&["K306", "2 försök kvar"]);
    assert_eq!(inserted.take_out().unwrap().tries_left(), [2, 3, 10]);
}

#[test]
fn a_certificate_of_another_key_is_found_out() {
    let mut bench = Bench::new("false", 1);
    let mut card = bare(Family::Letter, "975200000403");
    let mut other = bare(Family::Letter, "975200000499");
    other
        .add_key(Purpose::Authentication, KeyKind::P256, &[1])
        .unwrap();
    card.add_key(Purpose::Authentication, KeyKind::P256, &[1])
        .unwrap();
    let public = other.public_key(Purpose::Authentication).unwrap();
    let certificate = bench.certificate(&public, "digitalSignature", "30");
    card.add_certificate(Purpose::Authentication, &[1], &certificate)
        .unwrap();
    let _in = bench.insert(0, card);
    bench
        .run(&["testa"], &["ja", PIN1])
        .not_well()
        .says(&["K502"]);
}

#[test]
fn missing_and_expired_certificates_are_told_apart() {
    let mut bench = Bench::new("certificates", 4);
    let mut expired = bare(Family::Letter, "975200000404");
    bench.certify(&mut expired, Purpose::Authentication, KeyKind::P256, "0");
    let mut unsigned = bare(Family::Letter, "975200000405");
    bench.certify(&mut unsigned, Purpose::Authentication, KeyKind::P256, "30");
    let _empty = bench.insert(0, bare(Family::Letter, "975200000406"));
    let _expired = bench.insert(1, expired);
    let _unsigned = bench.insert(2, unsigned);
    let test = |reader: usize| {
        let name = bench.readers.name(reader).unwrap();
        bench.run(&["testa", "--reader", &name], &["nej"])
    };
    test(0).not_well().says(&["K401", "K205", "slutar på 0405"]);
    test(1).not_well().says(&["K403", "K402", "K205"]);
    test(2)
        .well()
        .says(&["K402", "Hämta underskriftscertifikat"]);
    bench.run(&["testa"], &[]).not_well().says(&["K204"]);
    test(3).not_well().says(&["K201"]);
}

#[test]
fn a_computer_that_cannot_see_cards_says_why() {
    let mut bench = Bench::new("computer", 1);
    bench
        .run(&["testa"], &[])
        .not_well()
        .says(&["K201", "Kod till servicedesken"]);
    bench
        .run(&["testa", "--reader", "nobody"], &[])
        .not_well()
        .says(&["K103"]);
    let _in = bench.insert(0, bare(Family::Letter, "975200000407"));
    bench
        .run(&["testa", "--module", "/nowhere.so"], &[])
        .not_well()
        .says(&["K104"]);
    let mut nowhere = bench.client(&["testa"]);
    nowhere.env("PCSCLITE_CSOCK_NAME", "/nowhere/pcscd.comm");
    crate::bench::Running::start(nowhere)
        .ends(&[])
        .not_well()
        .says(&["K101"]);
}

#[test]
fn a_computer_without_readers_says_so() {
    let bench = Bench::new("readerless", 0);
    for command in ["testa", "lage"] {
        bench.run(&[command], &[]).not_well().says(&["K102"]);
    }
}

#[test]
fn a_command_line_with_a_code_is_refused() {
    let bench = Bench::new("arguments", 0);
    let ran = bench.run(&["byt-kod", "pin1", PIN1], &[]);
    assert_eq!(ran.status, 2, "{}", ran.text);
    assert!(!ran.text.contains(PIN1));
}

#[test]
fn a_code_typed_at_a_terminal_is_not_shown_and_without_one_none_is_asked_for() {
    let mut bench = Bench::new("terminal", 1);
    let inserted = bench.insert(0, bare(Family::Letter, "975200000408"));
    let mut running = bench.at_a_terminal("byt-kod pin1");
    running.says("Skriv din Legitimeringskod (PIN1) (syns inte):");
    running.types_like_a_person(PIN1);
    running.says("Skriv en ny Legitimeringskod (PIN1) (syns inte):");
    running.types_like_a_person(NEW);
    running.says("en gång till:");
    running.types_like_a_person(NEW);
    let ran = running.ends(&[]);
    ran.says(&["Den nya koden gäller"]);
    assert!(
        !ran.text.contains(PIN1) && !ran.text.contains(NEW),
        "{}",
        ran.text
    );
    assert!(bench.is_right(0, "01", NEW));
    let (worked, said) = bench.without_terminal("byt-kod pin1");
    assert!(
        !worked && said.contains("bara skrivas i ett terminalfönster"),
        "{said}"
    );
    assert_eq!(inserted.take_out().unwrap().tries_left(), [3, 3, 10]);
}
