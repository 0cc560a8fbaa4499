//! Orders that do not go straight: stopped, held up, or printed with the photo that is kept.

use diesel::connection::SimpleConnection as _;

use super::*;

/// Stopped by the officer.
pub static STOPPED: Journey = Journey::of(stopped);
/// Held up by papers that lack, and by the manufacturer.
pub static HELD_UP: Journey = Journey::of(held_up);
/// With the photo of an earlier card.
pub static STORED_PHOTO: Journey = Journey::of(stored_photo);

#[test]
fn an_order_is_stopped() {
    STOPPED.go();
}

#[test]
fn an_order_waits_for_papers_and_another_is_sent_to_the_manufacturer_again() {
    HELD_UP.go();
}

#[test]
fn the_photo_of_an_earlier_card_is_printed_again() {
    STORED_PHOTO.go();
}

fn stopped() {
    let site = Site::start();
    let karin = Program::of(&site, KARIN);
    let placed = karin.make("/orders", &order(&site.world, MAJA, false));
    let path = format!("/orders/{}", placed.id());
    let over = karin.act(&path, "cancellation", &json!({}));
    assert_eq!(over.json["stage"], "cancelled");
    site.world.work();
}

/// Whether the region owes an agreement.
fn owes(world: &World, owes: bool) {
    // The trigger does not mind: this is not a change that anybody made.
    let change = format!(
        "BEGIN; SET LOCAL session_replication_role = replica; \
         UPDATE organisation SET prerequisites_missing = {owes} WHERE id = '{}'; COMMIT",
        world.region()
    );
    world.database.connect().batch_execute(&change).unwrap();
}

fn held_up() {
    let site = Site::start();
    let world = &site.world;
    let karin = Program::of(&site, KARIN);
    owes(world, true);
    let placed = karin.make("/orders", &order(world, MAJA, false));
    owes(world, false);
    assert_eq!(placed.json["stage"], "awaiting_prerequisites");
    let path = format!("/orders/{}", placed.id());
    let gone_on = karin.act(&path, "prerequisites", &json!({}));
    assert_eq!(gone_on.json["stage"], "sent_to_manufacturer");
    world.work();

    let home = &world.system.demo.as_ref().unwrap().home;
    let switches = cards_gateways::manufacturer::Simulator::switches(home);
    let mut set = switches.read().unwrap();
    set.fail_next = 1;
    switches.write(&set).unwrap();
    let failed = karin.make("/orders", &order(world, ELIAS, false));
    world.work();
    let path = format!("/orders/{}", failed.id());
    karin.act(&path, "sending", &json!({}));
    world.work();
    assert_eq!(karin.read(&path)["stage"], "dispatched");
}

fn stored_photo() {
    let site = Site::start();
    let world = &site.world;
    let karin = Program::of(&site, KARIN);
    let first = karin.make("/orders", &order(world, MAJA, true));
    world.work();
    let photo = super::life::photo(&site, &karin, &format!("/orders/{}", first.id()));
    let seen = json!({ "identity_seen": true, "same_person": true });
    karin.act(&photo, "approval", &seen);
    let card = card_of(&site, &karin, &first);
    let told = json!({ "reason": "card_damaged", "reporter": "holder_in_person",
        "last_four": four(&card) });
    karin.act(&format!("/cards/{}", card.id), "revocations", &told);
    world.work();

    let second = karin.make("/orders", &order(world, MAJA, true));
    world.work();
    let path = format!("/orders/{}", second.id());
    assert_eq!(karin.read(&path)["stage"], "awaiting_photo");
    karin.act(&path, "stored-photo", &json!({}));
    world.work();
    assert_eq!(karin.read(&path)["stage"], "dispatched");
}
