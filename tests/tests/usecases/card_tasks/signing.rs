//! Certificates for signing: fetched to the card, and taken off it again.

use cards_app::Failure;
use cards_app::card_tasks::TaskWish;
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::certificate::{CertificateStage, Profile, Usage};
use cards_domain::refusal::Refusal;
use serde_json::json;

use super::kit::{
    Chip, Client, Key, fetch_signing, low, offer, site, stage, told, try_offer, wish,
};
use super::refusal;

#[test]
fn both_certificates_for_signing_come_to_the_card_and_the_manufacturer_hears_of_none() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let handed =
        || std::fs::read_dir(world.folder().join("manufacturer/outbox")).map(Iterator::count);
    let before = handed().ok();
    let offered = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    let client = Client::with(&site, &offered);
    let (work, own) = (Key::new(), Key::new());
    assert_eq!(
        client.request("hsa_id", &work).code(),
        (403, "proof_needed")
    );
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(client.sheet().json["proved"], true);
    let first = told(&client.request("hsa_id", &work));
    assert_eq!(
        told(&client.request("hsa_id", &work)),
        first,
        "the same key"
    );
    assert_eq!(
        client.request("person_id", &work).code(),
        (422, "key_in_use")
    );
    assert_eq!(
        client.written(&first, &work).code(),
        (422, "certificate_not_there")
    );
    world.work();
    let second = told(&client.request("person_id", &own));
    assert_eq!(
        client.written(&first, &own).code(),
        (422, "proof_does_not_hold")
    );
    for _ in 0..2 {
        assert_eq!(client.written(&first, &work).status, 204);
    }
    assert_eq!(stage(world, offered.id), TaskStage::Begun);
    world.work();
    let sheet = client.sheet().json;
    let listed = sheet["certificates"].as_array().unwrap();
    let fetched = listed
        .iter()
        .find(|one| one["id"] == second.as_str())
        .unwrap();
    assert_eq!(fetched["stage"], "issued");
    assert!(fetched["der"].is_string() && fetched["key"].as_str().unwrap().len() == 64);
    assert_eq!(client.written(&second, &own).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    let stages: Vec<_> = world
        .certificates(card.id)
        .iter()
        .map(|one| one.stage)
        .collect();
    assert_eq!(stages, [CertificateStage::Active; 4]);
    assert_eq!(handed().ok(), before);
    let again = try_offer(world, &maja.call(), wish(TaskKind::FetchSigning, &card));
    assert_eq!(refusal(again), Refusal::NothingToFetch);
}

#[test]
fn a_client_that_was_killed_goes_on_with_the_same_certificate() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let chip = Chip::of(world, &card);
    let (work, own) = (Key::new(), Key::new());
    let offered = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    let killed = Client::with(&site, &offered);
    assert_eq!(killed.prove(&chip).status, 204);
    let certificate = told(&killed.request("hsa_id", &work));
    world.work();

    let again = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    assert_eq!(again.id, offered.id);
    let client = Client::with(&site, &again);
    assert_eq!(client.sheet["proved"], false);
    assert_eq!(
        client.written(&certificate, &work).code(),
        (403, "proof_needed")
    );
    assert_eq!(client.prove(&chip).status, 204);
    assert_eq!(told(&client.request("hsa_id", &work)), certificate);
    assert_eq!(client.written(&certificate, &work).status, 204);
    let other = told(&client.request("person_id", &own));
    world.work();
    assert_eq!(client.written(&other, &own).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    assert_eq!(world.certificates(card.id).len(), 4);
}

#[test]
fn a_key_of_another_card_is_not_used_again() {
    let site = site();
    let world = &site.world;
    let (maja, leo) = (world.maja(), world.person("SE2399000013-1009"));
    let (hers, his) = (world.active_card(&maja), world.active_card(&leo));
    let keys = fetch_signing(&site, &leo, &his);
    let offered = offer(world, &maja.call(), TaskKind::FetchSigning, &hers);
    let client = Client::with(&site, &offered);
    assert_eq!(client.prove(&Chip::of(world, &hers)).status, 204);
    let tried = client.request("hsa_id", &keys["hsa_id"]);
    assert_eq!(tried.code(), (422, "key_in_use"));
    let nonsense = json!({ "profile": "hsa_id", "request": "AAAA" });
    let tried = client.post("requests", &nonsense);
    assert_eq!(tried.code(), (422, "proof_does_not_hold"));
}

#[test]
fn nobody_who_is_logged_in_at_level_two_fetches_certificates() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let low = low(&maja);
    let tried = try_offer(world, &low, wish(TaskKind::FetchSigning, &card));
    assert_eq!(refusal(tried), Refusal::AssuranceTooLow);
    assert!(try_offer(world, &low, wish(TaskKind::TestCard, &card)).is_ok());
}

#[test]
fn a_certificate_leaves_the_card_and_stays_valid() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    fetch_signing(&site, &maja, &card);
    let signing = world.certificates(card.id).into_iter();
    let mut signing = signing.filter(|one| one.usage == Usage::Signature);
    let own = signing.find(|one| one.profile == Profile::HsaId).unwrap();
    let without_pair = try_offer(
        world,
        &maja.call(),
        wish(TaskKind::DeleteCertificate, &card),
    );
    assert_eq!(refusal(without_pair), Refusal::CertificateNotThere);
    let wanted = TaskWish {
        pair: Some(own.pair),
        ..wish(TaskKind::DeleteCertificate, &card)
    };
    let offered = try_offer(world, &maja.call(), wanted).unwrap();
    let client = Client::with(&site, &offered);
    let id = own.id.to_string();
    assert_eq!(client.sheet["remove"], json!([id]));
    let body = json!({ "certificate": id });
    assert_eq!(client.post("deleted", &body).code(), (403, "proof_needed"));
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    let others = signing
        .find(|one| one.profile == Profile::PersonId)
        .unwrap()
        .id
        .to_string();
    let wrong = client.post("deleted", &json!({ "certificate": others }));
    assert_eq!(wrong.code(), (422, "certificate_not_there"));
    assert_eq!(client.post("deleted", &body).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    let after = world
        .certificates(card.id)
        .into_iter()
        .find(|one| one.id == own.id);
    assert_eq!(after.unwrap().stage, CertificateStage::OffCard);

    // The key went with it, so another one is fetched in its place.
    let offered = offer(world, &maja.call(), TaskKind::FetchSigning, &card);
    let client = Client::with(&site, &offered);
    let lacking = json!([{ "profile": "hsa_id", "usage": "signature" }]);
    assert_eq!(client.sheet["wanted"], lacking);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    let key = Key::new();
    let certificate = told(&client.request("hsa_id", &key));
    world.work();
    assert_eq!(client.written(&certificate, &key).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
}

#[test]
fn a_card_that_has_not_been_signed_for_gets_no_certificates() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.sent_card(&maja, cards_domain::delivery::DeliveryMethod::APost);
    let tried = try_offer(world, &maja.call(), wish(TaskKind::FetchSigning, &card));
    assert_eq!(refusal(tried), Refusal::CardNotActivated);
    world
        .unlock(&world.karin().call(), &card, &world.check(&card, &maja))
        .unwrap();
    let tried: Result<_, Failure> =
        try_offer(world, &maja.call(), wish(TaskKind::FetchSigning, &card));
    assert_eq!(refusal(tried), Refusal::ReceiptNotSigned);
    world.work();
}
