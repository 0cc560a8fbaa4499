//! Those who sit in front of the browser, and what they do the same way in every test.

use cards_acceptance::browser::Browser;
use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_domain::access::{Function, Scope};
use cards_domain::ids::CardId;

pub const SEARCH: &str = "Sök person, kort eller försändelse";
pub const ACCEPT: &str = "Jag har fått kortet och godkänner villkoren.";
pub const REGION: &str = "Region Mälarvik";

/// Goes to a portal's own entrance and on through the identity provider.
pub fn log_in(browser: &Browser, site: &Site, portal: &str, name: &str) {
    browser.go(&format!("{}{portal}", site.url));
    browser.look_over();
    browser.click("Logga in");
    browser.arrive("Legitimering");
    browser.click(&format!("Legitimera som {name}"));
}

/// Logs in as somebody who is not among the named: an HSA-id is typed.
pub fn log_in_as(browser: &Browser, site: &Site, portal: &str, person: &Person) {
    browser.go(&format!("{}{portal}", site.url));
    browser.click("Logga in");
    browser.write("HSA-id eller personnummer", &person.hsa_id);
    browser.click("Legitimera");
}

/// Karin, logged in at her office.
pub fn karin(browser: &Browser, site: &Site) {
    log_in(browser, site, "/id-admin", "Karin Åkerblom");
    browser.arrive("Vem gäller det?");
}

/// Finds somebody by number; there is one with it, so the page opens at once.
pub fn find(browser: &Browser, person: &Person) {
    browser.write(SEARCH, person.number.as_str());
    browser.click("Sök");
    browser.arrive(&person.name);
}

/// Orders a card without photo from the person's page. The workplace's routine is read first.
pub fn order(browser: &Browser, person: &Person, organisation: &str, method: &str) {
    browser.click("Beställ kort");
    browser.arrive(&format!("Beställ kort till {}", person.name));
    browser.sees(&format!("Så gör vi på {organisation}"));
    browser.choose(organisation);
    browser.choose("Jag har läst rutinen");
    browser.choose("E-tjänstekort utan foto");
    browser.choose(method);
    browser.click("Beställ kortet");
    browser.sees("Var är kortet?");
    browser.look_over();
}

/// What the holder brings to the counter.
pub struct Counter<'a> {
    pub person: &'a Person,
    pub card_number: String,
    pub valid_to: &'a str,
}

impl<'a> Counter<'a> {
    pub fn of(world: &World, card: CardId, person: &'a Person) -> Self {
        let number = world.card(card).number.unwrap();
        Self {
            person,
            card_number: number.to_string(),
            valid_to: "2033-05-30",
        }
    }
}

/// Types what stands on card and document, and ticks what was looked at.
pub fn fill_in_the_check(browser: &Browser, counter: &Counter<'_>) {
    browser.write("Kortnummer", &counter.card_number);
    browser.choose("Ja, namnet på kortet är exakt så");
    browser.choose("Pass");
    browser.write(
        "Personnummer på id-handlingen",
        counter.person.number.as_str(),
    );
    browser.write("Handlingens eget nummer", "4417");
    browser.write("Giltig till och med", counter.valid_to);
    browser.tick_all("De sju stegen");
    browser.choose("Personen och id-handlingen visar samma ansikte");
}

/// From the person's page to the receipt that waits: check, signature, code.
pub fn activate(browser: &Browser, officer: &str, counter: &Counter<'_>) {
    activate_to_the_code(browser, officer, counter);
    browser.click("Innehavaren har valt sin pin-kod");
    browser.arrive("Innehavaren skriver under kvittensen");
}

/// From the person's page to where the holder chooses the code.
pub fn activate_to_the_code(browser: &Browser, officer: &str, counter: &Counter<'_>) {
    browser.click("Aktivera");
    browser.arrive("Kontrollera kortet och id-handlingen");
    fill_in_the_check(browser, counter);
    browser.click("Godkänn och skriv under");
    sign(browser, officer);
    browser.arrive("Innehavaren väljer pin-kod");
}

/// Signs at the identity provider, which knows who is logged in.
pub fn sign(browser: &Browser, name: &str) {
    browser.arrive(&format!("Skriv under som {name}"));
    browser.click("Skriv under");
}

/// The holder reads the terms and signs, from the start of Mina sidor.
pub fn sign_the_receipt(browser: &Browser, person: &Person) {
    browser.click("Läs villkoren och skriv under");
    browser.arrive("Läs villkoren och skriv under kvittensen");
    browser.sees("Kortet är personligt. Bara du får använda det.");
    browser.choose(ACCEPT);
    browser.choose("Logga in igen");
    browser.click("Skriv under");
    sign(browser, &person.name);
    browser.arrive("Kortet är aktivt");
}

/// The newest card of somebody.
pub fn card_of(world: &World, person: &Person) -> CardId {
    let (cards, _) = world.link().cards_of(&scope(world), person.id).unwrap();
    cards.first().unwrap().card.id
}

/// The card that the person's page offers to activate.
pub fn card_offered(world: &World, browser: &Browser) -> CardId {
    let address = browser.goes_to("Aktivera");
    let id = address.split('/').rev().nth(1).unwrap();
    let card = CardId(id.parse().unwrap());
    assert!(world.card(card).number.is_some());
    card
}

/// How many orders there are for somebody.
pub fn orders_of(world: &World, person: &Person) -> usize {
    world
        .link()
        .orders_of(&scope(world), person.id)
        .unwrap()
        .len()
}

fn scope(world: &World) -> Scope {
    Scope::of(&world.karin().call().actor, Function::ViewPerson)
}
