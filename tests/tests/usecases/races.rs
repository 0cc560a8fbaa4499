//! Many at once.

mod pairs;

use std::sync::Arc;

use cards_acceptance::World;
use cards_app::Failure;
use cards_domain::card::{Card, CardAction};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::{Order, OrderAction};

#[test]
fn of_eight_officers_who_unlock_the_same_card_one_succeeds() {
    let world = Arc::new(World::new());
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let check = world.check(&card, &maja);
    let call = world.karin().call();
    let outcomes: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (world, check, card, call) = (&world, &check, &card, &call);
                scope.spawn(move || {
                    let action = CardAction::Unlock(check.clone());
                    let mut link = world.link();
                    match world
                        .app()
                        .ledger
                        .act::<Card>(&mut link, call, card.id.0, &action)
                    {
                        Ok(_) => true,
                        Err(Failure::Refused(_) | Failure::Conflict) => false,
                        Err(other) => panic!("{other:?}"),
                    }
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(outcomes.iter().filter(|won| **won).count(), 1);
    world.sign(&maja, &card).unwrap();
    world.work();
}

#[test]
fn an_order_and_its_card_can_be_acted_on_from_both_ends_without_deadlock() {
    let world = Arc::new(World::new());
    let maja = world.maja();
    let order = world.order(&maja, DeliveryMethod::APost);
    world.work();
    let order = world.order_now(order.id);
    let card = world.card(order.card.unwrap());
    let check = world.check(&card, &maja);
    let call = world.karin().call();
    std::thread::scope(|scope| {
        for turn in 0..8 {
            let (world, check, card, order, call) = (&world, &check, &card, &order, &call);
            scope.spawn(move || {
                let mut link = world.link();
                let ledger = &world.app().ledger;
                let answer = if turn % 2 == 0 {
                    ledger
                        .act::<Order>(&mut link, call, order.id.0, &OrderAction::Cancel)
                        .map(drop)
                } else {
                    let action = CardAction::Unlock(check.clone());
                    ledger
                        .act::<Card>(&mut link, call, card.id.0, &action)
                        .map(drop)
                };
                assert!(!matches!(answer, Err(Failure::Broken(_))), "{answer:?}");
            });
        }
    });
    world.work();
}
