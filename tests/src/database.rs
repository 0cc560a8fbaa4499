//! A database per test, cloned from one that was migrated and filled once.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use url::Url;

use cards_app::ports::Clock as _;
use cards_store::{MigrateSettings, migrate};

use crate::clock::StillClock;

const VARIABLE: &str = "KORTKONTOR_TEST_DATABASE_URL";
static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database of its own, dropped with the value.
pub struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// A clone of the filled template.
    ///
    /// # Panics
    /// There is no test server: run the tests with `cargo xtask test`.
    #[must_use]
    pub fn filled() -> Self {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let template = TEMPLATE.get_or_init(make_template);
        let name = fresh_name("t");
        server(&format!(
            "CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"
        ));
        Self { name }
    }

    /// An empty database.
    ///
    /// # Panics
    /// As [`TestDatabase::filled`].
    #[must_use]
    pub fn empty() -> Self {
        let name = fresh_name("e");
        server(&format!("CREATE DATABASE {name}"));
        Self { name }
    }

    /// A database with the schema and nobody in it.
    ///
    /// # Panics
    /// As [`TestDatabase::filled`].
    #[must_use]
    pub fn migrated() -> Self {
        let database = Self::empty();
        migrate_now(&database.name);
        database
    }

    /// The address with the server's own user.
    #[must_use]
    pub fn admin_url(&self) -> String {
        address(&self.name, None)
    }

    /// The address with the application's role.
    #[must_use]
    pub fn app_url(&self) -> String {
        address(&self.name, Some("kortkontor_app"))
    }

    /// A connection with the server's own user, for looking behind the application's back.
    ///
    /// # Panics
    /// The server is gone.
    #[must_use]
    pub fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.admin_url()).unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        server(&format!(
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            self.name
        ));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test command hands the server over like this"
)]
fn server_url() -> Url {
    let text = std::env::var(VARIABLE)
        .unwrap_or_else(|_| panic!("{VARIABLE} is not set: run the tests with `cargo xtask test`"));
    text.parse().unwrap()
}

fn address(database: &str, user: Option<&str>) -> String {
    let mut url = server_url();
    url.set_path(database);
    if let Some(user) = user {
        let others: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(key, _)| key != "user")
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        url.query_pairs_mut()
            .clear()
            .extend_pairs(others)
            .append_pair("user", user);
    }
    url.into()
}

fn fresh_name(kind: &str) -> String {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("kk_{kind}_{}_{count}", std::process::id())
}

fn server(sql: &str) {
    let mut conn = PgConnection::establish(&address("postgres", None)).unwrap();
    conn.batch_execute(sql).unwrap();
}

/// Each test binary makes its template once; the name is the process's own.
fn make_template() -> String {
    let name = format!("kk_template_{}", std::process::id());
    server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    server(&format!("CREATE DATABASE {name}"));
    migrate_now(&name);
    crate::world::fill(
        &address(&name, None),
        &address(&name, Some("kortkontor_app")),
    );
    name
}

fn migrate_now(name: &str) {
    let settings = MigrateSettings {
        admin_url: address(name, None),
        app_password: None,
        now: StillClock::start().now(),
    };
    migrate(&settings).unwrap();
}
