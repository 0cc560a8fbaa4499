//! What the gate itself promises: one line per change, repeated requests, versions, looks.

mod conditions;

use cards_acceptance::World;
use cards_app::{Failure, Fingerprint};
use cards_domain::card::Card;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::{Order, OrderAction};
use cards_domain::refusal::Refusal;
use uuid::Uuid;

#[test]
fn the_same_form_sent_twice_orders_one_card() {
    let world = World::new();
    let maja = world.maja();
    let mut link = world.link();
    let mut call = world.karin().call();
    world
        .app()
        .refresh_register(&mut link, &call, maja.id)
        .unwrap();
    call.request = Some(Fingerprint::of(Uuid::from_u128(1), b"order").into());
    let request = world.order_request(&maja, DeliveryMethod::APost);
    let first = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap();
    // A second click sends the same key; the ids of the request are made anew.
    let again = world.order_request(&maja, DeliveryMethod::APost);
    let second = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &again)
        .unwrap();
    assert_eq!(first, second);
    world.work();
}

#[test]
fn a_key_that_was_used_for_another_request_is_refused() {
    let world = World::new();
    let maja = world.maja();
    let mut link = world.link();
    let mut call = world.karin().call();
    world
        .app()
        .refresh_register(&mut link, &call, maja.id)
        .unwrap();
    let request = world.order_request(&maja, DeliveryMethod::APost);
    call.request = Some(Fingerprint::of(Uuid::from_u128(1), b"one").into());
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap();
    call.request = Some(Fingerprint::of(Uuid::from_u128(1), b"another").into());
    let answer = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request);
    assert!(matches!(answer, Err(Failure::KeyReused)), "{answer:?}");
    world.work();
}

#[test]
fn a_refused_request_may_be_sent_again_with_its_key() {
    let world = World::new();
    let maja = world.maja();
    let mut link = world.link();
    let mut call = world.karin().call();
    call.request = Some(Fingerprint::of(Uuid::from_u128(1), b"order").into());
    let request = world.order_request(&maja, DeliveryMethod::APost);
    let silent = world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request);
    assert!(matches!(
        silent,
        Err(Failure::Refused(Refusal::RegisterSilent))
    ));
    world
        .app()
        .refresh_register(&mut link, &call, maja.id)
        .unwrap();
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &call, &request)
        .unwrap();
    world.work();
}

#[test]
fn every_follow_up_has_its_own_line_that_names_its_cause() {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        kind: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        action: String,
        #[diesel(sql_type = diesel::sql_types::Bool)]
        caused: bool,
    }
    let world = World::new();
    let _order = world.order(&world.maja(), DeliveryMethod::APost);
    let lines: Vec<Line> = diesel::sql_query(
        "SELECT kind, action, caused_by IS NOT NULL AS caused FROM journal \
         WHERE kind IN ('card_order', 'card', 'delivery', 'chip_code') ORDER BY id",
    )
    .load(&mut world.database.connect())
    .unwrap();
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {}{}",
                line.kind,
                line.action,
                if line.caused { " +" } else { "" }
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "card_order begin",
            "card_order submit +",
            "card_order send +",
            "card begin +",
            "chip_code begin +",
            "chip_code begin +",
            "delivery begin +",
        ]
    );
    world.work();
}

#[test]
fn a_set_of_things_is_changed_with_one_guard_and_refusals_do_not_stop_the_rest() {
    let world = World::new();
    let people: Vec<_> = ["SE2399000013-1008", "SE2399000013-1009"]
        .map(|id| world.person(id))
        .into();
    let orders: Vec<Order> = people
        .iter()
        .map(|person| world.order(person, DeliveryMethod::APost))
        .collect();
    let ended = orders[0].id;
    let call = world.karin().call();
    world
        .app()
        .ledger
        .act::<Order>(&mut world.link(), &call, ended.0, &OrderAction::Cancel)
        .unwrap();
    let mut items: Vec<_> = orders
        .iter()
        .map(|order| (order.id.0, OrderAction::Cancel))
        .collect();
    items.push((Uuid::from_u128(404), OrderAction::Cancel));
    let before = world.app().db.statements();
    let answers = world
        .app()
        .ledger
        .act_many::<Order>(&mut world.link(), &call, &items)
        .unwrap();
    let spent = world.app().db.statements() - before;
    assert!(matches!(answers[0], Some(Err(Refusal::OrderEnded))));
    assert!(matches!(&answers[1], Some(Ok(order)) if order.is_over()));
    assert!(answers[2].is_none());
    assert!(spent <= 12, "{spent} statements for three orders");
    world.work();
}

