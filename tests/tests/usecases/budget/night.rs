//! What the nightly run costs for each five hundred cards: the same as for one.

use cards_acceptance::World;
use cards_app::Call;
use cards_domain::access::{Actor, SystemActor};
use cards_domain::card::{Card, CardAction};
use cards_domain::delivery::DeliveryMethod;
use uuid::Uuid;

use super::spent;
use crate::nightly::crowd::{card_id, crowd};

/// Statements for a set of cards whose time is over, with everything that follows.
const A_SET: u64 = 11;

#[test]
fn sixty_cards_end_in_as_many_statements_as_one() {
    let mut world = World::new();
    let card = world.sent_card(&world.maja(), DeliveryMethod::Rek);
    crowd(&world, &card, 1..62, 0);
    world.advance(chrono::Duration::days(120));
    let call = Call {
        actor: Actor::System(SystemActor::Scheduler),
        ..world.karin().call()
    };
    let end = |numbers: std::ops::Range<u32>| {
        let acts: Vec<(Uuid, CardAction)> = numbers
            .map(|number| (card_id(number).0, CardAction::EndUnactivated))
            .collect();
        let (answers, statements) = spent(&world, |link| {
            world
                .app()
                .ledger
                .act_many::<Card>(link, &call, &acts)
                .unwrap()
        });
        assert!(answers.iter().all(|one| matches!(one, Some(Ok(_)))));
        statements
    };
    let (one, sixty) = (end(1..2), end(2..62));
    assert_eq!(one, sixty);
    assert!(sixty <= A_SET, "{sixty} statements");
    world.may_leave_errands = true;
}
