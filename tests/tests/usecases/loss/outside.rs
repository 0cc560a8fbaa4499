//! What must be done outside, by product and reason, and that the case waits for it.

use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::revocation::{
    ExternalStep, NotApplicable, Reporter, RevocationAction, RevocationStage, StepOutcome,
};
use chrono::NaiveDate;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 1, 7).unwrap()
}

fn done(step: ExternalStep) -> RevocationAction {
    let outcome = StepOutcome::DoneByHolder {
        on: today(),
        reference: None,
    };
    RevocationAction::Record { step, outcome }
}

/// The steps that a report for this reason asks for, on a card of this product.
fn steps(number: &str, sis: bool, reason: RevocationReason) -> (World, Card, Revocation) {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let card = world.made_older(&card, number, sis);
    let said = told(&card, reason, Reporter::HolderInPerson);
    let case = tell(&world, &world.karin().call(), &card, &said).unwrap();
    world.work();
    (world, card, case)
}

fn named(case: &Revocation) -> Vec<ExternalStep> {
    case.steps.iter().map(|own| own.step).collect()
}

/// Proves: 3-34 3-35
#[test]
fn example_5_a_lost_sis_marked_641_is_open_until_telia_and_the_police_have_an_outcome() {
    let (world, card, case) = steps("641", true, RevocationReason::Lost);
    assert_eq!(named(&case), [ExternalStep::Telia, ExternalStep::Police]);
    assert_eq!(case.stage, RevocationStage::ExternalStepsPending);
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    let karin = world.karin().call();
    let promised = RevocationAction::Record {
        step: ExternalStep::Telia,
        outcome: StepOutcome::HolderWillDo { by: today() },
    };
    let stage = act(&world, &karin, &case, &promised).unwrap();
    assert_eq!(
        stage,
        RevocationStage::ExternalStepsPending,
        "promised only"
    );
    let stage = act(
        &world,
        &world.maja().call(),
        &case,
        &done(ExternalStep::Police),
    )
    .unwrap();
    assert_eq!(
        stage,
        RevocationStage::ExternalStepsPending,
        "Telia is left"
    );
    let stage = act(&world, &karin, &case, &done(ExternalStep::Telia)).unwrap();
    assert_eq!(stage, RevocationStage::Closed);
    let late = act(&world, &karin, &case, &done(ExternalStep::Telia));
    assert_eq!(refusal(late), Refusal::CaseEnded);
}

/// The card has ended and so has the employment, but Telia has not been told: whoever follows the list
/// must still reach the case.
#[test]
fn an_open_case_is_reached_after_its_holder_has_left_and_a_closed_one_no_more() {
    use diesel::prelude::*;
    let (world, card, case) = steps("641", false, RevocationReason::Lost);
    let karin = world.karin().call();
    diesel::sql_query("UPDATE post SET last_day = '2030-01-06' WHERE person_id = $1")
        .bind::<diesel::sql_types::Uuid, _>(card.person.0)
        .execute(&mut world.database.connect())
        .unwrap();
    let reached = |world: &World| {
        let mut link = world.link();
        let page = world.app().case_page(&mut link, &karin, case.id);
        page.is_ok()
    };
    assert!(reached(&world));
    act(&world, &karin, &case, &done(ExternalStep::Telia)).unwrap();
    assert!(!reached(&world), "nothing is left to do");
}

/// Proves: 3-34
#[test]
fn a_card_without_product_number_is_revoked_at_telia_too() {
    let (_, _, case) = steps("", false, RevocationReason::CodesCompromised);
    assert_eq!(named(&case), [ExternalStep::Telia]);
}

/// Proves: 3-34 3-35
#[test]
fn a_known_code_on_a_sis_marked_older_card_asks_for_telia_and_not_for_the_police() {
    let (_, _, case) = steps("641", true, RevocationReason::CodesCompromised);
    assert_eq!(named(&case), [ExternalStep::Telia]);
}

/// Proves: 3-35
#[test]
fn a_stolen_sis_marked_card_of_the_newer_kind_is_reported_to_the_police_alone() {
    let (_, _, case) = steps("752", true, RevocationReason::Stolen);
    assert_eq!(named(&case), [ExternalStep::Police]);
}

#[test]
fn an_older_card_that_was_returned_or_is_damaged_asks_for_nothing_outside() {
    for reason in [RevocationReason::Returned, RevocationReason::CardDamaged] {
        let (_, _, case) = steps("512", false, reason);
        assert_eq!(named(&case), []);
        assert_eq!(case.stage, RevocationStage::Closed);
    }
}

#[test]
fn a_reserve_card_settles_the_step_at_telia_and_only_an_officer_says_so() {
    let (world, card, case) = steps("512", false, RevocationReason::Lost);
    let not_applicable = RevocationAction::Record {
        step: ExternalStep::Telia,
        outcome: StepOutcome::NotApplicable {
            why: NotApplicable::ReserveCard,
        },
    };
    let maja = world.maja().call();
    let answer = act(&world, &maja, &case, &not_applicable);
    assert_eq!(refusal(answer), Refusal::NotYourRole);
    let tomorrow = RevocationAction::Record {
        step: ExternalStep::Telia,
        outcome: StepOutcome::DoneByHolder {
            on: today().succ_opt().unwrap(),
            reference: None,
        },
    };
    let answer = act(&world, &maja, &case, &tomorrow);
    assert_eq!(refusal(answer), Refusal::DayInTheFuture);
    let karin = world.karin().call();
    act(&world, &karin, &case, &not_applicable).unwrap();
    let closed = case_now(&world, &card, case.id);
    assert_eq!(closed.stage, RevocationStage::Closed);
    assert_eq!(world.lines(case.id.0, "record", "done"), 1);
}
