//! One process runs the night among many; another goes on when that one dies.

use std::time::Duration as Wait;

use cards_acceptance::World;
use cards_app::{Call, Link};
use cards_domain::access::SystemActor;
use cards_domain::calendar::business_day;
use cards_domain::card::{Card, CardAction, CardStageName};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_server::work::Worker;
use chrono::{Duration, NaiveDate};

use super::crowd::{card_id, crowd};
use super::{NIGHT_AFTER, go_to, run};

/// The first of five sent cards whose time to activate has run out.
fn five_due(world: &mut World) -> Card {
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(world, &card, 1..5, 0);
    go_to(world, NIGHT_AFTER);
    card
}

fn revoked(world: &World) -> Vec<u32> {
    let is_revoked = |number: &u32| world.card(card_id(*number)).stage() == CardStageName::Revoked;
    (1..5).filter(is_revoked).collect()
}

#[test]
fn of_four_processes_that_start_at_once_one_runs_the_night_and_every_card_is_ended_once() {
    let mut world = World::new();
    let card = five_due(&mut world);
    let reports: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|number| {
                let world = &world;
                scope.spawn(move || {
                    let mut link: Link = world.link();
                    let name = format!("process-{number}");
                    world.app().run_night(&mut link, &name, false).unwrap()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(reports.iter().flatten().count(), 1);
    for id in [card.id, card_id(1), card_id(2), card_id(3), card_id(4)] {
        assert_eq!(world.card(id).stage(), CardStageName::Revoked);
        assert_eq!(world.lines(id.0, "end_unactivated", "done"), 1);
    }
}

#[test]
fn a_run_whose_process_died_in_the_middle_is_finished_by_another_after_the_lease() {
    let mut world = World::new();
    let card = five_due(&mut world);
    let mut link = world.link();
    let day = business_day(link.now());
    link.claim_night(day, "dead", Duration::minutes(5))
        .unwrap()
        .unwrap();
    let call = Call::by_system(SystemActor::Scheduler, cards_app::nightly::code_of(day));
    let two = [card_id(1), card_id(2)].map(|id| (id.0, CardAction::EndUnactivated));
    world
        .app()
        .ledger
        .act_many::<Card>(&mut link, &call, &two)
        .unwrap();

    assert_eq!(run(&world), None, "the dead one has the lease");
    assert_eq!(revoked(&world), [1, 2]);
    world.advance(Duration::minutes(6));
    let report = run(&world).unwrap();
    assert_eq!(report.counts().done.get("activation"), Some(&3));
    assert_eq!(revoked(&world), [1, 2, 3, 4]);
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    let night = link.night(day).unwrap().unwrap();
    assert_eq!(night.runner, "test");
    assert_eq!(
        night.counts.done.get("activation"),
        Some(&5),
        "what both have done, from the log"
    );
}

#[test]
fn a_process_that_was_taken_over_from_notices_and_stops() {
    let mut world = World::new();
    let _card = five_due(&mut world);
    let mut link = world.link();
    let day = business_day(link.now());
    let lease = Duration::minutes(5);
    link.claim_night(day, "slow", lease).unwrap().unwrap();
    world.advance(Duration::minutes(6));
    link.claim_night(day, "quick", lease).unwrap().unwrap();
    assert!(!link.keep_night(day, "slow", lease).unwrap());
    assert!(link.keep_night(day, "quick", lease).unwrap());
    link.break_off_night(day, ("quick", "the database went away"), Duration::zero())
        .unwrap();
    world.advance(Duration::seconds(1));
    run(&world).unwrap();
    let night = link.night(day).unwrap().unwrap();
    assert_eq!(night.error, None, "what went wrong has been made good");
}

/// Waits, on the real clock, until a night has been run.
fn wait_for(world: &World, day: NaiveDate) -> bool {
    (0..200).any(|_| {
        std::thread::park_timeout(Wait::from_millis(50));
        let night = world.link().night(day).unwrap();
        night.is_some_and(|night| night.finished_at.is_some())
    })
}

#[test]
fn a_worker_runs_the_night_within_seconds_of_the_demonstrations_clock_being_moved() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    let worker = Worker::start(std::sync::Arc::clone(&world.system));
    let today = business_day(world.app().db.now());
    assert!(wait_for(&world, today), "at its start");
    go_to(&world, NIGHT_AFTER);
    let tomorrow = business_day(world.app().db.now());
    let is_done = wait_for(&world, tomorrow);
    worker.stop();
    assert!(is_done, "no minute is slept through");
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
}

#[test]
fn a_night_that_has_not_been_run_is_missed_from_six_in_the_morning() {
    let world = World::new();
    let missing = || world.app().missing_night(&mut world.link()).unwrap();
    assert_eq!(
        missing(),
        None,
        "before the first night there is nothing to miss"
    );
    run(&world).unwrap();
    go_to(&world, "2030-01-08T04:59:59Z");
    assert_eq!(missing(), None, "05:59:59");
    go_to(&world, "2030-01-08T05:00:00Z");
    let eighth = NaiveDate::from_ymd_opt(2030, 1, 8);
    assert_eq!(missing(), eighth);
    go_to(&world, "2030-01-08T23:30:00Z");
    assert_eq!(missing(), eighth, "the night after it is still missed");
    run(&world).unwrap();
    assert_eq!(missing(), None, "the run of the ninth has made up for it");
}

#[test]
fn a_thousand_cards_cost_a_fixed_number_of_statements_for_each_five_hundred() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..1000, 0);
    let night = NIGHT_AFTER.parse().unwrap();
    let deputy = super::stops::deputy(&world);
    let asked = (business_day(night), Some(world.region()));
    world
        .app()
        .release_beforehand(&mut world.link(), &deputy, asked, "Enheten har lagts ner.")
        .unwrap();
    go_to(&world, NIGHT_AFTER);
    let before = world.app().db.statements();
    let report = run(&world).unwrap();
    let spent = world.app().db.statements() - before;
    assert_eq!(report.counts().done.get("activation"), Some(&1000));
    // Twice: the page, begin, guard, cards, their facts, card rows, codes and orders that follow
    // with their facts, lines, errands, clocks, commit, lease. And the plan and bookkeeping once.
    assert!(
        spent <= 2 * 24 + 24,
        "{spent} statements for a thousand cards"
    );
    println!("{spent} statements for a thousand cards");
}
