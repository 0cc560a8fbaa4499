//! Namesakes in a list of hits are told apart by the face as well.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_app::Failure;
use cards_domain::ids::PhotoId;
use cards_domain::photo::{PhotoAction, PhotoFault, PhotoSource};
use chrono::Duration;

use super::{judge, ordered, photographed, take};
use crate::desk::{Desk, KARIN};

fn shown_with_a_face(world: &World, typed: &str) -> Vec<(String, Option<PhotoId>)> {
    let mut link = world.link();
    let karin = world.karin().call();
    let answer = world.app().search(&mut link, &karin, typed).unwrap();
    let hits = answer.hits.into_iter();
    hits.map(|hit| (hit.name.full(), hit.photo)).collect()
}

#[test]
fn only_those_who_may_be_taken_for_each_other_have_faces() {
    let world = World::new();
    let (karin, maja) = (world.karin(), world.maja());
    let photo = photographed(&world, &karin, &maja, PhotoSource::Desk)
        .photo
        .unwrap();
    let shown = shown_with_a_face(&world, "Maja Lindqvist");
    assert!(shown.contains(&("Maja Lindqvist".to_owned(), Some(photo))));
    assert!(shown.contains(&("Maja Lindkvist".to_owned(), None)));
    let alone = shown_with_a_face(&world, "198504159800");
    assert_eq!(alone, [("Maja Lindqvist".to_owned(), None)]);
}

#[test]
fn a_photo_that_nobody_has_approved_is_no_face() {
    let world = World::new();
    let (karin, maja) = (world.karin(), world.maja());
    let order = ordered(&world, &karin, &maja);
    let photo = take(&world, &karin.call(), &order, PhotoSource::Desk).unwrap();
    let shown = shown_with_a_face(&world, "Maja Lindqvist");
    assert!(shown.iter().all(|(_, face)| face.is_none()), "{shown:?}");
    let reject = PhotoAction::Reject {
        fault: PhotoFault::Quality,
    };
    judge(&world, &karin.call(), photo.id, &reject).unwrap();
    let shown = shown_with_a_face(&world, "Maja Lindqvist");
    assert!(shown.iter().all(|(_, face)| face.is_none()), "{shown:?}");
}

#[test]
fn a_face_is_shown_for_five_minutes_to_whom_the_search_has_shown_it_and_is_no_look() {
    let world = World::new();
    let (karin, maja) = (world.karin(), world.maja());
    let photo = photographed(&world, &karin, &maja, PhotoSource::Desk)
        .photo
        .unwrap();
    let face = |call| world.app().face(&mut world.link(), &call, photo);
    world.advance(Duration::minutes(6));
    assert!(matches!(face(karin.call()), Err(Failure::NotFound)));
    let looks = world.lines(maja.id.0, "look", "done");
    shown_with_a_face(&world, "Maja Lindqvist");
    assert!(face(karin.call()).unwrap().starts_with(&[0xFF, 0xD8]));
    assert!(matches!(face(world.tove().call()), Err(Failure::NotFound)));
    assert_eq!(world.lines(maja.id.0, "look", "done"), looks);
    world.advance(Duration::minutes(6));
    assert!(matches!(face(karin.call()), Err(Failure::NotFound)));
}

#[test]
fn the_officers_list_has_the_small_pictures_and_the_servicedesks_has_none() {
    let site = Site::start();
    let (karin, maja) = (site.world.karin(), site.world.maja());
    let photo = photographed(&site.world, &karin, &maja, PhotoSource::Desk)
        .photo
        .unwrap();
    let desk = Desk::officer(&site, KARIN);
    let page = desk.search("Maja Lindqvist");
    let address = format!("/id-admin/foto/{photo}/liten");
    assert!(page.body.contains(&address), "{}", page.body);
    assert_eq!(desk.browser.get(&address).status, 200);
    let farid = Desk::servicedesk(&site, "SE2399000013-1006").browser;
    let fields = farid.signed("/servicedesk/sok", 7, &[("q", "Maja Lindqvist")]);
    let list = farid.send("/servicedesk/sok", &fields).body;
    assert!(list.contains("Maja Lindkvist"), "{list}");
    assert!(!list.contains("<img class=\"face\""), "{list}");
    site.world.work();
}
