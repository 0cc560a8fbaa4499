//! What a crash between two writes leaves behind.

use std::fs;

use cards_app::ports::Manufacturer;
use uuid::Uuid;

use super::world::{World, job};

#[test]
fn a_batch_without_manifest_is_not_read_and_can_be_handed_over_again() {
    let mut world = World::new();
    let batch = format!("outbox/batch-{}", Uuid::from_u128(1));
    world.submit(1, &[job(1, false)]);
    fs::remove_file(world.path(&format!("{batch}.manifest"))).unwrap();
    fs::write(world.path(&format!("{batch}.json")), "[{\"job").unwrap();
    world.make_and_post();
    assert_eq!(world.reports().len(), 0);
    world.restart();
    world.submit(1, &[job(1, false)]);
    world.make_and_post();
    assert_eq!(world.reports().len(), 2);
    assert_eq!(world.names("factory/rejected"), [""; 0]);
}

#[test]
fn a_report_without_manifest_does_not_exist_yet() {
    let world = World::new();
    world.submit(1, &[job(1, false)]);
    world.make_and_post();
    let names = world.names("inbox");
    let manifest = names.iter().find(|name| name.ends_with(".manifest"));
    fs::remove_file(world.path("inbox").join(manifest.unwrap())).unwrap();
    assert_eq!(world.reports().len(), 1);
    assert_eq!(world.names("inbox/rejected"), [""; 0]);
}

#[test]
fn an_acknowledgement_that_was_interrupted_is_finished() {
    let mut world = World::new();
    world.submit(1, &[job(1, false)]);
    world.make_and_post();
    let first = world.names("inbox").remove(0);
    fs::create_dir_all(world.path("inbox/done")).unwrap();
    fs::rename(
        world.path("inbox").join(&first),
        world.path("inbox/done").join(&first),
    )
    .unwrap();
    world.restart();
    assert_eq!(world.reports().len(), 1);
    assert_eq!(world.names("inbox/done").len(), 2);
    assert_eq!(world.names("inbox/rejected"), [""; 0]);
}

#[test]
fn a_factory_that_forgot_its_last_turn_tells_the_same_news_with_the_same_ids_and_numbers() {
    let mut world = World::new();
    world.submit(1, &[job(1, true), job(2, false)]);
    world.factory.tick().unwrap();
    let memory = world.path("factory/factory.json");
    let before = fs::read(&memory).unwrap();
    world.make_and_post();
    let told = world.reports();
    fs::write(&memory, before).unwrap();
    world.restart();
    world.make_and_post();
    assert_eq!(told.len(), 4);
    assert_eq!(world.reports(), told);
    for report in &told {
        world.exchange.acknowledge(report.id).unwrap();
    }
    assert_eq!(world.names("inbox"), [""; 0]);
}
