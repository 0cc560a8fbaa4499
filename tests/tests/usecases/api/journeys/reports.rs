//! A loss that is told by somebody who is not known.

use super::*;

/// Carried out, and taken back.
pub static OF_A_CALLER: Journey = Journey::of(of_a_caller);

#[test]
fn what_a_caller_tells_waits_until_it_is_carried_out_or_taken_back() {
    OF_A_CALLER.go();
}

fn of_a_caller() {
    let site = Site::start();
    let world = &site.world;
    let first = world.made_older(&world.active_card(&world.maja()), "641", true);
    let second = world.active_card(&world.person(ELIAS));
    let karin = Program::of(&site, KARIN);
    let report = |card: &Card| {
        let told = json!({ "reason": "lost", "reporter": "unverified_caller",
            "last_four": four(card) });
        let path = format!("/cards/{}", card.id);
        karin.read(&format!("{path}/call-back-numbers"));
        let case = karin.act(&path, "revocations", &told);
        assert_eq!(case.json["stage"], "reported");
        format!("/revocations/{}", case.id())
    };
    let case = report(&first);
    karin.act(&case, "execution", &json!({ "last_four": four(&first) }));
    let revoked = karin.read(&format!("/cards/{}", first.id));
    assert_eq!(revoked["stage"], "revoked");
    let today = cards_domain::calendar::business_day(world.link().now());
    let done = json!({ "step": "telia", "outcome": "done_by_us", "on": today });
    karin.act(&case, "steps", &done);

    let case = report(&second);
    karin.act(&case, "withdrawal", &json!({}));
    let living = karin.read(&format!("/cards/{}", second.id));
    assert_eq!(living["stage"], "active");
    world.work();
}
