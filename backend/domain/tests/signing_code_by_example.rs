//! The code for signing (PIN2), by example: when it comes about, that it is locked and opened beside
//! the code for authentication, and that the card still logs in meanwhile.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

mod world;

use cards_domain::access::{Actor, Loa};
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::card_task::{CardTask, CardTaskAction, CardTaskFacts, TaskKind};
use cards_domain::chip_code::{ChipCode, ChipCodeAction, CodeName, CodeSource, CodeStage};
use cards_domain::consequences::FollowUp;
use cards_domain::ids::ChipCodeId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetterStage};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::Reporter;
use cards_domain::signature::SignatureKind;
use cards_domain::tables::Tabled as _;
use uuid::Uuid;
use world::World;
use world::given;
use world::ready::{active, card, officer, posted};

const SIGNING: ChipCodeId = ChipCodeId(Uuid::from_u128(9_000_001));

fn code(world: &World, name: CodeName) -> Option<&ChipCode> {
    world.codes.values().find(|code| code.name == name)
}

fn stage(world: &World, name: CodeName) -> Option<CodeStage> {
    code(world, name).map(|code| code.stage)
}

/// An active 711 whose holder has fetched a certificate for signing.
fn signing() -> World {
    let mut world = active("711");
    let pin1 = code(&world, CodeName::Pin1).unwrap().clone();
    let pin2 = ChipCode {
        id: SIGNING,
        name: CodeName::Pin2,
        ..pin1
    };
    world.codes.insert(pin2.id.0, pin2);
    world
}

fn act(world: &mut World, name: CodeName, action: &ChipCodeAction) -> Result<(), Refusal> {
    let id = code(world, name).unwrap().id.0;
    world.act::<ChipCode>(&given::holder_at(Loa::Loa2), id, action)
}

fn lock(world: &mut World, name: CodeName) {
    let source = CodeSource::Stated;
    assert_eq!(act(world, name, &ChipCodeAction::Lock { source }), Ok(()));
}

fn with_puk(world: &mut World, name: CodeName) -> Result<(), Refusal> {
    act(world, name, &ChipCodeAction::UnlockWithPuk)
}

fn visit(world: &mut World, by: &Actor, name: CodeName) -> Result<(), Refusal> {
    let number = card(world).number.clone().unwrap();
    let check = given::perfect_visit(&number, world.now);
    let id = code(world, name).unwrap().id.0;
    world.act::<ChipCode>(by, id, &ChipCodeAction::UnlockAtVisit(check))
}

#[test]
fn an_older_card_has_it_from_the_start_and_a_711_not_before_it_is_fetched() {
    let mut old = posted("641", CodeDelivery::CodeLetter);
    assert_eq!(stage(&old, CodeName::Pin2), Some(CodeStage::NotSet));
    assert_eq!(old.unlock(&officer()), Some(Ok(())));
    assert_eq!(stage(&old, CodeName::Pin2), Some(CodeStage::Ok));
    assert_eq!(stage(&active("711"), CodeName::Pin2), None);
}

/// What follows when the last certificate for signing has been fetched to a card that has this code.
fn when_fetched(signing_code: Option<CodeStage>) -> Vec<FollowUp> {
    let trials = CardTask::trials().into_iter();
    let mut done = trials.filter(|trial| {
        matches!(trial.action, CardTaskAction::Finish) && trial.when == "with all certificates"
    });
    let trial = done.next().unwrap();
    let task = (trial.on)(CardTask::specimen(
        cards_domain::card_task::TaskStage::Begun,
    ));
    assert_eq!(task.kind, TaskKind::FetchSigning);
    let facts = CardTaskFacts {
        signing_code: signing_code.map(|stage| (SIGNING, stage)),
        ..trial.facts
    };
    let event = task.decide(&trial.by, &trial.action, &facts, trial.now);
    let event = event.unwrap();
    let after = task.evolve(&event, trial.now);
    after.consequences(&event, &facts, trial.now).follow_ups
}

