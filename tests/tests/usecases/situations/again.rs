//! Coming back: from the identity provider a second time, and to a check that has been signed.

use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;

use super::{check, check_at_the_counter, checked, code_is_chosen, counter_at, receipt_at};
use crate::desk::{Desk, KARIN, TOVE};

#[test]
fn an_officer_who_has_left_the_code_comes_back_to_it_while_the_signature_holds() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    let person = format!("/id-admin/person/{}", maja.id);
    assert!(!karin.open(&person).reads("Fortsätt lämna ut"));
    let code = checked(&karin, &card, &maja);
    for at in [&person, &counter_at(&card)] {
        let page = karin.open(at);
        page.sees("Fortsätt lämna ut");
        assert!(page.leads_to(&code.path), "{at}: {}", page.body);
    }
    let colleague = Desk::officer(&site, TOVE).open(&person);
    assert!(!colleague.reads("Fortsätt lämna ut"), "nobody else's");

    world.advance(Duration::minutes(15));
    assert!(!karin.open(&person).reads("Fortsätt lämna ut"), "too old");
    let code = checked(&karin, &card, &maja);
    assert!(karin.open(&person).leads_to(&code.path));
    let (action, fields) = code_is_chosen(&karin.open(&code.path));
    assert_eq!(karin.browser.send(&action, &fields).status, 303);
    let done = karin.open(&person);
    assert!(!done.reads("Fortsätt lämna ut"), "used");
    assert!(done.leads_to(&receipt_at(&card)));
    world.work();
}

#[test]
fn coming_back_from_signing_a_second_time_goes_on_where_the_first_time_led() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    let number = card.number.as_ref().unwrap().to_string();
    let asked = check_at_the_counter(&karin, &card, &check(&number, maja.number.as_str()));
    let back = karin.browser.identified(&asked.path, KARIN, "loa3");
    let first = karin.browser.get(&back);
    assert_eq!(first.status, 303, "{}", first.body);
    let again = karin.browser.get(&back);
    assert_eq!((again.status, again.location()), (303, first.location()));

    let (action, fields) = code_is_chosen(&karin.open(again.location()));
    assert_eq!(karin.browser.send(&action, &fields).status, 303);
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1);
    let late = karin.open(karin.browser.get(&back).location());
    assert_eq!((late.status, late.path), (200, receipt_at(&card)));
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1, "once");
    world.work();
}
