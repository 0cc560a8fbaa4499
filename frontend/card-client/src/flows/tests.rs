//! The flows with a card in memory.

use super::{Desk, Outcome, Outside};
use crate::card::{Certificate, Holds, Identity, Opening, Reader, Usage};
use crate::code::CodeName;
use crate::fake::{FakeCards, Loss, Script, card};
use crate::words::{Language, Words};

const PUK: &str = "36925814";

struct Ran {
    outcome: Outcome,
    text: String,
    left: usize,
}

fn run(cards: &FakeCards, answers: &[&str], flow: impl FnOnce(&mut Desk<'_>) -> Outcome) -> Ran {
    run_in(Language::Swedish, cards, answers, flow)
}

fn run_in(
    language: Language,
    cards: &FakeCards,
    answers: &[&str],
    flow: impl FnOnce(&mut Desk<'_>) -> Outcome,
) -> Ran {
    let mut talk = Script::new(answers);
    let mut desk = Desk {
        port: cards,
        talk: &mut talk,
        words: Words::of(language),
        outside: Outside {
            now: &|| 1_000,
            challenge: &|| Some([7; 32]),
            pause: &|_| {},
        },
        reader: None,
        office: Err(crate::cause::Cause::NoServer),
    };
    let outcome = flow(&mut desk);
    Ran {
        outcome,
        text: talk.text(),
        left: talk.left(),
    }
}

fn change(cards: &FakeCards, answers: &[&str]) -> Ran {
    run(cards, answers, |desk| desk.change_pin(Some(CodeName::Pin1)))
}

fn unlock(cards: &FakeCards, answers: &[&str]) -> Ran {
    run(cards, answers, |desk| desk.unlock(None))
}

fn certificate(usage: Usage) -> Certificate {
    Certificate {
        usage,
        identity: Identity::Personal,
        not_before: 0,
        not_after: 2_000,
        last_day: "2027-05-01".into(),
        personal_number: Some("197903159809".into()),
        id: vec![1],
        der: Vec::new(),
    }
}

#[test]
fn a_code_is_changed_on_the_card_that_was_named() {
    let cards = FakeCards::new();
    let ran = change(&cards, &["147258", "802417", "802417"]);
    assert_eq!(ran.outcome, Outcome::Well, "{}", ran.text);
    assert_eq!(cards.code(CodeName::Pin1), "802417");
    assert!(
        ran.text
            .contains("kortnumret slutar på 0123, i läsaren Left"),
        "{}",
        ran.text
    );
    assert!(
        ran.text.contains("Klart. Den nya koden gäller"),
        "{}",
        ran.text
    );
}

#[test]
fn no_code_is_ever_said_again() {
    let cards = FakeCards::new();
    let ran = change(&cards, &["147258", "802417", "802417"]);
    let wrong = change(&cards, &["999123", "147258", "147258"]);
    let opened = unlock(&cards, &["1", "ja", PUK, "741852", "741852"]);
    assert_eq!(opened.outcome, Outcome::Well, "{}", opened.text);
    for said in [ran.text, wrong.text, opened.text] {
        for code in ["147258", "802417", "999123", "741852", PUK] {
            assert!(!said.contains(code), "{said}");
        }
    }
}

#[test]
fn weak_codes_are_refused_before_anything_is_written() {
    let mut cards = FakeCards::new();
    cards.certificates = vec![certificate(Usage::Authentication)];
    let weak = ["147258", "123456", "777777", "790315", "12345"];
    let ran = change(&cards, &[&["147258"], &weak[..]].concat());
    assert_eq!(ran.outcome, Outcome::NotWell);
    assert_eq!(*cards.sent.borrow(), ["check"], "the old one alone");
    for why in [
        "samma som den gamla",
        "kommer i följd",
        "en eller två olika",
        "ditt födelsedatum",
        "6 till 8 siffror",
        "Inget är ändrat på kortet",
    ] {
        assert!(ran.text.contains(why), "{why}: {}", ran.text);
    }
    assert_eq!(ran.left, 0);
}

#[test]
fn an_old_code_that_cannot_be_right_costs_no_try() {
    let cards = FakeCards::new();
    let ran = change(&cards, &["12345", "abcdef", ""]);
    assert_eq!(ran.outcome, Outcome::NotWell);
    assert_eq!(
        (cards.tries(CodeName::Pin1), cards.sent.borrow().len()),
        (3, 0)
    );
}

#[test]
fn two_new_codes_that_differ_are_asked_for_again() {
    let cards = FakeCards::new();
    let ran = change(&cards, &["147258", "802417", "802471", "802417", "802417"]);
    assert_eq!(ran.outcome, Outcome::Well);
    assert!(ran.text.contains("De två koderna är inte lika"));
}

#[test]
fn after_a_wrong_code_the_tries_left_are_told_and_the_last_one_is_warned_of() {
    let cards = FakeCards::new();
    let wrong = ["999123", "802417", "802417"];
    let first = change(&cards, &wrong);
    assert!(
        first.text.contains("Du har 2 försök kvar."),
        "{}",
        first.text
    );
    assert!(first.text.contains("Den gamla koden gäller"));
    assert!(!first.text.contains("Skriv en ny"), "{}", first.text);
    assert_eq!(first.left, 2, "no new code is asked for");
    let second = change(&cards, &wrong);
    assert!(second.text.contains("1 försök kvar"));
    assert!(
        second
            .text
            .contains("Blir det fel låses koden. Den kan sedan låsas upp med puk-koden.")
    );
    let no = change(&cards, &["nej"]);
    assert!(no.text.contains("Vill du använda sista försöket?"));
    assert_eq!(cards.tries(CodeName::Pin1), 1);
    let third = change(&cards, &[&["ja"], &wrong[..]].concat());
    assert!(
        third.text.contains("Låst är inte spärrat"),
        "{}",
        third.text
    );
    assert!(third.text.contains("K302"));
    assert_eq!(cards.tries(CodeName::Pin1), 0);
}

#[test]
fn a_code_that_was_never_chosen_can_be_neither_changed_nor_opened() {
    let cards = FakeCards::new();
    cards.chip.borrow_mut().unset = [true; 2];
    let changed = change(&cards, &[]);
    let opened = run(&cards, &[], |desk| desk.unlock(Some(CodeName::Pin1)));
    for ran in [changed, opened] {
        assert_eq!(ran.outcome, Outcome::NotWell);
        assert!(ran.text.contains("aktiveras på kortkontoret") && ran.text.contains("K301"));
    }
    assert!(cards.sent.borrow().is_empty());
}

#[test]
fn the_locked_code_is_opened_with_the_puk() {
    let cards = FakeCards::new().with_tries(CodeName::Pin2, 0);
    let ran = unlock(&cards, &[PUK, "741852", "741852"]);
    assert_eq!(ran.outcome, Outcome::Well, "{}", ran.text);
    assert_eq!(
        (
            cards.code(CodeName::Pin2).as_str(),
            cards.tries(CodeName::Pin2)
        ),
        ("741852", 3)
    );
    assert!(ran.text.contains("Låst är inte spärrat"));
    assert!(ran.text.contains("Underskriftskod (PIN2)"));
}

#[test]
fn the_puk_itself_is_refused_as_a_new_code() {
    let cards = FakeCards::new().with_tries(CodeName::Pin1, 0);
    let ran = unlock(&cards, &[PUK, PUK, ""]);
    assert!(ran.text.contains("samma som puk-koden"), "{}", ran.text);
    assert!(cards.sent.borrow().is_empty());
}

#[test]
fn a_code_that_is_not_locked_is_chosen_anew_only_when_the_holder_says_so() {
    let cards = FakeCards::new();
    let no = unlock(&cards, &["1", "nej"]);
    assert!(no.text.contains("inte låst") && no.text.contains("Inget är ändrat"));
    assert!(cards.sent.borrow().is_empty());
}

#[test]
fn before_the_last_puk_try_the_consequence_for_this_kind_of_card_is_named() {
    for (opening, consequence) in [
        (
            Opening::Nothing,
            "låses puk-koden för alltid. Då kan kortet inte låsas upp och måste bytas",
        ),
        (Opening::Visit, "Då måste du besöka kortkontoret"),
        (Opening::Untold, "Börjar produktnumret på kortet med 7"),
    ] {
        let cards = FakeCards::new()
            .with_tries(CodeName::Pin1, 0)
            .with_tries(CodeName::Puk, 1);
        cards.chip.borrow_mut().opening = opening;
        let no = unlock(&cards, &["nej"]);
        assert!(no.text.contains(consequence), "{}", no.text);
        assert_eq!((cards.tries(CodeName::Puk), no.left), (1, 0));
        let yes = unlock(&cards, &["ja", "11223344", "741852", "741852"]);
        assert_eq!(cards.tries(CodeName::Puk), 0, "{}", yes.text);
        let visit = yes
            .text
            .contains("Boka ett besök på kortkontoret, så provar vi");
        assert_eq!(visit, opening == Opening::Visit, "{}", yes.text);
        let again = unlock(&cards, &[]);
        assert_eq!(again.outcome, Outcome::NotWell);
        assert!(again.text.contains("Låst är inte spärrat"));
    }
}

#[test]
fn a_card_pulled_while_it_changes_tells_its_code_when_it_is_back() {
    for (loss, valid, said) in [
        (Loss::Answer, "802417", "Den nya koden gäller"),
        (Loss::Command, "147258", "Den gamla koden gäller"),
    ] {
        let mut cards = FakeCards::new();
        cards.loss = Some(loss);
        let ran = change(&cards, &["147258", "802417", "802417", ""]);
        assert!(ran.text.contains(said), "{}", ran.text);
        assert_eq!(
            (
                cards.code(CodeName::Pin1).as_str(),
                cards.tries(CodeName::Pin1)
            ),
            (valid, 3)
        );
        let silent = change(&cards, &[valid, "741963", "741963", "nej"]);
        assert!(
            silent.text.contains("antingen den gamla eller den nya"),
            "{}",
            silent.text
        );
        assert_eq!(silent.outcome, Outcome::NotWell);
    }
}

#[test]
fn a_card_pulled_while_it_opens_tells_by_its_counter_what_happened() {
    for (loss, said) in [
        (Loss::Answer, "Kortet är upplåst"),
        (Loss::Command, "Inget är ändrat"),
    ] {
        let mut cards = FakeCards::new().with_tries(CodeName::Pin1, 0);
        cards.loss = Some(loss);
        let ran = unlock(&cards, &[PUK, "741852", "741852", ""]);
        assert!(ran.text.contains(said), "{}", ran.text);
        assert_eq!(cards.sent.borrow().as_slice(), ["unblock"]);
    }
}

#[test]
fn of_several_cards_the_holder_chooses_and_nothing_is_guessed() {
    let mut cards = FakeCards::new();
    cards.others = vec![Reader {
        name: "Right".into(),
        holds: Holds::Card(card("Right", "975200000777")),
    }];
    let nobody = change(&cards, &[]);
    assert!(
        nobody.text.contains("K204") && cards.sent.borrow().is_empty(),
        "{}",
        nobody.text
    );
    let second = change(&cards, &["2", "147258", "802417", "802417"]);
    assert_eq!(second.outcome, Outcome::Well, "{}", second.text);
    assert!(
        second
            .text
            .contains("1. TEST e-id kort, kortnumret slutar på 0777, i läsaren Right")
    );
    let other = change(&cards, &["1", "802417", "741852", "741852"]);
    assert!(other.text.contains("K207"), "{}", other.text);
    assert_eq!(cards.code(CodeName::Pin1), "802417");
}

#[test]
fn testing_a_card_tells_the_cause_and_points_at_the_one_that_works() {
    let mut cards = FakeCards::new();
    cards.certificates = vec![certificate(Usage::Authentication)];
    cards.others = vec![Reader {
        name: "Right".into(),
        holds: Holds::Card(card("Right", "975200000777")),
    }];
    let wrong = run(&cards, &["1"], |desk| desk.test());
    assert_eq!(wrong.outcome, Outcome::NotWell);
    for part in ["K401", "K205", "slutar på 0123, i läsaren Left"] {
        assert!(wrong.text.contains(part), "{part}: {}", wrong.text);
    }
    let right = run(&cards, &["2", "nej"], |desk| desk.test());
    assert_eq!(right.outcome, Outcome::Well, "{}", right.text);
    assert!(right.text.contains("Provet hoppades över") && right.text.contains("K402"));
    assert!(cards.sent.borrow().is_empty(), "no code was asked for");
}

#[test]
fn a_wrong_code_in_the_test_is_a_cause_with_its_number() {
    let mut cards = FakeCards::new();
    cards.certificates = vec![certificate(Usage::Authentication)];
    let ran = run(&cards, &["ja", "999123"], |desk| desk.test());
    assert_eq!(ran.outcome, Outcome::NotWell);
    assert!(
        ran.text.contains("K306") && ran.text.contains("2 försök kvar"),
        "{}",
        ran.text
    );
}

#[test]
fn the_menu_works_by_numbers_alone_and_changes_its_language() {
    let cards = FakeCards::new();
    let ran = run(&cards, &["1", "9", "6", "1", "0"], |desk| desk.menu());
    assert_eq!((ran.outcome, ran.left), (Outcome::Well, 0));
    assert!(
        ran.text
            .contains("Legitimeringskod (PIN1): fungerar, 3 försök kvar"),
        "{}",
        ran.text
    );
    assert!(ran.text.contains("Skriv en siffra från menyn"));
    assert!(
        ran.text
            .contains("authentication code (PIN1): works, 3 tries left")
    );
    assert!(!ran.text.contains('\u{1b}'), "no control characters");
}

#[test]
fn the_menu_ends_when_nobody_answers() {
    assert_eq!(
        run(&FakeCards::new(), &[], |desk| desk.menu()).outcome,
        Outcome::Well
    );
}

#[test]
fn the_status_names_card_codes_and_certificates_without_the_holder() {
    let mut cards = FakeCards::new().with_tries(CodeName::Pin2, 0);
    cards.certificates = vec![certificate(Usage::Authentication)];
    let ran = run(&cards, &[], |desk| desk.status());
    for part in [
        "kortnumret slutar på 0123",
        "Underskriftskod (PIN2): låst (inte spärrad)",
        "Upplåsningskod (PUK): fungerar, 10 försök kvar",
        "Legitimera: personlig e-legitimation, gäller till och med 2027-05-01",
        "Skriv under: finns inte på kortet",
    ] {
        assert!(ran.text.contains(part), "{part}: {}", ran.text);
    }
    assert!(!ran.text.contains("19790315") && !ran.text.contains("975200000123"));
}

#[test]
fn english_is_whole() {
    let cards = FakeCards::new().with_tries(CodeName::Pin1, 0);
    let flow = |desk: &mut Desk<'_>| desk.unlock(None);
    let ran = run_in(Language::English, &cards, &[PUK, "741852", "741852"], flow);
    assert!(
        ran.text.contains("Done. The card is unlocked"),
        "{}",
        ran.text
    );
    assert!(
        !ran.text.contains('å') && !ran.text.contains('ö'),
        "{}",
        ran.text
    );
}
