//! The officer's signature at the counter is not made: the level was too low, it was broken off, or
//! somebody else signed. The page says which, and the answers stand in the form again.

use cards_acceptance::site::Site;
use cards_domain::card::CardStageName;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;

use super::*;
use crate::desk::{KARIN, TOVE};

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
fn who_is_unsure_stops_and_reads_what_not_to_do() {
    let site = Site::start();
    let card = site
        .world
        .sent_card(&site.world.maja(), DeliveryMethod::APost);
    let desk = Desk::officer(&site, KARIN);
    let counter = desk.open(&counter_at(&card));
    counter.sees("Är det fel person framför dig? Spärra inte.");
    let stopped = format!("/id-admin/person/{}?stoppad=aktivering", card.person);
    assert!(counter.leads_to(&stopped), "{}", counter.body);
    let page = desk.open(&stopped);
    page.sees("Aktiveringen är stoppad. Lämna inte ut kortet");
    page.sees("Fråga en kollega.");
    assert!(!page.reads("Nästa steg"), "{}", page.text);
    site.world.work();
}
