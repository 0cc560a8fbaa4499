//! A card that never came: what the officer does at the desk, and the holder with a telephone.

use cards_acceptance::browser::{Browser, Window};
use cards_acceptance::site::Site;
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;

use crate::people::{find, karin, log_in, orders_of};

/// Every page of the way, judged at both widths, in light and dark.
fn look_all_over(browser: &Browser) {
    for is_dark in [true, false] {
        browser.prefer_dark(is_dark);
        for width in [390, 1280] {
            browser.resize(width);
            browser.look_over();
        }
    }
}

#[test]
fn an_officer_orders_a_new_card_in_place_of_one_that_never_came() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let number = world.order_now(card.order).number;
    world.advance(Duration::days(30));
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    officer.sees("Inte framme");
    officer.click("Inte framme");
    officer.arrive("Inte framme");
    officer.sees("Får beställas sedan 2030-02-06");
    look_all_over(&officer);
    officer.click("Maja Lindqvist");
    officer.arrive(&format!("Beställning {number}"));
    officer.sees("A-post kan inte spåras.");
    officer.sees("Innehavaren säger att kortet inte har kommit");
    look_all_over(&officer);
    officer.click("Beställ på nytt");
    let title = format!("Beställ nytt kort i stället för {number}");
    officer.arrive(&title);
    officer.sees("Så gör vi på Region Mälarvik");
    officer.sees("Det första kortet spärras i samma stund. Det går inte att ångra.");
    look_all_over(&officer);
    officer.choose("Kortet har inte kommit");
    officer.choose("A-post");
    officer.click("Beställ nytt kort");
    officer.sees("Arbetsplatsens rutin är inte läst.");
    look_all_over(&officer);
    officer.choose("Jag har läst rutinen");
    officer.click("Beställ nytt kort");
    officer.sees("Hos tillverkaren");
    officer.look_over();
    assert_eq!(orders_of(world, &maja), 2);
    assert!(matches!(
        world.card(card.id).stage,
        CardStage::Revoked {
            reason: RevocationReason::ReplacedUndelivered,
            ..
        }
    ));
    find_again(&officer, &site, &maja);
    world.work();
}

/// On the holder's page both cards stand, the first as revoked.
fn find_again(officer: &Browser, site: &Site, person: &cards_acceptance::Person) {
    officer.go(&format!("{}/id-admin", site.url));
    officer.arrive("Vem gäller det?");
    find(officer, person);
    officer.sees("kom inte fram och ersattes");
}

#[test]
fn a_card_in_hand_is_received_at_the_office_by_the_number_on_it() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let number = card.number.clone().unwrap().to_string();
    let officer = Browser::open(Window::DESK);
    karin(&officer, &site);
    find(&officer, &maja);
    officer.click("Ta emot på kontoret");
    officer.arrive("Ta emot ett kort på kontoret");
    look_all_over(&officer);
    officer.write("Kortnummer", "12");
    officer.click("Ta emot på kontoret");
    officer.sees("Kortnumret går inte att läsa.");
    look_all_over(&officer);
    officer.write("Kortnummer", &number);
    officer.click("Ta emot på kontoret");
    officer.arrive("Maja Lindqvist");
    officer.sees("Ligger på Kortkontoret Björkvallen");
    world.work();
}

/// From Mina sidor to the page about a card that has not come.
fn to_the_page(holder: &Browser, site: &Site) {
    log_in(holder, site, "/mina-sidor", "Maja Lindqvist");
    holder.click("Kortet har inte kommit");
}

#[test]
fn a_holder_says_that_the_card_has_not_come_with_a_telephone_and_without_script() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    for window in [Window::PHONE.without_script(), Window::PHONE] {
        let holder = Browser::open(window);
        to_the_page(&holder, &site);
        holder.arrive("Har kortet inte kommit?");
        holder.sees("Du kan säga till här från 2030-02-06.");
        assert!(!holder.offers("Säg att kortet inte har kommit"));
    }
    world.advance(Duration::days(30));
    let holder = Browser::open(Window::PHONE.without_script());
    to_the_page(&holder, &site);
    holder.arrive("Har kortet inte kommit?");
    holder.sees("A-post går inte att spåra.");
    holder.click("Säg att kortet inte har kommit");
    holder.arrive("Kontoret vet att kortet inte har kommit");
    holder.sees("Det första kortet spärras då.");
    holder.click("Kortet har kommit");
    holder.arrive("Kortet kom till slut");
    holder.sees("Ta med det och en fysisk id-handling till kontoret för att aktivera det.");
    assert!(matches!(world.card(card.id).stage, CardStage::Sent { .. }));
    assert_eq!(holder.sight().language, "sv");
}
