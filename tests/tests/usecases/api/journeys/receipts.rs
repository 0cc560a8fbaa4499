//! Receipts that the holder does not sign by logging in.

use cards_domain::delivery::DeliveryMethod;

use super::*;

/// Signed with ink.
pub static ON_PAPER: Journey = Journey::of(on_paper);
/// Not signed at all.
pub static REFUSED: Journey = Journey::of(refused);

#[test]
fn a_receipt_is_printed_signed_with_ink_and_registered() {
    ON_PAPER.go();
}

#[test]
fn a_card_whose_holder_does_not_want_to_sign_is_revoked_at_once() {
    REFUSED.go();
}

fn on_paper() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let karin = Program::of(&site, KARIN);
    activate(&site, (&karin, KARIN), (MAJA, &card));
    let path = format!("/cards/{}", card.id);
    let paper = karin.read(&format!("{path}/paper-receipt"));
    let text = paper["text"].as_str().unwrap();
    let version = paper["terms_version"].as_str().unwrap();
    assert!(text.contains(version), "{text}");
    let wanted = json!({ "purpose": "paper_receipt", "card": card.id, "terms_version": version });
    let signature = karin.signed("/signatures", KARIN, &wanted);
    let kept = karin.act(&path, "paper-receipts", &json!({ "signature": signature }));
    assert_eq!(kept.json["stage"], "active");
    world.work();
}

fn refused() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let karin = Program::of(&site, KARIN);
    activate(&site, (&karin, KARIN), (MAJA, &card));
    let path = format!("/cards/{}", card.id);
    let gone = karin.act(&path, "receipt-refusals", &json!({}));
    assert_eq!(gone.json["stage"], "revoked");
    world.work();
}
