//! Forms over HTTP: they count only from a page of their own session, and each leaves a line in the
//! log.

use cards_acceptance::{Person, World};
use cards_domain::card::Card;
use cards_domain::identity_check::CheckStep;
use cards_domain::ids::CardId;
use diesel::prelude::*;
use diesel::sql_types::Text;
use strum::IntoEnumIterator as _;

use crate::browser::{Answer, Browser, Fields, form};
use crate::cast::{Cast, PORTALS, Things, Visitor};
use crate::routes::{CASES, Case, key_of};
use crate::sessions::{Count, KARIN, lines};

fn lines_of(world: &World, answer: &Answer) -> i64 {
    diesel::sql_query("SELECT count(*) AS count FROM journal WHERE correlation = $1")
        .bind::<Text, _>(answer.code())
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
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

/// What is wrong, the headers and the fields.
type Attempt<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a Fields);

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
            let attempts: [Attempt<'_>; 7] = [
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
            let number = world.card(CardId(card)).number.unwrap();
            vec![pair("fyra", number.last_four())]
        }
        path if path.ends_with("/bekrafta") => {
            let things = if path.starts_with("/id-admin") {
                &cast.unsigned
            } else {
                &cast.posted
            };
            let number = world.card(CardId(things.card.parse().unwrap())).number;
            vec![
                pair("orsak", "lost"),
                pair("anmalare", "called_back"),
                pair("fyra", number.unwrap().last_four()),
            ]
        }
        path if path.ends_with("/verkstall") => {
            let things = if path.starts_with("/id-admin") {
                &cast.unsigned
            } else {
                &cast.posted
            };
            let number = world.card(CardId(things.card.parse().unwrap())).number;
            vec![pair("fyra", number.unwrap().last_four())]
        }
        path if path.ends_with("/handelser") => vec![pair("nummer", KARIN)],
        path if path.ends_with("/tveka") => vec![pair("vid", "aktivering")],
        path if path.ends_with("/komplettera") => vec![pair("underlag", "ja")],
        path if path.ends_with("/steg") => vec![
            pair("steg", "telia"),
            pair("utfall", "gjort"),
            pair("telia-vem", "innehavaren"),
            pair("telia-dag", "2030-01-07"),
        ],
        path if path.ends_with("/sandning") => vec![pair("hant", "sent")],
        path if path.ends_with("/foto") => vec![pair("kalla", "desk")],
        path if path.ends_with("/fel-tryck") => vec![pair("fel", "foto"), pair("fyra", "0000")],
        "/mina-sidor/kort/{id}/kvittens" => {
            vec![pair("godkanner", "ja"), pair("med", "legitimering")]
        }
        _ => vec![pair("godkanner", "ja")],
    }
}

/// The forms that ask for a signature: what is signed is done, and written down, when the browser
/// comes back with it.
fn asks_for_a_signature(case: &Case) -> bool {
    [
        "/mina-sidor/kort/{id}/kvittens",
        "/id-admin/kort/{id}/aktivera/kod",
        "/id-admin/kort/{id}/kvittens",
        "/id-admin/kort/{id}/las-upp",
    ]
    .contains(&case.1)
}

