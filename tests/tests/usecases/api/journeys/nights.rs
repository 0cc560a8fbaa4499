//! What runs by itself: nights that stop, and errands that were given up.

use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;

use super::*;
use crate::nightly::crowd::crowd;
use crate::nightly::stops::{region_with, round, stops, verdict};

/// A stop that is released, and a night that is released beforehand.
pub static STOPS: Journey = Journey::of(stops_released);
/// An errand that is tried anew.
pub static ERRANDS: Journey = Journey::of(errands);

const WHY: &str = "Enheten har lagts ner.";

#[test]
fn a_night_that_stopped_is_let_go_on_and_another_is_released_beforehand() {
    STOPS.go();
}

#[test]
fn an_errand_that_was_given_up_is_tried_anew_by_who_answers_for_it() {
    ERRANDS.go();
}

fn stops_released() {
    released_after();
    released_before();
}

fn released_after() {
    let mut site = Site::start();
    let _ = region_with(&mut site.world, 6, 6);
    verdict(&site.world);
    let siv = Program::of(&site, SIV);
    let nights = siv.read("/nights");
    let path = format!("/stops/{}", nights["stops"][0]["id"].as_str().unwrap());
    let released = siv.act(&path, "release", &json!({ "reason": WHY }));
    assert!(released.json["released_at"].is_string());
    assert_eq!(stops(&site.world).len(), 1);
    assert_eq!(round(&site.world), 6);
}

fn released_before() {
    let mut site = Site::start();
    site.world.may_leave_errands = true;
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(world, &card, 1..60, 0);
    let night = crate::nightly::NIGHT_AFTER
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap();
    let day = cards_domain::calendar::business_day(night);
    let siv = Program::of(&site, SIV);
    assert!(siv.read(&format!("/nights?day={day}"))["first"][0]["person"].is_string());
    let body = json!({ "reason": WHY, "organisation": world.region() });
    let released = siv.make(&format!("/nights/{day}/releases"), &body);
    assert_eq!(released.json["count"], 60);
}

fn errands() {
    let site = Site::start();
    let world = &site.world;
    let _order = world.order(&world.maja(), DeliveryMethod::APost);
    let mut link = world.link();
    let claimed = link.claim_errands(10, Duration::minutes(5)).unwrap();
    for errand in &claimed {
        link.put_back_errand(errand.id, None, "the mail server is away")
            .unwrap();
    }
    let (anders, siv) = (Program::of(&site, ANDERS), Program::of(&site, SIV));
    let told = anders.read("/errands");
    let dead = told["items"].as_array().unwrap();
    assert_eq!((dead.len(), &told["waiting"]), (claimed.len(), &json!(0)));
    for one in dead {
        let path = format!("/errands/{}/retries", one["id"].as_str().unwrap());
        let key = crate::api::kit::key(&site);
        let refused = siv.post(&path, &[("idempotency-key", key.as_str())], &json!({}));
        assert_eq!(refused.problem(), (403, "not_your_role"));
        let again = anders.make(&path, &json!({}));
        assert_eq!(again.json["stage"], "waiting");
        assert_eq!(anders.make(&path, &json!({})).json, again.json, "once more");
        let id = one["id"].as_str().unwrap().parse().unwrap();
        assert_eq!(world.lines(id, "retry", "done"), 1);
    }
    world.work();
    assert_eq!(anders.read("/errands")["items"], json!([]));
}
