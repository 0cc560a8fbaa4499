//! Many certificates issued at once: each goes on from where it is, and none stands in the way of
//! another.

use cards_acceptance::World;
use cards_app::Failure;
use cards_app::certificates::Issuing;
use cards_domain::card::Card;
use cards_domain::certificate::{CertificateStage, Profile};
use cards_domain::ids::CertificateId;
use diesel::connection::SimpleConnection as _;

use super::crashes::{asked_for, steps, stop_the_card};
use super::{issuance, stages};

fn issue(world: &World, ids: &[CertificateId]) -> Vec<Result<Issuing, Failure>> {
    world.app().issue(&mut world.link(), ids)
}

fn both(world: &World, card: &Card) -> [CertificateId; 2] {
    [Profile::HsaId, Profile::PersonId].map(|profile| world.certificate(card.id, profile).id)
}

#[test]
fn each_goes_on_from_the_step_that_it_has_come_to() {
    for ahead in 0..=3 {
        let (mut world, authority, card, _) = asked_for();
        let ids @ [first, second] = both(&world, &card);
        steps(&world, first, ahead);
        let before = issuance(&world, first);
        let done = issue(&world, &ids);
        assert!(
            matches!(done.as_slice(), [Ok(Issuing::Issued), Ok(Issuing::Issued)]),
            "{done:?}"
        );
        let after = issuance(&world, first);
        assert!(before.reserved.is_none() || before.reserved == after.reserved);
        assert!(before.signed.is_none() || before.signed == after.signed);
        assert_ne!(after.reserved, issuance(&world, second).reserved);
        assert_eq!(stages(&world, &card), [CertificateStage::Issued; 2]);
        assert_eq!(authority.signed().len(), 2);
        for id in ids {
            assert_eq!(world.lines(id.0, "issue", "done"), 1);
        }
        world.may_leave_errands = true;
    }
}

#[test]
fn one_that_cannot_be_read_does_not_stop_the_other() {
    let (mut world, _, card, _) = asked_for();
    let ids @ [broken, whole] = both(&world, &card);
    let break_it = format!(
        "SET session_replication_role = replica; \
         UPDATE issuance SET request = '\\x00' WHERE certificate_id = '{broken}'"
    );
    world.database.connect().batch_execute(&break_it).unwrap();
    let done = issue(&world, &ids);
    assert!(
        matches!(
            done.as_slice(),
            [Err(Failure::Broken(_)), Ok(Issuing::Issued)]
        ),
        "{done:?}"
    );
    assert_eq!(world.lines(whole.0, "issue", "done"), 1);
    assert_eq!(world.lines(broken.0, "issue", "done"), 0);
    world.may_leave_errands = true;
}

#[test]
fn one_whose_card_has_ended_is_passed_over_and_not_signed() {
    let (mut world, authority, card, _) = asked_for();
    let ids @ [first, _] = both(&world, &card);
    steps(&world, first, 1);
    stop_the_card(&world, &card);
    let nobody = CertificateId(uuid::Uuid::from_u128(7));
    let done = issue(&world, &[ids[0], nobody, ids[1]]);
    assert!(
        matches!(
            done.as_slice(),
            [Ok(Issuing::Done), Err(Failure::NotFound), Ok(Issuing::Done)]
        ),
        "{done:?}"
    );
    assert_eq!(authority.signed().len(), 0);
    world.may_leave_errands = true;
}
