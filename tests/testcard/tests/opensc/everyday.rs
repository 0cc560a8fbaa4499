//! What a person does with a card, through OpenSC's own programs.

use crate::bench::{
    self, Bench, LEGITIMERING, PIN1, PIN2, PUK, UNDERSKRIFT, letter_card, seven_card,
};
use cards_testcard::{Faults, KeyKind, Purpose};
use std::time::Duration;

#[test]
fn opensc_lists_the_card_with_a_token_for_each_code() {
    let mut bench = Bench::new("list", 1);
    let _in = bench.insert(0, letter_card("975200000101"));
    let slots = bench.pkcs11("", &["--list-slots"]).must();
    assert!(slots.contains("TEST e-id kort (Legitimering)"), "{slots}");
    assert!(slots.contains("TEST e-id kort (Underskrift)"), "{slots}");
    assert!(
        slots.contains("serial num         : 975200000101"),
        "{slots}"
    );
    assert!(slots.contains("pin min/max        : 6/8"), "{slots}");
    let pins = bench.run("pkcs15-tool", &["--list-pins"]).must();
    assert!(pins.contains("PIN [PUK]"), "{pins}");
}

#[test]
fn a_signature_made_with_a_code_is_true() {
    let mut bench = Bench::new("sign", 1);
    let _in = bench.insert(0, letter_card("975200000102"));
    let public = bench.public_key(LEGITIMERING, "01");
    let signature = bench
        .sign(LEGITIMERING, PIN1, "01", "ECDSA-SHA256")
        .must_file();
    assert!(bench.is_true(&public, &signature));
    bench.write("message", b"another message");
    assert!(!bench.is_true(&public, &signature));
    let refused = bench.sign(LEGITIMERING, "000000", "01", "ECDSA-SHA256");
    assert!(
        refused.text.contains("CKR_PIN_INCORRECT"),
        "{}",
        refused.text
    );
}

#[test]
fn three_wrong_tries_lock_and_pkcs11_counts_along() {
    let mut bench = Bench::new("lock", 1);
    let _in = bench.insert(0, letter_card("975200000103"));
    let wrong = |bench: &Bench| bench.login(LEGITIMERING, "000000").text;
    assert!(wrong(&bench).contains("CKR_PIN_INCORRECT"));
    assert!(wrong(&bench).contains("CKR_PIN_INCORRECT"));
    assert!(
        bench.flags().contains("final user PIN try"),
        "{}",
        bench.flags()
    );
    assert!(wrong(&bench).contains("CKR_PIN_INCORRECT"));
    assert!(
        bench.flags().contains("user PIN locked"),
        "{}",
        bench.flags()
    );
    assert!(
        bench
            .login(LEGITIMERING, PIN1)
            .text
            .contains("CKR_PIN_LOCKED")
    );
    assert_eq!(bench.apdu("00200001"), "6983");
    bench.login(UNDERSKRIFT, PIN2).must();
}

#[test]
fn a_code_is_changed_by_c_set_pin() {
    let mut bench = Bench::new("change", 1);
    let _in = bench.insert(0, letter_card("975200000104"));
    let change = [
        "--login",
        "--pin",
        PIN1,
        "--change-pin",
        "--new-pin",
        "741852",
    ];
    bench.pkcs11(LEGITIMERING, &change).must();
    assert!(
        bench
            .login(LEGITIMERING, PIN1)
            .text
            .contains("CKR_PIN_INCORRECT")
    );
    bench.login(LEGITIMERING, "741852").must();
}

#[test]
fn the_puk_opens_a_locked_code_and_locks_itself_after_ten_wrong_tries() {
    let mut bench = Bench::new("puk", 1);
    let _in = bench.insert(0, letter_card("975200000105"));
    for _ in 0..3 {
        bench.login(UNDERSKRIFT, "000000");
    }
    assert_eq!(bench.apdu("00200002"), "6983");
    bench.unblock("02", PUK, "741852").must();
    bench.login(UNDERSKRIFT, "741852").must();
    for left in (0..10).rev() {
        bench.unblock("01", "00000000", "741852");
        let expected = if left == 0 {
            "6983".into()
        } else {
            format!("63C{left:X}")
        };
        assert_eq!(bench.apdu("002C0001"), expected);
    }
    assert!(!bench.unblock("01", PUK, "741852").worked);
    bench.login(LEGITIMERING, PIN1).must();
}

#[test]
fn a_key_is_made_and_its_certificate_written_read_back_used_and_deleted() {
    let mut bench = Bench::new("pair", 1);
    let inserted = bench.insert(0, letter_card("975200000106"));
    for (id, kind, mechanism) in [
        ("0a", "EC:prime256v1", "ECDSA-SHA256"),
        ("0b", "rsa:2048", "SHA256-RSA-PKCS"),
    ] {
        bench.make_key(UNDERSKRIFT, PIN2, kind, id).must();
        let public = bench.public_key(UNDERSKRIFT, id);
        bench.write_certificate(UNDERSKRIFT, PIN2, id).must();
        let signature = bench.sign(UNDERSKRIFT, PIN2, id, mechanism).must_file();
        assert!(bench.is_true(&public, &signature), "{kind}");
        let back = bench.read_certificate(UNDERSKRIFT, id);
        assert_eq!(back, bench.read("certificate"));
        for object in ["cert", "pubkey", "privkey"] {
            bench.delete(UNDERSKRIFT, PIN2, object, id).must();
        }
    }
    let objects = bench.login(UNDERSKRIFT, PIN2).must();
    assert!(!objects.contains("ID:"), "{objects}");
    let signature = bench.sign(LEGITIMERING, PIN1, "01", "ECDSA-SHA256");
    signature.must_file();
    let card = inserted.take_out().unwrap();
    assert_eq!(
        card.files(),
        letter_card("975200000106").files(),
        "nothing is left behind"
    );
}

