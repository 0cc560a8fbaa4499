//! The two ways by post, and the number that a registered letter is traced by.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;

use crate::people::{REGION, SEARCH, find, karin, log_in, order};

/// Proves: 3-5
#[test]
fn a_card_goes_to_the_registered_address_by_ordinary_or_registered_letter() {
    let site = Site::start();
    let world = &site.world;
    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    let ways = [
        (world.maja(), "Rekommenderat brev (Rek)"),
        (world.person("SE2399000013-1010"), "A-post (vanligt brev)"),
    ];
    for (person, method) in &ways {
        officer.go(&format!("{}/id-admin", site.url));
        find(&officer, person);
        order(&officer, person, REGION, method);
        assert_eq!(officer.fact("Skickas med"), *method);
    }
    world.work();
    for (person, method) in &ways {
        officer.go(&format!("{}/id-admin", site.url));
        find(&officer, person);
        let address = officer.region("Folkbokföringsadress");
        officer.sees("Skickad");
        officer.sees(method);
        let letters = world
            .system
            .demo
            .as_ref()
            .unwrap()
            .factory
            .letters()
            .unwrap();
        let letter = letters
            .iter()
            .find(|letter| letter.name.contains(&person.name))
            .unwrap();
        for line in &letter.address {
            assert!(
                address.contains(line.as_str()),
                "{line} is not in {address}"
            );
        }
        assert_eq!(letter.registered, method.starts_with("Rek"));
        assert_eq!(letter.rek_id.is_some(), letter.registered);
    }

    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&holder, &site, "/mina-sidor", "Elin Wikander");
    holder.sees("Kortet skickas med A-post (vanligt brev) och kan inte spåras.");
    assert!(!holder.reads("Rek-id"), "an ordinary letter has none");
}

/// Proves: 3-15 3-16 3-17
#[test]
fn whoever_waits_for_a_registered_letter_gets_its_number_and_traces_it() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);

    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    officer.go(&format!("{}/id-admin/bestallning/{}", site.url, card.order));
    let rek_id = officer.fact("Rek-id");
    let digits = rek_id.replace(' ', "");
    assert!(officer.offers("Kopiera Rek-id"), "{}", officer.shown());

    let desk = Browser::open(Window::DESK.in_a_hurry());
    log_in(&desk, &site, "/servicedesk", "Farid Nazari");
    desk.arrive("Vem ringer?");
    desk.write(SEARCH, &rek_id);
    desk.click("Sök");
    desk.arrive("Maja Lindqvist");
    desk.sees("Ge Rek-id");
    desk.sees(&rek_id);
    assert!(desk.offers("Kopiera Rek-id"));
    assert!(desk.goes_to("Spåra hos Postnord").ends_with(&digits));

    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.sees("Kommer ingen avi: spåra brevet med Rek-id.");
    holder.sees(&rek_id);
    let postnord = url::Url::parse(&holder.goes_to("Spåra hos Postnord")).unwrap();
    assert_eq!(postnord.host_str(), Some("tracking.postnord.com"));
    assert!(postnord.query_pairs().any(|(_, value)| *value == digits));
}
