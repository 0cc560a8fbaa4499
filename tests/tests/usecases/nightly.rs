//! The nightly run: the last day is the holder's, the night after acts, once, whoever runs it and
//! however often; and it stops for a second person when it would take too many.

pub mod crowd;
mod held;
mod pages;
mod runners;
pub mod stops;

use cards_acceptance::World;
use cards_app::Link;
use cards_app::nightly::NightReport;
use cards_domain::card::{Card, CardStage, CardStageName, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::order::OrderStage;
use chrono::{DateTime, Utc};

use crowd::crowd;

/// Moves the clock to an instant.
fn go_to(world: &World, instant: &str) {
    let at: DateTime<Utc> = instant.parse().unwrap();
    world.advance(at - world.app().db.now());
}

/// Half a minute into the business day after the last day to activate a card sent on 7 January:
/// 8 April in Stockholm, where summer time has begun.
pub const NIGHT_AFTER: &str = "2030-04-07T22:00:30Z";

fn run(world: &World) -> Option<NightReport> {
    let mut link: Link = world.link();
    world.app().run_night(&mut link, "test", false).unwrap()
}

fn reason(card: &Card) -> Option<RevocationReason> {
    match card.stage {
        CardStage::Revoked { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn the_whole_last_day_to_activate_is_the_holders_and_the_night_after_revokes() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    go_to(&world, "2030-04-07T21:59:59Z");
    run(&world).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::Sent, "23:59:59");
    go_to(&world, NIGHT_AFTER);
    let report = run(&world).unwrap();
    let after = world.card(card.id);
    assert_eq!(reason(&after), Some(RevocationReason::NotActivatedInTime));
    assert_eq!(
        world.order_now(card.order).stage,
        OrderStage::ActivationExpired
    );
    assert_eq!(report.counts().done.get("activation"), Some(&1));
    assert_eq!(world.lines(card.id.0, "end_unactivated", "done"), 1);
    world.work();
}

#[test]
fn the_holder_is_told_by_mail_that_the_night_has_revoked_the_card() {
    let world = World::new();
    let maja = world.maja();
    let _card = world.sent_card(&maja, DeliveryMethod::Rek);
    go_to(&world, NIGHT_AFTER);
    run(&world).unwrap();
    world.work();
    let inbox = &world.system.demo.as_ref().unwrap().inbox;
    let mails = inbox.list(10).unwrap();
    let told = mails
        .iter()
        .filter(|mail| mail.mail.subject == "Ditt e-tjänstekort är spärrat")
        .count();
    assert_eq!(told, 1);
}

#[test]
fn a_receipt_is_waited_for_five_times_24_hours_and_no_shorter() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::Rek);
    let check = world.check(&card, &maja);
    world.unlock(&world.karin().call(), &card, &check).unwrap();
    // The code was chosen on 7 January at 08:00; the run of the twelfth comes eight hours early.
    go_to(&world, "2030-01-11T23:00:30Z");
    run(&world).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::UnlockedUnsigned);
    go_to(&world, "2030-01-12T23:00:30Z");
    let report = run(&world).unwrap();
    let after = world.card(card.id);
    assert_eq!(reason(&after), Some(RevocationReason::ReceiptNotSigned));
    assert_eq!(report.counts().done.get("receipt_signature"), Some(&1));
    world.work();
}

#[test]
fn a_card_works_through_its_last_day_and_is_expired_from_the_day_after() {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let last = card.valid_to.unwrap();
    let start = cards_domain::calendar::start_of_day(last.succ_opt().unwrap());
    world.advance(start - world.app().db.now() - chrono::Duration::seconds(1));
    run(&world).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    world.advance(chrono::Duration::seconds(1));
    let report = run(&world).unwrap();
    assert_eq!(world.card(card.id).stage(), CardStageName::Expired);
    assert_eq!(report.counts().done.get("card_expiry"), Some(&1));
    world.work();
}

