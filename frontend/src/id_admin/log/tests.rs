use std::collections::HashMap;

use cards_app::queries::{Coded, PersonSheet};
use cards_app::{Channel, Entry};
use cards_domain::access::Role;

use super::*;
use crate::id_admin::samples::{MAJA, maja, now, protected, setting};
use crate::id_admin::tests::assert_sound;
use crate::layout::Portal;
use crate::text::Lang;

const CARD: Uuid = Uuid::from_u128(100);
const TOVE: PersonId = PersonId(Uuid::from_u128(77));

fn auditor(lang: Lang) -> Setting {
    setting(lang, Portal::IdAdmin, Role::Auditor)
}

fn revoked() -> Event {
    let entry = Entry {
        line_id: Uuid::from_u128(1),
        at: now(),
        channel: Channel::IdAdmin,
        actor_person: Some(TOVE),
        actor_system: None,
        kind: "card".to_owned(),
        action: "revoke".to_owned(),
        subject: Some(CARD),
        person: Some(MAJA),
        from_stage: None,
        to_stage: None,
        outcome: "done".to_owned(),
        event: serde_json::Value::Null,
        correlation: "H3T-9WB".to_owned(),
    };
    Event {
        entry,
        actor_name: Some("Tove Hallgren".to_owned()),
    }
}

fn page(person: PersonSheet) -> LogPage {
    LogPage {
        told: Coded {
            events: vec![revoked()],
            people: HashMap::from([(MAJA, person)]),
            things: HashMap::from([(CARD, ThingName::Card("7738".to_owned()))]),
        },
        next: Some("1763800000000000-17".parse().unwrap()),
        ..LogPage::default()
    }
}

fn html(lang: Lang, asked: &Asked, page: &LogPage) -> String {
    view(&auditor(lang), asked, page, &[]).render().unwrap()
}

#[test]
fn the_page_is_sound_full_empty_and_with_faults_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        let all = Asked::default();
        assert_sound("log", &html(lang, &all, &page(maja())));
        assert_sound("log", &html(lang, &all, &LogPage::default()));
        let wrong = [FIRST, LAST, NUMBER].map(|field| (field, "!".to_owned()));
        let faults = view(&auditor(lang), &all, &LogPage::default(), &wrong);
        let faults = faults.render().unwrap();
        assert_sound("log", &faults);
        assert!(faults.contains("nummer-error") && faults.contains("fran-error"));
    }
}

#[test]
fn each_line_leads_to_those_about_its_person_its_thing_its_code_and_by_who_did_it() {
    let page = html(Lang::Sv, &Asked::default(), &page(maja()));
    for part in [
        format!("<a href=\"{ADDRESS}?om={MAJA}\">Maja Lindqvist</a>"),
        format!("<a href=\"{ADDRESS}?sak={CARD}\">Kort …7738</a>"),
        format!("<a href=\"{ADDRESS}?av={TOVE}\">Tove Hallgren</a>"),
        format!("<a href=\"{ADDRESS}/H3T-9WB\">H3T-9WB</a>"),
        format!("{ADDRESS}?efter=1763800000000000-17"),
    ] {
        assert!(page.contains(&part), "{part}: {page}");
    }
}

#[test]
fn what_is_chosen_is_said_kept_with_other_days_and_left_out_again() {
    let asked = Asked {
        om: MAJA.to_string(),
        av: TOVE.to_string(),
        fran: "2026-11-01".to_owned(),
        efter: "1763800000000000-17".to_owned(),
        ..Asked::default()
    };
    let chosen = LogPage {
        about: Some(maja()),
        by: None,
        ..page(maja())
    };
    let page = html(Lang::Sv, &asked, &chosen);
    for part in [
        "Om Maja Lindqvist.".to_owned(),
        "Gjort av ".to_owned(),
        format!("<input type=\"hidden\" name=\"om\" value=\"{MAJA}\">"),
        format!("href=\"{ADDRESS}?av={TOVE}&amp;fran=2026-11-01\""),
        format!("href=\"{ADDRESS}?om={MAJA}&amp;fran=2026-11-01\""),
        format!("href=\"{ADDRESS}?om={MAJA}&amp;av={TOVE}&amp;fran=2026-11-01\">Till de senaste"),
    ] {
        let plain = page.replace("&#38;", "&amp;");
        assert!(plain.contains(&part), "{part}: {plain}");
    }
}

#[test]
fn a_protected_person_is_called_by_hsa_id_alone() {
    let page = html(Lang::Sv, &Asked::default(), &page(protected()));
    assert!(!page.contains("Lindqvist"), "{page}");
}

#[test]
fn only_ids_days_and_places_are_read_from_an_address() {
    let asked = |om: &str, fran: &str, efter: &str| Asked {
        om: om.to_owned(),
        fran: fran.to_owned(),
        efter: efter.to_owned(),
        ..Asked::default()
    };
    assert!(asked("198504159800", "", "").ids().is_none());
    assert!(asked("", "", "17").place().is_none());
    assert_eq!(asked("", "", "").ids(), Some(LogAsked::default()));
    assert_eq!(asked("", "i går", "").days(), Err(vec![FIRST]));
    let day = "2026-11-01".parse().unwrap();
    assert_eq!(asked("", " 2026-11-01 ", "").days(), Ok((Some(day), None)));
}
