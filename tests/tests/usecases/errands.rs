//! What is done outside, and what happens when outside does not answer.

use cards_acceptance::World;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::OrderStage;
use chrono::Duration;

#[test]
fn the_holder_is_told_at_each_turn_of_the_straight_way() {
    let world = World::new();
    let maja = world.maja();
    let _card = world.active_card(&maja);
    let inbox = &world.system.demo.as_ref().unwrap().inbox;
    let mails = inbox.list(10).unwrap();
    assert_eq!(mails.len(), 4, "ordered, on its way, sign, active");
    for mail in mails {
        assert!(!mail.mail.text.contains(maja.number.as_str()));
        assert!(!mail.mail.subject.contains(maja.number.as_str()));
    }
}

#[test]
fn a_manufacturer_that_stands_still_is_waited_for_and_nothing_is_lost() {
    let world = World::new();
    let maja = world.maja();
    let home = &world.system.demo.as_ref().unwrap().home;
    let switches = cards_gateways::manufacturer::Simulator::switches(home);
    let mut set = switches.read().unwrap();
    set.pause = true;
    switches.write(&set).unwrap();
    let order = world.order(&maja, DeliveryMethod::APost);
    world.work();
    assert_eq!(
        world.order_now(order.id).stage,
        OrderStage::SentToManufacturer
    );
    set.pause = false;
    switches.write(&set).unwrap();
    world.work();
    assert_eq!(world.order_now(order.id).stage, OrderStage::Dispatched);
}

#[test]
fn a_worker_that_is_silent_for_half_a_minute_is_missed() {
    let world = World::new();
    world.work();
    assert!(world.app().is_working(&mut world.link()).unwrap());
    world.advance(Duration::seconds(31));
    assert!(!world.app().is_working(&mut world.link()).unwrap());
}

#[test]
fn an_errand_that_was_claimed_by_a_worker_that_died_is_done_by_the_next() {
    let world = World::new();
    let order = world.order(&world.maja(), DeliveryMethod::APost);
    let mut link = world.link();
    let claimed = link.claim_errands(10, Duration::minutes(5)).unwrap();
    assert!(!claimed.is_empty());
    assert!(
        link.claim_errands(10, Duration::minutes(5))
            .unwrap()
            .is_empty(),
        "they are leased"
    );
    world.advance(Duration::minutes(6));
    world.work();
    assert_eq!(world.order_now(order.id).stage, OrderStage::Dispatched);
}
