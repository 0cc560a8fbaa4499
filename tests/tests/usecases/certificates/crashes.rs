//! Issuing that is broken off: after every step the record is such that the certificate can be
//! revoked, and whoever goes on goes on with the same serial.

use std::sync::Arc;

use cards_acceptance::World;
use cards_acceptance::authority::{Stop, TestAuthority};
use cards_app::certificates::Issuing;
use cards_domain::card::Card;
use cards_domain::certificate::{CertificateStage, Profile};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CertificateId;
use cards_domain::order::{Order, OrderAction};
use chrono::Duration;

use super::{is_revoked, issuance, listed, stages, status, world};

/// The steps, in their order.
const STEPS: [Issuing; 4] = [
    Issuing::Reserved,
    Issuing::Prepared,
    Issuing::Signed,
    Issuing::Issued,
];

/// A card at the manufacturer whose certificates have only been asked for.
pub fn asked_for() -> (World, Arc<TestAuthority>, Card, CertificateId) {
    let (world, authority) = world();
    authority.stop(Stop::AtReserving);
    let order = world.order(&world.maja(), DeliveryMethod::APost);
    world.work();
    authority.stop(Stop::Never);
    let card = world.card(world.order_now(order.id).card.unwrap());
    let certificate = world.certificate(card.id, Profile::HsaId);
    assert_eq!(certificate.stage, CertificateStage::Requested);
    (world, authority, card, certificate.id)
}

/// Does so many steps, and then is gone.
pub fn steps(world: &World, id: CertificateId, how_many: usize) {
    for step in STEPS.into_iter().take(how_many) {
        let mut link = world.link();
        let done = world.app().next_step_of_issuing(&mut link, id).unwrap();
        assert_eq!(done, step);
    }
}

fn goes_on(world: &World) {
    world.advance(Duration::minutes(1));
    world.work();
}

pub fn stop_the_card(world: &World, card: &Card) {
    let mut link = world.link();
    let call = world.karin().call();
    let order = card.order.0;
    world
        .app()
        .ledger
        .act::<Order>(&mut link, &call, order, &OrderAction::Cancel)
        .unwrap();
}

#[test]
fn after_every_step_the_next_run_finishes_with_the_same_serial() {
    for broken_off_after in 0..=STEPS.len() {
        let (world, _, card, id) = asked_for();
        steps(&world, id, broken_off_after);
        let before = issuance(&world, id);
        goes_on(&world);
        let after = issuance(&world, id);
        assert_eq!(stages(&world, &card), [CertificateStage::Active; 2]);
        if let Some(reserved) = before.reserved {
            assert_eq!(Some(reserved), after.reserved, "{broken_off_after}");
        }
        if let Some(prepared) = before.prepared {
            assert!(Some(prepared) == after.prepared, "{broken_off_after}");
        }
        if let Some(signed) = before.signed {
            assert!(Some(signed) == after.signed, "{broken_off_after}");
        }
        assert_eq!(world.lines(id.0, "issue", "done"), 1);
    }
}

#[test]
fn after_every_step_a_card_that_ends_takes_the_certificate_with_it() {
    for broken_off_after in 0..=STEPS.len() {
        let (world, authority, card, id) = asked_for();
        steps(&world, id, broken_off_after);
        stop_the_card(&world, &card);
        assert_eq!(stages(&world, &card), [CertificateStage::Revoked; 2]);
        let has_serial = broken_off_after > 0;
        assert_eq!(is_revoked(status(&world, id)), has_serial, "told at once");
        goes_on(&world);
        // Nobody signs what has been revoked meanwhile, and whatever has a serial is on its list.
        assert_eq!(stages(&world, &card), [CertificateStage::Revoked; 2]);
        assert_eq!(authority.signed().len(), usize::from(broken_off_after > 2));
        if has_serial {
            let serial = super::serial(&world, id);
            assert!(listed(&world, &authority, id).contains(&serial));
        }
    }
}

#[test]
fn what_was_signed_and_lost_on_the_way_is_signed_again_under_the_same_serial() {
    let (world, authority, card, id) = asked_for();
    authority.stop(Stop::AfterSigning);
    steps(&world, id, 2);
    let mut link = world.link();
    let lost = world.app().next_step_of_issuing(&mut link, id);
    assert!(lost.is_err(), "the answer was lost");
    let reserved = issuance(&world, id).reserved.unwrap();
    assert!(issuance(&world, id).signed.is_none());
    authority.stop(Stop::Never);
    goes_on(&world);
    assert_eq!(stages(&world, &card), [CertificateStage::Active; 2]);
    assert_eq!(issuance(&world, id).reserved.unwrap(), reserved);
    let serials: Vec<String> = authority
        .signed()
        .iter()
        .map(|der| super::openssl::serial_of(der))
        .collect();
    let same = serials.iter().filter(|one| **one == reserved.serial);
    assert_eq!(
        same.count(),
        2,
        "the lost one can be revoked with the other"
    );
}

#[test]
fn a_card_that_is_revoked_while_its_certificate_is_signed_leaves_a_revoked_one() {
    let (world, authority, card, id) = asked_for();
    steps(&world, id, 3);
    stop_the_card(&world, &card);
    let mut link = world.link();
    let step = world.app().next_step_of_issuing(&mut link, id).unwrap();
    assert_eq!(step, Issuing::Done);
    goes_on(&world);
    let serial = super::serial(&world, id);
    assert!(listed(&world, &authority, id).contains(&serial));
    assert_eq!(world.lines(id.0, "issue", "done"), 0);
}
