//! Cards that are lost, stolen or known, by example: who revokes in whose name, and what must be done
//! outside.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use cards_domain::access::{Actor, Loa, Role};
use cards_domain::card::{Card, CardAction, CardStageName, RevocationReason};
use cards_domain::deadline::DeadlineRule;
use cards_domain::lifecycle::Lifecycle;
use cards_domain::order::OrderStage;
use cards_domain::product::CodeDelivery;
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{
    ExternalStep, Reporter, Revocation, RevocationAction, RevocationStage, StepOutcomeName,
    external_steps,
};
use strum::IntoEnumIterator;
use world::World;
use world::given;
use world::ready::{active, card, officer, posted, with_role};

/// The table of steps outside, in other words than the rule's: which reasons ask for Telia on an
/// older card, and which for the police on an identity card.
#[test]
fn example_5_what_is_done_outside_follows_from_reason_and_product() {
    use RevocationReason as R;
    let telia_for = [R::Lost, R::Stolen, R::CodesCompromised, R::Misuse];
    let police_for = [R::Lost, R::Stolen, R::Misuse];
    let products = [
        ("", true),
        ("541", true),
        ("641", true),
        ("473", true),
        ("711", false),
    ];
    for reason in R::iter() {
        for (product, older) in products {
            for sis_marked in [false, true] {
                let telia = older && telia_for.contains(&reason);
                let police = sis_marked && police_for.contains(&reason);
                let mut expected = Vec::from_iter(telia.then_some(ExternalStep::Telia));
                expected.extend(police.then_some(ExternalStep::Police));
                let number = given::product_number(product);
                let steps = external_steps(reason, number.as_ref(), sis_marked);
                assert_eq!(steps, expected, "{reason:?} {product:?} {sis_marked}");
            }
        }
    }
}

/// The case that the officer opens for the active card: where it stands, and what is left.
fn case(product: &str, sis_marked: bool, reason: RevocationReason) -> World {
    let mut world = active(product);
    world.product.sis_marked = sis_marked;
    let own = card(&world).clone();
    let told = world.report(&officer(), &own, reason, Reporter::HolderInPerson);
    assert_eq!(told, Ok(()));
    world
}

fn stage(world: &World) -> RevocationStage {
    world.cases.values().next_back().unwrap().stage
}

fn record(world: &mut World, by: &Actor, step: ExternalStep, name: StepOutcomeName) -> bool {
    let outcome = world.step_outcome(name);
    let action = RevocationAction::Record { step, outcome };
    world.on_case(by, &action) == Some(Ok(()))
}

#[test]
fn example_5_a_lost_541_stays_open_until_every_step_outside_has_an_outcome() {
    use StepOutcomeName as O;
    let mut world = case("541", true, RevocationReason::Lost);
    assert_eq!(card(&world).stage(), CardStageName::Revoked);
    assert_eq!(stage(&world), RevocationStage::ExternalStepsPending);
    assert!(record(
        &mut world,
        &officer(),
        ExternalStep::Telia,
        O::HolderWillDo
    ));
    assert!(record(
        &mut world,
        &officer(),
        ExternalStep::Police,
        O::DoneByHolder
    ));
    assert_eq!(stage(&world), RevocationStage::ExternalStepsPending);
    let holder = given::holder_at(Loa::Loa2);
    assert!(!record(
        &mut world,
        &holder,
        ExternalStep::Telia,
        O::NotApplicable
    ));
    assert!(!record(
        &mut world,
        &holder,
        ExternalStep::Telia,
        O::DoneByUs
    ));
    assert!(record(
        &mut world,
        &holder,
        ExternalStep::Telia,
        O::DoneByHolder
    ));
    assert_eq!(stage(&world), RevocationStage::Closed);
}

#[test]
fn example_5_a_541_that_was_returned_asks_for_nothing_and_a_known_code_for_no_police() {
    let returned = case("541", true, RevocationReason::Returned);
    assert_eq!(stage(&returned), RevocationStage::Closed);
    let mut known = case("541", true, RevocationReason::CodesCompromised);
    let police = record(
        &mut known,
        &officer(),
        ExternalStep::Police,
        StepOutcomeName::DoneByHolder,
    );
    assert!(!police, "a step that is not asked for");
    assert_eq!(stage(&known), RevocationStage::ExternalStepsPending);
    let newer = case("711", true, RevocationReason::CodesCompromised);
    assert_eq!(stage(&newer), RevocationStage::Closed);
}

