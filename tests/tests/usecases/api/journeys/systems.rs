//! Other systems: a token, a card's status, and whether we are there at all.

use cards_domain::delivery::DeliveryMethod;
use reqwest::Method;

use super::*;
use crate::api::kit::Sent;
use crate::card_status::kit::Relying;

/// A relying party.
pub static RELYING: Journey = Journey::of(relying);

#[test]
fn a_registered_system_gets_a_token_and_asks_whether_a_card_is_valid() {
    RELYING.go();
}

fn relying() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.person(NOOR), DeliveryMethod::APost);
    let system = Relying::register(&site, 60);
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    let form = form.extend_pairs(system.form(&system.assertion(&system.key)));
    let form = form.finish();
    let body = Sent::Bytes("application/x-www-form-urlencoded", form.as_bytes());
    let nobody = Program::with(&site, "");
    let given = nobody.call(Method::POST, "/token", &[], body);
    let token = given.json["access_token"].as_str().unwrap();
    let number = card.number.as_ref().unwrap().as_str().to_owned();
    let told = Program::with(&site, token).read(&format!("/card-status/{number}"));
    assert_eq!(
        told["status"], "not_valid",
        "posted, and not handed over yet"
    );
    for address in ["/health/live", "/health/ready"] {
        assert_eq!(nobody.follow(address).status, 200, "{address}");
    }
}
