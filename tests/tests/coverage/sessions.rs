//! Sessions over HTTP: where they come from, what they are good for, when they end; and forms,
//! which count only from a page of their own session.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Function, Role, Scope};
use cards_server::demo::operator_call;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::browser::{Answer, Browser, Fields};
use crate::cast::{Cast, PORTALS, Things, Visitor};
use crate::routes::{CASES, Case};

const KARIN: &str = "SE2399000013-1001";
const MAJA: &str = "SE2399000013-1008";
const FARID: &str = "SE2399000013-1006";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn lines(world: &World) -> i64 {
    let query = diesel::sql_query("SELECT count(*) AS count FROM journal");
    query
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
}

fn lines_of(world: &World, answer: &Answer) -> i64 {
    diesel::sql_query("SELECT count(*) AS count FROM journal WHERE correlation = $1")
        .bind::<Text, _>(answer.code())
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
    let session = set
        .filter(|cookie| !cookie.contains("Max-Age="))
        .map(|cookie| cookie.split(';').next().unwrap());
    session.last().unwrap().to_owned()
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
fn a_form_without_a_session_does_nothing() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let browser = Browser::new(&cast.site);
    let before = lines(world);
    for case in CASES
        .iter()
        .filter(|case| case.0 == "POST" && case.is_of_portal())
    {
        let path = case.path(&cast.posted);
        let answer = browser.send(&path, &browser.signed(&path, 1, &[]));
        // Whoever logs out without being logged in has what they want.
        let expected = if path.ends_with("/logga-ut") {
            303
        } else {
            401
        };
        assert_eq!(answer.status, expected, "{path}");
    }
    assert_eq!(lines(world), before);
}

/// The forms of a visitor's portals, on things within reach.
fn forms<'a>(cast: &'a Cast, visitor: &Visitor) -> Vec<(&'static Case, String, &'a Things)> {
    let own = CASES
        .iter()
        .filter(|case| case.0 == "POST" && case.is_of_portal());
    let own = own.filter(|case| visitor.browser.is_in(case.1) && !case.1.ends_with("/logga-ut"));
    let things = if visitor.role == "id_admin" {
        &cast.unsigned
    } else {
        &cast.posted
    };
    own.map(|case| (case, case.path(things), things)).collect()
}

