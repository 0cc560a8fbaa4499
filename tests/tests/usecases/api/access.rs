//! Who may call, and as what; and what is told to nobody else.

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Function, Role, Scope};
use cards_domain::delivery::DeliveryMethod;
use cards_http::api_person::ActsAs;
use cards_server::demo::operator_call;
use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use super::kit::{Program, key};
use super::{ANDERS, KARIN, LEIF, MAJA, YLVA, ask, for_persons};

/// Every appointment of a person, ended now, by the operator.
fn end_appointments(world: &World, person: &Person) {
    let anders = world.officer(ANDERS, Role::ResponsibleIssuer, None).call();
    let scope = Scope::of(&anders.actor, Function::ManageOfficers);
    let mut link = world.link();
    let all = link.appointments(&scope).unwrap();
    let own: Vec<_> = all
        .into_iter()
        .filter(|one| one.person == person.id)
        .collect();
    assert!(!own.is_empty());
    for record in own {
        let ended = AppointmentRecord {
            ends_at: Some(link.now()),
            ..record
        };
        let call = operator_call(world.app());
        world.app().ledger.edit(&mut link, &call, &ended).unwrap();
    }
}

#[test]
fn nobody_gets_anything_without_a_token_that_holds() {
    let site = Site::start();
    let card = site
        .world
        .sent_card(&site.world.maja(), DeliveryMethod::APost);
    let (none, wrong) = (Program::with(&site, ""), Program::with(&site, "eyJ.eyJ.x"));
    for operation in for_persons() {
        let answer = ask(&none, operation, &card);
        assert_eq!(answer.problem(), (401, "token_missing"), "{}", operation.id);
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(
            answer.header("x-correlation-id"),
            answer.json["correlation"]
        );
        let answer = ask(&wrong, operation, &card);
        assert_eq!(answer.problem(), (401, "token_invalid"), "{}", operation.id);
    }
}

#[test]
fn officers_need_an_appointment_and_the_third_level_and_holders_the_second() {
    let site = Site::start();
    let card = site
        .world
        .sent_card(&site.world.maja(), DeliveryMethod::APost);
    let maja = Program::of(&site, MAJA);
    let (weak, weak_maja) = (
        Program::at_level(&site, KARIN, "loa2"),
        Program::at_level(&site, MAJA, "loa2"),
    );
    for operation in for_persons() {
        if operation.acts_as() == ActsAs::Officer {
            let refused = ask(&maja, operation, &card);
            assert_eq!(
                refused.problem(),
                (403, "not_appointed"),
                "{}",
                operation.id
            );
            let refused = ask(&weak, operation, &card);
            assert_eq!(
                refused.problem(),
                (403, "level_too_low"),
                "{}",
                operation.id
            );
        }
    }
    assert_eq!(weak_maja.get("/me/cards").status, 200);
    let body = json!({ "reason": "lost", "reporter": "holder_logged_in",
        "last_four": card.number.as_ref().unwrap().last_four() });
    let tag = format!("\"{}\"", site.world.card(card.id).version);
    let path = format!("/me/cards/{}/revocations", card.id);
    let key = key(&site);
    let headers = [
        ("idempotency-key", key.as_str()),
        ("if-match", tag.as_str()),
    ];
    let told = weak_maja.post(&path, &headers, &body);
    assert_eq!(
        told.status, 201,
        "to tell of a loss the second level is enough: {told:?}"
    );
    site.world.work();
}

#[test]
fn an_appointment_that_ends_and_a_token_that_expires_are_felt_at_once() {
    let site = Site::start();
    let karin = Program::of(&site, KARIN);
    assert_eq!(karin.get("/worklists").status, 200);
    end_appointments(&site.world, &site.world.karin().person);
    assert_eq!(karin.get("/worklists").problem(), (403, "not_appointed"));
    assert_eq!(karin.get("/me").json["appointments"], json!([]));
    site.world.advance(Duration::seconds(5 * 60 + 61));
    assert_eq!(karin.get("/me").problem(), (401, "token_invalid"));
}

#[test]
fn the_token_of_a_person_is_none_of_a_system_and_the_other_way_round() {
    let site = Site::start();
    let karin = Program::of(&site, KARIN);
    let status = karin.get("/card-status/9752269000000001");
    assert_eq!(status.problem(), (401, "token_invalid"));
    let opaque = Program::with(&site, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(opaque.get("/me").problem(), (401, "token_invalid"));
}

#[test]
fn what_is_out_of_scope_answers_exactly_like_what_does_not_exist() {
    let site = Site::start();
    let ylva = site.world.person(YLVA);
    let karin = Program::of(&site, KARIN);
    let (unknown, protected) = (Uuid::nil(), ylva.id);
    for rest in ["", "/cards", "/orders", "/events", "/photo"] {
        let none = karin.get(&format!("/persons/{unknown}{rest}"));
        let there = karin.get(&format!("/persons/{protected}{rest}"));
        let no_id = karin.get(&format!("/persons/no-id{rest}"));
        assert_eq!(none.problem(), (404, "not_found"), "{rest}");
        assert_eq!(none.without_code(), there.without_code(), "{rest}");
        assert_eq!(none.without_code(), no_id.without_code(), "{rest}");
    }
    assert_eq!(site.world.lines(protected.0, "look", "done"), 0);
    let wanted = json!({ "text": ylva.number.as_str() });
    let found = karin.post("/persons/searches", &[], &wanted);
    assert_eq!(found.json["items"], json!([]));
}

#[test]
fn what_the_api_tells_of_a_protected_person_is_shown_and_written_down_as_that() {
    let site = Site::start();
    let (ylva, maja) = (site.world.person(YLVA), site.world.maja());
    let leif = Program::of(&site, LEIF);
    for (person, reveals) in [(&ylva, 1), (&maja, 0)] {
        let answer = leif.get(&format!("/persons/{}", person.id));
        assert_eq!(answer.json["number"], json!(person.number.as_str()));
        let lines = |action| site.world.lines(person.id.0, action, "done");
        assert_eq!((lines("look"), lines("reveal")), (1, reveals));
    }
}
