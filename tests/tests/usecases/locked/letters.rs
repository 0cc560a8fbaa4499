//! The letter with the PUK: asked for, approved, turned down, and ended with what it was for.

use cards_acceptance::World;
use cards_app::{Call, Failure};
use cards_domain::card::Card;
use cards_domain::chip_code::CodeStage;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::puk_letter::{
    LetterReason, LetterRejection, PukLetter, PukLetterAction, PukLetterStage,
};
use cards_domain::refusal::Refusal;

use super::{
    farid, lock, locked_card, old_card_locked, old_card_sent, open_with_puk, refusal, revoke,
};

/// Asks for a letter because the card is locked.
pub fn ask_for(
    world: &World,
    by: &Call,
    card: &Card,
    is_known: bool,
) -> Result<PukLetter, Failure> {
    ask(world, by, card, (LetterReason::Locked, is_known))
}

fn ask(
    world: &World,
    by: &Call,
    card: &Card,
    how: (LetterReason, bool),
) -> Result<PukLetter, Failure> {
    world
        .app()
        .ask_for_letter(&mut world.link(), by, card.id, how)
}

fn act(
    world: &World,
    by: &Call,
    letter: &PukLetter,
    action: PukLetterAction,
) -> Result<PukLetterStage, Failure> {
    let ledger = &world.app().ledger;
    let done = ledger.act::<PukLetter>(&mut world.link(), by, letter.id.0, &action);
    done.map(|letter| letter.stage())
}

fn stage(world: &World, card: &Card) -> PukLetterStage {
    let sheet = world.link().card_for_errand(card.id).unwrap().unwrap();
    sheet.parts.letters.first().unwrap().stage()
}

fn mails(world: &World, subject: &str) -> usize {
    let inbox = &world.system.demo.as_ref().unwrap().inbox;
    let mails = inbox.list(20).unwrap();
    let mails = mails.iter().filter(|mail| mail.mail.subject == subject);
    mails.count()
}

/// Proves: 3-28
#[test]
fn a_letter_is_asked_for_by_the_servicedesk_and_approved_by_somebody_else() {
    let world = World::new();
    let maja = world.maja();
    let card = old_card_locked(&world, &maja, "641");
    let letter = ask_for(&world, &farid(&world).call(), &card, true).unwrap();
    assert_eq!(letter.stage(), PukLetterStage::Requested);
    assert_eq!(letter.requested_by, farid(&world).person.id);
    let approved = act(
        &world,
        &world.tove().call(),
        &letter,
        PukLetterAction::Approve,
    );
    assert_eq!(approved.unwrap(), PukLetterStage::Approved);
    world.work();
    assert_eq!(mails(&world, "Ett puk-brev är beställt till dig"), 1);
    assert_eq!(
        stage(&world, &card),
        PukLetterStage::Approved,
        "nothing sends it yet"
    );
}

#[test]
fn a_letter_for_a_caller_who_is_not_known_is_refused_and_a_holder_who_is_logged_in_is_known() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let unknown = ask_for(&world, &farid(&world).call(), &card, false);
    assert_eq!(refusal(unknown), Refusal::CallerNotIdentified);
    let asked = ask_for(&world, &maja.call(), &card, false).unwrap();
    assert_eq!(asked.stage(), PukLetterStage::Requested);
    world.work();
}

#[test]
fn nobody_approves_a_letter_to_themselves() {
    let world = World::new();
    let tove = world.tove();
    let card = locked_card(&world, &tove.person);
    let own = ask_for(&world, &tove.call(), &card, true);
    assert_eq!(refusal(own), Refusal::OwnCard);
    let letter = ask_for(&world, &tove.person.call(), &card, true).unwrap();
    let own = act(&world, &tove.call(), &letter, PukLetterAction::Approve);
    assert_eq!(refusal(own), Refusal::OwnCard);
    let approved = act(
        &world,
        &world.karin().call(),
        &letter,
        PukLetterAction::Approve,
    );
    assert_eq!(approved.unwrap(), PukLetterStage::Approved);
    world.work();
}

#[test]
fn a_letter_that_is_turned_down_has_a_reason_in_the_log_and_the_holder_gets_a_mail() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let letter = ask_for(&world, &maja.call(), &card, true).unwrap();
    let why = LetterRejection::VisitInstead;
    let action = PukLetterAction::Reject { why };
    let rejected = act(&world, &world.karin().call(), &letter, action);
    assert_eq!(rejected.unwrap(), PukLetterStage::Rejected);
    let events = world.link().events_of(maja.id, true, 20).unwrap();
    let told = events
        .iter()
        .find(|event| event.entry.action == "reject")
        .unwrap();
    assert!(told.entry.event.to_string().contains("visit_instead"));
    world.work();
    assert_eq!(mails(&world, "Ditt puk-brev blev inte godkänt"), 1);
    let again = act(
        &world,
        &world.tove().call(),
        &letter,
        PukLetterAction::Approve,
    );
    assert_eq!(refusal(again), Refusal::LetterEnded);
}

#[test]
fn while_a_letter_is_open_no_other_is_asked_for_and_once_it_is_taken_back_one_is() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let letter = ask_for(&world, &world.karin().call(), &card, true).unwrap();
    let second = ask_for(&world, &maja.call(), &card, true);
    assert_eq!(refusal(second), Refusal::LetterAlreadyOpen);
    let cancelled = act(&world, &maja.call(), &letter, PukLetterAction::Cancel);
    assert_eq!(cancelled.unwrap(), PukLetterStage::Cancelled);
    ask_for(&world, &maja.call(), &card, true).unwrap();
    world.work();
}

/// Example 13. Proves: 3-28
#[test]
fn a_512_that_is_sent_and_whose_code_letter_never_came_gets_a_new_one_and_a_731_does_not() {
    let world = World::new();
    let (maja, elin) = (world.maja(), world.person("SE2399000013-1010"));
    let new = world.sent_card(&elin, DeliveryMethod::APost);
    let old = old_card_sent(&world, &maja, "512");
    let never = (LetterReason::NeverReceived, true);
    let letter = ask(&world, &farid(&world).call(), &old, never).unwrap();
    assert_eq!(letter.stage(), PukLetterStage::Requested);
    let refused = ask(&world, &farid(&world).call(), &new, never);
    assert_eq!(refusal(refused), Refusal::CardNotActivated);
    world.work();
}

#[test]
fn the_letter_of_a_card_that_is_revoked_is_taken_back_with_it() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let letter = ask_for(&world, &world.karin().call(), &card, true).unwrap();
    act(
        &world,
        &world.tove().call(),
        &letter,
        PukLetterAction::Approve,
    )
    .unwrap();
    revoke(&world, &card);
    assert_eq!(stage(&world, &card), PukLetterStage::Cancelled);
    world.work();
}

#[test]
fn opening_the_card_takes_back_the_letter_that_was_asked_for_because_it_was_locked() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    ask_for(&world, &maja.call(), &card, true).unwrap();
    open_with_puk(&world, &maja.call(), &card).unwrap();
    assert_eq!(stage(&world, &card), PukLetterStage::Cancelled);

    let lost = (LetterReason::LostCodes, true);
    ask(&world, &maja.call(), &card, lost).unwrap();
    lock(&world, &maja.call(), &card).unwrap();
    let stage_now = open_with_puk(&world, &maja.call(), &card).unwrap();
    assert_eq!(stage_now, CodeStage::Ok);
    assert_eq!(
        stage(&world, &card),
        PukLetterStage::Requested,
        "this one was asked for because the codes were gone"
    );
    world.work();
}
