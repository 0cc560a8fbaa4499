//! What is not written to the card; and what may be the matter.

use super::{PIN1, Person, Scene, says};
use crate::card::{Holds, Reader};
use crate::code::CodeName;
use crate::fake::card;
use crate::flows::Outcome;
use crate::words::Language;

#[test]
fn a_card_is_registered_by_its_own_key() {
    let scene = Scene::new("register");
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert!(scene.office.books().done && scene.office.books().proved);
    says(
        &person,
        &[
            "Legitimer",
            "kortnumret slutar på 0123",
            "Klar att användas",
        ],
    );
    assert_eq!(scene.steps(), ["card_found", "code_asked"]);
}

#[test]
fn a_card_is_registered_only_once() {
    let scene = Scene::new("register");
    scene.office.books().registered = true;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well);
    says(&person, &["redan registrerat", "Klar att användas"]);
    assert!(scene.cards.sent.borrow().is_empty());
}

#[test]
fn a_code_is_good_for_one_use() {
    let scene = Scene::new("register");
    scene.office.books().offered = false;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K605", "Hämta en ny kod"]);
}

#[test]
fn another_card_is_refused_by_its_number_and_nothing_is_sent_to_it() {
    let mut scene = Scene::new("fetch_signing");
    scene.cards.card = card("Left", "975200000999");
    let mut person = Person::new();
    person.patient = false;
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    assert!(scene.cards.sent.borrow().is_empty());
    says(
        &person,
        &[
            "slutar på 0123",
            "Fel kort",
            "slutar på 0999",
            "rörs inte",
            "K608",
        ],
    );
    assert_eq!(scene.cause().as_deref(), Some("K608"));
    assert_eq!(scene.steps(), ["waiting_for_card"]);
}

#[test]
fn the_officers_own_card_beside_the_holders_is_left_alone() {
    let mut scene = Scene::seven("choose_code", [true; 2]);
    let officers = card("Officer", "975200000777");
    scene.cards.others = vec![Reader {
        name: "Officer".into(),
        holds: Holds::Card(officers),
    }];
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    says(
        &person,
        &["Rätt kort: TEST e-id kort, kortnumret slutar på 0123, i läsaren Left"],
    );
}

#[test]
fn a_receipt_is_shown_whole_before_it_is_signed() {
    let scene = Scene::new("sign_receipt");
    scene.office.books().text = Some("Jag har fått kortet.\nJag följer villkoren.".into());
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    says(
        &person,
        &[
            "Jag har fått kortet.\nJag följer villkoren.\nSlut",
            "Skriv under?",
            "underskriven",
        ],
    );
    assert!(scene.office.books().done);
}

#[test]
fn a_receipt_is_shown_once_however_often_the_code_is_wrong() {
    let scene = Scene::new("sign_receipt");
    scene.office.books().text = Some("Jag har fått kortet.".into());
    let mut person = Person::new();
    person.pin1 = "999123";
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    for shown in ["Jag har fått kortet.", "Skriv under?"] {
        assert_eq!(person.text().matches(shown).count(), 1, "{}", person.text());
    }
    says(&person, &["Du har 2 försök kvar"]);
}

#[test]
fn a_receipt_that_is_not_wanted_is_not_signed() {
    let scene = Scene::new("sign_receipt");
    scene.office.books().text = Some("Jag har fått kortet.".into());
    let mut person = Person::new();
    person.yes = "nej";
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    assert!(scene.cards.sent.borrow().is_empty() && !scene.office.books().proved);
    assert_eq!(scene.cause().as_deref(), Some("K614"));
}

#[test]
fn the_test_of_a_card_is_told_with_its_cause() {
    let scene = Scene::new("test_card");
    scene.cards.chip.borrow_mut().tries = [0, 3, 10];
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K302", "visas på sidan"]);
    let report = scene.office.books().report.clone().unwrap();
    assert_eq!(report["cause"], "K302");
    assert_eq!(
        (&report["readers"], &report["cards"]),
        (&1.into(), &1.into())
    );
    assert_eq!(report["locked"], serde_json::json!(["pin1"]));
    assert_eq!(
        report["tries"],
        serde_json::json!({"pin1": 0, "pin2": 3, "puk": 10})
    );
    assert_eq!(report["module"], "fake.so");
}

#[test]
fn a_card_without_faults_is_told_as_such() {
    let scene = Scene::new("test_card").with_pair(&[2], "person_id", "active");
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert!(scene.office.books().report.clone().unwrap()["cause"].is_null());
}

#[test]
fn a_wrong_code_is_asked_for_again_and_the_last_try_is_warned_of() {
    let scene = Scene::new("register");
    let mut person = Person::new();
    person.pin1 = "999123";
    person.yes = "nej";
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    assert_eq!(scene.cards.tries(CodeName::Pin1), 1);
    says(
        &person,
        &["Du har 2 försök kvar", "Vill du använda sista försöket?"],
    );
    assert!(!person.text().contains(PIN1) && !person.text().contains("999123"));
}

#[test]
fn an_office_that_does_not_answer_is_asked_again_and_nothing_is_lost() {
    let scene = Scene::new("fetch_signing");
    scene.office.books().unheard = 3;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    says(&person, &["Servern svarar inte. Programmet försöker igen"]);
    scene.has_exactly(1);
}

#[test]
fn a_lost_answer_to_any_call_is_made_good() {
    for lost in 0..40 {
        let scene = Scene::new("fetch_signing");
        let mut person = Person::new();
        // The first call swaps the code for a secret: its answer can only be had once.
        scene.office.books().lose_answer = Some(lost + 2);
        assert_eq!(
            scene.run(&mut person),
            Outcome::Well,
            "{lost}: {}",
            person.text()
        );
        scene.has_exactly(1);
    }
}

#[test]
fn a_line_that_stays_dead_is_told_and_ends_when_the_holder_says_so() {
    let scene = Scene::new("register");
    scene.office.books().unheard = 1000;
    let mut person = Person::new();
    person.yes = "nej";
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K603", "Vill du försöka igen?"]);
    assert!(scene.cards.sent.borrow().is_empty());
}

#[test]
fn what_the_office_refuses_has_words_of_its_own() {
    for (code, cause) in [
        ("certificate_revoked", "K610"),
        ("wrong_card", "K608"),
        ("proof_does_not_hold", "K609"),
        ("something_new", "K613"),
    ] {
        let scene = Scene::new("register");
        scene.office.books().refuse_proof = Some(code);
        let mut person = Person::new();
        assert_eq!(scene.run(&mut person), Outcome::NotWell);
        says(&person, &[cause]);
        assert_eq!(scene.cause().as_deref(), Some(cause));
    }
}

#[test]
fn a_server_that_nobody_has_set_is_confirmed_first() {
    let scene = Scene::new("register");
    let mut person = Person::new();
    person.yes = "nej";
    assert_eq!(
        scene.run_in(Language::Swedish, &mut person, false),
        Outcome::NotWell
    );
    says(&person, &["kort.example", "Är det rätt server?"]);
    assert!(scene.office.books().offered, "nothing was sent");
}

#[test]
fn a_newer_servers_task_is_declined() {
    let scene = Scene::new("something_else");
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    assert_eq!(scene.cause().as_deref(), Some("K616"));
}

#[test]
fn english_is_whole() {
    let scene = Scene::new("fetch_signing");
    let mut person = Person::new();
    scene.run_in(Language::English, &mut person, true);
    let text = person.text();
    assert!(
        text.contains("Ready to use") && !text.contains('å') && !text.contains('ö'),
        "{text}"
    );
}
