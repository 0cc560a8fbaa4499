use std::collections::BTreeSet;

use super::*;
use crate::text::Lang;

/// The card client's own list: the numbers are one scheme.
const CLIENT: &str = include_str!("../../card-client/text/sv.ftl");

fn numbers_of_the_client() -> BTreeSet<String> {
    let keys = CLIENT.lines().filter_map(|line| {
        let (key, _) = line.strip_prefix("cause-")?.split_once(" = ")?;
        Some(key.to_uppercase())
    });
    keys.collect()
}

#[test]
fn every_number_that_the_card_client_tells_is_explained_on_the_pages() {
    let known: BTreeSet<String> = ALL.iter().map(|cause| cause.code.to_owned()).collect();
    let numbers = numbers_of_the_client();
    assert!(numbers.len() >= 46, "{numbers:?}");
    let unknown: Vec<_> = numbers.difference(&known).collect();
    assert!(unknown.is_empty(), "without an explanation: {unknown:?}");
    let ours = known.difference(&numbers);
    let invented: Vec<_> = ours.filter(|code| code.starts_with('K')).collect();
    assert!(invented.is_empty(), "not the client's: {invented:?}");
}

#[test]
fn a_number_stands_for_one_cause_and_no_two_causes_say_the_same() {
    let codes: BTreeSet<&str> = ALL.iter().map(|cause| cause.code).collect();
    assert_eq!(codes.len(), ALL.len());
    for lang in [Lang::Sv, Lang::En] {
        let t = Text::of(lang);
        let told: BTreeSet<(String, String)> = ALL
            .iter()
            .map(|cause| (cause.says(t), cause.step(t)))
            .collect();
        // A locked PUK is one thing to the holder; what follows from it differs.
        assert_eq!(told.len(), ALL.len(), "{lang:?}");
    }
}

/// A command is typed in a terminal by whoever asks for it; a next step is for everybody.
#[test]
fn no_next_step_is_a_command() {
    for lang in [Lang::Sv, Lang::En] {
        let t = Text::of(lang);
        for cause in ALL {
            let step = cause.step(t).to_lowercase();
            let is_command = ["kommando", "command"]
                .iter()
                .any(|word| step.contains(word));
            assert!(!is_command, "{}: {step}", cause.code);
        }
    }
}

#[test]
fn a_number_is_found_however_it_is_typed_and_an_unknown_one_is_told_as_such() {
    assert_eq!(find(" k102 ").map(|cause| cause.code), Some("K102"));
    assert!(find("K999").is_none() && find("").is_none());
    let t = Text::of(Lang::Sv);
    assert_eq!(told(t, "K999").0, t.cause_unknown());
    assert_eq!(told(t, "s103").0, t.cause_s103());
}

#[test]
fn every_place_has_a_name_of_its_own_for_links() {
    let anchors: BTreeSet<&str> = Place::ALL.iter().map(|place| place.anchor()).collect();
    assert_eq!(anchors.len(), Place::ALL.len());
}
