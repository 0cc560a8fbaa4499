//! What the two sides promise each other.

use std::collections::HashSet;
use std::os::unix::fs::PermissionsExt;

use cards_app::ports::{CardJob, Manufacturer, ManufacturerNews};
use chrono::Duration;

use super::world::{PHOTO, World, job, job_to_office, made};
use crate::manufacturer::{LetterFate, Switches};

#[test]
fn a_card_is_made_and_then_posted_each_in_its_time() {
    let world = World::new();
    world.submit(1, &[job(1, false)]);
    assert_eq!(world.factory.tick().unwrap(), 0);
    world.clock.advance(Duration::minutes(59));
    assert_eq!(world.factory.tick().unwrap(), 0);
    world.clock.advance(Duration::minutes(1));
    assert_eq!(world.factory.tick().unwrap(), 1);
    assert_eq!(world.factory.tick().unwrap(), 0);
    world.clock.advance(Duration::hours(1));
    assert_eq!(world.factory.tick().unwrap(), 1);
    let [first, second] = &world.reports()[..] else {
        panic!("not two reports");
    };
    let card = made(first).unwrap();
    assert!(card.number.as_str().starts_with("9752"));
    assert_eq!(card.number.as_str().len(), 19);
    assert_eq!(card.product_number, job(1, false).product_number);
    assert_eq!(card.printed_name, "Maja Katarina Lindqvist-He");
    assert_eq!(card.valid_to.to_string(), "2031-11-19");
    assert_eq!(second.news, ManufacturerNews::Dispatched { rek_id: None });
    assert_eq!([first.order, second.order], [job(1, false).order; 2]);
}

#[test]
fn a_repeated_batch_makes_one_card() {
    let world = World::new();
    world.submit(1, &[job(1, false)]);
    world.submit(1, &[job(1, false)]);
    assert_eq!(world.names("outbox").len(), 2);
    world.make_and_post();
    world.submit(1, &[job(1, false)]);
    world.submit(2, &[job(1, false)]);
    world.make_and_post();
    assert_eq!(world.reports().len(), 2);
    assert_eq!(world.names("outbox"), [""; 0]);
}

#[test]
fn a_batch_that_comes_again_with_more_jobs_makes_those_too() {
    let world = World::new();
    world.submit(1, &[job(1, false)]);
    world.submit(1, &[job(1, false), job(2, false)]);
    world.submit(1, &[job(2, false)]);
    world.submit(1, &[job(1, false), job(2, false)]);
    assert_eq!(world.names("outbox").len(), 4);
    world.make_and_post();
    assert_eq!(world.reports().iter().filter_map(made).count(), 2);
}

#[test]
fn nothing_is_made_twice_and_no_number_comes_again_across_restarts() {
    let mut world = World::new();
    let mut numbers = HashSet::new();
    for batch in 1..=3 {
        world.submit(batch, &[job(batch, true), job(batch + 100, true)]);
        world.restart();
        world.make_and_post();
        world.restart();
        world.make_and_post();
        let reports = world.reports();
        assert_eq!(reports.len(), 4);
        numbers.extend(
            reports
                .iter()
                .filter_map(made)
                .map(|card| card.number.clone()),
        );
        for report in reports {
            world.exchange.acknowledge(report.id).unwrap();
            world.exchange.acknowledge(report.id).unwrap();
        }
        assert_eq!(world.reports().len(), 0);
    }
    assert_eq!(numbers.len(), 6);
}

#[test]
fn reports_come_oldest_first_even_when_they_were_written_in_one_turn() {
    let world = World::new();
    let jobs: Vec<_> = (1..=12).map(|number| job(number, false)).collect();
    world.submit(1, &jobs);
    world.factory.tick().unwrap();
    world.clock.advance(Duration::days(2));
    world.factory.tick().unwrap();
    world.clock.advance(Duration::days(2));
    world.factory.tick().unwrap();
    let reports = world.reports();
    assert_eq!(reports.len(), 24);
    let cards_first: Vec<bool> = reports
        .iter()
        .map(|report| made(report).is_some())
        .collect();
    assert_eq!(cards_first, [[true; 12], [false; 12]].concat());
    let orders: Vec<_> = reports[..12].iter().map(|report| report.order).collect();
    assert_eq!(orders, jobs.iter().map(|job| job.order).collect::<Vec<_>>());
}

#[test]
fn a_registered_letter_has_an_id_with_the_right_check_digit_and_an_ordinary_one_has_none() {
    let world = World::new();
    world.submit(1, &[job(1, true), job(2, false)]);
    world.make_and_post();
    let ids: Vec<_> = world
        .reports()
        .into_iter()
        .filter_map(|report| match report.news {
            ManufacturerNews::Dispatched { rek_id } => Some(rek_id),
            _ => None,
        })
        .collect();
    let [Some(rek_id), None] = &ids[..] else {
        panic!("not one id of two");
    };
    assert!(!rek_id.s10_warning());
    assert_eq!(rek_id.as_str().len(), 13);
    let letters = world.factory.letters().unwrap();
    assert_eq!(letters.len(), 2);
    assert!(
        letters
            .iter()
            .any(|letter| letter.rek_id.as_ref() == Some(rek_id))
    );
}

