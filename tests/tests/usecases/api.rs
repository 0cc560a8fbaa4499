//! The API for persons: who may call, what is read and written down, what a change demands.

mod changes;
mod kit;
mod people;
mod random;
mod signing;

use cards_acceptance::site::Site;
use cards_acceptance::{Person, World};
use cards_api::{Operation, Place, operations};
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Function, Role, Scope};
use cards_domain::card::Card;
use cards_domain::delivery::DeliveryMethod;
use cards_http::api_person::ActsAs;
use cards_server::demo::operator_call;
use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use kit::{Answer, Program, Sent, key, misfits};

const KARIN: &str = "SE2399000013-1001";
const LEIF: &str = "SE2399000013-1003";
const MAJA: &str = "SE2399000013-1008";
const ANDERS: &str = "SE2399000013-1004";
const YLVA: &str = "SE2399000013-1012";

fn for_persons() -> impl Iterator<Item = &'static Operation> {
    operations().filter(|operation| operation.is_for_persons())
}

/// The path with these things in place of its names.
fn path(operation: &Operation, card: &Card) -> String {
    let id = match operation.path {
        path if path.contains("/persons/") => card.person.to_string(),
        path if path.contains("/orders/") => card.order.to_string(),
        path if path.contains("/revocations/{id}") => Uuid::nil().to_string(),
        _ => card.id.to_string(),
    };
    let path = operation.path.replace("{id}", &id);
    let path = path.replace("{list}", "to_activate");
    let path = path.replace("{day}", "2026-11-23");
    let path = path.replace("{photo}", &Uuid::nil().to_string());
    let needed = operation.parameters.iter().find_map(|one| match one.place {
        Place::Query { needed: true } => Some(one.name),
        Place::Query { needed: false } | Place::Path => None,
    });
    match needed {
        Some("number") => {
            let number = card
                .number
                .as_ref()
                .map_or("975200000000000", |n| n.as_str());
            format!("{path}?number={number}")
        }
        Some(name) => format!("{path}?{name}=Lindqvist"),
        None => path,
    }
}

