//! The ticket is good once, within a minute, in the browser and for the portal for which it was made.

use cards_acceptance::chip::ChipKey;
use cards_acceptance::site::Site;
use chrono::Duration;

use super::{MAJA, Visitor, holder};

fn site() -> (Site, ChipKey) {
    let (site, _) = Site::taking_cards();
    let (_, card) = holder(&site.world, MAJA);
    let key = site.world.chip_key(&card);
    (site, key)
}

#[test]
fn a_ticket_opens_no_session_in_another_browser_even_one_that_logs_in_with_a_card_just_now() {
    let (site, key) = site();
    let [hers, other, beginning] = [(); 3].map(|()| Visitor::new(&site, Some(&key)));
    let back = hers.show("/mina-sidor", "/mina-sidor");
    assert_eq!(other.get(&back).status, 400, "no cookie");
    assert_eq!(other.get("/mina-sidor/kontakt").status, 303);
    // A ticket under the state of the browser that is to be tricked.
    let own = beginning.show("/mina-sidor", "/mina-sidor");
    let state = |address: &str| {
        let url: url::Url = address.parse().unwrap();
        let pair = url.query_pairs().find(|(name, _)| name == "state");
        pair.unwrap().1.into_owned()
    };
    let back = hers.show("/mina-sidor", "/mina-sidor");
    let pushed = back.replace(&state(&back), &state(&own));
    assert_eq!(beginning.get(&pushed).status, 400);
    assert_eq!(
        hers.get(&back).status,
        400,
        "a ticket that was tried is used up"
    );
}

#[test]
fn a_second_click_leads_to_where_the_first_one_led_and_opens_nothing() {
    let (site, key) = site();
    let visitor = Visitor::new(&site, Some(&key));
    let back = visitor.show("/mina-sidor", "/mina-sidor/kontakt");
    for _ in 0..2 {
        let answer = visitor.get(&back);
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (303, "/mina-sidor/kontakt")
        );
    }
    let maja = site.world.maja();
    assert_eq!(super::log_ins(&site.world, &maja, "log_in", "done"), 1);
}

#[test]
fn a_ticket_is_too_old_after_a_minute() {
    let (site, key) = site();
    let visitor = Visitor::new(&site, Some(&key));
    let back = visitor.show("/mina-sidor", "/mina-sidor");
    site.world.advance(Duration::seconds(61));
    assert_eq!(visitor.get(&back).status, 400);
}

#[test]
fn a_ticket_for_one_portal_opens_no_other() {
    let (site, key) = site();
    let visitor = Visitor::new(&site, Some(&key));
    let back = visitor.show("/mina-sidor", "/mina-sidor");
    let turned = back.replace("/mina-sidor/", "/id-admin/");
    assert_eq!(visitor.get(&turned).status, 400);
}

#[test]
fn the_way_in_leads_nowhere_but_into_its_portal() {
    let (site, key) = site();
    let visitor = Visitor::new(&site, Some(&key));
    for elsewhere in [
        "https://evil.example/",
        "/id-admin",
        "/mina-sidor/inloggad/kort",
    ] {
        let answer = visitor.log_in("/mina-sidor", elsewhere);
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (303, "/mina-sidor")
        );
    }
}
