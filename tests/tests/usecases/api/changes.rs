//! What officers and holders change without signing.

use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use reqwest::Method;
use serde_json::{Value, json};

use super::kit::{Answer, Program, Sent, key};
use super::{KARIN, MAJA};
use crate::nightly::stops::{region_with, round, stops, verdict};

/// The servicedesk.
const FARID: &str = "SE2399000013-1006";
/// The deputy issuer.
const DEPUTY: &str = "SE2399000013-1005";

fn state(card: &Answer, code: &str) -> Value {
    let codes = card.json["codes"].as_array().unwrap();
    let one = codes.iter().find(|one| one["name"] == code).unwrap();
    one["stage"].clone()
}

fn of_card(program: &Program<'_>, id: impl std::fmt::Display) -> Answer {
    program.get(&format!("/cards/{id}"))
}

/// What is sent to order a card for Maja.
fn order(site: &Site, routine_confirmed: bool) -> Value {
    let request = site
        .world
        .order_request(&site.world.maja(), DeliveryMethod::APost);
    json!({
        "person": request.person, "organisation": request.organisation,
        "product": request.product, "office": request.office,
        "method": "a_post", "routine_confirmed": routine_confirmed,
    })
}

#[test]
fn a_card_is_ordered_once_and_the_order_stopped() {
    let site = Site::start();
    let karin = Program::of(&site, KARIN);
    let (first, unread) = (key(&site), key(&site));
    let place = |key: &str, body: &Value| karin.post("/orders", &[("idempotency-key", key)], body);
    let refused = place(&unread, &order(&site, false));
    assert_eq!(refused.problem(), (409, "routine_not_confirmed"));
    let lacking = place(&unread, &json!({ "person": "x", "method": "pigeon" }));
    assert_eq!(lacking.problem(), (422, "invalid_body"));
    assert_eq!(lacking.json["errors"].as_array().unwrap().len(), 6);
    let placed = place(&first, &order(&site, true));
    assert_eq!(placed.status, 201, "{placed:?}");
    let again = place(&first, &order(&site, true));
    assert_eq!((again.status, &again.json["id"]), (201, &placed.json["id"]));
    let second = place(&unread, &order(&site, true));
    assert_eq!(second.problem(), (409, "already_ordered"));

    let there = karin.follow(placed.header("location"));
    assert_eq!(there.json["id"], placed.json["id"]);
    let path = format!("/orders/{}", placed.json["id"].as_str().unwrap());
    let stop = format!("{path}/cancellation");
    let late = karin.change(&stop, "\"77\"", &json!({}));
    assert_eq!(late.problem(), (412, "changed_meanwhile"));
    let stopped = karin.change(&stop, there.header("etag"), &json!({}));
    assert_eq!(
        (stopped.status, &stopped.json["stage"]),
        (200, &json!("cancelled")),
        "{stopped:?}"
    );
    let twice = karin.change(&stop, stopped.header("etag"), &json!({}));
    assert_eq!(twice.problem(), (409, "order_ended"));
    let maja = Program::of(&site, MAJA);
    let foreign = maja.change(&stop, stopped.header("etag"), &json!({}));
    assert_eq!(foreign.problem(), (403, "not_appointed"));
    site.world.work();
}

#[test]
fn an_order_whose_card_is_made_is_stopped_with_the_last_four_digits() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let karin = Program::of(&site, KARIN);
    let path = format!("/orders/{}", card.order);
    let told = karin.get(&path);
    let missing = json!({ "says": "missing" });
    let early = karin.change(
        &format!("{path}/delivery-reports"),
        told.header("etag"),
        &missing,
    );
    assert_eq!(early.problem(), (409, "undelivered_too_soon"), "{early:?}");
    assert!(early.json["facts"]["from"].is_string(), "{early:?}");
    let anew = json!({ "told": "not_arrived", "method": "rek", "routine_confirmed": true });
    let early = karin.change(&format!("{path}/replacements"), told.header("etag"), &anew);
    assert_eq!(early.status, 409, "{early:?}");
    let again = karin.change(&format!("{path}/sending"), told.header("etag"), &json!({}));
    assert_eq!(again.problem(), (409, "order_dispatched"), "{again:?}");
    assert_eq!(world.card(card.id).version, card.version);

    world.advance(chrono::Duration::days(40));
    let karin = Program::of(&site, KARIN);
    let told = karin.get(&path);
    let opened = json!({ "told": "not_arrived", "method": "rek", "routine_confirmed": true });
    let placed = karin.change(
        &format!("{path}/replacements"),
        told.header("etag"),
        &opened,
    );
    assert_eq!(placed.status, 201, "{placed:?}");
    assert_eq!(placed.json["replaces"], json!(card.order));
    let old = of_card(&karin, card.id);
    assert_eq!(old.json["stage"], "revoked");
    world.work();
}

