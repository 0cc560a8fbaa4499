//! Whether a card can be relied on, asked by another system over HTTP: registered, with keys of its
//! own, and told nothing about anybody.

pub mod kit;

use cards_acceptance::site::Site;
use cards_app::Call;
use cards_app::clients::ClientFailure;
use cards_domain::access::SystemActor;
use cards_domain::card::{Card, CardAction, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use chrono::{Duration, SecondsFormat};
use diesel::prelude::*;
use serde_json::{Value, json};

use kit::{Answer, Key, Kind, Relying};

/// Somebody has lost the card: what the ledger does to it in the end.
fn lose(site: &Site, card: &Card) {
    let call = Call::by_system(SystemActor::Ledger, "TES-T22".to_owned());
    let action = CardAction::Revoke {
        reason: RevocationReason::Lost,
    };
    let world = &site.world;
    world
        .app()
        .ledger
        .act::<Card>(&mut world.link(), &call, card.id.0, &action)
        .unwrap();
    world.work();
}

fn number(card: &Card) -> String {
    card.number.as_ref().unwrap().as_str().to_owned()
}

fn active_card(site: &Site) -> Card {
    site.world.active_card(&site.world.maja())
}

#[test]
fn a_lost_card_is_valid_until_it_is_revoked_and_then_never_again() {
    let site = Site::start();
    let card = active_card(&site);
    let relying = Relying::register(&site, 600);
    let token = relying.token();
    let valid = relying.status(&token, &number(&card));
    assert_eq!(
        (valid.status, &valid.json),
        (200, &json!({ "card": number(&card), "status": "valid" }))
    );
    site.world.advance(Duration::minutes(3));
    lose(&site, &card);
    let since = site.world.app().db.now();
    site.world.advance(Duration::minutes(2));
    let told = relying.status(&token, &number(&card));
    let since = since.to_rfc3339_opts(SecondsFormat::Secs, true);
    assert_eq!(
        told.json,
        json!({ "card": number(&card), "status": "not_valid", "since": since })
    );
    assert_eq!(told.header("cache-control"), "no-store");
}

#[test]
fn a_card_is_not_valid_before_it_is_signed_for_and_after_its_last_day_though_no_run_has_come() {
    let site = Site::start();
    let world = &site.world;
    let relying = Relying::register(&site, 600);
    let maja = world.maja();
    let sent = world.sent_card(&maja, DeliveryMethod::APost);
    let told = relying.status(&relying.token(), &number(&sent));
    assert_eq!(told.json["status"], "not_valid");
    assert_eq!(told.json["since"], Value::Null);
    let check = world.check(&sent, &maja);
    world.unlock(&world.karin().call(), &sent, &check).unwrap();
    let told = relying.status(&relying.token(), &number(&sent));
    assert_eq!(told.json["since"], Value::Null, "unlocked is not active");
    world.sign(&maja, &sent).unwrap();
    world.work();
    let over = cards_domain::calendar::Due::lives_through(sent.valid_to.unwrap()).acts_at;
    world.advance(over - world.app().db.now() - Duration::seconds(1));
    let token = relying.token();
    assert_eq!(
        relying.status(&token, &number(&sent)).json["status"],
        "valid"
    );
    world.advance(Duration::seconds(1));
    let told = relying.status(&token, &number(&sent)).json;
    let since = over.to_rfc3339_opts(SecondsFormat::Secs, true);
    assert_eq!(
        (&told["status"], &told["since"]),
        (&json!("not_valid"), &json!(since))
    );
}

fn assert_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!(
        (answer.status, answer.json["code"].as_str()),
        (status, Some(code)),
        "{:?}",
        answer.json
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json["status"], status);
    assert_eq!(
        answer.json["correlation"].as_str(),
        Some(answer.header("x-correlation-id"))
    );
}

#[test]
fn what_is_no_card_number_or_no_card_is_told_apart_and_both_are_problems() {
    let site = Site::start();
    let relying = Relying::register(&site, 600);
    let token = relying.token();
    for wrong in [
        "12345678",
        "97522690000000012345678",
        "975226900000000X",
        "19810214-9815",
    ] {
        assert_problem(&relying.status(&token, wrong), 400, "invalid_card_number");
    }
    let unknown = relying.status(&token, "9752000000000000");
    assert_problem(&unknown, 404, "unknown_card");
    assert!(!unknown.json.to_string().contains("9752000000000000"));
    assert_problem(&relying.get(&token, "/api/v1/nowhere"), 404, "not_found");
}

