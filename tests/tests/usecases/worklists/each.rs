//! Every list: what stands in it, when it is due, and what takes it away.

use cards_acceptance::World;
use cards_acceptance::site::Site;
use cards_app::queries::WorklistKind;
use cards_domain::card::{Card, CardAction, CardStage, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrderId};
use cards_domain::order::{Order, OrderAction, Replacement, Told};
use cards_domain::puk_letter::{PukLetter, PukLetterAction};
use cards_domain::revocation::{ExternalStep, Revocation, RevocationAction, StepOutcome};
use cards_store::kept::Kept;
use chrono::{DateTime, Utc};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::{OneOfEach, listed};
use crate::desk::{Desk, KARIN};
use crate::post::take_photo;

#[test]
fn each_thing_that_waits_stands_in_its_own_list_with_count_person_and_office() {
    let world = World::new();
    let one = OneOfEach::make(&world);
    let call = world.karin().call();
    let page = world.app().start_page(&mut world.link(), &call).unwrap();
    let kinds: Vec<_> = page.worklists.iter().map(|list| list.kind).collect();
    assert_eq!(kinds, WorklistKind::iter().collect::<Vec<_>>());
    let lists = listed(&world, &call);
    for list in &page.worklists {
        let kind = list.kind;
        let mut expected = vec![one.things[&kind]];
        if kind == WorklistKind::ToActivate {
            // What the post has lost could still turn up and be activated.
            expected.push(one.lost.id.0);
        } else {
            let name = list.nearest.name.as_ref();
            assert_eq!(name, Some(&one.holder(kind).name), "{kind:?}");
        }
        let mut found = lists[&kind].clone();
        assert_eq!(usize::try_from(list.count), Ok(expected.len()), "{kind:?}");
        assert_eq!(list.nearest.thing, found[0], "{kind:?}");
        assert_eq!(list.nearest.office, "Kortkontoret Björkvallen");
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{kind:?}");
    }
}

#[test]
fn what_runs_out_is_due_then_and_what_only_waits_is_there_since_it_began() {
    let world = World::new();
    let _one = OneOfEach::make(&world);
    let call = world.karin().call();
    let page = world.app().start_page(&mut world.link(), &call).unwrap();
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let now = world.app().db.now();
    for list in &page.worklists {
        let due = match list.kind {
            WorklistKind::Unsigned => at("2030-01-12T07:00:00Z"),
            WorklistKind::ToActivate | WorklistKind::AtOffice => at("2030-04-07T22:00:00Z"),
            WorklistKind::Callback => at("2030-01-07T07:15:00Z"),
            WorklistKind::OpenSteps
            | WorklistKind::PukRequests
            | WorklistKind::ProductionFailed
            | WorklistKind::AwaitingPhoto
            | WorklistKind::AwaitingPrerequisites
            | WorklistKind::ToCut
            | WorklistKind::NotArrived => now,
        };
        assert_eq!(list.nearest.due, due, "{:?}", list.kind);
    }
    assert_eq!(page.worklists.len(), WorklistKind::iter().count());
}

fn act<K: Kept>(world: &World, thing: Uuid, action: &K::Action) {
    let call = world.tove().call();
    world
        .app()
        .ledger
        .act::<K>(&mut world.link(), &call, thing, action)
        .unwrap_or_else(|failure| panic!("{failure:?}"));
}

/// Does what the thing waits for.
fn settle(world: &World, one: &OneOfEach, kind: WorklistKind) {
    let thing = one.things[&kind];
    match kind {
        WorklistKind::Callback => {
            let cases = world.link().read(|tx| Revocation::load(tx, &[thing]));
            let card = cases.unwrap().first().map(|case| case.card).unwrap();
            act::<Revocation>(world, thing, &world.execution(card));
        }
        WorklistKind::OpenSteps => {
            let action = RevocationAction::Record {
                step: ExternalStep::Police,
                outcome: StepOutcome::DoneByHolder {
                    on: world.app().db.now().date_naive(),
                    reference: None,
                },
            };
            act::<Revocation>(world, thing, &action);
        }
        WorklistKind::Unsigned => {
            let card = world.card(CardId(thing));
            world.sign(one.holder(kind), &card).unwrap();
        }
        WorklistKind::PukRequests => act::<PukLetter>(world, thing, &PukLetterAction::Approve),
        WorklistKind::AtOffice | WorklistKind::ToActivate => {
            let card = world.card(CardId(thing));
            let check = world.check(&card, one.holder(kind));
            world.unlock(&world.tove().call(), &card, &check).unwrap();
        }
        WorklistKind::ProductionFailed => act::<Order>(world, thing, &OrderAction::Send),
        WorklistKind::AwaitingPhoto => {
            let order = world.order_now(OrderId(thing));
            take_photo(world, &world.tove(), &order);
        }
        WorklistKind::AwaitingPrerequisites => {
            act::<Order>(world, thing, &OrderAction::CompletePrerequisites);
        }
        WorklistKind::NotArrived => replace_the_lost(world, one),
        WorklistKind::ToCut => act::<Card>(world, thing, &CardAction::Destroy),
    }
}

