//! What it costs to issue a certificate that has been asked for.

use cards_app::certificates::Issuing;
use cards_domain::certificate::Profile;

use super::spent;
use crate::certificates::crashes::asked_for;

/// Reading what is known (5) and the holder (2), the authorities (1), three steps that are kept one
/// by one (3), and the change with its line in the log (11).
const TO_ISSUE: u64 = 22;

#[test]
fn a_certificate_is_issued_in_as_many_statements_as_it_has_things_to_keep() {
    let (mut world, _, card, _) = asked_for();
    let issue = |profile| {
        let id = world.certificate(card.id, profile).id;
        let (issued, statements) = spent(&world, |link| world.app().issue(link, &[id]));
        assert!(
            matches!(issued.as_slice(), [Ok(Issuing::Issued)]),
            "{issued:?}"
        );
        statements
    };
    // With the first of all, the authorities themselves are kept.
    let (first, second) = (issue(Profile::HsaId), issue(Profile::PersonId));
    assert!(second <= TO_ISSUE, "{first} and {second} statements");
    world.may_leave_errands = true;
}

#[test]
fn a_set_of_certificates_costs_as_many_statements_as_one() {
    let (mut world, _, card, _) = asked_for();
    let ids = [Profile::HsaId, Profile::PersonId].map(|it| world.certificate(card.id, it).id);
    world.app().keep_authorities(&mut world.link()).unwrap();
    let (issued, statements) = spent(&world, |link| world.app().issue(link, &ids));
    assert!(issued.iter().all(|one| matches!(one, Ok(Issuing::Issued))));
    assert!(statements <= TO_ISSUE, "{statements} statements");
    world.may_leave_errands = true;
}