#[test]
fn without_a_good_token_nothing_is_told_not_even_whether_the_card_exists() {
    let site = Site::start();
    let card = active_card(&site);
    let relying = Relying::register(&site, 600);
    for number in [number(&card), "9752000000000000".to_owned(), "x".to_owned()] {
        let none = relying.status("", &number);
        assert_problem(&none, 401, "token_missing");
        assert_eq!(
            none.header("www-authenticate"),
            "Bearer realm=\"kortkontor\""
        );
        let unknown = relying.status(&"A".repeat(43), &number);
        assert_problem(&unknown, 401, "token_invalid");
        assert!(unknown.header("www-authenticate").contains("invalid_token"));
    }
    let token = relying.token();
    site.world.advance(Duration::minutes(10));
    let old = relying.status(&token, &number(&card));
    assert_problem(&old, 401, "token_invalid");
}

#[test]
fn the_token_of_a_client_that_is_revoked_stops_at_once_and_it_gets_no_other() {
    let site = Site::start();
    let card = active_card(&site);
    let relying = Relying::register(&site, 600);
    let token = relying.token();
    assert_eq!(relying.status(&token, &number(&card)).status, 200);
    relying.revoke().unwrap();
    let stopped = relying.status(&token, &number(&card));
    assert_problem(&stopped, 401, "token_invalid");
    relying.refused(&relying.assertion(&relying.key), "invalid_client");
    assert!(matches!(relying.revoke(), Err(ClientFailure::Revoked)));
    // Its name is free for the one that takes its place.
    let successor = Relying::register(&site, 600);
    assert_eq!(
        successor.status(&successor.token(), &number(&card)).status,
        200
    );
    let again = relying.rotate(Some(&Key::new(Kind::Es256, "late")), None);
    assert!(
        matches!(again, Err(ClientFailure::Revoked)),
        "a revocation is final"
    );
}

#[test]
fn a_client_changes_its_key_with_both_good_until_the_old_one_is_retired() {
    let site = Site::start();
    let relying = Relying::register(&site, 600);
    for kind in [Kind::EdDsa, Kind::Rs256, Kind::Es256] {
        let next = Key::new(kind, "next");
        relying.refused(&relying.assertion(&next), "invalid_client");
        relying.rotate(Some(&next), None).unwrap();
        relying.given(&relying.assertion(&relying.key));
        relying.given(&relying.assertion(&next));
        relying.rotate(None, Some("next")).unwrap();
        relying.refused(&relying.assertion(&next), "invalid_client");
    }
    let last = Key::new(Kind::EdDsa, "last");
    relying.rotate(Some(&last), Some("first")).unwrap();
    relying.given(&relying.assertion(&last));
    relying.refused(&relying.assertion(&relying.key), "invalid_client");
}

#[test]
fn an_assertion_gives_one_token() {
    let site = Site::start();
    let relying = Relying::register(&site, 600);
    let assertion = relying.assertion(&relying.key);
    relying.given(&assertion);
    relying.refused(&assertion, "invalid_client");
    // Even at the last moment at which its time would still let it pass.
    site.world.advance(Duration::seconds(359));
    relying.given(&relying.assertion(&relying.key));
    relying.refused(&assertion, "invalid_client");
}

#[test]
fn an_assertion_must_be_for_us_by_the_client_itself_and_of_its_time() {
    let site = Site::start();
    let relying = Relying::register(&site, 600);
    let now = site.world.app().db.now().timestamp();
    let wrong = [
        json!({ "aud": format!("{}/other", site.url) }),
        json!({ "aud": [format!("{}/api/v1/token", site.url), "https://elsewhere.example"] }),
        json!({ "sub": "00000000-0000-0000-0000-000000000404" }),
        json!({ "iss": "00000000-0000-0000-0000-000000000404" }),
        json!({ "iss": "somebody" }),
        json!({ "exp": now - 60, "iat": now - 120 }),
        json!({ "exp": now + 301 }),
        json!({ "iat": now + 61, "exp": now + 120 }),
        json!({ "nbf": now + 61 }),
        json!({ "exp": null }),
        json!({ "jti": null }),
        json!({ "jti": "" }),
    ];
    for changes in wrong {
        let assertion = relying.assertion_with(&relying.key, &changes);
        let told = relying.refused(&assertion, "invalid_client");
        assert!(told.json["error_description"].is_string(), "{changes}");
    }
    relying.given(&relying.assertion_with(&relying.key, &json!({ "exp": now + 300, "iat": now })));
    relying.given(&relying.assertion_with(&relying.key, &json!({ "iat": null, "exp": now - 59 })));
}

