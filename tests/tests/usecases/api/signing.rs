//! What is signed through the API: by a fresh log-in with the text's hash, used once, by the signer.

use cards_acceptance::site::Site;
use cards_domain::card::Card;
use cards_domain::delivery::DeliveryMethod;
use cards_http::api_person::sha256_hex;
use serde_json::{Value, json};

use super::MAJA;
use super::kit::{Answer, Program};

/// Officers at the office of the cards.
const KARIN: &str = super::KARIN;
const TOVE: &str = "SE2399000013-1002";

/// The check of Maja's card with her passport, as far as it is seen to before the code is chosen.
fn check(site: &Site, card: &Card) -> Value {
    let steps = [
        "accepted_kind",
        "valid",
        "unaltered",
        "security_details",
        "photo_matches",
        "age_and_sex_match",
        "signature_matches",
    ];
    json!({
        "purpose": "activation", "card": card.id, "document": "passport",
        "document_last_four": "44a7", "document_valid_to": "2033-05-30",
        "number_on_document": site.world.maja().number.as_str(), "steps": steps,
        "number_on_card": card.number.as_ref().unwrap().as_str(),
        "printed_name_confirmed": true, "face_compared": true,
    })
}

fn tag(program: &Program<'_>, path: &str) -> String {
    program.get(path).header("etag").to_owned()
}

fn nonce(asked: &Answer) -> String {
    asked.json["nonce"].as_str().unwrap().to_owned()
}

fn address(asked: &Answer) -> String {
    asked.header("location").replace("/api/v1", "")
}

#[test]
fn a_card_is_activated_and_signed_for_by_two_fresh_log_ins() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let (karin, maja) = (Program::of(&site, KARIN), Program::of(&site, MAJA));
    let asked = karin.post("/signatures", &[], &check(&site, &card));
    assert_eq!(asked.status, 201, "{asked:?}");
    let text = asked.json["text"].as_str().unwrap();
    assert_eq!(
        nonce(&asked),
        sha256_hex(text),
        "whoever signs can count it up themselves"
    );
    assert!(text.contains("44A7") && !text.contains(world.maja().number.as_str()));

    let act = format!("/cards/{}/activation", card.id);
    let version = tag(&karin, &format!("/cards/{}", card.id));
    let works = |id: &Value, works: bool| json!({ "signature": id, "code_works": works });
    let unsigned = karin.change(&act, &version, &works(&asked.json["id"], true));
    assert_eq!(unsigned.problem(), (409, "signature_gone"));
    let token = karin.id_token(KARIN, "loa3", &nonce(&asked));
    let signed = karin.hand_in(&address(&asked), &token);
    assert_eq!(signed.status, 200, "{signed:?}");
    assert_eq!(karin.hand_in(&address(&asked), &token).status, 200, "again");

    let other = Program::of(&site, TOVE);
    let foreign = other.change(&act, &version, &works(&asked.json["id"], true));
    assert_eq!(
        foreign.problem(),
        (409, "signature_gone"),
        "another's signature"
    );
    let unchosen = karin.change(&act, &version, &works(&asked.json["id"], false));
    assert_eq!(unchosen.problem(), (409, "code_not_chosen"));
    let done = karin.change(&act, &version, &works(&asked.json["id"], true));
    assert_eq!(
        (done.status, &done.json["stage"]),
        (200, &json!("unlocked_unsigned")),
        "{done:?}"
    );
    let twice = karin.change(&act, done.header("etag"), &works(&asked.json["id"], true));
    assert_eq!(twice.problem(), (409, "signature_gone"), "used up");

    let asked = maja.post("/me/signatures", &[], &json!({ "card": card.id }));
    assert_eq!(asked.status, 201, "{asked:?}");
    let token = maja.id_token(MAJA, "loa3", &nonce(&asked));
    assert_eq!(maja.hand_in(&address(&asked), &token).status, 200);
    let own = format!("/me/cards/{}", card.id);
    let receipt = json!({ "signature": asked.json["id"] });
    let active = maja.change(&format!("{own}/receipt"), &tag(&maja, &own), &receipt);
    assert_eq!(
        (active.status, &active.json["stage"]),
        (200, &json!("active")),
        "{active:?}"
    );
    world.work();
}

#[test]
fn only_a_fresh_log_in_by_the_signer_on_the_third_level_signs_this_text() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let karin = Program::of(&site, KARIN);
    let ask = || karin.post("/signatures", &[], &check(&site, &card));
    let (asked, another) = (ask(), ask());
    let hand_in = |token: &str| karin.hand_in(&address(&asked), token);
    let no = |answer: &Answer| (answer.status, answer.code().to_owned());
    let is = |status, code: &str| (status, code.to_owned());
    let of_another_text = karin.id_token(KARIN, "loa3", &nonce(&another));
    assert_eq!(no(&hand_in(&of_another_text)), is(422, "id_token_invalid"));
    assert_eq!(no(&hand_in("eyJ.eyJ.x")), is(422, "id_token_invalid"));
    let by_maja = karin.id_token(MAJA, "loa3", &nonce(&asked));
    assert_eq!(no(&hand_in(&by_maja)), is(409, "signed_by_another"));
    let weak = karin.id_token(KARIN, "loa2", &nonce(&asked));
    assert_eq!(no(&hand_in(&weak)), is(403, "assurance_too_low"));
    let tove = Program::of(&site, TOVE);
    let theirs = tove.id_token(TOVE, "loa3", &nonce(&asked));
    let foreign = tove.hand_in(&address(&asked), &theirs);
    assert_eq!(no(&foreign), is(409, "signature_gone"));
    let as_holder = address(&asked).replace("/signatures", "/me/signatures");
    let token = karin.id_token(KARIN, "loa3", &nonce(&asked));
    assert_eq!(
        no(&karin.hand_in(&as_holder, &token)),
        is(409, "signature_gone")
    );
    assert_eq!(hand_in(&token).status, 200);
    // The signature was for this card and for nothing else.
    let anywhere = world.active_card(&world.person("SE2399000013-1010"));
    let act = format!("/cards/{}/activation", anywhere.id);
    let version = tag(&karin, &format!("/cards/{}", anywhere.id));
    let body = json!({ "signature": asked.json["id"], "code_works": true });
    assert_eq!(
        no(&karin.change(&act, &version, &body)),
        is(409, "signature_gone")
    );
    world.work();
}