#[test]
fn a_search_is_written_down_with_its_hits_and_never_with_what_was_typed() {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        event: String,
    }
    let world = World::new();
    let maja = world.maja();
    let call = world.karin().call();
    let typed = maja.number.as_str();
    let answer = world.app().search(&mut world.link(), &call, typed).unwrap();
    assert_eq!(answer.hits.len(), 1);
    let line: Line = diesel::sql_query("SELECT event::text FROM journal WHERE kind = 'search'")
        .get_result(&mut world.database.connect())
        .unwrap();
    assert!(line.event.contains(&maja.id.to_string()), "{}", line.event);
    assert!(!line.event.contains(typed), "{}", line.event);
}

#[test]
fn opening_a_person_is_a_line_that_the_holder_can_see() {
    let world = World::new();
    let maja = world.maja();
    world
        .app()
        .person_page(&mut world.link(), &world.karin().call(), maja.id)
        .unwrap();
    let looks = world
        .app()
        .holder_looks(&mut world.link(), &maja.call())
        .unwrap();
    assert_eq!(looks.len(), 1);
    assert_eq!(looks[0].actor_name.as_deref(), Some("Karin Åkerblom"));
    assert_eq!(looks[0].times, 1);
}

#[test]
fn a_person_out_of_scope_is_answered_like_one_that_does_not_exist() {
    let world = World::new();
    let mut stranger = world.karin();
    let municipality = cards_acceptance::people::MUNICIPALITY;
    stranger.branch = vec![
        world
            .link()
            .organisation_by_hsa_id(municipality)
            .unwrap()
            .unwrap(),
    ];
    let elin = world.person("SE2399000013-1010");
    let unknown = cards_domain::ids::PersonId(Uuid::from_u128(404));
    let mut link = world.link();
    let there = world
        .app()
        .person_page(&mut link, &stranger.call(), elin.id);
    let not_there = world
        .app()
        .person_page(&mut link, &stranger.call(), unknown);
    assert!(matches!(there, Err(Failure::NotFound)));
    assert!(matches!(not_there, Err(Failure::NotFound)));
}

#[test]
fn a_state_change_stays_within_its_budget_of_statements() {
    let world = World::new();
    let maja = world.maja();
    let card = world.sent_card(&maja, DeliveryMethod::APost);
    let check = world.check(&card, &maja);
    let call = world.karin().call();
    let mut link = world.link();
    let before = world.app().db.statements();
    let action = cards_domain::card::CardAction::Unlock(check);
    world
        .app()
        .ledger
        .act::<Card>(&mut link, &call, card.id.0, &action)
        .unwrap();
    let spent = world.app().db.statements() - before;
    // Nine, and three for each of: the code, the sending, the receipt.
    assert!(spent <= 9 + 3 * 3, "{spent} statements");
    world.sign(&maja, &card).unwrap();
    world.work();
}

/// A product of which there are cards but no new ones.
fn out_of_the_range(world: &World) -> Uuid {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::Uuid)]
        id: Uuid,
    }
    let found: Found = diesel::sql_query("SELECT id FROM product WHERE NOT orderable LIMIT 1")
        .get_result(&mut world.database.connect())
        .unwrap();
    found.id
}

#[test]
fn only_what_the_order_form_offers_can_be_ordered_whatever_was_sent() {
    let world = World::new();
    let maja = world.maja();
    let call = world.karin().call();
    let mut link = world.link();
    let offered = world.order_request(&maja, DeliveryMethod::APost);
    let mut tampered = offered.clone();
    tampered.product = cards_domain::ids::ProductId(out_of_the_range(&world));
    let answer = world.app().place_order(&mut link, &call, &tampered);
    assert!(
        matches!(answer, Err(Failure::Refused(Refusal::ProductNotOrderable))),
        "{answer:?}"
    );
    tampered = offered.clone();
    tampered.office = cards_domain::ids::OfficeId(Uuid::from_u128(404));
    let answer = world.app().place_order(&mut link, &call, &tampered);
    assert!(matches!(answer, Err(Failure::NotFound)), "{answer:?}");
    world.app().place_order(&mut link, &call, &offered).unwrap();
    world.work();
}

#[test]
fn a_search_for_control_characters_finds_nobody_and_breaks_nothing() {
    let world = World::new();
    let call = world.karin().call();
    let answer = world
        .app()
        .search(&mut world.link(), &call, "Wikander\0")
        .unwrap();
    assert!(answer.understood.is_none());
}

#[test]
fn a_refused_edit_changes_nothing_and_stands_in_the_log() {
    let world = World::new();
    let before = world.office("Tallhöjden");
    let mut after = before.clone();
    after.name = "Kortkontoret Någon annanstans".to_owned();
    let call = world.karin().call();
    let answer = world.app().ledger.edit(&mut world.link(), &call, &after);
    assert!(
        matches!(answer, Err(Failure::Refused(Refusal::NotYourRole))),
        "{answer:?}"
    );
    assert_eq!(world.office("Tallhöjden"), before);
    assert_eq!(world.lines(before.id.0, "edit", "not_your_role"), 1);
}