fn ask(program: &Program<'_>, operation: &Operation, card: &Card) -> Answer {
    let path = path(operation, card);
    let body = json!({});
    let sent = match operation.verb {
        cards_api::Verb::Get => Sent::Nothing,
        cards_api::Verb::Post | cards_api::Verb::Put => Sent::Json(&body),
    };
    let method = operation.verb.method().as_str().parse().unwrap();
    program.call(method, &path, &[], sent)
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
fn what_is_answered_is_what_the_document_says() {
    let site = Site::start();
    let document = cards_api::openapi();
    let (maja, card) = (
        site.world.maja(),
        site.world.active_card(&site.world.maja()),
    );
    let karin = Program::of(&site, KARIN);
    let own = Program::of(&site, &maja.hsa_id);
    let anders = Program::of(&site, ANDERS);
    let mut told = 0;
    for operation in for_persons().filter(|one| one.verb == cards_api::Verb::Get) {
        for program in [&karin, &own, &anders] {
            let answer = ask(program, operation, &card);
            let path = operation.full_path().replace('/', "~1");
            let responses = format!("/paths/{path}/get/responses/{}", answer.status);
            let described = document.pointer(&responses);
            let described = described.unwrap_or_else(|| panic!("{}: {answer:?}", operation.id));
            let media = answer.header("content-type");
            let schema = &described["content"][media]["schema"];
            assert!(schema.is_object(), "{}: {media}", operation.id);
            if media != "image/jpeg" {
                let wrong = misfits(&document, schema, &answer.json, "");
                assert!(wrong.is_empty(), "{}: {wrong:?}", operation.id);
            }
            told += i32::from(answer.status == 200);
        }
    }
    assert!(told > 25, "only {told} answers were no problems");
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

#[test]
fn a_card_by_its_number_costs_three_statements_with_its_look() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let number = card.number.as_ref().unwrap().as_str();
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards?number={number}");
    let first = karin.get(&path);
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(first.json["id"], json!(card.id));
    assert_eq!(
        first.header("etag"),
        format!("\"{}\"", world.card(card.id).version)
    );
    let (looks, before) = (
        world.lines(card.id.0, "look", "done"),
        world.app().db.statements(),
    );
    assert_eq!(karin.get(&path).status, 200);
    let spent = world.app().db.statements() - before;
    assert!(spent <= 3, "{spent} statements");
    assert_eq!(world.lines(card.id.0, "look", "done"), looks + 1);
    assert_eq!(
        karin.get("/cards?number=x").problem(),
        (400, "invalid_parameter")
    );
    assert_eq!(
        karin.get("/cards?number=9752269099999999").problem(),
        (404, "not_found")
    );
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition_whatever_comes_meanwhile() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let ids = |page: &Answer| -> Vec<Value> {
        let items = page.json["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].clone()).collect()
    };
    let whole = karin.get(&format!("/persons/{}/events?limit=200", card.person));
    let whole = ids(&whole);
    assert!(whole.len() > 5, "{} events", whole.len());
    let mut page = karin.get(&format!("/persons/{}/events?limit=2", card.person));
    let first = ids(&page);
    let mut walked = Vec::new();
    loop {
        walked.extend(ids(&page));
        // A new line comes at the head of the list.
        let _ = karin.get(&format!("/cards/{}", card.id));
        match page.json["next"].as_str() {
            Some(next) => page = karin.follow(next),
            None => break,
        }
    }
    assert_eq!(first.len(), 2);
    // The walk began with its own look, which the whole list did not have.
    assert_eq!(walked[1..], whole[..]);
    let wrong = karin.get(&format!("/persons/{}/events?after=x", card.person));
    assert_eq!(wrong.problem(), (400, "invalid_parameter"));
    assert_eq!(wrong.json["parameter"], "after");
    let too_many = karin.get(&format!("/persons/{}/events?limit=201", card.person));
    assert_eq!(too_many.problem(), (400, "invalid_parameter"));
}

#[test]
fn a_worklist_is_read_in_pages() {
    let site = Site::start();
    let world = &site.world;
    for person in [MAJA, "SE2399000013-1010", "SE2399000013-1011"] {
        let _ = world.sent_card(&world.person(person), DeliveryMethod::APost);
    }
    let karin = Program::of(&site, KARIN);
    let whole = karin.get("/worklists/to_activate");
    assert_eq!(
        whole.json["items"].as_array().unwrap().len(),
        3,
        "{whole:?}"
    );
    let (mut walked, mut address) = (
        Vec::new(),
        "/api/v1/worklists/to_activate?limit=1".to_owned(),
    );
    while walked.len() < 4 {
        let page = karin.follow(&address);
        walked.extend(page.json["items"].as_array().unwrap().clone());
        match page.json["next"].as_str() {
            Some(next) => next.clone_into(&mut address),
            None => break,
        }
    }
    assert_eq!(json!(walked), whole.json["items"]);
    assert_eq!(
        karin.get("/worklists/nothing").problem(),
        (404, "not_found")
    );
}

#[test]
fn a_card_is_revoked_once_under_the_conditions_that_every_change_has() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}/revocations", card.id);
    let seen = karin.get(&format!("/cards/{}", card.id));
    let (tag, first, other) = (seen.header("etag").to_owned(), key(&site), key(&site));
    let body =
        |four: &str| json!({ "reason": "lost", "reporter": "called_back", "last_four": four });
    let four = card.number.as_ref().unwrap().last_four();
    let send = |key: Option<&str>, tag: Option<&str>, body: &Value| {
        let key = key.map(|key| ("idempotency-key", key));
        let tag = tag.map(|tag| ("if-match", tag));
        let headers: Vec<_> = key.into_iter().chain(tag).collect();
        karin.post(&path, &headers, body)
    };
    let all = (Some(first.as_str()), Some(tag.as_str()));
    let said = |answer: Answer| (answer.status, answer.code().to_owned());
    let no = |status, code: &str| (status, code.to_owned());
    assert_eq!(
        said(send(None, all.1, &body(four))),
        no(400, "idempotency_key_missing")
    );
    assert_eq!(
        said(send(all.0, None, &body(four))),
        no(428, "if_match_missing")
    );
    assert_eq!(
        said(send(all.0, Some("\"999\""), &body(four))),
        no(412, "changed_meanwhile")
    );
    let wrong = if four == "0000" { "1111" } else { "0000" };
    let refused = send(all.0, all.1, &body(wrong));
    assert_eq!(refused.problem(), (422, "last_four_wrong"));
    assert!(refused.json["instead"].is_string());

    let done = send(all.0, all.1, &body(four));
    assert_eq!(done.status, 201, "{done:?}");
    let again = send(all.0, all.1, &body(four));
    assert_eq!(
        (again.status, &again.json),
        (201, &done.json),
        "the first answer"
    );
    assert_eq!(
        said(send(all.0, all.1, &body(wrong))),
        no(422, "idempotency_key_reused")
    );
    assert_eq!(
        said(send(Some(&other), all.1, &body(four))),
        no(412, "changed_meanwhile")
    );
    let now = karin.get(&format!("/cards/{}", card.id));
    assert_eq!(now.json["stage"], "revoked");
    let late = send(Some(&other), Some(now.header("etag")), &body(four));
    assert_eq!(late.problem(), (409, "card_revoked"));
    let case = karin.follow(done.header("location"));
    assert_eq!((case.status, &case.json["id"]), (200, &done.json["id"]));
    assert_eq!(world.lines(card.id.0, "revoke", "done"), 1);
    world.work();
}