fn replace_the_lost(world: &World, one: &OneOfEach) {
    let holder = one.holder(WorklistKind::NotArrived);
    let mut request = world.order_request(holder, DeliveryMethod::Rek);
    request.replaces = Some(Replacement {
        order: one.lost.order,
        told: Told::NotArrived,
    });
    let (mut link, call) = (world.link(), world.tove().call());
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap();
}

#[test]
fn each_thing_leaves_its_list_when_it_is_done_and_takes_no_other_with_it() {
    let world = World::new();
    let one = OneOfEach::make(&world);
    let call = world.karin().call();
    for kind in WorklistKind::iter() {
        let before = listed(&world, &call);
        settle(&world, &one, kind);
        let after = listed(&world, &call);
        assert!(!after[&kind].contains(&one.things[&kind]), "{kind:?}");
        for other in WorklistKind::iter().filter(|other| *other != kind) {
            let gone: Vec<_> = before[&other]
                .iter()
                .filter(|thing| !after[&other].contains(thing))
                .collect();
            // With the lost card goes its chance to be activated.
            let follows = kind == WorklistKind::NotArrived && gone == [&one.lost.id.0];
            assert!(gone.is_empty() || follows, "{kind:?} took from {other:?}");
        }
    }
    assert!(matches!(
        world.card(one.callback.id).stage,
        CardStage::Revoked {
            reason: RevocationReason::Lost,
            ..
        }
    ));
    world.work();
}

/// The name of each list in the address, where the work is done, and when it is due.
const PAGES: [(WorklistKind, &str, &str, &str); 11] = [
    (WorklistKind::Callback, "ring-upp", "sparr", "I dag"),
    (WorklistKind::OpenSteps, "oppna-steg", "sparr", "I dag"),
    (
        WorklistKind::Unsigned,
        "ej-kvitterade",
        "kort",
        "Den här veckan",
    ),
    (WorklistKind::PukRequests, "puk-brev", "puk-brev", "I dag"),
    (
        WorklistKind::AtOffice,
        "pa-kontoret",
        "person",
        "Längre fram",
    ),
    (
        WorklistKind::ProductionFailed,
        "tillverkningen-stannade",
        "bestallning",
        "I dag",
    ),
    (
        WorklistKind::AwaitingPhoto,
        "vantar-pa-foto",
        "bestallning",
        "Den här veckan",
    ),
    (
        WorklistKind::AwaitingPrerequisites,
        "vantar-pa-underlag",
        "bestallning",
        "Den här veckan",
    ),
    (
        WorklistKind::NotArrived,
        "inte-framme",
        "bestallning",
        "Den här veckan",
    ),
    (
        WorklistKind::ToCut,
        "att-klippa",
        "makulera",
        "Den här veckan",
    ),
    (
        WorklistKind::ToActivate,
        "att-aktivera",
        "person",
        "Längre fram",
    ),
];

#[test]
fn the_start_page_groups_the_lists_by_time_and_each_leads_to_where_the_work_is_done() {
    let site = Site::start();
    let one = OneOfEach::make(&site.world);
    let karin = Desk::officer(&site, KARIN);
    let start = karin.open("/id-admin");
    for (kind, slug, work, when) in PAGES {
        let at = format!("/id-admin/att-gora/{slug}");
        assert_eq!(start.group_of(&at).as_deref(), Some(when), "{kind:?}");
        let list = karin.open(&at);
        assert_eq!(list.status, 200);
        list.sees(&one.holder(kind).name);
        list.sees("Kortkontoret Björkvallen");
        let to = match (kind, work) {
            (_, "person") => format!("/id-admin/person/{}", one.holder(kind).id),
            (WorklistKind::Unsigned, _) => format!("/id-admin/kort/{}/kvittens", one.things[&kind]),
            (WorklistKind::ToCut, _) => format!("/id-admin/kort/{}/makulera", one.things[&kind]),
            (_, work) => format!("/id-admin/{work}/{}", one.things[&kind]),
        };
        assert!(list.leads_to(&to), "{kind:?}: {to}");
        let there = karin.open(&to);
        assert_eq!((there.status, there.path), (200, to), "{kind:?}");
    }
}

#[test]
fn an_office_where_nothing_waits_is_told_so() {
    let site = Site::start();
    let karin = Desk::officer(&site, KARIN);
    karin.open("/id-admin").sees("Inget väntar");
    for (_, slug, _, _) in PAGES {
        let list = karin.open(&format!("/id-admin/att-gora/{slug}"));
        assert_eq!(list.status, 200, "{slug}");
        assert!(list.leads_to("/id-admin"), "{slug}");
    }
    assert_eq!(karin.open("/id-admin/att-gora/allt").status, 404);
}
