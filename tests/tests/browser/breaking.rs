//! What people do that nobody wants: twice, too late, backwards, in another's name.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use uuid::Uuid;

use crate::people::{
    Counter, REGION, activate, card_of, find, karin, log_in, orders_of, sign_the_receipt,
};

/// The page without the code that is new on every page, and without the address.
fn without_code(browser: &Browser) -> String {
    let code = browser
        .run("return document.querySelector('.code-word').innerText")
        .as_str()
        .unwrap()
        .to_owned();
    browser.sight().text.replace(&code, "")
}

#[test]
fn somebody_elses_card_answers_like_one_that_does_not_exist() {
    let site = Site::start();
    let world = &site.world;
    let elins = world.active_card(&world.person("SE2399000013-1010"));
    let browser = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&browser, &site, "/mina-sidor", "Maja Lindqvist");
    browser.sees("Hej Maja.");
    for page in ["", "/kvittens", "/klart"] {
        let at = |id: Uuid| format!("{}/mina-sidor/kort/{id}{page}", site.url);
        browser.go(&at(elins.id.0));
        browser.arrive("Det du söker finns inte här");
        let anothers = without_code(&browser);
        browser.go(&at(Uuid::from_u128(7)));
        assert_eq!(without_code(&browser), anothers);
    }
}

#[test]
fn an_order_sent_twice_is_one_order() {
    let site = Site::start();
    let maja = site.world.maja();
    let browser = Browser::open(Window::DESK.in_a_hurry());
    karin(&browser, &site);
    find(&browser, &maja);
    browser.click("Beställ kort");
    browser.arrive("Beställ kort till Maja Lindqvist");
    for answer in [
        REGION,
        "Jag har läst rutinen",
        "E-tjänstekort utan foto",
        "A-post",
    ] {
        browser.choose(answer);
    }
    browser.run(
        "const button = [...document.querySelectorAll('main form button')].at(-1);
         button.click(); button.click();",
    );
    browser.sees("Var är kortet?");
    let first = browser.address();
    browser.back();
    browser.arrive("Beställ kort till Maja Lindqvist");
    if browser.offers("Beställ kortet") {
        browser.click("Beställ kortet");
    }
    browser.look_over();
    assert_eq!(orders_of(&site.world, &maja), 1, "after {first}");
    site.world.work();
}

#[test]
fn going_back_after_the_activation_breaks_nothing() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    find(&officer, &maja);
    activate(
        &officer,
        "Karin Åkerblom",
        &Counter::of(world, card.id, &maja),
    );
    officer.back();
    officer.look_over();
    // Chromium may show the page as it was: pressing the button again leads on.
    if officer.offers("Innehavaren har valt sin pin-kod") {
        officer.click("Innehavaren har valt sin pin-kod");
    }
    officer.arrive("Innehavaren skriver under kvittensen");
    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    sign_the_receipt(&holder, &maja);
    holder.back();
    holder.look_over();
    assert_ne!(holder.sight().heading, "Något gick fel hos oss");
    for _ in 0..4 {
        officer.back();
        officer.look_over();
        assert_ne!(officer.sight().heading, "Något gick fel hos oss");
    }
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1);
    assert_eq!(card_of(world, &maja), card.id);
    world.work();
}

#[test]
fn a_form_that_was_changed_or_is_too_old_changes_nothing_and_says_so() {
    let site = Site::start();
    let maja = site.world.maja();
    let browser = Browser::open(Window::DESK.in_a_hurry());
    karin(&browser, &site);
    find(&browser, &maja);
    browser.click("Beställ kort");
    browser.arrive("Beställ kort till Maja Lindqvist");
    browser.run(
        "document.querySelectorAll('main form input[type=hidden]').forEach(e => { e.value = 'x' })",
    );
    browser.click("Beställ kortet");
    browser.arrive("Formuläret gick inte att använda");
    browser.sees("Inget har ändrats.");
    browser.go(&format!("{}/id-admin/person/{}/bestall", site.url, maja.id));
    browser.forget();
    browser.click("Beställ kortet");
    browser.arrive("Du är utloggad");
    browser.sees("Det du skickade är inte sparat.");
}
