//! The proof of the card: by its own key, for this task, this challenge.

use cards_domain::card::RevocationReason;
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::certificate::Profile;

use super::kit::{Chip, Client, offer, site, stage};

#[test]
fn another_cards_certificate_proves_nothing() {
    let site = site();
    let world = &site.world;
    let (maja, leo) = (world.maja(), world.person("SE2399000013-1009"));
    let (hers, his) = (world.active_card(&maja), world.active_card(&leo));
    let offered = offer(world, &maja.call(), TaskKind::Register, &hers);
    let client = Client::with(&site, &offered);
    let told = client.prove(&Chip::of(world, &his));
    assert_eq!(told.code(), (422, "wrong_card"));
    assert_eq!(stage(world, offered.id), TaskStage::Begun);
    assert_eq!(world.lines(offered.id.0, "prove", "wrong_card"), 1);
}

#[test]
fn what_was_signed_for_another_challenge_or_by_another_key_does_not_hold() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let chip = Chip::of(world, &card);
    let first = offer(world, &maja.call(), TaskKind::Register, &card);
    let old = Client::with(&site, &first);
    let again = offer(world, &maja.call(), TaskKind::Register, &card);
    let client = Client::with(&site, &again);
    let told = client.post("proof", &chip.proof(&old.text()));
    assert_eq!(told.code(), (422, "proof_does_not_hold"));
    // The one certificate with the other key's signature.
    let mut mixed = chip.proof(&client.text());
    mixed["signature"] = chip.proof_by("person_id", &client.text())["signature"].clone();
    assert_eq!(
        client.post("proof", &mixed).code(),
        (422, "proof_does_not_hold")
    );
    assert_eq!(world.lines(first.id.0, "prove", "proof_does_not_hold"), 2);
    assert_eq!(
        client
            .post("proof", &chip.proof_in_der(&client.text()))
            .status,
        204
    );
}

#[test]
fn a_revoked_certificate_proves_nothing_and_the_other_pair_still_does() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = world.active_card(&maja);
    let offered = offer(world, &maja.call(), TaskKind::Register, &card);
    let client = Client::with(&site, &offered);
    let revoked = world.certificate(card.id, Profile::HsaId);
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    let reason = (RevocationReason::CodesCompromised, four.as_str());
    world
        .app()
        .revoke_pair(&mut world.link(), &maja.call(), revoked.id, reason)
        .unwrap();
    let chip = Chip::of(world, &card);
    assert_eq!(client.prove(&chip).code(), (422, "certificate_revoked"));
    let other = chip.proof_by("person_id", &client.text());
    assert_eq!(client.post("proof", &other).status, 204);
    world.work();
}
