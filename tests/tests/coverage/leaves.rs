//! The format of the log's lines, worked out a second time from the columns alone: whoever audits
//! the log must be able to do the same in another language, years from now.

use std::collections::BTreeMap;

use cards_acceptance::World;
use cards_app::Call;
use cards_domain::access::{Actor, Client, ClientFunction};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::ClientId;
use cards_domain::order::{Order, OrderAction};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Binary, Nullable, Text};
use serde_json::Value;
use uuid::Uuid;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    line_id: Uuid,
    #[diesel(sql_type = Text)]
    open: String,
    #[diesel(sql_type = Nullable<Text>)]
    event: Option<String>,
    #[diesel(sql_type = Nullable<Binary>)]
    salt: Option<Vec<u8>>,
    #[diesel(sql_type = Nullable<Binary>)]
    sealed: Option<Vec<u8>>,
    #[diesel(sql_type = Binary)]
    commitment: Vec<u8>,
    #[diesel(sql_type = Binary)]
    leaf_hash: Vec<u8>,
}

const LINES: &str = "SELECT line_id, event::text AS event, salt, sealed, commitment, leaf_hash, \
    json_build_object('v', schema_version, 'line', line_id, \
      'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), \
      'channel', channel, 'actor_kind', actor_kind, 'actor_person', actor_person, \
      'actor_client', actor_client, 'actor_system', actor_system, 'office', office_id, 'kind', kind, 'action', action, \
      'subject', subject_id, 'person', person_id, 'organisation', organisation_id, \
      'from', from_stage, 'to', to_stage, 'outcome', outcome, \
      'commitment', encode(commitment, 'hex'), 'correlation', correlation, \
      'caused_by', caused_by)::text AS open FROM journal ORDER BY id";

fn lines(conn: &mut PgConnection) -> Vec<Line> {
    diesel::sql_query(LINES).load(conn).unwrap()
}

/// JSON with sorted keys and without spaces.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            let said = sorted
                .iter()
                .map(|(key, value)| format!("{}:{}", text(key), canonical(value)));
            format!("{{{}}}", said.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            format!(
                "[{}]",
                items.iter().map(canonical).collect::<Vec<_>>().join(",")
            )
        }
        Value::String(string) => text(string),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn text(string: &str) -> String {
    Value::from(string).to_string()
}

/// The database's own SHA-256, which is none of the application's.
fn sha256(conn: &mut PgConnection, bytes: &[u8]) -> Vec<u8> {
    #[derive(QueryableByName)]
    struct Hash {
        #[diesel(sql_type = Binary)]
        hash: Vec<u8>,
    }
    let asked = diesel::sql_query("SELECT sha256($1) AS hash").bind::<Binary, _>(bytes);
    asked.get_result::<Hash>(conn).unwrap().hash
}

fn leaf(conn: &mut PgConnection, line: &Line) -> Vec<u8> {
    let open: Value = serde_json::from_str(&line.open).unwrap();
    // RFC 6962: a leaf's hash begins with a zero byte, a node's with a one.
    sha256(conn, &[&[0], canonical(&open).as_bytes()].concat())
}

fn commitment(conn: &mut PgConnection, salt: &[u8], event: &Value) -> Vec<u8> {
    sha256(conn, &[salt, canonical(event).as_bytes()].concat())
}

/// A call by Leif, who may serve protected persons.
pub fn leif(world: &World) -> Call {
    use cards_domain::access::Role;
    let mut call = world.leif().call();
    let protected = world
        .officer("SE2399000013-1003", Role::IdAdminProtected, None)
        .call();
    if let (Actor::Officer(officer), Actor::Officer(more)) = (&mut call.actor, protected.actor) {
        officer.appointments.extend(more.appointments);
    }
    call
}

/// Changes, follow-ups, refusals, looks, a search, plain data, another system, and a protected person.
fn walk(world: &World) {
    let maja = world.maja();
    let card = world.active_card(&maja);
    let karin = world.karin().call();
    let order = card.order.0;
    let refused =
        world
            .app()
            .ledger
            .act::<Order>(&mut world.link(), &karin, order, &OrderAction::Cancel);
    assert!(refused.is_err());
    world
        .app()
        .person_page(&mut world.link(), &karin, maja.id)
        .unwrap();
    world
        .app()
        .search(&mut world.link(), &karin, maja.number.as_str())
        .unwrap();
    let client = Actor::Client(Client {
        id: ClientId(Uuid::from_u128(5)),
        branch: Vec::new(),
        functions: vec![ClientFunction::CheckCardStatus],
    });
    let asking = Call {
        actor: client,
        ..karin
    };
    let number = card.number.unwrap();
    world
        .app()
        .card_status(&mut world.link(), &asking, &number)
        .unwrap();
    let ylva = world.person("SE2399000013-1012");
    let leif = leif(world);
    let mut link = world.link();
    world
        .app()
        .refresh_register(&mut link, &leif, ylva.id)
        .unwrap();
    let request = world.order_request(&ylva, DeliveryMethod::Rek);
    world
        .app()
        .ledger
        .begin::<Order>(&mut link, &leif, &request)
        .unwrap();
    world.work();
}