#[test]
fn a_card_in_the_hand_is_the_one_whose_number_is_read() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let number = card.number.as_ref().unwrap().as_str();
    let path = format!("/cards/{}", card.id);
    let (cut, right) = (format!("{path}/destruction"), json!({ "number": number }));
    let tag = of_card(&karin, card.id).header("etag").to_owned();
    let unread = karin.change(&cut, &tag, &json!({ "number": "12" }));
    assert_eq!(unread.problem(), (422, "invalid_body"));
    let other = json!({ "number": "9752269099999999" });
    assert_eq!(
        karin.change(&cut, &tag, &other).problem(),
        (422, "wrong_card")
    );
    let alive = karin.change(&cut, &tag, &right);
    assert_eq!(alive.problem(), (409, "card_still_lives"));
    let four = card.number.as_ref().unwrap().last_four();
    let lost = json!({ "reason": "lost", "reporter": "called_back", "last_four": four });
    let revoked = karin.change(&format!("{path}/revocations"), &tag, &lost);
    assert_eq!(revoked.status, 201, "{revoked:?}");
    let tag = of_card(&karin, card.id).header("etag").to_owned();
    let done = karin.change(&cut, &tag, &right);
    assert_eq!(done.status, 200, "{done:?}");
    let tag = done.header("etag").to_owned();
    let twice = karin.change(&cut, &tag, &right);
    assert_eq!(twice.problem(), (409, "card_destroyed"), "{twice:?}");
    world.work();
}

#[test]
fn a_locked_card_is_stated_by_its_holder_and_gets_a_letter_from_the_desk() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let (maja, farid) = (Program::of(&site, MAJA), Program::of(&site, FARID));
    let own = format!("/me/cards/{}", card.id);
    let seen = maja.get(&own);
    assert_eq!(seen.status, 200, "{seen:?}");
    let locked = maja.change(&format!("{own}/locks"), seen.header("etag"), &json!({}));
    assert_eq!(locked.status, 200, "{locked:?}");
    assert_eq!(state(&locked, "pin1"), "locked");
    assert_eq!(locked.json["stage"], "active", "locked is not revoked");
    let none = json!({ "code": "pin2" });
    let signing = maja.change(&format!("{own}/locks"), locked.header("etag"), &none);
    assert_eq!(
        signing.problem(),
        (409, "code_not_set"),
        "no code for signing yet"
    );
    let nonsense = json!({ "code": "pin3" });
    let wrong = maja.change(&format!("{own}/locks"), locked.header("etag"), &nonsense);
    assert_eq!(wrong.problem(), (422, "invalid_body"));
    let twice = maja.change(&format!("{own}/locks"), locked.header("etag"), &json!({}));
    assert_eq!(twice.problem(), (409, "code_locked"));

    let tag = locked.header("etag").to_owned();
    let ask = maja.change(&format!("{own}/puk-letters"), &tag, &json!({}));
    assert_eq!(ask.status, 201, "{ask:?}");
    let again = maja.change(&format!("{own}/puk-letters"), &tag, &json!({}));
    assert_eq!(again.problem(), (409, "letter_already_open"));
    let letter = format!("/puk-letters/{}", ask.json["id"].as_str().unwrap());
    let seen = farid.get(&letter);
    assert_eq!(
        (seen.status, &seen.json["stage"]),
        (200, &json!("requested"))
    );
    let why = farid.change(
        &format!("{letter}/rejection"),
        seen.header("etag"),
        &json!({ "why": "boredom" }),
    );
    assert_eq!(why.problem(), (422, "invalid_body"));
    let approved = farid.change(
        &format!("{letter}/approval"),
        seen.header("etag"),
        &json!({}),
    );
    assert_eq!(
        (approved.status, &approved.json["stage"]),
        (200, &json!("approved")),
        "{approved:?}"
    );
    let opened = maja.change(&format!("{own}/puk-unlocks"), &tag, &json!({}));
    assert_eq!(opened.status, 200, "{opened:?}");
    assert_ne!(state(&opened, "pin1"), "locked");
    world.work();
}