#[test]
fn example_11_a_card_lost_before_it_was_fetched_is_revoked_and_its_order_ends() {
    for loa in Loa::iter() {
        let mut world = posted("711", CodeDelivery::ChosenAtActivation);
        let own = card(&world).clone();
        let by = given::holder_at(loa);
        let told = world.report(&by, &own, RevocationReason::Lost, Reporter::HolderLoggedIn);
        assert_eq!(told, Ok(()));
        assert_eq!(card(&world).stage(), CardStageName::Revoked);
        let order = world.orders.values().next().unwrap();
        assert_eq!(order.stage, OrderStage::Cancelled);
        assert_eq!(stage(&world), RevocationStage::Closed);
    }
}

#[test]
fn the_servicedesk_revokes_for_a_loss_told_by_whom_it_has_called_back_and_for_nothing_else() {
    let world = active("711");
    let desk = with_role(Role::Servicedesk);
    for reason in RevocationReason::iter() {
        for reporter in Reporter::iter() {
            let mut world = world.clone();
            let own = card(&world).clone();
            let told = world.report(&desk, &own, reason, reporter);
            let registers = reason.is_loss()
                && matches!(reporter, Reporter::CalledBack | Reporter::UnverifiedCaller);
            assert_eq!(told.is_ok(), registers, "{reason:?} {reporter:?}");
            let revoked = card(&world).stage() == CardStageName::Revoked;
            let verified = reporter == Reporter::CalledBack;
            assert_eq!(revoked, registers && verified, "{reason:?} {reporter:?}");
        }
    }
}

/// What is not a loss waits for an officer with the right to revoke, also when the
/// caller has been called back.
#[test]
fn the_servicedesk_carries_out_no_report_that_it_could_not_have_made() {
    for (reason, expected) in [
        (RevocationReason::Lost, Ok(())),
        (RevocationReason::Misuse, Err(Refusal::NotYourRole)),
    ] {
        let mut world = active("711");
        let own = card(&world).clone();
        let caller = Reporter::UnverifiedCaller;
        assert_eq!(world.report(&officer(), &own, reason, caller), Ok(()));
        let desk = with_role(Role::Servicedesk);
        let execute = world.execution();
        let executed = world.clone().on_case(&desk, &execute);
        assert_eq!(executed, Some(expected), "{reason:?}");
        let executed = world.on_case(&officer(), &execute);
        assert_eq!(executed, Some(Ok(())));
    }
}

#[test]
fn an_unknown_caller_revokes_nothing_and_keeps_nobody_who_is_known_from_it() {
    let mut world = active("711");
    let own = card(&world).clone();
    let caller = Reporter::UnverifiedCaller;
    let tell = |world: &mut World, by: &Actor, reporter| {
        world.report(by, &own, RevocationReason::Lost, reporter)
    };
    assert_eq!(tell(&mut world, &officer(), caller), Ok(()));
    assert_eq!(card(&world).stage(), CardStageName::Active);
    let waiting = world.cases.values().next().unwrap().id.0;
    assert!(world.runs(DeadlineRule::CallerCallback, waiting));
    world.now += chrono::Duration::days(2);
    world.night();
    assert!(
        world.runs(DeadlineRule::CallerCallback, waiting),
        "no run calls"
    );
    let again = tell(&mut world, &officer(), caller);
    assert_eq!(again, Err(Refusal::AlreadyReported));
    let known = tell(&mut world, &given::holder(), Reporter::HolderLoggedIn);
    assert_eq!(known, Ok(()));
    assert_eq!(card(&world).stage(), CardStageName::Revoked);
}

/// Whoever says more, the card's own end closes the report: nobody is called back in vain, and
/// nothing in it is left for anybody to judge.
#[test]
fn a_report_that_waits_is_closed_in_the_moment_the_card_ends_in_another_way() {
    let mut world = active("711");
    let own = card(&world).clone();
    let caller = Reporter::UnverifiedCaller;
    let told = world.report(&officer(), &own, RevocationReason::Lost, caller);
    assert_eq!(told, Ok(()));
    let waiting = world.cases.values().next().unwrap().id.0;
    let reporter = Reporter::HolderLoggedIn;
    let known = world.report(&given::holder(), &own, RevocationReason::Stolen, reporter);
    assert_eq!(known, Ok(()));
    let closed = &world.cases[&waiting];
    assert_eq!(closed.stage, RevocationStage::Withdrawn);
    assert_eq!(
        closed.executed_at, None,
        "the other case revoked, not this one"
    );
    assert!(!world.runs(DeadlineRule::CallerCallback, waiting));
    for action in [RevocationAction::Withdraw, world.execution_of(Some(own.id))] {
        let late = world.act::<Revocation>(&officer(), waiting, &action);
        assert_eq!(late, Err(Refusal::CaseEnded));
    }
    let by_hand = RevocationAction::EndWithCard;
    let refused = world.act::<Revocation>(&officer(), waiting, &by_hand);
    assert!(refused.is_err(), "the ledger alone ends it so");
}

