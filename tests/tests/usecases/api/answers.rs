//! What is read: what the document says, at what cost, and in pages.

use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use serde_json::{Value, json};

use super::kit::{Answer, Program};
use super::schema::misfits;
use super::{ANDERS, KARIN, MAJA, ask, for_persons};

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