#[test]
fn what_an_unknown_caller_tells_waits_and_is_carried_out_by_an_officer() {
    let site = Site::start();
    let world = &site.world;
    // A SIS-marked card asks for steps outside.
    let card = world.made_older(&world.active_card(&world.maja()), "641", true);
    let karin = Program::of(&site, KARIN);
    let four = card.number.as_ref().unwrap().last_four();
    let tag = of_card(&karin, card.id).header("etag").to_owned();
    let told = json!({ "reason": "lost", "reporter": "unverified_caller", "last_four": four });
    let case = karin.change(&format!("/cards/{}/revocations", card.id), &tag, &told);
    assert_eq!(
        (case.status, &case.json["stage"]),
        (201, &json!("reported"))
    );
    let path = format!("/revocations/{}", case.json["id"].as_str().unwrap());
    let (execution, tag) = (format!("{path}/execution"), case.header("etag"));
    let unconfirmed = karin.change(&execution, tag, &json!({}));
    assert_eq!(unconfirmed.problem(), (422, "invalid_body"));
    let other = karin.change(&execution, tag, &json!({ "last_four": "0000" }));
    assert_eq!(other.problem(), (422, "last_four_wrong"));
    let done = karin.change(&execution, tag, &json!({ "last_four": four }));
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(of_card(&karin, card.id).json["stage"], "revoked");
    let today = cards_domain::calendar::business_day(world.link().now());
    let record_on = |day: chrono::NaiveDate, tag: &str, reference: &str| {
        let body = json!({ "step": "telia", "outcome": "done_by_us", "on": day,
            "reference": reference });
        karin.change(&format!("{path}/steps"), tag, &body)
    };
    let record = |tag: &str, reference: &str| record_on(today, tag, reference);
    let before = record_on(today.pred_opt().unwrap(), done.header("etag"), "T-4711");
    assert_eq!(before.code(), "day_too_early", "before anybody had told us");
    let number = world.maja().number.as_str().to_owned();
    let personal = record(done.header("etag"), &number);
    assert_eq!(personal.problem(), (422, "invalid_body"));
    assert_eq!(personal.json["errors"][0]["pointer"], "/reference");
    let turned = record(done.header("etag"), "T-\u{202e}1174");
    assert_eq!(turned.json["errors"][0]["pointer"], "/reference");
    let kept = record(done.header("etag"), "T-4711");
    assert_eq!(kept.status, 200, "{kept:?}");
    let steps = kept.json["steps"].as_array().unwrap();
    let telia = steps.iter().find(|one| one["step"] == "telia").unwrap();
    assert_eq!(telia["outcome"], "done_by_us");
    assert_eq!(telia["facts"]["reference"], "T-4711");
    world.work();
}

