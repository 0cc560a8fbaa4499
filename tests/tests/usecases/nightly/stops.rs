//! The safety stops, at their edges, and the second person.

use cards_acceptance::World;
use cards_app::nightly::{NightSettings, NightWatch, SafetyStop};
use cards_app::{Call, Failure};
use cards_domain::access::{Role, SystemActor};
use cards_domain::calendar::business_day;
use cards_domain::card::{Card, CardStageName};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::safety_stop::{Trip, Verdict};
use chrono::{DateTime, NaiveDate, Utc};

use super::crowd::{card_id, crowd, due_at};
use super::{NIGHT_AFTER, go_to, run};

const REASON: &str = "Enheten har lagts ner.";

pub fn deputy(world: &World) -> Call {
    let person = "SE2399000013-1005";
    world.officer(person, Role::DeputyIssuer, None).call()
}

fn night() -> NaiveDate {
    business_day(NIGHT_AFTER.parse::<DateTime<Utc>>().unwrap())
}

/// `due` cards whose time has run out, among `live` in all.
pub fn region_with(world: &mut World, due: u32, live: u32) -> Card {
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    if due > 1 {
        crowd(world, &card, 1..due, 0);
    }
    if live > due {
        crowd(world, &card, 10_000..10_000 + live - due, 300);
    }
    go_to(world, NIGHT_AFTER);
    card
}

pub fn verdict(world: &World) -> Verdict {
    run(world).unwrap().organisations[0].verdict
}

pub fn stops(world: &World) -> Vec<SafetyStop> {
    world.link().standing_stops().unwrap()
}

pub fn round(world: &World) -> u64 {
    let mut watch = NightWatch::default();
    world
        .app()
        .night_round(&mut world.link(), &mut watch, "test")
        .unwrap()
}

#[test]
fn six_cards_of_1199_stop_the_run_and_six_of_1200_do_not() {
    let mut world = World::new();
    region_with(&mut world, 6, 1199);
    let why = Trip::TooGreatAPart;
    assert_eq!(verdict(&world), Verdict::Stops { why, short: None });
    assert_eq!(world.card(card_id(1)).stage(), CardStageName::Sent);
    let stop = stops(&world).pop().unwrap();
    assert_eq!((stop.count, stop.live), (6, 1199));

    let mut world = World::new();
    region_with(&mut world, 6, 1200);
    assert_eq!(verdict(&world), Verdict::Goes);
    assert_eq!(world.card(card_id(1)).stage(), CardStageName::Revoked);
    assert!(stops(&world).is_empty());
}

#[test]
fn five_cards_of_five_go_and_51_stop() {
    let mut world = World::new();
    region_with(&mut world, 5, 5);
    assert_eq!(verdict(&world), Verdict::Goes);

    let mut world = World::new();
    region_with(&mut world, 51, 60);
    let why = Trip::TooMany;
    assert_eq!(verdict(&world), Verdict::Stops { why, short: None });
}

#[test]
fn a_release_is_carried_out_at_once_and_takes_exactly_what_the_run_had_stopped_at() {
    let mut world = World::new();
    let card = region_with(&mut world, 6, 6);
    // One more whose time runs out during the day after.
    crowd(&world, &card, 7..8, 0);
    due_at(&world, 7, "2030-04-08T06:00:00Z");
    verdict(&world);
    go_to(&world, "2030-04-08T07:00:00Z");
    assert_eq!(round(&world), 0, "nobody has released it");
    let stop = stops(&world).pop().unwrap();
    let released = world
        .app()
        .release_stop(&mut world.link(), &deputy(&world), stop.id, REASON)
        .unwrap();
    assert_eq!(released.reason.as_deref(), Some(REASON));
    assert_eq!(round(&world), 6);
    for number in 1..6 {
        let card = world.card(card_id(number));
        assert_eq!(card.stage(), CardStageName::Revoked, "{number}");
    }
    assert_eq!(
        world.card(card_id(7)).stage(),
        CardStageName::Sent,
        "the next run counts it anew"
    );
    assert!(stops(&world).is_empty());
    let done = world.link().night(night()).unwrap().unwrap().counts;
    assert_eq!((done.done.get("activation"), done.held), (Some(&6), 0));
    assert_eq!(round(&world), 0, "once");
    assert_eq!(
        world.lines(stop.id, "edit", "done"),
        2,
        "released, carried out"
    );
}

