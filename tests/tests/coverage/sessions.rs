//! Sessions over HTTP: where they come from, what they are good for, and when they end.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Function, Role, Scope};
use cards_server::demo::operator_call;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::browser::{Answer, Browser};
use crate::cast::PORTALS;

pub const KARIN: &str = "SE2399000013-1001";
const MAJA: &str = "SE2399000013-1008";
const FARID: &str = "SE2399000013-1006";

#[derive(QueryableByName)]
pub struct Count {
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

pub fn lines(world: &World) -> i64 {
    let query = diesel::sql_query("SELECT count(*) AS count FROM journal");
    query
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
}

/// The session's cookie as the browser would send it back.
fn cookie(answer: &Answer) -> String {
    let set = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap());
    let mut session = set
        .filter(|cookie| !cookie.contains("Max-Age="))
        .map(|cookie| cookie.split(';').next().unwrap());
    session.next_back().unwrap().to_owned()
}

fn maja_page(world: &World) -> String {
    format!("/id-admin/person/{}", world.maja().id)
}

#[test]
fn the_five_entrances_answer_whoever_is_not_logged_in() {
    let site = Site::start();
    let browser = Browser::new(&site);
    for entrance in ["/", "/id-admin", "/mina-sidor", "/servicedesk", "/api"] {
        let answer = browser.get(entrance);
        assert!(
            answer.status == 200 && answer.is_page(),
            "{entrance}: {}",
            answer.status
        );
    }
}

#[test]
fn a_deep_page_leads_to_the_log_in_of_its_portal_and_back() {
    let site = Site::start();
    let browser = Browser::new(&site);
    let page = maja_page(&site.world);
    let away = browser.get(&page);
    assert_eq!(away.status, 303);
    let encoded = page.replace('/', "%2F");
    assert_eq!(
        away.location(),
        format!("/id-admin/logga-in?return_to={encoded}")
    );
    let begun = browser.get(away.location());
    let arrived = browser.identify(begun.location(), KARIN, "loa3");
    assert_eq!((arrived.status, arrived.location()), (303, page.as_str()));
    assert_eq!(browser.get(&page).status, 200);
}

#[test]
fn a_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    for portal in PORTALS {
        let hsa_id = if portal == "/servicedesk" {
            FARID
        } else {
            KARIN
        };
        let begun = browser.get(&format!("{portal}/logga-in"));
        let arrived = browser.log_in(portal, hsa_id, "loa3");
        let cookies = [&begun, &arrived]
            .into_iter()
            .flat_map(|answer| answer.headers.get_all("set-cookie"));
        let cookies: Vec<&str> = cookies.map(|value| value.to_str().unwrap()).collect();
        assert!(
            cookies.len() >= 3,
            "attempt, session, attempt gone: {cookies:?}"
        );
        for cookie in cookies {
            for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(part), "{portal}: {part} in {cookie}");
            }
            // Over plain http browsers take neither Secure nor a __Host- name.
            assert!(
                !cookie.contains("Domain") && !cookie.contains("Secure"),
                "{cookie}"
            );
        }
    }
}

#[test]
fn a_session_of_one_portal_is_none_of_another() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    let token = cookie(&browser.log_in("/id-admin", KARIN, "loa3"));
    let (name, token) = token.split_once('=').unwrap();
    assert_eq!(name, "kk-id-admin");
    let with = |name: &str, path: &str| {
        let stranger = Browser::new(&site);
        stranger.get_with(&format!("{name}={token}"), path)
    };
    assert_eq!(
        with("kk-id-admin", "/id-admin/utgaende").status,
        403,
        "Karin is in, above her role"
    );
    assert_eq!(with("kk-mina-sidor", "/mina-sidor/kontakt").status, 303);
    assert_eq!(with("kk-servicedesk", "/servicedesk/sok").status, 303);
    assert_eq!(with("kk-id-admin", "/mina-sidor/kontakt").status, 303);
}

