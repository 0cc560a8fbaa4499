//! A locked card in the browser: at the counter, on the holder's phone, on the servicedesk's line.

use cards_acceptance::World;
use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::chip_code::{ChipCodeAction, CodeName, CodeSource, CodeStage};

use crate::people::{Counter, find, karin, log_in, sign};

const LOCKED: &str = "Kortet är låst, inte spärrat";
const MINE_LOCKED: &str = "Ditt kort är låst, inte spärrat";

fn stage(world: &World, card: &Card) -> CodeStage {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    sheet.parts.code(CodeName::Pin1).unwrap().stage
}

pub fn lock(world: &World, card: &Card) {
    let source = CodeSource::Stated;
    let (code, action) = ((card.id, CodeName::Pin1), ChipCodeAction::Lock { source });
    let call = world.karin().call();
    let mut link = world.link();
    world
        .app()
        .act_on_code(&mut link, &call, code, &action)
        .unwrap();
}

/// Types what stands on card and document, ticks the steps, and leaves the new code to be ticked.
pub fn fill_in(browser: &Browser, counter: &Counter<'_>) {
    let number = counter.person.number.as_str();
    browser.write("Kortnummer", &counter.card_number);
    browser.choose("Pass");
    browser.write("Personnummer på id-handlingen", number);
    browser.write("Handlingens eget nummer", "4417");
    browser.write("Giltig till och med", counter.valid_to);
    browser.tick_all("De sju stegen");
}

/// Proves: 0-3 3-22 3-24 3-26
#[test]
fn an_officer_states_that_a_card_is_locked_and_opens_it_with_the_holder_there() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    find(&officer, &maja);
    officer.click("Kortet är låst");
    officer.sees("Låst är inte spärrat");
    officer.sees("Är kortet borta, eller kan någon annan koden?");
    officer.look_over();
    officer.click("Ja, kortet är låst");
    officer.arrive(LOCKED);
    assert_eq!(stage(world, &card), CodeStage::Locked);
    officer.sees("Utländskt pass eller id-kort");

    let counter = Counter::of(world, card.id, &maja);
    fill_in(&officer, &counter);
    officer.click("Godkänn och skriv under");
    officer.sees("Innehavaren har inte valt en ny kod.");
    officer.look_over();
    officer.choose("Innehavaren har valt en ny kod i kortprogrammet");
    officer.click("Godkänn och skriv under");
    sign(&officer, "Karin Åkerblom");
    officer.arrive("Kortet är upplåst");
    officer.sees("Det som hänt");
    assert_eq!(stage(world, &card), CodeStage::Ok);
    officer.click("Till personens sida");
    officer.arrive(&maja.name);
    world.work();
}

/// Proves: 3-22 3-24
#[test]
fn a_holder_states_it_on_the_phone_without_script_and_is_told_where_to_go() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let holder = Browser::open(Window::PHONE.without_script());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.click("Kortet är låst");
    holder.arrive("Är ditt kort låst?");
    holder.sees("Jag har tappat mitt kort");
    holder.click("Ja, mitt kort är låst");
    holder.arrive(MINE_LOCKED);
    assert_eq!(stage(world, &card), CodeStage::Locked);
    holder.sees("Kortkontoret Björkvallen");
    holder.sees("En giltig fysisk svensk id-handling");
    holder.click("Be om puk-brev");
    holder.sees("Du har bett om ett puk-brev. Det väntar på att godkännas.");
    holder.look_over();
    holder.click("Jag har låst upp med puk-koden");
    holder.sees("Kortet är aktivt");
    assert_eq!(stage(world, &card), CodeStage::Ok);
    world.work();
}

/// Proves: 3-28
#[test]
fn a_letter_is_asked_for_on_the_telephone_and_approved_by_an_officer() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    lock(world, &card);
    let farid = Browser::open(Window::DESK);
    log_in(&farid, &site, "/servicedesk", "Farid Nazari");
    farid.arrive("Vem ringer?");
    let person = format!("{}/servicedesk/person/{}", site.url, maja.id);
    farid.go(&person);
    farid.arrive(&maja.name);
    farid.click("Visa hur kortet låses upp");
    farid.arrive(LOCKED);
    farid.click("Beställ puk-brev");
    farid.sees("Avgift");
    farid.look_over();
    farid.choose("Kortet är låst");
    farid.choose("Jag har kontrollerat");
    farid.click("Beställ puk-brev");
    farid.sees("Brevet väntar på att godkännas");
    farid.look_over();
    let letter = farid.address().path().replace("/servicedesk", "/id-admin");

    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    officer.go(&format!("{}{letter}", site.url));
    officer.click("Avslå brevet");
    officer.sees("Välj varför brevet avslås.");
    officer.click("Godkänn brevet");
    officer.sees("Brevet är godkänt men inte skickat");
    farid.reload();
    farid.sees("Brevet är godkänt men inte skickat");
    world.work();
}

#[test]
fn the_pages_of_a_locked_card_are_accessible_at_both_widths_in_light_and_dark() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    lock(world, &card);
    let look = |browser: &Browser, path: &str| {
        for (lang, is_dark) in [("sv", true), ("en", false)] {
            browser.prefer_dark(is_dark);
            browser.go(&format!("{}{path}?lang={lang}", site.url));
            for width in [1280, 390] {
                browser.resize(width);
                browser.look_over();
            }
        }
    };
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    look(&officer, &format!("/id-admin/kort/{}/las-upp", card.id));
    look(&officer, &format!("/id-admin/kort/{}/puk-brev", card.id));
    let holder = Browser::open(Window::PHONE);
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    look(&holder, &format!("/mina-sidor/kort/{}/last", card.id));
    look(&holder, "/mina-sidor");
}
