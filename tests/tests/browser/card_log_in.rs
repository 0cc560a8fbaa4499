//! *Logga in med kortet* in a browser that has the key and the certificate of a card.

use cards_acceptance::browser::{Browser, Keys, Window};
use cards_acceptance::site::Site;
use cards_domain::card::{Card, RevocationReason};
use cards_domain::revocation::Reporter;

const MAJA: &str = "SE2399000013-1008";
const BUTTON: &str = "Logga in med kortet";

fn site_and_card() -> (Site, Card) {
    let (site, _) = Site::taking_cards_today();
    let card = site.world.active_card(&site.world.person(MAJA));
    (site, card)
}

fn browser(site: &Site, card: Option<&Card>, window: Window) -> Browser {
    let key = card.map(|card| site.world.chip_key(card));
    Browser::open_with(window, Keys::of(key.as_ref()))
}

fn press(browser: &Browser, site: &Site) {
    browser.go(&format!("{}/mina-sidor", site.url));
    browser.arrive("Logga in i Mina sidor");
    browser.click(BUTTON);
}

#[test]
fn a_holder_logs_in_with_the_card_and_logs_out_again_with_and_without_script() {
    let (site, card) = site_and_card();
    for window in [Window::PHONE, Window::DESK.without_script()] {
        let browser = browser(&site, Some(&card), window);
        press(&browser, &site);
        browser.sees("Hej Maja");
        assert_eq!(browser.address().path(), "/mina-sidor");
        assert!(browser.address().query().is_none(), "no ticket is left");
        browser.click("Logga ut");
        browser.sees("Mina sidor");
    }
}

#[test]
fn a_revoked_card_is_refused_with_what_to_do() {
    let (site, card) = site_and_card();
    let told = cards_app::queries::Told {
        reason: RevocationReason::Stolen,
        reporter: Reporter::HolderLoggedIn,
        last_four: card.number.as_ref().unwrap().last_four().to_owned(),
        wrong_in: None,
    };
    let (world, call) = (&site.world, site.world.person(MAJA).call());
    let mut link = world.link();
    world
        .app()
        .report_loss(&mut link, &call, card.id, &told)
        .unwrap();
    world.work();
    let browser = browser(&site, Some(&card), Window::PHONE);
    press(&browser, &site);
    browser.arrive("Kortet är spärrat");
    browser.sees("vänder du dig till kortkontoret");
}

#[test]
fn without_a_card_the_page_says_how_to_put_it_in_and_the_other_way_is_open() {
    let (site, _) = site_and_card();
    let browser = browser(&site, None, Window::DESK);
    press(&browser, &site);
    browser.arrive("Webbläsaren visade inget kort");
    browser.sees("Sätt i kortet i läsaren.");
    browser.click("Logga in");
    browser.sees("Legitimera");
}
