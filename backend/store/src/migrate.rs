//! Roles, schema and partitions. Run with an owner's or administrator's connection, never with
//! the application's.

use cards_domain::calendar;
use chrono::{DateTime, Datelike, Utc};
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::db::Link;
use crate::error::StoreError;
use crate::name_keys;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");
const PARTITION_MONTHS: i32 = 26;

/// What `migrate` needs.
#[derive(Clone, Debug)]
pub struct MigrateSettings {
    /// A connection that may make roles, or that owns them already.
    pub admin_url: String,
    /// The password of the application's role, where the server asks for one.
    pub app_password: Option<String>,
    /// The time, for the monthly partitions.
    pub now: DateTime<Utc>,
}

/// Makes the three roles, brings the schema up to date and makes the coming partitions of the log.
/// Gives the names of the migrations that were run.
///
/// # Errors
/// The database cannot be reached or refuses.
pub fn migrate(settings: &MigrateSettings) -> Result<Vec<String>, StoreError> {
    let mut conn = connect(&settings.admin_url)?;
    make_roles(&mut conn, settings.app_password.as_deref())?;
    conn.batch_execute("SET ROLE kortkontor_owner")?;
    let run = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| StoreError::Database(error.to_string()))?
        .iter()
        .map(ToString::to_string)
        .collect();
    conn.batch_execute(
        "GRANT SELECT ON __diesel_schema_migrations TO kortkontor_app, kortkontor_read",
    )?;
    write_steps(&mut conn)?;
    make_partitions(&mut conn, settings.now)?;
    name_keys::fill(&mut conn)?;
    Ok(run)
}

/// Why a database must not be served from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// The schema is not this program's.
    #[error("the schema is not up to date: run `kortkontor migrate`")]
    OtherSchema,
    /// The role may do more than the application must be able to.
    #[error("the database role may change the log: connect as kortkontor_app")]
    TooMighty,
}

impl Link {
    /// Whether this connection may be served from: the schema is this program's, and the role is
    /// neither a superuser nor able to change the log.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn readiness(&mut self) -> Result<Result<(), NotReady>, StoreError> {
        let wanted = versions()?;
        let answer: Standing = diesel::sql_query(
            "SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) \
                 OR has_table_privilege('journal', 'UPDATE') \
                 OR has_table_privilege('journal', 'DELETE') AS mighty, \
               (SELECT count(*) FROM __diesel_schema_migrations WHERE version = ANY ($1)) AS known",
        )
        .bind::<diesel::sql_types::Array<diesel::sql_types::Text>, _>(&wanted)
        .get_result(&mut self.conn)?;
        Ok(if answer.mighty {
            Err(NotReady::TooMighty)
        } else if usize::try_from(answer.known) == Ok(wanted.len()) {
            Ok(())
        } else {
            Err(NotReady::OtherSchema)
        })
    }
}

#[derive(QueryableByName)]
struct Standing {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    mighty: bool,
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    known: i64,
}

fn versions() -> Result<Vec<String>, StoreError> {
    let all: Vec<Box<dyn Migration<Pg>>> = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(|error| StoreError::Database(error.to_string()))?;
    Ok(all
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect())
}

/// Undoes every migration, for the test that goes up, down and up again.
///
/// # Errors
/// The database cannot be reached or refuses.
pub fn revert_all(admin_url: &str) -> Result<(), StoreError> {
    let mut conn = connect(admin_url)?;
    conn.batch_execute("SET ROLE kortkontor_owner")?;
    conn.revert_all_migrations(MIGRATIONS)
        .map(drop)
        .map_err(|error| StoreError::Database(error.to_string()))
}

fn connect(url: &str) -> Result<PgConnection, StoreError> {
    PgConnection::establish(url).map_err(|_| StoreError::Unreachable)
}

/// Roles belong to the whole server, and another installation on it may be making them at the same
/// moment. No lock reaches from one database to another, so nothing is written that stands already,
/// and losing the race for a new role is as good as winning it.
fn make_roles(conn: &mut PgConnection, app_password: Option<&str>) -> Result<(), StoreError> {
    conn.batch_execute(
        "DO $$ DECLARE r text; BEGIN
             FOREACH r IN ARRAY ARRAY['kortkontor_owner', 'kortkontor_app', 'kortkontor_read'] LOOP
                 CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = r);
                 BEGIN
                     EXECUTE format('CREATE ROLE %I %s', r,
                         CASE r WHEN 'kortkontor_owner' THEN 'NOLOGIN' ELSE 'LOGIN' END);
                 EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                 END;
             END LOOP;
         END $$;
         DO $$ BEGIN
             IF NOT pg_has_role(current_user, 'kortkontor_owner', 'MEMBER') THEN
                 EXECUTE format('GRANT kortkontor_owner TO %I', current_user);
             END IF;
             EXECUTE format('GRANT CREATE, CONNECT ON DATABASE %I TO kortkontor_owner', current_database());
             EXECUTE format('GRANT CONNECT ON DATABASE %I TO kortkontor_app, kortkontor_read', current_database());
             EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO kortkontor_app', current_database());
             GRANT ALL ON SCHEMA public TO kortkontor_owner;
         END $$;",
    )?;
    if let Some(password) = app_password {
        // A utility statement takes no parameters, so the text is quoted here.
        let quoted = password.replace('\'', "''");
        conn.batch_execute(&format!("ALTER ROLE kortkontor_app PASSWORD '{quoted}'"))?;
    }
    Ok(())
}

/// The steps that the database allows are those of the rules, written anew each time.
fn write_steps(conn: &mut PgConnection) -> Result<(), StoreError> {
    use crate::schema::allowed_step::dsl;
    let steps: Vec<_> = cards_domain::tables::all_steps()
        .into_iter()
        .map(|(kind, from, to)| {
            (
                dsl::kind.eq(<&str>::from(kind)),
                dsl::from_stage.eq(from),
                dsl::to_stage.eq(to),
            )
        })
        .collect();
    conn.transaction(|conn| {
        diesel::delete(dsl::allowed_step).execute(conn)?;
        diesel::insert_into(dsl::allowed_step)
            .values(&steps)
            .execute(conn)
    })?;
    Ok(())
}

fn make_partitions(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), StoreError> {
    use diesel::sql_types::{Date, Integer};
    let today = calendar::business_day(now);
    let first = today
        .with_day(1)
        .and_then(|day| day.pred_opt())
        .unwrap_or(today);
    diesel::sql_query("SELECT make_journal_partitions($1, $2)")
        .bind::<Date, _>(first)
        .bind::<Integer, _>(PARTITION_MONTHS)
        .execute(conn)?;
    Ok(())
}
