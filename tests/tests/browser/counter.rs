//! The visit to the card office: what is accepted there, and when the card begins to work.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::card::CardStage;
use cards_domain::delivery::DeliveryMethod;

use crate::people::{Counter, activate, fill_in_the_check, find, karin, log_in, sign_the_receipt};

/// Proves: 3-8
#[test]
fn only_a_physical_document_that_is_still_valid_is_accepted() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.click("Så aktiverar du kortet");
    holder.sees("Kortet som har kommit med posten.");
    holder.sees("En giltig fysisk id-handling");
    holder.sees("Bank-id och Freja räcker inte");

    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    find(&officer, &maja);
    officer.click("Aktivera");
    officer.arrive("Kontrollera kortet och id-handlingen");
    officer.sees("Digitala id-kort godtas inte");
    let mut counter = Counter::of(world, card.id, &maja);
    fill_in_the_check(&officer, &counter);
    officer.run("document.querySelector('input[name=handling]:checked').value = 'bank_id'");
    officer.click("Godkänn och skriv under");
    officer.sees("Välj vilken id-handling du har i handen.");
    officer.look_over();

    officer.go(&format!("{}/id-admin/kort/{}/aktivera", site.url, card.id));
    counter.valid_to = "2030-01-06";
    fill_in_the_check(&officer, &counter);
    officer.click("Godkänn och skriv under");
    officer.sees("Id-handlingen gick ut 2030-01-06. Be om en annan handling.");
    officer.look_over();
    assert!(matches!(world.card(card.id).stage, CardStage::Sent { .. }));

    officer.write("Giltig till och med", "2030-01-07");
    officer.click("Godkänn och skriv under");
    officer.arrive("Skriv under som Karin Åkerblom");
}

/// Proves: 3-6
#[test]
fn a_card_that_has_come_does_not_work_until_it_is_activated() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.sees("Aktivera ditt nya kort");
    assert!(!holder.reads("Fungerar nu"), "{}", holder.shown());
    holder.click("Så aktiverar du kortet");
    holder.arrive("Kortet är skickat. Det måste aktiveras innan det fungerar.");

    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    find(&officer, &maja);
    officer.sees("Nästa steg: aktivera kortet");
    officer.sees("Kortet spärras om det inte är aktiverat");
    activate(
        &officer,
        "Karin Åkerblom",
        &Counter::of(world, card.id, &maja),
    );
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::UnlockedUnsigned { .. }
    ));
    holder.go(&format!("{}/mina-sidor", site.url));
    sign_the_receipt(&holder, &maja);
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Active { .. }
    ));
    holder.go(&format!("{}/mina-sidor", site.url));
    holder.sees("Fungerar nu");
    officer.click("Uppdatera");
    officer.arrive("Kortet är aktivt");
    world.work();
}

/// Proves: 4-3
#[test]
fn a_holder_promises_never_to_lend_the_card_before_it_becomes_active() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let check = world.check(&card, &maja);
    world.unlock(&world.karin().call(), &card, &check).unwrap();
    let officer = Browser::open(Window::DESK.in_a_hurry());
    karin(&officer, &site);
    officer.go(&format!(
        "{}/id-admin/kort/{}/kvittens/utskrift",
        site.url, card.id
    ));
    officer.arrive("Kvittens på e-tjänstekort");
    officer.sees("Kortet är personligt. Bara du får använda det.");

    let holder = Browser::open(Window::PHONE.in_a_hurry());
    log_in(&holder, &site, "/mina-sidor", "Maja Lindqvist");
    holder.click("Läs villkoren och skriv under");
    holder.arrive("Läs villkoren och skriv under kvittensen");
    holder.sees("Kortet är personligt. Bara du får använda det.");
    holder.sees("Du lånar aldrig ut kortet, inte till någon och inte för en kort stund.");
    holder.click("Skriv under");
    holder.sees("Kryssa i att du har fått kortet och godkänner villkoren.");
    holder.look_over();
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::UnlockedUnsigned { .. }
    ));
    holder.go(&format!("{}/mina-sidor", site.url));
    sign_the_receipt(&holder, &maja);
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Active { .. }
    ));
    world.work();
}
