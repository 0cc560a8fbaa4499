//! The filling of the demonstration: cards in every state, come about through the gate.

use std::collections::BTreeSet;

use cards_acceptance::World;
use cards_acceptance::people::Person;
use cards_app::queries::WorklistKind;
use cards_domain::card::{CardStageName, Custody};
use cards_domain::chip_code::CodeStage;
use cards_domain::delivery::DeliveryStage;
use cards_domain::order::OrderStage;
use cards_domain::puk_letter::PukLetterStage;
use cards_domain::receipt::ReceiptStage;
use cards_domain::revocation::RevocationStage;
use cards_gateways::Demonstration;
use cards_server::demo;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use strum::IntoEnumIterator;

/// Of an employer who owes papers.
const OWING: &str = "SE5599990024-0001";

/// The demonstration with the pace of its factory.
fn unfilled() -> World {
    World::unfilled(|config, _| {
        config.demonstration.produce_after_seconds = 4;
        config.demonstration.dispatch_after_seconds = 4;
    })
}

fn filled() -> World {
    let world = unfilled();
    assert!(fill(&world), "nobody was there");
    world
}

fn fill(world: &World) -> bool {
    let allowed = Demonstration::unless_production("test").unwrap();
    let simulated = world.system.demo.as_ref().unwrap();
    let folder = &world.config.demonstration.folder;
    demo::fill(world.app(), (allowed, simulated), folder).unwrap()
}

fn words(world: &World, query: &str) -> BTreeSet<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        word: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query)
        .load(&mut world.database.connect())
        .unwrap();
    rows.into_iter().map(|row| row.word).collect()
}

fn count(world: &World, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query(query)
        .get_result::<Row>(&mut world.database.connect())
        .unwrap()
        .count
}

/// Every word of the enum but the ones named stands in the column.
fn has_every<T: IntoEnumIterator + Into<&'static str>>(
    world: &World,
    (table, column): (&str, &str),
    but: &[&str],
) {
    let found = words(
        world,
        &format!("SELECT DISTINCT {column} AS word FROM {table}"),
    );
    let all = T::iter().map(Into::<&'static str>::into);
    let expected: BTreeSet<String> = all
        .filter(|word| !but.contains(word))
        .map(str::to_owned)
        .collect();
    let lacking: Vec<_> = expected.difference(&found).collect();
    assert!(lacking.is_empty(), "no {table} with {column} {lacking:?}");
}

/// Every stage but those that nothing in the demonstration leads to: an order is placed as it is
/// begun and nobody turns it down, the post tells nothing of its own about a letter, and no bureau
/// prints letters with a PUK.
fn every_stage_is_there(world: &World) {
    has_every::<CardStageName>(world, ("card", "stage"), &[]);
    has_every::<Custody>(world, ("card", "custody"), &["unknown"]);
    has_every::<OrderStage>(world, ("card_order", "stage"), &["draft", "rejected"]);
    has_every::<ReceiptStage>(world, ("receipt", "stage"), &[]);
    has_every::<CodeStage>(world, ("chip_code", "stage"), &[]);
    has_every::<RevocationStage>(world, ("revocation", "stage"), &[]);
    let by_the_post = &["notice_sent", "at_service_point"];
    has_every::<DeliveryStage>(world, ("delivery", "stage"), by_the_post);
    let by_a_bureau = &[
        "printing",
        "mailed",
        "at_service_point",
        "collected",
        "used",
        "returned_to_sender",
        "failed",
        "closed",
    ];
    has_every::<PukLetterStage>(world, ("puk_letter", "stage"), by_a_bureau);
    let active = "SELECT DISTINCT product_number AS word FROM card WHERE stage = 'active'";
    let products = ["512", "641", "723", "731", "752"].map(str::to_owned);
    assert_eq!(words(world, active), BTreeSet::from(products));
}

fn every_list_has_an_entry(world: &World) {
    let mut link = world.link();
    let mut karin = world.karin();
    let owing = link.organisation_by_hsa_id(OWING).unwrap().unwrap();
    karin.branch.push(owing);
    for kind in WorklistKind::iter() {
        let waiting = world
            .app()
            .worklist_page(&mut link, &karin.call(), kind, (None, 50))
            .unwrap();
        assert!(!waiting.is_empty(), "{kind:?}");
    }
}

/// Nothing stands in the tables that no line tells of, and nothing bears a time to come.
fn everything_went_through_the_gate(world: &World) {
    for table in [
        "card",
        "card_order",
        "receipt",
        "delivery",
        "photo",
        "puk_letter",
        "revocation",
    ] {
        let lacking = format!(
            "SELECT count(*) AS count FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM journal j \
             WHERE j.subject_id = t.id AND j.outcome = 'done')"
        );
        assert_eq!(count(world, &lacking), 0, "{table}");
    }
    let refused = "SELECT count(*) AS count FROM journal WHERE outcome = 'refused'";
    assert_eq!(count(world, refused), 0, "the demonstration breaks no rule");
    let now = world.app().db.now().to_rfc3339();
    let to_come = format!("SELECT count(*) AS count FROM journal WHERE at > '{now}'");
    assert_eq!(count(world, &to_come), 0);
}

/// The tour of the README begins with these.
fn the_named_holders_are_as_the_tour_says(world: &World) {
    let cards = |hsa_id: &str| {
        let person = Person::find(&mut world.link(), hsa_id).id;
        let of = |table: &str| {
            count(
                world,
                &format!("SELECT count(*) AS count FROM {table} WHERE person_id = '{person}'"),
            )
        };
        (of("card_order"), of("card"))
    };
    for without in (1001..=1008).chain(1011..=1012) {
        assert_eq!(
            cards(&format!("SE2399000013-{without}")),
            (0, 0),
            "{without}"
        );
    }
    for under_way in ["SE2399000013-1009", "SE2399000013-1010"] {
        assert_eq!(cards(under_way), (1, 1), "{under_way}");
    }
}

#[test]
fn the_demonstration_has_cards_in_every_state_and_each_came_about_through_the_gate() {
    let world = filled();
    let offset = world.system.demo.as_ref().unwrap().clock.offset();
    assert_eq!(offset, TimeDelta::zero(), "the clock stands right again");
    every_stage_is_there(&world);
    every_list_has_an_entry(&world);
    everything_went_through_the_gate(&world);
    the_named_holders_are_as_the_tour_says(&world);
    let orders = "SELECT count(*) AS count FROM card_order";
    let before = count(&world, orders);
    assert!(!fill(&world), "it is filled once");
    assert_eq!(count(&world, orders), before);
}

#[test]
fn tests_begin_with_people_and_no_card() {
    let world = World::new();
    for table in ["card_order", "card", "photo"] {
        assert_eq!(
            count(&world, &format!("SELECT count(*) AS count FROM {table}")),
            0
        );
    }
}

#[test]
fn cards_of_years_ago_go_to_people_who_worked_there_then() {
    let world = unfilled();
    // In 2026 many of the feed had begun since the oldest cards were ordered.
    world.advance(TimeDelta::days(-1141));
    assert!(fill(&world));
    let refused = "SELECT count(*) AS count FROM journal WHERE outcome NOT IN ('done', 'look')";
    assert_eq!(count(&world, refused), 0);
}