#[test]
fn the_algorithm_is_the_registered_keys_whatever_the_assertion_says() {
    let site = Site::start();
    let relying = Relying::register(&site, 600);
    for forged in [
        relying.unsigned(),
        relying.signed_with_the_public_key_as_secret(),
        relying.assertion(&Key::new(Kind::Es256, "first")),
        relying.assertion(&Key::new(Kind::EdDsa, "first")),
        relying.assertion(&Key::new(Kind::Es256, "unknown")),
    ] {
        relying.refused(&forged, "invalid_client");
    }
    relying.given(&relying.assertion(&relying.key));
}

#[test]
fn a_token_is_asked_for_in_the_one_way_there_is() {
    let site = Site::start();
    let relying = Relying::register(&site, 600);
    let form = |changes: &[(&str, &str)]| {
        let mut fields = relying.form(&relying.assertion(&relying.key));
        for (name, value) in changes {
            fields.retain(|(field, _)| field != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        relying.post(&fields)
    };
    let error = |answer: &Answer| (answer.status, answer.json["error"].clone());
    let password = form(&[("grant_type", "password")]);
    assert_eq!(error(&password), (400, json!("unsupported_grant_type")));
    let basic = form(&[("client_assertion_type", "basic")]);
    assert_eq!(error(&basic), (400, json!("invalid_request")));
    let more = form(&[("scope", "check_card_status order_card")]);
    assert_eq!(error(&more), (400, json!("invalid_scope")));
    let other = form(&[("client_id", "00000000-0000-0000-0000-000000000404")]);
    assert_eq!(error(&other), (400, json!("invalid_client")));
    let good = form(&[("scope", "check_card_status")]);
    assert_eq!(good.status, 200, "{:?}", good.json);
    assert_eq!(good.json["token_type"], "Bearer");
    assert_eq!(good.json["expires_in"], 600);
    assert_eq!(good.json["scope"], "check_card_status");
    assert_eq!(good.header("cache-control"), "no-store");
}

#[test]
fn a_client_is_stopped_at_its_own_number_of_requests_and_others_are_not() {
    let site = Site::start();
    let (slow, other) = (Relying::register(&site, 3), Relying::register(&site, 600));
    let token = slow.token();
    for _ in 0..2 {
        assert_eq!(slow.status(&token, "9752000000000000").status, 404);
    }
    let stopped = slow.status(&token, "9752000000000000");
    assert_problem(&stopped, 429, "too_many_requests");
    let wait: u64 = stopped.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(other.status(&other.token(), "9752000000000000").status, 404);
}

#[derive(QueryableByName, Debug, PartialEq, Eq)]
struct Check {
    #[diesel(sql_type = diesel::sql_types::Text)]
    outcome: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    of_card: bool,
    #[diesel(sql_type = diesel::sql_types::Text)]
    event: String,
}

#[test]
fn every_check_leaves_a_line_that_names_the_client_and_the_card_and_nobody() {
    let site = Site::start();
    let card = active_card(&site);
    let relying = Relying::register(&site, 600);
    let token = relying.token();
    relying.status(&token, &number(&card));
    relying.status(&token, "9752000000000000");
    let checks: Vec<Check> = diesel::sql_query(
        "SELECT outcome, subject_id IS NOT DISTINCT FROM $1 AS of_card, event::text AS event \
         FROM journal WHERE kind = 'card_status' AND action = 'look' AND channel = 'api' \
           AND actor_kind = 'client' AND actor_client = $2 AND actor_person IS NULL \
           AND person_id IS NULL ORDER BY id",
    )
    .bind::<diesel::sql_types::Uuid, _>(card.id.0)
    .bind::<diesel::sql_types::Uuid, _>(relying.id.0)
    .load(&mut site.world.database.connect())
    .unwrap();
    let line = |outcome: &str, of_card| Check {
        outcome: outcome.to_owned(),
        of_card,
        event: "null".to_owned(),
    };
    assert_eq!(checks, [line("done", true), line("unknown_card", false)]);
    let world = &site.world;
    assert_eq!(world.lines(relying.id.0, "add", "done"), 1);
    relying.revoke().unwrap();
    assert_eq!(world.lines(relying.id.0, "edit", "done"), 1);
}

#[test]
fn a_check_costs_three_statements() {
    let site = Site::start();
    let card = active_card(&site);
    let relying = Relying::register(&site, 600);
    let token = relying.token();
    for asked in [number(&card), "9752000000000000".to_owned()] {
        let before = site.world.app().db.statements();
        relying.status(&token, &asked);
        let spent = site.world.app().db.statements() - before;
        // Token, card and line, and the pool asks whether the connection lives.
        assert!(spent <= 3 + 1, "{spent} statements");
    }
}