#[test]
fn a_holder_whose_card_has_not_come_is_asked_once_and_the_clock_is_stopped() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    go_to(&world, "2030-02-05T23:00:30Z");
    let report = run(&world).unwrap();
    assert_eq!(report.counts().done.get("undelivered"), Some(&1));
    assert_eq!(world.lines(card.order.0, "ask_arrival", "done"), 1);
    go_to(&world, "2030-02-06T23:00:30Z");
    assert!(run(&world).unwrap().counts().done.is_empty());
    assert_eq!(world.card(card.id).stage(), CardStageName::Sent);
    world.work();
}

#[test]
fn a_run_that_is_made_again_changes_nothing() {
    let world = World::new();
    let _card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    go_to(&world, NIGHT_AFTER);
    run(&world).unwrap();
    world.work();
    let before = crowd::everything(&world);
    assert_eq!(run(&world), None, "today's run is done");
    assert_eq!(crowd::everything(&world), before);
    let again = world.app().run_night(&mut world.link(), "test", true);
    assert!(again.unwrap().unwrap().organisations.is_empty());
    assert_eq!(crowd::everything(&world), before);
    let night = world.link().nights(1).unwrap().pop().unwrap();
    assert_eq!(
        night.counts.done.get("activation"),
        Some(&1),
        "the whole night"
    );
}

#[test]
fn the_dry_run_says_what_the_run_then_does_and_writes_nothing() {
    let world = World::new();
    let mut world = world;
    world.may_leave_errands = true;
    let (maja, day) = (world.maja(), NIGHT_AFTER.parse::<DateTime<Utc>>().unwrap());
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    crowd(&world, &card, 1..4, 0);
    // A clock that ends before the rules say so: they are asked, and say no.
    crowd(&world, &card, 10..11, 0);
    crowd::due_at(&world, 10, "2030-01-08T00:00:00Z");
    let tomorrow = cards_domain::calendar::business_day(day);
    let before = crowd::everything(&world);
    let beforehand = world
        .app()
        .would_run_night(&mut world.link(), tomorrow)
        .unwrap();
    assert_eq!(
        crowd::everything(&world),
        before,
        "from three months before"
    );
    go_to(&world, NIGHT_AFTER);
    let dry = world
        .app()
        .would_run_night(&mut world.link(), tomorrow)
        .unwrap();
    assert_eq!(crowd::everything(&world), before);
    let real = run(&world).unwrap();
    assert_eq!(dry.organisations, real.organisations);
    assert_eq!(beforehand.organisations, real.organisations);
    let done = real.counts().done;
    assert_eq!(done.get("activation"), Some(&5), "{done:?}");
    assert_eq!(done.get("undelivered"), Some(&1));
}

#[test]
fn what_the_rules_say_no_to_is_logged_left_and_named_and_stops_nobody_else() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..3, 0);
    crowd::due_at(&world, 1, "2030-01-08T00:00:00Z");
    go_to(&world, "2030-01-08T12:00:00Z");
    let report = run(&world).unwrap();
    let early = crowd::card_id(1);
    assert_eq!(world.card(early).stage(), CardStageName::Sent);
    assert_eq!(world.lines(early.0, "end_unactivated", "not_due"), 1);
    let left: Vec<_> = report.left.iter().map(|(clock, _)| clock.thing).collect();
    assert_eq!(left, [early.0]);
    go_to(&world, NIGHT_AFTER);
    let report = run(&world).unwrap();
    assert_eq!(report.counts().done.get("activation"), Some(&3));
    assert!(report.left.is_empty());
}

#[test]
fn one_card_that_cannot_be_ended_keeps_no_other_from_it() {
    let mut world = World::new();
    world.may_leave_errands = true;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..4, 0);
    crowd::break_codes(&world, 2);
    go_to(&world, NIGHT_AFTER);
    let report = run(&world).unwrap();
    assert_eq!(report.counts().done.get("activation"), Some(&3));
    assert_eq!(report.counts().failed, 1);
    assert_eq!(world.card(crowd::card_id(2)).stage(), CardStageName::Sent);
    let night = world.link().nights(1).unwrap().pop().unwrap();
    assert!(night.finished_at.is_some());
    assert_eq!(night.counts.failed, 1);
    crowd::mend_codes(&world, 2);
    let again = world.app().run_night(&mut world.link(), "test", true);
    assert_eq!(again.unwrap().unwrap().counts().done.len(), 1);
}