#[test]
fn while_a_stop_stands_the_nights_after_it_revoke_nothing_of_the_organisation() {
    let mut world = World::new();
    let card = region_with(&mut world, 6, 6);
    verdict(&world);
    crowd(&world, &card, 7..8, 1);
    go_to(&world, "2030-04-09T22:00:30Z");
    let stop = stops(&world).pop().unwrap();
    assert_eq!(verdict(&world), Verdict::Held(stop.id));
    assert_eq!(world.card(card_id(7)).stage(), CardStageName::Sent);
    assert_eq!(stops(&world).len(), 1, "one stop, not one more each night");
}

#[test]
fn expiry_and_questions_go_on_while_revocations_are_held_back() {
    let mut world = World::new();
    let elin = world.person("SE2399000013-1010");
    let other = world.sent_card(&elin, DeliveryMethod::APost);
    region_with(&mut world, 6, 6);
    let report = run(&world).unwrap();
    let part = &report.organisations[0];
    assert_eq!(part.rules["activation"].held, 7);
    assert_eq!(part.rules["undelivered"].goes, 1);
    assert_eq!(world.lines(other.order.0, "ask_arrival", "done"), 1);
}

#[test]
fn only_an_issuer_of_the_branch_may_release_and_a_no_is_logged() {
    let mut world = World::new();
    region_with(&mut world, 6, 6);
    verdict(&world);
    let stop = stops(&world).pop().unwrap();
    let try_as = |call: &Call| {
        let mut link = world.link();
        world.app().release_stop(&mut link, call, stop.id, REASON)
    };
    let auditor = world.officer("SE2399000013-1007", Role::Auditor, None);
    for call in [world.karin().call(), auditor.call()] {
        let refused = try_as(&call);
        assert!(
            matches!(refused, Err(Failure::Refused(Refusal::NotYourRole))),
            "{refused:?}"
        );
    }
    let mut stranger = world.officer("SE2399000013-1004", Role::ResponsibleIssuer, None);
    let municipality = cards_acceptance::people::MUNICIPALITY;
    let elsewhere = world.link().organisation_by_hsa_id(municipality).unwrap();
    stranger.branch = vec![elsewhere.unwrap()];
    assert!(matches!(try_as(&stranger.call()), Err(Failure::NotFound)));
    for system in [SystemActor::Scheduler, SystemActor::Operator] {
        let refused = try_as(&Call::by_system(system, "TEST-03".to_owned()));
        assert!(
            matches!(refused, Err(Failure::Refused(Refusal::NotYourRole))),
            "never a system: {refused:?}"
        );
    }
    assert_eq!(world.lines(stop.id, "edit", "not_your_role"), 4);
    assert_eq!(round(&world), 0);
    assert_eq!(world.card(card_id(1)).stage(), CardStageName::Sent);
}

#[test]
fn of_two_who_release_the_second_is_told_and_the_same_person_twice_is_once() {
    let mut world = World::new();
    region_with(&mut world, 6, 6);
    verdict(&world);
    let stop = stops(&world).pop().unwrap();
    let release = |call: &Call| {
        let mut link = world.link();
        world.app().release_stop(&mut link, call, stop.id, REASON)
    };
    release(&deputy(&world)).unwrap();
    release(&deputy(&world)).unwrap();
    let other = world.officer("SE2399000013-1004", Role::ResponsibleIssuer, None);
    assert!(matches!(release(&other.call()), Err(Failure::Conflict)));
    assert_eq!(round(&world), 6);
}