#[test]
fn everything_that_is_missing_or_wrong_in_a_body_is_told_at_once() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}/revocations", card.id);
    let lacking = karin.change(&path, "\"1\"", &json!({ "reason": "boredom" }));
    assert_eq!(lacking.problem(), (422, "invalid_body"));
    let pointers = lacking.json["errors"].as_array().unwrap().iter();
    let pointers: Vec<_> = pointers.map(|error| error["pointer"].clone()).collect();
    assert_eq!(
        pointers,
        ["/reason", "/reporter", "/last_four"],
        "{lacking:?}"
    );
}

#[test]
fn what_the_document_does_not_name_is_refused_in_every_body() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let (karin, maja) = (Program::of(&site, KARIN), Program::of(&site, MAJA));
    let id = key(&site);
    let headers = [("idempotency-key", id.as_str()), ("if-match", "\"1\"")];
    let mut tried = 0;
    for operation in for_persons().filter(|one| one.body.is_some()) {
        let program = match operation.acts_as() {
            ActsAs::Officer => &karin,
            ActsAs::Holder => &maja,
        };
        let path = path(operation, &card);
        let method: reqwest::Method = operation.verb.method().as_str().parse().unwrap();
        let send = |sent: Sent<'_>| program.call(method.clone(), &path, &headers, sent);
        let more = send(Sent::Json(&json!({ "zz": 1 })));
        assert_eq!(more.problem(), (422, "invalid_body"), "{}", operation.id);
        assert_eq!(more.json["errors"][0]["pointer"], "/zz", "{more:?}");
        let twice = send(Sent::Bytes("application/json", br#"{"card":1,"card":2}"#));
        assert_eq!(twice.problem(), (422, "invalid_body"), "{}", operation.id);
        let errors = twice.json["errors"].as_array().unwrap();
        assert!(
            errors.iter().any(|one| one["detail"] == "stands twice"),
            "{twice:?}"
        );
        tried += 1;
    }
    assert!(tried > 20, "only {tried} bodies");
    let search = karin.post("/persons/searches", &[], &json!({ "text": "4711" }));
    assert_eq!(search.json["errors"][0]["pointer"], "/text", "{search:?}");
}

#[test]
fn a_request_that_is_no_request_of_the_api_is_told_so_as_a_problem() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let karin = Program::of(&site, KARIN);
    let nobody = Program::with(&site, "");
    let path = format!("/cards/{}", card.id);
    let wrong = nobody.call(reqwest::Method::DELETE, &path, &[], Sent::Nothing);
    assert_eq!(wrong.problem(), (405, "method_not_allowed"));
    assert_eq!(wrong.header("allow"), "GET, HEAD");
    let get = nobody.get(&format!("{path}/destruction"));
    assert_eq!((get.problem().0, get.header("allow")), (405, "POST"));
    let head = karin.call(reqwest::Method::HEAD, &path, &[], Sent::Nothing);
    assert_eq!((head.status, head.json), (200, Value::Null));
    for address in ["/api/v2", "/api/v1/nothing", "/api/nothing", "/api/v1/"] {
        let answer = nobody.follow(address);
        assert_eq!(answer.problem(), (404, "not_found"), "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let large = vec![b' '; 70_000];
    let sent = |program: &Program<'_>| {
        let body = Sent::Bytes("application/json", &large);
        program.call(reqwest::Method::POST, "/persons/searches", &[], body)
    };
    assert_eq!(sent(&karin).problem(), (413, "too_large"));
    assert_eq!(
        sent(&nobody).problem(),
        (401, "token_missing"),
        "who asks comes before what is sent"
    );
    let id = key(&site);
    for tag in ["*", "1", "W/\"1\"", ""] {
        let headers = [("idempotency-key", id.as_str()), ("if-match", tag)];
        let answer = karin.post(&format!("{path}/puk-unlocks"), &headers, &json!({}));
        assert_eq!(answer.problem(), (400, "if_match_invalid"), "{tag}");
    }
}

#[test]
fn each_action_is_told_with_yes_or_with_no_because() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let told = karin.get(&format!("/cards/{}", card.id));
    let actions = told.json["actions"].as_array().unwrap();
    let action = |name: &str| actions.iter().find(|one| one["action"] == name).unwrap();
    assert_eq!(action("revoke")["allowed"], true);
    let unlock = action("unlock");
    assert_eq!(unlock["allowed"], false);
    assert_eq!(unlock["because"]["code"], "card_already_active");
}
