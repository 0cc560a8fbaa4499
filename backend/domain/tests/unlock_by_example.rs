//! Locked codes, by example: who opens what where, and the letter with the PUK.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use cards_domain::access::{Actor, Loa, Role};
use cards_domain::card::RevocationReason;
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource, VisitCheck};
use cards_domain::identity_check::{DocumentKind, IdentityCheck};
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetterAction, PukLetterStage};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Reporter;
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::World;
use world::given::{self, day};
use world::ready::{active, card, officer, posted, with_role};

fn code(world: &World, name: CodeName) -> Uuid {
    let mut codes = world.codes.values();
    codes.find(|code| code.name == name).unwrap().id.0
}

fn lock(world: &mut World, name: CodeName) {
    let source = CodeSource::Stated;
    let id = code(world, name);
    let holder = given::holder_at(Loa::Loa2);
    let locked = world.act::<ChipCode>(&holder, id, &ChipCodeAction::Lock { source });
    assert_eq!(locked, Ok(()));
}

/// An active card whose code for authentication is locked.
fn locked(product: &str) -> World {
    let mut world = active(product);
    lock(&mut world, CodeName::Pin1);
    world
}

fn visit(world: &World, by: &Actor, change: impl FnOnce(&mut VisitCheck)) -> Result<(), Refusal> {
    let mut check = given::perfect_visit(card(world).number.as_ref().unwrap(), world.now);
    change(&mut check);
    let id = code(world, CodeName::Pin1);
    world
        .clone()
        .act::<ChipCode>(by, id, &ChipCodeAction::UnlockAtVisit(check))
}

fn with_puk(world: &World) -> Result<(), Refusal> {
    let action = ChipCodeAction::UnlockWithPuk;
    let holder = given::holder_at(Loa::Loa2);
    let id = code(world, CodeName::Pin1);
    world.clone().act::<ChipCode>(&holder, id, &action)
}

#[test]
fn example_1_a_711_is_opened_where_its_photo_was_taken_or_in_the_holders_own_organisation() {
    let world = locked("711");
    let here = with_role(Role::IdAdmin);
    let elsewhere = given::officer_at(given::OTHER_OFFICE, given::colleague(2), &[Role::IdAdmin]);
    let elsewhere = Actor::Officer(elsewhere);
    assert_eq!(visit(&world, &here, |_| {}), Ok(()));
    assert_eq!(visit(&world, &elsewhere, |_| {}), Ok(()));
    let mut left = world.clone();
    left.employed = false;
    assert_eq!(visit(&left, &here, |_| {}), Ok(()));
    let office = "the office".to_owned();
    let wrong = Err(Refusal::WrongOffice { office });
    assert_eq!(visit(&left, &elsewhere, |_| {}), wrong);
}

#[test]
fn example_1_a_visit_needs_a_valid_swedish_document_and_the_card() {
    let world = locked("711");
    let here = with_role(Role::IdAdmin);
    let identity = |identity| visit(&world, &here, |check| check.identity = identity);
    let on = day(2026, 1, 4);
    let expired = identity(IdentityCheck {
        valid_to: on,
        ..given::identity()
    });
    assert_eq!(expired, Err(Refusal::DocumentExpired { on }));
    // R39: never somebody else in the holder's place.
    let another = identity(IdentityCheck {
        number_on_document: given::another_number(),
        ..given::identity()
    });
    assert_eq!(another, Err(Refusal::DocumentOfAnotherPerson));
    let without = visit(&world, &here, |check| {
        check.number_on_card = given::card_number(0);
    });
    assert_eq!(without, Err(Refusal::WrongCard));
    // A foreign passport and a picture in a telephone cannot even be recorded.
    let kinds: Vec<DocumentKind> = DocumentKind::iter().collect();
    assert_eq!(
        kinds,
        [
            DocumentKind::DrivingLicence,
            DocumentKind::Passport,
            DocumentKind::NationalIdCard,
            DocumentKind::SisCard,
            DocumentKind::TaxAgencyIdCard,
        ]
    );
}

