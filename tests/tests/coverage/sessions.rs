//! Sessions over HTTP: where they come from, what they are good for, and when they end.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Function, Role, Scope};
use cards_server::demo::operator_call;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

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
    let entrance = browser.get("/mina-sidor");
    assert_eq!(entrance.status, 200);
    let why = "Du loggades ut efter 15 minuter";
    assert!(entrance.body.contains(why), "{}", entrance.body);
    let stranger = Browser::new(&site).get("/mina-sidor");
    assert!(!stranger.body.contains("loggades ut"), "{}", stranger.body);
}

#[test]
fn a_page_that_looks_again_by_itself_keeps_no_session_alive() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    browser.log_in("/mina-sidor", MAJA, "loa3");
    for _ in 0..2 {
        site.world.advance(Duration::minutes(5));
        assert_eq!(browser.follow("/mina-sidor/kontakt").status, 200);
    }
    site.world.advance(Duration::minutes(4));
    assert_eq!(
        browser.get("/mina-sidor/kontakt").status,
        200,
        "somebody is there"
    );
    site.world.advance(Duration::minutes(14));
    assert_eq!(browser.follow("/mina-sidor/kontakt").status, 200);
    site.world.advance(Duration::minutes(1));
    assert_eq!(browser.follow("/mina-sidor/kontakt").status, 303);
    assert_eq!(browser.get("/mina-sidor/kontakt").status, 303);
}

#[test]
fn whoever_has_logged_out_is_not_told_that_they_were() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    browser.log_in("/id-admin", KARIN, "loa3");
    browser.send("/id-admin/logga-ut", &browser.signed("/id-admin", 5, &[]));
    let entrance = browser.get("/id-admin");
    assert_eq!(entrance.status, 200);
    assert!(!entrance.body.contains("loggades ut"), "{}", entrance.body);
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
    assert_eq!(stranger.get(&back).status, 400, "once it is used, too");
    let again = browser.get(&back);
    assert_eq!((again.status, again.location()), (303, "/mina-sidor"));
    assert!(
        again.headers.get("set-cookie").is_none(),
        "nobody is let in anew"
    );
}

#[derive(QueryableByName, Debug, PartialEq)]
struct SessionLine {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Portal, kind of actor, action, outcome and event of every line of a log-in or log-out.
fn session_lines(world: &World) -> Vec<String> {
    let query = diesel::sql_query(
        "SELECT concat_ws(' ', channel, actor_kind, action, outcome, event) AS line \
         FROM journal WHERE kind = 'session' ORDER BY id",
    );
    let lines: Vec<SessionLine> = query.load(&mut world.database.connect()).unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

#[test]
fn every_log_in_every_refused_one_and_every_log_out_is_a_line_and_holds_no_secret() {
    let site = Site::start();
    let mut browser = Browser::new(&site);
    browser.log_in("/mina-sidor", MAJA, "loa2");
    let out = browser.signed("/mina-sidor", 5, &[]);
    browser.send("/mina-sidor/logga-ut", &out);
    browser.send("/mina-sidor/logga-ut", &out);
    browser.log_in("/id-admin", KARIN, "loa3");
    assert_eq!(browser.log_in("/id-admin", KARIN, "loa2").status, 403);
    assert_eq!(browser.log_in("/servicedesk", KARIN, "loa3").status, 403);
    assert_eq!(
        session_lines(&site.world),
        [
            r#"mina_sidor holder log_in done {"level": "loa2"}"#,
            r#"mina_sidor holder log_out done {"level": "loa2"}"#,
            r#"id_admin officer log_in done {"level": "loa3"}"#,
            r#"id_admin officer log_in_refused level_too_low {"level": "loa2"}"#,
            r#"servicedesk officer log_in_refused no_appointment {"level": "loa3"}"#,
        ]
    );
}

#[test]
fn who_reads_the_log_sees_log_ins_and_an_id_administrator_does_not() {
    let site = Site::start();
    let world = &site.world;
    Browser::new(&site).log_in("/mina-sidor", MAJA, "loa3");
    let maja = world.maja();
    let log_ins = |call: &cards_app::Call| {
        let page = world
            .app()
            .person_events(&mut world.link(), call, maja.id)
            .unwrap();
        page.1
            .iter()
            .filter(|event| event.entry.kind == "session")
            .count()
    };
    let auditor = world.officer("SE2399000013-1004", Role::Auditor, None);
    assert_eq!(log_ins(&auditor.call()), 1);
    assert_eq!(log_ins(&world.karin().call()), 0);
}

#[test]
fn sessions_that_have_been_over_for_a_day_are_removed() {
    let site = Site::start();
    let world = &site.world;
    let kept = || {
        world.app().sweep().unwrap();
        let query = diesel::sql_query("SELECT count(*) AS count FROM session");
        query
            .get_result::<Count>(&mut world.database.connect())
            .unwrap()
            .count
    };
    let mut left = Browser::new(&site);
    left.log_in("/mina-sidor", MAJA, "loa3");
    left.send("/mina-sidor/logga-ut", &left.signed("/mina-sidor", 5, &[]));
    Browser::new(&site).log_in("/mina-sidor", MAJA, "loa3");
    world.advance(Duration::hours(24));
    assert_eq!(kept(), 2, "one logged out a day ago, one lying for a day");
    world.advance(Duration::seconds(1));
    assert_eq!(kept(), 1);
    world.advance(Duration::hours(10));
    assert_eq!(kept(), 0);
}
