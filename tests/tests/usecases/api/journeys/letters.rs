//! Letters with the PUK.

use super::*;

/// Asked for by the desk and by the holder; turned down, taken back and approved.
pub static PUK: Journey = Journey::of(puk);

#[test]
fn letters_with_the_puk_are_turned_down_taken_back_and_approved() {
    PUK.go();
}

fn puk() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let (maja, farid) = (Program::of(&site, MAJA), Program::of(&site, FARID));
    let (path, own) = (
        format!("/cards/{}", card.id),
        format!("/me/cards/{}", card.id),
    );
    maja.act(&own, "locks", &json!({}));
    let wanted = json!({ "reason": "locked", "caller_identified": true });
    let asked = farid.act(&path, "puk-letters", &wanted);
    let letter = format!("/puk-letters/{}", asked.id());
    let over = farid.act(&letter, "rejection", &json!({ "why": "visit_instead" }));
    assert_eq!(over.json["stage"], "rejected");

    let asked = farid.act(&path, "puk-letters", &wanted);
    let letter = format!("/puk-letters/{}", asked.id());
    let over = farid.act(&letter, "cancellation", &json!({}));
    assert_eq!(over.json["stage"], "cancelled");

    let asked = maja.act(&own, "puk-letters", &json!({}));
    let letter = format!("/puk-letters/{}", asked.id());
    let on_its_way = farid.act(&letter, "approval", &json!({}));
    assert_eq!(on_its_way.json["stage"], "approved");
    let opened = maja.act(&own, "puk-unlocks", &json!({}));
    let codes = opened.json["codes"].as_array().unwrap();
    assert!(codes.iter().all(|code| code["stage"] != "locked"));
    world.work();
}
