//! What holds over the whole database whatever has raced.

use std::collections::BTreeSet;

use cards_acceptance::{Person, World};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = Text)]
    broken: String,
}

#[derive(QueryableByName)]
struct Thing {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Each query gives what breaks the law.
const LAWS: [(&str, &str); 6] = [
    (
        "one active card of an issuer at most",
        "SELECT person_id::text AS broken FROM card \
         WHERE stage = 'active' AND keep_until IS NULL \
         GROUP BY person_id, organisation_id HAVING count(*) > 1",
    ),
    (
        "one order under way of an organisation at most",
        "SELECT person_id::text AS broken FROM card_order WHERE stage IN ('draft', \
           'awaiting_prerequisites', 'awaiting_photo', 'ready_to_send', 'sent_to_manufacturer', \
           'produced', 'dispatched') \
         GROUP BY person_id, organisation_id HAVING count(*) > 1",
    ),
    (
        "one caller to be called back about a card at most",
        "SELECT card_id::text AS broken FROM revocation WHERE stage = 'reported' \
         GROUP BY card_id HAVING count(*) > 1",
    ),
    (
        "one letter on its way for a card at most",
        "SELECT card_id::text AS broken FROM puk_letter WHERE stage IN ('requested', 'approved', \
           'printing', 'mailed', 'at_service_point', 'collected') \
         GROUP BY card_id HAVING count(*) > 1",
    ),
    (
        "a card has come to its end once at most",
        "SELECT subject_id::text AS broken FROM journal WHERE kind = 'card' AND outcome = 'done' \
           AND action IN ('revoke', 'supersede', 'end_with_order', 'end_with_receipt', \
             'end_unactivated', 'expire') \
         GROUP BY subject_id HAVING count(*) > 1",
    ),
    (
        "every change has its line in the log, and every line its change",
        "SELECT t.kind || ' ' || t.id AS broken FROM ( \
           SELECT 'card' AS kind, id, version FROM card \
           UNION ALL SELECT 'card_order', id, version FROM card_order \
           UNION ALL SELECT 'delivery', id, version FROM delivery \
           UNION ALL SELECT 'receipt', id, version FROM receipt \
           UNION ALL SELECT 'chip_code', id, version FROM chip_code \
           UNION ALL SELECT 'revocation', id, version FROM revocation \
           UNION ALL SELECT 'puk_letter', id, version FROM puk_letter) AS t \
         WHERE t.version <> (SELECT count(*) FROM journal j WHERE j.kind = t.kind \
           AND j.subject_id = t.id AND j.outcome = 'done' AND j.action <> 'look')",
    ),
];

/// Fails when a law is broken, a card that had ended lives again, or two transactions have waited
/// for each other.
pub fn assert_all(world: &World, ended_before: &BTreeSet<Uuid>) {
    let mut conn = world.database.connect();
    for (law, query) in LAWS {
        let broken: Vec<Broken> = diesel::sql_query(query).load(&mut conn).unwrap();
        let broken: Vec<String> = broken.into_iter().map(|row| row.broken).collect();
        assert!(broken.is_empty(), "not so: {law}: {broken:?}");
    }
    let now = ended(world);
    let risen: Vec<_> = ended_before.difference(&now).collect();
    assert!(risen.is_empty(), "revoked is for ever: {risen:?}");
    assert_eq!(deadlocks(world), 0);
}

/// The cards that are revoked or expired.
pub fn ended(world: &World) -> BTreeSet<Uuid> {
    let query = "SELECT id FROM card WHERE stage IN ('revoked', 'expired')";
    let found: Vec<Thing> = diesel::sql_query(query)
        .load(&mut world.database.connect())
        .unwrap();
    found.into_iter().map(|thing| thing.id).collect()
}

/// Somebody's orders that are under way.
pub fn open_orders(world: &World, person: &Person) -> Vec<Uuid> {
    let query = "SELECT id FROM card_order WHERE person_id = $1 AND stage NOT IN ('fulfilled', \
        'cancelled', 'rejected', 'replaced_undelivered', 'activation_expired')";
    let found: Vec<Thing> = diesel::sql_query(query)
        .bind::<SqlUuid, _>(person.id.0)
        .load(&mut world.database.connect())
        .unwrap();
    found.into_iter().map(|thing| thing.id).collect()
}

fn deadlocks(world: &World) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query(
        "SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()",
    )
    .get_result::<Count>(&mut world.database.connect())
    .unwrap()
    .count
}