#[test]
fn two_clicks_at_once_release_once_and_neither_is_told_that_somebody_else_was_first() {
    let mut world = World::new();
    region_with(&mut world, 6, 6);
    verdict(&world);
    let id = stops(&world).pop().unwrap().id;
    let call = deputy(&world);
    let click = || {
        let mut link = world.link();
        world.app().release_stop(&mut link, &call, id, REASON)
    };
    let all_at_once: Vec<_> = std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..8).map(|_| scope.spawn(click)).collect();
        clicks.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for released in all_at_once {
        assert_eq!(released.unwrap().released_by, call.actor.person());
    }
    assert_eq!(world.lines(id, "edit", "done"), 1);
    assert_eq!(round(&world), 6);
}

#[test]
fn two_clicks_at_once_release_beforehand_once() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..60, 0);
    let (asked, call) = ((night(), Some(world.region())), deputy(&world));
    let click = || {
        let mut link = world.link();
        let given = world
            .app()
            .release_beforehand(&mut link, &call, asked, REASON);
        given.unwrap().id
    };
    let ids: Vec<_> = std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..6).map(|_| scope.spawn(click)).collect();
        clicks.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(stops(&world).len(), 1);
    let page = world
        .app()
        .stop_to_expect(&mut world.link(), &call, asked)
        .unwrap();
    assert_eq!((page.stop.id, page.may_release), (ids[0], false));
}

#[test]
fn r23_a_known_batch_is_released_beforehand_and_holds_up_to_its_number() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..60, 0);
    let asked = (night(), Some(world.region()));
    let release = || {
        let mut link = world.link();
        world
            .app()
            .release_beforehand(&mut link, &deputy(&world), asked, REASON)
            .unwrap()
    };
    let given = release();
    assert_eq!(given.count, 60);
    assert_eq!(release().id, given.id, "sent twice");
    go_to(&world, NIGHT_AFTER);
    assert_eq!(verdict(&world), Verdict::Released(given.id));
    assert_eq!(world.card(card_id(59)).stage(), CardStageName::Revoked);
    assert!(stops(&world).is_empty(), "used up");
}

#[test]
fn a_release_given_beforehand_for_fewer_than_there_are_does_not_hold() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..6, 0);
    let asked = (night(), Some(world.region()));
    let given = world
        .app()
        .release_beforehand(&mut world.link(), &deputy(&world), asked, REASON)
        .unwrap();
    crowd(&world, &card, 6..7, 0);
    go_to(&world, NIGHT_AFTER);
    let why = Trip::TooGreatAPart;
    let short = Some(given.id);
    assert_eq!(verdict(&world), Verdict::Stops { why, short });
    let stop = stops(&world).pop().unwrap();
    assert_eq!((stop.count, stop.released_at), (7, None));
    assert_eq!(world.card(card_id(1)).stage(), CardStageName::Sent);
}

#[test]
fn nothing_is_released_beforehand_where_nothing_would_stop() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let _card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    let asked = (night(), Some(world.region()));
    let released =
        world
            .app()
            .release_beforehand(&mut world.link(), &deputy(&world), asked, REASON);
    assert!(matches!(released, Err(Failure::Conflict)), "{released:?}");
}

#[test]
fn more_in_all_than_configured_stop_the_whole_run_until_it_is_released() {
    let mut world = World::new();
    region_with(&mut world, 3, 3);
    let settings = NightSettings { most_in_all: 2 };
    let app = world.app().clone().with_night(settings);
    let mut link = world.link();
    let report = app.run_night(&mut link, "test", false).unwrap().unwrap();
    assert_eq!(report.organisations[0].verdict, Verdict::Goes);
    let why = Trip::TooManyInAll;
    assert_eq!(report.in_all, Verdict::Stops { why, short: None });
    assert_eq!(report.counts().held, 3);
    assert_eq!(world.card(card_id(1)).stage(), CardStageName::Sent);
    let stop = stops(&world).pop().unwrap();
    assert_eq!(
        (stop.organisation, stop.judged_in, stop.count),
        (None, world.region(), 3)
    );
    app.release_stop(&mut link, &deputy(&world), stop.id, REASON)
        .unwrap();
    assert_eq!(round(&world), 3);
    assert_eq!(world.card(card_id(1)).stage(), CardStageName::Revoked);
}
