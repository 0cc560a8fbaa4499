//! Random lives: worlds, officers, and the steps that are taken.

use cards_domain::access::{Actor, Loa, Role};
use cards_domain::card::RevocationReason;
use cards_domain::delivery::{DeliveryAction, DeliveryMethod};
use cards_domain::order::Told;
use cards_domain::photo::PhotoSource;
use cards_domain::product::CodeDelivery;
use cards_domain::puk_letter::{LetterReason, PukLetterAction};
use cards_domain::revocation::{ExternalStep, Reporter, StepOutcomeName};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use strum::IntoEnumIterator;

use super::given::OfficeState;
pub use super::steps::Step;
use super::{World, given};

/// Who acts: an officer of the pool.
pub type Who = u8;

/// How many officers there are.
pub const POOL: u8 = 4;
/// The same, to count with.
pub const POOL_SIZE: usize = 4;

/// The pool: the holder, who is an officer too, and three colleagues, the last of them at another
/// office. Most have every role.
pub fn officers() -> impl Strategy<Value = Vec<Actor>> {
    let all: Vec<Role> = Role::iter().collect();
    let some = subsequence(all.clone(), 0..=all.len());
    let roles = prop_oneof![3 => Just(all), 1 => some];
    proptest::collection::vec(roles, POOL_SIZE).prop_map(|pool| {
        let persons = [given::HOLDER]
            .into_iter()
            .chain((1..).map(given::colleague));
        let offices = [
            given::OFFICE,
            given::OFFICE,
            given::OFFICE,
            given::OTHER_OFFICE,
        ];
        let pool = offices.into_iter().zip(persons.zip(pool));
        pool.map(|(office, (person, roles))| {
            Actor::Officer(given::officer_at(office, person, &roles))
        })
        .collect()
    })
}

pub fn world() -> impl Strategy<Value = World> {
    let delivery = select(vec![
        CodeDelivery::ChosenAtActivation,
        CodeDelivery::CodeLetter,
    ]);
    (any::<bool>(), delivery, any::<bool>()).prop_map(|(photo, delivery, sis_marked)| {
        let mut world = World::new(photo, delivery);
        world.product.sis_marked = sis_marked;
        world
    })
}

pub fn steps() -> impl Strategy<Value = Vec<(Who, Step)>> {
    proptest::collection::vec((0..POOL, step()), 20..90)
}

/// Fewer steps, for what is tried in a copy of the world after each of them.
pub fn few_steps() -> impl Strategy<Value = Vec<(Who, Step)>> {
    proptest::collection::vec((0..POOL, step()), 10..35)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => to_the_manufacturer(),
        5 => photographed(),
        8 => from_the_manufacturer(),
        3 => in_the_post(),
        8 => at_the_counter(),
        4 => locked(),
        2 => lost(),
        1 => ended(),
        1 => around(),
        4 => time(),
        8 => (0..6usize).prop_map(Step::Onward),
        6 => (0..6usize).prop_map(Step::LetterOnward),
    ]
}

fn to_the_manufacturer() -> impl Strategy<Value = Step> {
    let methods = select(DeliveryMethod::iter().collect::<Vec<_>>());
    let told = proptest::option::weighted(0.4, select(Told::iter().collect::<Vec<_>>()));
    prop_oneof![
        6 => (methods, proptest::bool::weighted(0.2), told)
            .prop_map(|(method, missing, instead)| Step::Order { method, missing, instead }),
        2 => Just(Step::CompletePrerequisites),
        1 => Just(Step::Send),
    ]
}

fn photographed() -> impl Strategy<Value = Step> {
    let source = select(PhotoSource::iter().collect::<Vec<_>>());
    prop_oneof![
        3 => source.prop_map(Step::TakePhoto),
        3 => proptest::bool::weighted(0.8).prop_map(|seen| Step::ApprovePhoto { seen }),
        1 => Just(Step::RejectPhoto),
        2 => Just(Step::UseStoredPhoto),
    ]
}

fn from_the_manufacturer() -> impl Strategy<Value = Step> {
    let valid_days = prop_oneof![1 => 10..120u64, 3 => 1_000..1_800u64];
    let product = select(vec!["711", "711", "641", ""]);
    prop_oneof![
        1 => Just(Step::FailProduction),
        4 => (valid_days, product)
            .prop_map(|(valid_days, product)| Step::Produce { valid_days, product }),
        4 => Just(Step::Dispatch),
    ]
}

