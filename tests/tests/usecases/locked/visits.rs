//! The visit that opens a locked card, and everything that is refused there.

use cards_acceptance::World;
use cards_acceptance::people::{Officer, Person};
use cards_app::Failure;
use cards_domain::card::Card;
use cards_domain::chip_code::{ChipCodeAction, CodeName, CodeStage, VisitCheck};
use cards_domain::identity_check::CheckStep;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::refusal::Refusal;
use cards_domain::signature::SignatureKind;
use chrono::NaiveDate;

use super::{act, code, farid, locked_card, old_card_locked, refusal, revoke, sql};

/// A check that holds.
pub fn check(world: &World, card: &Card, person: &Person) -> VisitCheck {
    VisitCheck {
        identity: world.check(card, person).identity,
        number_on_card: card.number.clone().unwrap(),
        code_chosen: true,
        signature: Some(world.signature(SignatureKind::ReauthenticatedSession)),
    }
}

/// Opens a card at a visit.
pub fn open(
    world: &World,
    by: &Officer,
    card: &Card,
    check: &VisitCheck,
) -> Result<CodeStage, Failure> {
    let action = ChipCodeAction::UnlockAtVisit(check.clone());
    act(world, &by.call(), (card, CodeName::Pin1), &action)
}

/// Fails unless the visit is refused so, with a line in the log, and the card stays locked.
fn refused(world: &World, by: &Officer, card: &Card, check: &VisitCheck) -> Refusal {
    let locked = code(world, card, CodeName::Pin1);
    let refusal = refusal(open(world, by, card, check));
    let lines = world.lines(locked.id.0, "unlock_at_visit", refusal.code());
    assert!(lines > 0, "{refusal:?} is not in the log");
    assert_eq!(code(world, card, CodeName::Pin1).stage(), CodeStage::Locked);
    refusal
}

/// Proves: 3-24
#[test]
fn a_locked_731_is_opened_at_the_office_of_the_photo_with_everything_right() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let stage = open(&world, &world.karin(), &card, &check(&world, &card, &maja));
    assert_eq!(stage.unwrap(), CodeStage::Ok);
    let opened = code(&world, &card, CodeName::Pin1);
    assert_eq!(world.lines(opened.id.0, "unlock_at_visit", "done"), 1);
    world.work();
}

/// Proves: 3-24
#[test]
fn another_office_opens_it_only_by_an_officer_of_the_holders_own_organisation() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let right = check(&world, &card, &maja);
    let leif = world.leif();
    // Maja works in the municipality from now on; the region has given her the card.
    sql(
        &world,
        &format!(
            "UPDATE post SET organisation_id = (SELECT id FROM organisation WHERE hsa_id = '{}'), \
             unit_id = NULL WHERE person_id = '{}'",
            cards_acceptance::people::MUNICIPALITY,
            maja.id
        ),
    );
    let refusal = refused(&world, &leif, &card, &right);
    assert!(
        matches!(&refusal, Refusal::WrongOffice { office } if office.contains("Björkvallen")),
        "{refusal:?}"
    );
    sql(
        &world,
        &format!(
            "UPDATE post SET organisation_id = '{}' WHERE person_id = '{}'",
            world.region(),
            maja.id
        ),
    );
    assert_eq!(
        open(&world, &leif, &card, &right).unwrap(),
        CodeStage::Ok,
        "an officer of her own organisation may, wherever"
    );
    world.work();
}

/// Proves: 3-26
#[test]
fn a_visit_with_an_expired_document_or_without_the_seven_steps_is_refused() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let karin = world.karin();
    let mut expired = check(&world, &card, &maja);
    expired.identity.valid_to = NaiveDate::from_ymd_opt(2030, 1, 6).unwrap();
    let refusal = refused(&world, &karin, &card, &expired);
    assert!(matches!(refusal, Refusal::DocumentExpired { .. }));
    for missing in <CheckStep as strum::IntoEnumIterator>::iter() {
        let mut left = check(&world, &card, &maja);
        left.identity.steps.retain(|step| *step != missing);
        let refusal = refused(&world, &karin, &card, &left);
        assert_eq!(refusal, Refusal::CheckIncomplete);
    }
}

/// R39. Proves: 3-26
#[test]
fn somebody_else_with_the_right_card_cannot_have_it_opened_in_the_holders_place() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let mut other = check(&world, &card, &maja);
    other.identity.number_on_document = world.person("SE2399000013-1009").number;
    let refusal = refused(&world, &world.karin(), &card, &other);
    assert_eq!(refusal, Refusal::DocumentOfAnotherPerson);
}

/// Proves: 3-26
#[test]
fn a_visit_without_the_card_or_without_a_new_code_or_a_signature_is_refused() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let karin = world.karin();
    let mut without = check(&world, &card, &maja);
    without.number_on_card = "9752000000000000001".parse().unwrap();
    assert_eq!(refused(&world, &karin, &card, &without), Refusal::WrongCard);
    let mut unchosen = check(&world, &card, &maja);
    unchosen.code_chosen = false;
    let refusal = refused(&world, &karin, &card, &unchosen);
    assert_eq!(refusal, Refusal::CodeNotChosen);
    let mut unsigned = check(&world, &card, &maja);
    unsigned.signature = None;
    let refusal = refused(&world, &karin, &card, &unsigned);
    assert_eq!(refusal, Refusal::SignatureNeeded);
}

/// Proves: 3-28
#[test]
fn no_visit_opens_a_641_a_512_or_a_card_without_a_number_and_the_letter_is_named_instead() {
    let world = World::new();
    let maja = world.maja();
    let card = old_card_locked(&world, &maja, "641");
    let right = check(&world, &card, &maja);
    for number in ["'641'", "'512'", "NULL"] {
        sql(
            &world,
            &format!(
                "UPDATE card SET product_number = {number} WHERE id = '{}'",
                card.id
            ),
        );
        let refusal = refused(&world, &world.karin(), &card, &right);
        assert!(
            matches!(refusal, Refusal::VisitDoesNotUnlock { .. }),
            "{number}: {refusal:?}"
        );
    }
    let opened = super::open_with_puk(&world, &maja.call(), &card);
    assert_eq!(opened.unwrap(), CodeStage::Ok, "the PUK does");
    world.work();
}

/// Example 1. Proves: 3-24
#[test]
fn nobody_opens_their_own_card_and_the_servicedesk_opens_none() {
    let world = World::new();
    let tove = world.tove();
    let own = locked_card(&world, &tove.person);
    let right = check(&world, &own, &tove.person);
    assert_eq!(refused(&world, &tove, &own, &right), Refusal::OwnCard);
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    let right = check(&world, &card, &maja);
    let refusal = refused(&world, &farid(&world), &card, &right);
    assert_eq!(refusal, Refusal::NotYourRole);
    world.work();
}

/// R43: what looks the same to the holder is not the same.
#[test]
fn a_card_that_was_revoked_in_place_of_being_opened_is_opened_by_nothing() {
    let world = World::new();
    let maja = world.maja();
    let card = locked_card(&world, &maja);
    revoke(&world, &card);
    let answer = open(&world, &world.karin(), &card, &check(&world, &card, &maja));
    assert_eq!(refusal(answer), Refusal::CodeGone);
    world.work();
}
