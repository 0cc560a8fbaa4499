//! Files that are not what they say they are.

use std::fs;
use std::sync::Arc;

use cards_app::ports::{GatewayError, Manufacturer};
use uuid::Uuid;

use super::world::{World, job, keys};
use crate::manufacturer::{FileExchange, Folders, OwnKey, PublicKey};

/// Sets aside exactly one report, says its name and nothing of its content, and gives the others.
fn expect_one_set_aside(world: &World, stem: &str, left: usize) {
    let Err(GatewayError::Retry(text)) = world.exchange.reports() else {
        panic!("the forgery was taken");
    };
    assert!(text.contains(stem), "{text}");
    assert!(!text.contains("9752") && !text.contains("Maja"), "{text}");
    assert_eq!(world.reports().len(), left);
    let rejected = world.names("inbox/rejected");
    assert!(
        rejected.contains(&format!("{stem}.manifest")),
        "{rejected:?}"
    );
}

fn world_with_two_reports() -> (World, String) {
    let world = World::new();
    world.submit(1, &[job(1, false)]);
    world.make_and_post();
    let first = world.names("inbox").remove(0);
    let stem = first.strip_suffix(".json").unwrap().to_owned();
    (world, stem)
}

#[test]
fn a_report_that_was_changed_is_set_aside_and_the_others_are_read() {
    let (world, stem) = world_with_two_reports();
    let path = world.path(&format!("inbox/{stem}.json"));
    let changed = fs::read_to_string(&path).unwrap().replace("2031", "2041");
    fs::write(&path, changed).unwrap();
    expect_one_set_aside(&world, &stem, 1);
}

#[test]
fn a_manifest_that_belongs_to_another_report_is_set_aside() {
    let (world, stem) = world_with_two_reports();
    let other = world.names("inbox").pop().unwrap();
    assert!(other.ends_with(".manifest") && !other.starts_with(&stem));
    let manifest = world.path(&format!("inbox/{stem}.manifest"));
    fs::copy(world.path(&format!("inbox/{other}")), manifest).unwrap();
    expect_one_set_aside(&world, &stem, 1);
}

#[test]
fn a_report_signed_by_somebody_else_or_not_at_all_is_set_aside() {
    for forged in ["", "eyJhbGciOiJub25lIn0.e30.", "not a token"] {
        let (world, stem) = world_with_two_reports();
        fs::write(world.path(&format!("inbox/{stem}.manifest")), forged).unwrap();
        expect_one_set_aside(&world, &stem, 1);
    }
}

#[test]
fn a_manifest_without_its_report_is_set_aside() {
    let (world, stem) = world_with_two_reports();
    fs::remove_file(world.path(&format!("inbox/{stem}.json"))).unwrap();
    expect_one_set_aside(&world, &stem, 1);
}

#[test]
fn a_batch_that_was_changed_or_signed_by_another_key_makes_no_card() {
    let world = World::new();
    world.submit(1, &[job(1, false)]);
    let path = world.path(&format!("outbox/batch-{}.json", Uuid::from_u128(1)));
    let changed = fs::read_to_string(&path).unwrap();
    fs::write(&path, changed.replace("Dungatan", "Bakgatan")).unwrap();

    let folder = world.path("");
    let stranger = keys(&folder, "stranger");
    let theirs = keys(&folder, "factory").public().unwrap();
    let clock = Arc::new(world.clock.clone());
    let forger = FileExchange::open(Folders::within(&folder), stranger, theirs, clock).unwrap();
    forger.submit(Uuid::from_u128(2), &[job(2, false)]).unwrap();

    world.make_and_post();
    assert_eq!(world.reports().len(), 0);
    assert_eq!(world.names("factory/rejected").len(), 4);
    assert_eq!(world.names("outbox"), [""; 0]);
}

#[test]
fn keys_are_made_once_and_the_public_half_can_be_given_away_as_pem() {
    let world = World::new();
    let private = fs::read(world.path("keys/office.key.der")).unwrap();
    keys(&world.path(""), "office");
    assert_eq!(
        fs::read(world.path("keys/office.key.der")).unwrap(),
        private
    );
    let pem = world.path("keys/office.public.pem");
    assert!(
        fs::read_to_string(&pem)
            .unwrap()
            .starts_with("-----BEGIN PUBLIC KEY-----\n")
    );
    PublicKey::load(&pem).unwrap();
    assert!(PublicKey::load(&world.path("keys/nobody.pem")).is_err());
    assert!(OwnKey::load(&pem).is_err());
}
