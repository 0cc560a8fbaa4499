//! A database of its own for each test, and feeds written as text.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cards_app::import::{ImportOptions, ImportReport, import_directory};
use cards_app::ports::{Clock, Entropy};
use cards_app::{Call, Channel, Db, DbSettings, Failure, Lane, Link, Seal};
use cards_domain::access::{Actor, Appointment, Loa, Officer, Role, SystemActor};
use cards_domain::ids::{AppointmentId, OrganisationId, PersonId};
use cards_domain::values::luhn_check_digit;
use cards_gateways::directory::{Mapping, open, read_feed};
use cards_store::{MigrateSettings, migrate};
use chrono::{DateTime, TimeZone, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use uuid::Uuid;

static NEXT: AtomicU64 = AtomicU64::new(1);

struct NoonOfTheDay;

impl Clock for NoonOfTheDay {
    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 21, 11, 0, 0).unwrap()
    }
}

/// Different each time, which is all that a test needs.
struct Counted(AtomicU64);

impl Entropy for Counted {
    fn id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)))
    }

    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            let number = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
            part.copy_from_slice(&number[..part.len()]);
        }
    }
}

/// A database that is thrown away with the test.
pub(crate) struct World {
    admin: String,
    own: String,
    name: String,
    db: Option<Db>,
}

impl World {
    pub(crate) fn new() -> Self {
        #[expect(clippy::disallowed_methods, reason = "where the tests' own server is")]
        let admin = std::env::var("KORTKONTOR_TEST_DATABASE_URL")
            .expect("KORTKONTOR_TEST_DATABASE_URL names a PostgreSQL server for tests");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("import_{}_{number}", std::process::id());
        run(&admin, &format!("CREATE DATABASE {name}"));
        let own = with(&admin, &name, None);
        migrate(&MigrateSettings {
            admin_url: own.clone(),
            app_password: None,
            now: NoonOfTheDay.now(),
        })
        .unwrap();
        let settings = DbSettings {
            url: with(&admin, &name, Some("kortkontor_app")),
            threads: 1,
            waiting: 1,
            statement_timeout: Duration::from_secs(30),
        };
        let seal = Seal::new(&[7; 32]).unwrap();
        let entropy = Arc::new(Counted(AtomicU64::new(1)));
        let db = Db::open(&settings, Arc::new(NoonOfTheDay), entropy, seal).unwrap();
        Self {
            admin,
            own,
            name,
            db: Some(db),
        }
    }

    pub(crate) fn link(&self) -> Link {
        self.db.as_ref().unwrap().link(Lane::Long).unwrap()
    }

    /// Takes in a feed given as text.
    pub(crate) fn import(&self, text: &str) -> ImportReport {
        self.import_with(text, ImportOptions::default()).unwrap()
    }

    pub(crate) fn delta(&self, text: &str) -> ImportReport {
        self.import_with(
            text,
            ImportOptions {
                delta: true,
                ..ImportOptions::default()
            },
        )
        .unwrap()
    }

    pub(crate) fn import_with(
        &self,
        text: &str,
        options: ImportOptions,
    ) -> Result<ImportReport, Failure> {
        self.import_by(&operator(), text, options)
    }

    pub(crate) fn import_by(
        &self,
        call: &Call,
        text: &str,
        options: ImportOptions,
    ) -> Result<ImportReport, Failure> {
        let mapping = Mapping::default();
        let feed = read_feed(open(Cursor::new(text.as_bytes())).unwrap(), &mapping);
        import_directory(&mut self.link(), call, feed, options)
    }

    /// Takes in what has changed, as the responsible issuer of [`REGION`].
    pub(crate) fn officers(&self, text: &str) -> ImportReport {
        let options = ImportOptions {
            delta: true,
            ..ImportOptions::default()
        };
        self.import_by(&issuer_of(self, "SE2321000016-R1"), text, options)
            .unwrap()
    }

    /// One number from the database, asked as its owner.
    pub(crate) fn count(&self, from_where: &str) -> i64 {
        let query = format!("SELECT count(*)::text AS text FROM {from_where}");
        self.texts(&query)[0].parse().unwrap()
    }

    /// The column `text` of a query, asked as the owner.
    pub(crate) fn texts(&self, query: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            text: String,
        }
        let mut conn = PgConnection::establish(&self.own).unwrap();
        let rows: Vec<Row> = diesel::sql_query(query).load(&mut conn).unwrap();
        rows.into_iter().map(|row| row.text).collect()
    }

    pub(crate) fn run(&self, sql: &str) {
        run(&self.own, sql);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.db = None;
        run(
            &self.admin,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        );
    }
}

