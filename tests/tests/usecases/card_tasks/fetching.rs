//! A task is fetched once, soon, and by whoever has the code.

use cards_domain::card_task::{TaskKind, TaskStage};
use chrono::Duration;
use serde_json::json;

use super::kit::{Client, Wire, offer, site, stage};
use super::shown;

#[test]
fn a_wrong_a_used_and_an_old_code_are_told_the_same() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let wire = Wire::to(&site);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let wrong = wire.fetch("00000000");
    assert_eq!(wrong.code(), (404, "no_such_task"));
    assert_eq!(wire.fetch(&offered.code).status, 200);
    let used = wire.fetch(&offered.code);
    let by_link = json!({ "token": offered.token });
    let used_link = wire.send("fetch", None, Some(&by_link));
    let again = offer(world, &maja.call(), TaskKind::TestCard, &card);
    world.advance(Duration::minutes(10));
    let old = wire.fetch(&again.code);
    assert_eq!((&used.json, &used_link.json), (&wrong.json, &wrong.json));
    assert_eq!((old.status, &old.json), (404, &wrong.json));
    assert_eq!(world.lines(again.id.0, "fetch", "task_code_gone"), 1);
}

#[test]
fn a_link_fetches_a_task_as_the_code_does() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let body = json!({ "token": offered.token, "client": "kortklient 0.1.0" });
    let fetched = Wire::to(&site).send("fetch", None, Some(&body));
    assert_eq!(fetched.status, 200, "{:?}", fetched.json);
    assert_eq!(shown(&site, offered.id).client.unwrap(), "kortklient 0.1.0");
}

#[test]
fn of_two_that_fetch_at_the_same_instant_one_gets_the_task() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| Wire::to(&site).fetch(&offered.code).status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404, 404, 404]);
    assert_eq!(world.lines(offered.id.0, "fetch", "done"), 1);
}

#[test]
fn codes_are_not_guessed_from_one_address() {
    let site = site();
    let wire = Wire::to(&site);
    for _ in 0..20 {
        assert_eq!(wire.fetch("AAAAAAAA").status, 404);
    }
    let stopped = wire.fetch("AAAAAAAA");
    assert_eq!(stopped.code(), (429, "too_many_tries"));
    assert!(stopped.retry_after.is_some());
}

#[test]
fn the_secret_of_one_task_opens_no_other() {
    let site = site();
    let world = &site.world;
    let (maja, leo) = (world.maja(), world.person("SE2399000013-1009"));
    let (hers, his) = (world.active_card(&maja), world.active_card(&leo));
    let own = offer(world, &maja.call(), TaskKind::TestCard, &hers);
    let other = offer(world, &leo.call(), TaskKind::TestCard, &his);
    let (own, other) = (Client::with(&site, &own), Client::with(&site, &other));
    let wire = Wire::to(&site);
    for secret in [Some(own.secret.as_str()), Some("wrong"), None] {
        let told = wire.send(&other.id, secret, None);
        assert_eq!(told.code(), (401, "no_such_task"));
    }
    assert_eq!(wire.send(&other.id, Some(&other.secret), None).status, 200);
    // What is no id is no task.
    assert_eq!(wire.send("1", Some(&own.secret), None).status, 401);
}

#[test]
fn a_new_code_cuts_off_whoever_had_the_task_and_keeps_its_steps() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let first = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let old = Client::with(&site, &first);
    assert_eq!(
        old.post("steps", &json!({ "step": "card_found" })).status,
        204
    );
    let again = offer(world, &maja.call(), TaskKind::TestCard, &card);
    assert_eq!(again.id, first.id);
    assert_eq!(old.sheet().code(), (401, "no_such_task"));
    let page = world
        .app()
        .task_page(&mut world.link(), &maja.call(), first.id)
        .unwrap();
    assert_eq!(page.steps.len(), 1);
    assert_ne!(
        Client::with(&site, &again).sheet["challenge"],
        old.sheet["challenge"]
    );
    assert_eq!(stage(world, first.id), TaskStage::Begun);
}

#[test]
fn what_cannot_be_read_is_told_so_and_changes_nothing() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let client = Client::with(&site, &offered);
    let unread = [
        ("steps", json!({ "step": "coffee" })),
        ("proof", json!({ "certificate": "%", "signature": "" })),
        ("given-up", json!({ "cause": "because" })),
        ("card-challenge", json!({ "challenge": "01" })),
        ("report", json!({})),
    ];
    for (what, body) in unread {
        assert_eq!(
            client.post(what, &body).code(),
            (422, "unreadable"),
            "{what}"
        );
    }
    assert_eq!(stage(world, offered.id), TaskStage::Begun);
}
