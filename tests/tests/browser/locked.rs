//! *Mitt kort är låst*: the advice that anybody gets without logging in.

use cards_acceptance::browser::{Browser, Key, Window};
use cards_acceptance::site::Site;
use chrono::Duration;

const PAGE: &str = "/mitt-kort-ar-last";
const TITLE: &str = "Mitt kort är låst";
const SHOW: &str = "Visa hur jag låser upp";
const VISIT: &str = "Ditt kort kan låsas upp på två sätt";
const PUK: &str = "Ditt kort låses bara upp med puk-koden";
const VAIN: &str = "Ett besök på kortkontoret hjälper inte";
const SERVICEDESK: &str = "Ring servicedesk";

/// From the start page to the answer for a card of this kind.
fn walk(browser: &Browser, site: &Site, choice: &str, heading: &str) {
    browser.go(&site.url);
    browser.click(TITLE);
    browser.arrive(TITLE);
    browser.choose(choice);
    browser.click(SHOW);
    browser.arrive(heading);
}

/// The answers for 711, 641, a card without number and 473, as they are chosen in the form.
fn walk_all(browser: &Browser, site: &Site) {
    walk(browser, site, "7", VISIT);
    browser.sees("Besök en id-administratör");
    browser.sees("kontoret där du fotograferades");
    browser.sees("En giltig fysisk svensk id-handling");
    browser.sees("Kortkontoret Björkvallen");
    browser.sees("Öppet nu, till 16.00");
    browser.sees("Det tar cirka tre dagar");
    assert!(!browser.reads(VAIN), "{}", browser.shown());

    walk(browser, site, "6", PUK);
    browser.sees(VAIN);
    browser.sees("Leta fram kodbrevet från Telia");
    assert!(!browser.reads(SERVICEDESK), "{}", browser.shown());
    browser.click("Jag har brevet, visa hur jag gör");
    assert_eq!(browser.address().fragment(), Some("puk-koden"));
    browser.sees("Gissa inte puk-koden");

    walk(browser, site, "Det finns inget produktnummer", PUK);
    browser.sees("Det gäller kort utan produktnummer.");
    browser.sees(VAIN);

    walk(browser, site, "En annan siffra", PUK);
    browser.sees(SERVICEDESK);
    browser.sees(VAIN);
    browser.click("Ändra svar");
    browser.arrive(TITLE);
}

/// Proves: 3-23
#[test]
fn whoever_has_a_locked_card_finds_the_way_for_its_product_number_with_and_without_script() {
    let site = Site::start();
    for window in [
        Window::PHONE.in_a_hurry(),
        Window::DESK.in_a_hurry().without_script(),
    ] {
        walk_all(&Browser::open(window), &site);
    }
}

#[test]
fn a_link_with_the_whole_product_number_gives_the_answer_at_once_in_both_languages() {
    let site = Site::start();
    let browser = Browser::open(Window::PHONE.in_a_hurry());
    let see = |query: &str, lang: &str, heading: &str, text: &str| {
        browser.go(&format!("{}{PAGE}?{query}&lang={lang}", site.url));
        browser.arrive(heading);
        browser.sees(text);
    };
    see("nummer=711", "sv", VISIT, "kort med produktnummer 711");
    see("nummer=641", "sv", PUK, "kort med produktnummer 641");
    see("nummer=inget", "sv", PUK, "kort utan produktnummer");
    see("nummer=473", "sv", PUK, SERVICEDESK);
    let (visit, puk) = (
        "Your card can be unlocked in two ways",
        "Your card can only be unlocked with the PUK",
    );
    see("nummer=711", "en", visit, "Visit an ID administrator");
    see(
        "nummer=641",
        "en",
        puk,
        "A visit to the card office does not help",
    );
    see("nummer=inget", "en", puk, "cards without a product number");
    see("nummer=473", "en", puk, "Call the servicedesk");
}

/// Proves: 3-25
#[test]
fn an_unanswered_question_is_asked_again_and_an_unsure_reader_is_sent_to_the_manager() {
    let site = Site::start();
    let browser = Browser::open(Window::PHONE);
    browser.go(&format!("{}{PAGE}", site.url));
    browser.click(SHOW);
    browser.sees("Rätta en uppgift");
    browser.sees("Välj vad produktnumret börjar på.");
    browser.look_over();
    browser.go(&format!("{}{PAGE}?nummer=7x", site.url));
    browser.sees("Ett produktnummer har tre siffror.");
    browser.choose("Jag vet inte");
    browser.click(SHOW);
    browser.arrive("Ta reda på produktnumret först");
    browser.sees("fråga din chef");
}

#[test]
fn a_lost_card_is_told_from_a_locked_one_before_anything_else() {
    let site = Site::start();
    let browser = Browser::open(Window::PHONE);
    for portal in ["/", "/mina-sidor", "/id-admin", "/servicedesk"] {
        browser.go(&format!("{}{portal}", site.url));
        browser.click(TITLE);
        browser.arrive(TITLE);
    }
    browser.sees("Är kortet låst eller borttappat?");
    browser.click("Kortet är borttappat eller stulet");
    browser.arrive("Ett borttappat kort ska spärras");
    browser.sees("en spärr går inte att häva");
    assert_eq!(browser.goes_to("Telia 020-32 32 62"), "tel:020323262");
    browser.click("Logga in i Mina sidor");
    browser.arrive("Logga in i Mina sidor");
}

#[test]
fn at_night_the_page_says_which_office_opens_first_and_what_helps_until_then() {
    let site = Site::start();
    // From Monday 08:00 to Saturday 03:10.
    site.world
        .advance(Duration::days(4) + Duration::hours(19) + Duration::minutes(10));
    let browser = Browser::open(Window::PHONE.in_a_hurry());
    browser.go(&format!("{}{PAGE}?nummer=641", site.url));
    browser.arrive(PUK);
    browser.sees("Inget kortkontor är öppet just nu. Först öppnar Kortkontoret Björkvallen");
    browser.sees("måndag 14 januari 08.00");
    browser.sees("Verksamhetens reservrutin");
}

#[test]
fn the_question_is_answered_with_the_keyboard_alone() {
    let site = Site::start();
    let browser = Browser::open(Window::DESK.in_a_hurry());
    browser.go(&format!("{}{PAGE}", site.url));
    browser.tab_to("7");
    browser.press(Key::Space);
    browser.tab_to(SHOW);
    browser.press(Key::Enter);
    browser.arrive(VISIT);
}

#[test]
fn every_answer_is_accessible_at_both_widths_in_light_and_dark_and_in_both_languages() {
    let site = Site::start();
    let browser = Browser::open(Window::DESK);
    let queries = [
        "",
        "visa=ja",
        "nummer=711",
        "nummer=641",
        "nummer=inget",
        "nummer=473",
        "nummer=osaker",
        "vad=borttappat",
        "vad=kontor",
    ];
    for query in queries {
        for (lang, is_dark) in [("en", false), ("sv", false), ("sv", true)] {
            browser.prefer_dark(is_dark);
            browser.go(&format!("{}{PAGE}?{query}&lang={lang}", site.url));
            assert_eq!(browser.sight().language, lang);
            for width in [1280, 390] {
                browser.resize(width);
                browser.look_over();
            }
        }
    }
}
