//! Codes that are chosen with the office's answer.

use super::{NEW, PIN2, Person, Scene, says};
use crate::code::CodeName;
use crate::flows::Outcome;

#[test]
fn the_holder_chooses_a_code_and_the_card_proves_it() {
    let scene = Scene::seven("choose_code", [true; 2]);
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert_eq!(scene.cards.code(CodeName::Pin1), NEW);
    assert!(scene.office.books().done);
    assert_eq!(scene.steps(), ["card_found", "code_asked", "code_chosen"]);
    says(&person, &["Klar att användas"]);
    assert!(!person.text().contains(NEW));
}

#[test]
fn the_date_of_birth_of_the_sheet_is_no_code() {
    let scene = Scene::seven("choose_code", [true; 2]);
    let mut person = Person::new();
    person.new = vec!["790315", NEW];
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    says(&person, &["ditt födelsedatum"]);
    assert_eq!(scene.cards.code(CodeName::Pin1), NEW);
}

#[test]
fn a_locked_card_gets_a_new_code_at_the_visit() {
    let scene = Scene::seven("unlock_visit", [false; 2]);
    scene.cards.chip.borrow_mut().tries = [0, 0, 0];
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert_eq!(scene.cards.code(CodeName::Pin1), NEW);
    assert_eq!(scene.cards.code(CodeName::Pin2), NEW);
}

#[test]
fn a_card_that_no_office_can_open_says_so() {
    let scene = Scene::new("unlock_visit");
    scene.cards.chip.borrow_mut().tries = [0, 3, 0];
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K208"]);
    assert!(scene.cards.sent.borrow().is_empty());
}

#[test]
fn the_signature_code_is_chosen_before_the_first_certificate() {
    let scene = Scene::seven("fetch_signing", [false, true]);
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert_eq!(scene.cards.code(CodeName::Pin2), NEW);
    scene.has_exactly(1);
    says(&person, &["Underskriftskoden (PIN2) är inte vald än"]);
    assert!(!person.text().contains(PIN2));
}

#[test]
fn a_code_that_an_earlier_run_chose_is_only_proved() {
    let scene = Scene::seven("choose_code", [false; 2]);
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert_eq!(scene.office.books().answered, 0);
    says(&person, &["redan vald", "Fortsätt med den?"]);
}

#[test]
fn a_code_that_an_earlier_run_chose_and_nobody_knows_is_chosen_anew() {
    let scene = Scene::seven("choose_code", [false; 2]);
    let mut person = Person::new();
    person.yes = "nej";
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert_eq!(scene.cards.code(CodeName::Pin1), NEW);
}

#[test]
fn an_office_that_is_silent_while_the_card_waits_is_asked_again_without_typing_anew() {
    let scene = Scene::seven("choose_code", [true; 2]);
    // Fetched, found, asked; then the question is not heard.
    scene.office.books().lose_answer = Some(4);
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    assert_eq!(scene.office.books().answered, 2);
    assert_eq!(
        person.text().matches("Skriv en ny").count(),
        1,
        "{}",
        person.text()
    );
}

#[test]
fn an_answer_that_the_card_does_not_take_is_told() {
    let mut scene = Scene::seven("choose_code", [true; 2]);
    scene.office.says(Box::new(|_| vec![0; 8]));
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K308"]);
}