#[test]
fn the_leaf_hash_of_every_line_follows_from_its_columns() {
    let world = World::new();
    walk(&world);
    let mut conn = world.database.connect();
    let lines = lines(&mut conn);
    assert!(lines.len() > 30, "{} lines", lines.len());
    for line in &lines {
        assert_eq!(leaf(&mut conn, line), line.leaf_hash, "{}", line.open);
    }
}

#[test]
fn what_happened_is_bound_to_its_line_and_hidden_for_a_protected_person() {
    let world = World::new();
    walk(&world);
    let ylva = world.person("SE2399000013-1012");
    let opened: BTreeMap<Uuid, Value> = {
        let entries = world.link().events_of(ylva.id, true, 1000).unwrap();
        entries
            .into_iter()
            .map(|one| (one.entry.line_id, one.entry.event))
            .collect()
    };
    let mut conn = world.database.connect();
    let mut sealed = 0;
    for line in lines(&mut conn) {
        let salt = line.salt.as_deref().unwrap();
        assert_eq!(salt.len(), 16);
        let event = match (&line.event, &line.sealed) {
            (Some(event), None) => serde_json::from_str(event).unwrap(),
            (None, Some(_)) => {
                sealed += 1;
                opened
                    .get(&line.line_id)
                    .cloned()
                    .unwrap_or_else(|| panic!("not hers: {}", line.open))
            }
            _ => panic!("neither open nor sealed: {}", line.open),
        };
        assert_eq!(
            commitment(&mut conn, salt, &event),
            line.commitment,
            "{}",
            line.open
        );
    }
    assert!(
        sealed >= 6,
        "{sealed} sealed lines: order, its follow-ups, card, codes, sending"
    );
}

/// A change behind the application's back, undone afterwards.
fn after_change<T>(
    conn: &mut PgConnection,
    sql: &str,
    look: impl FnOnce(&mut PgConnection) -> T,
) -> T {
    conn.batch_execute("BEGIN; SET LOCAL session_replication_role = replica")
        .unwrap();
    let changed = diesel::sql_query(sql).execute(conn).unwrap();
    assert_eq!(changed, 1, "{sql}");
    let seen = look(conn);
    conn.batch_execute("ROLLBACK").unwrap();
    seen
}

#[test]
fn a_change_of_any_column_of_a_line_shows() {
    let world = World::new();
    walk(&world);
    let mut conn = world.database.connect();
    let all = lines(&mut conn);
    let line = all
        .iter()
        .find(|line| line.open.contains("\"unlock\""))
        .unwrap()
        .line_id;
    let other = "'00000000-0000-0000-0000-000000000404'";
    let changes = [
        ("at", "at + interval '1 microsecond'"),
        ("schema_version", "2"),
        ("channel", "'api'"),
        ("actor_kind", "'holder'"),
        ("actor_person", other),
        ("office_id", other),
        ("kind", "'x'"),
        ("action", "'x'"),
        ("subject_id", other),
        ("person_id", other),
        ("organisation_id", other),
        ("from_stage", "'active'"),
        ("to_stage", "NULL"),
        ("outcome", "'own_card'"),
        ("correlation", "'x'"),
        ("caused_by", other),
        ("line_id", other),
        ("commitment", "sha256('x')"),
    ];
    for (column, value) in changes {
        let sql = format!("UPDATE journal SET {column} = {value} WHERE line_id = '{line}'");
        let broken = after_change(&mut conn, &sql, |conn| {
            let lines = lines(conn);
            lines
                .iter()
                .filter(|line| leaf(conn, line) != line.leaf_hash)
                .count()
        });
        assert_eq!(broken, 1, "{column}");
    }
}

#[test]
fn the_proof_stays_whole_when_what_happened_is_lawfully_erased() {
    let world = World::new();
    walk(&world);
    let mut conn = world.database.connect();
    let line = lines(&mut conn)
        .into_iter()
        .find(|line| line.event.is_some())
        .unwrap();
    let sql = format!(
        "UPDATE journal SET event = NULL, salt = NULL WHERE line_id = '{}'",
        line.line_id
    );
    after_change(&mut conn, &sql, |conn| {
        let erased = lines(conn)
            .into_iter()
            .find(|one| one.line_id == line.line_id)
            .unwrap();
        assert!(erased.event.is_none() && erased.salt.is_none());
        assert_eq!(leaf(conn, &erased), erased.leaf_hash);
    });
}
