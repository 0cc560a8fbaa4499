//! How the holder signs the receipt: with the card on this device, or by a new log-in.

use cards_acceptance::browser::{Browser, Key, Window};
use cards_acceptance::site::Site;
use cards_domain::card::{Card, CardStage};
use cards_domain::delivery::DeliveryMethod;

use crate::card_tasks::{Client, code_on, site};
use crate::people::{ACCEPT, log_in, sign};

const HERE: &str = "SITHS eID på denna enhet";
const ELSEWHERE: &str = "SITHS eID på annan enhet";
const AGAIN: &str = "Logga in igen";
const CHOSEN: &str = "return document.querySelector('input[name=med]:checked').value";

/// A card whose receipt waits for its holder, and the page where it is signed.
fn at_the_receipt(site: &Site, window: Window) -> (Browser, Card) {
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let check = world.check(&card, &maja);
    let card = world.unlock(&world.karin().call(), &card, &check).unwrap();
    let holder = Browser::open(window);
    log_in(&holder, site, "/mina-sidor", "Maja Lindqvist");
    holder.go(&format!(
        "{}/mina-sidor/kort/{}/kvittens",
        site.url, card.id
    ));
    holder.arrive("Läs villkoren och skriv under kvittensen");
    (holder, card)
}

fn is_active(site: &Site, card: &Card) -> bool {
    matches!(site.world.card(card.id).stage, CardStage::Active { .. })
}

/// Proves: 0-10
#[test]
fn the_holder_chooses_this_device_by_keyboard_and_reads_why_it_cannot_be_another_one() {
    let site = site();
    let world = &site.world;
    let (holder, card) = at_the_receipt(&site, Window::DESK);
    let ways = holder.run(
        "return [...document.querySelectorAll('fieldset label, fieldset .refused')].map(e => e.innerText.split('\\n')[0])",
    );
    assert_eq!(ways, serde_json::json!([HERE, ELSEWHERE, AGAIN]));
    holder.sees("Hur vill du skriva under?");
    holder.sees("kortprogrammet måste köras där");
    assert_eq!(
        holder.run(CHOSEN),
        "kort",
        "chosen first where the card can sign"
    );

    // What was chosen is chosen still when the form comes back.
    holder.tab_to(HERE);
    holder.press(Key::Down);
    assert_eq!(holder.run(CHOSEN), "legitimering");
    holder.tab_to("Skriv under");
    holder.press(Key::Enter);
    holder.sees("Kryssa i att du har fått kortet och godkänner villkoren.");
    holder.look_over();
    assert_eq!(holder.run(CHOSEN), "legitimering");
    holder.tab_to(ACCEPT);
    holder.press(Key::Space);
    holder.tab_to(AGAIN);
    holder.press(Key::Down);
    assert_eq!(holder.run(CHOSEN), "kort");
    holder.tab_to("Skriv under");
    holder.press(Key::Enter);
    holder.arrive("Skriv under kvittensen med kortet");
    holder.sees("På denna enhet");
    holder.sees("På annan enhet");
    assert_eq!(
        holder.has_opened(1).len(),
        1,
        "the program opens on this computer"
    );
    Client::fetch(world, &code_on(&holder)).proves(&card);
    holder.arrive("Kvittensen är underskriven");
    assert!(is_active(&site, &card));
    world.work();
}

/// Proves: 0-10
#[test]
fn the_holder_logs_in_again_to_sign_without_script() {
    let site = site();
    let (holder, card) = at_the_receipt(&site, Window::PHONE.without_script());
    holder.choose(ACCEPT);
    holder.choose(AGAIN);
    holder.click("Skriv under");
    sign(&holder, "Maja Lindqvist");
    holder.arrive("Kortet är aktivt");
    assert!(is_active(&site, &card));
    site.world.work();
}

/// Proves: 0-10
#[test]
fn a_touched_window_begins_with_the_way_that_needs_no_reader() {
    let site = site();
    let (holder, _) = at_the_receipt(&site, Window::PHONE);
    assert_eq!(holder.run(CHOSEN), "kort", "a narrow window has a reader");
    holder.touch();
    holder.reload();
    assert_eq!(holder.run(CHOSEN), "legitimering");
    site.world.work();
}