#[test]
fn switches_make_a_card_fail_a_letter_get_lost_and_the_factory_stand_still() {
    let world = World::new();
    world.submit(1, &[job(1, false), job(2, false), job(3, false)]);
    world.switch(Switches {
        pause: true,
        ..Switches::default()
    });
    world.make_and_post();
    assert_eq!(world.reports().len(), 0);
    world.switch(Switches {
        fail_next: 1,
        lose_next: 1,
        pause: false,
    });
    world.make_and_post();
    let news: Vec<_> = world
        .reports()
        .into_iter()
        .map(|report| report.news)
        .collect();
    assert_eq!(news.len(), 5);
    assert_eq!(news[0], ManufacturerNews::Failed);
    let fates: Vec<_> = world.factory.letters().unwrap();
    let lost = fates
        .iter()
        .filter(|letter| letter.fate == LetterFate::Lost);
    assert_eq!((fates.len(), lost.count()), (2, 1));
    assert_eq!(world.switches(), Switches::default());
}

#[test]
fn everything_with_personal_data_is_for_the_owner_only() {
    let world = World::new();
    world.submit(1, &[job(1, true)]);
    let mode = |below: &str| {
        let facts = std::fs::metadata(world.path(below)).unwrap();
        facts.permissions().mode() & 0o777
    };
    for name in world.names("outbox") {
        assert_eq!(mode(&format!("outbox/{name}")), 0o600);
    }
    world.make_and_post();
    for name in world.names("inbox") {
        assert_eq!(mode(&format!("inbox/{name}")), 0o600);
    }
    for folder in ["outbox", "inbox", "factory", "keys"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    for file in ["factory/factory.json", "keys/office.key.der"] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
}

/// The jobs of the batch that lies in the outbox, as the manufacturer reads them.
fn handed_over(world: &World) -> (String, Vec<CardJob>) {
    let mut names = world.names("outbox").into_iter();
    let name = names.find(|name| name.ends_with(".json")).unwrap();
    let text = std::fs::read_to_string(world.path(&format!("outbox/{name}"))).unwrap();
    let jobs = serde_json::from_str(&text).unwrap();
    (text, jobs)
}

#[test]
fn a_batch_carries_the_photo_as_text_and_the_office_a_card_goes_to() {
    let world = World::new();
    world.submit(1, &[job_to_office(1), job(2, false)]);
    let (text, jobs) = handed_over(&world);
    assert!(text.contains("\"photo\":\"/9j/ANk=\""), "{text}");
    assert!(text.contains("\"photo\":null"), "{text}");
    assert_eq!(jobs[0].photo.as_deref(), Some(PHOTO.as_slice()));
    assert_eq!(jobs[0].to_office, job_to_office(1).to_office);
    assert!(jobs[1].photo.is_none() && jobs[1].to_office.is_none());
}

#[test]
fn a_batch_from_before_photos_is_still_read_and_a_broken_photo_is_not_shown_in_the_error() {
    let mut old = serde_json::to_value(job(1, false)).unwrap();
    let fields = old.as_object_mut().unwrap();
    fields.remove("photo");
    fields.remove("to_office");
    let read: CardJob = serde_json::from_value(old.clone()).unwrap();
    assert!(read.photo.is_none() && read.to_office.is_none());
    old["photo"] = "inte ett foto".into();
    let error = serde_json::from_value::<CardJob>(old)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("not Base64") && !error.contains("inte"),
        "{error}"
    );
}

#[test]
fn a_letter_to_the_office_bears_its_address_and_tells_that_the_card_has_a_photo() {
    let world = World::new();
    world.submit(1, &[job_to_office(1), job(2, false)]);
    world.make_and_post();
    let letters = world.factory.letters().unwrap();
    let of = |number: &str| {
        letters
            .iter()
            .find(|one| one.order_number == number)
            .unwrap()
    };
    assert_eq!(
        of("B-1").address,
        ["Kortkontoret Björkvallen, Sjukhusvägen 4"]
    );
    assert!(of("B-1").to_office && of("B-1").with_photo && !of("B-1").registered);
    assert!(of("B-2").address[0].contains("Dungatan 41"));
    assert!(!of("B-2").to_office && !of("B-2").with_photo);
}

#[test]
fn the_factory_forgets_a_photo_once_the_card_is_made() {
    let world = World::new();
    let memory = || std::fs::read_to_string(world.path("factory/factory.json")).unwrap();
    world.submit(1, &[job_to_office(1)]);
    world.factory.tick().unwrap();
    assert!(memory().contains("/9j/ANk="));
    world.clock.advance(Duration::hours(1));
    world.factory.tick().unwrap();
    assert!(!memory().contains("/9j/ANk="));
}

#[test]
fn a_job_in_a_log_names_its_order_and_nobody() {
    let shown = format!("{:?}", job_to_office(1));
    assert_eq!(shown, "CardJob(B-1, photo of 5 bytes)");
}
