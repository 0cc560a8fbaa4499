//! What comes a second time: a form after a new log-in, and an answer of the identity provider.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_domain::card::CardStageName;
use cards_domain::lifecycle::Lifecycle as _;
use diesel::prelude::*;

use crate::browser::{Browser, Fields, form};
use crate::sessions::Count;

const MAJA: &str = "SE2399000013-1008";
const OTHER: &str = "SE2399000013-1009";
const OWN: &str = "/mina-sidor";

fn count(world: &World, what: &str) -> i64 {
    let query = diesel::sql_query(format!("SELECT count(*) AS count FROM {what}"));
    query
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
}

fn log_out(browser: &Browser) {
    let out = browser.signed(OWN, 5, &[]);
    assert_eq!(browser.send("/mina-sidor/logga-ut", &out).status, 303);
}

#[test]
fn a_form_that_lay_open_is_sent_after_the_same_person_is_in_again_and_after_nobody_elses_log_in() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let mut browser = Browser::new(&site);
    browser.log_in(OWN, MAJA, "loa3");
    let path = format!("/mina-sidor/kort/{}/tappat/bekrafta", card.id);
    let page = browser.get(&format!("{path}?orsak=lost&id=nej"));
    let found = form(&page.body, &format!(r#"form[action="{path}"]"#)).unwrap();
    let mut fields: Fields = found.fields;
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    fields.push(("fyra".to_owned(), four));

    log_out(&browser);
    let told = browser.send(&path, &fields);
    assert_eq!(told.status, 401);
    assert!(
        told.body.contains("skicka formuläret på nytt"),
        "{}",
        told.body
    );

    browser.log_in(OWN, OTHER, "loa3");
    assert_eq!(browser.send(&path, &fields).status, 403, "somebody else");
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    log_out(&browser);

    browser.log_in(OWN, MAJA, "loa3");
    let first = browser.send(&path, &fields);
    assert_eq!(first.status, 303, "{}", first.body);
    let again = browser.send(&path, &fields);
    assert_eq!((again.status, again.location()), (303, first.location()));
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    assert_eq!(count(world, "revocation"), 1, "once");
    world.work();
}

#[test]
fn a_form_of_one_portal_is_none_of_another_though_the_person_is_the_same() {
    let site = Site::start();
    let karin = crate::sessions::KARIN;
    let mut browser = Browser::new(&site);
    browser.log_in(OWN, karin, "loa3");
    browser.log_in("/id-admin", karin, "loa3");
    let of_holder = browser.signed(OWN, 5, &[]);
    assert_eq!(browser.send("/id-admin/logga-ut", &of_holder).status, 403);
    assert_eq!(browser.get("/id-admin").status, 200, "still in");
}

#[test]
fn arriving_a_second_time_opens_no_session_and_goes_on_for_whoever_is_in() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    let deep = "/mina-sidor/kontakt";
    let begun = browser.get("/mina-sidor/logga-in?return_to=%2Fmina-sidor%2Fkontakt");
    let back = browser.identified(begun.location(), MAJA, "loa3");
    let first = browser.get(&back);
    assert_eq!((first.status, first.location()), (303, deep));
    let again = browser.get(&back);
    assert_eq!((again.status, again.location()), (303, deep));
    assert!(again.headers.get("set-cookie").is_none(), "nothing new");
    assert_eq!(count(&site.world, "session"), 1);
    let stranger = Browser::new(&site);
    assert_eq!(stranger.get(&back).status, 400, "another browser");

    browser.log_in(OWN, MAJA, "loa3");
    log_out(&browser);
    let late = browser.get(&back);
    assert_eq!(late.status, 400, "nobody is in");
    assert!(
        late.body.contains("return_to=%2Fmina-sidor%2Fkontakt"),
        "{}",
        late.body
    );
}
