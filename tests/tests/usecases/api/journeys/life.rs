//! A card's whole life: ordered, made, handed over, locked and opened, lost, and cut through.

use super::*;
use crate::api::kit::{Sent, key};

/// Without photo, received at the office.
pub static WITHOUT_PHOTO: Journey = Journey::of(without_photo);
/// With a photo that is taken twice.
pub static WITH_PHOTO: Journey = Journey::of(with_photo);

#[test]
fn a_card_goes_from_the_order_to_the_shredder() {
    WITHOUT_PHOTO.go();
}

#[test]
fn a_photo_is_turned_down_and_the_next_one_is_printed() {
    WITH_PHOTO.go();
}

fn without_photo() {
    let site = Site::start();
    let world = &site.world;
    let (karin, tove) = (Program::of(&site, KARIN), Program::of(&site, TOVE));
    let maja = Program::of(&site, MAJA);
    let number = world.maja().number.as_str().to_owned();
    let found = karin.post("/persons/searches", &[], &json!({ "text": number }));
    assert_eq!(found.json["items"][0]["id"], json!(world.maja().id));
    let placed = karin.make("/orders", &order(world, MAJA, false));
    assert_eq!(maja.read("/me/orders")["items"][0]["id"], placed.json["id"]);
    let card = card_of(&site, &karin, &placed);
    let path = format!("/cards/{}", card.id);
    let in_hand = json!({ "number": card.number.as_ref().unwrap().as_str() });
    let there = karin.act(&path, "reception", &in_hand);
    assert_eq!(there.json["custody"], "office");
    let unsure = karin.make(
        &format!("{path}/doubts"),
        &json!({ "stopped": "activation" }),
    );
    assert_eq!(unsure.json["stage"], "sent", "nothing else has changed");
    assert_eq!(world.lines(card.id.0, "doubt", "done"), 1);
    // Who ordered a card that lies at the office does not hand it over.
    activate(&site, (&tove, TOVE), (MAJA, &card));
    sign(&maja, &card);
    assert_eq!(karin.read(&path)["stage"], "active");
    locked_and_opened(world, &karin, &card);
    lost(world, &maja, &card);
    let cut = karin.act(&path, "destruction", &in_hand);
    assert_eq!(cut.json["custody"], "destroyed");
    world.work();
}

fn sign(holder: &Program<'_>, card: &Card) {
    let wanted = json!({ "card": card.id });
    let signature = holder.signed("/me/signatures", MAJA, &wanted);
    let own = format!("/me/cards/{}", card.id);
    let done = holder.act(&own, "receipt", &json!({ "signature": signature }));
    assert_eq!(done.json["stage"], "active");
}

/// Once at a visit, once by the PUK.
fn locked_and_opened(world: &World, officer: &Program<'_>, card: &Card) {
    let path = format!("/cards/{}", card.id);
    officer.act(&path, "locks", &json!({ "code": "pin1" }));
    let mut wanted = check(world, MAJA, card);
    (wanted["purpose"], wanted["code_chosen"]) = (json!("unlock"), json!(true));
    let signature = officer.signed("/signatures", KARIN, &wanted);
    officer.act(&path, "visit-unlocks", &json!({ "signature": signature }));
    officer.act(&path, "locks", &json!({ "code": "pin1" }));
    let opened = officer.act(&path, "puk-unlocks", &json!({}));
    let codes = opened.json["codes"].as_array().unwrap();
    assert!(codes.iter().all(|code| code["stage"] != "locked"));
}

/// The holder tells, and writes down what was done outside: an older card asks for that.
fn lost(world: &World, holder: &Program<'_>, card: &Card) {
    let card = world.made_older(card, "641", true);
    let told = json!({ "reason": "lost", "reporter": "holder_logged_in",
        "last_four": four(&card) });
    let case = holder.act(&format!("/me/cards/{}", card.id), "revocations", &told);
    let path = format!("/me/revocations/{}", case.id());
    let today = cards_domain::calendar::business_day(world.link().now());
    let done = json!({ "step": "telia", "outcome": "done_by_holder", "on": today });
    let kept = holder.act(&path, "steps", &done);
    assert_eq!(kept.json["steps"][0]["outcome"], "done_by_holder");
}

/// A picture that can become a portrait.
fn portrait() -> Vec<u8> {
    let face = image::RgbImage::from_pixel(600, 800, image::Rgb([200, 120, 90]));
    let mut file = std::io::Cursor::new(Vec::new());
    face.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// Sends a photo for an order; gives where it is.
pub fn photo(site: &Site, officer: &Program<'_>, order: &str) -> String {
    let (key, tag) = (key(site), officer.get(order).header("etag").to_owned());
    let headers = [("idempotency-key", key.as_str()), ("if-match", &tag)];
    let picture = portrait();
    let body = Sent::Bytes("image/jpeg", &picture);
    let to = format!("{order}/photos?source=desk");
    let sent = officer.call(reqwest::Method::POST, &to, &headers, body);
    assert_eq!(sent.status, 201, "{sent:?}");
    sent.header("location").replace("/api/v1", "")
}

fn with_photo() {
    let site = Site::start();
    let karin = Program::of(&site, KARIN);
    let placed = karin.make("/orders", &order(&site.world, MAJA, true));
    site.world.work();
    let path = format!("/orders/{}", placed.id());
    let first = photo(&site, &karin, &path);
    karin.act(&first, "rejection", &json!({ "fault": "pose" }));
    let second = photo(&site, &karin, &path);
    assert_eq!(karin.get(&format!("{second}/picture")).status, 200);
    let seen = json!({ "identity_seen": true, "same_person": true });
    let approved = karin.act(&second, "approval", &seen);
    assert_eq!(approved.json["stage"], "approved");
    let card = card_of(&site, &karin, &placed);
    let kept = format!("/persons/{}/photo", card.person);
    assert_eq!(karin.get(&kept).header("content-type"), "image/jpeg");
    karin.read(&format!("/cards/{}/misprint", card.id));
}