fn in_the_post() -> impl Strategy<Value = Step> {
    let post = select(vec![
        DeliveryAction::SendNotice,
        DeliveryAction::ReachServicePoint,
        DeliveryAction::Collect,
    ]);
    let office = select(vec![
        DeliveryAction::Lose,
        DeliveryAction::ReportMissing,
        DeliveryAction::ReportLateArrival,
    ]);
    let holder = select(vec![
        DeliveryAction::ReportMissing,
        DeliveryAction::ReportLateArrival,
    ]);
    prop_oneof![
        3 => post.prop_map(Step::Post),
        3 => office.prop_map(Step::AtOffice),
        2 => (holder, any::<bool>()).prop_map(|(what, first)| Step::HolderSays { what, first }),
        3 => Just(Step::ReceiveAtOffice),
        1 => Just(Step::ReceiveAnother),
    ]
}

fn at_the_counter() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Unlock),
        2 => Just(Step::Sign),
        1 => Just(Step::SignOnPaper),
        1 => Just(Step::RefuseToSign),
    ]
}

fn locked() -> impl Strategy<Value = Step> {
    let code = || (0..3usize, any::<bool>());
    let reasons = select(LetterReason::iter().collect::<Vec<_>>());
    let bureau = select(vec![
        PukLetterAction::Print,
        PukLetterAction::Print,
        PukLetterAction::Mail,
        PukLetterAction::Mail,
        PukLetterAction::ReachServicePoint,
        PukLetterAction::Collect,
        PukLetterAction::Use,
        PukLetterAction::Return,
        PukLetterAction::Fail,
        PukLetterAction::Close,
    ]);
    prop_oneof![
        4 => code().prop_map(|(which, by_holder)| Step::LockCode { which, by_holder }),
        2 => (0..3usize).prop_map(Step::UnlockAtVisit),
        1 => code().prop_map(|(which, by_holder)| Step::UnlockWithPuk { which, by_holder }),
        4 => (reasons, any::<bool>(), proptest::bool::weighted(0.8)).prop_map(
            |(reason, by_holder, identified)| Step::AskForLetter { reason, by_holder, identified }
        ),
        3 => proptest::bool::weighted(0.8).prop_map(|approve| Step::JudgeLetter { approve }),
        1 => any::<bool>().prop_map(|by_holder| Step::CancelLetter { by_holder }),
        2 => bureau.prop_map(Step::LetterMoves),
    ]
}

fn reasons() -> impl Strategy<Value = RevocationReason> {
    select(RevocationReason::iter().collect::<Vec<_>>())
}

fn lost() -> impl Strategy<Value = Step> {
    let reporters = select(Reporter::iter().collect::<Vec<_>>());
    let reporters = prop_oneof![1 => reporters, 1 => Just(Reporter::UnverifiedCaller)];
    let levels = select(Loa::iter().collect::<Vec<_>>());
    let judged = select(vec![Step::ExecuteReport, Step::WithdrawReport]);
    let recorded = (
        select(ExternalStep::iter().collect::<Vec<_>>()),
        select(StepOutcomeName::iter().collect::<Vec<_>>()),
        any::<bool>(),
    );
    prop_oneof![
        4 => (reasons(), reporters, any::<bool>())
            .prop_map(|(reason, reporter, first)| Step::Report { reason, reporter, first }),
        1 => (reasons(), levels).prop_map(|(reason, loa)| Step::HolderReports { reason, loa }),
        1 => Just(Step::MistypeReport),
        3 => judged,
        4 => recorded.prop_map(|(step, outcome, by_holder)| Step::Record {
            step,
            outcome,
            by_holder,
        }),
    ]
}

fn ended() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => any::<bool>().prop_map(|first| Step::Destroy { first }),
        1 => Just(Step::Cancel),
    ]
}

fn around() -> impl Strategy<Value = Step> {
    let states = select(vec![
        OfficeState::Open,
        OfficeState::Open,
        OfficeState::ClosedForATime,
        OfficeState::ClosedForGood,
        OfficeState::TakenOver,
    ]);
    prop_oneof![
        2 => states.prop_map(Step::Office),
        1 => any::<bool>().prop_map(Step::Employed),
    ]
}

fn time() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1..60i64).prop_map(|hours| Step::Wait { hours }),
        2 => (60..1_000i64).prop_map(|hours| Step::Wait { hours }),
        1 => (1_000..9_000i64).prop_map(|hours| Step::Wait { hours }),
        4 => Just(Step::Night),
    ]
}
