//! The officer's job with the keyboard alone.

use cards_acceptance::browser::{Browser, Key, Window};
use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;

use crate::people::{Counter, SEARCH};

/// What stands in turn in the form of the check, and what is done there.
const TICKS: usize = 7;

#[test]
fn an_officer_logs_in_searches_and_checks_a_holder_with_the_keyboard_alone() {
    let site = Site::start();
    let maja = site.world.maja();
    let card = site.world.sent_card(&maja, DeliveryMethod::APost);
    let counter = Counter::of(&site.world, card.id, &maja);
    let browser = Browser::open(Window::DESK);
    let press_on = |name: &str| {
        browser.tab_to(name);
        browser.press(Key::Enter);
    };
    browser.go(&format!("{}/id-admin", site.url));
    browser.press(Key::Tab);
    assert_eq!(browser.focus(), "Hoppa till innehållet");
    browser.press(Key::Enter);
    assert_eq!(browser.address().fragment(), Some("innehall"));
    browser.press(Key::Tab);
    assert_eq!(
        browser.focus(),
        "Logga in",
        "the skip link leads past the top"
    );
    browser.press(Key::Enter);
    browser.arrive("Legitimering");
    press_on("Legitimera som Karin Åkerblom");
    browser.arrive("Vem gäller det?");

    browser.tab_to(SEARCH);
    browser.type_here(maja.number.as_str());
    browser.press(Key::Enter);
    browser.arrive("Maja Lindqvist");
    press_on("Aktivera");
    browser.arrive("Kontrollera kortet och id-handlingen");

    browser.tab_to("Kortnummer");
    browser.type_here(&counter.card_number);
    browser.tab_to("Ja, namnet på kortet är exakt så");
    browser.press(Key::Space);
    browser.tab_to("Körkort");
    browser.press(Key::Space);
    browser.tab_to("Personnummer på id-handlingen");
    browser.type_here(maja.number.as_str());
    browser.tab_to("Handlingens eget nummer");
    browser.type_here("4417");
    browser.tab_to("Giltig till och med");
    browser.type_here(counter.valid_to);
    for _ in 0..TICKS {
        browser.press(Key::Tab);
        browser.press(Key::Space);
        let _ = browser.focus();
    }
    browser.tab_to("Personen och id-handlingen visar samma ansikte");
    browser.press(Key::Space);
    press_on("Godkänn och skriv under");
    browser.arrive("Skriv under som Karin Åkerblom");
    press_on("Skriv under");
    browser.arrive("Innehavaren väljer pin-kod");
    press_on("Innehavaren har valt sin pin-kod");
    browser.arrive("Innehavaren skriver under kvittensen");
    site.world.work();
}
