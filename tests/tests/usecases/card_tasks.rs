//! Card tasks from the offer on a page to what has come of it, through the protocol that card
//! clients speak. The card is simulated: its keys are those of the factory.

mod codes;
mod counter;
mod ending;
mod fetching;
pub mod kit;
mod proofs;
mod signing;
mod visits;

use cards_app::Failure;
use cards_domain::card_task::{CardTask, TaskKind, TaskStage, TaskStepName};
use cards_domain::chip_code::{CodeName, CodeStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CardTaskId;
use cards_domain::refusal::Refusal;
use serde_json::json;

use crate::locked::{code, farid, sql};
use kit::{Chip, Client, offer, site, stage, try_offer, wish};

fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Refusal {
    match answer {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_card_is_registered_once_with_the_code_that_was_typed_as_it_came() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::Register, &card);
    let typed = kit::Wire::to(&site).fetch(&offered.code.to_lowercase().replace('-', " "));
    assert_eq!(typed.status, 200, "{:?}", typed.json);
    assert_eq!(stage(world, offered.id), TaskStage::Begun);
    assert_eq!(
        world
            .app()
            .tasks_of(&mut world.link(), card.id)
            .unwrap()
            .registered_at,
        None
    );

    // The client was stopped; the page gives a new code for the same task.
    let again = offer(world, &maja.call(), TaskKind::Register, &card);
    assert_eq!(again.id, offered.id);
    let client = Client::with(&site, &again);
    assert_eq!(client.sheet["registered"], false);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(stage(world, again.id), TaskStage::Done);
    let tasks = world.app().tasks_of(&mut world.link(), card.id).unwrap();
    assert_eq!(tasks.registered_at, Some(world.app().db.now()));
    let second = try_offer(world, &maja.call(), wish(TaskKind::Register, &card));
    assert_eq!(refusal(second), Refusal::AlreadyRegistered);
    assert_eq!(client.sheet().code(), (409, "task_over"));
    assert_eq!(world.lines(again.id.0, "prove", "done"), 1);
}

#[test]
fn the_sheet_tells_the_card_and_the_birthday_and_nobodys_name() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    let client = Client::with(&site, &offered);
    let sheet = &client.sheet;
    assert_eq!(
        sheet["card"]["number"],
        card.number.as_ref().unwrap().as_str()
    );
    let born = maja.number.birth_date().unwrap().to_string();
    assert_eq!(sheet["holder"], json!({ "birth": born }));
    assert_eq!(sheet["wanted"].as_array().unwrap().len(), 2);
    assert_eq!(sheet["certificates"].as_array().unwrap().len(), 2);
    assert_eq!(sheet["challenge"].as_str().unwrap().len(), 64);
    assert!(!sheet.to_string().contains(&maja.name));
    let told = client.sheet();
    assert_eq!(told.json["secret"], serde_json::Value::Null);
}

#[test]
fn a_test_says_what_is_wrong_and_that_a_code_is_locked() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let client = Client::with(&site, &offered);
    for _ in 0..2 {
        assert_eq!(
            client
                .post("steps", &json!({ "step": "card_found" }))
                .status,
            204
        );
    }
    let report = json!({
        "cause": "K203", "readers": 1, "cards": 1, "module": "opensc-pkcs11.so",
        "tries": { "pin1": 0, "pin2": null, "puk": 3 }, "locked": ["pin1", "puk"],
    });
    let wrong = json!({ "cause": "K2", "readers": 1, "cards": 1 });
    assert_eq!(client.post("report", &wrong).code(), (422, "unreadable"));
    assert_eq!(client.post("report", &report).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::Locked);
    let page = world
        .app()
        .task_page(&mut world.link(), &maja.call(), offered.id)
        .unwrap();
    let steps: Vec<TaskStepName> = page.steps.iter().map(|step| step.step).collect();
    assert_eq!(steps, [TaskStepName::CardFound]);
    assert_eq!(page.report.unwrap().cause.unwrap().as_str(), "K203");
}

#[test]
fn a_task_is_seen_by_its_holder_and_by_officers_of_the_branch_and_by_nobody_else() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let id = offer(world, &maja.call(), TaskKind::TestCard, &card).id;
    let seen = |call| world.app().task_page(&mut world.link(), &call, id).is_ok();
    assert!(seen(maja.call()) && seen(world.karin().call()));
    let other = world.person("SE2399000013-1009");
    assert!(!seen(other.call()));
    let cancelled = world
        .app()
        .cancel_task(&mut world.link(), &other.call(), id);
    assert!(matches!(cancelled, Err(Failure::NotFound)), "{cancelled:?}");
    // The servicedesk sees the card, but has no reader.
    let desk = farid(world).call();
    let tried = try_offer(world, &desk, wish(TaskKind::TestCard, &card));
    assert_eq!(refusal(tried), Refusal::NotYourRole);
}

#[test]
fn what_is_offered_depends_on_who_asks_and_how_the_card_stands() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let offers = |call: &cards_app::Call| {
        let mut link = world.link();
        let facts = link.card_for_errand(card.id).unwrap().unwrap();
        let offers = world.app().task_offers(&mut link, call, &facts).unwrap();
        let all = offers
            .into_iter()
            .map(|offer| (offer.action, offer.verdict));
        all.collect::<std::collections::BTreeMap<_, _>>()
    };
    let own = offers(&maja.call());
    assert_eq!(own.get(&TaskKind::ChooseCode), None, "an officer's");
    assert_eq!(own[&TaskKind::Register], Err(Refusal::CardNotActivated));
    assert_eq!(own[&TaskKind::TestCard], Ok(()));
    let officers = offers(&world.karin().call());
    assert_eq!(officers[&TaskKind::ChooseCode], Ok(()));
    assert_eq!(officers.get(&TaskKind::SignReceipt), None, "a holder's");
    // An older card has its code from a letter.
    sql(
        world,
        &format!(
            "UPDATE card SET product_number = '641' WHERE id = '{}'",
            card.id
        ),
    );
    let officers = offers(&world.karin().call());
    assert_eq!(
        officers[&TaskKind::ChooseCode],
        Err(Refusal::CodeComesByLetter)
    );
}

/// The task with this id, which the page shows.
fn shown(site: &cards_acceptance::site::Site, id: CardTaskId) -> CardTask {
    kit::task(&site.world, id)
}
