//! Who has looked: a row for a looker and a day, with role, times and what was opened.

use cards_app::queries::DayOfLooks;

use super::*;

fn list(lang: Lang, days: &[DayOfLooks]) -> String {
    let page = looks_page::view(frame(lang), days);
    words(&page.render().unwrap())
}

#[test]
fn the_looks_of_a_day_are_one_row_with_role_and_times() {
    let sv = list(Lang::Sv, &[samples::looks()]);
    for part in [
        "Tove Hallgren, id-administratör, öppnade din sida, ditt kort och din beställning",
        "2026-11-09, 12 gånger mellan 10.00 och 10.12",
    ] {
        assert!(sv.contains(part), "{part}: {sv}");
    }
    let en = list(Lang::En, &[samples::looks()]);
    for part in [
        "Tove Hallgren, ID administrator, opened your page, your card and your order",
        "2026-11-09, 12 times between 10:00 and 10:12",
    ] {
        assert!(en.contains(part), "{part}: {en}");
    }
}

#[test]
fn one_look_has_its_time_and_several_in_a_minute_have_one() {
    let once = DayOfLooks {
        times: 1,
        kinds: vec!["card".into()],
        first: at("2026-11-09T09:12:00Z"),
        ..samples::looks()
    };
    let page = list(Lang::Sv, std::slice::from_ref(&once));
    assert!(
        page.contains("öppnade ditt kort 2026-11-09 10.12"),
        "{page}"
    );
    let twice = DayOfLooks { times: 2, ..once };
    let page = list(Lang::Sv, &[twice]);
    assert!(page.contains("2026-11-09 10.12, två gånger"), "{page}");
}

#[test]
fn whoever_is_protected_has_a_role_but_no_name_and_a_role_that_ended_is_left_out() {
    let protected = DayOfLooks {
        actor_name: None,
        kinds: vec!["person".into()],
        roles: vec![cards_domain::access::Role::Servicedesk],
        ..samples::looks()
    };
    let page = list(Lang::Sv, &[protected]);
    assert!(
        page.contains("En medarbetare vars namn är skyddat, servicedesk, öppnade din sida"),
        "{page}"
    );
    let nobody = DayOfLooks {
        roles: Vec::new(),
        kinds: vec!["order".into(), "card".into()],
        ..samples::looks()
    };
    let page = list(Lang::Sv, &[nobody]);
    assert!(
        page.contains("Tove Hallgren öppnade ditt kort och din beställning"),
        "{page}"
    );
}

#[test]
fn that_protected_data_were_shown_is_told_and_is_not_called_the_page() {
    let shown = |kinds: &[&str]| DayOfLooks {
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        ..samples::looks()
    };
    let both = [shown(&["person", "protected"])];
    let (sv, en) = (list(Lang::Sv, &both), list(Lang::En, &both));
    assert!(
        sv.contains("öppnade din sida och dina skyddade uppgifter"),
        "{sv}"
    );
    assert!(
        en.contains("opened your page and your protected data"),
        "{en}"
    );
    let at_the_counter = list(Lang::Sv, &[shown(&["card", "protected"])]);
    assert!(
        at_the_counter.contains("öppnade ditt kort och dina skyddade uppgifter"),
        "{at_the_counter}"
    );
    assert!(!at_the_counter.contains("din sida"), "{at_the_counter}");
}
