//! Cards that do not come.

use cards_domain::delivery::DeliveryMethod;
use chrono::Duration;

use super::*;

/// Told by the officer and by the holder.
pub static MISSING: Journey = Journey::of(missing);

#[test]
fn a_card_that_has_not_come_is_told_and_ordered_anew() {
    MISSING.go();
}

fn missing() {
    let site = Site::start();
    let world = &site.world;
    let own = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let other = world.sent_card(&world.person(ELIAS), DeliveryMethod::APost);
    world.advance(Duration::days(40));
    let (karin, maja) = (Program::of(&site, KARIN), Program::of(&site, MAJA));
    let told = maja.act(
        &format!("/me/cards/{}", own.id),
        "delivery-reports",
        &json!({ "says": "missing" }),
    );
    assert_eq!(told.json["delivery"]["stage"], "reported_missing");
    let path = format!("/orders/{}", other.order);
    karin.act(&path, "delivery-reports", &json!({ "says": "missing" }));
    let anew = json!({ "told": "not_arrived", "method": "rek", "routine_confirmed": true });
    let placed = karin.act(&path, "replacements", &anew);
    assert_eq!(placed.json["replaces"], json!(other.order));
    world.work();
}
