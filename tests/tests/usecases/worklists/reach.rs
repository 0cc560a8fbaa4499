//! Whose lists they are, and what they cost.

use cards_acceptance::people::MUNICIPALITY;
use cards_acceptance::{Officer, World};
use cards_app::Call;
use cards_app::queries::{WaitingAfter, WorklistKind};
use cards_domain::access::Role;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::Order;
use uuid::Uuid;

use super::{OneOfEach, listed, protected_too};

fn all(world: &World, call: &Call) -> Vec<Uuid> {
    listed(world, call).into_values().flatten().collect()
}

#[test]
fn an_office_sees_its_own_work_and_an_officer_without_office_that_of_the_whole_branch() {
    let world = World::new();
    let one = OneOfEach::make(&world);
    let of_karin = all(&world, &world.karin().call());
    assert_eq!(of_karin.len(), one.things.len() + 1);
    assert!(all(&world, &world.leif().call()).is_empty());
    let deputy = world.officer("SE2399000013-1005", Role::DeputyIssuer, None);
    assert_eq!(all(&world, &deputy.call()), of_karin);
}

#[test]
fn another_branch_sees_nothing_of_it() {
    let world = World::new();
    let _one = OneOfEach::make(&world);
    let municipality = world.link().organisation_by_hsa_id(MUNICIPALITY);
    let stranger = Officer {
        branch: vec![municipality.unwrap().unwrap()],
        office: None,
        ..world.karin()
    };
    assert!(all(&world, &stranger.call()).is_empty());
    let page = world
        .app()
        .start_page(&mut world.link(), &stranger.call())
        .unwrap();
    assert!(page.worklists.is_empty());
}

#[test]
fn a_protected_person_waits_in_the_lists_of_those_who_may_and_has_no_name_there() {
    let world = World::new();
    let ylva = world.person("SE2399000013-1012");
    let call = protected_too(world.karin().call());
    let mut link = world.link();
    world
        .app()
        .refresh_register(&mut link, &call, ylva.id)
        .unwrap();
    let request = world.order_request(&ylva, DeliveryMethod::APost);
    let order = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap();
    world.work();
    let card = world.order_now(order.id).card.unwrap();
    assert!(all(&world, &world.karin().call()).is_empty());
    assert_eq!(all(&world, &call), [card.0]);
    let page = world.app().start_page(&mut link, &call).unwrap();
    assert_eq!(page.worklists[0].nearest.name, None);
}

#[test]
fn a_start_page_is_two_statements_and_a_list_one_however_much_waits() {
    let world = World::new();
    let call = world.karin().call();
    let spent = || {
        let (app, mut link) = (world.app(), world.link());
        let before = app.db.statements();
        let page = app.start_page(&mut link, &call).unwrap();
        let start = app.db.statements();
        let list = app
            .worklist_page(&mut link, &call, WorklistKind::ToActivate, (None, 50))
            .unwrap();
        let after = app.db.statements();
        (
            page.worklists.len(),
            list.len(),
            start - before,
            after - start,
        )
    };
    assert_eq!(spent(), (0, 0, 2, 1));
    let one = OneOfEach::make(&world);
    assert_eq!(spent(), (one.things.len(), 2, 2, 1));
}

#[test]
fn a_list_read_row_by_row_shows_everything_once_and_in_order() {
    let world = World::new();
    let one = OneOfEach::make(&world);
    let deputy = world.officer("SE2399000013-1005", Role::DeputyIssuer, None);
    for call in [world.karin().call(), deputy.call()] {
        let whole = listed(&world, &call);
        for (kind, all) in &whole {
            assert_eq!(&row_by_row(&world, &call, *kind), all, "{kind:?}");
        }
        assert_eq!(whole[&WorklistKind::ToActivate].len(), 2);
        assert!(one.things.keys().all(|kind| !whole[kind].is_empty()));
    }
}

fn row_by_row(world: &World, call: &Call, kind: WorklistKind) -> Vec<Uuid> {
    let mut link = world.link();
    let mut after = None;
    let mut seen = Vec::new();
    loop {
        let page = world.app().worklist_page(&mut link, call, kind, (after, 1));
        let Some(row) = page.unwrap().pop() else {
            return seen;
        };
        after = Some(WaitingAfter::from_last(&row));
        seen.push(row.thing);
    }
}