#[test]
fn it_comes_about_when_the_first_certificate_for_signing_has_been_fetched_and_only_then() {
    let came = when_fetched(None);
    let [
        FollowUp::BeginChipCode(begun),
        FollowUp::ChipCode(set, ChipCodeAction::Set),
    ] = came.as_slice()
    else {
        panic!("{came:?}");
    };
    assert_eq!((begun.name, begun.id), (CodeName::Pin2, *set));
    let set = FollowUp::ChipCode(SIGNING, ChipCodeAction::Set);
    assert_eq!(when_fetched(Some(CodeStage::NotSet)), [set]);
    for there in [CodeStage::Ok, CodeStage::Locked, CodeStage::Gone] {
        assert_eq!(when_fetched(Some(there)), [], "{there:?}");
    }
}

#[test]
fn one_that_is_locked_leaves_the_card_and_its_code_for_authentication_as_they_were() {
    let mut world = signing();
    lock(&mut world, CodeName::Pin2);
    assert_eq!(stage(&world, CodeName::Pin2), Some(CodeStage::Locked));
    assert_eq!(stage(&world, CodeName::Pin1), Some(CodeStage::Ok));
    assert_eq!(card(&world).stage(), CardStageName::Active);
    assert_eq!(
        with_puk(&mut world, CodeName::Pin1),
        Err(Refusal::CodeNotLocked)
    );
    assert_eq!(with_puk(&mut world, CodeName::Pin2), Ok(()));
    assert_eq!(stage(&world, CodeName::Pin2), Some(CodeStage::Ok));
}

#[test]
fn a_visit_opens_what_is_locked_one_or_both_and_never_that_of_an_older_card() {
    let mut one = signing();
    lock(&mut one, CodeName::Pin2);
    assert_eq!(visit(&mut one, &officer(), CodeName::Pin2), Ok(()));
    assert_eq!(stage(&one, CodeName::Pin2), Some(CodeStage::Ok));

    let mut both = signing();
    lock(&mut both, CodeName::Pin1);
    lock(&mut both, CodeName::Pin2);
    let id = card(&both).id;
    let holder = given::holder_at(Loa::Loa2);
    let asked = both.ask_for_letter(&holder, id, LetterReason::Locked, false);
    assert_eq!(asked, Ok(()));
    assert_eq!(visit(&mut both, &officer(), CodeName::Pin1), Ok(()));
    assert_eq!(stage(&both, CodeName::Pin1), Some(CodeStage::Ok));
    assert_eq!(stage(&both, CodeName::Pin2), Some(CodeStage::Ok));
    let letter = both.letters.values().next().unwrap().stage;
    assert_eq!(
        letter,
        PukLetterStage::Cancelled,
        "nothing is locked any more"
    );

    let mut old = posted("641", CodeDelivery::CodeLetter);
    assert_eq!(old.unlock(&officer()), Some(Ok(())));
    let kind = SignatureKind::CardSignature;
    assert_eq!(old.sign(&given::holder(), kind), Some(Ok(())));
    lock(&mut old, CodeName::Pin2);
    let refused = visit(&mut old, &officer(), CodeName::Pin2);
    let product_number = given::product_number("641");
    assert_eq!(refused, Err(Refusal::VisitDoesNotUnlock { product_number }));
}

#[test]
fn the_puk_opens_the_code_that_it_was_used_for_and_the_letter_waits_for_the_other() {
    let mut world = signing();
    lock(&mut world, CodeName::Pin1);
    lock(&mut world, CodeName::Pin2);
    let id = card(&world).id;
    let holder = given::holder_at(Loa::Loa2);
    let asked = world.ask_for_letter(&holder, id, LetterReason::Locked, false);
    assert_eq!(asked, Ok(()));
    let letter = |world: &World| world.letters.values().next().unwrap().stage;
    assert_eq!(with_puk(&mut world, CodeName::Pin1), Ok(()));
    assert_eq!(stage(&world, CodeName::Pin2), Some(CodeStage::Locked));
    assert_eq!(letter(&world), PukLetterStage::Requested);
    assert_eq!(with_puk(&mut world, CodeName::Pin2), Ok(()));
    assert_eq!(letter(&world), PukLetterStage::Cancelled);
}

#[test]
fn it_is_gone_with_its_card() {
    let mut world = signing();
    lock(&mut world, CodeName::Pin2);
    let own = card(&world).clone();
    let reporter = Reporter::HolderLoggedIn;
    let told = world.report(&given::holder(), &own, RevocationReason::Lost, reporter);
    assert_eq!(told, Ok(()));
    assert_eq!(stage(&world, CodeName::Pin2), Some(CodeStage::Gone));
}