#[test]
fn a_key_of_one_code_is_not_seen_in_the_other_codes_token() {
    let mut bench = Bench::new("apart", 1);
    let mut card = letter_card("975200000107");
    card.add_key(Purpose::Signature, KeyKind::P256, &[2])
        .unwrap();
    let _in = bench.insert(0, card);
    let own = bench.login(UNDERSKRIFT, PIN2).must();
    assert!(own.contains("Private Key Object"), "{own}");
    assert!(!own.contains("ID:         01"), "{own}");
    assert!(!bench.sign(LEGITIMERING, PIN1, "02", "ECDSA-SHA256").worked);
    bench
        .sign(UNDERSKRIFT, PIN2, "02", "ECDSA-SHA256")
        .must_file();
}

#[test]
fn a_card_of_7xx_says_that_its_codes_are_not_chosen_until_they_are() {
    let mut bench = Bench::new("seven", 1);
    let _in = bench.insert(0, seven_card("975200000108"));
    let initialized = |bench: &Bench| {
        let pins = bench.run("pkcs15-tool", &["--list-pins"]).must();
        pins.matches(", initialized").count()
    };
    assert_eq!(initialized(&bench), 1, "the PUK alone");
    let refused = bench.login(LEGITIMERING, PIN1);
    assert!(!refused.worked, "{}", refused.text);
    assert_eq!(bench.apdu("00200001"), "6984");
    bench.unblock("01", PUK, "741852").must();
    assert_eq!(initialized(&bench), 2);
    bench.login(LEGITIMERING, "741852").must();
}

#[test]
fn the_office_opens_a_card_of_7xx_over_pc_sc() {
    let mut bench = Bench::new("office", 1);
    let _in = bench.insert(0, seven_card("975200000109"));
    // One power-up for question and answer: the question is asked and answered in one run.
    let answered = bench.office_chooses("975200000109", 1, "741852");
    assert_eq!(answered, "9000");
    bench.login(LEGITIMERING, "741852").must();
}

#[test]
fn two_cards_in_two_readers_are_told_apart() {
    let mut bench = Bench::new("two", 2);
    let _first = bench.insert(0, letter_card("975200000110"));
    let _second = bench.insert(1, letter_card("975200000111"));
    let slots = bench.pkcs11("", &["--list-slots"]).must();
    assert!(
        slots.contains("975200000110") && slots.contains("975200000111"),
        "{slots}"
    );
    let second = bench.slot_of("975200000111");
    let change = [
        "--slot",
        &second,
        "--login",
        "--pin",
        PIN1,
        "--change-pin",
        "--new-pin",
        "741852",
    ];
    bench.pkcs11("", &change).must();
    let first = bench.slot_of("975200000110");
    bench
        .pkcs11("", &["--slot", &first, "--login", "--pin", PIN1, "-O"])
        .must();
    bench
        .pkcs11("", &["--slot", &second, "--login", "--pin", "741852", "-O"])
        .must();
}

#[test]
fn a_full_card_takes_no_certificate_and_still_works() {
    let mut bench = Bench::new("full", 1);
    let full = Faults {
        full: true,
        ..Faults::default()
    };
    let _in = bench.insert_with(0, letter_card("975200000112"), full);
    bench.make_certificate();
    let refused = bench.write_prepared(LEGITIMERING, PIN1, "01");
    assert!(
        refused.text.contains("CKR_DEVICE_MEMORY"),
        "{}",
        refused.text
    );
    assert!(
        !bench
            .make_key(UNDERSKRIFT, PIN2, "EC:prime256v1", "0a")
            .worked
    );
    bench
        .sign(LEGITIMERING, PIN1, "01", "ECDSA-SHA256")
        .must_file();
}

#[test]
fn a_slow_card_is_slow_and_works() {
    let mut bench = Bench::new("slow", 1);
    let slow = Faults {
        slow: Duration::from_millis(10),
        ..Faults::default()
    };
    let inserted = bench.insert_with(0, letter_card("975200000113"), slow);
    let begun = std::time::Instant::now();
    bench.login(LEGITIMERING, PIN1).must();
    let commands = u32::try_from(inserted.exchanges().len()).unwrap();
    assert!(
        begun.elapsed() > Duration::from_millis(10) * (commands / 2),
        "{commands}"
    );
}

#[test]
fn the_program_makes_a_card_and_puts_it_into_a_reader_of_its_own() {
    let program = env!("CARGO_BIN_EXE_kortkontor-testcard");
    let folder = bench::Folder::new("program");
    let card = folder.path("card");
    let card = card.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(program)
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    run(&[
        "make",
        card,
        "--number",
        "975200000120",
        "--family",
        "seven",
    ]);
    let shown = run(&["show", card]);
    assert!(shown.contains("card number 975200000120"), "{shown}");
    let inserted = run(&["insert", card, "--", "pkcs15-tool", "--list-keys"]);
    assert!(
        inserted.contains("Private EC Key [Legitimering]"),
        "{inserted}"
    );
    let refused = std::process::Command::new(program)
        .args([
            "make",
            card,
            "--number",
            "975200000120",
            "--label",
            "SITHS e-id kort",
        ])
        .output()
        .unwrap();
    assert!(!refused.status.success());
}