#[test]
fn a_check_that_does_not_hold_is_never_signed() {
    let site = Site::start();
    let card = site
        .world
        .sent_card(&site.world.maja(), DeliveryMethod::APost);
    let karin = Program::of(&site, KARIN);
    let with = |name: &str, value: Value| {
        let mut check = check(&site, &card);
        check[name] = value;
        let answer = karin.post("/signatures", &[], &check);
        (answer.status, answer.code().to_owned())
    };
    let is = |status, code: &str| (status, code.to_owned());
    let expired = with("document_valid_to", json!("2020-01-01"));
    assert_eq!(expired, is(409, "document_expired"));
    let short = with("document_valid_to", json!("24-05-01"));
    assert_eq!(short, is(422, "invalid_body"), "no year 24");
    let far = with("document_valid_to", json!("2093-05-30"));
    assert_eq!(far, is(422, "invalid_body"));
    let other = with("number_on_card", json!("9752269099999999"));
    assert_eq!(other, is(422, "wrong_card"));
    assert_eq!(with("steps", json!(["valid"])), is(409, "check_incomplete"));
    assert_eq!(with("steps", json!("all")), is(422, "invalid_body"));
    assert_eq!(
        with("face_compared", json!(false)),
        is(409, "photo_not_compared")
    );
    // Who tries with another document is found in the log, as at the counter.
    for code in ["document_expired", "wrong_card", "check_incomplete"] {
        assert_eq!(site.world.lines(card.id.0, "unlock", code), 1, "{code}");
    }
}

/// Has Karin sign what was asked for; gives the signature's id.
fn signed(karin: &Program<'_>, wanted: &Value) -> Value {
    let asked = karin.post("/signatures", &[], wanted);
    assert_eq!(asked.status, 201, "{asked:?}");
    let token = karin.id_token(KARIN, "loa3", &nonce(&asked));
    let answer = karin.hand_in(&address(&asked), &token);
    assert_eq!(answer.status, 200, "{answer:?}");
    asked.json["id"].clone()
}

#[test]
fn a_receipt_signed_with_ink_is_registered_by_the_officer_who_signs_that_it_is_kept() {
    let site = Site::start();
    let world = &site.world;
    let card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}", card.id);
    let early = json!({ "purpose": "paper_receipt", "card": card.id,
        "terms_version": cards_domain::receipt::TERMS_VERSION });
    let refused = karin.post("/signatures", &[], &early);
    assert_eq!(refused.status, 409, "nothing to sign for yet: {refused:?}");
    let id = signed(&karin, &check(&site, &card));
    let body = json!({ "signature": id, "code_works": true });
    let unlocked = karin.change(&format!("{path}/activation"), &tag(&karin, &path), &body);
    assert_eq!(unlocked.status, 200, "{unlocked:?}");
    let mut other = early.clone();
    other["terms_version"] = json!("1900-1");
    let wrong = karin.post("/signatures", &[], &other);
    assert_eq!(wrong.problem(), (409, "wrong_terms"));
    // What was signed for one thing is good for no other.
    let register = format!("{path}/paper-receipts");
    let misused = karin.change(
        &register,
        unlocked.header("etag"),
        &json!({ "signature": id }),
    );
    assert_eq!(misused.problem(), (409, "signature_gone"));
    let id = signed(&karin, &early);
    let kept = karin.change(
        &register,
        unlocked.header("etag"),
        &json!({ "signature": id }),
    );
    assert_eq!(
        (kept.status, &kept.json["stage"]),
        (200, &json!("active")),
        "{kept:?}"
    );
    world.work();
}

#[test]
fn a_locked_card_is_opened_at_a_visit_with_the_signed_check() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}", card.id);
    let mut wanted = check(&site, &card);
    wanted["purpose"] = json!("unlock");
    wanted["code_chosen"] = json!(true);
    let open = karin.post("/signatures", &[], &wanted);
    assert_eq!(open.problem(), (409, "code_not_locked"), "{open:?}");
    let lock = format!("{path}/locks");
    let locked = karin.change(&lock, &tag(&karin, &path), &json!({ "code": "pin1" }));
    assert_eq!(locked.status, 200, "{locked:?}");
    let id = signed(&karin, &wanted);
    let open = format!("{path}/visit-unlocks");
    let opened = karin.change(&open, locked.header("etag"), &json!({ "signature": id }));
    assert_eq!(opened.status, 200, "{opened:?}");
    let codes = opened.json["codes"].as_array().unwrap();
    let pin1 = codes.iter().find(|one| one["name"] == "pin1").unwrap();
    assert_ne!(pin1["stage"], "locked");
    world.work();
}
