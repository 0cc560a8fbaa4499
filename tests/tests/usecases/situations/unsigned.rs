//! The officer's signature at the counter is not made: the level was too low, it was broken off, or
//! somebody else signed. The page says which, and the answers stand in the form again.

use cards_acceptance::site::Site;
use cards_domain::card::CardStageName;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;

use super::*;
use crate::desk::{KARIN, NADJA, TOVE};

/// Where the page leads back to.
fn way_back(page: &Page) -> String {
    let links = page.body.split("href=\"").skip(1);
    let mut links = links.filter_map(|rest| rest.split('"').next());
    let back = links.find(|link| link.contains("utkast="));
    back.unwrap_or_else(|| panic!("no way back: {}", page.text))
        .to_owned()
}

/// The document, the two confirmations and the seven steps.
const TICKED: usize = 10;

/// The boxes and choices that are ticked, without the one that switches the number keys.
fn ticked(page: &Page) -> usize {
    let body = page.body.replace("data-shortcut-switch checked", "");
    body.matches(" checked").count()
}

fn stands_again(page: &Page, number: &str) {
    page.sees("Det du fyllde i står kvar.");
    assert_eq!(ticked(page), TICKED);
    for typed in [number, "4417", "2033-05-30"] {
        assert!(page.body.contains(&format!("value=\"{typed}\"")), "{typed}");
    }
}

#[test]
fn a_signature_that_was_not_made_says_why_and_keeps_what_was_filled_in() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let desk = Desk::officer(&site, KARIN);
    let number = card.number.as_ref().unwrap();
    let check = check(&number.to_string(), maja.number.as_str());
    let asked = check_at_the_counter(&desk, &card, &check);

    let low = desk.sign_as(&asked, KARIN, "loa2");
    assert_eq!(low.status, 409);
    low.sees("Du skrev under på tillitsnivå 2. Här krävs nivå 3.");
    let back = way_back(&low);
    let again = desk.open(&back);
    stands_again(&again, number.as_str());
    assert_eq!(world.card(card.id).stage(), CardStageName::Sent);

    let others = Desk::officer(&site, TOVE).open(&back);
    assert_eq!(ticked(&others), 0, "the answers are Karin's");
    assert!(!others.body.contains(number.as_str()));

    let asked = check_at_the_counter(&desk, &card, &check);
    let foreign = desk.sign_as(&asked, TOVE, "loa3");
    assert_eq!(foreign.status, 403);
    foreign.sees("Någon annan skrev under");
    stands_again(&desk.open(&way_back(&foreign)), number.as_str());

    let asked = check_at_the_counter(&desk, &card, &check);
    let state = asked.path.split("state=").nth(1).unwrap();
    let state = state.split('&').next().unwrap();
    let arrival = format!("/id-admin/inloggad?state={state}&error=access_denied");
    let broken = desk.open(&arrival);
    broken.sees("Den avbröts.");
    stands_again(&desk.open(&way_back(&broken)), number.as_str());

    checked(&desk, &card, &maja);
    world.work();
}

#[test]
fn who_is_unsure_stops_and_the_next_officer_reads_it_until_a_check_has_held() {
    let site = Site::start();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let karin = Desk::officer(&site, KARIN);
    let counter = karin.open(&counter_at(&card));
    counter.sees("Är det fel person framför dig? Spärra inte.");
    let stop = format!("/id-admin/kort/{}/tveka", card.id);
    let page = karin.send(&counter, &stop, &[]);
    page.sees("Aktiveringen är stoppad. Lämna inte ut kortet");
    page.sees("Fråga en kollega.");
    assert!(!page.reads("Nästa steg"), "{}", page.text);
    assert_eq!(world.lines(card.id.0, "doubt", "done"), 1);
    karin.send(&counter, &stop, &[]);
    let lines = world.lines(card.id.0, "doubt", "done");
    assert_eq!(lines, 1, "a second click is the same doubt");
    assert_eq!(world.card(card.id).stage(), CardStageName::Sent);

    let tove = Desk::officer(&site, TOVE);
    let person = format!("/id-admin/person/{}", card.person);
    let told = "stoppade vid disken";
    tove.open(&counter_at(&card)).sees(told);
    let page = tove.open(&person);
    page.sees("Karin Åkerblom stoppade vid disken");
    page.sees("Stoppat vid disken: osäkert om det var rätt person");
    karin.open(&person).sees("Du stoppade vid disken");
    let seen = Desk::holder(&site, &maja).open("/mina-sidor");
    assert!(!seen.reads(told), "{}", seen.text);

    unlocked(&site, &tove, &maja, &card);
    assert!(!tove.open(&person).reads(told), "the check has held");
    world.work();
}

#[test]
fn who_may_not_activate_a_card_states_no_doubt_and_the_attempt_is_in_the_log() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let stop = format!("/id-admin/kort/{}/tveka", card.id);
    let nadja = Desk::officer(&site, NADJA);
    for (key, what) in [(1, "aktivering"), (2, "upplasning")] {
        let refused = nadja.force(&stop, key, &[("vid", what)]);
        assert_eq!(refused.status, 403, "{what}");
    }
    assert_eq!(nadja.force(&stop, 3, &[("vid", "x")]).status, 422);
    assert_eq!(world.lines(card.id.0, "doubt", "not_your_role"), 2);
    assert_eq!(world.lines(card.id.0, "doubt", "done"), 0);
    let karin = Desk::officer(&site, KARIN);
    let person = format!("/id-admin/person/{}", card.person);
    assert!(!karin.open(&person).reads("stoppade vid disken"));
    world.work();
}