#[test]
fn a_report_is_closed_when_the_validity_of_its_card_is_over() {
    let mut world = active("711");
    let own = card(&world).clone();
    let caller = Reporter::UnverifiedCaller;
    let told = world.report(&officer(), &own, RevocationReason::Lost, caller);
    assert_eq!(told, Ok(()));
    world.now += chrono::Duration::days(2_000);
    world.night();
    assert_eq!(card(&world).stage(), CardStageName::Expired);
    assert_eq!(stage(&world), RevocationStage::Withdrawn);
}

/// Situation R44: what was reported can be taken back until it is carried out, and never after.
#[test]
fn r44_a_report_is_taken_back_before_it_is_carried_out_and_never_afterwards() {
    let mut world = active("711");
    let own = card(&world).clone();
    let reason = RevocationReason::Lost;
    let told = world.report(&officer(), &own, reason, Reporter::UnverifiedCaller);
    assert_eq!(told, Ok(()));
    let mut taken_back = world.clone();
    let withdrawn = taken_back.on_case(&officer(), &RevocationAction::Withdraw);
    assert_eq!(withdrawn, Some(Ok(())));
    assert_eq!(card(&taken_back).stage(), CardStageName::Active);
    assert!(
        taken_back
            .clocks
            .keys()
            .all(|(rule, _)| *rule != "caller_callback")
    );
    let execute = world.execution();
    let executed = world.on_case(&officer(), &execute);
    assert_eq!(executed, Some(Ok(())));
    let late = world.on_case(&officer(), &RevocationAction::Withdraw);
    assert_eq!(late, Some(Err(Refusal::CardRevoked)));
}

/// Carrying out a report is as final as telling one: it asks for the same four digits.
#[test]
fn a_report_is_carried_out_with_the_digits_of_its_own_card_and_of_no_other() {
    let mut world = active("711");
    let own = card(&world).clone();
    let caller = Reporter::UnverifiedCaller;
    let told = world.report(&officer(), &own, RevocationReason::Lost, caller);
    assert_eq!(told, Ok(()));
    let mistyped = RevocationAction::Execute {
        last_four: given::card_number(0).last_four().to_owned(),
    };
    let refused = world.on_case(&officer(), &mistyped);
    assert_eq!(refused, Some(Err(Refusal::LastFourWrong)));
    assert_eq!(card(&world).stage(), CardStageName::Active);
    let execute = world.execution();
    assert_eq!(world.on_case(&officer(), &execute), Some(Ok(())));
    assert_eq!(card(&world).stage(), CardStageName::Revoked);
}

#[test]
fn a_holder_gives_no_reason_but_loss_and_nobody_confirms_with_another_cards_digits() {
    let world = active("711");
    let own = card(&world).clone();
    for reason in RevocationReason::iter() {
        let mut world = world.clone();
        let told = world.report(&given::holder(), &own, reason, Reporter::HolderLoggedIn);
        let expected = if reason.is_loss() {
            Ok(())
        } else {
            Err(Refusal::ReasonNotForPeople)
        };
        assert_eq!(told, expected, "{reason:?}");
    }
    let mistyped = Card {
        number: Some(given::card_number(0)),
        ..own
    };
    let (reason, reporter) = (RevocationReason::Lost, Reporter::HolderInPerson);
    let told = world
        .clone()
        .report(&officer(), &mistyped, reason, reporter);
    assert_eq!(told, Err(Refusal::LastFourWrong));
}

#[test]
fn nobody_revokes_a_card_without_a_case() {
    let world = active("711");
    let id = card(&world).id.0;
    let reason = RevocationReason::Lost;
    let everybody = Role::iter().map(with_role);
    for by in everybody.chain([officer(), given::holder()]) {
        let mut world = world.clone();
        let refused = world.act::<Card>(&by, id, &CardAction::Revoke { reason });
        assert!(refused.is_err(), "{by:?}");
    }
}

#[test]
fn a_holder_neither_carries_out_what_is_not_a_loss_nor_takes_any_report_back() {
    for reason in [RevocationReason::Misuse, RevocationReason::Lost] {
        let mut world = active("711");
        let own = card(&world).clone();
        let caller = Reporter::UnverifiedCaller;
        assert_eq!(world.report(&officer(), &own, reason, caller), Ok(()));
        let refused = world.on_case(&given::holder(), &RevocationAction::Withdraw);
        assert_eq!(refused, Some(Err(Refusal::NotYourRole)));
        let execute = world.execution();
        let execute = world.on_case(&given::holder(), &execute);
        let expected = if reason.is_loss() {
            Ok(())
        } else {
            Err(Refusal::ReasonNotForPeople)
        };
        assert_eq!(execute, Some(expected));
    }
}