/// What an officer fills in at the counter.
pub fn counter_check(card: &Card, holder: &Person) -> Vec<(String, String)> {
    let number = card.number.as_ref().unwrap().to_string();
    let mut fields: Vec<(String, String)> = [
        ("kortnummer", number.as_str()),
        ("namn", "ja"),
        ("handling", "passport"),
        ("nummer", holder.number.as_str()),
        ("fyra", "4417"),
        ("giltig", "2033-05-30"),
        ("ansikte", "ja"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    fields.extend(
        CheckStep::iter().map(|step| (format!("steg-{}", <&str>::from(step)), "ja".to_owned())),
    );
    fields
}

#[test]
fn a_check_signed_at_the_counter_is_a_line_and_unlocks_the_card() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", KARIN, "loa3");
    let card = world.card(CardId(cast.posted.card.parse().unwrap()));
    let path = format!("/id-admin/kort/{}/aktivera", card.id);
    let mut fields = browser.signed(&path, 8, &[]);
    fields.extend(counter_check(&card, &world.person("SE2399000013-1011")));
    let asked = browser.send(&path, &fields);
    assert_eq!(asked.status, 303, "{}", asked.body);
    let back = browser.identify(asked.location(), KARIN, "loa3");
    let page = browser.get(back.location());
    let form = form(&page.body, r#"form:has(input[name="signature"])"#).unwrap();
    let done = browser.send(&form.action, &form.fields);
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(
        lines_of(world, &done) >= 4,
        "the card, its two codes, the sending, the receipt"
    );
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1);
    let again = browser.send(&form.action, &form.fields);
    assert_eq!(
        (again.status, again.location()),
        (303, done.location()),
        "a second click is harmless"
    );
    assert_eq!(world.lines(card.id.0, "unlock", "done"), 1);
    world.work();
}

#[test]
fn a_receipt_signed_in_mina_sidor_is_a_line_and_activates_the_card() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let elin = "SE2399000013-1010";
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/mina-sidor", elin, "loa3");
    let path = format!("/mina-sidor/kort/{}/kvittens", cast.unsigned.card);
    let asked = browser.send(
        &path,
        &browser.signed(&path, 7, &[("godkanner", "ja"), ("med", "legitimering")]),
    );
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

/// An officer's form that the paper is signed and kept.
fn paper_form(browser: &Browser, path: &str) -> Fields {
    let terms = cards_domain::receipt::TERMS_VERSION;
    let ticked = [("underskriven", "ja"), ("villkor", terms)];
    browser.signed(path, 9, &ticked)
}

fn receipt_lines(world: &World, card: CardId, outcome: &str) -> i64 {
    let query = diesel::sql_query(
        "SELECT count(*) AS count FROM journal JOIN receipt ON receipt.id = subject_id \
         WHERE card_id = $1 AND action = 'register_paper' AND outcome = $2",
    );
    query
        .bind::<diesel::sql_types::Uuid, _>(card.0)
        .bind::<Text, _>(outcome)
        .get_result::<Count>(&mut world.database.connect())
        .unwrap()
        .count
}

#[test]
fn a_receipt_on_paper_counts_when_the_officer_has_signed_that_it_is_there() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", KARIN, "loa3");
    let card = CardId(cast.unsigned.card.parse().unwrap());
    let path = format!("/id-admin/kort/{card}/kvittens");
    let asked = browser.send(&path, &paper_form(&browser, &path));
    assert_eq!(asked.status, 303, "{}", asked.body);
    assert_eq!(receipt_lines(world, card, "done"), 0, "not signed yet");
    let back = browser.identify(asked.location(), KARIN, "loa3");
    let signed = browser.get(back.location());
    assert_eq!(
        (signed.status, signed.location()),
        (303, format!("/id-admin/kort/{card}/klart").as_str())
    );
    assert_eq!(receipt_lines(world, card, "done"), 1);
    let evidence = diesel::sql_query(
        "SELECT count(*) AS count FROM receipt JOIN signature AS s \
         ON s.id = (receipt.signature->>'evidence')::uuid \
         WHERE s.purpose = 'paper_receipt' AND s.used_at IS NOT NULL",
    );
    let evidence: Count = evidence.get_result(&mut world.database.connect()).unwrap();
    assert_eq!(evidence.count, 1, "the officer's signature is kept with it");
    assert_eq!(
        browser.get(back.location()).status,
        303,
        "a reload is harmless"
    );
    assert_eq!(receipt_lines(world, card, "done"), 1);
    world.work();
}

#[test]
fn a_receipt_on_paper_is_registered_only_where_the_card_may_be_handed_over() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let leif = "SE2399000013-1003";
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", leif, "loa3");
    let card = CardId(cast.unsigned.card.parse().unwrap());
    let path = format!("/id-admin/kort/{card}/kvittens");
    let asked = browser.send(&path, &paper_form(&browser, &path));
    assert_eq!(asked.status, 409, "{}", asked.body);
    assert!(asked.body.contains("Björkvallen"), "{}", asked.body);
    assert_eq!(receipt_lines(world, card, "wrong_office"), 1);
    assert_eq!(receipt_lines(world, card, "done"), 0);
    world.work();
}

#[test]
fn every_form_leaves_a_line_in_the_log_whether_it_was_done_or_refused() {
    let cast = Cast::assemble();
    let world = &cast.site.world;
    let visitors = cast.visitors();
    let mut silent = Vec::new();
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
            let answer = visitor.browser.send(
                &path,
                &visitor.browser.signed(&path, key_of(&path), &fields),
            );
            // What is not there for the sender, or is asked for again, is neither done nor refused;
            // nor is a receipt that has lapsed with its card, as an earlier form here makes it.
            let is_nothing = matches!(answer.status, 404 | 422) || case.1.ends_with("/vagra");
            if lines_of(world, &answer) == 0 && !is_nothing {
                silent.push(format!("{path} as {}: {}", visitor.role, answer.status));
            }
        }
    }
    assert!(silent.is_empty(), "no line: {silent:#?}");
    world.work();
}
