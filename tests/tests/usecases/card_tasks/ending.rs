//! How tasks end without being done.

use cards_app::Call;
use cards_app::card_tasks::Reach;
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;
use serde_json::json;

use super::kit::{Chip, Client, Wire, offer, site, stage, try_offer, wish};
use super::refusal;
use crate::locked::revoke;

#[test]
fn a_task_dies_with_its_card() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let begun = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    let waiting = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let client = Client::with(&site, &begun);
    revoke(world, &card);
    assert_eq!(stage(world, begun.id), TaskStage::Cancelled);
    assert_eq!(stage(world, waiting.id), TaskStage::Cancelled);
    assert_eq!(
        client.prove(&Chip::of(world, &card)).code(),
        (409, "task_over")
    );
    assert_eq!(Wire::to(&site).fetch(&waiting.code).status, 404);
    let again = try_offer(world, &maja.call(), wish(TaskKind::TestCard, &card));
    assert_eq!(refusal(again), cards_domain::refusal::Refusal::CardRevoked);
    world.work();
}

#[test]
fn a_task_lapses_after_an_hour_whether_or_not_the_sweep_has_come() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let client = Client::with(&site, &offered);
    world.advance(Duration::minutes(60) - Duration::seconds(1));
    assert_eq!(client.sheet().status, 200);
    world.advance(Duration::seconds(1));
    assert_eq!(client.sheet().code(), (409, "task_over"));
    assert_eq!(stage(world, offered.id), TaskStage::Begun);
    world.app().sweep().unwrap();
    assert_eq!(stage(world, offered.id), TaskStage::Lapsed);
    assert_eq!(client.sheet().code(), (409, "task_over"));
    let another = offer(world, &maja.call(), TaskKind::TestCard, &card);
    assert_ne!(another.id, offered.id, "a new task");
}

#[test]
fn a_client_that_gave_up_says_why_and_the_task_can_be_offered_again() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::Register, &card);
    let client = Client::with(&site, &offered);
    assert_eq!(
        client.post("given-up", &json!({ "cause": "K301" })).status,
        204
    );
    let failed = super::shown(&site, offered.id);
    assert_eq!(failed.stage, TaskStage::Failed);
    assert_eq!(failed.cause.unwrap().as_str(), "K301");
    assert_eq!(client.sheet().code(), (409, "task_over"));
    let again = offer(world, &maja.call(), TaskKind::Register, &card);
    assert_eq!(again.id, offered.id);
    let client = Client::with(&site, &again);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
}

#[test]
fn a_task_that_was_called_off_is_over_for_its_client() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::TestCard, &card);
    let client = Client::with(&site, &offered);
    let mut link = world.link();
    world
        .app()
        .cancel_task(&mut link, &maja.call(), offered.id)
        .unwrap();
    assert_eq!(client.sheet().code(), (409, "task_over"));
    let told = client.post("steps", &json!({ "step": "card_found" }));
    assert_eq!(told.code(), (409, "task_over"));
    assert_eq!(told.json["title"], "Uppgiften är avslutad.");
}

#[test]
fn a_card_that_is_pulled_and_put_back_again_and_again_is_told_each_time() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    let client = Client::with(&site, &offered);
    let told = [
        "waiting_for_card",
        "waiting_for_card",
        "card_found",
        "code_asked",
        "waiting_for_card",
        "card_found",
        "card_found",
        "code_asked",
    ];
    for step in told {
        world.advance(Duration::seconds(1));
        assert_eq!(client.post("steps", &json!({ "step": step })).status, 204);
    }
    let steps = world.link().task_steps(offered.id).unwrap();
    let noted: Vec<&str> = steps.iter().map(|one| one.step.into()).collect();
    assert_eq!(
        noted,
        [
            "waiting_for_card",
            "card_found",
            "code_asked",
            "waiting_for_card",
            "card_found",
        ]
    );
}

#[test]
fn what_somebody_has_begun_is_followed_by_others_and_theirs_to_end() {
    let site = site();
    let world = &site.world;
    let (maja, elin) = (world.maja(), world.person("SE2399000013-1010"));
    let seen = |by: &Call, id| {
        world
            .app()
            .task_page(&mut world.link(), by, id)
            .unwrap()
            .reach
    };
    let (karin, tove) = (world.karin().call(), world.tove().call());
    let card = world.active_card(&maja);
    let testing = offer(world, &maja.call(), TaskKind::TestCard, &card).id;
    let own = seen(&maja.call(), testing);
    assert!(own.is_own && own.may_renew && own.may_cancel, "{own:?}");
    let followed = seen(&karin, testing);
    let nothing = Reach {
        is_own: false,
        may_renew: false,
        may_cancel: false,
        officer: None,
    };
    assert_eq!(followed, nothing);

    let card = world.sent_card(&elin, DeliveryMethod::APost);
    let choosing = offer(world, &karin, TaskKind::ChooseCode, &card).id;
    assert!(seen(&karin, choosing).may_cancel);
    let by_karin = Reach {
        officer: Some("Karin Åkerblom".to_owned()),
        ..nothing
    };
    for by in [elin.call(), tove] {
        assert_eq!(seen(&by, choosing), by_karin);
    }
    world.work();
}
