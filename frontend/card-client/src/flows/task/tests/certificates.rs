//! Certificates for signing: fetched, replaced, removed.

use super::{Person, Scene, says};
use crate::code::CodeName;
use crate::flows::Outcome;

#[test]
fn a_key_is_made_on_the_card_and_its_certificate_written_beside_it() {
    let scene = Scene::new("fetch_signing");
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    scene.has_exactly(1);
    let told = [
        "card_found",
        "code_asked",
        "key_made",
        "request_sent",
        "certificate_written",
    ];
    let mut steps = scene.steps();
    steps.dedup();
    assert_eq!(steps, told);
    says(
        &person,
        &["Skriv under, personlig e-legitimation", "Klar att användas"],
    );
}

#[test]
fn each_profile_that_is_lacking_gets_its_own_pair() {
    let scene = Scene::new("fetch_signing");
    scene.office.books().profiles = vec!["hsa_id", "person_id"];
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    scene.has_exactly(2);
}

#[test]
fn a_certificate_that_takes_its_time_is_waited_for() {
    let scene = Scene::new("fetch_signing");
    scene.office.books().slow = 30;
    assert_eq!(scene.run(&mut Person::new()), Outcome::Well);
    scene.has_exactly(1);
}

#[test]
fn a_certificate_that_takes_too_long_is_fetched_by_the_next_run_with_the_same_key() {
    let scene = Scene::new("fetch_signing");
    scene.office.books().slow = 100_000;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K611"]);
    let key = scene.cards.chest.pairs()[0].public.clone();
    scene.office.books().slow = 1;
    scene.office.renew();
    assert_eq!(scene.run(&mut Person::new()), Outcome::Well);
    scene.has_exactly(1);
    assert_eq!(scene.cards.chest.pairs()[0].public, key);
}

#[test]
fn an_old_pair_that_is_over_leaves_after_the_new_one_works() {
    let scene = Scene::new("fetch_signing").with_pair(&[9], "person_id", "revoked");
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    scene.has_exactly(1);
    assert!(scene.steps().contains(&"old_removed".to_owned()));
    let sent = scene.cards.sent.borrow();
    let place = |what| sent.iter().rposition(|one| *one == what).unwrap();
    assert!(place("write") < place("delete"), "{sent:?}");
}

#[test]
fn a_pair_of_another_name_or_that_still_counts_stays() {
    let scene = Scene::new("fetch_signing")
        .with_pair(&[8], "hsa_id", "revoked")
        .with_pair(&[9], "hsa_id", "active");
    assert_eq!(scene.run(&mut Person::new()), Outcome::Well);
    assert_eq!(scene.cards.chest.pairs().len(), 3);
}

#[test]
fn a_key_that_somebody_else_made_is_never_taken_for_a_leftover() {
    let scene = Scene::new("fetch_signing");
    scene.cards.chest.add_key(CodeName::Pin2, &[5]);
    let dead = scene.cards.chest.add_key(CodeName::Pin2, b"kk012345");
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well);
    let pairs = scene.cards.chest.pairs();
    assert!(pairs.iter().any(|pair| pair.id == [5]));
    assert!(pairs.iter().all(|pair| pair.public.as_ref() != Some(&dead)));
    says(&person, &["Rester av ett avbrutet försök"]);
}

#[test]
fn a_card_that_is_full_gets_back_what_the_attempt_took() {
    let mut scene = Scene::new("fetch_signing");
    scene.cards.full = true;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["K209"]);
    assert_eq!(scene.cards.chest.pairs().len(), 0);
}

#[test]
fn a_request_that_is_refused_is_told_in_the_servers_words() {
    let scene = Scene::new("fetch_signing");
    scene.office.books().refuse_request = true;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["Servern säger: Det går inte just nu.", "K613"]);
}

#[test]
fn a_locked_signature_code_is_told_and_nothing_is_made() {
    let scene = Scene::new("fetch_signing");
    scene.cards.chip.borrow_mut().tries[1] = 0;
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::NotWell);
    says(&person, &["Låst är inte spärrat"]);
    assert_eq!(scene.cause().as_deref(), Some("K303"));
    let report = scene.office.books().report.clone().unwrap();
    assert_eq!(report["locked"], serde_json::json!(["pin2"]));
    assert_eq!(scene.cards.chest.pairs().len(), 0);
}

#[test]
fn the_pair_that_the_sheet_names_leaves_the_card_and_no_other() {
    let scene = Scene::new("delete_certificate")
        .with_pair(&[8], "hsa_id", "active")
        .with_pair(&[9], "person_id", "active");
    let named = scene.office.books().entries[2].id;
    scene.office.books().remove = Some(vec![named]);
    let mut person = Person::new();
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    let pairs = scene.cards.chest.pairs();
    assert_eq!((pairs.len(), pairs[0].id.as_slice()), (1, &[8][..]));
    assert_eq!(scene.office.books().entries[2].stage, "off_card");
    says(&person, &["finns inte längre på kortet"]);
}

#[test]
fn of_two_that_nobody_named_the_holder_chooses() {
    let scene = Scene::new("delete_certificate")
        .with_pair(&[8], "hsa_id", "active")
        .with_pair(&[9], "person_id", "active");
    let mut person = Person::new();
    person.yes = "1";
    assert_eq!(scene.run(&mut person), Outcome::Well, "{}", person.text());
    says(
        &person,
        &["Vilket certifikat ska tas bort?", "1. tjänstelegitimation"],
    );
    assert_eq!(scene.cards.chest.pairs()[0].id, [9]);
}