#[test]
fn whoever_has_logged_out_cannot_be_followed_by_their_cookie() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    let cookie = cookie(&browser.log_in("/mina-sidor", MAJA, "loa3"));
    let thief = Browser::new(&site);
    assert_eq!(thief.get_with(&cookie, "/mina-sidor/kontakt").status, 200);
    let out = browser.send(
        "/mina-sidor/logga-ut",
        &browser.signed("/mina-sidor", 5, &[]),
    );
    assert_eq!(out.status, 303);
    assert_eq!(thief.get_with(&cookie, "/mina-sidor/kontakt").status, 303);
}

#[test]
fn a_new_log_in_ends_the_session_before_it() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    let before = cookie(&browser.log_in("/mina-sidor", MAJA, "loa3"));
    let after = cookie(&browser.log_in("/mina-sidor", MAJA, "loa3"));
    assert_ne!(before, after);
    let thief = Browser::new(&site);
    assert_eq!(thief.get_with(&before, "/mina-sidor/kontakt").status, 303);
    assert_eq!(thief.get_with(&after, "/mina-sidor/kontakt").status, 200);
}

#[test]
fn a_session_that_lies_unused_ends() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    browser.log_in("/mina-sidor", MAJA, "loa3");
    site.world.advance(Duration::minutes(14));
    assert_eq!(browser.get("/mina-sidor/kontakt").status, 200);
    site.world.advance(Duration::minutes(16));
    assert_eq!(browser.get("/mina-sidor/kontakt").status, 303);
}

#[test]
fn officers_are_not_let_in_on_a_lower_level_and_holders_are() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    assert_eq!(browser.log_in("/id-admin", KARIN, "loa2").status, 403);
    assert_eq!(browser.get(&maja_page(&site.world)).status, 303);
    assert_eq!(browser.log_in("/mina-sidor", MAJA, "loa2").status, 303);
    assert_eq!(browser.get("/mina-sidor/kontakt").status, 200);
}

/// Every appointment of a person, ended now, by the operator.
fn end_appointments(world: &World, person: &Person) {
    let anders = world
        .officer("SE2399000013-1004", Role::ResponsibleIssuer, None)
        .call();
    let scope = Scope::of(&anders.actor, Function::ManageOfficers);
    let mut link = world.link();
    let all = link.appointments(&scope).unwrap();
    let own: Vec<AppointmentRecord> = all
        .into_iter()
        .filter(|one| one.person == person.id)
        .collect();
    assert!(!own.is_empty());
    for record in own {
        let ended = AppointmentRecord {
            ends_at: Some(link.now()),
            ..record
        };
        world
            .app()
            .ledger
            .edit(&mut link, &operator_call(world.app()), &ended)
            .unwrap();
    }
}

#[test]
fn an_appointment_that_ends_ends_at_the_very_next_request() {
    let site = Site::start();
    let world = &site.world;
    let mut browser = Browser::new(&site);
    browser.log_in("/id-admin", KARIN, "loa3");
    let page = maja_page(world);
    assert_eq!(browser.get(&page).status, 200);
    end_appointments(world, &world.person(KARIN));
    let before = lines(world);
    assert_eq!(browser.get(&page).status, 403);
    let order = format!("{page}/bestall");
    assert_eq!(
        browser.send(&order, &browser.signed(&order, 6, &[])).status,
        403
    );
    assert_eq!(lines(world), before, "nothing was shown or done");
}

#[test]
fn an_answer_of_the_provider_can_be_used_once_and_in_one_browser() {
    let site = Site::start();
    let browser = Browser::new(&site);
    let begun = browser.get("/mina-sidor/logga-in");
    let back = browser.identified(begun.location(), MAJA, "loa3");
    let stranger = Browser::new(&site);
    assert_eq!(stranger.get(&back).status, 400, "another browser");
    assert_eq!(browser.get(&back).status, 303);
    assert_eq!(browser.get(&back).status, 400, "a second time");
}