#[test]
fn example_1_older_cards_are_opened_by_their_puk_and_never_at_a_visit() {
    for product in ["541", "641", "473", ""] {
        let world = locked(product);
        let product_number = given::product_number(product);
        let refused = Err(Refusal::VisitDoesNotUnlock { product_number });
        assert_eq!(visit(&world, &officer(), |_| {}), refused, "{product}");
        assert_eq!(with_puk(&world), Ok(()), "{product}");
    }
    assert_eq!(with_puk(&locked("711")), Ok(()));
}

#[test]
fn a_locked_puk_opens_nothing_and_is_opened_by_nothing_but_a_visit_opens_the_711_still() {
    for (product, visited) in [("711", true), ("641", false)] {
        let mut world = locked(product);
        lock(&mut world, CodeName::Puk);
        assert_eq!(with_puk(&world), Err(Refusal::PukLocked), "{product}");
        assert_eq!(
            visit(&world, &officer(), |_| {}).is_ok(),
            visited,
            "{product}"
        );
        let number = card(&world).number.clone().unwrap();
        let check = ChipCodeAction::UnlockAtVisit(given::perfect_visit(&number, world.now));
        let puk = code(&world, CodeName::Puk);
        let opened = world.act::<ChipCode>(&officer(), puk, &check);
        assert_eq!(opened, Err(Refusal::PukLocked), "{product}");
    }
}

/// A letter asked for by the holder, for a card that was posted and not fetched.
fn letter(world: &mut World, reason: LetterReason) -> Result<(), Refusal> {
    let id = card(world).id;
    world.ask_for_letter(&given::holder_at(Loa::Loa2), id, reason, false)
}

#[test]
fn example_13_a_541_whose_code_letter_never_came_gets_one_before_it_is_fetched() {
    let mut world = posted("541", CodeDelivery::CodeLetter);
    for reason in [LetterReason::Locked, LetterReason::LostCodes] {
        assert_eq!(letter(&mut world, reason), Err(Refusal::CardNotActivated));
    }
    assert_eq!(letter(&mut world, LetterReason::NeverReceived), Ok(()));
    let again = letter(&mut world, LetterReason::NeverReceived);
    assert_eq!(again, Err(Refusal::LetterAlreadyOpen));
    let approved = world.on_letter(&with_role(Role::Servicedesk), &PukLetterAction::Approve);
    assert_eq!(approved, Some(Ok(())));
    let letters = world.letters.values().map(|letter| letter.stage);
    assert_eq!(letters.collect::<Vec<_>>(), [PukLetterStage::Approved]);

    let mut chosen = posted("711", CodeDelivery::ChosenAtActivation);
    let none = letter(&mut chosen, LetterReason::NeverReceived);
    assert_eq!(none, Err(Refusal::CardNotActivated));
}

#[test]
fn an_officer_asks_for_a_letter_only_for_a_caller_who_is_known_and_never_for_themselves() {
    let world = active("711");
    let ask = |by: &Actor, identified| {
        let card = card(&world).id;
        let mut world = world.clone();
        world.ask_for_letter(by, card, LetterReason::Locked, identified)
    };
    for role in [Role::IdAdmin, Role::Servicedesk] {
        let by = with_role(role);
        assert_eq!(ask(&by, false), Err(Refusal::CallerNotIdentified));
        assert_eq!(ask(&by, true), Ok(()));
    }
    let own = given::almighty(given::HOLDER);
    assert_eq!(ask(&own, true), Err(Refusal::OwnCard));
}

#[test]
fn a_letter_that_is_not_sent_ends_with_its_card_and_with_the_opening_of_the_code() {
    let world = {
        let mut world = locked("711");
        assert_eq!(letter(&mut world, LetterReason::Locked), Ok(()));
        world
    };
    let last = |world: &World| world.letters.values().next_back().unwrap().stage;
    let mut lost = world.clone();
    let own = card(&lost).clone();
    let reporter = Reporter::HolderLoggedIn;
    let told = lost.report(&given::holder(), &own, RevocationReason::Lost, reporter);
    assert_eq!((told, last(&lost)), (Ok(()), PukLetterStage::Cancelled));

    let mut opened = world;
    let check = given::perfect_visit(own.number.as_ref().unwrap(), opened.now);
    let id = code(&opened, CodeName::Pin1);
    let action = ChipCodeAction::UnlockAtVisit(check);
    let done = opened.act::<ChipCode>(&officer(), id, &action);
    assert_eq!((done, last(&opened)), (Ok(()), PukLetterStage::Cancelled));
}
