//! What the database refuses whoever asks.

use cards_acceptance::World;
use cards_acceptance::database::TestDatabase;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::lifecycle::ThingKind;
use cards_store::{MigrateSettings, migrate, revert_all};
use chrono::DateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

fn refused(conn: &mut PgConnection, sql: &str, because: &str) {
    let error = conn.batch_execute(sql).unwrap_err().to_string();
    assert!(error.contains(because), "{error}");
}

#[test]
fn a_change_without_a_line_in_the_log_does_not_commit() {
    let world = World::new();
    let _card = world.sent_card(&world.maja(), DeliveryMethod::APost);
    let mut conn = world.database.connect();
    refused(
        &mut conn,
        "UPDATE card SET keep_until = '2031-01-01'",
        "unrecorded change of card",
    );
    refused(
        &mut conn,
        "UPDATE office SET name = name || '!'",
        "unrecorded change of office",
    );
}

#[test]
fn a_stage_that_the_lifecycle_does_not_allow_is_refused() {
    let world = World::new();
    let _card = world.active_card(&world.maja());
    let mut conn = world.database.connect();
    refused(
        &mut conn,
        "UPDATE card SET stage = 'sent'",
        "cannot go from",
    );
}

#[test]
fn the_application_can_neither_change_nor_remove_lines_of_the_log() {
    let world = World::new();
    let _order = world.order(&world.maja(), DeliveryMethod::APost);
    let mut app = PgConnection::establish(&world.database.app_url()).unwrap();
    refused(
        &mut app,
        "UPDATE journal SET outcome = 'x'",
        "permission denied",
    );
    refused(&mut app, "DELETE FROM journal", "permission denied");
    refused(&mut app, "TRUNCATE journal", "permission denied");
    let mut owner = world.database.connect();
    refused(
        &mut owner,
        "UPDATE journal SET outcome = 'x'",
        "append-only",
    );
    world.work();
}

#[test]
fn a_superuser_is_not_served_and_the_applications_role_is() {
    let world = World::new();
    assert_eq!(world.link().readiness().unwrap(), Ok(()));
    let mut config = world.config.clone();
    config.database.app_url = world.database.admin_url();
    let system = cards_server::System::build(&config, "").unwrap();
    let mut link = system.app.db.link(cards_app::Lane::Short).unwrap();
    assert_eq!(
        link.readiness().unwrap(),
        Err(cards_store::NotReady::TooMighty)
    );
}

#[test]
fn the_steps_in_the_database_are_those_of_the_rules() {
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        step: String,
    }
    let world = World::new();
    let rows: Vec<Step> = diesel::sql_query(
        "SELECT kind || ':' || from_stage || '>' || to_stage AS step FROM allowed_step ORDER BY 1",
    )
    .load(&mut world.database.connect())
    .unwrap();
    let mut expected: Vec<String> = cards_domain::tables::all_steps()
        .into_iter()
        .map(|(kind, from, to)| format!("{}:{from}>{to}", <&str>::from(kind)))
        .collect();
    let mut found: Vec<String> = rows.into_iter().map(|row| row.step).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert!(
        found
            .iter()
            .any(|step| step.starts_with(<&str>::from(ThingKind::PukLetter)))
    );
}

#[test]
fn the_migrations_go_up_down_and_up_again_to_the_same_schema() {
    let database = TestDatabase::empty();
    let settings = MigrateSettings {
        admin_url: database.admin_url(),
        app_password: None,
        now: DateTime::UNIX_EPOCH,
    };
    migrate(&settings).unwrap();
    let first = columns(&database);
    revert_all(&database.admin_url()).unwrap();
    assert_eq!(
        columns(&database).len(),
        2,
        "only the list of migrations is left"
    );
    migrate(&settings).unwrap();
    assert_eq!(columns(&database), first);
}

/// Roles belong to the server: nothing that stands already may be written again, since the second
/// writer of the same role fails.
#[test]
fn several_installations_on_one_server_are_migrated_at_the_same_moment() {
    let databases: Vec<TestDatabase> = (0..6).map(|_| TestDatabase::empty()).collect();
    std::thread::scope(|scope| {
        let running: Vec<_> = databases
            .iter()
            .map(|database| {
                let settings = MigrateSettings {
                    admin_url: database.admin_url(),
                    app_password: None,
                    now: DateTime::UNIX_EPOCH,
                };
                scope.spawn(move || {
                    for _ in 0..20 {
                        migrate(&settings)?;
                    }
                    Ok::<_, cards_store::StoreError>(())
                })
            })
            .collect();
        for one in running {
            one.join().unwrap().unwrap();
        }
    });
}

#[derive(QueryableByName, PartialEq, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    shape: String,
}

fn columns(database: &TestDatabase) -> Vec<Column> {
    diesel::sql_query(
        "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS shape \
         FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1",
    )
    .load(&mut database.connect())
    .unwrap()
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn names(rows: Vec<Name>) -> Vec<String> {
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn every_table_and_foreign_key_is_explained_and_indexed() {
    let world = World::new();
    let mut conn = world.database.connect();
    let silent: Vec<Name> = diesel::sql_query(
        "SELECT relname::text AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition \
           AND relnamespace = 'public'::regnamespace AND obj_description(oid) IS NULL \
           AND relname <> '__diesel_schema_migrations'",
    )
    .load(&mut conn)
    .unwrap();
    assert_eq!(
        names(silent),
        Vec::<String>::new(),
        "tables without a comment"
    );
    let slow: Vec<Name> = diesel::sql_query(
        "SELECT conrelid::regclass::text || '.' || conname AS name FROM pg_constraint c \
         WHERE contype = 'f' AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid \
           AND i.indkey[0] = c.conkey[1])",
    )
    .load(&mut conn)
    .unwrap();
    assert_eq!(
        names(slow),
        Vec::<String>::new(),
        "foreign keys without an index"
    );
}

#[test]
fn no_column_makes_up_the_time_by_itself() {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let world = World::new();
    let found: Count = diesel::sql_query(
        "SELECT count(*) AS count FROM information_schema.columns WHERE table_schema = 'public' \
           AND column_default LIKE '%now()%' AND table_name <> '__diesel_schema_migrations'",
    )
    .get_result(&mut world.database.connect())
    .unwrap();
    assert_eq!(found.count, 0);
}