#[test]
fn a_form_counts_only_from_a_page_of_its_own_session() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let visitors = cast.visitors();
    let of = |role: &str| visitors.iter().find(|one| one.role == role).unwrap();
    let origin = cast.site.url.as_str();
    let mut tried = 0;
    for (visitor, other) in [
        ("id_admin", "auditor"),
        ("holder", "id_admin"),
        ("servicedesk", "holder"),
    ] {
        let (visitor, other) = (of(visitor), of(other));
        for (_, path, _) in forms(&cast, visitor) {
            let own = visitor.browser.signed(&path, 2, &[]);
            let without: Fields = own
                .iter()
                .filter(|(name, _)| name != "_csrf")
                .cloned()
                .collect();
            let foreign = other.browser.signed("/mina-sidor", 2, &[]);
            let mangled = vec![("_csrf".to_owned(), "AAAA".to_owned()), own[1].clone()];
            let attempts: [(&str, &[(&str, &str)], &Fields); 7] = [
                ("no token", &[("origin", origin)], &without),
                (
                    "a token of another session",
                    &[("origin", origin)],
                    &foreign,
                ),
                ("a mangled token", &[("origin", origin)], &mangled),
                (
                    "a foreign origin",
                    &[("origin", "https://evil.example")],
                    &own,
                ),
                ("no origin at all", &[("origin", "null")], &own),
                (
                    "a foreign page",
                    &[("referer", "https://evil.example/a")],
                    &own,
                ),
                (
                    "a foreign site",
                    &[("origin", origin), ("sec-fetch-site", "cross-site")],
                    &own,
                ),
            ];
            for (what, headers, fields) in attempts {
                let before = lines(world);
                let answer = visitor.browser.send_from(headers, &path, fields);
                assert_eq!(answer.status, 403, "{path} with {what}");
                assert_eq!(lines(world), before, "{path} with {what}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 7 * 9, "{tried} attempts");
}

#[test]
fn nobody_is_logged_out_by_a_foreign_page() {
    let cast = Cast::assemble();
    for visitor in cast.visitors() {
        for portal in PORTALS
            .iter()
            .filter(|portal| visitor.browser.is_in(portal))
        {
            let path = format!("{portal}/logga-ut");
            let sent = visitor.browser.send_from(
                &[("origin", "https://evil.example")],
                &path,
                &visitor.browser.signed(&path, 3, &[]),
            );
            assert_eq!(sent.status, 403, "{path}");
            let page = visitor.browser.get(portal);
            assert!(
                page.body.contains("/logga-ut"),
                "{} is out of {portal}",
                visitor.role
            );
        }
    }
}

/// What makes each form go as far as the gate.
fn filled(cast: &Cast, case: &Case) -> Vec<(&'static str, String)> {
    let world = &cast.site.world;
    let pair = |name, value: &str| (name, value.to_owned());
    match case.1 {
        path if path.ends_with("/sok") => vec![pair("q", "Wikander"), pair("sok", "Wikander")],
        path if path.ends_with("/bestall") => {
            let request =
                world.order_request(&world.maja(), cards_domain::delivery::DeliveryMethod::Rek);
            vec![
                ("organisation", request.organisation.to_string()),
                ("kort", request.product.to_string()),
                ("kontor", request.office.to_string()),
                pair("satt", "rek"),
                pair("rutin", "ja"),
            ]
        }
        path if path.ends_with("/avbryt") => {
            let card = cast.unsigned.card.parse().unwrap();
            let number = world.card(cards_domain::ids::CardId(card)).number.unwrap();
            vec![pair("fyra", number.last_four())]
        }
        _ => vec![pair("godkanner", "ja")],
    }
}

/// The forms that ask for a signature: what is signed is done, and written down, when the browser
/// comes back with it.
fn asks_for_a_signature(case: &Case) -> bool {
    case.1 == "/mina-sidor/kort/{id}/kvittens"
}

#[test]
fn a_receipt_signed_in_mina_sidor_is_a_line_and_activates_the_card() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let elin = "SE2399000013-1010";
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/mina-sidor", elin, "loa3");
    let path = format!("/mina-sidor/kort/{}/kvittens", cast.unsigned.card);
    let asked = browser.send(&path, &browser.signed(&path, 7, &[("godkanner", "ja")]));
    assert_eq!(asked.status, 303, "{}", asked.body);
    let back = browser.identify(asked.location(), elin, "loa3");
    assert!(
        back.location().starts_with(&format!("{path}?signature=")),
        "{}",
        back.location()
    );
    let signed = browser.get(back.location());
    assert_eq!(
        (signed.status, lines_of(world, &signed)),
        (303, 3),
        "the receipt, and by it the card and the order"
    );
    assert_eq!(browser.get(signed.location()).status, 200);
    world.work();
}

#[test]
fn every_form_leaves_a_line_in_the_log_whether_it_was_done_or_refused() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let visitors = cast.visitors();
    for visitor in visitors
        .iter()
        .filter(|one| ["id_admin", "servicedesk", "holder"].contains(&one.role))
    {
        for (case, path, _) in forms(&cast, visitor) {
            if asks_for_a_signature(case) {
                continue;
            }
            let fields = filled(&cast, case);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let answer = visitor
                .browser
                .send(&path, &visitor.browser.signed(&path, 4, &fields));
            assert!(
                lines_of(world, &answer) >= 1,
                "{path} as {}: {} and no line",
                visitor.role,
                answer.status
            );
        }
    }
    world.work();
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
