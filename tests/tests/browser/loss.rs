//! A lost card in the browser: on the holder's phone, and at the officer's desk with everything that
//! must be done outside.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::card::CardStageName;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;

use crate::people::{find, karin, log_in};

fn english(browser: &Browser, site: &Site) {
    let here = browser.address();
    browser.go(&format!("{}{}?lang=en", site.url, here.path()));
    assert_eq!(browser.sight().language, "en");
}

/// Proves: 3-32 3-33 3-34 3-35 4-8 4-9 4-10
#[test]
fn a_holder_revokes_a_stolen_card_on_the_phone_without_script_and_does_the_rest_themselves() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.made_older(&world.active_card(&maja), "641", true);
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    let holder = Browser::open(Window::PHONE.without_script());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.click("Kortet är låst");
    holder.arrive("Är ditt kort låst?");
    holder.click("Jag har tappat mitt kort");
    holder.arrive("Jag har tappat mitt kort");
    holder.sees("Är kortet bara låst?");
    assert!(holder.offers("Lås upp i stället"));
    holder.click("Fortsätt till bekräftelse");
    holder.sees("Välj vad som har hänt.");
    holder.look_over();
    holder.choose("Mitt kort är stulet");
    holder.click("Fortsätt till bekräftelse");
    holder.arrive("Spärra ditt kort för alltid?");
    holder.sees("Detta går inte att ångra.");
    holder.sees("Du måste själv också ringa Telia, 020-32 32 62.");
    holder.write("Skriv kortnumrets fyra sista siffror", "0000");
    holder.click("Ja, spärra kortet för alltid");
    holder.sees("Siffrorna är inte kortets fyra sista.");
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    holder.write("Skriv kortnumrets fyra sista siffror", &four);
    holder.click("Ja, spärra kortet för alltid");

    holder.arrive("Ditt kort är spärrat. Två saker återstår.");
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    assert_eq!(holder.goes_to("Ring 020-32 32 62"), "tel:020323262");
    holder.sees("ett för dörrar och ett för e-legitimation");
    holder.sees("Din id-administratör");
    holder.sees("Kortkontoret Björkvallen");
    holder.sees("Var det inte du?");
    holder.click("Jag har gjort det");
    holder.arrive("Ditt kort är spärrat. En sak återstår.");
    holder.sees("Anmäl förlusten till polisen");
    holder.write("Referens, om du fick någon", "5000-K1-30");
    holder.click("Jag har gjort det");
    holder.arrive("Ditt kort är spärrat");
    holder.sees("Referens: 5000-K1-30.");
    english(&holder, &site);
    holder.arrive("Your card is revoked");
    holder.sees("Was it not you?");
    world.work();
}

/// Proves: 3-32 3-34 3-35 4-9
#[test]
fn an_officer_revokes_a_lost_card_and_closes_its_case_when_everything_outside_is_done() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.made_older(&world.active_card(&maja), "641", true);
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    find(&officer, &maja);
    officer.click("Spärra kortet");
    officer.arrive("Varför ska kortet spärras?");
    officer.sees("Är kortet bara låst?");
    officer.click("Fortsätt till bekräftelse");
    officer.sees("Välj vem som begär spärren.");
    officer.look_over();
    officer.choose("Tappat");
    officer.choose("Innehavaren, på plats");
    officer.choose("Nej, allt är borta");
    officer.click("Fortsätt till bekräftelse");
    officer.arrive("Spärra kortet för alltid?");
    officer.sees("det måste också spärras hos Telia, 020-32 32 62");
    english_and_back(&officer, &site);
    officer.write("Skriv kortnumrets fyra sista siffror", &four);
    officer.click("Ja, spärra kortet för alltid");

    officer.arrive("Kortet är spärrat. Två saker återstår.");
    officer.sees("Till dess: bara reservkort, där någon intygar vem det är.");
    officer.sees("Reservkort i dag");
    assert!(officer.goes_to("Beställ nytt kort").ends_with("/bestall"));
    officer.choose("Vi");
    officer.write("Telias referens", "T-77");
    officer.click("Klart hos Telia");
    officer.arrive("Kortet är spärrat. En sak återstår.");
    officer.click("Innehavaren gör det själv");
    officer.write("Senast", "2030-01-04");
    officer.click("Spara dagen");
    officer.sees("Rätta en uppgift");
    officer.look_over();
    officer.write("Senast", "2030-01-14");
    officer.click("Spara dagen");
    officer.sees("Innehavaren gör det senast 2030-01-14");
    officer.choose("Innehavaren");
    officer.click("Klart hos polisen");
    officer.arrive("Kortet är spärrat. Ärendet är klart.");
    english(&officer, &site);
    officer.arrive("The card is revoked. The case is closed.");
    world.work();
}

/// The page in English, judged, and in Swedish again.
fn english_and_back(browser: &Browser, site: &Site) {
    let here = browser.address();
    let (path, query) = (here.path(), here.query().unwrap_or_default());
    browser.go(&format!("{}{path}?{query}&lang=en", site.url));
    browser.arrive("Revoke the card for ever?");
    browser.go(&format!("{}{path}?{query}&lang=sv", site.url));
}

#[test]
fn every_page_of_a_loss_is_accessible_at_both_widths_in_light_and_dark_and_in_both_languages() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let elin = world.person("SE2399000013-1010");
    let card = world.made_older(&world.active_card(&maja), "641", true);
    let sent = world.sent_card(&elin, DeliveryMethod::APost);
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    let first = |card: &cards_domain::card::Card, reporter: &str| {
        officer.go(&format!(
            "{}/id-admin/kort/{}/sparra/bekrafta?orsak=lost&anmalare={reporter}",
            site.url, card.id
        ));
        look_around(&officer);
        officer.write(
            "Skriv kortnumrets fyra sista siffror",
            card.number.as_ref().unwrap().last_four(),
        );
    };
    officer.go(&format!("{}/id-admin/kort/{}/sparra", site.url, card.id));
    look_around(&officer);
    first(&sent, "unverified_caller");
    officer.click("Ta emot anmälan");
    officer.arrive("Kortet är inte spärrat än");
    look_around(&officer);
    first(&card, "holder_in_person");
    officer.click("Ja, spärra kortet för alltid");
    officer.arrive("Kortet är spärrat. Två saker återstår.");
    look_around(&officer);
    let case = officer.address();
    officer.go(&format!("{}/id-admin/kort/{}/sparra", site.url, card.id));
    officer.arrive("Kortet är redan spärrat");
    look_around(&officer);

    let holder = Browser::open(Window::PHONE);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    let own = case.path().replace("/id-admin", "/mina-sidor");
    for path in [own, format!("/mina-sidor/kort/{}/tappat", card.id)] {
        holder.go(&format!("{}{path}", site.url));
        look_around(&holder);
    }
    world.work();
}

fn look_around(browser: &Browser) {
    for is_dark in [false, true] {
        browser.prefer_dark(is_dark);
        for width in [1280, 390] {
            browser.resize(width);
            browser.look_over();
        }
    }
    browser.prefer_dark(false);
    browser.resize(1280);
}