fn run(url: &str, sql: &str) {
    PgConnection::establish(url)
        .unwrap()
        .batch_execute(sql)
        .unwrap();
}

/// The same server with another database and perhaps another role.
fn with(admin: &str, database: &str, role: Option<&str>) -> String {
    let mut url = url::Url::parse(admin).unwrap();
    url.set_path(database);
    let Some(role) = role else { return url.into() };
    if url.username().is_empty() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .into_owned()
            .filter(|(name, _)| name != "user")
            .collect();
        url.query_pairs_mut()
            .clear()
            .extend_pairs(kept)
            .append_pair("user", role);
    } else {
        url.set_username(role).unwrap();
    }
    url.into()
}

pub(crate) fn operator() -> Call {
    Call {
        actor: Actor::System(SystemActor::Operator),
        channel: Channel::CommandLine,
        correlation: "test".to_owned(),
        request: None,
    }
}

/// A responsible issuer of one organisation, by its HSA-id.
pub(crate) fn issuer_of(world: &World, hsa_key: &str) -> Call {
    // So that the officer is none of the persons that the tests count.
    world.run("ALTER TABLE import_run DROP CONSTRAINT IF EXISTS import_run_by_person_fkey");
    let ids = world.texts(&format!(
        "SELECT id::text AS text FROM organisation WHERE hsa_key = '{hsa_key}'"
    ));
    let officer = Officer {
        person: PersonId(Uuid::from_u128(u128::MAX)),
        loa: Loa::Loa3,
        appointments: vec![Appointment {
            id: AppointmentId(Uuid::from_u128(u128::MAX)),
            role: Role::ResponsibleIssuer,
            branch: vec![OrganisationId(ids[0].parse().unwrap())],
            office: None,
        }],
    };
    Call {
        actor: Actor::Officer(officer),
        channel: Channel::CommandLine,
        correlation: "test".to_owned(),
        request: None,
    }
}

/// A personnummer that is nobody's: one for each `place`.
pub(crate) fn number(place: u32) -> String {
    let body = format!(
        "{}{:02}{:02}{}",
        1950 + place / 336 % 50,
        place / 28 % 12 + 1,
        place % 28 + 1,
        980 + place % 20
    );
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", luhn_check_digit(&digits))
}

/// The region that most feeds here are about.
pub(crate) const REGION: &str = "dn: o=Region X,c=SE\nobjectClass: organization\no: Region X\n\
    hsaIdentity: SE2321000016-R1\n\n\
    dn: ou=Akuten,o=Region X,c=SE\nobjectClass: organizationalUnit\nou: Akuten\n\
    hsaIdentity: SE2321000016-U1\n\n";

/// A person at the emergency unit, with more attributes.
pub(crate) fn person(name: &str, hsa: &str, number: &str, more: &str) -> String {
    person_at("ou=Akuten,o=Region X,c=SE", name, hsa, number, more)
}

pub(crate) fn person_at(above: &str, name: &str, hsa: &str, number: &str, more: &str) -> String {
    let (given, surname) = name.split_once(' ').unwrap();
    format!(
        "dn: cn={name},{above}\nobjectClass: inetOrgPerson\nhsaIdentity: SE2321000016-{hsa}\n\
         personalIdentityNumber: {number}\ngivenName: {given}\nsn: {surname}\n{more}\n"
    )
}

/// `count` persons, from `P1` on.
pub(crate) fn crowd(count: u32) -> String {
    (1..=count)
        .map(|place| person("Bo Ek", &format!("P{place}"), &number(place), ""))
        .collect()
}

/// Every rejected entry as `line reason`.
pub(crate) fn reasons(report: &ImportReport) -> Vec<String> {
    report
        .rejected
        .iter()
        .map(|entry| format!("{} {}", entry.line, entry.reason))
        .collect()
}

/// A report without the ids that each import makes anew.
pub(crate) fn as_told(mut report: ImportReport) -> ImportReport {
    report.questions.clear();
    for change in &mut report.changes {
        change.person = Uuid::nil();
    }
    // In the order of the persons' ids within a chunk.
    report
        .changes
        .sort_by(|one, other| one.hsa_id.cmp(&other.hsa_id));
    report
}