fn portrait() -> Vec<u8> {
    let face = image::RgbImage::from_pixel(600, 800, image::Rgb([200, 120, 90]));
    let mut file = std::io::Cursor::new(Vec::new());
    face.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

#[test]
fn a_photo_is_sent_as_it_is_and_the_order_goes_on_when_it_is_approved() {
    let site = Site::start();
    let world = &site.world;
    let karin = Program::of(&site, KARIN);
    let mut wanted = order(&site, true);
    let products = world.link().orderable_products().unwrap();
    let with_photo = products.iter().find(|one| one.has_photo).unwrap();
    wanted["product"] = json!(with_photo.id);
    let first = key(&site);
    let placed = karin.post("/orders", &[("idempotency-key", first.as_str())], &wanted);
    assert_eq!(placed.json["stage"], "awaiting_photo", "{placed:?}");
    world.work();
    let path = format!("/orders/{}", placed.json["id"].as_str().unwrap());
    let tag = karin.get(&path).header("etag").to_owned();
    let send = |program: &Program<'_>, key: &str, kind: &str, bytes: &[u8]| {
        let headers = [("idempotency-key", key), ("if-match", tag.as_str())];
        let body = Sent::Bytes(kind, bytes);
        let to = format!("{path}/photos?source=desk");
        program.call(Method::POST, &to, &headers, body)
    };
    let (picture, other, third) = (portrait(), key(&site), key(&site));
    let maja = Program::of(&site, MAJA);
    assert_eq!(
        send(&maja, &other, "image/jpeg", &picture).problem(),
        (403, "not_appointed")
    );
    let text = send(&karin, &other, "text/plain", b"face");
    assert_eq!(text.problem(), (415, "not_a_picture"));
    let not_even = send(&karin, &other, "image/jpeg", b"face");
    assert_eq!(not_even.problem(), (415, "not_a_picture"));
    let other_kind = send(&karin, &other, "image/png", &picture);
    assert_eq!(other_kind.problem(), (415, "not_a_picture"));
    let broken = send(&karin, &other, "image/jpeg", b"\xff\xd8\xff face");
    assert_eq!(broken.problem(), (422, "picture_unusable"));
    let huge = vec![0; 8 * 1024 * 1024 + 1];
    assert_eq!(
        send(&karin, &other, "image/png", &huge).problem(),
        (413, "too_large")
    );
    let sent = send(&karin, &third, "image/jpeg", &picture);
    assert_eq!(sent.status, 201, "{sent:?}");
    let again = send(&karin, &third, "image/jpeg", &picture);
    assert_eq!(again.json["id"], sent.json["id"]);

    let at = sent.header("location").replace("/api/v1", "");
    assert_eq!(
        karin.get(&format!("{at}/picture")).header("content-type"),
        "image/jpeg"
    );
    let unsure = json!({ "identity_seen": true, "same_person": false });
    let unsure = karin.change(&format!("{at}/approval"), sent.header("etag"), &unsure);
    assert_eq!(unsure.problem(), (409, "photo_not_confirmed"));
    let seen = json!({ "identity_seen": true, "same_person": true });
    let seen = karin.change(&format!("{at}/approval"), sent.header("etag"), &seen);
    assert_eq!(
        (seen.status, &seen.json["stage"]),
        (200, &json!("approved")),
        "{seen:?}"
    );
    assert_ne!(karin.get(&path).json["stage"], "awaiting_photo");
    world.work();
}

#[test]
fn a_run_that_stopped_is_released_by_somebody_who_may_and_with_a_reason() {
    let mut site = Site::start();
    let _ = region_with(&mut site.world, 6, 6);
    let world = &site.world;
    verdict(world);
    let stop = stops(world).pop().unwrap();
    let (karin, deputy) = (Program::of(&site, KARIN), Program::of(&site, DEPUTY));
    let nights = deputy.get("/nights");
    assert_eq!(nights.json["stops"][0]["id"], json!(stop.id), "{nights:?}");
    let (path, tag) = (
        format!("/stops/{}/release", stop.id),
        format!("\"{}\"", stop.version),
    );
    let why = json!({ "reason": "Enheten har lagts ner." });
    let refused = karin.change(&path, &tag, &why);
    assert_eq!(refused.problem(), (403, "not_your_role"));
    let silent = deputy.change(&path, &tag, &json!({ "reason": " " }));
    assert_eq!(silent.problem(), (422, "invalid_body"));
    let other = deputy.change(&path, "\"77\"", &why);
    assert_eq!(other.problem(), (412, "changed_meanwhile"));
    let released = deputy.change(&path, &tag, &why);
    assert_eq!(released.status, 200, "{released:?}");
    assert!(released.json["released_at"].is_string());
    let again = deputy.change(&path, &tag, &why);
    assert_eq!(
        again.status, 200,
        "sent twice by the same person: {again:?}"
    );
    assert_eq!(round(world), 6);
    let day = stop.day.succ_opt().unwrap();
    let nothing = deputy.change(&format!("/nights/{day}/releases"), &tag, &why);
    assert_eq!(nothing.problem(), (412, "changed_meanwhile"), "{nothing:?}");
}
