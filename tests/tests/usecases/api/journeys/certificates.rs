//! Certificates on a card.

use cards_acceptance::authority::issuing;

use super::*;

/// Read by both, revoked by the holder and by an officer.
pub static PAIRS: Journey = Journey::of(pairs);

#[test]
fn a_holder_and_an_officer_each_revoke_a_pair_of_certificates() {
    PAIRS.go();
}

/// The certificate for log-in that names the holder so.
fn of(list: &Value, profile: &str) -> String {
    let mut all = list["items"].as_array().unwrap().iter();
    let one = all.find(|one| one["profile"] == profile).unwrap();
    assert_eq!(one["stage"], "active");
    one["id"].as_str().unwrap().to_owned()
}

fn pairs() {
    let site = Site::with(|port| issuing(World::at_port(port), port).0);
    let card = site.world.active_card(&site.world.maja());
    let (karin, maja) = (Program::of(&site, KARIN), Program::of(&site, MAJA));
    let four = card.number.as_ref().unwrap().last_four();
    let (own, all) = (
        format!("/me/cards/{}/certificates", card.id),
        format!("/cards/{}/certificates", card.id),
    );

    let mine = format!("/me/certificates/{}", of(&maja.read(&own), "hsa_id"));
    let wrong = json!({ "reason": "codes_compromised", "last_four": "0000" });
    let tag = maja.get(&mine);
    let refused = maja.change(&format!("{mine}/revocations"), tag.header("etag"), &wrong);
    assert_eq!(refused.problem().1, "last_four_wrong");
    let why = json!({ "reason": "codes_compromised", "last_four": four });
    let over = maja.act(&mine, "revocations", &why);
    assert_eq!(over.json["stage"], "revoked");
    assert_eq!(over.json["actions"][0]["allowed"], false);

    let theirs = format!("/certificates/{}", of(&karin.read(&all), "person_id"));
    let why = json!({ "reason": "data_wrong", "last_four": four });
    let over = karin.act(&theirs, "revocations", &why);
    assert_eq!(over.json["stage"], "revoked");
    assert_eq!(of_card(&karin, &card)["stage"], "active", "the card stays");
    let left = karin.read(&all);
    let mut left = left["items"].as_array().unwrap().iter();
    assert!(left.all(|one| one["revocable"] == false));
    site.world.work();
}

fn of_card(karin: &Program<'_>, card: &Card) -> Value {
    karin.read(&format!("/cards/{}", card.id))
}
