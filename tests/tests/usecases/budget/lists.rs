//! What a list costs: the same for one row and for sixty.

use cards_acceptance::World;
use cards_app::queries::WorklistKind;
use cards_domain::card::Card;
use cards_domain::delivery::DeliveryMethod;

use super::spent;
use crate::nightly::crowd::crowd;

/// Statements for a list beside the session.
const A_LIST: u64 = 4;

/// What each list costs now, and how many rows it had.
fn costs(world: &World, card: &Card) -> Vec<(&'static str, u64, usize)> {
    let (karin, app) = (world.karin().call(), world.app());
    let person = card.person;
    let holder = world.maja().call();
    let list = WorklistKind::ToActivate;
    let (lists, worklists) = spent(world, |link| app.start_page(link, &karin).unwrap());
    let (waiting, worklist) = spent(world, |link| {
        app.worklist_page(link, &karin, list, (None, 200)).unwrap()
    });
    let (events, of_person) = spent(world, |link| {
        app.person_events(link, &karin, person).unwrap().1.len()
    });
    let (looks, of_holder) = spent(world, |link| app.holder_looks(link, &holder).unwrap());
    // A day's looks are one row; the lines behind it are many.
    let looks = usize::try_from(looks.iter().map(|day| day.times).sum::<i64>()).unwrap();
    let (_, buried) = spent(world, |link| link.buried_errands(100).unwrap().len());
    let counts = lists.worklists.iter().map(|list| list.count);
    let waits = usize::try_from(counts.sum::<i64>()).unwrap();
    vec![
        ("worklists", worklists, waits),
        ("worklist", worklist, waiting.len()),
        ("events", of_person, events),
        ("looks", of_holder, looks),
        ("errands", buried, 60),
    ]
}

#[test]
fn a_list_costs_the_same_for_one_row_and_for_sixty() {
    let mut world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let short = costs(&world, &card);
    crowd(&world, &card, 1..61, 0);
    let karin = world.karin().call();
    for _ in 0..60 {
        let mut link = world.link();
        world.app().person_page(&mut link, &karin, maja.id).unwrap();
    }
    let long = costs(&world, &card);
    for ((what, few, _), (_, many, rows)) in short.iter().zip(&long) {
        assert_eq!(few, many, "{what}");
        assert!(*many <= A_LIST, "{what}: {many} statements");
        assert!(*rows >= 60, "{what}: {rows} rows");
    }
    world.may_leave_errands = true;
}
