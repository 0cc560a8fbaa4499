//! The main job, from the search to a card that works, with nothing faked between the steps.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;

use crate::people::{
    Counter, REGION, activate, card_of, find, karin, log_in, order, sign_the_receipt,
};

/// The whole way; `window`s say where and how each of the two sits.
fn the_whole_way(site: &Site, officer: &Browser, holder: &Browser) {
    let (world, maja) = (&site.world, site.world.maja());
    karin(officer, site);
    find(officer, &maja);
    officer.sees("Folkbokföringsadress");
    order(officer, &maja, REGION, "Rekommenderat brev (Rek)");
    world.work();
    officer.reload();
    let rek_id = officer.fact("Rek-id");
    assert!(officer.offers("Spåra hos Postnord"));

    log_in(holder, site, "/mina-sidor", "Maja Lindqvist");
    holder.sees("Hämta ditt nya kort hos postombudet");
    holder.look_over();
    holder.sees(&rek_id);
    assert!(
        holder
            .goes_to("Spåra hos Postnord")
            .ends_with(&rek_id.replace(' ', ""))
    );
    holder.click("Så aktiverar du kortet");
    holder.arrive("Kortet är skickat. Det måste aktiveras innan det fungerar.");
    holder.sees("Kortkontoret Björkvallen");
    holder.sees("I dag: 08.00–16.00");
    holder.sees("Bank-id och Freja räcker inte");
    mail_says(holder, site, "/mina-sidor");

    let card = card_of(world, &maja);
    officer.click("Maja Lindqvist");
    officer.arrive("Maja Lindqvist");
    activate(officer, "Karin Åkerblom", &Counter::of(world, card, &maja));
    officer.sees("Utan kvittens spärras det 2030-01-12");
    officer.click("Lämna utan kvittens");
    officer.arrive("Vänta – innehavaren har inte kvitterat");
    officer.sees("Kortet spärras 2030-01-12");
    officer.click("Tillbaka till kvittensen");

    holder.go(&format!("{}/mina-sidor", site.url));
    sign_the_receipt(holder, &maja);
    holder.click("Till start");
    holder.arrive("Hej Maja. Du har inget att göra just nu.");
    holder.sees(&format!("Ditt kort från {REGION} fungerar."));

    officer.click("Uppdatera");
    officer.arrive("Kortet är aktivt");
    officer.click("Till personens sida");
    officer.arrive("Maja Lindqvist");
    officer.sees("Kortet är aktivt");
    officer.sees("Kvittensen underskriven av innehavaren");
    officer.sees("Kortet går ut");
    world.work();
}

/// The mail that a holder gets when the card has been posted, in the demonstration's inbox.
fn mail_says(holder: &Browser, site: &Site, text: &str) {
    holder.go(&format!("{}/demo/mejl", site.url));
    holder.arrive("Mejl");
    holder.click("Ditt kort");
    holder.look_over();
    holder.sees(text);
}

/// Proves: 3-1
#[test]
fn the_start_says_what_the_card_is_for_and_what_else_it_is_called() {
    let site = Site::start();
    let browser = Browser::open(Window::PHONE);
    browser.go(&site.url);
    browser.arrive("Kort för dig som arbetar i vården");
    browser.sees("både din e-legitimation och din id-handling i tjänsten");
    browser.sees("kallas också Siths-kort");
    browser.click("Mina sidor");
    browser.arrive("Logga in i Mina sidor");
    browser.sees("e-tjänstekort");
}

/// Proves: 3-6 3-15 3-17 4-3
#[test]
fn an_officer_orders_and_activates_a_card_and_its_holder_signs_for_it() {
    let site = Site::start();
    let officer = Browser::open(Window::DESK);
    let holder = Browser::open(Window::PHONE);
    the_whole_way(&site, &officer, &holder);
}

#[test]
fn the_whole_way_can_be_gone_without_script() {
    let site = Site::start();
    let officer = Browser::open(Window::DESK.without_script());
    let holder = Browser::open(Window::PHONE.without_script());
    the_whole_way(&site, &officer, &holder);
}
