//! A caller whom nobody has checked: nothing is revoked until somebody has called back or takes it
//! upon themselves, and until then the report can be taken back.

use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::deadline::DeadlineRule;
use cards_domain::revocation::{Reporter, RevocationAction, RevocationStage};
use chrono::Duration;

use super::*;

/// A card that somebody on the telephone says is lost.
fn prank() -> (World, Person, Card, Revocation) {
    let world = World::new();
    let maja = world.maja();
    let card = world.active_card(&maja);
    let said = told(&card, RevocationReason::Lost, Reporter::UnverifiedCaller);
    let case = tell(&world, &farid(&world).call(), &card, &said).unwrap();
    (world, maja, card, case)
}

#[test]
fn r46_an_unknown_caller_revokes_nothing_and_must_be_called_back_within_fifteen_minutes() {
    let (world, maja, card, case) = prank();
    assert_eq!(case.stage, RevocationStage::Reported);
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    let clocks = world.link().clocks_of(maja.id).unwrap();
    let clock = clocks
        .iter()
        .find(|clock| clock.thing == case.id.0)
        .unwrap();
    assert_eq!(clock.rule, DeadlineRule::CallerCallback);
    let due = world.app().db.now() + Duration::minutes(15);
    assert_eq!(clock.acts_at, due);
    let page = world
        .app()
        .case_page(&mut world.link(), &world.karin().call(), case.id)
        .unwrap();
    assert!(!page.loss.numbers.is_empty(), "the directory's number");
    assert!(page.execute.is_ok() && page.withdraw.is_ok());

    let said = told(&card, RevocationReason::Stolen, Reporter::UnverifiedCaller);
    let again = tell(&world, &farid(&world).call(), &card, &said);
    assert_eq!(refusal(again), Refusal::AlreadyReported);
    assert_eq!(cases(&world, &card), 1);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 0);

    let karin = world.karin().call();
    let mistyped = RevocationAction::Execute {
        last_four: "0000".to_owned(),
    };
    let wrong = act(&world, &karin, &case, &mistyped);
    assert_eq!(refusal(wrong), Refusal::LastFourWrong);
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    let execute = world.execution(card.id);
    let stage = act(&world, &karin, &case, &execute).unwrap();
    assert_eq!(stage, RevocationStage::Closed);
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 1, "the second it happens");
    let clocks = world.link().clocks_of(maja.id).unwrap();
    assert!(clocks.iter().all(|clock| clock.thing != case.id.0));
}

#[test]
fn r44_a_report_is_taken_back_before_it_is_carried_out_and_the_card_works_on() {
    let (world, maja, card, case) = prank();
    let by_holder = act(&world, &maja.call(), &case, &RevocationAction::Withdraw);
    assert_eq!(refusal(by_holder), Refusal::NotYourRole);
    let karin = world.karin().call();
    let stage = act(&world, &karin, &case, &RevocationAction::Withdraw).unwrap();
    assert_eq!(stage, RevocationStage::Withdrawn);
    assert_eq!(world.card(card.id).stage(), CardStageName::Active);
    let late = act(&world, &karin, &case, &world.execution(card.id));
    assert_eq!(refusal(late), Refusal::CaseEnded);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 0);
}

#[test]
fn r46_a_prank_call_keeps_no_holder_from_revoking_at_once() {
    let (world, maja, card, case) = prank();
    let own = tell_as_holder(&world, &maja, &card);
    assert_eq!(own.stage, RevocationStage::Closed);
    assert_eq!(world.card(card.id).stage(), CardStageName::Revoked);
    let karin = world.karin().call();
    let page = world
        .app()
        .case_page(&mut world.link(), &karin, case.id)
        .unwrap();
    assert_eq!(page.case.stage, RevocationStage::Withdrawn, "closed by it");
    assert!(page.call_back.is_none(), "nobody is called back in vain");
    assert_eq!(world.lines(case.id.0, "end_with_card", "done"), 1);
    let stage = act(&world, &karin, &case, &RevocationAction::Withdraw);
    assert_eq!(refusal(stage), Refusal::CaseEnded);
    world.work();
    assert_eq!(mails(&world, REVOKED_MAIL), 1);
}
