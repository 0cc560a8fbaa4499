//! Many cards like one that went the straight way, made behind the application's back: a thousand
//! of them through the gate would take minutes.

use std::ops::Range;

use cards_acceptance::World;
use cards_domain::card::Card;
use cards_domain::ids::CardId;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use uuid::Uuid;

/// The card of a number in a crowd.
pub fn card_id(number: u32) -> CardId {
    CardId(id("c", number))
}

fn id(kind: &str, number: u32) -> Uuid {
    let kind = u128::from(kind.as_bytes()[0]);
    Uuid::from_u128(kind << 64 | u128::from(number) | 0x4000_8000 << 32)
}

fn sql(world: &World, statements: &str) {
    // Neither the triggers nor the references mind: this is not a change that anybody made.
    world
        .database
        .connect()
        .batch_execute(&format!(
            "BEGIN; SET LOCAL session_replication_role = replica; {statements} COMMIT;"
        ))
        .unwrap();
}

/// As many sent cards like `card` as there are numbers, of different holders, with orders, codes
/// and clocks that end `later` days after its own.
pub fn crowd(world: &World, card: &Card, numbers: Range<u32>, later: u32) {
    let uuid = |kind: &str| {
        let base = id(kind, 0).simple().to_string();
        format!("(left('{base}', 24) || lpad(to_hex(g), 8, '0'))::uuid")
    };
    let (from, to) = (numbers.start, numbers.end - 1);
    let person = "(SELECT id FROM people WHERE n = g % (SELECT count(*) FROM people))";
    let (order, own) = (card.order, card.id);
    sql(
        world,
        &format!(
            "CREATE TEMP TABLE people ON COMMIT DROP AS \
               SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM person \
               WHERE protection = 'none' AND mail IS NOT NULL; \
             INSERT INTO card_order SELECT (jsonb_populate_record(o, jsonb_build_object( \
               'id', {}, 'number', 'X99-' || lpad(g::text, 6, '0'), 'person_id', {person}, \
               'card_id', {}, 'delivery_id', NULL))).* \
               FROM card_order AS o, generate_series({from}, {to}) AS g WHERE o.id = '{order}'; \
             INSERT INTO card SELECT (jsonb_populate_record(c, jsonb_build_object( \
               'id', {}, 'order_id', {}, 'person_id', {person}, \
               'number', '99991111' || lpad(g::text, 8, '0')))).* \
               FROM card AS c, generate_series({from}, {to}) AS g WHERE c.id = '{own}'; \
             INSERT INTO chip_code SELECT (jsonb_populate_record(k, jsonb_build_object( \
               'id', gen_random_uuid(), 'card_id', {}, 'person_id', {person}))).* \
               FROM chip_code AS k, generate_series({from}, {to}) AS g WHERE k.card_id = '{own}'; \
             INSERT INTO deadline SELECT (jsonb_populate_record(d, jsonb_build_object( \
               'id', gen_random_uuid(), 'thing_id', {}, 'person_id', {person}, \
               'acts_at', d.acts_at + make_interval(days => {later})))).* \
               FROM deadline AS d, generate_series({from}, {to}) AS g \
               WHERE d.thing_id = '{own}' AND d.rule = 'activation';",
            uuid("o"),
            uuid("c"),
            uuid("c"),
            uuid("o"),
            uuid("c"),
            uuid("c"),
        ),
    );
}

/// Lets the clock of a card of the crowd end at another time.
pub fn due_at(world: &World, number: u32, instant: &str) {
    let card = card_id(number);
    sql(
        world,
        &format!("UPDATE deadline SET acts_at = '{instant}' WHERE thing_id = '{card}';"),
    );
}

/// Makes what follows the end of a card impossible: its codes are gone already.
pub fn break_codes(world: &World, number: u32) {
    set_codes(world, number, "gone");
}

/// Undoes [`break_codes`].
pub fn mend_codes(world: &World, number: u32) {
    set_codes(world, number, "not_set");
}

fn set_codes(world: &World, number: u32, stage: &str) {
    let card = card_id(number);
    sql(
        world,
        &format!("UPDATE chip_code SET stage = '{stage}' WHERE card_id = '{card}';"),
    );
}

/// A digest of everything that a run could change but its own bookkeeping.
pub fn everything(world: &World) -> String {
    #[derive(QueryableByName)]
    struct Digest {
        #[diesel(sql_type = diesel::sql_types::Text)]
        digest: String,
    }
    diesel::sql_query(
        "SELECT concat_ws(' ', (SELECT count(*) FROM journal), (SELECT count(*) FROM outbox), \
           (SELECT md5(string_agg(c::text, '' ORDER BY id)) FROM card AS c), \
           (SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM card_order AS o), \
           (SELECT md5(string_agg(r::text, '' ORDER BY id)) FROM receipt AS r), \
           (SELECT md5(string_agg(k::text, '' ORDER BY id)) FROM chip_code AS k), \
           (SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM deadline AS d), \
           (SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM safety_stop AS s)) AS digest",
    )
    .get_result::<Digest>(&mut world.database.connect())
    .unwrap()
    .digest
}
