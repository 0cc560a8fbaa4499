//! A visit whose check the officer has signed before the holder chooses a code: the card is opened in
//! the moment in which it shows the code, and nobody has anything left to press.

use cards_acceptance::World;
use cards_acceptance::people::Person;
use cards_app::Failure;
use cards_app::card_tasks::{OfferedTask, TaskWish};
use cards_domain::card::Card;
use cards_domain::card_task::{TaskKind, TaskStage};
use cards_domain::chip_code::{ChipCodeAction, CodeName, CodeStage, VisitCheck};
use cards_domain::puk_letter::LetterReason;
use cards_domain::refusal::Refusal;
use chrono::Duration;
use diesel::prelude::*;

use super::kit::{Chip, Client, offer, site, stage, task, try_offer, wish};
use super::refusal;
use crate::locked::{act, code, locked_card, visits};

/// What the officer has signed: all but the code, which the card is to show.
fn signed(world: &World, card: &Card, person: &Person) -> VisitCheck {
    VisitCheck {
        code_chosen: false,
        ..visits::check(world, card, person)
    }
}

fn with(check: VisitCheck, card: &Card) -> TaskWish {
    TaskWish {
        check: Some(check),
        ..wish(TaskKind::UnlockVisit, card)
    }
}

fn begun(world: &World, check: VisitCheck, card: &Card) -> Result<OfferedTask, Failure> {
    // The world's clock stands still, and what the card shows counts from after it was locked.
    world.advance(Duration::minutes(1));
    try_offer(world, &world.karin().call(), with(check, card))
}

/// Proves: 3-24
#[test]
fn a_card_that_shows_its_new_code_is_open_in_the_same_moment() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = locked_card(world, &maja);
    let letter = letter(world, &maja, &card);
    let offered = begun(world, signed(world, &card, &maja), &card).unwrap();
    let client = Client::with(&site, &offered);
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::Locked);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    let opened = code(world, &card, CodeName::Pin1);
    assert_eq!(opened.stage, CodeStage::Ok);
    assert_eq!(world.lines(letter, "cancel", "done"), 1);
    let line = how_it_was_opened(world, opened.id.0);
    let karin = world.karin().person.id.0;
    assert_eq!((line.actor_id, line.chosen.as_str()), (karin, "card"));
    assert_eq!(task(world, offered.id).check, None, "kept no longer");
    world.work();
}

fn letter(world: &World, maja: &Person, card: &Card) -> uuid::Uuid {
    let asked = (LetterReason::Locked, true);
    let mut link = world.link();
    let letter = world
        .app()
        .ask_for_letter(&mut link, &maja.call(), card.id, asked);
    letter.unwrap().id.0
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    actor_id: uuid::Uuid,
    #[diesel(sql_type = diesel::sql_types::Text)]
    chosen: String,
}

fn how_it_was_opened(world: &World, code: uuid::Uuid) -> Told {
    diesel::sql_query(
        "SELECT actor_person AS actor_id, event->'way'->>'chosen' AS chosen FROM journal \
         WHERE subject_id = $1 AND action = 'unlock_at_visit' AND outcome = 'done'",
    )
    .bind::<diesel::sql_types::Uuid, _>(code)
    .get_result(&mut world.database.connect())
    .unwrap()
}

#[test]
fn what_was_opened_otherwise_meanwhile_leaves_the_proof_and_a_line() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = locked_card(world, &maja);
    let offered = begun(world, signed(world, &card, &maja), &card).unwrap();
    let client = Client::with(&site, &offered);
    let puk = ChipCodeAction::UnlockWithPuk;
    act(world, &maja.call(), (&card, CodeName::Pin1), &puk).unwrap();
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(stage(world, offered.id), TaskStage::Done);
    let code = code(world, &card, CodeName::Pin1).id.0;
    assert_eq!(world.lines(code, "unlock_at_visit", "code_not_locked"), 1);
    world.work();
}

#[test]
fn a_check_that_does_not_hold_or_is_not_signed_begins_no_task() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = locked_card(world, &maja);
    let mut other = signed(world, &card, &maja);
    other.number_on_card = "9752000000000000001".parse().unwrap();
    let answer = begun(world, other, &card);
    assert_eq!(refusal(answer), Refusal::WrongCard);
    let mut unsigned = signed(world, &card, &maja);
    unsigned.signature = None;
    let answer = begun(world, unsigned, &card);
    assert_eq!(refusal(answer), Refusal::SignatureNeeded);
    world.work();
}

#[test]
fn no_officer_opens_a_card_with_what_another_one_has_seen() {
    let site = site();
    let world = &site.world;
    let maja = world.maja();
    let card = locked_card(world, &maja);
    let first = begun(world, signed(world, &card, &maja), &card).unwrap();
    let own = offer(world, &world.karin().call(), TaskKind::UnlockVisit, &card);
    assert_eq!(own.id, first.id);
    assert!(
        task(world, own.id).check.is_some(),
        "a new code, no new check"
    );
    let again = offer(world, &world.tove().call(), TaskKind::UnlockVisit, &card);
    assert_eq!((again.id, task(world, again.id).check), (first.id, None));
    let client = Client::with(&site, &again);
    assert_eq!(client.prove(&Chip::of(world, &card)).status, 204);
    assert_eq!(code(world, &card, CodeName::Pin1).stage, CodeStage::Locked);
    world.work();
}
